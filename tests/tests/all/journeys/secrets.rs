//! One webhook secret takes the place of another: at no moment is a request or a call-back refused that should not
//! be, and what was deleted is believed no longer (RELIABILITY F22).

use common::store::{SigningKey, WebhookSecrets};
use domain::ids::ShopId;
use serde_json::{Value, json};

use crate::support::{Call, Desk, Does, LANTERN, Provider, TAIPEI, signing_key};

/// A refund of all of an order was decided.
fn decided(desk: &Desk, number: &str) {
    desk.places(number);
    desk.ada().asks_refund(number, "changed_mind");
    desk.mia().agrees(number, 1);
}

/// A refund goes through: the backend believes what it is asked, and is believed when it tells the end, signed
/// with that secret.
fn goes_through(desk: &Desk, provider: &Provider, number: &str, secret: &str) {
    provider.signs_with(secret);
    provider.will(&[Does::Accepts]);
    decided(desk, number);
    desk.executes();
    assert_eq!(provider.asked().last().map(String::as_str), Some("refund 1"), "{number}");
    assert_eq!(desk.mia().refund(number, 1)["state"], "executing", "{number}");
    provider.tells(desk, &format!("{number}-R1"), 1, "succeeded").send().ok();
    assert_eq!(desk.mia().refund(number, 1)["state"], "succeeded", "{number}");
}

/// The secrets, as their owner sees them: ids and roles.
fn roles(desk: &Desk) -> Vec<(String, String)> {
    let settings = desk.otto().get("/order-settings").send().ok();
    let secrets = settings["webhook_secrets"].as_array().cloned().unwrap_or_default();
    let text = |it: &Value, field: &str| it[field].as_str().unwrap_or_default().to_owned();
    secrets.iter().map(|it| (text(it, "id"), text(it, "role"))).collect()
}

fn told<const N: usize>(roles: [(&String, &str); N]) -> Vec<(String, String)> {
    roles.into_iter().map(|(id, role)| (id.clone(), role.to_owned())).collect()
}

/// A call-back about a refund that there is not, signed with the backend's first secret and still to be sent:
/// whether it is believed is known by what is wrong with it.
fn call_back<'a>(desk: &'a Desk, provider: &Provider, event: &str) -> Call<'a> {
    let body = json!({ "refund": "A-none-R1", "attempt": 1, "status": "succeeded" });
    let at = desk.now().as_second();
    let (key, signature) = provider.signs(at, &body);
    desk.call_back(&key, at, &signature, event, &body)
}

#[test]
fn while_a_secret_is_replaced_nothing_is_refused_on_either_side() {
    let desk = Desk::open();
    let provider = desk.provider();
    let old = provider.secret();
    goes_through(&desk, &provider, "A-1", &old);
    let new = desk.makes_secret(TAIPEI);
    assert_eq!(roles(&desk), told([(&old, "current"), (&new.0, "next")]));
    // The backend does not know it yet, and need not.
    goes_through(&desk, &provider, "A-2", &old);
    provider.learns(&new);
    goes_through(&desk, &provider, "A-3", &old);
    goes_through(&desk, &provider, "A-4", &new.0);
    assert_eq!(roles(&desk), told([(&old, "current"), (&new.0, "next")]), "nothing is activated by itself");
    assert_eq!(desk.activates_secret(&new.0).status, 204);
    assert_eq!(roles(&desk), told([(&new.0, "current"), (&old, "previous")]));
    goes_through(&desk, &provider, "A-5", &old);
    goes_through(&desk, &provider, "A-6", &new.0);

    provider.signs_with(&old);
    let late = call_back(&desk, &provider, "event");
    late.clone().send().refused(404, "not_found");
    assert_eq!(desk.deletes_secret(&old).status, 204);
    assert_eq!(roles(&desk), told([(&new.0, "current")]));
    late.send().refused(401, "unauthorized");
    provider.forgets(&old);
    goes_through(&desk, &provider, "A-7", &new.0);
    assert_eq!(provider.paid().len(), 7);
}

#[test]
fn again_and_again_and_never_is_anything_refused() {
    let desk = Desk::open();
    let provider = desk.provider();
    let mut signing = provider.secret();
    for round in 0..6 {
        let new = desk.makes_secret(TAIPEI);
        goes_through(&desk, &provider, &format!("A-{round}-made"), &signing);
        provider.learns(&new);
        goes_through(&desk, &provider, &format!("A-{round}-known"), &new.0);
        assert_eq!(desk.activates_secret(&new.0).status, 204);
        goes_through(&desk, &provider, &format!("A-{round}-activated"), &signing);
        // The backend moves on; the one before is dropped when the next rotation ends.
        provider.forgets(&signing);
        signing = new.0;
    }
    assert_eq!(roles(&desk).len(), 2);
    assert_eq!(provider.paid().len(), 18);
}

