//! A model of the money: people click, machines crash, the provider does its worst; in the end its ledger and
//! the order agree to the cent.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::actor::Agent;
use crate::labels::RefundReason;
use crate::order::Tracking;
use crate::shop::Shop;
use crate::testing::{agent, at, guest, mia, money, order, proof, shop};

/// What the provider has of one key.
#[derive(Debug, Clone, Default)]
struct Account {
    /// How often money left for it, and how often it came back.
    paid: u32,
    returned: u32,
    state: Option<Said>,
    attempt: u32,
    amount: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    Accepted,
    Succeeded,
    Failed,
}

/// What goes wrong with one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    None,
    /// It paid, and the answer was lost.
    TimeoutAfterSuccess,
    /// It broke before it did anything: 500, 409, 429.
    Broken,
    /// It arrives up to 29 s later, when nobody waits any more.
    Slow,
    /// It takes it, and decides later.
    Accepts,
    /// It does not pay.
    Fails,
    /// Our machine dies after storing and before calling.
    CrashBefore,
    /// Our machine dies after calling and before storing the answer.
    CrashAfter,
    /// The answer is stored some seconds later: call-backs and clicks come first.
    LateAnswer,
}

const FAULTS: [Fault; 9] = [
    Fault::None,
    Fault::TimeoutAfterSuccess,
    Fault::Broken,
    Fault::Slow,
    Fault::Accepts,
    Fault::Fails,
    Fault::CrashBefore,
    Fault::CrashAfter,
    Fault::LateAnswer,
];

struct World {
    shop: Shop,
    order: Order,
    now: i64,
    accounts: BTreeMap<String, Account>,
    /// Calls under way: when they arrive, key, amount, attempt.
    slow: Vec<(i64, String, u64, u32)>,
    /// Call-backs that may still come: key, what it says, attempt. They come late, twice, in any order.
    call_backs: Vec<(String, Said, u32)>,
    /// Answers that are not stored yet.
    answers: Vec<(u32, Report)>,
}

impl World {
    fn new() -> Self {
        let mut shop = shop();
        shop.order_settings.payer = Payer::Webhook;
        shop.order_settings.second_person_above = Some(100_000);
        let (accounts, slow, call_backs, answers) = Default::default();
        Self { shop, order: order(), now: 0, accounts, slow, call_backs, answers }
    }

    fn wait(&mut self, seconds: i64) {
        for (number, report) in std::mem::take(&mut self.answers) {
            let change = self.order.report(number, report, at(self.now));
            self.stored(change);
        }
        self.now += seconds;
        let now = self.now;
        let arrived: Vec<_> = self.slow.iter().filter(|call| call.0 <= now).cloned().collect();
        self.slow.retain(|call| call.0 > now);
        for (_, key, amount, attempt) in arrived {
            let _: Outcome = self.pay(&key, amount, attempt, Said::Succeeded);
        }
    }

    fn stored(&mut self, change: Result<OrderChange, OrderRefusal>) {
        if let Ok(change) = change {
            self.order = change.after;
        }
        // What the provider contradicts is held besides: it may have gone out, and may not.
        let held =
            self.order.refunds.iter().filter(|it| it.state.holds_money() && !it.execution.contradicted);
        let held: u64 = held.map(|it| it.amount).sum();
        assert!(held <= self.order.paid, "never more than was paid");
        let contradicted = self.order.refunds.iter().any(|it| it.execution.contradicted);
        let both = self.order.shipped_at.is_some() && self.order.closed_to_shipping();
        assert!(!both || contradicted, "shipped or refunded");
    }

    /// The provider's side of one call to pay: one key is paid once, and again only after it failed.
    fn pay(&mut self, key: &str, amount: u64, attempt: u32, wanted: Said) -> Outcome {
        let account = self.accounts.entry(key.to_owned()).or_default();
        account.amount = amount;
        if matches!(account.state, None | Some(Said::Failed)) && attempt > account.attempt {
            account.attempt = attempt;
            account.state = Some(wanted);
            account.paid += u32::from(wanted == Said::Succeeded);
            self.call_backs.push((key.to_owned(), wanted, attempt));
        }
        outcome(self.accounts[key].state)
    }

