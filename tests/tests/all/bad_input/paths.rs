//! Paths and methods that there are not, and problems in the reader's language.

use http::Method;
use serde_json::json;

use super::commands::problem;
use crate::support::Desk;
use crate::tidy::openapi::committed;

#[test]
fn a_path_that_there_is_not_is_answered_in_the_same_form() {
    let desk = Desk::open();
    let paths = [
        "/",
        "/v1",
        "/v1/",
        "/v2/shops/taipei/form",
        "/v1/shops",
        "/v1/shops/",
        "/v1/shops/taipei/",
        "/v1/shops/taipei/forms",
        "/v1/shops//form",
        "/v1/shops/taipei/inquiries/inq_00000000000000000000000000/erase",
        "/v1/shops/taipei/my",
        "/v1/shops/%ff/form",
        "/v1/shops/..%2f..%2fetc/form",
        "/v1/shops/taipei%00/form",
        "/v1/shops/TAIPEI/form",
        "/v1/session/more",
        "/%F0%9F%98%80",
        "/v1/shops/taipei/form/",
    ];
    for path in paths {
        for method in [Method::GET, Method::POST] {
            let answer = desk.call(method.clone(), path).header("accept-language", "en").send();
            let told = problem(&answer);
            let right = told["code"] == "not_found"
                || (method == Method::POST && told["code"] == "method_not_allowed");
            assert!(right, "{method} {path}: {told}");
        }
    }
    let long = format!("/v1/shops/{}/form", "a".repeat(10_000));
    assert_eq!(problem(&desk.get(long).header("accept-language", "en").send())["code"], "not_found");
}

#[test]
fn a_method_that_a_path_does_not_take_is_refused_and_those_that_it_takes_are_named() {
    let desk = Desk::open();
    let all = committed();
    for operation in &all {
        let taken: Vec<&str> = all
            .iter()
            .filter(|other| other.path == operation.path)
            .map(|other| other.method.as_str())
            .collect();
        let path =
            operation.path.replace("{shop}", "taipei").replace("{id}", "inq_00000000000000000000000000");
        for method in ["PUT", "PATCH", "DELETE", "GET", "POST", "TRACE", "PURGE"] {
            if taken.contains(&method) {
                continue;
            }
            let method = Method::from_bytes(method.as_bytes()).expect("a method");
            let answer = desk.call(method.clone(), path.clone()).header("accept-language", "en").send();
            assert_eq!(problem(&answer)["code"], "method_not_allowed", "{method} {path}");
            let allowed = answer.header("allow");
            assert!(taken.iter().all(|taken| allowed.contains(taken)), "{method} {path}: allow: {allowed}");
        }
    }
}

#[test]
fn a_problem_speaks_the_readers_language() {
    let desk = Desk::open();
    let cases = [
        ("zh-Hant", "zh-Hant", "找不到"),
        ("zh-TW,zh;q=0.9,en;q=0.8", "zh-Hant", "找不到"),
        ("zh-HK", "zh-Hant", "找不到"),
        ("zh-Hans", "zh-Hans", "找不到"),
        ("zh-CN", "zh-Hans", "找不到"),
        ("zh-SG", "zh-Hans", "找不到"),
        ("en", "en", "Not found"),
        ("en-GB,en;q=0.9", "en", "Not found"),
        ("fr, en;q=0.5", "en", "Not found"),
        ("fr", "zh-Hant", "找不到"),
        ("*", "zh-Hant", "找不到"),
        ("", "zh-Hant", "找不到"),
        (";;;,,,q=", "zh-Hant", "找不到"),
    ];
    for (asked, locale, title) in cases {
        let answer = desk.get("/v1/nothing").header("accept-language", asked).send();
        assert_eq!(
            (answer.header("content-language"), &answer.json()["title"]),
            (locale, &json!(title)),
            "{asked}"
        );
    }
    let answer = desk.get("/v1/nothing").send();
    assert_eq!(answer.header("content-language"), "zh-Hant");
}

#[test]
fn fields_are_explained_in_the_readers_language() {
    let desk = Desk::open();
    let words =
        [("zh-Hant", "請填寫這個欄位。"), ("zh-Hans", "请填写此字段。"), ("en", "Fill in this field.")];
    for (locale, detail) in words {
        let answer =
            desk.post("/v1/shops/taipei/inquiries").header("accept-language", locale).json(&json!({})).send();
        let told = answer.json();
        assert_eq!(told["fields"].as_array().map(Vec::len), Some(4));
        assert_eq!(told["fields"][0]["detail"], detail);
    }
}

#[test]
fn every_problem_has_a_stable_type_and_words_in_three_languages() {
    use common::problem::{Code, Problem};
    use domain::labels::Locale;
    for code in Code::ALL {
        let told = [Locale::ZhHant, Locale::ZhHans, Locale::En].map(|locale| {
            let document =
                serde_json::to_value(Problem::new(*code).document(locale, "r")).unwrap_or_default();
            assert_eq!(document["type"], format!("urn:kefu:problem:{}", code.as_str()));
            assert_eq!(document["status"], code.status().as_u16());
            (document["title"].to_string(), document["detail"].to_string())
        });
        assert!(told.iter().all(|(title, detail)| title.len() > 4 && detail.len() > 4), "{code:?}");
        assert!(told[2].0.is_ascii() && told[2].1.is_ascii(), "{code:?}");
        assert!(!told[0].0.is_ascii() && !told[1].0.is_ascii(), "{code:?}");
    }
}
