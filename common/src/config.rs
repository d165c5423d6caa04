//! What a deployment decides; the only place that reads the environment.

use domain::limits::Rate;
use domain::text::Email;
use jiff::SignedDuration;
use tracing::level_filters::LevelFilter;

use crate::auth::AgentTokens;
use crate::failure::Failure;
use crate::store::Limits;

/// The settings of a deployment.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the guests' pages are: the scheme and host of links in mails, no slash at the end.
    pub public_url: String,
    /// The address that mails come from.
    pub mail_from: Email,
    /// Secrets for Kefu's own links and sessions: the first signs, all verify.
    pub link_secrets: Vec<Secret>,
    /// How agents' tokens are checked.
    pub agent_tokens: AgentTokens,
    /// How much strangers may submit.
    pub limits: Limits,
    /// How much a member may submit from one process.
    pub member_limit: Rate,
    /// Whether shops' backends may be on this machine; never where others share the network.
    pub webhooks_to_loopback: bool,
    /// What the front adds to every request, so that nobody comes around it; one while another replaces it. None
    /// where there is no front.
    pub front_secrets: Vec<Secret>,
}

/// Bytes that never show up in a log.
#[derive(Clone)]
pub struct Secret(pub Vec<u8>);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

/// The limits until somebody sets others. A network address may be a whole office or a
/// mobile carrier's gateway, so it may submit more than a mailbox.
pub const LIMITS: Limits = Limits {
    per_network_address: Rate { most: 300, per: SignedDuration::from_hours(1) },
    per_mailbox: Rate { most: 20, per: SignedDuration::from_hours(1) },
};

/// A member's limit until somebody sets another: members are signed in and answerable, this
/// only stops a program that runs wild.
pub const MEMBER_LIMIT: Rate = Rate { most: 3_600, per: SignedDuration::from_hours(1) };

/// What the environment tells beside [`Config`]: names of AWS resources.
#[derive(Debug, Clone)]
pub struct Resources {
    /// `KEFU_TABLE`
    pub table: String,
    /// `KEFU_NOTICES_QUEUE`: the queue's URL.
    pub notices_queue: String,
    /// `KEFU_ARRIVALS_QUEUE`: the queue's URL.
    pub arrivals_queue: String,
    /// `KEFU_REFUNDS_QUEUE`: the queue's URL.
    pub refunds_queue: String,
    /// `KEFU_MAIL_CONFIGURATION_SET`
    pub mail_configuration_set: Option<String>,
}

impl Config {
    /// The settings of a Lambda.
    ///
    /// # Errors
    /// [`Failure::Configuration`] names what is missing.
    pub fn from_environment() -> Result<(Self, Resources), Failure> {
        let secrets = required("KEFU_LINK_SECRETS")?;
        let link_secrets = secrets
            .split(',')
            .map(|text| crate::ids::from_text(text.trim()).map(Secret))
            .collect::<Option<Vec<_>>>()
            .filter(|secrets| !secrets.is_empty())
            .ok_or_else(|| Failure::Configuration("KEFU_LINK_SECRETS is not base64url".to_owned()))?;
        let front_secrets = front_secrets(&required("KEFU_ORIGIN_SECRETS")?);
        if front_secrets.is_empty() {
            return Err(Failure::Configuration("KEFU_ORIGIN_SECRETS has no secret".to_owned()));
        }
        let config = Self {
            public_url: required("KEFU_PUBLIC_URL")?.trim_end_matches('/').to_owned(),
            mail_from: Email::parse(&required("KEFU_MAIL_FROM")?)
                .map_err(|error| Failure::Configuration(format!("KEFU_MAIL_FROM {error}")))?,
            link_secrets,
            agent_tokens: AgentTokens::Gateway,
            limits: LIMITS,
            member_limit: MEMBER_LIMIT,
            webhooks_to_loopback: false,
            front_secrets,
        };
        let resources = Resources {
            table: required("KEFU_TABLE")?,
            notices_queue: required("KEFU_NOTICES_QUEUE")?,
            arrivals_queue: required("KEFU_ARRIVALS_QUEUE")?,
            refunds_queue: required("KEFU_REFUNDS_QUEUE")?,
            mail_configuration_set: optional("KEFU_MAIL_CONFIGURATION_SET"),
        };
        Ok((config, resources))
    }
}

/// How much is logged: what Lambda says, `INFO` where nothing does.
pub fn log_level() -> LevelFilter {
    optional("AWS_LAMBDA_LOG_LEVEL").and_then(|level| level.parse().ok()).unwrap_or(LevelFilter::INFO)
}

/// Texts with commas in between, as they are sent in a header.
fn front_secrets(texts: &str) -> Vec<Secret> {
    let texts = texts.split(',').map(str::trim).filter(|text| !text.is_empty());
    texts.map(|text| Secret(text.as_bytes().to_vec())).collect()
}

fn required(name: &str) -> Result<String, Failure> {
    optional(name).ok_or_else(|| Failure::Configuration(format!("{name} is not set")))
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
fn optional(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
