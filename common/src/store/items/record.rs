//! An inquiry as it is stored: one item, with the newest part of its timeline inside.

use std::collections::BTreeMap;

use domain::actor::{By, Customer, CustomerKind};
use domain::event::Event;
use domain::ids::{InquiryId, ShopId};
use domain::inquiry::{Ended, GivenEvidence, Inquiry, Product, Rating};
use domain::labels::{Locale, Score};
use jiff::Timestamp;
use minicbor::{Decode, Encode};

use domain::question::Question;

use super::entry::{LineItem, MailItem, agent, inquiry};
use super::question::QuestionItem;
use super::{Line, Mail, MailState, Row, code, decode, decoded, encode, time, times, unreadable};
use crate::failure::Failure;

/// How the item's document is laid out; a reader upgrades what is older.
const FORMAT: u8 = 1;

/// An inquiry and all that is stored with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Where it stands.
    pub inquiry: Inquiry,
    /// The newest entries, oldest first; older ones are on pages.
    pub lines: Vec<Line>,
    /// Mails about entries that are on a page, by the entry's number.
    pub paged_mails: BTreeMap<u32, Mail>,
    /// The last commands, so that a repeated one is recognised.
    pub commands: Vec<CommandKey>,
    /// How many pages hold older entries.
    pub pages: u32,
    /// When the sweep of deadlines looks at it: at the next deadline or before, since moving the place
    /// with every reply would cost more than looking once in vain.
    pub look_at: Option<Timestamp>,
    /// How often the item was written: what a write is conditional on.
    pub writes: u64,
}

/// A command that was carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct CommandKey {
    /// Fingerprint of who sent it and of its idempotency key.
    #[n(0)]
    pub key: u64,
    /// Fingerprint of what it said.
    #[n(1)]
    pub body: u32,
    /// The inquiry's version before it.
    #[n(2)]
    pub before: u32,
    /// The inquiry's version after it.
    #[n(3)]
    pub after: u32,
}

#[derive(Encode, Decode)]
#[cbor(array)]
struct Document {
    #[n(0)]
    format: u8,
    #[n(1)]
    guest: bool,
    /// Where the row had to cut it.
    #[n(2)]
    name: Option<String>,
    #[n(3)]
    email: String,
    #[n(4)]
    phone: Option<String>,
    /// Where the row had to cut it.
    #[n(5)]
    subject: Option<String>,
    #[n(6)]
    product: Option<ProductItem>,
    #[n(7)]
    locale: u8,
    #[n(8)]
    evidence: Option<EvidenceItem>,
    #[n(9)]
    priority_by_hand: bool,
    #[n(10)]
    opened_at: i64,
    #[n(11)]
    confirmed: bool,
    /// Where the row does not say it.
    #[n(12)]
    unanswered_since: Option<i64>,
    #[n(13)]
    first_answered_at: Option<i64>,
    #[n(14)]
    last_answered_by: Option<String>,
    #[n(15)]
    ended: Option<EndedItem>,
    #[n(16)]
    follows: Option<String>,
    #[n(17)]
    merged_into: Option<String>,
    #[n(18)]
    absorbed: Option<Vec<String>>,
    #[n(19)]
    rating: Option<RatingItem>,
    #[n(20)]
    lines: Vec<LineItem>,
    #[n(21)]
    paged_mails: Option<BTreeMap<u32, MailItem>>,
    #[n(22)]
    commands: Vec<CommandKey>,
    #[n(23)]
    pages: u32,
    #[n(24)]
    remind_at: Option<i64>,
    #[n(25)]
    questions: Option<Vec<QuestionItem>>,
    #[n(26)]
    had_by: Option<String>,
    #[n(27)]
    put_back_by: Option<String>,
    #[n(28)]
    reopened_at: Option<i64>,
    /// Where no line beside it says it.
    #[n(29)]
    changed_at: Option<i64>,
    #[n(30)]
    look_at: Option<i64>,
    #[n(31)]
    last_answered_at: Option<i64>,
}

#[derive(Encode, Decode)]
#[cbor(array)]
struct ProductItem {
    #[n(0)]
    id: String,
    #[n(1)]
    title: Option<String>,
}

#[derive(Encode, Decode)]
#[cbor(array)]
struct EvidenceItem {
    #[n(0)]
    error_text: Option<String>,
    #[n(1)]
    browser: Option<String>,
    #[n(2)]
    time: Option<String>,
}

#[derive(Encode, Decode)]
#[cbor(array)]
struct EndedItem {
    #[n(0)]
    at: i64,
    #[n(1)]
    detail: Option<String>,
}

#[derive(Encode, Decode)]
#[cbor(array)]
struct RatingItem {
    #[n(0)]
    score: u8,
    #[n(1)]
    comment: Option<String>,
    #[n(2)]
    at: i64,
}

