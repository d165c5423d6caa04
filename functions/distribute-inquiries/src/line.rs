//! The line in which unassigned inquiries wait: those who wait for a reply, longest first; then those that
//! were put back in conversation. The index shows it page by page, a moment late; what just arrived is read
//! itself and stands in its place.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use common::app::App;
use common::failure::Failure;
use common::store::Cursor;
use domain::ids::InquiryId;
use domain::shop::Shop;
use jiff::Timestamp;

/// Rows that are read at once.
const ROWS: usize = 100;

/// A place in the line: behind all who wait come those in conversation, by their latest message.
type Place = (bool, Timestamp, String);

pub struct Line<'a> {
    app: &'a App,
    shop: &'a Shop,
    shown: VecDeque<(Place, InquiryId)>,
    arrived: BTreeMap<Place, InquiryId>,
    /// Where the next page begins; none behind the last one.
    next: Option<Cursor>,
    begun: bool,
    passed: BTreeSet<InquiryId>,
}

fn place(waiting_since: Option<Timestamp>, latest: Timestamp, id: &InquiryId) -> Place {
    (waiting_since.is_none(), waiting_since.unwrap_or(latest), id.own().to_owned())
}

impl<'a> Line<'a> {
    /// The line of a shop, with what `arrived` just now.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn of(app: &'a App, shop: &'a Shop, arrived: Vec<InquiryId>) -> Result<Self, Failure> {
        let mut read = BTreeMap::new();
        for id in arrived {
            let record = match app.store.inquiry(&shop.id, &id, true).await {
                Ok(Some(record)) => record,
                Ok(None) => continue,
                Err(failure) => {
                    tracing::error!(inquiry = %id, error = failure.chain(), "it is looked for in the index");
                    continue;
                }
            };
            let it = &record.inquiry;
            if it.unassigned() {
                read.insert(place(it.waiting_since(), it.last_customer_message_at, &id), id);
            }
        }
        let (shown, passed) = (VecDeque::new(), BTreeSet::new());
        Ok(Self { app, shop, shown, arrived: read, next: None, begun: false, passed })
    }

    /// Who comes next; nobody twice.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn next(&mut self) -> Result<Option<InquiryId>, Failure> {
        loop {
            while self.shown.is_empty() && (self.next.is_some() || !self.begun) {
                self.read_on().await?;
            }
            let arrived = self.arrived.first_key_value().map(|(place, _)| place);
            let shown = self.shown.front().map(|(place, _)| place);
            let first = match (arrived, shown) {
                (Some(arrived), Some(shown)) if arrived <= shown => self.arrived.pop_first(),
                (Some(_), None) => self.arrived.pop_first(),
                _ => self.shown.pop_front(),
            };
            let Some((_, id)) = first else { return Ok(None) };
            if self.passed.insert(id.clone()) {
                return Ok(Some(id));
            }
        }
    }

    async fn read_on(&mut self) -> Result<(), Failure> {
        let waiting = self.app.store.waiting(&self.shop.id, self.next.as_ref(), ROWS).await?;
        (self.next, self.begun) = (waiting.next, true);
        let placed = waiting
            .rows
            .into_iter()
            .map(|row| (place(row.waiting_since, row.last_customer_message_at, &row.id), row.id));
        self.shown.extend(placed);
        Ok(())
    }
}
