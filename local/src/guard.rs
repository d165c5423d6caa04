//! Keeps other pages out. Anybody on this machine may be anybody, but a page of the web that somebody has
//! open is not somebody: it could send requests here, or give its own name this address (DNS rebinding).

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode, header};

/// Serves only who asks for this machine by its name or address, and on `/local` no other origin.
pub async fn only_from_here(request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let local = request.uri().path().starts_with("/local");
    if !is_this_machine(host) || (local && !is_own_origin(request.headers(), host)) {
        return (StatusCode::FORBIDDEN, "only for pages and programs of this machine").into_response();
    }
    next.run(request).await
}

fn is_this_machine(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let address = name.trim_start_matches('[').trim_end_matches(']').parse::<std::net::IpAddr>();
    name == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

/// Whether no page asks, or one that was served here, or by a development server on this machine.
fn is_own_origin(headers: &HeaderMap, host: &str) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let origin = origin.to_str().ok().and_then(|origin| origin.strip_prefix("http://"));
    origin.is_some_and(|origin| origin == host || is_this_machine(origin))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_pass() {
        for here in ["127.0.0.1:8787", "localhost:8787", "localhost", "[::1]:8787", "127.0.0.1"] {
            assert!(is_this_machine(here), "{here}");
        }
        for elsewhere in
            ["rebound.example:8787", "192.168.1.4:8787", "", "localhost.example", "127.0.0.1.example"]
        {
            assert!(!is_this_machine(elsewhere), "{elsewhere}");
        }
    }

    #[test]
    fn a_page_from_elsewhere_is_not_let_in() {
        let from = |origin: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ORIGIN, http::HeaderValue::from_static(origin));
            is_own_origin(&headers, "127.0.0.1:8787")
        };
        assert!(from("http://127.0.0.1:8787") && from("http://localhost:5173"));
        assert!(!from("https://evil.example") && !from("null"));
        assert!(is_own_origin(&HeaderMap::new(), "127.0.0.1:8787"), "a script");
    }
}