    /// One look of the executor at every refund that is due.
    fn executes(&mut self, fault: Fault) {
        for number in self.order.errands(at(self.now)).collect::<Vec<_>>() {
            let Some((change, errand)) = self.order.begin_errand(number, at(self.now)) else { continue };
            self.stored(Ok(change));
            let changes = self.order.refund(number).map_or(0, |refund| refund.changes);
            if fault == Fault::CrashBefore {
                continue;
            }
            let (attempt, outcome) = match errand {
                Errand::Pay { key, amount, attempt } => {
                    let wanted = match fault {
                        Fault::Accepts => Said::Accepted,
                        Fault::Fails => Said::Failed,
                        _ => Said::Succeeded,
                    };
                    let outcome = match fault {
                        Fault::Broken => Outcome::Unknown,
                        Fault::Slow => {
                            self.slow.push((self.now + 29, key, amount.minor, attempt));
                            Outcome::Unknown
                        }
                        Fault::TimeoutAfterSuccess => {
                            let _: Outcome = self.pay(&key, amount.minor, attempt, wanted);
                            Outcome::Unknown
                        }
                        _ => self.pay(&key, amount.minor, attempt, wanted),
                    };
                    (attempt, outcome)
                }
                Errand::Ask { key, attempt } => match (fault, self.accounts.get(&key)) {
                    (Fault::Broken | Fault::Slow | Fault::TimeoutAfterSuccess, _) => {
                        (attempt, Outcome::Unknown)
                    }
                    (_, None) => (attempt, Outcome::NotFound),
                    (_, Some(account)) => (account.attempt, outcome(account.state)),
                },
            };
            let report = Report { attempt, outcome, source: Source::Answer { changes } };
            match fault {
                Fault::CrashAfter => {}
                Fault::LateAnswer => self.answers.push((number, report)),
                _ => {
                    let change = self.order.report(number, report, at(self.now));
                    self.stored(change);
                }
            }
        }
    }

    /// A call-back comes; it stays in the pile half of the time, and so comes again.
    fn hears(&mut self, which: usize) {
        if self.call_backs.is_empty() {
            return;
        }
        let place = which % self.call_backs.len();
        let (key, said, attempt) = self.call_backs[place].clone();
        if which.is_multiple_of(2) {
            self.call_backs.remove(place);
        }
        let number = Order::parse_refund_key(&key).map_or(0, |(_, number)| number);
        let report = Report { attempt, outcome: outcome(Some(said)), source: Source::CallBack };
        let change = self.order.report(number, report, at(self.now));
        self.stored(change);
    }

    /// The provider settles what it had accepted, or the bank sends back what it had paid.
    fn settles(&mut self, pays: bool) {
        for (key, account) in &mut self.accounts {
            let next = match account.state {
                Some(Said::Accepted) if pays => Said::Succeeded,
                Some(Said::Accepted | Said::Succeeded) if !pays => Said::Failed,
                _ => continue,
            };
            account.paid += u32::from(next == Said::Succeeded);
            account.returned += u32::from(account.state == Some(Said::Succeeded));
            account.state = Some(next);
            self.call_backs.push((key.clone(), next, account.attempt));
            return;
        }
    }

    fn clicks(&mut self, act: u8, amount: u64) {
        let (shop, now, inquiry) = (self.shop.clone(), at(self.now), guest().1);
        let leo = Agent { id: agent("leo"), ..mia() };
        let number = self.order.refunds.len().try_into().unwrap_or(0);
        let wish = Wish { reason: RefundReason::Late, detail: None, inquiry: inquiry.clone() };
        let offer = |proof| {
            let (reason, detail, inquiry) = (RefundReason::OutOfStock, None, inquiry.clone());
            Offer { amount: money(amount), reason, detail, inquiry, proof }
        };
        let change = match act {
            0 | 1 => self.order.request_refund(&shop, wish, now),
            2 | 3 => self.order.agree_to_refund(&shop, &mia(), number, (money(amount), Some(proof())), now),
            4 => self.order.agree_to_refund(&shop, &mia(), number, (money(amount), None), now),
            5 => self.order.reject_refund(&mia(), number, ("we cannot do that", Some(proof())), now),
            6 | 7 => self.order.offer_refund(&shop, &mia(), offer(Some(proof())), now),
            8 => self.order.offer_refund(&shop, &mia(), offer(None), now),
            9 => self.order.answer_offer(&shop, number, true, now),
            10 => self.order.answer_offer(&shop, number, false, now),
            11 => self.order.cancel_overdue(&shop, &inquiry, now),
            12 => self.order.ship(By::System, Tracking::default(), now),
            13 | 14 => self.order.retry_refund(&mia(), number, now),
            15 => self.order.settle_by_hand(&mia(), number, now),
            16 => self.order.confirm_by_hand(&shop, &mia(), (number, "one"), now),
            17 => self.order.confirm_by_hand(&shop, &leo, (number, "two"), now),
            18 => self.order.take_refund_back(By::Agent(mia().id), number, now),
            19 => return self.looks_into(number),
            _ => self.order.take_refund_back(By::Customer, number, now),
        };
        self.stored(change);
    }

