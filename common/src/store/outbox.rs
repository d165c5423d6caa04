//! The outbox: mails that are owed, found without the queue's help (RELIABILITY §1.3).

use domain::ids::{InquiryId, ShopId};
use jiff::Timestamp;

use super::commit::item;
use super::items::{Mail, MailState, Record, Row};
use super::keys::{self, DUE_SHARDS, Index};
use super::table::{Query, Range, When, Written};
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
    /// Inquiries that owe mail since before `until`, oldest first, at most `most`. An index
    /// read: each is looked at again before anything is sent.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn owed(&self, until: Timestamp, most: usize) -> Result<Vec<Owed>, Failure> {
        let until = keys::moment(until, None);
        let mut found = Vec::new();
        for shard in 0..DUE_SHARDS {
            let partition = keys::due(shard);
            let query = Query {
                index: Some(Index::Due),
                partition: &partition,
                range: Range::Before(&until),
                newest_first: false,
                limit: most,
            };
            for item in self.table.query(query).await?.items {
                let (pk, sk) = (item.text("pk")?, item.text("sk")?);
                let key = keys::shop_of(pk).zip(keys::inquiry_id(pk, sk));
                found.extend(key.map(|(shop, inquiry)| {
                    (item.text("due_at").unwrap_or_default().to_owned(), Owed { shop, inquiry })
                }));
            }
        }
        found.sort_by(|one, other| one.0.cmp(&other.0));
        found.truncate(most);
        Ok(found.into_iter().map(|(_, owed)| owed).collect())
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
