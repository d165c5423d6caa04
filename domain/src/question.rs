//! 轉介: a question to a colleague or a department that stands open on an inquiry (SPEC §3.7).

use jiff::Timestamp;

use crate::ids::AgentId;
use crate::shop::Shop;

/// Who is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// A colleague.
    Agent(AgentId),
    /// A department of the shop, by its name.
    Department(String),
}

impl Asked {
    /// Who is told of the question, as the shop is now.
    pub fn agents<'a>(&'a self, shop: &'a Shop) -> impl Iterator<Item = &'a AgentId> {
        let asked = match self {
            Self::Agent(agent) => std::slice::from_ref(agent),
            Self::Department(name) => shop.department(name).map_or(&[][..], |it| &it.agents),
        };
        asked.iter().filter(|agent| shop.can_serve(agent))
    }
}

/// A question that nobody has answered yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The number of the entry that asked.
    pub seq: u32,
    /// Who asks.
    pub by: AgentId,
    /// Who is asked.
    pub to: Asked,
    /// Since when.
    pub at: Timestamp,
    /// Its beginning; the whole text is in the timeline.
    pub excerpt: String,
}
