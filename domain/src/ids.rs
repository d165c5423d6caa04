//! Identifiers. Each is a newtype, so that one can never be passed for another.
//!
//! An inquiry's id carries its place in the table: 13 characters of the customer's key and
//! 13 of its own, so that nothing has to be looked up to find it.

use std::fmt;

/// Length of one half of an inquiry's id: 64 bits in Crockford's base 32.
const HALF: usize = 13;
const PREFIX: &str = "inq_";
/// Crockford's base 32 in lower case: no `i`, `l`, `o`, `u`.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Words that begin other keys of the table, and so cannot be a shop's id.
const RESERVED: [&str; 7] = ["shop", "agent", "quota", "due", "person", "order", "product"];

/// Why a text is not an identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a valid identifier")]
pub struct NotAnId;

/// A shop, the tenant: 2 to 32 of `a-z`, `0-9` and `-`, chosen by the owner.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ShopId(String);

/// A person of a shop's staff: the subject of the sign-in token.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AgentId(String);

/// A customer within one shop, as a keyed hash of who they are: 13 characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CustomerKey(String);

/// One inquiry: `inq_` + customer key + own part.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct InquiryId(String);

/// An order's number, as the storefront gave it: 1 to 64 of letters, digits and `-`, `_`, `.`, `#`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OrderNumber(String);

impl OrderNumber {
    /// Reads a number; refuses what could not be part of a key, a path or a provider's idempotency key.
    pub fn parse(text: &str) -> Result<Self, NotAnId> {
        let fits = (1..=64).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'#'))
            && !text.bytes().all(|b| b == b'.');
        if fits { Ok(Self(text.to_owned())) } else { Err(NotAnId) }
    }
}

impl ShopId {
    /// Reads a shop's id; refuses anything that could not be part of a key or a path.
    pub fn parse(text: &str) -> Result<Self, NotAnId> {
        let fits = (2..=32).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !text.starts_with('-')
            && !RESERVED.contains(&text);
        if fits { Ok(Self(text.to_owned())) } else { Err(NotAnId) }
    }
}

impl AgentId {
    /// Reads an agent's id (a token's `sub`): 1 to 64 of letters, digits, `-`, `_`, `.` and `|`.
    pub fn parse(text: &str) -> Result<Self, NotAnId> {
        let fits = (1..=64).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'|'));
        if fits { Ok(Self(text.to_owned())) } else { Err(NotAnId) }
    }
}

impl CustomerKey {
    /// The key for 64 bits of a keyed hash.
    pub fn from_bits(bits: u64) -> Self {
        Self(base32(bits))
    }
    /// Reads a stored key.
    pub fn parse(text: &str) -> Result<Self, NotAnId> {
        if is_half(text) { Ok(Self(text.to_owned())) } else { Err(NotAnId) }
    }
}

impl InquiryId {
    /// The id of a customer's inquiry whose own part is 64 bits of a keyed hash.
    pub fn from_bits(customer: &CustomerKey, bits: u64) -> Self {
        Self(format!("{PREFIX}{}{}", customer.0, base32(bits)))
    }
    /// The id from the two parts of its key.
    pub fn from_parts(customer: &str, own: &str) -> Result<Self, NotAnId> {
        if is_half(customer) && is_half(own) {
            Ok(Self(format!("{PREFIX}{customer}{own}")))
        } else {
            Err(NotAnId)
        }
    }
    /// Reads an id as it stands in a path.
    pub fn parse(text: &str) -> Result<Self, NotAnId> {
        let rest = text.strip_prefix(PREFIX).ok_or(NotAnId)?;
        if rest.len() != 2 * HALF || !rest.is_ascii() {
            return Err(NotAnId);
        }
        Self::from_parts(&rest[..HALF], &rest[HALF..])
    }
    /// The customer's key inside the id.
    pub fn customer(&self) -> CustomerKey {
        CustomerKey(self.0[PREFIX.len()..PREFIX.len() + HALF].to_owned())
    }
    /// The part that tells one inquiry of a customer from another.
    pub fn own(&self) -> &str {
        &self.0[PREFIX.len() + HALF..]
    }
    /// A short reference that a person can read aloud: `K7QX-3M2P`. For people, never a key.
    pub fn reference(&self) -> String {
        let own = self.own().to_ascii_uppercase();
        format!("{}-{}", &own[HALF - 8..HALF - 4], &own[HALF - 4..])
    }
}

fn is_half(text: &str) -> bool {
    text.len() == HALF && text.bytes().all(|b| ALPHABET.contains(&b))
}

fn base32(mut bits: u64) -> String {
    let mut out = [b'0'; HALF];
    for place in out.iter_mut().rev() {
        *place = ALPHABET[(bits & 31) as usize];
        bits >>= 5;
    }
    out.iter().map(|b| char::from(*b)).collect()
}

macro_rules! shown {
    ($($name:ident),*) => {$(
        impl $name {
            /// The identifier as text.
            pub fn as_str(&self) -> &str { &self.0 }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.0) }
        }
    )*};
}
shown!(ShopId, AgentId, CustomerKey, InquiryId, OrderNumber);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inquirys_id_carries_its_customer_and_survives_a_round_trip() -> Result<(), NotAnId> {
        let customer = CustomerKey::from_bits(u64::MAX);
        let id = InquiryId::from_bits(&customer, 7);
        assert_eq!(InquiryId::parse(id.as_str())?, id);
        assert_eq!(id.customer(), customer);
        assert_eq!(id.as_str().len(), 30);
        assert_eq!(id.reference().len(), 9);
        Ok(())
    }

    #[test]
    fn what_is_not_an_id_is_refused() {
        for text in ["", "inq_", "inq_00000000000000000000000000", "inq_éééééééééééééé", "x"] {
            let expected = text.len() == 30 && text.is_ascii();
            assert_eq!(InquiryId::parse(text).is_ok(), expected, "{text}");
        }
        for text in ["", "A", "a", "shop", "due", "a#b", "-ab", "a b", &"a".repeat(33)] {
            assert!(ShopId::parse(text).is_err(), "{text}");
        }
        for text in ["", "a#b", "a/b", "a b"] {
            assert!(AgentId::parse(text).is_err(), "{text}");
        }
        for text in ["", "a/b", "a b", ".", "..", "訂單", "a%2f", &"1".repeat(65)] {
            assert!(OrderNumber::parse(text).is_err(), "{text}");
        }
        assert!(OrderNumber::parse("#1001").is_ok() && OrderNumber::parse("2024.01-7_a").is_ok());
    }
}
