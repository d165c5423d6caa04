//! Spans of a week on the wire: `{"day": "monday", "from": "09:00", "to": "18:00"}`.

use domain::calendar::{Day, Overlaps, Span, Week, format_time, parse_time};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::Fields;
use crate::problem::FieldCode;

/// The most spans of a week.
const MOST_SPANS: usize = 100;

/// A span of a day in the shop's time. What goes on after midnight is two spans.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Span)]
#[serde(deny_unknown_fields)]
pub struct SpanView {
    /// `monday` to `sunday`.
    pub day: String,
    /// `00:00` to `23:59`.
    pub from: String,
    /// `00:01` to `24:00`.
    pub to: String,
}

/// A week's spans, as they are shown.
pub fn spans_of(week: &Week) -> Vec<SpanView> {
    let view = |span: &Span| SpanView {
        day: span.day.as_str().to_owned(),
        from: format_time(span.from),
        to: format_time(span.to),
    };
    week.spans().iter().map(view).collect()
}

/// A week from what was sent; every wrong part is named.
pub fn week_of(fields: &mut Fields, field: &str, spans: &[SpanView]) -> Option<Week> {
    if spans.len() > MOST_SPANS {
        fields.wrong(field, FieldCode::TooMany(MOST_SPANS));
        return None;
    }
    let mut read = Vec::with_capacity(spans.len());
    for (place, span) in spans.iter().enumerate() {
        let mut part = |name: &str, value: Option<u16>| {
            if value.is_none() {
                fields.wrong(&format!("{field}[{place}].{name}"), FieldCode::UnknownValue);
            }
            value
        };
        let times = (part("from", parse_time(&span.from)), part("to", parse_time(&span.to)));
        let Some(day) = Day::parse(&span.day) else {
            fields.wrong(&format!("{field}[{place}].day"), FieldCode::UnknownValue);
            continue;
        };
        let (Some(from), Some(to)) = times else { continue };
        match Span::new(day, from, to) {
            Ok(span) => read.push(span),
            Err(_) => fields.wrong(&format!("{field}[{place}].to"), FieldCode::EndsBeforeStart),
        }
    }
    if read.len() < spans.len() {
        return None;
    }
    Week::new(read)
        .map_err(|Overlaps(place)| fields.wrong(&format!("{field}[{place}].from"), FieldCode::Overlaps))
        .ok()
}
