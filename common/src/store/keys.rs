//! The table's keys, in one place (docs/data-model.md explains them).

mod orders;

pub use orders::*;

use domain::ids::{AgentId, CustomerKey, InquiryId, ShopId};
use domain::inquiry::Inquiry;
use domain::labels::{Alarm, Status};
use domain::question::{Asked, Question};
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
    /// What owes something, by since when: mails of inquiries, alerts for digests; and who is online.
    Due,
    /// Active inquiries by what time does to them next.
    Deadline,
}

impl Index {
    /// Every index.
    pub const ALL: [Self; 5] = [Self::Waiting, Self::Latest, Self::Flagged, Self::Due, Self::Deadline];

    /// Its name and partition attribute.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Latest => "latest",
            Self::Flagged => "flagged",
            Self::Due => "due",
            Self::Deadline => "deadline",
        }
    }
    /// Its sort attribute.
    pub const fn sort(self) -> &'static str {
        match self {
            Self::Waiting => "waiting_at",
            Self::Latest => "latest_at",
            Self::Flagged => "flagged_at",
            Self::Due => "due_at",
            Self::Deadline => "deadline_at",
        }
    }
    /// Whether it carries the list row, or only keys.
    pub const fn carries_row(self) -> bool {
        !matches!(self, Self::Due | Self::Deadline)
    }
}

/// A part of a shop's lists: one partition of an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// Waiting and not seen by its agent; also all that is waiting unassigned.
    Unread,
    /// Waiting and seen.
    Seen,
    /// The same as unread, beyond the promised reply.
    OverdueUnread,
    /// The same as seen, beyond the promised reply.
    OverdueSeen,
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
            Self::Unread | Self::Seen | Self::OverdueUnread | Self::OverdueSeen => Index::Waiting,
            Self::Awaiting | Self::Conversation => Index::Latest,
            Self::Flagged => Index::Flagged,
        }
    }
    /// Whether unassigned inquiries are in it: they are all unread, and none is apart as in
    /// conversation.
    pub const fn has_unassigned(self) -> bool {
        !matches!(self, Self::Seen | Self::OverdueSeen | Self::Conversation)
    }
    /// Its partition for somebody's inquiries, or for nobody's.
    pub fn partition(self, shop: &ShopId, assignee: Option<&AgentId>) -> String {
        let who = assignee.map_or(NOBODY, AgentId::as_str);
        let letter = match self {
            Self::Unread => "u",
            Self::Seen => "s",
            Self::OverdueUnread => "o",
            Self::OverdueSeen => "p",
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

/// An agent's place in a shop.
pub fn desk(shop: &ShopId, agent: &AgentId) -> Key {
    self::shop(shop, format!("{DESKS}{agent}"))
}

/// What the sort keys of all desks begin with.
pub const DESKS: &str = "desk#";

/// An alert of a shop; its id is what stands behind [`ALERTS`], and sorts by time.
pub fn alert(shop: &ShopId, id: &str) -> Key {
    self::shop(shop, format!("{ALERTS}{id}"))
}

/// What the sort keys of all alerts begin with.
pub const ALERTS: &str = "alert#";

/// A question that stands open, at its place among those to the same agent or department; the oldest first.
pub fn question(inquiry: &Inquiry, question: &Question) -> Key {
    let (at, own) = (moment(question.at, None), inquiry.id.own());
    self::shop(&inquiry.shop, format!("{}{at}-{own}-{:06}", questions(&question.to), question.seq))
}

/// What the sort keys of all open questions to somebody begin with.
pub fn questions(to: &Asked) -> String {
    match to {
        Asked::Agent(agent) => format!("question#agent#{agent}#"),
        Asked::Department(name) => format!("question#department#{name}#"),
    }
}

/// The partition of the due index with everybody who is online.
pub const ONLINE: &str = "online";

/// The partition of the due index with the desks of who came or left, until their inquiries are placed.
pub const STAFF: &str = "staff";

/// The partition of the due index with the alerts that no digest has told yet.
pub const DIGEST: &str = "digest";

/// The shop and the agent whose desk that is.
pub fn desk_of(pk: &str, sk: &str) -> Option<(ShopId, AgentId)> {
    let shop = ShopId::parse(pk.strip_prefix("shop#")?).ok()?;
    Some((shop, AgentId::parse(sk.strip_prefix(DESKS)?).ok()?))
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
/// pointed at it from `mail_owed_since` until its mail is sent, and at `look_at` for what time demands.
pub fn indexed(
    inquiry: &Inquiry,
    mail_owed_since: Option<Timestamp>,
    look_at: Option<Timestamp>,
) -> Vec<(Index, String, String)> {
    let mut keys = Vec::with_capacity(5);
    let shard = inquiry.id.own().bytes().last().unwrap_or(0) % DUE_SHARDS;
    if let Some(since) = mail_owed_since {
        keys.push((Index::Due, due(shard), moment(since, Some(inquiry.id.own()))));
    }
    if let Some(at) = look_at {
        keys.push((Index::Deadline, due(shard), moment(at, Some(inquiry.id.own()))));
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
        let unread = inquiry.unread() || assignee.is_none();
        let part = match (inquiry.raised.has(Alarm::Overdue), unread) {
            (false, true) => Part::Unread,
            (false, false) => Part::Seen,
            (true, true) => Part::OverdueUnread,
            (true, false) => Part::OverdueSeen,
        };
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
