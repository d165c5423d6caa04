#![expect(clippy::unwrap_used, reason = "the cast of a test is known to be valid")]

use domain::text::Email;
use jiff::ToSpan as _;

use super::*;
use crate::auth::AgentTokens;
use crate::config::{LIMITS, MEMBER_LIMIT};

/// A deployment with those secrets.
fn config(secrets: &[&[u8]]) -> Config {
    Config {
        public_url: "https://kefu.example".to_owned(),
        mail_from: Email::parse("service@kefu.example").unwrap(),
        link_secrets: secrets.iter().map(|secret| Secret(secret.to_vec())).collect(),
        agent_tokens: AgentTokens::Gateway,
        limits: LIMITS,
        member_limit: MEMBER_LIMIT,
        webhooks_to_loopback: false,
        front_secrets: Vec::new(),
    }
}

const SECRET: &[u8] = b"a secret of thirty-two bytes....";

fn now() -> Timestamp {
    "2026-03-02T01:02:03Z".parse().unwrap()
}

fn shop() -> ShopId {
    ShopId::parse("taipei").unwrap()
}

fn inquiry() -> InquiryId {
    InquiryId::from_parts("0000000000000", "00000k7qx3m2p").unwrap()
}

fn confirm() -> Confirm {
    Confirm { shop: "taipei".to_owned(), customer: inquiry().customer().to_string() }
}

fn open_inquiry() -> OpenInquiry {
    OpenInquiry { shop: "taipei".to_owned(), inquiry: inquiry().to_string() }
}

fn reopen() -> Reopen {
    Reopen { shop: "taipei".to_owned(), inquiry: inquiry().to_string() }
}

fn session() -> Session {
    Session {
        shop: "taipei".to_owned(),
        customer: inquiry().customer().to_string(),
        name: "Ada".to_owned(),
        email: "ada@example.com".to_owned(),
        only: Some(inquiry().to_string()),
    }
}

fn token<T: Purpose>(config: &Config, content: T) -> String {
    signed(config, content, now()).unwrap().0
}

#[test]
fn a_link_carries_its_token_in_the_fragment_under_its_purpose() {
    let config = config(&[SECRET]);
    let links = [
        ("confirm", url(&config, &shop(), confirm(), now()), token(&config, confirm())),
        ("inquiry", url(&config, &shop(), open_inquiry(), now()), token(&config, open_inquiry())),
        ("reopen", url(&config, &shop(), reopen(), now()), token(&config, reopen())),
    ];
    for (purpose, link, token) in links {
        assert_eq!(link.unwrap(), format!("https://kefu.example/guest/#{purpose}={token}&shop=taipei"));
    }
}

#[test]
fn a_reopening_link_names_its_shop_and_its_inquiry() {
    let config = config(&[SECRET]);
    let link: Reopen = opened(&config, &token(&config, reopen()), now()).unwrap();
    assert_eq!((link.shop.as_str(), link.inquiry.as_str()), ("taipei", inquiry().as_str()));
}

#[test]
fn each_token_passes_for_its_own_purpose_only() {
    let config = config(&[SECRET]);
    let tokens = [
        token(&config, confirm()),
        token(&config, open_inquiry()),
        token(&config, reopen()),
        token(&config, session()),
    ];
    for (own, token) in tokens.iter().enumerate() {
        let passes = [
            opened::<Confirm>(&config, token, now()).is_some(),
            opened::<OpenInquiry>(&config, token, now()).is_some(),
            opened::<Reopen>(&config, token, now()).is_some(),
            opened::<Session>(&config, token, now()).is_some(),
        ];
        let expected = std::array::from_fn(|purpose| purpose == own);
        assert_eq!(passes, expected, "{token}");
    }
}

#[test]
fn a_reopening_link_lives_30_days_to_the_second() {
    let config = config(&[SECRET]);
    let token = token(&config, reopen());
    let end = now() + (30 * 24).hours();
    assert!(opened::<Reopen>(&config, &token, end - 1.second()).is_some());
    assert!(opened::<Reopen>(&config, &token, end).is_none());
}

#[test]
fn a_link_holds_under_a_secret_that_was_replaced_and_under_no_other() {
    let (before, after) = (config(&[SECRET]), config(&[b"the next secret", SECRET]));
    assert!(opened::<Reopen>(&after, &token(&before, reopen()), now()).is_some());
    assert!(opened::<Reopen>(&before, &token(&after, reopen()), now()).is_none());
}

#[test]
fn a_changed_token_is_refused() {
    let config = config(&[SECRET]);
    let token = token(&config, reopen());
    for place in 0..token.len() {
        let other = if token.as_bytes()[place] == b'A' { "Q" } else { "A" };
        let changed = format!("{}{other}{}", &token[..place], &token[place + 1..]);
        assert!(opened::<Reopen>(&config, &changed, now()).is_none(), "at {place}");
    }
    assert!(opened::<Reopen>(&config, "", now()).is_none());
}

#[test]
fn without_a_secret_no_link_is_made_or_read() {
    let keyless = config(&[]);
    assert!(url(&keyless, &shop(), reopen(), now()).is_err());
    let made = token(&config(&[SECRET]), reopen());
    assert!(opened::<Reopen>(&keyless, &made, now()).is_none());
}
