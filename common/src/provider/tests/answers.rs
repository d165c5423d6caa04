//! Every kind of answer, and what is believed of it.

use std::time::Duration;

use domain::refund::{Errand, Outcome as Said};
use serde_json::{Value, json};

use super::super::{KEY_ID, SIGNATURE, TIMESTAMP, sign};
use super::stub::{Act, Stub};
use super::*;

fn webhook() -> Webhook {
    Webhook::new(true, patience())
}

async fn answer(act: Act, errand: &Errand) -> Outcome<Answer> {
    asked(&webhook(), &Stub::start(act)?.url(), errand).await
}

fn failed(why: &str) -> Said {
    Said::Failed { why: why.to_owned() }
}

fn succeeded(reference: Option<&str>) -> Said {
    Said::Succeeded { reference: reference.map(str::to_owned) }
}

#[tokio::test]
async fn clear_answers_are_believed() -> Outcome {
    let said = [
        (json!({ "status": "accepted", "attempt": 2 }), 2, Said::Accepted),
        (json!({ "status": "succeeded", "attempt": 2, "reference": "pi_1" }), 2, succeeded(Some("pi_1"))),
        (json!({ "status": "succeeded", "more": [1] }), 2, succeeded(None)),
        (json!({ "status": "succeeded", "reference": " \n" }), 2, succeeded(None)),
        (json!({ "status": "succeeded", "attempt": 1 }), 1, succeeded(None)),
        (json!({ "status": "failed", "attempt": 2, "problem": "card closed" }), 2, failed("card closed")),
        (json!({ "status": "failed", "attempt": 1, "problem": "a\u{1b}b\nc" }), 1, failed("a b c")),
        (json!({ "status": "failed", "attempt": null }), 2, failed("")),
    ];
    for (body, attempt, outcome) in said {
        for errand in [pay()?, question()] {
            let expected = Answer { attempt, outcome: outcome.clone() };
            assert_eq!(answer(Act::answer(200, &body.to_string()), &errand).await?, expected, "{body}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn only_who_was_asked_what_became_of_it_may_know_nothing() -> Outcome {
    let not_found = Act::answer(200, r#"{"status":"not_found","attempt":2}"#);
    let expected = |outcome| Answer { attempt: 2, outcome };
    assert_eq!(answer(not_found.clone(), &question()).await?, expected(Said::NotFound));
    assert_eq!(answer(not_found, &pay()?).await?, expected(Said::Unknown));
    Ok(())
}

#[tokio::test]
async fn whatever_else_comes_says_nothing() -> Outcome {
    let paid = r#"{"status":"succeeded","attempt":2}"#;
    let mut acts: Vec<Act> = [201, 202, 204, 301, 302, 307, 308, 400, 401, 404, 409, 429, 500, 502, 503]
        .map(|status| Act::answer(status, if status == 204 { "" } else { paid }))
        .to_vec();
    acts.extend(
        [
            "",
            "paid",
            "<html>paid</html>",
            "[]",
            "null",
            r#""succeeded""#,
            r#"{"status":"succeeded""#,
            r#"{"attempt":2}"#,
            r#"{"status":"Succeeded","attempt":2}"#,
            r#"{"status":"paid","attempt":2}"#,
            r#"{"status":"unknown","attempt":2}"#,
            r#"{"status":"succeeded","attempt":"2"}"#,
            r#"{"status":"succeeded","attempt":-2}"#,
            r#"{"status":"failed","attempt":0}"#,
            r#"{"status":"failed","attempt":3}"#,
            r#"{"status":"succeeded","attempt":2,"reference":7}"#,
        ]
        .map(|body| Act::answer(200, body)),
    );
    acts.push(Act::answer(200, &format!("{}{paid}", " ".repeat(64 * 1024))));
    // More than it reads of the headers, and no HTTP at all.
    acts.push(Act::Say(format!("HTTP/1.1 200 OK\r\nX: {}\r\n\r\n", "x".repeat(128 * 1024)).into_bytes()));
    acts.push(Act::Say(b"220 mail.example ESMTP\r\n".to_vec()));
    // Cut after the request, within the head, and within the body.
    acts.push(Act::Say(Vec::new()));
    acts.push(Act::Say(b"HTTP/1.1 200 OK\r\nContent-".to_vec()));
    acts.push(Act::Say(format!("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{paid}").into_bytes()));
    for act in acts {
        for errand in [pay()?, question()] {
            let expected = Answer { attempt: 2, outcome: Said::Unknown };
            assert_eq!(answer(act.clone(), &errand).await?, expected, "{act:?}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn an_answer_of_64_kib_is_read_whole() -> Outcome {
    let paid = r#"{"status":"succeeded"}"#;
    let body = format!("{}{paid}", " ".repeat(64 * 1024 - paid.len()));
    assert_eq!(answer(Act::answer(200, &body), &pay()?).await?.outcome, succeeded(None));
    Ok(())
}

#[tokio::test]
async fn nobody_waits_for_ever() -> Outcome {
    let hasty = Patience { whole: Duration::from_millis(150), ..patience() };
    let half = b"HTTP/1.1 200 OK\r\nContent-Length: 22\r\n\r\n{\"status\":".to_vec();
    for act in [Act::Hang(Vec::new()), Act::Hang(half)] {
        let stub = Stub::start(act)?;
        let answer = asked(&Webhook::new(true, hasty), &stub.url(), &pay()?).await?;
        assert_eq!(answer, Answer { attempt: 2, outcome: Said::Unknown });
        assert!(stub.request().is_some(), "it arrived all the same");
    }
    Ok(())
}

#[tokio::test]
async fn nobody_there_is_unknown_too() -> Outcome {
    let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let answer = asked(&webhook(), &format!("http://127.0.0.1:{port}/"), &pay()?).await?;
    assert_eq!(answer, Answer { attempt: 2, outcome: Said::Unknown });
    Ok(())
}

#[tokio::test]
async fn a_redirect_is_not_followed() -> Outcome {
    let elsewhere = Stub::start(Act::answer(200, r#"{"status":"succeeded"}"#))?;
    for status in [301, 302, 303, 307, 308] {
        let location = elsewhere.url();
        let head = format!("HTTP/1.1 {status} X\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n");
        assert_eq!(answer(Act::Say(head.into_bytes()), &pay()?).await?.outcome, Said::Unknown);
    }
    assert_eq!(elsewhere.request(), None);
    Ok(())
}

#[tokio::test]
async fn the_provider_gets_what_the_contract_says() -> Outcome {
    let expected = [
        (
            pay()?,
            json!({
                "type": "refund", "shop": "taipei", "order": "A1001", "refund": "A1001-R1", "attempt": 2,
                "amount": { "minor": 128_000, "currency": "TWD" },
                "payment_method": "credit_card", "reason": "late",
            }),
        ),
        (
            question(),
            json!({
                "type": "status", "shop": "taipei", "order": "A1001", "refund": "A1001-R1", "attempt": 2,
            }),
        ),
    ];
    for (errand, expected) in expected {
        let stub = Stub::start(Act::answer(200, r#"{"status":"succeeded"}"#))?;
        asked(&webhook(), &format!("{}?by=kefu#part", stub.url()), &errand).await?;
        let request = stub.request().ok_or("nothing came")?;
        let (head, body) = request.split_once("\r\n\r\n").ok_or("no head")?;
        assert_eq!(serde_json::from_str::<Value>(body)?, expected);
        assert!(head.starts_with("POST /hook?by=kefu HTTP/1.1\r\n"), "{head}");
        for (name, value) in [
            ("host", format!("127.0.0.1:{}", stub.port)),
            ("content-type", "application/json".to_owned()),
            ("idempotency-key", "A1001-R1".to_owned()),
            (TIMESTAMP, NOW.to_string()),
            (KEY_ID, "k1".to_owned()),
            (SIGNATURE, sign(SECRET, NOW, body.as_bytes())),
        ] {
            assert!(head.lines().any(|line| line == format!("{name}: {value}")), "{name}: {head}");
        }
    }
    Ok(())
}
