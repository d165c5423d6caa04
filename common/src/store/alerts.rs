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
pub(super) fn written(
    entry: &Entry,
    before: &Inquiry,
    after: &Inquiry,
    shop: &Shop,
    now: Timestamp,
) -> Option<Write> {
    let alert = caused(entry, before, after, shop)?;
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
        inquiry: after.id.to_string(),
        at: entry.at.as_millisecond(),
        to: alert.to.iter().map(ToString::to_string).collect(),
        by,
        department,
    };
    // Sorted by when it was found out: what comes late is new all the same.
    let at = keys::moment(now.max(entry.at), None);
    let id = format!("{at}-{}-{:06}", after.id.own(), entry.seq);
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
        let page = self.alert_page(shop, Range::Between(keys::ALERTS, &end)).await?;
        let looked_to = page.last().map(|alert| alert.id.clone()).filter(|_| page.len() == LOOKED_THROUGH);
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
        let end = format!("{}~", keys::ALERTS);
        let page = self.alert_page(shop, Range::Between(&start, &end)).await?;
        Ok(page.iter().filter(|alert| alert.to.contains(agent)).count().min(MOST_NEW))
    }

    async fn alert_page(&self, shop: &ShopId, range: Range<'_>) -> Result<Vec<AlertItem>, Failure> {
        let partition = keys::shop(shop, "").pk;
        let query =
            Query { index: None, partition: &partition, range, newest_first: true, limit: LOOKED_THROUGH };
        self.table.query(query).await?.items.iter().map(read).collect()
    }

    /// Somebody has seen all alerts up to that one.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn see_alerts(&self, shop: &ShopId, agent: &AgentId, until: &str) -> Result<(), Failure> {
        let update = Update {
            key: keys::desk(shop, agent),
            actions: "SET alerts_seen = :until".to_owned(),
            condition: Some("attribute_not_exists(alerts_seen) OR alerts_seen < :until"),
            values: vec![(":until", Value::Text(until.to_owned()))],
        };
        // They have seen later ones already.
        let _: Result<_, ConditionFailed> = self.table.update(update).await?;
        Ok(())
    }

    /// The inquiries in which somebody was asked lately; each is to be looked at for what stands open.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn asked_in(&self, shop: &ShopId, agent: &AgentId) -> Result<Vec<InquiryId>, Failure> {
        let end = format!("{}~", keys::ALERTS);
        let page = self.alert_page(shop, Range::Between(keys::ALERTS, &end)).await?;
        let mut ids: Vec<InquiryId> = Vec::new();
        for alert in page {
            let asked = alert.kind == AlertKind::QuestionAsked && alert.to.contains(agent);
            if asked && !ids.contains(&alert.inquiry) && ids.len() < 100 {
                ids.push(alert.inquiry);
            }
        }
        Ok(ids)
    }

    /// Alerts of all shops that no digest has told yet, oldest first. An index read.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn undigested(&self, most: usize) -> Result<Vec<(ShopId, AlertItem)>, Failure> {
        let query = Query {
            index: Some(Index::Due),
            partition: keys::DIGEST,
            range: Range::All,
            newest_first: false,
            limit: most,
        };
        let mut wanted = Vec::new();
        for item in self.table.query(query).await?.items {
            wanted.push(keys::Key { pk: item.text("pk")?.to_owned(), sk: item.text("sk")?.to_owned() });
        }
        let mut found = Vec::with_capacity(wanted.len());
        for some in wanted.chunks(100) {
            for item in self.table.get_many(some).await? {
                // What was told meanwhile is no longer marked.
                if item.text("due").is_ok() {
                    let shop = item.text("pk")?.strip_prefix("shop#").and_then(|id| ShopId::parse(id).ok());
                    found.extend(shop.zip(read(&item).ok()));
                }
            }
        }
        found.sort_by(|one, other| one.1.id.cmp(&other.1.id));
        Ok(found)
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
