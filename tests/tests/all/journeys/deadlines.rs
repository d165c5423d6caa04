//! Time is enforced (SPEC §6), and nothing is forgotten (SPEC §3.7).

use serde_json::{Value, json};

use crate::support::{Asked, Desk, Mail, SignedDuration, TAIPEI, days, hours, seconds, taipei};

fn alarms(desk: &Desk, asked: &Asked) -> Vec<String> {
    let timeline = desk.sue().timeline(asked);
    let raised = timeline.iter().filter(|entry| entry["event"] == "raised" || entry["event"] == "timed_out");
    raised.map(|it| it["alarm"].as_str().unwrap_or("timed_out").to_owned()).collect()
}

fn bell(desk: &Desk, who: &str) -> Vec<String> {
    let alerts = desk.agent(TAIPEI, who).get("/alerts").send().ok();
    let mut kinds: Vec<String> = alerts["alerts"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|it| it["kind"].as_str().unwrap_or_default().to_owned())
        .collect();
    kinds.reverse();
    kinds
}

#[test]
fn an_inquiry_left_alone_goes_through_the_ladder_and_its_customer_reopens_it() {
    let desk = Desk::open();
    let asked = desk.ada().submits_with(json!({ "text": "My payment failed", "category": "payment" }));
    desk.sue().assigns(&asked, "mia");
    let steps = [
        (hours(4), "overdue"),
        (hours(20), "expiring"),
        (hours(24), "unanswered_1_day"),
        (days(5), "unanswered_5_days"),
        (days(6), "unanswered_6_days"),
        (days(7), "timed_out"),
    ];
    let began = desk.now();
    let mut expected: Vec<String> = Vec::new();
    for (after, alarm) in steps {
        desk.wait_until(began + after - seconds(1));
        desk.enforces();
        assert_eq!(alarms(&desk, &asked), expected, "a second before {alarm}");
        desk.wait(seconds(1));
        desk.enforces();
        expected.push(alarm.to_owned());
        assert_eq!(alarms(&desk, &asked), expected, "at {alarm}");
        desk.wait(seconds(1));
        desk.enforces();
        assert_eq!(alarms(&desk, &asked), expected, "only once");
    }
    assert_eq!(bell(&desk, "mia"), expected);
    assert_eq!(bell(&desk, "sue"), expected);
    assert_eq!(bell(&desk, "leo"), Vec::<String>::new());
    let header = desk.mia().header(&asked);
    assert_eq!((&header["status"], &header["ended"]["reason"]), (&json!("replied"), &json!("timeout")));
    assert_eq!(header["answered"], false);
    assert!(desk.sue().has("list=history", &asked));

    desk.dispatch();
    let mails = desk.mailbox("ada@example.com");
    assert_eq!(mails.len(), 1, "one apology, and nothing else");
    let token = mails[0].token("reopen");
    let reopen = || desk.post("/v1/shops/taipei/inquiries/reopen").json(&json!({ "token": token })).send();
    assert_eq!(reopen().ok()["id"], asked.id.as_str());
    assert_eq!(reopen().ok()["id"], asked.id.as_str(), "a second press changes nothing");
    let header = desk.sue().header(&asked);
    assert_eq!(header["status"], "awaiting_reply");
    assert_eq!(desk.sue().events(&asked).iter().filter(|it| *it == "customer_reopened").count(), 1);
    desk.wait(days(1));
    desk.enforces();
    assert!(desk.sue().header(&asked)["ended"].is_null(), "it is not closed again at once");
}

#[test]
fn overdue_and_expiring_are_views_with_counts() {
    let desk = Desk::open();
    let urgent = desk.ada().submits_with(json!({ "text": "My payment failed", "category": "payment" }));
    let general = desk.ada().submits_with(json!({ "text": "Is it blue?", "category": "product" }));
    for asked in [&urgent, &general] {
        desk.sue().assigns(asked, "mia");
    }
    desk.wait(hours(4));
    desk.enforces();
    assert_eq!(desk.mia().ids("list=mine&filter=overdue"), [urgent.id.as_str()]);
    assert_eq!(desk.mia().counts()["overdue"], 1);
    assert_eq!(desk.mia().counts()["expiring"], 0);
    desk.wait(hours(16) + seconds(1));
    desk.enforces();
    desk.mia().counts();
    assert_eq!(desk.mia().ids("list=mine&filter=expiring").len(), 2);
    desk.mia().keeps_open(&urgent, "We look into it");
    assert_eq!(desk.mia().ids("list=mine&filter=overdue"), Vec::<String>::new());
}

