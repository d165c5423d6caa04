//! Orders as their source pushes them, and as staff and customers find them (SPEC §10.1, §10.2).

use serde_json::{Value, json};

use crate::support::{Desk, LANTERN, TAIPEI, days, order, seconds};

#[test]
fn a_push_can_be_repeated_and_arrive_late_and_the_newest_version_holds() {
    let desk = Desk::open();
    let mut order = desk.places("A1001");
    let first = order.clone();
    assert_eq!(desk.pushes(&first), "unchanged");
    let changed = desk.pushes_change(&mut order, &json!({ "merchant_note": "Ring twice" })).ok();
    assert_eq!(changed["result"], "updated");
    let left =
        json!({ "shipped_at": desk.now().to_string(), "tracking": { "carrier": "黑貓", "number": "TW-1" } });
    let mut third = order.clone();
    desk.pushes_change(&mut third, &left).ok();
    for late in [&first, &order, &third] {
        assert_eq!(desk.pushes(late), "unchanged");
    }
    let seen = desk.mia().order("A1001");
    assert_eq!((&seen["standing"], &seen["merchant_note"]), (&json!("shipped"), &json!("Ring twice")));
    assert_eq!(seen["tracking"], json!({ "carrier": "黑貓", "number": "TW-1" }));
    assert_eq!(desk.mia().order_events("A1001"), ["placed", "updated", "shipped"]);
}

#[test]
fn of_pushes_at_once_the_newest_holds() {
    let desk = Desk::open();
    let order = desk.places("A1001");
    let versions = (2..12).map(|version| {
        let mut pushed = order.clone();
        pushed["version"] = json!(version);
        pushed["merchant_note"] = json!(format!("version {version}"));
        desk.push(&pushed)
    });
    let answers = desk.at_once(versions.collect::<Vec<_>>());
    assert!(answers.iter().all(|it| [200, 503].contains(&it.status)), "{answers:?}");
    let newest = (2..12).zip(&answers).filter(|(_, it)| it.status == 200).map(|(version, _)| version).max();
    let note = format!("version {}", newest.expect("one was taken"));
    assert_eq!(desk.mia().order("A1001")["merchant_note"], note);
}

#[test]
fn what_a_source_cannot_take_back_is_refused() {
    let desk = Desk::open();
    let mut order = desk.places("A1001");
    let wrong = |told: Value| (told["fields"][0]["field"].clone(), told["fields"][0]["code"].clone());
    let told = desk
        .pushes_change(&mut order.clone(), &json!({ "currency": "JPY" }))
        .refused(422, "currency_differs");
    assert_eq!(wrong(told), (json!("currency"), json!("other_currency")));
    let asked = desk.ada().submits("Is the cup in stock?");
    let yen = json!({ "minor": 1, "currency": "JPY" });
    let body = json!({ "amount": yen, "reason": "out_of_stock", "inquiry": asked.id });
    let told = desk.mia().does("A1001", "refunds", &body).refused(422, "currency_differs");
    assert_eq!(wrong(told), (json!("amount.currency"), json!("other_currency")));
    desk.mia().refunds("A1001", 100_000, &asked, Some(1)).ok();
    desk.pushes_change(&mut order.clone(), &json!({ "paid": 99_999 }))
        .refused(409, "paid_less_than_refunded");
    let ben = json!({ "id": "ben", "name": "Ben", "email": "ben@example.com" });
    desk.pushes_change(&mut order.clone(), &json!({ "customer": ben })).refused(409, "customer_differs");
    desk.pushes_change(&mut order, &json!({ "paid": 100_000 })).ok();
    let seen = desk.mia().order("A1001");
    assert_eq!(
        (&seen["paid"], &seen["left"], &seen["currency"]),
        (&json!(100_000), &json!(0), &json!("TWD"))
    );
}

#[test]
fn an_order_that_ended_stays_so_whatever_is_pushed_later() {
    let desk = Desk::open();
    let mut order = desk.places("A1001");
    let asked = desk.ada().submits("All of it back, please");
    desk.mia().refunds("A1001", 128_000, &asked, Some(1)).ok();
    let told = || {
        desk.dispatch();
        (desk.ada().steps("A1001"), desk.mailbox("ada@example.com").len())
    };
    let before = told();
    let now = desk.now().to_string();
    for parcel in [
        json!({ "tracking": { "carrier": "黑貓", "number": "TW-1" } }),
        json!({ "shipped_at": now }),
        json!({ "shipped_at": now, "delivered_at": now }),
    ] {
        desk.pushes_change(&mut order.clone(), &parcel).refused(409, "order_ended");
        let mut more = parcel;
        more["paid"] = json!(200_000);
        desk.pushes_change(&mut order.clone(), &more).refused(409, "order_ended");
    }
    desk.pushes_change(&mut order, &json!({ "paid": 200_000 })).ok();
    let seen = desk.mia().order("A1001");
    assert_eq!((&seen["standing"], &seen["closed_to_shipping"]), (&json!("ended"), &json!(true)));
    desk.mia().ships("A1001").refused(409, "order_ended");
    desk.pushes_change(&mut order, &json!({ "shipped_at": now })).refused(409, "order_ended");
    assert_eq!(told(), before, "nothing of it is news to the customer");
}

