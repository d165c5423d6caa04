//! What the lists should hold, worked out from the inquiries themselves.

use domain::ids::{InquiryId, ShopId};
use domain::inquiry::Inquiry;
use domain::labels::{Category, Label as _, Priority, Source, Status};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::support::{Asked, Customer, Desk, Dice, TAIPEI, hours, seconds};

/// A question to a list, and who asks it.
#[derive(Debug, Clone)]
pub struct Question {
    pub who: &'static str,
    pub list: &'static str,
    pub sort: &'static str,
    pub quick: Option<&'static str>,
    pub category: Option<Category>,
    pub priority: Option<Priority>,
    pub source: Option<Source>,
    pub status: Option<Status>,
    pub agent: Option<&'static str>,
    pub tag: Option<&'static str>,
    pub from: Option<Timestamp>,
    pub to: Option<Timestamp>,
}

impl Question {
    pub fn new(who: &'static str, list: &'static str, sort: &'static str) -> Self {
        Self {
            who,
            list,
            sort,
            quick: None,
            category: None,
            priority: None,
            source: None,
            status: None,
            agent: None,
            tag: None,
            from: None,
            to: None,
        }
    }

    /// As it is asked.
    pub fn query(&self) -> String {
        let mut query = format!("list={}&sort={}", self.list, self.sort);
        let mut add = |name: &str, value: Option<String>| {
            if let Some(value) = value {
                query.push_str(&format!("&{name}={value}"));
            }
        };
        add("filter", self.quick.map(str::to_owned));
        add("category", self.category.map(|it| it.word().to_owned()));
        add("priority", self.priority.map(|it| it.word().to_owned()));
        add("source", self.source.map(|it| it.word().to_owned()));
        add("status", self.status.map(|it| it.word().to_owned()));
        add("agent", self.agent.map(str::to_owned));
        add("tag", self.tag.map(str::to_owned));
        add("from", self.from.map(|it| it.to_string()));
        add("to", self.to.map(|it| it.to_string()));
        query
    }

    /// The ids that it should be answered with, in order.
    pub fn expected(&self, all: &[Inquiry], now: Timestamp) -> Vec<String> {
        let mut found: Vec<&Inquiry> = all.iter().filter(|inquiry| self.holds(inquiry, now)).collect();
        let latest = self.sort == "latest" || self.quick == Some("flagged");
        // Of one moment, the part of the id that is the inquiry's own decides.
        let oldest = |phase: u8, at: Timestamp, one: &Inquiry| (phase, at, one.id.own().to_owned());
        found.sort_by(|one, other| {
            let place = |it: &Inquiry| match (self.list, latest, it.waiting_since()) {
                ("history", ..) => (true, oldest(0, it.last_message_at, it)),
                (_, true, _) => (true, oldest(0, it.last_customer_message_at, it)),
                (_, false, Some(since)) => (false, oldest(0, since, it)),
                (_, false, None) => (true, oldest(1, it.last_customer_message_at, it)),
            };
            let ((newest_first, one), (_, other)) = (place(one), place(other));
            let within = (&one.1, &one.2).cmp(&(&other.1, &other.2));
            one.0.cmp(&other.0).then(if newest_first { within.reverse() } else { within })
        });
        found.iter().map(|inquiry| inquiry.id.to_string()).collect()
    }

    fn holds(&self, inquiry: &Inquiry, now: Timestamp) -> bool {
        let whose = inquiry.assignee.as_ref().map(|agent| agent.as_str());
        let active = inquiry.ended.is_none();
        let listed = inquiry.confirmed && inquiry.merged_into.is_none();
        let here = match self.list {
            "mine" => active && whose == Some(self.who),
            "unassigned" => active && whose.is_none(),
            "all" => active,
            _ => !active,
        };
        let quick = match self.quick {
            None => true,
            Some("unread") => inquiry.waiting_since().is_some() && !inquiry.seen,
            Some("unreplied") => inquiry.waiting_since().is_some(),
            Some("expiring") => {
                inquiry.waiting_since().is_some_and(|since| now.duration_since(since) > hours(20))
            }
            Some(_) => active && inquiry.flag.is_some(),
        };
        listed
            && here
            && quick
            && self.category.is_none_or(|it| it == inquiry.category)
            && self.priority.is_none_or(|it| it == inquiry.priority)
            && self.source.is_none_or(|it| it == inquiry.source)
            && self.status.is_none_or(|it| it == inquiry.status())
            && self.agent.is_none_or(|it| whose == Some(it))
            && self.tag.is_none_or(|it| inquiry.tags.iter().any(|tag| tag == it))
            && self.from.is_none_or(|from| inquiry.last_message_at >= from)
            && self.to.is_none_or(|to| inquiry.last_message_at < to)
    }
}

