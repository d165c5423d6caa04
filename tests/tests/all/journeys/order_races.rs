//! Many hands on one order: shipped or refunded, never both, and never refunded twice (SPEC §10.6, §10.8).

use serde_json::{Value, json};

use crate::support::{Answer, Asked, Call, Desk, Dice, days};

const CLICKS: usize = 50;
const RACES: usize = 1_000;
/// So often the leading one waits at most before the other begins.
const MOST_WAITS: usize = 6;

/// An order and an inquiry in which its customer agreed.
fn agreed(desk: &Desk, number: &str) -> (Asked, Value) {
    desk.places(number);
    let asked = desk.ada().submits("All of it back, please");
    let amount = json!({ "minor": 128_000, "currency": "TWD" });
    let body = json!({ "amount": amount, "reason": "out_of_stock", "inquiry": asked.id, "proof": 1 });
    (asked, body)
}

fn refunds<'a>(desk: &'a Desk, number: &str, body: &Value) -> Call<'a> {
    desk.mia().post(&format!("/orders/{number}/refunds"), body)
}

fn statuses(answers: &[Answer]) -> Vec<u16> {
    let mut all: Vec<u16> = answers.iter().map(|it| it.status).collect();
    all.sort_unstable();
    all
}

#[test]
fn fifty_clicks_of_one_sending_are_one_refund() {
    let desk = Desk::open();
    let provider = desk.provider();
    let (_, body) = agreed(&desk, "A1001");
    let seen = desk.mia().order_version("A1001");
    let clicks = (0..CLICKS).map(|_| refunds(&desk, "A1001", &body).key("once").seeing(seen));
    let answers = desk.at_once(clicks.collect::<Vec<_>>());
    assert_eq!(statuses(&answers), [201; CLICKS], "each is told that it is done");
    desk.executes();
    assert_eq!(desk.mia().order("A1001")["refunds"].as_array().map(Vec::len), Some(1));
    assert_eq!(provider.paid(), [("A1001-R1".to_owned(), 128_000)]);
    desk.dispatch();
    assert_eq!(desk.mailbox("ada@example.com").len(), 2, "decided, and paid: once each");
}

#[test]
fn fifty_clicks_of_fifty_sendings_are_one_refund() {
    let desk = Desk::open();
    let provider = desk.provider();
    let (_, body) = agreed(&desk, "A1001");
    let seen = desk.mia().order_version("A1001");
    let click = |at: usize| refunds(&desk, "A1001", &body).key(format!("click-{at}")).seeing(seen);
    let answers = desk.at_once((0..CLICKS).map(click).collect::<Vec<_>>());
    let won = answers.iter().filter(|it| it.status == 201).count();
    assert_eq!(won, 1, "{:?}", statuses(&answers));
    for lost in answers.into_iter().filter(|it| it.status != 201) {
        lost.refused(409, "order_moved_on");
    }
    desk.executes();
    assert_eq!(provider.paid(), [("A1001-R1".to_owned(), 128_000)]);
}

#[test]
fn fifty_requests_and_cancellations_of_a_customer_are_one_refund() {
    let desk = Desk::open();
    let provider = desk.provider();
    desk.places("A1001");
    desk.wait(days(4));
    let ada = desk.ada();
    let click = |at: usize| match at % 2 {
        0 => ada.asks("A1001", "cancel", &json!({})).key(format!("click-{at}")),
        _ => ada.asks("A1001", "refund-requests", &json!({ "reason": "late" })).key(format!("click-{at}")),
    };
    let answers = desk.at_once((0..CLICKS).map(click).collect::<Vec<_>>());
    assert!(answers.iter().all(|it| [200, 201, 409, 503].contains(&it.status)), "{:?}", statuses(&answers));
    ada.asks("A1001", "cancel", &json!({})).send();
    desk.executes();
    let paid = provider.paid();
    assert_eq!((paid.len(), paid[0].1), (1, 128_000));
    let order = desk.mia().order("A1001");
    assert_eq!((&order["refunded"], &order["standing"]), (&json!(128_000), &json!("ended")));
}

