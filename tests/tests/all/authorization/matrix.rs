//! Every operation of the API × everybody × everything.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::callers::{Caller, callers};
use super::door::Door;
use super::expected::{Expected, Place, expected};
use super::operations::{For, Operation, VERSION, all, named};
use super::scene::{OBJECTS, ORDERS, Object, Scene};
use crate::support::{Answer, Desk, LANTERN, TAIPEI, signing_key};
use crate::tidy::openapi::committed;

/// The shops in the paths of what names no inquiry and no order: two, one that is not there, and two that cannot be.
const SHOPS: [&str; 5] = [TAIPEI, LANTERN, "nowhere", "shop", "%2e%2e"];

#[test]
fn everybody_gets_exactly_what_is_theirs() {
    let desk = Desk::open();
    let scene = Scene::set(&desk);
    // The storefront's key is being replaced: both are good.
    let mut shop = desk.record(TAIPEI);
    shop.signing_keys.push(signing_key("taipei-2"));
    desk.stores(&shop);
    let door = Door::of(&desk);
    let callers = callers(&door, &scene);
    let (mut cells, mut wrong) = (0, Vec::new());
    let mut refusals: BTreeMap<(&str, Expected), BTreeSet<String>> = BTreeMap::new();
    for described in committed() {
        let operation = named(&described.id);
        for place in places(&described.path) {
            let path = described.path.replace("{shop}", place.shop);
            let path =
                path.replace("{agent}", "otto").replace("{file}", "none.png").replace("{question}", "1");
            let path = path.replace("{refund}", "1").replace("{return}", "1");
            let path = path.replace("{product}", "p").replace("{key}", "none").replace("{secret}", "none");
            let id = place.object.map(|object| scene.id(object)).unwrap_or_default();
            let path = path.replace("{id}", &id).replace("{order}", &id);
            for caller in &callers {
                let answer = asked(&door, &scene, operation, &described.method, &path, (caller, place));
                let wanted = expected(operation, caller, place);
                cells += 1;
                if !wanted.is(answer.status, operation) {
                    let told = answer.text().chars().take(200).collect::<String>();
                    wrong.push(format!(
                        "{} at {place:?} by {}: wanted {wanted:?}, got {} {told}",
                        operation.id, caller.name, answer.status
                    ));
                }
                if wanted != Expected::Passes && answer.status >= 400 {
                    refusals.entry((operation.id, wanted)).or_default().insert(without_request_id(&answer));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {cells} cells:\n{}", wrong.len(), wrong.join("\n"));
    assert!(cells > 30_000, "only {cells} cells");
    // Whether it is somebody else's or nobody's, and however a token is wrong: the answer is the same.
    for ((operation, wanted), bodies) in refusals {
        assert_eq!(bodies.len(), 1, "{operation}, {wanted:?}: {bodies:#?}");
    }
}

/// All that a path can name.
fn places(path: &str) -> Vec<Place> {
    if path.contains("{order}") {
        let here = ORDERS.iter().map(|object| Place { shop: TAIPEI, object: Some(*object) });
        let elsewhere = [
            (LANTERN, Object::OtherShopsOrder),
            (LANTERN, Object::AdasOrder),
            (LANTERN, Object::NobodysOrder),
            ("nowhere", Object::AdasOrder),
            ("shop", Object::AdasOrder),
        ];
        return here.chain(elsewhere.map(|(shop, object)| Place { shop, object: Some(object) })).collect();
    }
    if !path.contains("{id}") {
        return SHOPS.iter().map(|shop| Place { shop, object: None }).collect();
    }
    let here = OBJECTS.iter().map(|object| Place { shop: TAIPEI, object: Some(*object) });
    let elsewhere = [
        (LANTERN, Object::OtherShops),
        (LANTERN, Object::Adas),
        (LANTERN, Object::Nobodys),
        ("nowhere", Object::Adas),
        ("shop", Object::Adas),
    ];
    here.chain(elsewhere.map(|(shop, object)| Place { shop, object: Some(object) })).collect()
}

fn asked(
    door: &Door<'_>,
    scene: &Scene,
    operation: &Operation,
    method: &str,
    path: &str,
    (caller, place): (&Caller, Place),
) -> Answer {
    let mut headers = vec![("accept-language", "en".to_owned())];
    // A link stands in the body; its holder is nobody besides.
    let in_body = matches!(operation.audience, For::ConfirmLink | For::InquiryLink);
    headers.extend(caller.authorization.clone().filter(|_| !in_body).map(|it| ("authorization", it)));
    if [For::ServiceOnInquiry, For::ServiceOnOrder].contains(&operation.audience) && method == "POST" {
        headers.push(("if-match", VERSION.to_owned()));
    }
    let token = caller.token.as_deref().filter(|_| in_body);
    let other = scene.beside(place.object.unwrap_or(Object::Adas));
    let body = operation.body(token, &other).filter(|_| method == "POST");
    if let (For::Provider, Some(signature), Some(body)) = (operation.audience, caller.signature, &body) {
        headers.extend(scene.backends.signed(signature, door.now(), body));
    }
    door.ask(method, path, &headers, body.as_ref())
}

fn without_request_id(answer: &Answer) -> String {
    let mut body = answer.json();
    if let Some(problem) = body.as_object_mut() {
        assert!(problem.remove("request_id").is_some_and(|id| id.as_str().is_some_and(|id| id.len() == 32)));
    }
    let kind = answer.header("content-type");
    let told = ["etag", "x-request-id"].map(|name| answer.headers.contains_key(name));
    format!("{} {kind} {told:?} {body}", answer.status)
}

#[test]
fn every_operation_is_described_and_asked() {
    let described: BTreeSet<String> = committed().into_iter().map(|it| it.id).collect();
    let asked: BTreeSet<String> = all().map(|it| it.id.to_owned()).collect();
    assert_eq!(described, asked, "name it in authorization/operations.rs, and `make bless`");
}

#[test]
fn the_description_names_the_callers_that_the_matrix_found() {
    for described in committed() {
        let callers: Vec<&str> = described.callers.iter().map(String::as_str).collect();
        assert_eq!(callers, named(&described.id).callers(), "{}", described.id);
    }
}

#[test]
fn only_supervisors_see_the_list_of_all() {
    let desk = Desk::open();
    let scene = Scene::set(&desk);
    for (agent, may) in [
        (desk.mia(), false),
        (desk.leo(), false),
        (desk.sue(), true),
        (desk.otto(), true),
        (desk.nora(), true),
    ] {
        let answer = agent.get("/inquiries?list=all&counts=true").send();
        let counts: Value = agent.get("/inquiries?counts=true").send().ok()["counts"].take();
        assert_eq!(counts["all"].is_u64(), may, "{}", agent.id);
        if may {
            let ids = answer.ok()["inquiries"].to_string();
            assert!(!ids.contains(&scene.id(Object::Unconfirmed)));
            assert_eq!(ids.contains(&scene.id(Object::OtherShops)), agent.shop == LANTERN);
            assert_eq!(ids.contains(&scene.id(Object::Adas)), agent.shop == TAIPEI);
        } else {
            answer.refused(403, "forbidden");
        }
    }
}

#[test]
fn in_bulk_each_inquiry_is_asked_for_on_its_own() {
    let desk = Desk::open();
    let scene = Scene::set(&desk);
    let items: Vec<Value> = OBJECTS
        .iter()
        .map(|object| serde_json::json!({ "id": scene.id(*object), "version": 999_999 }))
        .collect();
    let body = serde_json::json!({ "items": items, "action": { "type": "tag", "add": ["x"] } });
    let answer = desk.mia().post("/inquiries/bulk", &body).send().ok();
    let mut not_there = BTreeSet::new();
    for (object, result) in OBJECTS.iter().zip(answer["results"].as_array().expect("results")) {
        assert!(result["inquiry"].is_null(), "{object:?}");
        let seen = super::scene::shop_of(*object) == Some(TAIPEI) && *object != Object::Unconfirmed;
        assert_eq!(result["problem"]["status"], if seen { 409 } else { 404 }, "{object:?}");
        if !seen {
            not_there.insert(result["problem"].to_string());
        }
    }
    assert_eq!(not_there.len(), 1, "{not_there:?}");
}

#[test]
fn two_inquiries_are_merged_only_within_one_shop_and_customer() {
    let desk = Desk::open();
    let scene = Scene::set(&desk);
    let mia = desk.mia();
    let version =
        mia.get(&format!("/inquiries/{}", scene.id(Object::Bens))).send().ok()["inquiry"]["version"].as_u64();
    let merge = |into: Object| {
        let body = serde_json::json!({ "into": scene.id(into) });
        let call = mia.post(&format!("/inquiries/{}/merge", scene.id(Object::Bens)), &body);
        call.seeing(version.expect("a version")).header("accept-language", "en").send()
    };
    merge(Object::Adas).refused(422, "not_mergeable");
    merge(Object::Garbage).refused(422, "invalid_fields");
    let same: BTreeSet<String> = [Object::OtherShops, Object::Unconfirmed, Object::Nobodys]
        .map(|into| without_request_id(&merge(into)))
        .into();
    assert_eq!(same.len(), 1, "{same:?}");
    assert!(same.iter().all(|body| body.starts_with("404 ")));
}
