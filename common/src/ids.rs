//! Where identifiers, randomness and keyed hashes come from.

use aws_lc_rs::{digest, hmac, rand};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::ids::{CustomerKey, InquiryId};
use domain::text::Email;

/// A shop's secret for deriving its customers' keys and its inquiries' ids. It never
/// changes: with another one nobody's inquiries would be found.
#[derive(Clone)]
pub struct Pepper {
    secret: Vec<u8>,
    key: hmac::Key,
}

impl Pepper {
    /// From 32 random bytes.
    pub fn new(secret: &[u8]) -> Self {
        Self { secret: secret.to_vec(), key: hmac::Key::new(hmac::HMAC_SHA256, secret) }
    }

    /// As it is stored.
    pub fn stored(&self) -> String {
        to_text(&self.secret)
    }

    /// The key of a member, by the storefront's id for them.
    pub fn member(&self, id: &str) -> CustomerKey {
        CustomerKey::from_bits(self.bits(&["member", id]))
    }

    /// The key of a guest, by e-mail address.
    pub fn guest(&self, email: &Email) -> CustomerKey {
        CustomerKey::from_bits(self.bits(&["guest", &email.folded()]))
    }

    /// The id of what a customer submits under an idempotency key: the same again for the same key.
    pub fn inquiry(&self, customer: &CustomerKey, idempotency_key: &str) -> InquiryId {
        InquiryId::from_bits(customer, self.bits(&["inquiry", customer.as_str(), idempotency_key]))
    }

    /// 64 bits of a hash of the parts, each with its length before it.
    fn bits(&self, parts: &[&str]) -> u64 {
        first_bits(keyed(&self.key, parts).as_ref())
    }
}

impl std::fmt::Debug for Pepper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pepper(secret)")
    }
}

/// A hash of the parts under a secret, in 26 hexadecimal characters: a key for what must not
/// be readable in the table, such as an address in a quota.
pub fn hidden(secret: &[u8], parts: &[&str]) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
    keyed(&key, parts).as_ref().iter().take(13).map(|byte| format!("{byte:02x}")).collect()
}

/// 64 bits of an unkeyed hash of the parts: for recognising a repetition, never for a secret.
pub fn fingerprint(parts: &[&[u8]]) -> u64 {
    let mut context = digest::Context::new(&digest::SHA256);
    for part in parts {
        context.update(&(part.len() as u64).to_be_bytes());
        context.update(part);
    }
    first_bits(context.finish().as_ref())
}

/// SHA-256 of a text, in hexadecimal characters: for recognising a secret of at least 128 random bits.
pub fn digest(text: &str) -> String {
    let hash = digest::digest(&digest::SHA256, text.as_bytes());
    hash.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Bytes as base64url text without padding.
pub fn to_text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The bytes of a base64url text without padding.
pub fn from_text(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// `N` random bytes.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    // The system's generator only fails where no program could run safely.
    #[expect(
        clippy::expect_used,
        clippy::disallowed_methods,
        reason = "the one place that asks for it; without it nothing may go on"
    )]
    rand::fill(&mut bytes).expect("the system's random generator works");
    bytes
}

/// A random text of 32 hexadecimal characters, for a request or a key that nobody chose.
pub fn random_text() -> String {
    random::<16>().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn keyed(key: &hmac::Key, parts: &[&str]) -> hmac::Tag {
    let mut context = hmac::Context::with_key(key);
    for part in parts {
        context.update(&(part.len() as u64).to_be_bytes());
        context.update(part.as_bytes());
    }
    context.sign()
}

fn first_bits(hash: &[u8]) -> u64 {
    hash.iter().take(8).fold(0, |bits, byte| (bits << 8) | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_key_finds_the_same_inquiry_and_another_does_not() {
        let pepper = Pepper::new(b"secret");
        let ada = pepper.member("ada");
        assert_eq!(pepper.inquiry(&ada, "k1"), pepper.inquiry(&ada, "k1"));
        assert_ne!(pepper.inquiry(&ada, "k1"), pepper.inquiry(&ada, "k2"));
        assert_ne!(Pepper::new(b"other").member("ada"), ada, "another shop has another customer");
    }

    #[test]
    fn parts_cannot_run_into_each_other() {
        assert_ne!(fingerprint(&[b"ab", b"c"]), fingerprint(&[b"a", b"bc"]));
        assert_ne!(hidden(b"s", &["ab", "c"]), hidden(b"s", &["a", "bc"]));
    }
}
