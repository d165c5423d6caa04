//! How a change becomes conditional writes: the part of the write path that the table sees.

use domain::change::Change;
use domain::event::Event;
use domain::inquiry::Inquiry;
use domain::shop::Shop;
use jiff::Timestamp;

use super::desks::moving::{Move, Room};
use super::items::{CommandKey, Line, Mail, MailState, Record, Row, encode_page};
use super::table::{Item, Value, When, Write, Written};
use super::{Done, NotDone, Store, alerts, keys, questions};
use crate::failure::Failure;
use crate::idempotency::Once;

/// How many of the last commands an inquiry remembers.
const REMEMBERED_COMMANDS: usize = 8;
/// Bytes of an inquiry's document from which its timeline moves to a page.
const INLINE_BYTES: usize = 2_400;

impl Store {
    /// The writes that store a record: one, or two when its timeline has grown out of it.
    pub(super) fn writes(&self, record: &Record, when: When) -> Vec<Write> {
        let row = Row::of(&record.inquiry);
        let document = record.encode(&row);
        // Alarms at the end stay: they tell that nothing else happened since a reader looked.
        let is_alarm = |line: &Line| matches!(line.entry.event, Event::Raised { .. });
        let moved = record.lines.iter().rposition(|line| !is_alarm(line)).map_or(0, |last| last + 1);
        if document.len() <= INLINE_BYTES || moved == 0 {
            return vec![Write::put(item(record, &row, document), when)];
        }
        let mut rest = record.clone();
        let lines: Vec<Line> = rest.lines.drain(..moved).collect();
        let owed = |line: &Line| Some((line.entry.seq, line.mail.filter(|m| m.state == MailState::Queued)?));
        rest.paged_mails.extend(lines.iter().filter_map(owed));
        rest.pages += 1;
        let first = lines.first().map_or(1, |line| line.entry.seq);
        let key = keys::page(&record.inquiry.shop, &record.inquiry.id, first);
        let settled: Vec<Line> = lines
            .into_iter()
            .map(|line| Line { mail: line.mail.filter(|mail| mail.state != MailState::Queued), ..line })
            .collect();
        let page = Item::at(key).with("doc", Value::Bytes(encode_page(&settled)));
        let document = rest.encode(&row);
        vec![Write::put(item(&rest, &row, document), when), Write::put(page, When::Absent)]
    }

    /// Stores one step; `Err` inside is the place of the write that was refused, or none where
    /// other transactions came in between: to be decided again.
    pub(super) async fn stored(
        &self,
        shop: &Shop,
        step: Step<'_>,
        now: Timestamp,
    ) -> Result<Result<Done, Option<usize>>, Failure> {
        let planned = self.planned(shop, step, now);
        match self.commit_moved(shop, planned.writes, &planned.moves, now).await? {
            Written::Done => {
                self.tallies.forget(&shop.id);
                Ok(Ok(planned.done))
            }
            Written::Refused(place) => Ok(Err(Some(place))),
            Written::Conflict => Ok(Err(None)),
        }
    }

    /// What storing a step takes: the inquiry first, then the alerts that it causes, the places of open
    /// questions, and the desks whose load it changes. All of it is stored together.
    pub(super) fn planned(&self, shop: &Shop, step: Step<'_>, now: Timestamp) -> Planned {
        let Step { record, change, once } = step;
        let new = record.writes == 0;
        let when = if new { When::Absent } else { When::Written(record.writes) };
        // Nobody had what was not there.
        let before =
            Inquiry { assignee: record.inquiry.assignee.clone().filter(|_| !new), ..record.inquiry.clone() };
        let (record, lines) = applied(record, change, once, now);
        let mut writes = self.writes(&record, when);
        let after = &record.inquiry;
        // In a shop with one agent everything is theirs, above any capacity: nothing to count.
        let several = shop.only_agent().is_none();
        let mut moves = Vec::new();
        if several && before.holder() != after.holder() {
            moves.extend(before.holder().map(|agent| Move::Release(agent.clone(), before.id.clone())));
            moves.extend(after.holder().map(|agent| Move::Take(agent.clone(), before.id.clone())));
        }
        let entries = lines.iter().map(|line| &line.entry);
        writes.extend(entries.filter_map(|entry| alerts::written(entry, &before, shop, now)));
        writes.extend(questions::placed(&before, after));
        let freed = before.holder().is_some() && before.holder() != after.holder();
        let arrived = after.unassigned() && (new || !before.unassigned());
        let distribute = several && (freed || arrived);
        Planned { writes, moves, done: Done { record, lines, fresh: true, distribute } }
    }

