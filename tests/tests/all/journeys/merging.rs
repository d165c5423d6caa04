//! Duplicates become one, and apart again (SPEC §3.9).

use serde_json::json;

use crate::support::Desk;

#[test]
fn a_merged_inquiry_is_shown_inside_the_other_and_comes_back() {
    let desk = Desk::open();
    let first = desk.ada().submits("Where is my parcel?");
    let second = desk.ada().submits("Parcel???");
    desk.mia().takes(&first);
    desk.mia().merges(&second, &first);

    let shown = desk.mia().shows(&first);
    assert_eq!(shown["merged"][0]["inquiry"]["id"], second.id);
    assert_eq!(shown["merged"][0]["timeline"][0]["text"], "Parcel???", "messages never move");
    assert!(!desk.mia().has("list=unassigned", &second), "it left the lists");
    assert_eq!(desk.ada().lists().len(), 1);
    assert_eq!(desk.mia().header(&second)["merged_into"], first.id);
    let late = json!({ "text": "Here?", "then": "done" });
    desk.mia().tries(&second, "reply", &late).refused(409, "inquiry_merged");

    desk.mia().unmerges(&second);
    assert!(desk.mia().has("list=unassigned", &second));
    assert_eq!(desk.mia().shows(&first)["merged"], json!([]));
    assert_eq!(desk.mia().events(&second), ["submitted", "merged", "unmerged"]);
    assert_eq!(desk.mia().events(&first), ["submitted", "assigned", "absorbed", "released"]);
    desk.mia().tries(&second, "unmerge", &json!({})).refused(409, "not_merged");
    desk.mia().replies(&second, "It left today.");
}

#[test]
fn a_customers_message_into_a_merged_one_arrives_in_the_one_that_goes_on() {
    let desk = Desk::open();
    let first = desk.ada().submits("Where is my parcel?");
    let second = desk.ada().submits("Parcel???");
    desk.mia().replies(&first, "It left today.");
    desk.mia().merges(&second, &first);
    let answer = desk.ada().follows_up(&second, "It is here!");
    assert_eq!((&answer["inquiry"]["id"], &answer["opened_new"]), (&json!(first.id), &json!(false)));
    assert_eq!(desk.ada().reads(&first).last().map(String::as_str), Some("It is here!"));
    assert_eq!(desk.ada().reads(&second), ["Parcel???"]);
    assert_eq!(desk.mia().header(&first)["status"], "awaiting_reply");
}

#[test]
fn only_two_of_one_customer_merge_and_never_in_a_chain() {
    let desk = Desk::open();
    let (one, two, three) = (desk.ada().submits("1"), desk.ada().submits("2"), desk.ada().submits("3"));
    let bens = desk.ben().submits("mine");
    desk.mia().tries(&bens, "merge", &json!({ "into": one.id })).refused(422, "not_mergeable");
    desk.mia().tries(&one, "merge", &json!({ "into": one.id })).refused(422, "not_mergeable");
    desk.mia().merges(&two, &one);
    desk.mia().tries(&one, "merge", &json!({ "into": three.id })).refused(422, "not_mergeable");
    desk.mia().tries(&three, "merge", &json!({ "into": two.id })).refused(409, "inquiry_merged");
    desk.mia().tries(&two, "merge", &json!({ "into": three.id })).refused(409, "inquiry_merged");
    let elsewhere = desk.member("lantern", "ada", "Ada").submits("elsewhere");
    desk.mia().tries(&one, "merge", &json!({ "into": elsewhere.id })).refused(404, "not_found");
}
