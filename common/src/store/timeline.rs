//! The older part of a timeline, on pages beside the inquiry.

use domain::refusal::Refusal;

use super::items::{CommandKey, Line, Record, decode_page};
use super::table::{Query, Range};
use super::{Done, NotDone, Store, keys};
use crate::failure::Failure;

/// The most entries that an answer tells of what happened since.
const TOLD: u32 = 30;

impl Store {
    /// Entries older than `before` (a number), newest pages first until `enough` are there;
    /// oldest first in the answer, and whether there are more.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn older(
        &self,
        record: &Record,
        before: u32,
        enough: usize,
    ) -> Result<(Vec<Line>, bool), Failure> {
        let (shop, id) = (&record.inquiry.shop, &record.inquiry.id);
        let (partition, start) = (keys::customer(shop, &id.customer()), keys::pages(id));
        let mut lines: Vec<Line> =
            record.lines.iter().filter(|line| line.entry.seq < before).cloned().collect();
        let mut next = before.min(record.first_line());
        while lines.len() < enough && next > 1 && record.pages > 0 {
            let end = keys::page(shop, id, next - 1).sk;
            let page = self
                .table
                .query(Query {
                    index: None,
                    partition: &partition,
                    range: Range::Between(&start, &end),
                    newest_first: true,
                    limit: 1,
                })
                .await?;
            let Some(item) = page.items.first() else { break };
            let mut older = decode_page(item.bytes("doc")?)?;
            next = older.first().map_or(1, |line| line.entry.seq);
            older.retain(|line| line.entry.seq < before);
            for line in &mut older {
                line.mail = line.mail.or_else(|| record.paged_mails.get(&line.entry.seq).copied());
            }
            older.append(&mut lines);
            lines = older;
        }
        let more = lines.first().is_some_and(|line| line.entry.seq > 1);
        Ok((lines, more))
    }

    /// The record with all entries after that number, or the last 30, also where they are on a page.
    pub(super) async fn with_entries_since(&self, mut record: Record, seq: u32) -> Result<Record, Failure> {
        let wanted = (record.inquiry.version.saturating_sub(seq)).min(TOLD);
        let there = record.inquiry.version.saturating_sub(record.first_line().saturating_sub(1));
        if there < wanted {
            let enough = usize::try_from(wanted).unwrap_or_default();
            (record.lines, _) = self.older(&record, u32::MAX, enough).await?;
        }
        Ok(record)
    }

    /// What an earlier sending did.
    pub(super) async fn done_before(&self, record: Record, earlier: CommandKey) -> Result<Done, NotDone> {
        let record = self.with_entries_since(record, earlier.before).await?;
        let its = |line: &&Line| (earlier.before + 1..=earlier.after).contains(&line.entry.seq);
        Ok(Done {
            lines: record.lines.iter().filter(its).cloned().collect(),
            record,
            fresh: false,
            distribute: false,
        })
    }

    /// Why a command was not carried out, with what happened since the version that was seen.
    pub(super) async fn not_done(
        &self,
        record: Record,
        seen: Option<u32>,
        refusal: Option<Refusal>,
    ) -> Result<NotDone, Failure> {
        let since = seen.unwrap_or(record.inquiry.version);
        let record = Box::new(self.with_entries_since(record, since).await?);
        Ok(match refusal {
            None => NotDone::MovedOn(record),
            Some(refusal) => NotDone::Refused(refusal, record),
        })
    }
}
