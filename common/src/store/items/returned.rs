//! A return or an exchange as it is stored, inside its order.

use domain::labels::ReturnKind;
use domain::order::Tracking;
use domain::returning::{Return, ReturnState, ReturnedItem};
use minicbor::{Decode, Encode};

use super::entry::inquiry;
use super::order::TrackingItem;
use super::{code, decoded, time};
use crate::failure::Failure;

#[derive(Encode, Decode)]
#[cbor(array)]
pub(super) struct ReturnItem {
    #[n(0)]
    number: u32,
    #[n(1)]
    kind: u8,
    #[n(2)]
    items: Vec<GoodsItem>,
    #[n(3)]
    reason: Option<String>,
    #[n(4)]
    state: u8,
    #[n(5)]
    inquiry: String,
    #[n(6)]
    at: i64,
    #[n(7)]
    changed_at: i64,
    #[n(8)]
    rejection: Option<String>,
    #[n(9)]
    pick_up: Option<String>,
    #[n(10)]
    refund: Option<u32>,
    #[n(11)]
    replacement: Option<TrackingItem>,
}

#[derive(Encode, Decode)]
#[cbor(array)]
struct GoodsItem {
    #[n(0)]
    product: String,
    #[n(1)]
    quantity: u32,
}

impl From<&Return> for ReturnItem {
    fn from(returned: &Return) -> Self {
        let goods =
            |item: &ReturnedItem| GoodsItem { product: item.product.clone(), quantity: item.quantity };
        Self {
            number: returned.number,
            kind: code(ReturnKind::ALL, &returned.kind),
            items: returned.items.iter().map(goods).collect(),
            reason: returned.reason.clone(),
            state: code(ReturnState::ALL, &returned.state),
            inquiry: returned.inquiry.to_string(),
            at: returned.at.as_millisecond(),
            changed_at: returned.changed_at.as_millisecond(),
            rejection: returned.rejection.clone(),
            pick_up: returned.pick_up.clone(),
            refund: returned.refund,
            replacement: returned.replacement.as_ref().map(TrackingItem::from),
        }
    }
}

impl TryFrom<ReturnItem> for Return {
    type Error = Failure;
    fn try_from(item: ReturnItem) -> Result<Self, Failure> {
        let goods = |item: GoodsItem| ReturnedItem { product: item.product, quantity: item.quantity };
        Ok(Self {
            number: item.number,
            kind: decoded(ReturnKind::ALL, item.kind)?,
            items: item.items.into_iter().map(goods).collect(),
            reason: item.reason,
            state: decoded(ReturnState::ALL, item.state)?,
            inquiry: inquiry(&item.inquiry)?,
            at: time(item.at)?,
            changed_at: time(item.changed_at)?,
            rejection: item.rejection,
            pick_up: item.pick_up,
            refund: item.refund,
            replacement: item.replacement.map(Tracking::from),
        })
    }
}
