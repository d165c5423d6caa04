//! Queries that are not what they should be.

use super::commands::{Setting, problem, wrong_with};

/// A value as it stands in an address.
fn encoded(value: &str) -> String {
    value.bytes().map(|byte| format!("%{byte:02x}")).collect()
}

#[test]
fn a_list_is_asked_for_with_words_that_there_are() {
    let setting = Setting::new();
    let sue = setting.desk.sue();
    let cases = [
        ("list", vec!["other", "ALL", "mine,all"], "unknown_value"),
        ("filter", vec!["other", "UNREAD"], "unknown_value"),
        ("category", vec!["other things"], "unknown_value"),
        ("priority", vec!["very"], "unknown_value"),
        ("status", vec!["open"], "unknown_value"),
        ("source", vec!["mail"], "unknown_value"),
        ("agent", vec!["a b", "a#b", "客服"], "unknown_value"),
        (
            "from",
            vec!["yesterday", "2027-02-30T00:00:00Z", "2027-03-01", "1", "2027-03-01T00:00:00"],
            "unknown_value",
        ),
        ("to", vec!["tomorrow", "99999-01-01T00:00:00Z"], "unknown_value"),
        ("sort", vec!["oldest"], "unknown_value"),
        ("limit", vec!["0", "101", "4294967296"], "too_many"),
        ("limit", vec!["-1", "ten", "1.5", "", "99999999999999999999999"], "wrong_type"),
        ("counts", vec!["yes", "1"], "wrong_type"),
        (
            "cursor",
            vec![
                "x",
                "0.",
                "2.0000000000001_a",
                "0.000_a",
                "0.000000000000x_a",
                "0.0000000000001#a",
                "0.0000000000001_aaaaaaaaaaaaaaaa",
            ],
            "unknown_value",
        ),
        ("zzz", vec!["1"], "unknown_field"),
    ];
    for (field, values, code) in cases {
        for value in values {
            let answer = sue
                .get(&format!("/inquiries?{field}={}", encoded(value)))
                .header("accept-language", "en")
                .send();
            let told = problem(&answer);
            assert_eq!((answer.status, wrong_with(&told, field)), (422, code), "{field}={value}: {told}");
        }
    }
    for good in [
        "limit=1",
        "limit=100",
        "from=2027-03-01T00:00:00Z&to=2027-03-02T00:00:00%2B08:00",
        "cursor=0.0000000000001_a",
        "tag=",
        "agent=nobody-here",
        "from=0001-01-01T00:00:00Z&to=9999-12-30T00:00:00Z",
    ] {
        for list in ["mine", "unassigned", "all", "history"] {
            let answer = sue.get(&format!("/inquiries?list={list}&{good}")).send();
            assert_eq!(answer.status, 200, "{list} {good}: {}", answer.text());
        }
    }
}

#[test]
fn a_customers_list_and_pages_are_asked_for_with_values_that_can_be() {
    let setting = Setting::new();
    let (ada, mia) = (setting.desk.ada(), setting.desk.mia());
    for query in ["source=mail", "source=", "zzz=1", "limit=1", "cursor="] {
        let answer = ada.get(&format!("/my/inquiries?{query}")).header("accept-language", "en").send();
        assert_eq!(answer.status, 422, "{query}: {}", answer.text());
        let (field, _) = query.split_once('=').expect("a field");
        assert!(!wrong_with(&problem(&answer), field).is_empty(), "{query}");
    }
    for cursor in
        ["x", "P", "~", "J", "K", "\u{0}", "inq_", "aaaaaaaaaaaaaaaaaaaaaaaaaaa", "I0000000000000", "客服"]
    {
        let answer = ada
            .get(&format!("/my/inquiries?cursor={}", encoded(cursor)))
            .header("accept-language", "en")
            .send();
        assert_eq!(wrong_with(&problem(&answer), "cursor"), "unknown_value", "{cursor}");
    }
    let long = "a".repeat(2_000);
    assert_eq!(ada.get(&format!("/my/inquiries?cursor={long}")).send().status, 422);
    assert_eq!(ada.get("/my/inquiries?cursor=0000000000000").send().status, 200);
    for before in ["-1", "x", "4294967296", "", "1.5"] {
        let answer = ada
            .get(&format!("/my/inquiries/{}?before={before}", setting.asked.id))
            .header("accept-language", "en")
            .send();
        assert_eq!(wrong_with(&problem(&answer), "before"), "wrong_type", "{before}");
        let answer = mia
            .get(&format!("/inquiries/{}?before={before}", setting.asked.id))
            .header("accept-language", "en")
            .send();
        assert_eq!(wrong_with(&problem(&answer), "before"), "wrong_type", "{before}");
    }
    for before in ["0", "1", "2", "4294967295"] {
        assert_eq!(
            ada.get(&format!("/my/inquiries/{}?before={before}", setting.asked.id)).send().status,
            200
        );
        assert_eq!(mia.get(&format!("/inquiries/{}?before={before}", setting.asked.id)).send().status, 200);
    }
}