#[test]
fn of_many_orders_each_is_reported_on_its_own() {
    let desk = Desk::open();
    let bare = |number: &str| {
        let mut order = order(&desk, number);
        order.as_object_mut().expect("an object").remove("number");
        order
    };
    let mut wrong = bare("A-2");
    wrong["currency"] = json!("XXY");
    let orders = json!([
        { "number": "A-1", "order": bare("A-1") },
        { "number": "A-2", "order": wrong },
        { "number": "no number", "order": bare("A-3") },
        { "number": "A-4", "order": bare("A-4") },
    ]);
    let call = desk.post(format!("/v1/shops/{TAIPEI}/orders")).token(desk.api_key());
    let done = call.json(&json!({ "orders": orders })).send().ok();
    let told =
        |at: usize| (done["results"][at]["result"].clone(), done["results"][at]["problem"]["code"].clone());
    assert_eq!(told(0), (json!("placed"), Value::Null));
    assert_eq!(told(1), (Value::Null, json!("invalid_fields")));
    assert_eq!(told(2), (Value::Null, json!("invalid_fields")));
    assert_eq!(told(3), (json!("placed"), Value::Null));
    assert_eq!(desk.mia().order_list("to_ship"), ["A-1", "A-4"]);
}

#[test]
fn an_order_belongs_to_one_shop_and_one_customer() {
    let desk = Desk::open();
    desk.places("A1001");
    let (_, lanterns_key) = desk.makes_key(LANTERN);
    let mut same_number = order(&desk, "A1001");
    same_number["total"] = json!(1);
    let foreign = desk.push_to(TAIPEI, &lanterns_key, &same_number).send();
    foreign.refused(401, "unauthorized");
    desk.push_to(LANTERN, desk.api_key(), &same_number).send().refused(401, "unauthorized");
    desk.nora().get("/orders/A1001").send().refused(404, "not_found");
    desk.push_to(LANTERN, &lanterns_key, &same_number).send().ok();
    assert_eq!(desk.nora().order("A1001")["total"], 1);
    assert_eq!(desk.mia().order("A1001")["total"], 128_000);
    desk.agent(TAIPEI, "nora").get("/orders/A1001").send().refused(404, "not_found");

    let others = [desk.ben(), desk.member(TAIPEI, "Ada", "Ada")];
    for other in others {
        other.get("/my/orders/A1001").send().refused(404, "not_found");
        assert!(other.orders().is_empty());
        for (verb, body) in [
            ("refund-requests", json!({ "reason": "late" })),
            ("cancel", json!({})),
            ("answer", json!({ "delay": "2027-03-10", "agrees": true })),
            ("withdraw", json!({ "refund": 1 })),
            ("returns", json!({ "kind": "return", "items": [{ "product": "tea", "quantity": 1 }] })),
        ] {
            other.asks("A1001", verb, &body).send().refused(404, "not_found");
        }
    }
    assert_eq!(desk.ada().orders().len(), 1);
    assert_eq!(desk.mia().order_events("A1001"), ["placed"], "nothing of it was carried out");
}

#[test]
fn nobody_but_its_owner_makes_a_key_and_a_revoked_one_opens_nothing() {
    let desk = Desk::open();
    let (id, key) = desk.makes_key(TAIPEI);
    let pushed = order(&desk, "A1001");
    desk.push_to(TAIPEI, &key, &pushed).send().ok();
    let keys = desk.otto().get("/api-keys").send().ok();
    assert_eq!((&keys["keys"][0]["id"], &keys["keys"][0]["name"]), (&json!(id), &json!("backend")));
    assert!(!keys.to_string().contains(&key), "it is shown once");
    let path = format!("/v1/shops/{TAIPEI}/api-keys/{id}");
    let revoke = |token: &str| desk.call(http::Method::DELETE, path.clone()).token(token).send();
    revoke(&desk.sue().token).refused(403, "forbidden");
    assert_eq!(revoke(&desk.otto().token).status, 204);
    revoke(&desk.otto().token).refused(404, "not_found");
    desk.push_to(TAIPEI, &key, &pushed).send().refused(401, "unauthorized");
}

