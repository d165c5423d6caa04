//! The outbox: mails that are owed, found without the queue's help (RELIABILITY §1.3).

use domain::ids::{InquiryId, ShopId};
use jiff::Timestamp;

use super::commit::item;
use super::due::DuePage;
use super::items::{Mail, MailState, Record, Row};
use super::keys::{self, Index};
use super::table::{When, Written};
use super::{ATTEMPTS, Store};
use crate::failure::Failure;

/// An inquiry that owes mail since before some moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// The tenant.
    pub shop: ShopId,
    /// The inquiry.
    pub inquiry: InquiryId,
}

impl Store {
    /// Inquiries that owe mail since before `until`, a page of one of [`DUE_SHARDS`](keys::DUE_SHARDS).
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn owed(
        &self,
        shard: u8,
        after: Option<&str>,
        until: Timestamp,
        most: usize,
    ) -> Result<DuePage, Failure> {
        self.due_page(Index::Due, shard, after, &keys::moment(until, None), most).await
    }

    /// Marks the mail about an entry as sent or failed, unless somebody already did.
    /// True if this call marked it.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn mark_mail(
        &self,
        mut record: Record,
        seq: u32,
        state: MailState,
        now: Timestamp,
    ) -> Result<bool, Failure> {
        let (shop, id) = (record.inquiry.shop.clone(), record.inquiry.id.clone());
        for _ in 0..ATTEMPTS {
            let Some(mail) = mail_of(&mut record, seq).filter(|mail| mail.state == MailState::Queued) else {
                return Ok(false);
            };
            *mail = Mail { state, at: now };
            let when = When::Written(record.writes);
            record.writes += 1;
            let row = Row::of(&record.inquiry);
            let document = record.encode(&row);
            if self.table.put(item(&record, &row, document), when).await? == Written::Done {
                return Ok(true);
            }
            record = self.inquiry(&shop, &id, true).await?.ok_or(Failure::Contended)?;
        }
        Err(Failure::Contended)
    }
}

fn mail_of(record: &mut Record, seq: u32) -> Option<&mut Mail> {
    let line = record.lines.iter_mut().find(|line| line.entry.seq == seq);
    match line {
        Some(line) => line.mail.as_mut(),
        None => record.paged_mails.get_mut(&seq),
    }
}
