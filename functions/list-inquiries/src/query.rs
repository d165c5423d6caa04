//! Which list, narrowed to what, in which order.

use common::auth::SignedIn;
use common::http::Fields;
use common::presence;
use common::problem::{FieldCode, Problem};
use common::store::{Beat, Cursor, Filter, ListQuery, Quick, Scope, Sort};
use domain::ids::AgentId;
use domain::labels::{Category, Label, Priority, Source, Status};
use jiff::Timestamp;
use serde::Deserialize;
use utoipa::IntoParams;

/// Rows of a page unless said otherwise, and at most.
const DEFAULT_ROWS: usize = 25;
const MOST_ROWS: usize = 100;

/// Which list, narrowed to what, in which order.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WhichList {
    /// `mine` (the default), `unassigned`, `asked` (a question to the caller stands open), `all` and
    /// `absent` (of agents who are offline; both for supervisors) or `history`.
    list: Option<String>,
    /// `unread`, `unreplied`, `expiring`, `overdue`, `flagged`, `snoozed` or `question`.
    filter: Option<String>,
    /// Only that category.
    category: Option<String>,
    /// Only that priority.
    priority: Option<String>,
    /// Only that status.
    status: Option<String>,
    /// Only from there.
    source: Option<String>,
    /// Only that agent's; for `all` and `history`.
    agent: Option<String>,
    /// Only with that tag.
    tag: Option<String>,
    /// Only with a latest message at or after that time (RFC 3339).
    from: Option<String>,
    /// Only with a latest message before that time (RFC 3339).
    to: Option<String>,
    /// `waiting` (the default: longest first) or `latest` (the customer's last message first).
    sort: Option<String>,
    /// Rows of a page, 25 unless said otherwise, at most 100.
    limit: Option<usize>,
    /// Where the page before ended.
    cursor: Option<String>,
    /// Whether the counts beside the lists are wanted too.
    counts: Option<bool>,
    /// Whether the unread and queueing counts of all the caller's shops are wanted too.
    shops: Option<bool>,
    /// The page's own id: makes the request a heartbeat too (see `keep_presence`).
    tab: Option<String>,
    /// The inquiry that is open on the page.
    viewing: Option<String>,
    /// Whether something is being typed in it.
    typing: Option<bool>,
}

/// One of the lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// 進行中
    Mine,
    /// 未分配
    Unassigned,
    /// 問我的
    Asked,
    /// 全部
    All,
    /// 離線同事的
    Absent,
    /// 歷史
    History,
}

impl WhichList {
    /// Whether the counts are wanted; history has none.
    pub fn wants_counts(&self) -> bool {
        self.counts == Some(true) && self.list() != List::History
    }

    /// Whether the counts of all shops are wanted.
    pub fn wants_shops(&self) -> bool {
        self.shops == Some(true)
    }

    /// The heartbeat that the request carries, if it does.
    ///
    /// # Errors
    /// A problem with every wrong field.
    pub fn beat(&self) -> Result<Option<Beat>, Problem> {
        if self.tab.is_none() {
            return Ok(None);
        }
        let mut fields = Fields::default();
        let typing = self.typing.unwrap_or_default();
        let beat = presence::checked(&mut fields, self.tab.as_deref(), self.viewing.as_deref(), typing);
        fields.all_right(beat).map(Some)
    }

    /// Which list; what is no list is refused by [`Self::checked`].
    pub fn list(&self) -> List {
        match self.list.as_deref() {
            Some("unassigned") => List::Unassigned,
            Some("asked") => List::Asked,
            Some("all") => List::All,
            Some("absent") => List::Absent,
            Some("history") => List::History,
            _ => List::Mine,
        }
    }

    /// What the store is asked.
    ///
    /// # Errors
    /// A problem with every wrong field.
    pub fn checked(&self, signed_in: &SignedIn, offline: &[AgentId]) -> Result<ListQuery, Problem> {
        let mut fields = Fields::default();
        if !matches!(
            self.list.as_deref(),
            None | Some("mine" | "unassigned" | "asked" | "all" | "absent" | "history")
        ) {
            fields.wrong("list", FieldCode::UnknownValue);
        }
        let sort = one_of(&mut fields, "sort", self.sort.as_deref(), |word| match word {
            "waiting" => Some(Sort::Waiting),
            "latest" => Some(Sort::Latest),
            _ => None,
        });
        let after = one_of(&mut fields, "cursor", self.cursor.as_deref(), Cursor::parse);
        let limit = self.limit.unwrap_or(DEFAULT_ROWS);
        if !(1..=MOST_ROWS).contains(&limit) {
            fields.wrong("limit", FieldCode::TooMany(MOST_ROWS));
        }
        let mut filter = self.filter(&mut fields);
        // Put aside is out of the way in the plain list, and in no other.
        filter.without_aside = self.list() == List::Mine && filter.quick.is_none();
        let shop = signed_in.shop();
        let scope = match self.list() {
            // What is asked is found by itself, and only narrowed and sorted like a list.
            List::Mine | List::Asked => Scope::Active(vec![Some(signed_in.agent.id.clone())]),
            List::Unassigned => Scope::Active(vec![None]),
            List::History => Scope::History,
            List::Absent => Scope::Active(offline.iter().cloned().map(Some).collect()),
            List::All => Scope::Active(match &filter.agent {
                Some(agent) => vec![Some(agent.clone())],
                None => {
                    let everybody = shop.members.iter().map(|member| Some(member.agent.clone()));
                    everybody.chain([None]).collect()
                }
            }),
        };
        fields.all_right(Some(ListQuery {
            shop: shop.id.clone(),
            scope,
            sort: sort.unwrap_or(Sort::Waiting),
            filter,
            limit,
            after,
        }))
    }

    fn filter(&self, fields: &mut Fields) -> Filter {
        let quick = one_of(fields, "filter", self.filter.as_deref(), |word| match word {
            "unread" => Some(Quick::Unread),
            "unreplied" => Some(Quick::Unreplied),
            "expiring" => Some(Quick::Expiring),
            "overdue" => Some(Quick::Overdue),
            "flagged" => Some(Quick::Flagged),
            "snoozed" => Some(Quick::Snoozed),
            "question" => Some(Quick::Question),
            _ => None,
        });
        let time = |word: &str| word.parse::<Timestamp>().ok();
        Filter {
            quick,
            category: one_of(fields, "category", self.category.as_deref(), label::<Category>),
            priority: one_of(fields, "priority", self.priority.as_deref(), label::<Priority>),
            status: one_of(fields, "status", self.status.as_deref(), label::<Status>),
            source: one_of(fields, "source", self.source.as_deref(), label::<Source>),
            agent: one_of(fields, "agent", self.agent.as_deref(), |id| AgentId::parse(id).ok()),
            tag: self.tag.clone().filter(|tag| !tag.is_empty()),
            from: one_of(fields, "from", self.from.as_deref(), time),
            to: one_of(fields, "to", self.to.as_deref(), time),
            without_aside: false,
        }
    }
}

fn label<T: Label>(word: &str) -> Option<T> {
    T::ALL.iter().copied().find(|value| value.word() == word)
}

/// A value that may be missing, but not wrong.
fn one_of<T>(
    fields: &mut Fields,
    field: &str,
    value: Option<&str>,
    parse: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    let value = value.filter(|value| !value.is_empty())?;
    let parsed = parse(value);
    if parsed.is_none() {
        fields.wrong(field, FieldCode::UnknownValue);
    }
    parsed
}
