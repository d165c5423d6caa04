//! Several ordered streams become one ordered page.

use crate::failure::Failure;
use crate::store::items::Row;
use crate::store::keys::Index;
use crate::store::row;
use crate::store::table::Page;

/// One partition of an index, in order.
#[derive(Debug, Clone)]
pub struct Stream {
    /// The index.
    pub index: Index,
    /// The partition.
    pub partition: String,
    /// From the last to the first.
    pub newest_first: bool,
}

/// Streams that are merged by their sort keys.
#[derive(Debug, Clone)]
pub struct Phase {
    /// The streams; all in the same direction.
    pub streams: Vec<Stream>,
    /// Only what stands before this, going up.
    pub until: Option<String>,
}

/// What one round of reading gave.
#[derive(Debug)]
pub struct Merged {
    /// The rows that passed.
    pub rows: Vec<Row>,
    /// The sort key of the last row that was looked at.
    pub last: Option<String>,
    /// Whether there may be more behind it.
    pub more: bool,
}

impl Phase {
    /// Partitions of one index.
    pub fn of(index: Index, partitions: Vec<String>, newest_first: bool) -> Self {
        let stream = |partition| Stream { index, partition, newest_first };
        Self { streams: partitions.into_iter().map(stream).collect(), until: None }
    }
}

/// Takes rows in order until `wanted` passed, or a stream that goes on has nothing left here:
/// behind that point the order is not known yet.
pub fn merge(
    pages: &[Page],
    phase: &Phase,
    wanted: usize,
    admits: impl Fn(&Row) -> bool,
) -> Result<Merged, Failure> {
    let mut next = vec![0; pages.len()];
    let mut merged = Merged { rows: Vec::new(), last: None, more: false };
    loop {
        if pages.iter().zip(&next).any(|(page, at)| *at == page.items.len() && page.more) {
            merged.more = true;
            return Ok(merged);
        }
        let heads = pages.iter().zip(&phase.streams).zip(&next).enumerate();
        let mut first: Option<(usize, &str)> = None;
        for (number, ((page, stream), at)) in heads {
            let Some(item) = page.items.get(*at) else { continue };
            let key = item.text(stream.index.sort())?;
            let before = |(_, best): (usize, &str)| if stream.newest_first { key > best } else { key < best };
            if first.is_none_or(before) {
                first = Some((number, key));
            }
        }
        let Some((number, key)) = first else { return Ok(merged) };
        if merged.rows.len() == wanted {
            merged.more = true;
            return Ok(merged);
        }
        let row = row(&pages[number].items[next[number]])?;
        merged.last = Some(key.to_owned());
        next[number] += 1;
        if admits(&row) {
            merged.rows.push(row);
        }
    }
}
