//! Every list with every filter in both sorts, whole: short lists, which are sorted in memory, and long
//! ones, which are merged from the indexes, give what the model gives.

use super::model::{Question, any_question, something_happens, stored};
use crate::support::{Asked, Desk, Dice, seconds};

const LISTS: [(&str, &str); 6] = [
    ("mia", "mine"),
    ("leo", "mine"),
    ("sue", "mine"),
    ("mia", "unassigned"),
    ("sue", "all"),
    ("leo", "history"),
];
const QUICK: [Option<&str>; 5] = [None, Some("unread"), Some("unreplied"), Some("expiring"), Some("flagged")];

fn compare(desk: &Desk, asked: &[Asked], question: &Question, limit: usize, seed: u64) {
    let expected = question.expected(&stored(desk, asked), desk.now());
    let who = desk.agent("taipei", question.who);
    let query = format!("{}&limit={limit}", question.query());
    assert_eq!(who.ids(&query), expected, "seed {seed}: {} asks {query}", question.who);
}

fn every_list(inquiries: usize, seed: u64) -> usize {
    let desk = Desk::open();
    let mut dice = Dice::new(seed);
    let asked: Vec<Asked> =
        (0..inquiries).map(|number| something_happens(&desk, &mut dice, number)).collect();
    for (who, list) in LISTS {
        for quick in QUICK {
            for sort in ["waiting", "latest"] {
                let question = Question { quick, ..Question::new(who, list, sort) };
                compare(&desk, &asked, &question, 100, seed);
            }
        }
    }
    for _ in 0..40 {
        let question = any_question(&desk, &mut dice);
        let limit = 1 + dice.below(30);
        compare(&desk, &asked, &question, limit, seed);
    }
    Question::new("mia", "mine", "waiting").expected(&stored(&desk, &asked), desk.now()).len()
}

#[test]
fn short_lists_are_what_the_model_says() {
    for seed in 1..=3 {
        let mine = every_list(60, seed);
        assert!((1..=100).contains(&mine), "short: {mine}");
    }
}

#[test]
fn long_lists_are_what_the_model_says() {
    for seed in 11..=12 {
        let mine = every_list(420, seed);
        assert!(mine > 100, "long: {mine}");
    }
}

#[test]
fn a_list_that_has_just_become_short_or_long_gives_the_same_either_way() {
    let mut desk = Desk::open();
    let mut dice = Dice::new(5);
    let mut asked = Vec::new();
    for number in 0..101 {
        asked.push(desk.ada().submits(&format!("No. {number}")));
        desk.wait(seconds(60));
        desk.mia().takes(&asked[number]);
    }
    assert_eq!(desk.mia().ids("list=mine").len(), 101, "now it is known to be long");
    for one in &asked[..10] {
        desk.wait(seconds(1));
        desk.mia().keeps_open(one, "I am looking.");
    }
    for one in &asked[90..] {
        desk.mia().replies(one, "Done.");
    }
    let questions: Vec<Question> =
        (0..60).map(|_| Question { who: "mia", list: "mine", ..any_question(&desk, &mut dice) }).collect();
    let limit = |question: &Question| format!("{}&limit=7", question.query());
    let long: Vec<_> = questions.iter().map(|question| desk.mia().ids(&limit(question))).collect();
    desk.forgets();
    let short: Vec<_> = questions.iter().map(|question| desk.mia().ids(&limit(question))).collect();
    assert_eq!(long, short);
    for question in &questions {
        compare(&desk, &asked, question, 100, 5);
    }
}