    /// Somebody looks into the provider's books, which say how it is once nothing is under way any more.
    fn looks_into(&mut self, number: u32) {
        let (key, now) = (self.order.refund_key(number), at(self.now));
        let account = self.accounts.get(&key).cloned().unwrap_or_default();
        let under_way = self.slow.iter().any(|(_, slow, ..)| *slow == key);
        if under_way || account.state == Some(Said::Accepted) {
            return;
        }
        let found = match account.paid > account.returned {
            true => self.order.find_paid(&mia(), (number, "in their books"), now),
            false => self.order.find_unpaid(&mia(), (number, "not in their books"), now),
        };
        let looked = found.or_else(|_| self.order.look_into(&mia(), (number, "as their books say"), now));
        self.stored(looked);
    }

    /// Nothing goes wrong any more, and everybody looks at what is open.
    fn comes_to_rest(&mut self) {
        for _ in 0..60 {
            self.settles(true);
            while !self.call_backs.is_empty() {
                self.hears(0);
            }
            self.wait(3_700);
            self.executes(Fault::None);
            for number in 1..=self.order.refunds.len() {
                self.looks_into(number.try_into().unwrap_or(0));
            }
        }
    }

    fn agrees(&self) {
        for refund in &self.order.refunds {
            let account =
                self.accounts.get(&self.order.refund_key(refund.number)).cloned().unwrap_or_default();
            let (sent, by_hand) = (account.paid - account.returned, refund.payer == Payer::ByHand);
            let succeeded = refund.state == RefundState::Succeeded;
            assert!(sent <= 1, "{refund:?} {account:?}");
            let stuck = matches!(refund.state, RefundState::Executing | RefundState::Unknown)
                || (refund.state == RefundState::Approved && !by_hand);
            assert!(!stuck, "{refund:?} {account:?}");
            assert!(!refund.execution.contradicted, "{refund:?} {account:?}");
            assert_eq!(sent == 1, succeeded && !by_hand, "{refund:?} {account:?}");
            assert!(sent == 0 || account.amount == refund.amount);
        }
    }
}

fn outcome(said: Option<Said>) -> Outcome {
    match said {
        None => Outcome::NotFound,
        Some(Said::Accepted) => Outcome::Accepted,
        Some(Said::Succeeded) => Outcome::Succeeded { reference: None },
        Some(Said::Failed) => Outcome::Failed { why: "no".to_owned() },
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    /// No double, no excess, none lost, none stuck.
    #[test]
    fn in_the_end_the_ledger_and_the_order_agree(
        steps in proptest::collection::vec((0u8..6, 0u8..21, 0usize..9, 1u64..128_001, 0i64..200), 1..40)
    ) {
        let mut world = World::new();
        for (kind, act, which, amount, seconds) in steps {
            world.wait(if seconds > 190 { 100_000 * (seconds - 190) } else { seconds });
            let amount = if amount % 3 == 0 { world.order.left().max(1) } else { amount };
            match kind {
                0 | 1 => world.clicks(act, amount),
                2 | 3 => world.executes(FAULTS[which]),
                4 => world.hears(which),
                _ => world.settles(which.is_multiple_of(2)),
            }
        }
        world.comes_to_rest();
        world.agrees();
    }
}
