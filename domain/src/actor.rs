//! Who acts. A value of these types is a proof: it is only made where the credential was checked.

use crate::ids::{AgentId, CustomerKey};

/// What a person of the staff may do (SPEC §12.1); each role may do all that the one before may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Works with inquiries.
    Agent,
    /// All lists, others' figures.
    Supervisor,
    /// Settings, members, keys, erasure.
    Owner,
}

impl Role {
    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Supervisor => "supervisor",
            Self::Owner => "owner",
        }
    }
    /// The role of a word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Agent, Self::Supervisor, Self::Owner].into_iter().find(|role| role.as_str() == word)
    }
}

/// A signed-in person with the customer-service permission in one shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agent {
    /// Who.
    pub id: AgentId,
    /// Their role in this shop.
    pub role: Role,
}

/// Whether a customer is signed in at the storefront or known by an address only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CustomerKind {
    /// Signed in by the storefront.
    Member,
    /// Known by an e-mail address.
    Guest,
}

/// A customer and how to reach them. Personal data: lives only in the customer's own items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    /// The keyed hash that is their place in the table.
    pub key: CustomerKey,
    /// Member or guest.
    pub kind: CustomerKind,
    /// The name that they gave, or that the storefront signed.
    pub name: String,
    /// Where mail goes.
    pub email: String,
    /// Telephone number.
    pub phone: Option<String>,
}

/// Who is behind an entry of the timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum By {
    /// The inquiry's customer.
    Customer,
    /// A person of the staff.
    Agent(AgentId),
    /// A rule or a schedule.
    System,
    /// The bot.
    Bot,
}
