//! Which pages may call from a browser: exactly the origins that the shop in the path registered.

use http::Method;

use crate::support::{Answer, Desk, LANTERN, TAIPEI};
use crate::tidy::openapi::committed;

/// The first shop's origin, and what others try to pass for it.
const REGISTERED: &str = "https://taipei.example";
const OTHERS: [&str; 14] = [
    "http://taipei.example",
    "https://taipei.example/",
    "https://taipei.example:443",
    "https://taipei.example:8443",
    "https://taipei.example.evil.example",
    "https://evil-taipei.example",
    "https://sub.taipei.example",
    "https://TAIPEI.example",
    "https://taipei.example, https://evil.example",
    "https://evil.example",
    "https://lantern.example",
    "null",
    "*",
    "",
];

fn preflight(desk: &Desk, path: &str, method: &str, origin: &str) -> Answer {
    let call = desk.call(Method::OPTIONS, path).header("origin", origin);
    call.header("access-control-request-method", method)
        .header("access-control-request-headers", "authorization,content-type,if-match,idempotency-key")
        .send()
}

fn path_of(template: &str, shop: &str) -> String {
    template.replace("{shop}", shop).replace("{id}", "inq_00000000000000000000000000")
}

#[test]
fn a_registered_page_may_call_every_operation_of_its_shop() {
    let desk = Desk::open();
    for operation in committed().iter().filter(|operation| operation.path.contains("{shop}")) {
        let path = path_of(&operation.path, TAIPEI);
        let asked = preflight(&desk, &path, &operation.method, REGISTERED);
        assert_eq!(asked.status, 204, "{}", operation.id);
        assert_eq!(asked.header("access-control-allow-origin"), REGISTERED, "{}", operation.id);
        let allowed = |header: &str| asked.header(header).split(", ").map(str::to_owned).collect::<Vec<_>>();
        assert!(allowed("access-control-allow-methods").contains(&operation.method), "{}", operation.id);
        for header in ["authorization", "content-type", "idempotency-key", "if-match", "if-none-match"] {
            assert!(allowed("access-control-allow-headers").contains(&header.to_owned()), "{header}");
        }
        assert!(asked.bytes.is_empty());
        let method = Method::from_bytes(operation.method.as_bytes()).expect("a method");
        // Refusals must be readable as well: the page has to tell the customer what is wrong.
        let answer = desk.call(method, path).header("origin", REGISTERED).send();
        assert_eq!(answer.header("access-control-allow-origin"), REGISTERED, "{}", operation.id);
        assert!(answer.header("access-control-expose-headers").contains("retry-after"));
    }
}

#[test]
fn no_other_page_may_and_none_is_reflected() {
    let desk = Desk::open();
    for operation in committed() {
        let method = Method::from_bytes(operation.method.as_bytes()).expect("a method");
        for (shop, origin) in OTHERS
            .map(|origin| (TAIPEI, origin))
            .into_iter()
            .chain([(LANTERN, REGISTERED), ("nowhere", REGISTERED)])
        {
            let path = path_of(&operation.path, shop);
            let asked = preflight(&desk, &path, &operation.method, origin);
            let answer = desk.call(method.clone(), path).header("origin", origin).send();
            for told in [asked, answer] {
                let case = format!("{} of {shop} from {origin:?}", operation.id);
                assert!(
                    !told.headers.keys().any(|name| name.as_str().starts_with("access-control-")),
                    "{case}"
                );
                assert!(told.header("vary").contains("origin"), "{case}: a cache must not mix them up");
            }
        }
    }
}

#[test]
fn credentials_of_a_browser_are_never_asked_for() {
    let desk = Desk::open();
    let answer =
        desk.get("/v1/shops/taipei/form").header("origin", REGISTERED).header("cookie", "a=b").send();
    assert_eq!(answer.status, 200);
    assert!(!answer.headers.contains_key("access-control-allow-credentials"));
    assert!(!answer.headers.contains_key("set-cookie"));
}
