use domain::actor::By;
use domain::event::Event;
use domain::ids::{CustomerKey, InquiryId, OrderNumber};
use domain::labels::{Locale, PaymentMethod, RefundReason, ReturnKind};
use domain::money::{Currency, Money};
use domain::notice::owed;
use domain::order_event::{Consent, OrderEvent, RefundStep, ReturnStep, Withdrawn};
use domain::shop::{Arrival, ArrivalUnit};
use domain::text::Email;
use jiff::Timestamp;

use super::{Delivery, Letter, OrderStep, Sender, order_step};

fn every_event() -> Vec<OrderEvent> {
    let amount = Money { minor: 128_000, currency: Currency::parse("TWD").expect("a currency") };
    let refund = |step| OrderEvent::Refund { number: 1, amount, step };
    let back = |step| OrderEvent::Return { number: 1, kind: ReturnKind::Return, step };
    let (reason, detail, text) = (RefundReason::Late, None, || "a <b>reason</b>".to_owned());
    let date = "2026-12-01".parse().expect("a date");
    vec![
        OrderEvent::Cancelled { refunded: false },
        OrderEvent::DelayProposed { date, terms: text() },
        OrderEvent::DelayAgreed { date, terms: text(), proof: proof() },
        refund(RefundStep::Proposed { reason, detail: Some(text()) }),
        refund(RefundStep::Approved { reason, detail: None, proof: None }),
        refund(RefundStep::Rejected { reason: text(), proof: proof() }),
        refund(RefundStep::Succeeded { reference: Some("provider's own".to_owned()) }),
        refund(RefundStep::Withdrawn { why: Withdrawn::Shipped }),
        refund(RefundStep::Withdrawn { why: Withdrawn::TakenBack }),
        refund(RefundStep::Failed { why: "provider's own".to_owned() }),
        refund(RefundStep::Requested { reason, detail }),
        back(ReturnStep::Requested { reason: None }),
        back(ReturnStep::Accepted),
        back(ReturnStep::Rejected { reason: text() }),
        back(ReturnStep::Withdrawn),
        back(ReturnStep::PickUpArranged { details: text() }),
        back(ReturnStep::Received),
        back(ReturnStep::Refunded { refund: 1 }),
        back(ReturnStep::Replaced { carrier: text(), tracking: text() }),
        OrderEvent::NoteAdded { text: "staff only".to_owned() },
    ]
}

fn proof() -> Consent {
    Consent::Message { inquiry: inquiry(), seq: 1 }
}

fn inquiry() -> InquiryId {
    InquiryId::from_bits(&CustomerKey::from_bits(1), 1)
}

fn letter(event: &OrderEvent, locale: Locale) -> Option<Letter> {
    let (to, inquiry) = (Email::parse("ada@example.com").expect("an address"), inquiry());
    let sender = Sender {
        shop_name: "台北選物".to_owned(),
        from_address: Email::parse("no-reply@kefu.example").expect("an address"),
        phone: None,
        email: None,
    };
    let delivery = Delivery { notice: "n", at: Timestamp::UNIX_EPOCH, locale, to: &to };
    let step = OrderStep {
        inquiry: &inquiry,
        name: Some("Ada"),
        number: "A1001",
        event,
        payment_method: PaymentMethod::CreditCard,
        arrival: Some(Arrival { from: 3, to: 4, unit: ArrivalUnit::Weeks }),
        link: None,
    };
    order_step(&sender, &delivery, &step)
}

#[test]
fn whatever_is_owed_by_mail_has_words_in_every_language() {
    let order = OrderNumber::parse("A1001").expect("a number");
    let shop = By::Agent(domain::ids::AgentId::parse("mia").expect("an id"));
    for event in every_event() {
        let told = Event::Order { order: order.clone(), event: event.clone() };
        for locale in Locale::ALL {
            let written = letter(&event, *locale);
            if owed(&shop, &told).is_some() {
                let written = written.unwrap_or_else(|| panic!("{event:?} says nothing in {locale:?}"));
                assert!(
                    written.subject.contains("A1001") && written.text.contains("Ada"),
                    "{}",
                    written.text
                );
                assert!(!written.html.contains("<b>"), "what was typed is no markup: {}", written.html);
                assert!(!written.text.contains("provider's own"), "{}", written.text);
            }
        }
    }
}

#[test]
fn a_decided_refund_says_how_much_and_when_it_arrives() {
    let amount = Money { minor: 128_000, currency: Currency::parse("TWD").expect("a currency") };
    let step = RefundStep::Approved { reason: RefundReason::Late, detail: None, proof: None };
    let event = OrderEvent::Refund { number: 1, amount, step };
    let expected =
        [(Locale::ZhHant, "最多 3–4 週"), (Locale::ZhHans, "最多 3–4 周"), (Locale::En, "up to 3–4 weeks")];
    for (locale, when) in expected {
        let text = letter(&event, locale).map(|letter| letter.text).unwrap_or_default();
        assert!(text.contains("TWD 1,280") && text.contains(when), "{text}");
    }
}
