//! What a shop decided about orders, and how its backend and Kefu talk, as it is stored inside the shop's item.

use domain::labels::PaymentMethod;
use domain::refund::Payer;
use domain::shop::{Arrival, ArrivalUnit, OrderSettings};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::SigningKey;

/// How a shop's backend and Kefu talk (SPEC §10.1, §10.6).
#[derive(Debug, Clone, Default)]
pub struct Backend {
    /// With which the backend pushes; stored hashed.
    pub api_keys: Vec<ApiKey>,
    /// Where refunds are asked for.
    pub webhook_url: Option<String>,
    /// With which both sides sign: the last signs, all verify; two while one replaces the other.
    pub webhook_secrets: Vec<SigningKey>,
}

/// A key of the shop's backend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// Its id, the part of the key that is no secret.
    pub id: String,
    /// What the owner calls it.
    pub name: String,
    /// SHA-256 of the whole key, in hexadecimal characters: the key itself is shown once.
    pub hash: String,
    /// When it was made.
    pub at: Timestamp,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Document {
    by_hand: Option<bool>,
    second_person_above: Option<u64>,
    working_days: bool,
    transit_days: Option<u32>,
    arrivals: Vec<(String, u32, u32, String)>,
    api_keys: Vec<(String, String, String, i64)>,
    webhook_url: Option<String>,
    webhook_secrets: Vec<(String, String)>,
}

impl Document {
    pub(super) fn of(settings: &OrderSettings, backend: &Backend) -> Self {
        let arrival = |(method, it): &(PaymentMethod, Arrival)| {
            (method.as_str().to_owned(), it.from, it.to, it.unit.as_str().to_owned())
        };
        let key =
            |key: &ApiKey| (key.id.clone(), key.name.clone(), key.hash.clone(), key.at.as_millisecond());
        let secret = |it: &SigningKey| (it.id.clone(), crate::ids::to_text(&it.secret));
        Self {
            by_hand: Some(settings.payer == Payer::ByHand),
            second_person_above: settings.second_person_above,
            working_days: settings.working_days,
            transit_days: Some(settings.transit_days),
            arrivals: settings.arrivals.iter().map(arrival).collect(),
            api_keys: backend.api_keys.iter().map(key).collect(),
            webhook_url: backend.webhook_url.clone(),
            webhook_secrets: backend.webhook_secrets.iter().map(secret).collect(),
        }
    }

    pub(super) fn read(self) -> Option<(OrderSettings, Backend)> {
        let arrival = |(method, from, to, unit): (String, u32, u32, String)| {
            Some((PaymentMethod::parse(&method)?, Arrival { from, to, unit: ArrivalUnit::parse(&unit)? }))
        };
        let key = |(id, name, hash, at): (String, String, String, i64)| {
            Some(ApiKey { id, name, hash, at: Timestamp::from_millisecond(at).ok()? })
        };
        let secret =
            |(id, text): (String, String)| Some(SigningKey { id, secret: crate::ids::from_text(&text)? });
        let usual = OrderSettings::default();
        let settings = OrderSettings {
            payer: if self.by_hand.unwrap_or(true) { Payer::ByHand } else { Payer::Webhook },
            second_person_above: self.second_person_above,
            working_days: self.working_days,
            transit_days: self.transit_days.unwrap_or(usual.transit_days),
            arrivals: self.arrivals.into_iter().map(arrival).collect::<Option<_>>()?,
        };
        let backend = Backend {
            api_keys: self.api_keys.into_iter().map(key).collect::<Option<_>>()?,
            webhook_url: self.webhook_url,
            webhook_secrets: self.webhook_secrets.into_iter().map(secret).collect::<Option<_>>()?,
        };
        Some((settings, backend))
    }
}
