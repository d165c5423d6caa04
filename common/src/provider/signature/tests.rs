//! Signatures that are good, and every way in which they are not.

use super::*;

type Outcome = Result<(), Box<dyn std::error::Error>>;

const BODY: &[u8] = br#"{"type":"status","shop":"taipei","order":"A1001","refund":"A1001-R1","attempt":2}"#;
const SECRET: &[u8] = b"a secret of 32 bytes, as is usual";
/// 2025-01-01 00:00:00 UTC.
const NOW: i64 = 1_735_689_600;

fn key(id: &str, secret: &[u8]) -> SigningKey {
    SigningKey { id: id.to_owned(), secret: secret.to_vec() }
}

fn at(second: i64) -> Result<Timestamp, jiff::Error> {
    Timestamp::from_second(second)
}

#[test]
fn a_backend_in_any_language_comes_to_the_same() {
    // openssl dgst -sha256 -hmac "$SECRET" over "$NOW." and the body.
    let made = "v1=3a58a7bb000bf0afae60f77511b50323d76d16b73a9bb8b39d3fe7f94778d101";
    assert_eq!(sign(SECRET, NOW, BODY), made);
}

#[test]
fn what_a_known_key_signed_a_moment_ago_is_good() -> Outcome {
    let keys = [key("k1", SECRET), key("k2", b"the next one")];
    // While one replaces the other both are good.
    for key in &keys {
        let headers = signed(key, at(NOW)?, BODY)?;
        for second in [NOW - 300, NOW, NOW + 300] {
            assert_eq!(verify(&keys, &headers, BODY, at(second)?), Ok(()), "{second}");
        }
        for second in [NOW - 301, NOW + 301, 0] {
            assert_eq!(verify(&keys, &headers, BODY, at(second)?), Err(WhyNot::OutOfTime), "{second}");
        }
    }
    Ok(())
}

#[test]
fn what_was_changed_or_signed_by_others_is_not() -> Outcome {
    let keys = [key("k1", SECRET), key("k2", b"the next one")];
    let headers = signed(&keys[0], at(NOW)?, BODY)?;
    let check = |keys: &[SigningKey], headers: &HeaderMap, body: &[u8]| {
        Ok::<_, jiff::Error>(verify(keys, headers, body, at(NOW)?))
    };
    for body in [&BODY[1..], b"", &[BODY, b" "].concat(), &BODY.to_ascii_lowercase()] {
        assert_eq!(check(&keys, &headers, body)?, Err(WhyNot::Forged));
    }
    let forged = signed(&key("k1", b"a guess"), at(NOW)?, BODY)?;
    assert_eq!(check(&keys, &forged, BODY)?, Err(WhyNot::Forged));
    assert_eq!(check(&keys[1..], &headers, BODY)?, Err(WhyNot::UnknownKey));
    assert_eq!(check(&[], &headers, BODY)?, Err(WhyNot::UnknownKey));
    for (name, value, why) in [
        (KEY_ID, "k2", WhyNot::Forged),
        (KEY_ID, "k3", WhyNot::UnknownKey),
        (TIMESTAMP, "1735689601", WhyNot::Forged),
        (TIMESTAMP, "01735689600", WhyNot::Forged),
        (TIMESTAMP, "+1735689600", WhyNot::NotSigned),
        (TIMESTAMP, "-1", WhyNot::NotSigned),
        (TIMESTAMP, "", WhyNot::NotSigned),
        (TIMESTAMP, "99999999999999999999", WhyNot::NotSigned),
        (TIMESTAMP, "2025-01-01T00:00:00Z", WhyNot::NotSigned),
        (SIGNATURE, "", WhyNot::NotSigned),
        (SIGNATURE, "v1=", WhyNot::Forged),
        (SIGNATURE, "v1=3a58", WhyNot::Forged),
        (SIGNATURE, "v1=3a5", WhyNot::NotSigned),
        (SIGNATURE, "v1=zz", WhyNot::NotSigned),
        (SIGNATURE, "v2=3a58", WhyNot::NotSigned),
    ] {
        let mut changed = headers.clone();
        changed.insert(name, HeaderValue::from_static(value));
        assert_eq!(check(&keys, &changed, BODY)?, Err(why), "{name}: {value}");
    }
    Ok(())
}

#[test]
fn a_header_that_is_missing_or_there_twice_signs_nothing() -> Outcome {
    let keys = [key("k1", SECRET)];
    let headers = signed(&keys[0], at(NOW)?, BODY)?;
    for name in [TIMESTAMP, KEY_ID, SIGNATURE] {
        let (mut without, mut twice) = (headers.clone(), headers.clone());
        let value = without.remove(name).ok_or("not there")?;
        twice.append(name, value);
        for headers in [without, twice] {
            assert_eq!(verify(&keys, &headers, BODY, at(NOW)?), Err(WhyNot::NotSigned), "{name}");
        }
    }
    Ok(())
}

#[test]
fn a_body_cannot_pass_for_another_with_another_time() -> Outcome {
    let key = key("k1", SECRET);
    let headers = signed(&key, at(NOW)?, b"5.rest")?;
    let mut moved = headers.clone();
    moved.insert(TIMESTAMP, HeaderValue::from_str(&format!("{NOW}.5"))?);
    assert_eq!(verify(&[key], &moved, b"rest", at(NOW)?), Err(WhyNot::NotSigned));
    Ok(())
}
