//! The table's keys, in one place (docs/data-model.md explains them).

use domain::ids::{AgentId, CustomerKey, InquiryId, ShopId};
use domain::inquiry::Inquiry;
use domain::labels::Status;
use jiff::Timestamp;

/// Who stands in an index key where nobody is assigned; no agent's id can hold it.
const NOBODY: &str = "*";
/// Over how many partitions of the due index writes are spread.
pub const DUE_SHARDS: u8 = 4;

/// Where an item is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Partition.
    pub pk: String,
    /// Sort.
    pub sk: String,
}

/// An index of the table: the name is also its partition attribute; `<name>_at` its sort attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Index {
    /// Waiting inquiries by how long they wait.
    Waiting,
    /// All listed inquiries by their latest message.
    Latest,
    /// Flagged active inquiries.
    Flagged,
    /// What a schedule has to look at, by when.
    Due,
}

impl Index {
    /// Every index.
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Latest, Self::Flagged, Self::Due];

    /// Its name and partition attribute.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Latest => "latest",
            Self::Flagged => "flagged",
            Self::Due => "due",
        }
    }
    /// Its sort attribute.
    pub const fn sort(self) -> &'static str {
        match self {
            Self::Waiting => "waiting_at",
            Self::Latest => "latest_at",
            Self::Flagged => "flagged_at",
            Self::Due => "due_at",
        }
    }
    /// Whether it carries the list row, or only keys.
    pub const fn carries_row(self) -> bool {
        !matches!(self, Self::Due)
    }
}

/// A part of a shop's lists: one partition of an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// Waiting and not seen by its agent; also all that is waiting unassigned.
    Unread,
    /// Waiting and seen.
    Seen,
    /// Awaiting reply, by latest message; unassigned also in conversation.
    Awaiting,
    /// In conversation, by latest message; nobody's are in the `waiting` index.
    Conversation,
    /// Flagged and active.
    Flagged,
}

impl Part {
    /// The index that it is in.
    pub const fn index(self) -> Index {
        match self {
            Self::Unread | Self::Seen => Index::Waiting,
            Self::Awaiting | Self::Conversation => Index::Latest,
            Self::Flagged => Index::Flagged,
        }
    }
    /// Its partition for somebody's inquiries, or for nobody's.
    pub fn partition(self, shop: &ShopId, assignee: Option<&AgentId>) -> String {
        let who = assignee.map_or(NOBODY, AgentId::as_str);
        let letter = match self {
            Self::Unread => "u",
            Self::Seen => "s",
            Self::Awaiting => "a",
            Self::Conversation => "c",
            Self::Flagged => "f",
        };
        format!("{shop}#{who}#{letter}")
    }
}

/// The partition of a shop's history.
pub fn history(shop: &ShopId) -> String {
    format!("{shop}#h")
}

/// The partition of one of the shards of the due index.
pub fn due(shard: u8) -> String {
    format!("due#{shard}")
}

/// A position in time within an index: `<milliseconds>#<own part of the id>`, or without the
/// latter to stand before everything of that moment.
pub fn moment(at: Timestamp, own: Option<&str>) -> String {
    let ms = at.as_millisecond().max(0);
    own.map_or_else(|| format!("{ms:013}"), |own| format!("{ms:013}#{own}"))
}

/// All of a customer's items.
pub fn customer(shop: &ShopId, customer: &CustomerKey) -> String {
    format!("{shop}#{customer}")
}

/// An inquiry with the newest part of its timeline.
pub fn inquiry(shop: &ShopId, id: &InquiryId) -> Key {
    Key { pk: customer(shop, &id.customer()), sk: format!("I{}", id.own()) }
}

/// What every inquiry's sort key begins with.
pub const INQUIRIES: &str = "I";

/// An older part of an inquiry's timeline, by the number of its first entry.
pub fn page(shop: &ShopId, id: &InquiryId, first: u32) -> Key {
    Key { pk: customer(shop, &id.customer()), sk: format!("{}{first:08}", pages(id)) }
}

/// What the sort keys of all of an inquiry's pages begin with.
pub fn pages(id: &InquiryId) -> String {
    format!("P{}#", id.own())
}

/// Everything of a shop's own: profile, members, keys.
pub fn shop(shop: &ShopId, sk: impl Into<String>) -> Key {
    Key { pk: format!("shop#{shop}"), sk: sk.into() }
}

/// A person's shops.
pub fn agent(agent: &AgentId) -> String {
    format!("agent#{agent}")
}

/// A bounded use of something: submissions per address, mails per mailbox.
pub fn quota(kind: &str, whose: &str) -> Key {
    Key { pk: format!("quota#{whose}"), sk: kind.to_owned() }
}

/// The inquiry whose item that is.
pub fn inquiry_id(pk: &str, sk: &str) -> Option<InquiryId> {
    InquiryId::from_parts(pk.split_once('#')?.1, sk.strip_prefix(INQUIRIES)?).ok()
}

/// The shop of a customer's item.
pub fn shop_of(pk: &str) -> Option<ShopId> {
    ShopId::parse(pk.split_once('#')?.0).ok()
}

/// Where an inquiry stands in the indexes, as (index, partition, position); the sweep is
/// pointed at it from `mail_owed_since` until its mail is sent.
pub fn indexed(inquiry: &Inquiry, mail_owed_since: Option<Timestamp>) -> Vec<(Index, String, String)> {
    let mut keys = Vec::with_capacity(4);
    if let Some(since) = mail_owed_since {
        let shard = inquiry.id.own().bytes().last().unwrap_or(0) % DUE_SHARDS;
        keys.push((Index::Due, due(shard), moment(since, None)));
    }
    if !inquiry.listed() {
        return keys;
    }
    let (shop, assignee, own) = (&inquiry.shop, inquiry.assignee.as_ref(), Some(inquiry.id.own()));
    let latest = moment(inquiry.last_customer_message_at, own);
    let status = inquiry.status();
    if status == Status::Replied {
        keys.push((Index::Latest, history(shop), moment(inquiry.last_message_at, own)));
        return keys;
    }
    if let Some(since) = inquiry.waiting_since() {
        let part = if inquiry.unread() || assignee.is_none() { Part::Unread } else { Part::Seen };
        keys.push((Index::Waiting, part.partition(shop, assignee), moment(since, own)));
    }
    if status == Status::InConversation && assignee.is_none() {
        // Put back by its agent: found by itself, though it counts among the awaiting.
        keys.push((Index::Waiting, Part::Conversation.partition(shop, None), latest.clone()));
    }
    let talking = status == Status::InConversation && assignee.is_some();
    let part = if talking { Part::Conversation } else { Part::Awaiting };
    keys.push((Index::Latest, part.partition(shop, assignee), latest.clone()));
    if inquiry.flag.is_some() {
        keys.push((Index::Flagged, Part::Flagged.partition(shop, assignee), latest));
    }
    keys
}
