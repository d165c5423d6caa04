//! The staff's bell (SPEC §6.1, §7.7): one item for what happened, whoever is told of it. It says
//! where to look; what a customer wrote stays in the inquiry.

use domain::actor::By;
use domain::alert::{AlertKind, caused};
use domain::event::{Entry, Event};
use domain::ids::{AgentId, InquiryId, ShopId};
use domain::inquiry::Inquiry;
use domain::question::Asked;
use domain::shop::Shop;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Store;
use super::keys::{self, Index};
use super::table::{ConditionFailed, Item, Query, Range, Update, Value, When, Write};
use crate::failure::Failure;

/// Days after which an alert is forgotten.
const KEPT_DAYS: i64 = 60;
/// The most alerts of a shop that are looked through for somebody's.
const LOOKED_THROUGH: usize = 400;
/// How many of them are read together for counting.
const COUNTED_TOGETHER: usize = 100;
/// The most new alerts that are counted.
pub const MOST_NEW: usize = 99;

/// An alert as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertItem {
    /// Sorts by time within the shop.
    pub id: String,
    /// What.
    pub kind: AlertKind,
    /// About which inquiry.
    pub inquiry: InquiryId,
    /// When it came due, or was written.
    pub at: Timestamp,
    /// Who is told.
    pub to: Vec<AgentId>,
    /// Who asked or answered.
    pub by: Option<AgentId>,
    /// The department that is asked.
    pub department: Option<String>,
}

/// Some of somebody's alerts, newest first.
#[derive(Debug, Default)]
pub struct AlertsPage {
    /// The alerts.
    pub alerts: Vec<AlertItem>,
    /// Where earlier ones begin, if there may be some.
    pub next: Option<String>,
}

/// Alerts that are still to be told by mail, each with its shop.
#[derive(Debug, Default)]
pub struct Undigested {
    /// The alerts, oldest first.
    pub alerts: Vec<(ShopId, AlertItem)>,
    /// Where the next page begins, if there may be one.
    pub next: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Document {
    kind: String,
    inquiry: String,
    at: i64,
    to: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    department: Option<String>,
}

/// The alert that an entry causes, as a write; it is stored together with the entry.
pub(super) fn written(entry: &Entry, before: &Inquiry, shop: &Shop, now: Timestamp) -> Option<Write> {
    let alert = caused(entry, before, shop)?;
    let by = match &entry.by {
        By::Agent(id) => Some(id.to_string()),
        By::Customer | By::System | By::Bot => None,
    };
    let department = match &entry.event {
        Event::QuestionAsked { to: Asked::Department(name), .. } => Some(name.clone()),
        _ => None,
    };
    let document = Document {
        kind: alert.kind.as_str().to_owned(),
        inquiry: before.id.to_string(),
        at: entry.at.as_millisecond(),
        to: alert.to.iter().map(ToString::to_string).collect(),
        by,
        department,
    };
    // Sorted by when it was found out: what comes late is new all the same.
    let at = keys::moment(now.max(entry.at), None);
    let id = format!("{at}-{}-{:06}", before.id.own(), entry.seq);
    let ttl = u64::try_from(now.as_second() + KEPT_DAYS * 24 * 3600).unwrap_or_default();
    let item = Item::at(keys::alert(&shop.id, &id))
        .with("doc", Value::Text(serde_json::to_string(&document).ok()?))
        .with("due", Value::Text(keys::DIGEST.to_owned()))
        .with("due_at", Value::Text(id))
        .with("ttl", Value::Number(ttl));
    Some(Write::put(item, When::Always))
}

impl Store {
    /// Somebody's alerts before that one, newest first.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn alerts(
        &self,
        shop: &ShopId,
        agent: &AgentId,
        before: Option<&str>,
        most: usize,
    ) -> Result<AlertsPage, Failure> {
        let end = before.map_or_else(|| format!("{}~", keys::ALERTS), |id| format!("{}{id}", keys::ALERTS));
        // What begins like an alert and stands before that one.
        let (page, looked_to) = self.alert_page(shop, keys::ALERTS, &end, LOOKED_THROUGH).await?;
        let mine = |alert: &AlertItem| alert.to.contains(agent) && Some(alert.id.as_str()) != before;
        let mut alerts: Vec<_> = page.into_iter().filter(mine).collect();
        let cut = alerts.len() > most;
        alerts.truncate(most);
        let next = if cut { alerts.last().map(|alert| alert.id.clone()) } else { looked_to };
        Ok(AlertsPage { alerts, next })
    }

    /// How many alerts somebody has not seen, at most [`MOST_NEW`].
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn new_alerts(
        &self,
        shop: &ShopId,
        agent: &AgentId,
        seen: Option<&str>,
    ) -> Result<usize, Failure> {
        let start = format!("{}{}!", keys::ALERTS, seen.unwrap_or_default());
        let mut end = format!("{}~", keys::ALERTS);
        let mut count = 0;
        // In small steps: whoever has many new ones is not read more than is counted.
        for _ in 0..LOOKED_THROUGH / COUNTED_TOGETHER {
            let (page, looked_to) = self.alert_page(shop, &start, &end, COUNTED_TOGETHER).await?;
            count += page.iter().filter(|alert| alert.to.contains(agent)).count();
            match looked_to.filter(|_| count < MOST_NEW) {
                Some(id) => end = format!("{}{}", keys::ALERTS, just_before(&id)),
                None => break,
            }
        }
        Ok(count.min(MOST_NEW))
    }