impl Record {
    /// One that is not stored yet.
    pub fn new(inquiry: Inquiry) -> Self {
        let (lines, paged_mails, commands) = Default::default();
        Self { inquiry, lines, paged_mails, commands, pages: 0, look_at: None, writes: 0 }
    }

    /// Since when a mail is owed, if one is.
    pub fn mail_owed_since(&self) -> Option<Timestamp> {
        let inline = self.lines.iter().filter_map(|line| line.mail);
        let owed = inline.chain(self.paged_mails.values().copied());
        owed.filter(|mail| mail.state == MailState::Queued).map(|mail| mail.at).min()
    }

    /// Sees to it that the sweep looks in time. Where it would look too early it stays: it looks in
    /// vain once, and is placed anew then.
    pub fn look_in_time(&mut self, now: Timestamp) {
        let next = self.inquiry.next_due().map(|(at, _)| at);
        let kept = self.look_at.filter(|at| now < *at);
        self.look_at = next.map(|next| kept.map_or(next, |kept| kept.min(next)));
    }

    /// Whether something happened since that version that its reader has to know of before
    /// writing: anything but an alarm, which time raised and which changes nothing, and what the system
    /// tells of an order.
    pub fn moved_on_since(&self, seen: u32) -> bool {
        let since = self.lines.iter().filter(|line| line.entry.seq > seen);
        let told = |line: &&Line| match &line.entry.event {
            Event::Raised { .. } => true,
            Event::Order { .. } => line.entry.by == By::System,
            _ => false,
        };
        let alarms = since.filter(told).count();
        self.inquiry.version.checked_sub(seen) != u32::try_from(alarms).ok()
    }

    /// The number of the first entry that is not on a page.
    pub fn first_line(&self) -> u32 {
        self.lines.first().map_or(self.inquiry.version + 1, |line| line.entry.seq)
    }

    /// Whether there are entries that are not among its lines.
    pub fn has_older(&self) -> bool {
        self.first_line() > 1
    }

    /// What became of the mail about an entry that is among its lines or whose mail was owed when it
    /// went to a page.
    pub fn mail(&self, seq: u32) -> Option<Mail> {
        let line = self.lines.iter().find(|line| line.entry.seq == seq);
        line.and_then(|line| line.mail).or_else(|| self.paged_mails.get(&seq).copied())
    }

    /// The document as it is stored; the row is stored beside it.
    pub fn encode(&self, row: &Row) -> Vec<u8> {
        let it = &self.inquiry;
        let unlike = |whole: &str, cut: &str| (whole != cut).then(|| whole.to_owned());
        let ids = |ids: &[InquiryId]| ids.iter().map(ToString::to_string).collect::<Vec<_>>();
        encode(&Document {
            format: FORMAT,
            guest: it.customer.kind == CustomerKind::Guest,
            name: unlike(&it.customer.name, &row.customer),
            email: it.customer.email.clone(),
            phone: it.customer.phone.clone(),
            subject: unlike(&it.subject, &row.subject),
            product: it
                .product
                .as_ref()
                .map(|product| ProductItem { id: product.id.clone(), title: product.title.clone() }),
            locale: code(Locale::ALL, &it.locale),
            evidence: (it.evidence != GivenEvidence::default()).then(|| EvidenceItem {
                error_text: it.evidence.error_text.clone(),
                browser: it.evidence.browser.clone(),
                time: it.evidence.time.clone(),
            }),
            priority_by_hand: it.priority_by_hand,
            opened_at: it.opened_at.as_millisecond(),
            confirmed: it.confirmed,
            unanswered_since: it
                .unanswered_since
                .filter(|_| row.waiting_since.is_none())
                .map(|at| at.as_millisecond()),
            first_answered_at: it.first_answered_at.map(|at| at.as_millisecond()),
            last_answered_by: it.last_answered_by.as_ref().map(ToString::to_string),
            ended: it
                .ended
                .as_ref()
                .map(|ended| EndedItem { at: ended.at.as_millisecond(), detail: ended.detail.clone() }),
            follows: it.follows.as_ref().map(ToString::to_string),
            merged_into: it.merged_into.as_ref().map(ToString::to_string),
            absorbed: Some(ids(&it.absorbed)).filter(|ids| !ids.is_empty()),
            rating: it.rating.as_ref().map(|rating| RatingItem {
                score: code(Score::ALL, &rating.score),
                comment: rating.comment.clone(),
                at: rating.at.as_millisecond(),
            }),
            lines: self.lines.iter().map(LineItem::from).collect(),
            paged_mails: Some(&self.paged_mails)
                .filter(|mails| !mails.is_empty())
                .map(|mails| mails.iter().map(|(seq, mail)| (*seq, MailItem::from(mail))).collect()),
            commands: self.commands.clone(),
            pages: self.pages,
            remind_at: it.remind_at.map(|at| at.as_millisecond()),
            questions: Some(&it.questions)
                .filter(|questions| !questions.is_empty())
                .map(|questions| questions.iter().map(QuestionItem::from).collect()),
            had_by: it.had_by.as_ref().map(ToString::to_string),
            put_back_by: it.put_back_by.as_ref().map(ToString::to_string),
            reopened_at: it.reopened_at.map(|at| at.as_millisecond()),
            changed_at: self.lines.is_empty().then(|| it.changed_at.as_millisecond()),
            look_at: self.look_at.map(|at| at.as_millisecond()),
            last_answered_at: it.last_answered_at.map(|at| at.as_millisecond()),
        })
    }