#[test]
fn an_alarm_does_not_refuse_what_an_agent_writes_meanwhile() {
    let desk = Desk::open();
    let asked = desk.ada().submits("Where is my parcel?");
    desk.mia().takes(&asked);
    let seen = desk.mia().version(&asked);
    desk.wait(hours(13));
    desk.enforces();
    assert_eq!(alarms(&desk, &asked), ["overdue"]);
    let reply = json!({ "text": "On its way", "then": "done" });
    desk.mia().command(&asked, "reply", &reply).seeing(seen).send().ok();
}

/// All that a story came to: what happened and when, what is on whose bell, what went out.
fn whole(desk: &Desk, asked: &Asked) -> Value {
    let timeline = desk.sue().timeline(asked);
    let moment =
        |at: &Value| at.as_str().and_then(|at| at.parse().ok()).map_or(0, jiff::Timestamp::as_second);
    let began = moment(&timeline[0]["at"]);
    // The desk's clock goes on while a test runs: to the minute.
    let minute = |at: &Value| (moment(at) - began + 30) / 60;
    let entries = timeline.iter().map(|it| json!([it["seq"], it["event"], it["alarm"], minute(&it["at"])]));
    let bell = |who: &str| {
        let page = desk.agent(TAIPEI, who).get("/alerts").send().ok();
        let alerts = page["alerts"].as_array().into_iter().flatten();
        let mut told: Vec<Value> = alerts.map(|it| json!([minute(&it["at"]), it["kind"]])).collect();
        assert!(page["next"].is_null(), "a page holds them");
        told.sort_by_key(|it| (it[0].as_i64(), it[1].to_string()));
        told
    };
    let bells: Vec<_> = ["mia", "leo", "sue", "otto"].iter().map(|who| json!([who, bell(who)])).collect();
    let header = desk.sue().header(asked);
    desk.dispatch();
    let mails: Vec<String> = desk.mailbox("ada@example.com").into_iter().map(|mail| mail.subject).collect();
    let mails: Vec<String> = mails.iter().map(|subject| subject.replace(&asked.reference, "")).collect();
    json!({
        "entries": entries.collect::<Vec<_>>(),
        "bells": bells,
        "mails": mails,
        "state": [header["version"], header["status"], header["ended"]["reason"], header["assignee"],
            header["reply_due_at"], header["answered"], header["snoozed_until"], header["priority"]],
    })
}

/// A story of eighteen days; the schedule runs so often every six hours.
fn told(runs: usize, late: SignedDuration) -> Value {
    let desk = Desk::open();
    let asked = desk.ada().submits_with(json!({ "text": "My payment failed", "category": "payment" }));
    desk.sue().assigns(&asked, "mia");
    let passes = |span: SignedDuration| {
        let until = desk.now() + span;
        while desk.now() < until {
            desk.wait(hours(6));
            for _ in 0..runs {
                desk.enforces();
            }
        }
    };
    passes(days(2));
    desk.ada().follows_up(&asked, "Hello?");
    passes(days(6));
    desk.mia().keeps_open(&asked, "Sorry for the wait");
    passes(days(2));
    desk.ada().follows_up(&asked, "Well?");
    passes(days(8));
    desk.wait(late);
    desk.enforces();
    whole(&desk, &asked)
}

#[test]
fn however_often_or_late_the_schedule_runs_all_comes_to_the_same() {
    let mut punctual = told(1, seconds(0));
    let events = punctual["entries"].to_string();
    assert!(events.contains("timed_out") && events.contains("forgotten"), "{events}");
    assert_eq!(punctual["mails"].as_array().map(Vec::len), Some(2), "an answer and the apology");
    punctual["state"][4].take();
    for (runs, late) in [(0, seconds(0)), (5, seconds(0)), (0, days(3)), (1, days(3)), (5, days(3))] {
        let mut other = told(runs, late);
        // A moment of the clock on the wall, which is another in every story.
        other["state"][4].take();
        assert_eq!(other, punctual, "{runs} runs, {late:?} late");
    }
}