#[test]
fn fifty_agreements_to_a_request_are_one() {
    let desk = Desk::open();
    let provider = desk.provider();
    desk.places("A1001");
    desk.ada().asks_refund("A1001", "changed_mind");
    let seen = desk.mia().order_version("A1001");
    let agree = |at: usize| {
        let agent = if at.is_multiple_of(2) { desk.mia() } else { desk.leo() };
        agent.post("/orders/A1001/refunds/1", &json!({ "action": "agree" })).seeing(seen)
    };
    let answers = desk.at_once((0..CLICKS).map(agree).collect::<Vec<_>>());
    assert_eq!(answers.iter().filter(|it| it.status == 200).count(), 1, "{:?}", statuses(&answers));
    desk.executes();
    assert_eq!(provider.paid(), [("A1001-R1".to_owned(), 128_000)]);
}

/// What shipping is up against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rival {
    /// An agent gives all of it back.
    Refund,
    /// The customer cancels an overdue order.
    Cancel,
    /// The source pushes the shipment while an agent gives all of it back.
    PushedAgainstRefund,
    /// The source pushes the shipment while the customer cancels.
    PushedAgainstCancel,
}

#[test]
fn of_shipping_and_a_refund_of_all_at_the_same_moment_exactly_one_wins() {
    let desk = Desk::open();
    let provider = desk.provider();
    let mut dice = Dice::new(17);
    let rivals = [Rival::Refund, Rival::Cancel, Rival::PushedAgainstRefund, Rival::PushedAgainstCancel];
    let mut won = [[0, 0]; 4];
    for race in 0..RACES {
        let (kind, number) = (race % 4, format!("A-{race}"));
        let lead = (dice.percent(50), dice.below(MOST_WAITS));
        let (ships, refunded) = raced(&desk, &number, rivals[kind], lead);
        let order = desk.mia().order(&number);
        let case = format!("{:?} {number}: {} and {}", rivals[kind], ships.text(), refunded.text());
        let (shipped, back) = (ships.status < 300, refunded.status < 300);
        assert!(shipped != back, "exactly one wins: {case}");
        assert_eq!(order["shipped_at"].is_string(), shipped, "{case}");
        assert_eq!(order["closed_to_shipping"], back, "{case}");
        assert_eq!(order["standing"], if shipped { "shipped" } else { "ended" }, "{case}");
        let lost = if shipped { refunded } else { ships };
        assert_eq!(lost.status, 409, "{case}");
        let code = lost.json()["code"].as_str().unwrap_or_default().to_owned();
        let clear = ["order_moved_on", "order_ended", "already_shipped"];
        assert!(clear.contains(&code.as_str()), "{case}");
        won[kind][usize::from(back)] += 1;
    }
    desk.executes();
    let refunds: usize = won.iter().map(|[_, back]| back).sum();
    assert_eq!(provider.paid().len(), refunds, "{won:?}");
    assert!(won.iter().all(|[shipped, back]| shipped + back == RACES / 4), "{won:?}");
    assert!(won.iter().flatten().all(|times| *times > 0), "each side won now and then: {won:?}");
}

/// Ships and refunds, the one while the other is at work; answers with what both were told.
fn raced(desk: &Desk, number: &str, rival: Rival, (shipped_first, waits): (bool, usize)) -> (Answer, Answer) {
    let (_, body) = agreed(desk, number);
    let cancels = [Rival::Cancel, Rival::PushedAgainstCancel].contains(&rival);
    if cancels {
        desk.wait(days(4));
    }
    let seen = desk.mia().order_version(number);
    let ship = match rival {
        Rival::Refund | Rival::Cancel => {
            let parcel = json!({ "carrier": "黑貓", "tracking": "TW-1" });
            desk.leo().post(&format!("/orders/{number}/ship"), &parcel).seeing(seen)
        }
        _ => {
            let mut pushed = crate::support::order(desk, number);
            pushed["version"] = json!(2);
            pushed["shipped_at"] = json!(desk.now().to_string());
            desk.push(&pushed)
        }
    };
    let refund = match cancels {
        true => desk.ada().asks(number, "cancel", &json!({})),
        false => refunds(desk, number, &body).seeing(seen),
    };
    let [leads, follows] = if shipped_first { [ship, refund] } else { [refund, ship] };
    let [first, second] = desk.one_after_another(leads, waits, follows);
    if shipped_first { (first, second) } else { (second, first) }
}
