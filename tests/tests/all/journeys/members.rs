//! Members come with a token that the storefront signed (SPEC §2.4).

use common::auth::MemberClaims;
use serde_json::json;

use crate::support::{Desk, hours, seconds, signed, signing_key, taipei};

fn claims(desk: &Desk) -> MemberClaims {
    let now = desk.now().as_second();
    MemberClaims {
        aud: "kefu:taipei".to_owned(),
        sub: "ada".to_owned(),
        name: "Ada".to_owned(),
        email: "ada@example.com".to_owned(),
        phone: None,
        orders: None,
        iat: now,
        exp: now + 3_600,
    }
}

#[test]
fn two_keys_are_valid_while_one_replaces_the_other_and_a_removed_one_is_refused() {
    let desk = Desk::open();
    let tokens = ["taipei-1", "taipei-2", "taipei-3"].map(|key| signed(&claims(&desk), &signing_key(key)));
    let accepted = || tokens.clone().map(|token| desk.ada().with(token).get("/my/inquiries").send().status);
    assert_eq!(accepted(), [200, 401, 401]);
    let mut shop = taipei();
    let asked = desk.ada().submits("Hello");
    for (keys, expected) in
        [(["taipei-1", "taipei-2"], [200, 200, 401]), (["taipei-2", "taipei-3"], [401, 200, 200])]
    {
        shop.signing_keys = keys.map(signing_key).into();
        desk.stores(&shop);
        assert_eq!(accepted(), expected);
    }
    desk.ada().with(tokens[2].clone()).shows(&asked);
}

#[test]
fn a_token_that_is_not_quite_right_opens_nothing() {
    let desk = Desk::open();
    let key = signing_key("taipei-1");
    let good = claims(&desk);
    let now = desk.now().as_second();
    let mut wrong = vec![
        ("another shop", signed(&MemberClaims { aud: "kefu:lantern".to_owned(), ..good.clone() }, &key)),
        ("longer than an hour", signed(&MemberClaims { exp: now + 3_601, ..good.clone() }, &key)),
        ("over", signed(&MemberClaims { iat: now - 3_700, exp: now - 100, ..good.clone() }, &key)),
        ("not yet", signed(&MemberClaims { iat: now + 100, exp: now + 200, ..good.clone() }, &key)),
        ("nobody", signed(&MemberClaims { sub: String::new(), ..good.clone() }, &key)),
    ];
    let mut forged = key.clone();
    forged.secret = b"guessed, but also at least 32 bytes long".to_vec();
    wrong.push(("forged", signed(&good, &forged)));
    for (what, token) in wrong {
        let answer = desk.ada().with(token).get("/my/inquiries").send();
        assert_eq!(answer.status, 401, "{what}");
    }
    let token = signed(&good, &key);
    desk.wait(hours(1) + seconds(50));
    desk.ada().with(token.clone()).get("/my/inquiries").send().ok();
    desk.wait(seconds(11));
    desk.ada().with(token).get("/my/inquiries").send().refused(401, "unauthorized");
}

#[test]
fn an_order_that_is_not_the_members_is_not_found() {
    let desk = Desk::open();
    let orders = Some(vec!["A-1".to_owned()]);
    let token = signed(&MemberClaims { orders, ..claims(&desk) }, &signing_key("taipei-1"));
    let ada = desk.ada().with(token);
    ada.submits_with(json!({ "text": "Hello", "order": "A-1" }));
    ada.submission(json!({ "text": "Hello", "order": "A-2" })).send().refused(404, "not_found");
}

#[test]
fn a_customer_reads_their_own_and_nobody_elses_by_source() {
    let desk = Desk::open();
    let adas = desk.ada().submits_with(json!({ "text": "Hello", "source": "order", "order": "A-1" }));
    desk.ada().submits("Another");
    let bens = desk.ben().submits("Mine");
    let orders = desk.ada().get("/my/inquiries?source=order").send().ok();
    assert_eq!(orders["inquiries"].as_array().map(Vec::len), Some(1));
    assert_eq!(orders["inquiries"][0]["id"], adas.id);
    desk.ada().get(&format!("/my/inquiries/{}", bens.id)).send().refused(404, "not_found");
    desk.ada().command(&bens, "messages", &json!({ "text": "?" })).send().refused(404, "not_found");
    desk.ada().command(&bens, "settle", &json!({})).send().refused(404, "not_found");
}

#[test]
fn more_than_fifty_inquiries_of_one_customer_are_read_page_by_page() {
    let desk = Desk::open();
    let mut asked: Vec<String> =
        (0..120).map(|number| desk.ada().submits(&format!("No. {number}")).id).collect();
    let mut read = Vec::new();
    let mut path = "/my/inquiries".to_owned();
    loop {
        let page = desk.ada().get(&path).send().ok();
        read.extend(
            page["inquiries"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|row| row["id"].as_str().unwrap_or_default().to_owned()),
        );
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/my/inquiries?cursor={next}");
    }
    asked.sort();
    read.sort();
    assert_eq!(read, asked);
}