#[test]
fn beside_an_inquiry_stand_its_order_and_the_customers_others_newest_first() {
    let desk = Desk::open();
    for number in ["A-1", "A-2", "A-3"] {
        desk.places(number);
        desk.wait(seconds(60));
    }
    let asked = desk.ada().submits_with(json!({ "text": "Where is it?", "order": "A-2" }));
    let bench = desk.mia().get(&format!("/inquiries/{}/orders", asked.id)).send().ok();
    let numbers: Vec<_> =
        bench["orders"].as_array().into_iter().flatten().map(|it| it["number"].clone()).collect();
    assert_eq!(numbers, ["A-2", "A-3", "A-1"]);
    assert_eq!(bench["order"]["number"], "A-2");
    let bens = desk.ben().submits("Is it warm?");
    let bench = desk.mia().get(&format!("/inquiries/{}/orders", bens.id)).send().ok();
    assert_eq!((&bench["orders"], &bench["order"]), (&json!([]), &Value::Null));
}

#[test]
fn the_lists_follow_an_order_until_it_left() {
    let desk = Desk::open();
    desk.places("A-1");
    desk.wait(days(1));
    desk.places("A-2");
    let mia = desk.mia();
    assert_eq!(mia.order_list("to_ship"), ["A-1", "A-2"], "the soonest first");
    assert!(mia.order_list("overdue").is_empty());
    // The end of the third day in Taipei.
    let last: jiff::Timestamp = "2027-03-04T15:59:58Z".parse().expect("a time");
    desk.wait_until(last);
    assert_eq!(desk.mia().order("A-1")["overdue"], false);
    desk.wait(seconds(2));
    let mia = desk.mia();
    assert_eq!(mia.order("A-1")["overdue"], true, "from the first second of the next day on");
    assert_eq!(mia.order_list("overdue"), ["A-1"]);
    let counts = mia.get("/orders").send().ok()["counts"].take();
    assert_eq!((&counts["to_ship"]["count"], &counts["overdue"]["count"]), (&json!(2), &json!(1)));
    mia.ships("A-1").ok();
    assert_eq!(
        (mia.order_list("to_ship"), mia.order_list("shipped")),
        (vec!["A-2".into()], vec!["A-1".into()])
    );
    mia.ships("A-1").refused(409, "already_shipped");
    assert!(mia.order_list("overdue").is_empty());
    assert_eq!(desk.ada().steps("A-1"), ["placed", "shipped"]);
}

#[test]
fn products_are_found_by_title_and_only_those_on_sale() {
    let desk = Desk::open();
    let push = |id: &str, version: u32, title: &str, active: bool| {
        let body =
            json!({ "version": version, "title": title, "price": 100, "currency": "TWD", "active": active });
        let path = format!("/v1/shops/{TAIPEI}/products/{id}");
        let done = desk.call(http::Method::PUT, path).token(desk.api_key()).json(&body).send().ok();
        done["result"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(push("tea", 1, "Oolong tea", true), "stored");
    assert_eq!(push("cup", 1, "A cup", true), "stored");
    assert_eq!(push("old", 2, "Old tea", false), "stored");
    assert_eq!(push("old", 1, "Old tea", true), "unchanged");
    let found = |query: &str| {
        let page = desk.mia().get(&format!("/products{query}")).send().ok();
        let rows = page["products"].as_array().into_iter().flatten();
        rows.map(|it| it["product"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(found(""), ["cup", "tea"]);
    assert_eq!(found("?search=OOLONG"), ["tea"]);
    assert!(desk.nora().get("/products").send().ok()["products"].as_array().is_some_and(Vec::is_empty));
}

#[test]
fn what_was_seen_before_another_changed_it_is_refused_with_the_order_as_it_is() {
    let desk = Desk::open();
    desk.places("A1001");
    let seen = desk.mia().order_version("A1001");
    desk.leo().does("A1001", "notes", &json!({ "text": "The cup is chipped" })).ok();
    let body = json!({ "carrier": "黑貓", "tracking": "TW-1" });
    let ship = || desk.mia().post("/orders/A1001/ship", &body);
    let told = ship().seeing(seen).send().refused(409, "order_moved_on");
    assert_eq!(
        (&told["order"]["version"], &told["order"]["standing"]),
        (&json!(seen + 1), &json!("to_ship"))
    );
    ship().send().refused(428, "precondition_required");
    let once = ship().key("once").seeing(seen + 1).send().ok();
    assert_eq!(ship().key("once").seeing(seen + 1).send().ok()["order"]["version"], once["order"]["version"]);
    assert_eq!(desk.mia().order_events("A1001"), ["placed", "note_added", "shipped"]);
    assert!(!desk.ada().tracks("A1001").to_string().contains("chipped"), "a note is the staff's own");
}