#[test]
fn a_process_that_remembers_the_shop_of_a_minute_ago_refuses_and_believes_nothing_wrongly() {
    let mut desk = Desk::open();
    let provider = desk.provider();
    let old = provider.secret();
    let elsewhere = desk.app.clone();
    desk.forgets();
    let shop = ShopId::parse(TAIPEI).expect("a shop");
    // In another process; the one that is asked does not hear of it.
    let changes = |change: &dyn Fn(&mut WebhookSecrets)| {
        let found = desk.block_on(elsewhere.store.fresh_shop(&shop)).expect("the shop is read");
        let mut record = (*found.expect("it is there")).clone();
        change(&mut record.backend.webhook_secrets);
        assert!(desk.block_on(elsewhere.store.change_shop(&record)).expect("it is stored"));
    };
    let remembers = || desk.get("/v1/shops/taipei/form").send().ok();
    let (id, secret) = ("new".to_owned(), b"the new secret of 32 bytes or more".to_vec());
    let new = SigningKey { id: id.clone(), secret: secret.clone() };

    remembers();
    let signed_before = call_back(&desk, &provider, "event-1");
    changes(&|secrets| secrets.add(&new).expect("there is room"));
    provider.learns(&(id.clone(), secret));
    provider.signs_with(&id);
    call_back(&desk, &provider, "event-2").send().refused(404, "not_found");

    // The backend leaves the old one behind right after the new one was activated.
    remembers();
    decided(&desk, "A1001");
    changes(&|secrets| secrets.activate(&id).expect("it waits"));
    provider.forgets(&old);
    desk.executes();
    assert_eq!(provider.asked(), ["refund 1"]);
    assert_eq!(desk.mia().refund("A1001", 1)["state"], "succeeded");

    remembers();
    signed_before.clone().send().refused(404, "not_found");
    changes(&|secrets| secrets.delete(&old).expect("it does not sign"));
    signed_before.send().refused(401, "unauthorized");
}

#[test]
fn each_step_is_refused_where_it_would_lose_a_secret_in_use() {
    let desk = Desk::open();
    let first = desk.makes_secret(TAIPEI).0;
    assert_eq!(roles(&desk), told([(&first, "current")]));
    desk.deletes_secret(&first).refused(409, "secret_in_use");
    assert_eq!(desk.activates_secret(&first).status, 204, "it does already");
    let second = desk.makes_secret(TAIPEI).0;
    desk.otto().post("/webhook-secrets", &json!({})).send().refused(409, "secret_waiting");
    assert_eq!(desk.deletes_secret(&second).status, 204);
    desk.deletes_secret(&second).refused(404, "not_found");
    desk.activates_secret(&second).refused(404, "not_found");

    let third = desk.makes_secret(TAIPEI).0;
    assert_eq!(desk.activates_secret(&third).status, 204);
    desk.activates_secret(&first).refused(409, "secret_not_next");
    desk.deletes_secret(&third).refused(409, "secret_in_use");
    assert_eq!(roles(&desk), told([(&third, "current"), (&first, "previous")]));
    let fourth = desk.makes_secret(TAIPEI).0;
    let all = [(&third, "current"), (&fourth, "next"), (&first, "previous")];
    assert_eq!(roles(&desk), told(all));
    assert_eq!(desk.activates_secret(&fourth).status, 204);
    assert_eq!(roles(&desk), told([(&fourth, "current"), (&third, "previous")]));
    // They are the shop's own.
    let elsewhere = desk.makes_secret(LANTERN).0;
    desk.activates_secret(&elsewhere).refused(404, "not_found");
    desk.deletes_secret(&elsewhere).refused(404, "not_found");
}

#[test]
fn no_webhook_without_a_secret_that_somebody_saw() {
    let desk = Desk::open();
    let otto = desk.otto();
    desk.order_settings(&json!({ "payer": "by_hand" }));
    assert!(roles(&desk).is_empty(), "none is made in passing");
    let saves = || {
        let version = otto.get("/order-settings").send().ok()["version"].as_u64().expect("a version");
        let settings = json!({
            "payer": "webhook", "webhook_url": "https://shop.example/refunds", "working_days": true,
            "transit_days": 7, "arrivals": [],
        });
        otto.put("/order-settings", &settings).seeing(version).send()
    };
    saves().refused(409, "secret_needed");
    assert_eq!(otto.get("/order-settings").send().ok()["payer"], "by_hand");
    let made = desk.makes_secret(TAIPEI).0;
    let saved = saves().ok();
    assert_eq!(saved["webhook_secrets"], json!([{ "id": made, "role": "current" }]));
}

#[test]
fn the_key_of_the_storefront_signs_no_call_back() {
    let desk = Desk::open();
    let provider = desk.provider();
    provider.will(&[Does::Accepts]);
    decided(&desk, "A1001");
    desk.executes();
    let body = json!({ "refund": "A1001-R1", "attempt": 1, "status": "succeeded" });
    let (at, key) = (desk.now().as_second(), signing_key("taipei-1"));
    let signature = common::provider::sign(&key.secret, at, body.to_string().as_bytes());
    desk.call_back(&key.id, at, &signature, "event-x", &body).send().refused(401, "unauthorized");
}
