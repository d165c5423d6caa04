//! Presence of agents on the wire (SPEC §5.1): a heartbeat, and what comes back with it.

use std::sync::Arc;

use domain::ids::{AgentId, InquiryId, ShopId};
use domain::shop::Shop;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::auth::SignedIn;
use crate::failure::Failure;
use crate::http::Fields;
use crate::problem::FieldCode;
use crate::store::{Beat, Desk, ShopRecord};

/// The most characters of a page's own id.
pub const TAB_CHARACTERS: usize = 40;

/// The caller's own place in the shop, and who else is here.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Presence)]
pub struct PresenceView {
    /// Whether the system gives them inquiries.
    pub receiving: bool,
    /// Their active inquiries.
    pub load: u32,
    /// Up to how many they get by themselves.
    pub capacity: u32,
    /// The others who are online.
    pub colleagues: Vec<ColleagueView>,
}

/// A colleague who is online.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Colleague)]
pub struct ColleagueView {
    /// Who.
    pub agent: String,
    /// The inquiry that they look at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub viewing: Option<String>,
    /// There if they type in it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    pub typing: bool,
}

/// A heartbeat from what a request says.
pub fn checked(fields: &mut Fields, tab: Option<&str>, viewing: Option<&str>, typing: bool) -> Option<Beat> {
    let tab = fields.needed("tab", tab.filter(|tab| !tab.is_empty()))?;
    if tab.len() > TAB_CHARACTERS {
        fields.wrong("tab", FieldCode::TooLong(TAB_CHARACTERS));
    } else if !tab.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        fields.wrong("tab", FieldCode::ControlCharacters);
    }
    let viewing = viewing.map(InquiryId::parse).transpose();
    if viewing.is_err() {
        fields.wrong("viewing", FieldCode::UnknownValue);
    }
    Some(Beat { tab: tab.to_owned(), viewing: viewing.ok().flatten(), typing, ..Beat::default() })
}

/// Notes the heartbeat; whoever comes online, or turns the switch on, may get what waits. Answers
/// with the desk as it is now. In a shop with one agent, and of who does not serve, presence means
/// nothing, and nothing is noted.
///
/// # Errors
/// [`Failure`].
pub async fn beat(app: &App, signed_in: &SignedIn, beat: Beat, now: Timestamp) -> Result<Desk, Failure> {
    beat_in(app, signed_in.shop(), &signed_in.agent.id, beat, now).await
}

/// Notes on the way that the page is open in the agent's other shops too (SPEC §5.1): online is who has the
/// admin site open, whichever shop it shows. Best effort: the next one says it again.
pub async fn beat_elsewhere(app: &App, (here, agent): (&ShopId, &AgentId), tab: &str, now: Timestamp) {
    let lost = |failure: Failure| tracing::warn!(error = failure.chain(), "a sign of life is lost elsewhere");
    let shops = serving(app, agent).await.map_err(lost).unwrap_or_default();
    for record in shops.iter().filter(|record| record.shop.id != *here) {
        let beat = Beat { tab: tab.to_owned(), elsewhere: true, ..Beat::default() };
        let _: Option<Desk> = beat_in(app, &record.shop, agent, beat, now).await.map_err(lost).ok();
    }
}

/// The page was closed: offline in all the agent's shops, unless another page of theirs speaks there.
///
/// # Errors
/// [`Failure`].
pub async fn leave(app: &App, agent: &AgentId, tab: &str, now: Timestamp) -> Result<(), Failure> {
    for record in serving(app, agent).await? {
        app.store.leave(&record.shop.id, agent, tab, now).await?;
    }
    Ok(())
}

/// The shops in which somebody serves, by the shops' own lists.
///
/// # Errors
/// [`Failure`].
pub async fn serving(app: &App, agent: &AgentId) -> Result<Vec<Arc<ShopRecord>>, Failure> {
    let mut shops = Vec::new();
    for membership in app.store.memberships(agent).await? {
        let Ok(id) = ShopId::parse(&membership.shop) else { continue };
        shops.extend(app.store.shop(&id).await?.filter(|record| record.shop.can_serve(agent)));
    }
    Ok(shops)
}

async fn beat_in(
    app: &App,
    shop: &Shop,
    agent: &AgentId,
    beat: Beat,
    now: Timestamp,
) -> Result<Desk, Failure> {
    if shop.only_agent().is_some() {
        return app.store.desk(&shop.id, agent).await;
    }
    let switched = beat.receiving;
    let Some(mut desk) = app.store.beat(&shop.id, agent, beat, now).await? else {
        return app.store.desk(&shop.id, agent).await;
    };
    let (was_online, was_receiving) = (desk.online(now), desk.receiving);
    desk.receiving = switched.unwrap_or(was_receiving);
    if desk.receiving && !(was_online && was_receiving) {
        app.distribute(&shop.id).await;
    }
    Ok(desk)
}

/// What comes back with a heartbeat.
///
/// # Errors
/// [`Failure`].
pub async fn seen(
    app: &App,
    signed_in: &SignedIn,
    desk: &Desk,
    now: Timestamp,
) -> Result<PresenceView, Failure> {
    let shop = signed_in.shop();
    let desks = match shop.only_agent() {
        Some(_) => Vec::new(),
        None => app.store.desks(shop, false).await?,
    };
    let others = desks.iter().filter(|other| other.agent != desk.agent && other.online(now));
    let colleagues = others.map(|other| {
        let looking = other.looking_at(now);
        ColleagueView {
            agent: other.agent.to_string(),
            viewing: looking.map(|(id, _)| id.to_string()),
            typing: looking.is_some_and(|(_, typing)| typing),
        }
    });
    Ok(PresenceView {
        receiving: desk.receiving,
        load: desk.load(),
        capacity: desk.capacity,
        colleagues: colleagues.collect(),
    })
}