    /// From what is stored: the document and the row beside it.
    ///
    /// # Errors
    /// [`Failure::Unreadable`].
    pub fn decode(shop: ShopId, row: Row, document: &[u8], writes: u64) -> Result<Self, Failure> {
        let doc: Document = decode(document)?;
        if doc.format != FORMAT {
            return Err(unreadable(format!("format {} is newer than this program", doc.format)));
        }
        let kind = if doc.guest { CustomerKind::Guest } else { CustomerKind::Member };
        let customer = Customer {
            key: row.id.customer(),
            kind,
            name: doc.name.unwrap_or(row.customer),
            email: doc.email,
            phone: doc.phone,
        };
        let ended = match (row.ended, doc.ended) {
            (Some(reason), Some(ended)) => Some(Ended { reason, detail: ended.detail, at: time(ended.at)? }),
            _ => None,
        };
        let rating = doc
            .rating
            .map(|item| -> Result<_, Failure> {
                Ok(Rating {
                    score: decoded(Score::ALL, item.score)?,
                    comment: item.comment,
                    at: time(item.at)?,
                })
            })
            .transpose()?;
        let lines: Vec<Line> = doc.lines.into_iter().map(Line::try_from).collect::<Result<_, _>>()?;
        let changed_at = match (lines.last(), times(doc.changed_at)?) {
            (Some(line), _) => line.entry.at,
            (None, Some(at)) => at,
            (None, None) => row.last_message_at,
        };
        let preview = row.preview.unwrap_or_else(|| row.subject.clone());
        let inquiry = Inquiry {
            id: row.id,
            shop,
            customer,
            source: row.source,
            category: row.category,
            priority: row.priority,
            priority_by_hand: doc.priority_by_hand,
            subject: doc.subject.unwrap_or(row.subject),
            order: row.order,
            product: doc.product.map(|item| Product { id: item.id, title: item.title }),
            locale: decoded(Locale::ALL, doc.locale)?,
            evidence: doc
                .evidence
                .map(|item| GivenEvidence {
                    error_text: item.error_text,
                    browser: item.browser,
                    time: item.time,
                })
                .unwrap_or_default(),
            assignee: row.assignee,
            seen: row.seen,
            flag: row.flag,
            tags: row.tags,
            opened_at: time(doc.opened_at)?,
            confirmed: doc.confirmed,
            unanswered_since: times(doc.unanswered_since)?.or(row.waiting_since),
            reply_due_at: row.reply_due_at,
            remind_at: times(doc.remind_at)?,
            raised: row.raised,
            snoozed_until: row.snoozed_until,
            put_aside: row.put_aside,
            questions: doc
                .questions
                .unwrap_or_default()
                .into_iter()
                .map(Question::try_from)
                .collect::<Result<_, _>>()?,
            had_by: doc.had_by.as_deref().map(agent).transpose()?,
            put_back_by: doc.put_back_by.as_deref().map(agent).transpose()?,
            reopened_at: times(doc.reopened_at)?,
            changed_at,
            last_customer_message_at: row.last_customer_message_at,
            last_message_at: row.last_message_at,
            preview,
            first_answered_at: times(doc.first_answered_at)?,
            last_answered_by: doc.last_answered_by.as_deref().map(agent).transpose()?,
            last_answered_at: times(doc.last_answered_at)?,
            ended,
            follows: doc.follows.as_deref().map(inquiry).transpose()?,
            merged_into: doc.merged_into.as_deref().map(inquiry).transpose()?,
            absorbed: doc
                .absorbed
                .unwrap_or_default()
                .iter()
                .map(|id| inquiry(id))
                .collect::<Result<_, _>>()?,
            rating,
            version: row.version,
        };
        let paged_mails = doc
            .paged_mails
            .unwrap_or_default()
            .into_iter()
            .map(|(seq, mail)| Ok((seq, Mail::try_from(mail)?)))
            .collect::<Result<_, Failure>>()?;
        let look_at = times(doc.look_at)?;
        Ok(Self { inquiry, lines, paged_mails, commands: doc.commands, pages: doc.pages, look_at, writes })
    }
}
