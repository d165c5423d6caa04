//! The front: CloudFront, which adds to every request a secret that only it and the functions know, and whose
//! request it is. Where no secret is set, as on one machine, there is no front.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use http::HeaderMap;

use crate::config::Secret;

/// Where the secret stands.
const SECRET: &str = "x-kefu-origin";
/// Where the caller's address stands; the front writes over what the caller says.
const VIEWER: &str = "x-kefu-viewer";

/// Whether the request came through the front, if there is one.
pub(super) fn passed(secrets: &[Secret], headers: &HeaderMap) -> bool {
    let said = headers.get(SECRET).map_or(&b""[..], |value| value.as_bytes());
    let is = |secret: &Secret| verify_slices_are_equal(&secret.0, said).is_ok();
    secrets.is_empty() || secrets.iter().any(is)
}

/// The caller's address as the front saw it.
pub(super) fn viewer(headers: &HeaderMap) -> Option<String> {
    headers.get(VIEWER)?.to_str().ok().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn with(name: &'static str, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(http::HeaderName::from_static(name), HeaderValue::from_static(value))])
    }

    #[test]
    fn only_who_knows_one_of_the_secrets_passes() {
        let secrets = [Secret(b"old".to_vec()), Secret(b"new".to_vec())];
        assert!(passed(&secrets, &with(SECRET, "old")) && passed(&secrets, &with(SECRET, "new")));
        for said in ["", "ol", "older", "old,new", "OLD"] {
            assert!(!passed(&secrets, &with(SECRET, said)), "{said:?}");
        }
        assert!(!passed(&secrets, &HeaderMap::new()));
        assert!(!passed(&secrets, &with(VIEWER, "old")));
    }

    #[test]
    fn without_a_secret_there_is_no_front() {
        assert!(passed(&[], &HeaderMap::new()));
    }
}
