//! What a deployment would decide, decided for one machine.

use std::collections::HashMap;
use std::sync::Arc;

use common::auth::{AgentTokens, IssuerKeys};
use common::config::{Config, Secret};
use common::ids;
use common::store::Limits;
use domain::limits::Rate;
use domain::text::Email;
use jiff::SignedDuration;
use jsonwebtoken::DecodingKey;
use jsonwebtoken::jwk::JwkSet;

use crate::host::StartError;
use crate::issuer::{CLIENT, Issuer};
use crate::kept;
use crate::settings::Settings;

/// The address that mails come from. Nobody reads it.
const MAIL_FROM: &str = "no-reply@kefu.example";

/// The configuration of these settings.
pub fn of(settings: &Settings, url: &str, issuer: &Issuer) -> Result<Config, StartError> {
    let secret = kept::or_made(&settings.data.join("links.key"), || {
        std::io::Result::Ok(ids::random::<32>().to_vec())
    })?;
    let hourly = |most| Rate { most, per: SignedDuration::from_hours(1) };
    Ok(Config {
        public_url: url.to_owned(),
        mail_from: Email::parse(MAIL_FROM)?,
        link_secrets: vec![Secret(secret)],
        agent_tokens: AgentTokens::Keys(Arc::new(keys(issuer)?)),
        limits: Limits {
            per_network_address: hourly(settings.limit_per_address),
            per_mailbox: hourly(settings.limit_per_mailbox),
        },
        member_limit: hourly(settings.limit_per_member),
        webhooks_to_loopback: true,
        front_secrets: Vec::new(),
    })
}

fn keys(issuer: &Issuer) -> Result<IssuerKeys, StartError> {
    let published: JwkSet = serde_json::from_value(issuer.keys())?;
    let mut keys = HashMap::new();
    for key in &published.keys {
        keys.insert(key.common.key_id.clone().unwrap_or_default(), DecodingKey::from_jwk(key)?);
    }
    Ok(IssuerKeys { issuer: issuer.address().to_owned(), client_id: CLIENT.to_owned(), keys })
}
