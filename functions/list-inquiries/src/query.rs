//! Which list, narrowed to what, in which order.

use common::auth::SignedIn;
use common::http::Fields;
use common::problem::{FieldCode, Problem};
use common::store::{Cursor, Filter, ListQuery, Quick, Scope, Sort};
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
    /// `mine` (the default), `unassigned`, `all` (supervisors) or `history`.
    list: Option<String>,
    /// `unread`, `unreplied`, `expiring` or `flagged`.
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
}

/// One of the lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// 進行中
    Mine,
    /// 未分配
    Unassigned,
    /// 全部
    All,
    /// 歷史
    History,
}

impl WhichList {
    /// Whether the counts are wanted; history has none.
    pub fn wants_counts(&self) -> bool {
        self.counts == Some(true) && self.list() != List::History
    }

    /// Which list; what is no list is refused by [`Self::checked`].
    pub fn list(&self) -> List {
        match self.list.as_deref() {
            Some("unassigned") => List::Unassigned,
            Some("all") => List::All,
            Some("history") => List::History,
            _ => List::Mine,
        }
    }

    /// What the store is asked.
    ///
    /// # Errors
    /// A problem with every wrong field.
    pub fn checked(&self, signed_in: &SignedIn) -> Result<ListQuery, Problem> {
        let mut fields = Fields::default();
        if !matches!(self.list.as_deref(), None | Some("mine" | "unassigned" | "all" | "history")) {
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
        let filter = self.filter(&mut fields);
        let shop = signed_in.shop();
        let scope = match self.list() {
            List::Mine => Scope::Active(vec![Some(signed_in.agent.id.clone())]),
            List::Unassigned => Scope::Active(vec![None]),
            List::History => Scope::History,
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
            "flagged" => Some(Quick::Flagged),
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
