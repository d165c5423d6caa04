//! What a shop decided about orders, and how its backend and Kefu talk, as it is stored inside the shop's item.

use domain::labels::PaymentMethod;
use domain::refund::Payer;
use domain::shop::{Arrival, ArrivalUnit, OrderSettings};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::SigningKey;
use super::secrets::WebhookSecrets;

/// How a shop's backend and Kefu talk (SPEC §10.1, §10.6).
#[derive(Debug, Clone, Default)]
pub struct Backend {
    /// With which the backend pushes; stored hashed.
    pub api_keys: Vec<ApiKey>,
    /// Where refunds are asked for.
    pub webhook_url: Option<String>,
    /// With which both sides sign.
    pub webhook_secrets: WebhookSecrets,
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
    /// Those that sign or did, the newest last: as it was before there was a next one.
    webhook_secrets: Vec<(String, String)>,
    next_webhook_secret: Option<(String, String)>,
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
            webhook_secrets: backend.webhook_secrets.signing().map(secret).collect(),
            next_webhook_secret: backend.webhook_secrets.waiting().map(secret),
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
        let signing = self.webhook_secrets.into_iter().map(secret).collect::<Option<Vec<_>>>()?;
        let next = match self.next_webhook_secret {
            Some(stored) => Some(secret(stored)?),
            None => None,
        };
        let backend = Backend {
            api_keys: self.api_keys.into_iter().map(key).collect::<Option<_>>()?,
            webhook_url: self.webhook_url,
            webhook_secrets: WebhookSecrets::stored(signing, next),
        };
        Some((settings, backend))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles(document: Document) -> Option<Vec<(&'static str, String)>> {
        let (_, backend) = document.read()?;
        Some(backend.webhook_secrets.roles().map(|(role, it)| (role.as_str(), it.id.clone())).collect())
    }

    #[test]
    fn of_what_was_stored_before_there_were_roles_the_newest_signs() -> Result<(), serde_json::Error> {
        let document = r#"{ "by_hand": false, "webhook_secrets": [["old", "b2xk"], ["new", "bmV3"]] }"#;
        let told = [("current", "new".to_owned()), ("previous", "old".to_owned())];
        assert_eq!(roles(serde_json::from_str(document)?), Some(told.to_vec()));
        let one = r#"{ "webhook_secrets": [["only", "b25seQ"]] }"#;
        assert_eq!(roles(serde_json::from_str(one)?), Some(vec![("current", "only".to_owned())]));
        assert_eq!(roles(serde_json::from_str("{}")?), Some(Vec::new()));
        Ok(())
    }

    #[test]
    fn every_secret_is_found_again_in_its_role() -> Result<(), serde_json::Error> {
        let secret = |id: &str| SigningKey { id: id.to_owned(), secret: id.as_bytes().to_vec() };
        let mut secrets = WebhookSecrets::first(secret("a"));
        assert_eq!((secrets.add(&secret("b")), secrets.activate("b")), (Ok(()), Ok(())));
        assert_eq!(secrets.add(&secret("c")), Ok(()));
        let backend = Backend { webhook_secrets: secrets, ..Backend::default() };
        let stored = serde_json::to_string(&Document::of(&OrderSettings::default(), &backend))?;
        let told =
            [("current", "b"), ("next", "c"), ("previous", "a")].map(|(role, id)| (role, id.to_owned()));
        assert_eq!(roles(serde_json::from_str(&stored)?), Some(told.to_vec()));
        Ok(())
    }
}
