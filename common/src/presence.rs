//! Presence of agents on the wire (SPEC §5.1): a heartbeat, and what comes back with it.

use domain::ids::InquiryId;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::auth::SignedIn;
use crate::failure::Failure;
use crate::http::Fields;
use crate::problem::FieldCode;
use crate::store::{Beat, Desk};

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
    Some(Beat { tab: tab.to_owned(), viewing: viewing.ok().flatten(), typing, receiving: None })
}

/// Notes the heartbeat; whoever comes online, or turns the switch on, may get what waits. Answers
/// with the desk as it is now. In a shop with one agent, and of who does not serve, presence means
/// nothing, and nothing is noted.
///
/// # Errors
/// [`Failure`].
pub async fn beat(app: &App, signed_in: &SignedIn, beat: Beat, now: Timestamp) -> Result<Desk, Failure> {
    let (shop, agent) = (signed_in.shop(), &signed_in.agent.id);
    if shop.only_agent().is_some() || !signed_in.serves() {
        return app.store.desk(&shop.id, agent).await;
    }
    let switched = beat.receiving;
    let mut desk = app.store.beat(&shop.id, agent, beat, now).await?;
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
