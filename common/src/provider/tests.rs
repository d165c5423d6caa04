//! Webhooks against a provider that says what a test wants, on loopback.

mod answers;
mod stub;
mod ways;

use std::collections::VecDeque;
use std::io;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use domain::ids::{OrderNumber, ShopId};
use domain::labels::{PaymentMethod, RefundReason};
use domain::money::{Currency, Money};
use domain::refund::Errand;
use jiff::Timestamp;

use super::{About, Answer, Patience, Webhook, WebhookTarget};
use crate::store::SigningKey;

pub type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// What names resolve to, one answer after the other.
#[derive(Debug)]
pub struct FakeNames(Mutex<VecDeque<Vec<IpAddr>>>);

impl FakeNames {
    pub fn new(answers: &[&[&str]]) -> Outcome<Self> {
        let mut parsed = VecDeque::new();
        for answer in answers {
            parsed.push_back(answer.iter().map(|text| text.parse()).collect::<Result<_, _>>()?);
        }
        Ok(Self(Mutex::new(parsed)))
    }

    pub fn next(&self) -> io::Result<Vec<IpAddr>> {
        let mut answers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        answers.pop_front().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    pub fn left(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}

const SECRET: &[u8] = b"a secret of 32 bytes, as is usual";
/// 2025-01-01 00:00:00 UTC.
const NOW: i64 = 1_735_689_600;

fn now() -> Outcome<Timestamp> {
    Ok(Timestamp::from_second(NOW)?)
}

fn key(id: &str, secret: &[u8]) -> SigningKey {
    SigningKey { id: id.to_owned(), secret: secret.to_vec() }
}

fn target(url: &str) -> WebhookTarget {
    WebhookTarget { url: url.to_owned(), key: key("k1", SECRET) }
}

fn about() -> Outcome<About> {
    Ok(About {
        shop: ShopId::parse("taipei")?,
        order: OrderNumber::parse("A1001")?,
        payment_method: PaymentMethod::CreditCard,
        reason: RefundReason::Late,
    })
}

fn pay() -> Outcome<Errand> {
    let amount = Money { minor: 128_000, currency: Currency::parse("TWD")? };
    Ok(Errand::Pay { key: "A1001-R1".to_owned(), amount, attempt: 2 })
}

fn question() -> Errand {
    Errand::Ask { key: "A1001-R1".to_owned(), attempt: 2 }
}

/// Long enough for this machine, short enough for a test of what never answers.
fn patience() -> Patience {
    Patience { connect: Duration::from_secs(5), whole: Duration::from_secs(20) }
}

async fn asked(webhook: &Webhook, url: &str, errand: &Errand) -> Outcome<Answer> {
    Ok(webhook.ask(&target(url), errand, &about()?, now()?).await)
}

#[test]
fn neither_the_secret_nor_the_address_shows() -> Outcome {
    let shown = format!("{:?}", target("https://shop.example/hook?token=letmein"));
    assert!(!shown.contains("letmein"), "{shown}");
    for secret in ["a secret", &format!("{:?}", SECRET)] {
        assert!(!shown.contains(secret), "{shown}");
    }
    Ok(())
}