#[test]
fn two_runs_at_once_and_one_that_was_killed_half_way_do_each_thing_once() {
    let desk = Desk::open();
    let asked: Vec<Asked> = (0..40).map(|number| desk.ada().submits(&format!("Question {number}"))).collect();
    desk.wait(days(8));
    desk.block_on(async {
        // Killed half way: the future is dropped wherever it is.
        let mut run = Box::pin(enforce_deadlines::run(desk.app.clone()));
        for _ in 0..60 {
            let step = std::future::poll_fn(|context| {
                let _ = run.as_mut().poll(context);
                std::task::Poll::Ready(())
            });
            step.await;
            tokio::task::yield_now().await;
        }
        drop(run);
        let both = (enforce_deadlines::run(desk.app.clone()), enforce_deadlines::run(desk.app.clone()));
        let (one, other) = tokio::join!(both.0, both.1);
        one.and(other).expect("the schedule runs");
    });
    for one in &asked {
        let climbed = [
            "overdue",
            "expiring",
            "unanswered_1_day",
            "unanswered_5_days",
            "unanswered_6_days",
            "timed_out",
        ];
        assert_eq!(alarms(&desk, one), climbed);
    }
    desk.dispatch();
    // What the killed run had stored and not told of, the sweep finds.
    desk.wait(SignedDuration::from_mins(30));
    desk.run_sweeps();
    desk.dispatch();
    let mails: Vec<Mail> = desk.mailbox("ada@example.com");
    assert_eq!(mails.len(), 40, "one apology each");
}

#[test]
fn business_hours_and_holidays_move_what_is_due() {
    // Monday, a minute before nine in Taipei.
    let desk = Desk::at("2027-03-01T00:59:00Z");
    let mut shop = taipei();
    let settings = &mut shop.shop.service_settings;
    settings.reply_clock = domain::shop::ReplyClock::Business;
    let span = |day, from, to| domain::calendar::Span { day, from, to };
    let (monday, wednesday) = (domain::calendar::Day::Monday, domain::calendar::Day::Wednesday);
    let open = vec![span(monday, 540, 720), span(monday, 780, 840), span(wednesday, 540, 1080)];
    settings.business_hours = domain::calendar::Week::new(open).expect("a week");
    desk.stores(&shop);
    // An urgent one: three hours before lunch, one behind it.
    let asked = desk.ada().submits_with(json!({ "text": "My payment failed", "category": "payment" }));
    assert_eq!(desk.sue().header(&asked)["reply_due_at"], "2027-03-01T06:00:00Z");
    shop.shop.service_settings.holidays = vec!["2027-03-03".parse().expect("a date")];
    desk.stores(&shop);
    desk.wait(hours(6));
    let asked = desk.ada().submits_with(json!({ "text": "It failed again", "category": "payment" }));
    assert_eq!(desk.sue().header(&asked)["reply_due_at"], "2027-03-08T06:00:00Z", "Wednesday is a holiday");
}

#[test]
fn a_snooze_hides_until_its_time_and_stops_no_clock() {
    let desk = Desk::open();
    let asked = desk.ada().submits("Where is my parcel?");
    desk.mia().takes(&asked);
    let until = (desk.now() + hours(5)).to_string();
    let snoozed = desk.mia().tries(&asked, "snooze", &json!({ "until": until })).ok();
    assert!(snoozed["inquiry"]["snoozed_until"].is_string());
    assert!(!desk.mia().has("list=mine", &asked) && desk.mia().has("list=mine&filter=snoozed", &asked));
    assert!(desk.mia().has("list=mine&filter=unreplied", &asked), "the customer waits all the same");
    desk.wait(hours(5) - seconds(1));
    desk.enforces();
    assert!(!desk.mia().has("list=mine", &asked));
    desk.wait(seconds(1));
    desk.enforces();
    assert!(desk.mia().has("list=mine", &asked));
    assert_eq!(bell(&desk, "mia"), ["snooze_over"]);

    let past = (desk.now() - seconds(1)).to_string();
    let refused = desk.mia().tries(&asked, "snooze", &json!({ "until": past })).refused(422, "snooze_time");
    assert_eq!(refused["fields"][0]["code"], "in_the_past");
    let far = (desk.now() + days(91)).to_string();
    let refused = desk.mia().tries(&asked, "snooze", &json!({ "until": far })).refused(422, "snooze_time");
    assert_eq!(refused["fields"][0]["code"], "too_far");
}

