//! Signs webhooks and checks call-backs: HMAC-SHA256 over the time and the body.

use aws_lc_rs::hmac;
use http::header::InvalidHeaderValue;
use http::{HeaderMap, HeaderValue};
use jiff::Timestamp;

use crate::store::SigningKey;

/// The header with the time of signing, in seconds since 1970.
pub const TIMESTAMP: &str = "kefu-timestamp";
/// The header that names the key.
pub const KEY_ID: &str = "kefu-key-id";
/// The header with the signature.
pub const SIGNATURE: &str = "kefu-signature";

/// So many seconds a signature is good for, before and after: clocks differ, and the way takes time.
const GOOD_FOR: i64 = 300;
/// How the signature is made; another one will have another name.
const SCHEME: &str = "v1=";

/// Why a request is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WhyNot {
    /// A header is missing, there twice, or not what it should be.
    #[error("the request is not signed as it should be")]
    NotSigned,
    /// None of the shop's keys has that name.
    #[error("the key is not known")]
    UnknownKey,
    /// Signed with another secret, or changed since.
    #[error("the signature does not fit")]
    Forged,
    /// Signed too long ago, or in the future.
    #[error("the signature is of another time")]
    OutOfTime,
}

/// The signature of a body at a time, as it stands in the header.
pub fn sign(secret: &[u8], timestamp: i64, body: &[u8]) -> String {
    let tag = context(secret, &timestamp.to_string(), body).sign();
    let hex: String = tag.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{SCHEME}{hex}")
}

/// The headers of a signed request.
///
/// # Errors
/// [`InvalidHeaderValue`] if the key's name cannot be one.
pub fn signed(key: &SigningKey, now: Timestamp, body: &[u8]) -> Result<HeaderMap, InvalidHeaderValue> {
    let timestamp = now.as_second();
    let mut headers = HeaderMap::new();
    headers.insert(TIMESTAMP, HeaderValue::from(timestamp));
    headers.insert(KEY_ID, HeaderValue::from_str(&key.id)?);
    headers.insert(SIGNATURE, HeaderValue::from_str(&sign(&key.secret, timestamp, body))?);
    Ok(headers)
}

/// Whether one of these keys signed the body a moment ago. While a key is replaced several are known.
///
/// # Errors
/// [`WhyNot`].
pub fn verify(keys: &[SigningKey], headers: &HeaderMap, body: &[u8], now: Timestamp) -> Result<(), WhyNot> {
    let id = only(headers, KEY_ID)?;
    let at = only(headers, TIMESTAMP)?;
    let signature =
        only(headers, SIGNATURE)?.strip_prefix(SCHEME).and_then(bytes).ok_or(WhyNot::NotSigned)?;
    let digits = !at.is_empty() && at.bytes().all(|byte| byte.is_ascii_digit());
    let second: i64 = at.parse().ok().filter(|_| digits).ok_or(WhyNot::NotSigned)?;

    let key = keys.iter().find(|key| key.id == id).ok_or(WhyNot::UnknownKey)?;
    let signed = [at.as_bytes(), b".", body].concat();
    // Compares in constant time.
    hmac::verify(&hmac_key(&key.secret), &signed, &signature).map_err(|_| WhyNot::Forged)?;
    if now.as_second().abs_diff(second) > GOOD_FOR.unsigned_abs() {
        return Err(WhyNot::OutOfTime);
    }
    Ok(())
}

fn hmac_key(secret: &[u8]) -> hmac::Key {
    hmac::Key::new(hmac::HMAC_SHA256, secret)
}

fn context(secret: &[u8], timestamp: &str, body: &[u8]) -> hmac::Context {
    let mut context = hmac::Context::with_key(&hmac_key(secret));
    context.update(timestamp.as_bytes());
    context.update(b".");
    context.update(body);
    context
}

/// A header that is there exactly once.
fn only<'a>(headers: &'a HeaderMap, name: &str) -> Result<&'a str, WhyNot> {
    let mut values = headers.get_all(name).iter();
    let value = values.next().filter(|_| values.next().is_none());
    value.and_then(|value| value.to_str().ok()).ok_or(WhyNot::NotSigned)
}

/// The bytes of a hexadecimal text.
fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> =
        hex.chars().map(|digit| digit.to_digit(16).and_then(|digit| u8::try_from(digit).ok())).collect();
    let digits = digits.filter(|digits| digits.len() % 2 == 0)?;
    Some(digits.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| (byte << 4) | digit)).collect())
}

#[cfg(test)]
mod tests;
