//! The operations about orders, refunds and returns. What is pushed says nothing, so that whoever may is told
//! what is missing; what staff do names a version that was never seen; what customers do a rule refuses, since
//! every order of the scene was shipped, its refund was withdrawn and its return is in progress.

use super::operations::{For, Operation, operation};

pub const ORDERS: [Operation; 33] = [
    operation("push_order", For::Backend, &[422], "{}"),
    operation("push_orders", For::Backend, &[422], "{}"),
    operation("push_product", For::Backend, &[422], "{}"),
    operation("push_products", For::Backend, &[422], "{}"),
    // Without the event's own id, which is asked for once the signature is good.
    operation("receive_refund_result", For::Provider, &[422], "{}"),
    operation("list_orders", For::Service, &[200], ""),
    operation("list_refunds", For::Service, &[200], ""),
    operation("list_products", For::Service, &[200], ""),
    operation("show_workbench", For::ServiceOnInquiry, &[200], ""),
    operation("show_order", For::ServiceOnOrder, &[200], ""),
    operation("ship_order", For::ServiceOnOrder, &[409], r#"{"carrier":"c","tracking":"t"}"#),
    operation("note_order", For::ServiceOnOrder, &[409], r#"{"text":"x"}"#),
    operation(
        "delay_order",
        For::ServiceOnOrder,
        &[409],
        r#"{"date":"2027-04-01","terms":"x","inquiry":"{other}"}"#,
    ),
    operation("contact_customer", For::ServiceOnOrder, &[201], r#"{"text":"x"}"#),
    operation(
        "refund_order",
        For::ServiceOnOrder,
        &[409],
        r#"{"amount":{"minor":1,"currency":"TWD"},"reason":"late","inquiry":"{other}"}"#,
    ),
    operation("decide_refund", For::ServiceOnOrder, &[409], r#"{"action":"withdraw"}"#),
    operation(
        "open_return",
        For::ServiceOnOrder,
        &[409],
        r#"{"kind":"return","items":[{"product":"tea","quantity":1}],"inquiry":"{other}"}"#,
    ),
    operation("decide_return", For::ServiceOnOrder, &[409], r#"{"action":"accept"}"#),
    operation("show_order_settings", For::Owners, &[200], ""),
    operation("update_order_settings", For::Owners, &[428], "{}"),
    // Both shops have one that signs: one more is made, and then that one waits.
    operation("rotate_webhook_secret", For::Owners, &[201, 409], "{}"),
    // There is no secret of that name.
    operation("activate_webhook_secret", For::Owners, &[404], "{}"),
    operation("delete_webhook_secret", For::Owners, &[404], ""),
    operation("list_api_keys", For::Owners, &[200], ""),
    operation("make_api_key", For::Owners, &[422], "{}"),
    // There is no key of that name.
    operation("revoke_api_key", For::Owners, &[404], ""),
    operation("list_my_orders", For::Customers, &[200], ""),
    operation("track_order", For::Customers, &[200], ""),
    operation("request_refund", For::Customers, &[409], r#"{"reason":"late"}"#),
    operation("cancel_order", For::Customers, &[409], "{}"),
    operation("answer_proposal", For::Customers, &[409], r#"{"delay":"2027-03-10","agrees":true}"#),
    operation("withdraw_request", For::Customers, &[409], r#"{"refund":1}"#),
    operation(
        "request_return",
        For::Customers,
        &[409],
        r#"{"kind":"return","items":[{"product":"tea","quantity":1}]}"#,
    ),
];