#[test]
fn in_conversation_nothing_is_forgotten() {
    let desk = Desk::open();
    let asked = desk.ada().submits("Where is my parcel?");
    desk.mia().takes(&asked);
    desk.mia().keeps_open(&asked, "I ask the warehouse");
    desk.wait(hours(24) - seconds(1));
    desk.enforces();
    assert_eq!(desk.mia().header(&asked)["forgotten"], false);
    desk.wait(seconds(1));
    desk.enforces();
    assert_eq!(desk.mia().header(&asked)["forgotten"], true);
    assert_eq!((bell(&desk, "mia"), bell(&desk, "sue")), (vec!["forgotten".to_owned()], Vec::new()));
}

#[test]
fn a_question_to_a_colleague_is_told_found_and_answered() {
    let desk = Desk::open();
    let mut shop = taipei();
    let leo = domain::ids::AgentId::parse("leo").expect("an id");
    shop.shop.service_settings.departments =
        vec![domain::shop::Department { name: "倉庫".to_owned(), agents: vec![leo] }];
    desk.stores(&shop);
    let asked = desk.ada().submits("Where is my parcel?");
    desk.mia().takes(&asked);
    let ask = json!({ "text": "Did it leave?", "ask": { "department": "倉庫" } });
    let done = desk.mia().command(&asked, "notes", &ask).send().ok();
    let question = done["inquiry"]["questions"][0]["question"].as_u64().expect("a number");
    assert_eq!(bell(&desk, "leo"), ["question_asked"]);
    assert_eq!(desk.leo().ids("list=asked"), [asked.id.as_str()]);
    assert_eq!(desk.mia().ids("list=mine&filter=question"), [asked.id.as_str()]);
    assert!(
        desk.ada().reads(&asked).iter().all(|text| !text.contains("leave")),
        "the customer sees none of it"
    );
    let answer = json!({ "text": "Yesterday", "answers": question });
    let done = desk.leo().command(&asked, "notes", &answer).send().ok();
    assert_eq!(done["inquiry"]["questions"], json!([]));
    assert_eq!(bell(&desk, "mia"), ["question_answered"]);
    assert_eq!(desk.leo().ids("list=asked"), Vec::<String>::new());
    let path = format!("/inquiries/{}/questions/{question}/answered", asked.id);
    desk.leo().post(&path, &json!({})).send().refused(409, "no_such_question");
    let nobody = json!({ "text": "?", "ask": { "department": "nowhere" } });
    desk.mia().command(&asked, "notes", &nobody).send().refused(422, "no_such_department");
}

#[test]
fn what_was_seen_in_the_bell_is_not_new_again() {
    let desk = Desk::open();
    let asked = desk.ada().submits("Where is my parcel?");
    desk.mia().takes(&asked);
    desk.wait(hours(12));
    desk.enforces();
    let new = || desk.mia().lists("list=mine&counts=true&tab=m")["counts"]["alerts"].clone();
    assert_eq!(new(), 1);
    let alerts = desk.mia().get("/alerts").send().ok();
    assert_eq!(
        (&alerts["alerts"][0]["new"], &alerts["alerts"][0]["subject"]),
        (&json!(true), &json!("Where is my parcel?"))
    );
    desk.mia().post("/alerts/seen", &json!({ "until": alerts["alerts"][0]["id"] })).send();
    assert_eq!(new(), 0);
    assert_eq!(desk.mia().get("/alerts").send().ok()["alerts"][0]["new"], false);
}
