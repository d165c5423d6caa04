//! An older part of a timeline, apart from its inquiry.

use super::entry::LineItem;
use super::{Line, decode, encode};
use crate::failure::Failure;

/// A page of older entries as it is stored.
pub(in crate::store) fn encode_page(lines: &[Line]) -> Vec<u8> {
    encode(&lines.iter().map(LineItem::from).collect::<Vec<_>>())
}

/// The entries of a stored page, oldest first.
pub(in crate::store) fn decode_page(bytes: &[u8]) -> Result<Vec<Line>, Failure> {
    decode::<Vec<LineItem>>(bytes)?.into_iter().map(Line::try_from).collect()
}
