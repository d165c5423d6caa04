//! What browsers are told about a page: what it may do, and for how long it may be kept.

use http::{HeaderMap, HeaderName, HeaderValue, header};

/// A page of the sites: its own scripts and styles, its own API, and nothing else.
const PAGE: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'";

/// A page of this program: no script at all; it may send its own form and frame its own mails.
const OWN_PAGE: &str = "default-src 'none'; style-src 'self'; img-src data:; frame-src 'self'; \
    base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'";

/// Whose file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// A page of the sites.
    Page,
    /// A page that this program writes.
    OwnPage,
    /// The script that storefronts load from elsewhere.
    Embed,
}

/// Adds what protects the reader.
pub fn secure(policy: Policy, headers: &mut HeaderMap) {
    let mut set = |name: HeaderName, value| headers.insert(name, HeaderValue::from_static(value));
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "no-referrer");
    match policy {
        Policy::Embed => {
            set(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
            set(HeaderName::from_static("cross-origin-resource-policy"), "cross-origin");
        }
        Policy::Page | Policy::OwnPage => {
            let allowed = if policy == Policy::Page { PAGE } else { OWN_PAGE };
            set(header::CONTENT_SECURITY_POLICY, allowed);
            set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
            set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
        }
    }
}

/// Lets the page ask this origin, too.
pub fn connect_to(origin: &str, headers: &mut HeaderMap) {
    widen("connect-src 'self'", origin, headers);
}

/// Lets the page's form lead to this origin, too. Such a page says where its form comes from: without a
/// referrer it would come from nowhere, and be refused.
pub fn form_to(origin: &str, headers: &mut HeaderMap) {
    widen("form-action 'self'", origin, headers);
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
}

fn widen(rule: &str, origin: &str, headers: &mut HeaderMap) {
    let policy = headers.get(header::CONTENT_SECURITY_POLICY).and_then(|policy| policy.to_str().ok());
    let wider = policy.map(|policy| policy.replace(rule, &format!("{rule} {origin}")));
    if let Some(wider) = wider.and_then(|wider| HeaderValue::from_str(&wider).ok()) {
        headers.insert(header::CONTENT_SECURITY_POLICY, wider);
    }
}

/// For how long a file may be kept: for ever if its name has its content's hash in it.
pub fn keeping(policy: Policy, path: &str) -> &'static str {
    if is_hashed(path) {
        "public, max-age=31536000, immutable"
    } else if policy == Policy::Embed {
        "public, max-age=300"
    } else {
        "no-cache"
    }
}

/// Whether the name is `<name>-<hash>.<kind>`, as the builds write it: eight characters, not all of them
/// small letters (those would be a word).
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    // The hash itself may have a hyphen in it, so it is found by its length.
    let Some(start) = stem.len().checked_sub(9).filter(|start| stem.is_char_boundary(*start)) else {
        return false;
    };
    let (head, hash) = stem.split_at(start);
    let is_of_hash = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    !head.is_empty()
        && hash.starts_with('-')
        && hash[1..].bytes().all(is_of_hash)
        && hash[1..].bytes().any(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::is_hashed;

    #[test]
    fn only_names_with_a_hash_are_kept_for_ever() {
        for hashed in ["assets/index-DfK3a9_Q.js", "v1/history-G7P3eFyg.js", "assets/a-b-x-B3kQ9z.css"] {
            assert!(is_hashed(hashed), "{hashed}");
        }
        for plain in ["index.html", "v1/inquiry.js", "inquiry-historyx.js", "-G7P3eFyg.js", "客服客服.js", ""]
        {
            assert!(!is_hashed(plain), "{plain}");
        }
    }
}
