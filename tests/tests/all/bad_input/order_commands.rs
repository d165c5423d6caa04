//! Every command about orders, refunds and returns, with a body that it takes. Where an action takes its own
//! fields only, there is a command for each.

use serde_json::json;

use super::commands::{By, Command, command};
use crate::support::{Asked, Desk, order};

const PUSHED: &str = r#"{"version":1,"customer":{"id":"ada","name":"n","email":"ada@example.com","phone":"1"},
    "items":[{"product":"tea","title":"t","quantity":2,"unit_price":50000,"returnable":true}],"currency":"TWD",
    "total":128000,"shipping":8000,"paid":128000,"payment_method":"credit_card",
    "created_at":"2027-03-01T00:00:00Z","paid_at":"2027-03-01T00:00:00Z","days_to_ship":3,
    "shipped_at":"2027-03-01T00:00:00Z","delivered_at":"2027-03-01T00:00:00Z",
    "tracking":{"carrier":"c","number":"n"},"merchant_note":"m","cancelled_at":"2027-03-01T00:00:00Z"}"#;
const PUSHED_REQUIRED: &[&str] = &[
    "created_at",
    "currency",
    "customer",
    "days_to_ship",
    "items",
    "paid",
    "payment_method",
    "total",
    "version",
];
const PRODUCT: &str =
    r#"{"version":1,"title":"t","price":1,"currency":"TWD","url":"https://shop.example/t","active":true}"#;
const REFUND: &str = "/orders/A-1/refunds/1";
const RETURN: &str = "/orders/A-2/returns/1";

pub const ORDERS: [Command; 28] = [
    command("push_order", By::Backend, "/orders/A-1", PUSHED, PUSHED_REQUIRED),
    command(
        "push_orders",
        By::Backend,
        "/orders",
        r#"{"orders":[{"number":"A-1","order":{}}]}"#,
        &["orders"],
    ),
    command(
        "push_product",
        By::Backend,
        "/products/tea",
        PRODUCT,
        &["active", "currency", "price", "title", "version"],
    ),
    command(
        "push_products",
        By::Backend,
        "/products",
        r#"{"products":[{"id":"tea","product":{}}]}"#,
        &["products"],
    ),
    command(
        "ship_order",
        By::Agent,
        "/orders/A-1/ship",
        r#"{"carrier":"c","tracking":"t"}"#,
        &["carrier", "tracking"],
    ),
    command("note_order", By::Agent, "/orders/A-1/notes", r#"{"text":"t"}"#, &["text"]),
    command(
        "delay_order",
        By::Agent,
        "/orders/A-1/delay",
        r#"{"date":"2027-04-01","terms":"t","inquiry":"{other}","proof":1}"#,
        &["date", "inquiry", "terms"],
    ),
    command("contact_customer", By::Agent, "/orders/A-1/contact", r#"{"text":"t","subject":"s"}"#, &["text"])
        .unversioned(),
    command(
        "refund_order",
        By::Agent,
        "/orders/A-1/refunds",
        r#"{"amount":{"minor":1,"currency":"TWD"},"reason":"defect","detail":"d","inquiry":"{other}","proof":1}"#,
        &["amount", "inquiry", "reason"],
    ),
    command(
        "decide_refund",
        By::Agent,
        REFUND,
        r#"{"action":"agree","amount":{"minor":1,"currency":"TWD"},"proof":1}"#,
        &["action"],
    ),
    command("decide_refund", By::Agent, REFUND, r#"{"action":"reject","reason":"r","proof":1}"#, &[]),
    command("decide_refund", By::Agent, REFUND, r#"{"action":"confirm","reference":"r"}"#, &[]),
    command(
        "open_return",
        By::Agent,
        "/orders/A-2/returns",
        r#"{"kind":"return","items":[{"product":"tea","quantity":1}],"reason":"r","inquiry":"{other}"}"#,
        &["inquiry", "items", "kind"],
    ),
    command("decide_return", By::Agent, RETURN, r#"{"action":"reject","reason":"r"}"#, &[]),
    command("decide_return", By::Agent, RETURN, r#"{"action":"arrange_pick_up","details":"d"}"#, &[]),
    command(
        "decide_return",
        By::Agent,
        RETURN,
        r#"{"action":"refund","amount":{"minor":1,"currency":"TWD"},"proof":1}"#,
        &[],
    ),
    command("decide_return", By::Agent, RETURN, r#"{"action":"replace","carrier":"c","tracking":"t"}"#, &[]),
    command("decide_return", By::Agent, RETURN, r#"{"action":"accept"}"#, &["action"]),
    command(
        "update_order_settings",
        By::Owner,
        "/order-settings",
        r#"{"payer":"webhook","webhook_url":"https://shop.example/refunds","second_person_above":1,
            "working_days":true,"transit_days":7,
            "arrivals":[{"payment_method":"fps","from":1,"to":2,"unit":"weeks"}]}"#,
        &["arrivals", "payer", "transit_days", "working_days"],
    ),
    command("rotate_webhook_secret", By::Owner, "/webhook-secrets", "{}", &[]).unversioned(),
    command("activate_webhook_secret", By::Owner, "/webhook-secrets/none/activate", "{}", &[]).unversioned(),
    command("make_api_key", By::Owner, "/api-keys", r#"{"name":"n"}"#, &["name"]).unversioned(),
    command(
        "request_refund",
        By::Member,
        "/my/orders/A-1/refund-requests",
        r#"{"reason":"late","detail":"d","inquiry":"{other}"}"#,
        &["reason"],
    ),
    command("cancel_order", By::Member, "/my/orders/A-1/cancel", "{}", &[]),
    command(
        "answer_proposal",
        By::Member,
        "/my/orders/A-1/answer",
        r#"{"refund":1,"agrees":false}"#,
        &["agrees", "refund"],
    ),
    command("withdraw_request", By::Member, "/my/orders/A-1/withdraw", r#"{"refund":1}"#, &["refund"]),
    command("withdraw_request", By::Member, "/my/orders/A-2/withdraw", r#"{"return":1}"#, &[]),
    command(
        "request_return",
        By::Member,
        "/my/orders/A-2/returns",
        r#"{"kind":"exchange","items":[{"product":"tea","quantity":1}],"reason":"It is too small",
            "inquiry":"{other}"}"#,
        &["items", "kind"],
    ),
];

/// The orders that the commands are about.
pub fn set(desk: &Desk, asked: &Asked) {
    let (mia, ada) = (desk.mia(), desk.ada());
    for number in ["A-1", "A-2"] {
        desk.pushes(&order(desk, number));
    }
    mia.refunds("A-1", 1, asked, None).ok();
    mia.ships("A-2").ok();
    let items = json!([{ "product": "tea", "quantity": 1 }]);
    let body =
        json!({ "kind": "return", "items": items, "reason": "It broke on the way", "inquiry": asked.id });
    ada.asks("A-2", "returns", &body).send().ok();
}
