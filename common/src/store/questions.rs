//! Questions that stand open (SPEC §3.7), to be found by who is asked: an item each, written and
//! removed in the transaction of its inquiry. Whoever joins a department later finds them too.

use domain::ids::{AgentId, InquiryId};
use domain::inquiry::Inquiry;
use domain::question::{Asked, Question};
use domain::shop::Shop;

use super::Store;
use super::keys::{self, Key};
use super::table::{Item, Query, Range, Value, When, Write};
use crate::failure::Failure;

/// Questions that are read together.
const AT_ONCE: usize = 200;
/// Seconds for which what can no longer be answered is kept.
const KEPT_SECONDS: i64 = 24 * 3600;

/// The writes by which the open questions of an inquiry are found as it is after a change.
pub(super) fn placed(before: &Inquiry, after: &Inquiry) -> Vec<Write> {
    let (old, new) = (places(before), places(after));
    let gone = old.iter().filter(|(key, _)| !new.iter().any(|(kept, _)| kept == key));
    let mut writes: Vec<Write> = gone.map(|(key, _)| Write::Delete(key.clone())).collect();
    let changed = new.iter().filter(|place| !old.contains(place));
    writes.extend(changed.map(|(key, ttl)| {
        let item = Item::at(key.clone()).with("inquiry_id", Value::Text(after.id.to_string()));
        let item = ttl.iter().fold(item, |item, ttl| item.with("ttl", Value::Number(*ttl)));
        Write::put(item, When::Always)
    }));
    writes
}

/// Where its open questions stand, and when each is forgotten: in a locked inquiry nobody can answer.
fn places(inquiry: &Inquiry) -> Vec<(Key, Option<u64>)> {
    let ttl = inquiry.locks_at().and_then(|at| u64::try_from(at.as_second() + KEPT_SECONDS).ok());
    let open = inquiry.questions.iter().filter(|_| inquiry.listed());
    open.map(|question: &Question| (keys::question(inquiry, question), ttl)).collect()
}

impl Store {
    /// The inquiries in which a question to somebody, or to a department of theirs, stands open; each is
    /// to be looked at again.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn asked_in(&self, shop: &Shop, agent: &AgentId) -> Result<Vec<InquiryId>, Failure> {
        let departments = shop.service_settings.departments.iter();
        let theirs = departments.filter(|department| department.agents.contains(agent));
        let mut asked = vec![Asked::Agent(agent.clone())];
        asked.extend(theirs.map(|department| Asked::Department(department.name.clone())));
        let mut ids: Vec<InquiryId> = Vec::new();
        for to in &asked {
            self.questions_to(shop, to, &mut ids).await?;
        }
        ids.sort_unstable();
        ids.dedup();
        Ok(ids)
    }

    async fn questions_to(&self, shop: &Shop, to: &Asked, ids: &mut Vec<InquiryId>) -> Result<(), Failure> {
        let partition = keys::shop(&shop.id, "").pk;
        let (mut start, end) = (keys::questions(to), format!("{}~", keys::questions(to)));
        loop {
            let range = Range::Between(&start, &end);
            let query =
                Query { index: None, partition: &partition, range, newest_first: false, limit: AT_ONCE };
            let page = self.table.query_consistent(query).await?;
            for item in &page.items {
                ids.extend(item.text("inquiry_id").ok().and_then(|id| InquiryId::parse(id).ok()));
            }
            match page.items.last().filter(|_| page.more) {
                Some(last) => start = format!("{}!", last.text("sk")?),
                None => return Ok(()),
            }
        }
    }
}