    /// Stores the writes and, in the same transaction, what changes hands. Where a desk holds as many as it
    /// can tell apart, it only notes that there are more.
    pub(super) async fn commit_moved(
        &self,
        shop: &Shop,
        writes: Vec<Write>,
        moves: &[Move],
        now: Timestamp,
    ) -> Result<Written, Failure> {
        let first = writes.len();
        let mut all = writes.clone();
        all.extend(self.desk_writes(shop, moves, Room::Wanted, now).await?);
        let written = self.commit(all).await?;
        let Written::Refused(place) = written else { return Ok(written) };
        if place < first {
            return Ok(written);
        }
        let mut all = writes;
        all.extend(self.desk_writes(shop, moves, Room::None, now).await?);
        self.commit(all).await
    }

    /// Stores what came due though the command itself was refused. Where somebody else wrote in
    /// between, the sweep does it.
    pub(super) async fn enforced(
        &self,
        shop: &Shop,
        record: Record,
        due: Change,
        now: Timestamp,
    ) -> Result<Option<Done>, Failure> {
        if due.entries.is_empty() {
            return Ok(None);
        }
        Ok(self.stored(shop, Step { record, change: due, once: None }, now).await?.ok())
    }

    pub(super) async fn commit(&self, mut writes: Vec<Write>) -> Result<Written, Failure> {
        match (writes.pop(), writes.is_empty()) {
            (Some(Write::Put(item, when)), true) => self.table.put(item, when).await,
            (last, _) => {
                writes.extend(last);
                self.table.put_all(writes).await
            }
        }
    }
}

/// A change of a record that was read, and the command that asked for it.
pub(super) struct Step<'a> {
    pub record: Record,
    pub change: Change,
    pub once: Option<&'a Once>,
}

/// The writes of a step, and what is done once they are stored.
pub(super) struct Planned {
    pub writes: Vec<Write>,
    pub moves: Vec<Move>,
    pub done: Done,
}

/// The earlier sending of the same command, if there was one.
pub(super) fn repeated(record: &Record, once: &Once) -> Result<Option<CommandKey>, NotDone> {
    repeated_among(&record.commands, once)
}

/// The same among remembered commands.
pub(super) fn repeated_among(commands: &[CommandKey], once: &Once) -> Result<Option<CommandKey>, NotDone> {
    let earlier = commands.iter().find(|command| command.key == once.key);
    match earlier {
        Some(earlier) if earlier.body != once.body => Err(NotDone::KeyReused),
        earlier => Ok(earlier.copied()),
    }
}

/// The record after a change, and the lines that it added.
pub(super) fn applied(
    mut record: Record,
    change: Change,
    once: Option<&Once>,
    now: Timestamp,
) -> (Record, Vec<Line>) {
    let before = change.after.version - u32::try_from(change.entries.len()).unwrap_or_default();
    let lines: Vec<Line> = change
        .entries
        .into_iter()
        .map(|entry| {
            let owed = change.notices.iter().any(|notice| notice.seq == entry.seq);
            let mail = owed.then_some(Mail { state: MailState::Queued, at: entry.at });
            Line { entry, mail }
        })
        .collect();
    if let Some(once) = once.filter(|_| !lines.is_empty()) {
        let after = change.after.version;
        record.commands.push(CommandKey { key: once.key, body: once.body, before, after });
        let forgotten = record.commands.len().saturating_sub(REMEMBERED_COMMANDS);
        record.commands.drain(..forgotten);
    }
    record.inquiry = change.after;
    record.look_in_time(now);
    record.lines.extend(lines.iter().cloned());
    record.writes += 1;
    (record, lines)
}

pub(super) fn item(record: &Record, row: &Row, document: Vec<u8>) -> Item {
    let key = keys::inquiry(&record.inquiry.shop, &record.inquiry.id);
    let item = Item::at(key)
        .with("n", Value::Number(record.writes))
        .with("row", Value::Bytes(row.encode()))
        .with("doc", Value::Bytes(document));
    let indexed = keys::indexed(&record.inquiry, record.mail_owed_since(), record.look_at);
    indexed.into_iter().fold(item, |item, (index, partition, position)| {
        item.with(index.name(), Value::Text(partition)).with(index.sort(), Value::Text(position))
    })
}
