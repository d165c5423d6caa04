//! Paging while others work: what nobody touched is seen exactly once, in its order.

use std::collections::HashSet;

use serde_json::json;

use super::model::{passes, something_happens};
use crate::support::{Asked, Desk, Dice};

fn pages_while_others_work(inquiries: usize, query: &str, seed: u64) {
    let desk = Desk::open();
    let mut dice = Dice::new(seed);
    let mut asked: Vec<Asked> =
        (0..inquiries).map(|number| something_happens(&desk, &mut dice, number)).collect();
    let sue = desk.sue();
    let before = sue.ids(&format!("{query}&limit=100"));
    let mut touched = HashSet::new();
    let mut seen = Vec::new();
    let mut page = sue.lists(&format!("{query}&limit=8"));
    loop {
        let rows = page["inquiries"].as_array().expect("rows");
        seen.extend(rows.iter().map(|row| row["id"].as_str().unwrap_or_default().to_owned()));
        let Some(next) = page["next"].as_str().map(str::to_owned) else { break };
        for _ in 0..3 {
            passes(&desk, &mut dice);
            let one = dice.one_of(&asked);
            touched.insert(one.id.clone());
            match dice.below(4) {
                0 => drop(desk.leo().tries(&one, "reply", &json!({ "text": "Hm.", "then": "keep_open" }))),
                1 => drop(desk.leo().tries(&one, "close", &json!({ "reason": "test" }))),
                2 => drop(desk.leo().tries(&one, "assign", &json!({ "to": "leo" }))),
                _ => {
                    let new = something_happens(&desk, &mut dice, asked.len());
                    touched.insert(new.id.clone());
                    asked.push(new);
                }
            }
        }
        page = sue.lists(&format!("{query}&limit=8&cursor={next}"));
    }
    let untouched =
        |ids: &[String]| -> Vec<String> { ids.iter().filter(|id| !touched.contains(*id)).cloned().collect() };
    assert_eq!(untouched(&seen), untouched(&before), "seed {seed}: {query}");
    assert!(untouched(&seen).len() > 10, "the test still has something to say");
}

#[test]
fn a_short_list_may_grow_and_move_under_the_pages() {
    for (seed, sort) in [(1, "waiting"), (2, "latest")] {
        pages_while_others_work(130, &format!("list=all&sort={sort}&agent=mia"), seed);
    }
}

#[test]
fn a_long_list_may_grow_and_move_under_the_pages() {
    for (seed, sort) in [(3, "waiting"), (4, "latest")] {
        pages_while_others_work(200, &format!("list=all&sort={sort}"), seed);
    }
    pages_while_others_work(200, "list=history", 5);
}

#[test]
fn a_cursor_behind_the_end_of_a_list_is_its_end() {
    let desk = Desk::open();
    desk.ada().submits("Hello");
    for query in ["list=all&filter=expiring", "list=all", "list=history", "list=mine&filter=expiring"] {
        for cursor in ["0.9999999999999_zzzzzzzzzzzzz", "1.0000000000000_0", "1.9999999999999_"] {
            let page = desk.sue().lists(&format!("{query}&cursor={cursor}"));
            assert!(page["next"].is_null(), "{query} {cursor}: {page}");
        }
    }
}