/// Every inquiry as it is stored.
pub fn stored(desk: &Desk, asked: &[Asked]) -> Vec<Inquiry> {
    let shop = ShopId::parse(TAIPEI).expect("a shop");
    let read = |one: &Asked| {
        let id = InquiryId::parse(&one.id).expect("an id");
        let found = desk.block_on(desk.app.store.inquiry(&shop, &id, true));
        found.expect("the table answers").expect("the inquiry").inquiry
    };
    asked.iter().map(read).collect()
}

/// Somebody asks, and something becomes of it; each thing at a second of its own.
pub fn something_happens(desk: &Desk, dice: &mut Dice, number: usize) -> Asked {
    let customer = desk.member(TAIPEI, &format!("c{}", number % 40), &format!("顧客 {number}"));
    let asked = asks(&customer, dice, number);
    if dice.percent(80) {
        let to = dice.one_of(&["mia", "mia", "mia", "leo", "sue"]);
        passes(desk, dice);
        desk.mia().assigns(&asked, to);
    }
    for _ in 0..dice.below(3) {
        passes(desk, dice);
        something_more(desk, dice, &customer, &asked);
    }
    asked
}

fn asks<'a>(customer: &Customer<'a>, dice: &mut Dice, number: usize) -> Asked {
    let category = dice.one_of(Category::ALL).word();
    let source = dice.one_of(Source::ALL).word();
    customer.submits_with(json!({ "text": format!("No. {number}"), "category": category, "source": source }))
}

fn something_more(desk: &Desk, dice: &mut Dice, customer: &Customer<'_>, asked: &Asked) {
    let mia = desk.mia();
    match dice.below(9) {
        0 => drop(mia.keeps_open(asked, "I am looking.")),
        1 => drop(mia.replies(asked, "Done.")),
        2 => {
            mia.keeps_open(asked, "I am looking.");
            mia.tries(asked, "assign", &json!({ "to": null }));
        }
        3 => drop(customer.follows_up(asked, "And?")),
        4 => drop(mia.tries(asked, "close", &json!({ "reason": "test" }))),
        5 => drop(mia.labels(asked, &json!({ "flag": dice.one_of(&["red", "blue", "none"]) }))),
        6 => drop(mia.labels(asked, &json!({ "add_tags": [dice.one_of(&["a", "b"])] }))),
        7 => drop(mia.command(asked, "label", &json!({ "unread": dice.percent(30) })).send()),
        _ => drop(mia.labels(asked, &json!({ "priority": dice.one_of(Priority::ALL).word() }))),
    }
}

/// Time passes, so that no two things happen at once.
pub fn passes(desk: &Desk, dice: &mut Dice) {
    desk.wait(seconds(1) + SignedDuration::from_secs(i64::try_from(dice.below(400)).unwrap_or_default()));
}

/// A question about anything.
pub fn any_question(desk: &Desk, dice: &mut Dice) -> Question {
    let (who, list) = dice.one_of(&[
        ("mia", "mine"),
        ("leo", "mine"),
        ("mia", "unassigned"),
        ("sue", "all"),
        ("sue", "mine"),
        ("leo", "history"),
    ]);
    let mut question = Question::new(who, list, dice.one_of(&["waiting", "latest"]));
    if dice.percent(50) {
        question.quick = Some(dice.one_of(&["unread", "unreplied", "expiring", "flagged"]));
    }
    match dice.below(12) {
        0 => question.category = Some(dice.one_of(Category::ALL)),
        1 => question.priority = Some(dice.one_of(Priority::ALL)),
        2 => question.source = Some(dice.one_of(Source::ALL)),
        3 => question.status = Some(dice.one_of(Status::ALL)),
        4 => question.agent = Some(dice.one_of(&["mia", "leo"])),
        5 => question.tag = Some(dice.one_of(&["a", "b"])),
        6 | 7 => {
            let ago = |hours_ago| desk.now().saturating_sub(hours(hours_ago)).expect("a time");
            let back = i64::try_from(dice.below(40)).unwrap_or_default();
            question.from = Some(ago(back + 10));
            question.to = Some(ago(back));
        }
        _ => {}
    }
    question
}