    /// Alerts of a shop, newest first, and up to which was looked if there may be more. What this
    /// version cannot read, another has written: it is left out rather than in everybody's way.
    async fn alert_page(
        &self,
        shop: &ShopId,
        start: &str,
        end: &str,
        most: usize,
    ) -> Result<(Vec<AlertItem>, Option<String>), Failure> {
        if end < start {
            return Ok((Vec::new(), None));
        }
        let (partition, range) = (keys::shop(shop, "").pk, Range::Between(start, end));
        let query = Query { index: None, partition: &partition, range, newest_first: true, limit: most };
        let page = self.table.query(query).await?;
        let last = page.items.last().filter(|_| page.more).map(|item| item.text("sk")).transpose()?;
        let looked_to = last.and_then(|sk| sk.strip_prefix(keys::ALERTS)).map(str::to_owned);
        Ok((page.items.iter().filter_map(readable).collect(), looked_to))
    }

    /// Somebody has seen all alerts up to that one; what is still to come, nobody has.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn see_alerts(
        &self,
        shop: &ShopId,
        agent: &AgentId,
        until: &str,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let latest = format!("{}~", keys::moment(now, None));
        let until = if latest.as_str() < until { keys::moment(now, None) } else { until.to_owned() };
        let update = Update {
            key: keys::desk(shop, agent),
            actions: "SET alerts_seen = :until".to_owned(),
            condition: Some("attribute_not_exists(alerts_seen) OR alerts_seen < :until"),
            values: vec![(":until", Value::Text(until))],
        };
        // They have seen later ones already.
        let _: Result<_, ConditionFailed> = self.table.update(update).await?;
        Ok(())
    }

    /// A page of the alerts of all shops that no digest has told yet and that were found out before
    /// `until`, oldest first. An index read.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn undigested(
        &self,
        after: Option<&str>,
        until: Timestamp,
        most: usize,
    ) -> Result<Undigested, Failure> {
        let (start, until) = (format!("{}!", after.unwrap_or_default()), keys::moment(until, None));
        if until < start {
            return Ok(Undigested::default());
        }
        let query = Query {
            index: Some(Index::Due),
            partition: keys::DIGEST,
            range: Range::Between(&start, &until),
            newest_first: false,
            limit: most,
        };
        let page = self.table.query(query).await?;
        let last = page.items.last().filter(|_| page.more).map(|item| item.text("due_at")).transpose()?;
        let next = last.map(str::to_owned);
        let mut wanted = Vec::new();
        for item in &page.items {
            wanted.push(keys::Key { pk: item.text("pk")?.to_owned(), sk: item.text("sk")?.to_owned() });
        }
        let mut alerts = Vec::with_capacity(wanted.len());
        for some in wanted.chunks(100) {
            for item in self.table.get_many(some).await? {
                // What was told meanwhile is no longer marked.
                if item.text("due").is_ok() {
                    let shop = item.text("pk")?.strip_prefix("shop#").and_then(|id| ShopId::parse(id).ok());
                    alerts.extend(shop.zip(readable(&item)));
                }
            }
        }
        alerts.sort_by(|one, other| one.1.id.cmp(&other.1.id));
        Ok(Undigested { alerts, next })
    }

    /// Takes the mark off an alert: everybody who is to be told by mail was.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn digested(&self, shop: &ShopId, id: &str) -> Result<(), Failure> {
        let update = Update {
            key: keys::alert(shop, id),
            actions: "REMOVE due, due_at".to_owned(),
            condition: Some("attribute_exists(pk)"),
            values: Vec::new(),
        };
        let _: Result<_, ConditionFailed> = self.table.update(update).await?;
        Ok(())
    }
}

/// The range of a query includes its end: the place right before an alert's own, which ends in a digit.
fn just_before(id: &str) -> String {
    let mut place = id.to_owned();
    // Every digit stands behind `/`, and `~` behind all that an id is made of.
    let last = place.pop().map_or('/', |digit| char::from_u32(u32::from(digit) - 1).unwrap_or('/'));
    place.push(last);
    place.push('~');
    place
}

fn readable(item: &Item) -> Option<AlertItem> {
    read(item).inspect_err(|failure| tracing::warn!(error = failure.chain(), "an alert is left out")).ok()
}

fn read(item: &Item) -> Result<AlertItem, Failure> {
    let unreadable = || Failure::Unreadable("an alert".to_owned());
    let document: Document = serde_json::from_str(item.text("doc")?).map_err(|_| unreadable())?;
    let kind = AlertKind::ALL.iter().find(|kind| kind.as_str() == document.kind);
    let agents = document.to.iter().map(|id| AgentId::parse(id).ok()).collect::<Option<_>>();
    Ok(AlertItem {
        id: item.text("sk")?.strip_prefix(keys::ALERTS).ok_or_else(unreadable)?.to_owned(),
        kind: *kind.ok_or_else(unreadable)?,
        inquiry: InquiryId::parse(&document.inquiry).map_err(|_| unreadable())?,
        at: Timestamp::from_millisecond(document.at).map_err(|_| unreadable())?,
        to: agents.ok_or_else(unreadable)?,
        by: document.by.as_deref().and_then(|id| AgentId::parse(id).ok()),
        department: document.department,
    })
}
