//! An agent of a shop as colleagues see them: presence, load, what they are there for.

use domain::shop::{Member, Shop};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::week::{SpanView, spans_of};
use crate::store::Desk;

/// An agent of a shop.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Agent)]
pub struct AgentView {
    /// Who.
    pub id: String,
    /// The name that customers and colleagues see.
    pub nickname: String,
    /// `agent`, `supervisor` or `owner`.
    pub role: &'static str,
    /// Where the approved avatar is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avatar: Option<String>,
    /// Whether their page is open.
    pub online: bool,
    /// Whether the system gives them inquiries.
    pub receiving: bool,
    /// Their active inquiries; not counted in a shop with one agent.
    pub load: u32,
    /// Up to how many they get by themselves.
    pub capacity: u32,
    /// What they are responsible for.
    pub categories: Vec<&'static str>,
    /// When they are on duty.
    pub shifts: Vec<SpanView>,
    /// Whether they are on duty now; absent where the shop has no roster.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_duty: Option<bool>,
    /// The inquiry that they look at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub viewing: Option<String>,
    /// There if they type in it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    pub typing: bool,
}

impl AgentView {
    /// What colleagues see; `roster` says whether the shop has one.
    pub fn of(desk: &Desk, member: &Member, shop: &Shop, roster: bool, now: Timestamp) -> Self {
        let candidate = desk.candidate(shop, roster, now);
        let looking = desk.looking_at(now);
        Self {
            id: desk.agent.to_string(),
            nickname: member.nickname.clone(),
            role: member.role.as_str(),
            avatar: avatar_url(member, shop),
            online: candidate.online,
            receiving: candidate.receiving,
            load: candidate.load,
            capacity: candidate.capacity,
            categories: desk.categories.iter().map(|category| category.as_str()).collect(),
            shifts: spans_of(&desk.shifts),
            on_duty: candidate.on_duty,
            viewing: looking.map(|(id, _)| id.to_string()),
            typing: looking.is_some_and(|(_, typing)| typing),
        }
    }
}

/// Where a member's approved avatar is.
pub fn avatar_url(member: &Member, shop: &Shop) -> Option<String> {
    member.avatar.as_ref().map(|file| format!("/v1/shops/{}/avatars/{file}", shop.id))
}
