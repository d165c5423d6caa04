//! The counts beside the lists (SPEC §4.2).

use serde_json::json;

use super::model::{Question, something_happens, stored};
use crate::support::{Asked, Desk, Dice, hours, seconds};

fn right(desk: &Desk, asked: &[Asked], who: &'static str) {
    let (all, now) = (stored(desk, asked), desk.now());
    let counts = desk.agent("taipei", who).counts();
    let count =
        |list, quick| Question { quick, ..Question::new(who, list, "waiting") }.expected(&all, now).len();
    for (word, quick) in [
        ("active", None),
        ("unread", Some("unread")),
        ("unreplied", Some("unreplied")),
        ("expiring", Some("expiring")),
        ("flagged", Some("flagged")),
    ] {
        assert_eq!(counts[word], count("mine", quick), "{who}'s {word}");
    }
    assert_eq!(counts["unassigned"], count("unassigned", None), "unassigned");
    let everything = matches!(who, "sue" | "otto").then(|| count("all", None));
    assert_eq!(
        counts["all"].as_u64().map(|all| all as usize),
        everything,
        "only supervisors and owners see all"
    );
}

#[test]
fn counts_of_short_and_long_lists_are_exact() {
    for (inquiries, seed) in [(50, 1), (420, 2)] {
        let desk = Desk::open();
        let mut dice = Dice::new(seed);
        let asked: Vec<Asked> =
            (0..inquiries).map(|number| something_happens(&desk, &mut dice, number)).collect();
        for who in ["mia", "leo", "sue", "otto"] {
            right(&desk, &asked, who);
        }
    }
}

#[test]
fn counts_follow_every_change_at_once() {
    let desk = Desk::open();
    let asked = desk.ada().submits("Hello");
    assert_eq!(desk.mia().counts()["unassigned"], 1);
    desk.mia().takes(&asked);
    assert_eq!((&desk.mia().counts()["unassigned"], &desk.mia().counts()["active"]), (&json!(0), &json!(1)));
    desk.wait(hours(20) - seconds(1));
    assert_eq!(desk.mia().counts()["expiring"], 0);
    desk.wait(seconds(2));
    assert_eq!(desk.mia().counts()["expiring"], 1);
    desk.mia().replies(&asked, "Done.");
    let counts = desk.mia().counts();
    assert_eq!((&counts["active"], &counts["expiring"]), (&json!(0), &json!(0)));
    assert!(desk.mia().lists("list=history&counts=true")["counts"].is_null(), "history has no counts");
}
