//! The shapes of what is stored, apart from the domain's types, so that either can change.
//!
//! Items hold compact CBOR with numbered fields: a field is added with a new number and
//! never reused; what an older version wrote is read with the new fields empty.

mod entry;
mod order;
mod order_entry;
mod order_row;
mod page;
mod question;
mod record;
mod refund;
mod refund_row;
mod returned;
mod row;

pub use entry::{Line, Mail, MailState};
pub use order::OrderRecord;
pub(in crate::store) use order::{decode_order_page, encode_order_page};
pub use order_row::OrderRow;
pub(in crate::store) use page::{decode_page, encode_page};
pub use record::{CommandKey, Record};
pub use refund_row::RefundRow;
pub use row::Row;

use jiff::Timestamp;
use minicbor::{Decode, Encode};

use crate::failure::Failure;

fn encode<T: Encode<()>>(value: &T) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(512);
    // Writing to memory cannot fail.
    let _ = minicbor::encode(value, &mut bytes);
    bytes
}

fn decode<'b, T: Decode<'b, ()>>(bytes: &'b [u8]) -> Result<T, Failure> {
    minicbor::decode(bytes).map_err(|error| unreadable(error.to_string()))
}

fn unreadable(why: impl Into<String>) -> Failure {
    Failure::Unreadable(why.into())
}

fn time(ms: i64) -> Result<Timestamp, Failure> {
    Timestamp::from_millisecond(ms).map_err(|error| unreadable(error.to_string()))
}

fn times(ms: Option<i64>) -> Result<Option<Timestamp>, Failure> {
    ms.map(time).transpose()
}

/// A closed list's value as the number of its place; the lists only grow at their end.
fn code<T: PartialEq>(all: &[T], value: &T) -> u8 {
    all.iter().position(|other| other == value).and_then(|place| u8::try_from(place).ok()).unwrap_or(u8::MAX)
}

fn decoded<T: Copy>(all: &[T], code: u8) -> Result<T, Failure> {
    all.get(usize::from(code)).copied().ok_or_else(|| unreadable(format!("no value has the code {code}")))
}

#[cfg(test)]
mod tests {
    use domain::labels::{Alarm, Category, EndReason, Flag, Locale, Priority, Score, Source, Status};
    use domain::routing::Because;

    /// Stored codes are places in these lists: appending is safe, anything else is not.
    #[test]
    fn the_order_of_the_closed_lists_is_what_is_stored() {
        let words = |all: Vec<&'static str>| all.join(" ");
        assert_eq!(
            words(Category::ALL.iter().map(|v| v.as_str()).collect()),
            "order_anomaly payment order logistics return_exchange refund complaint product \
             warranty technical promotion suggestion other"
        );
        assert_eq!(
            words(EndReason::ALL.iter().map(|v| v.as_str()).collect()),
            "answered resolved duplicate settled_by_phone feedback_only test spam other timeout customer"
        );
        assert_eq!(words(Source::ALL.iter().map(|v| v.as_str()).collect()), "contact_form order product");
        assert_eq!(words(Priority::ALL.iter().map(|v| v.as_str()).collect()), "urgent important general");
        assert_eq!(
            words(Status::ALL.iter().map(|v| v.as_str()).collect()),
            "awaiting_reply in_conversation replied"
        );
        assert_eq!(
            words(Flag::ALL.iter().map(|v| v.as_str()).collect()),
            "red orange yellow green blue purple"
        );
        assert_eq!(
            words(Alarm::ALL.iter().map(|v| v.as_str()).collect()),
            "overdue expiring unanswered_1_day unanswered_5_days unanswered_6_days forgotten snooze_over"
        );
        assert_eq!(
            words(Because::ALL.iter().map(|v| v.as_str()).collect()),
            "had_it only_one on_duty responsible knows_customer least_loaded longest_without"
        );
        assert_eq!(words(Locale::ALL.iter().map(|v| v.as_str()).collect()), "zh-Hant zh-Hans en");
        assert_eq!(
            words(Score::ALL.iter().map(|v| v.as_str()).collect()),
            "very_satisfied satisfied neutral dissatisfied very_dissatisfied"
        );
    }
}
