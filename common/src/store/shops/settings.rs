//! What a shop decided about service, as it is stored inside the shop's item.

use domain::calendar::{Span, Week};
use domain::ids::AgentId;
use domain::shop::{Department, ReplyClock, ServiceSettings};
use serde::{Deserialize, Serialize};

/// A span as `["monday", 540, 1080]`: day, first minute, minute behind the last.
pub type SpanItem = (String, u16, u16);

#[derive(Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Document {
    reply_clock: String,
    business_hours: Vec<SpanItem>,
    holidays: Vec<String>,
    duty_required: bool,
    reminder_hours: u32,
    departments: Vec<(String, Vec<String>)>,
}

impl Default for Document {
    fn default() -> Self {
        Self::of(&ServiceSettings::default())
    }
}

impl Document {
    pub(super) fn of(settings: &ServiceSettings) -> Self {
        let department = |it: &Department| {
            (it.name.clone(), it.agents.iter().map(ToString::to_string).collect::<Vec<_>>())
        };
        Self {
            reply_clock: settings.reply_clock.as_str().to_owned(),
            business_hours: span_items(&settings.business_hours),
            holidays: settings.holidays.iter().map(ToString::to_string).collect(),
            duty_required: settings.duty_required,
            reminder_hours: settings.reminder_hours,
            departments: settings.departments.iter().map(department).collect(),
        }
    }

    pub(super) fn read(self) -> Option<ServiceSettings> {
        let department = |(name, agents): (String, Vec<String>)| {
            let agents = agents.iter().map(|id| AgentId::parse(id).ok()).collect::<Option<_>>()?;
            Some(Department { name, agents })
        };
        Some(ServiceSettings {
            reply_clock: ReplyClock::parse(&self.reply_clock)?,
            business_hours: week(&self.business_hours)?,
            holidays: self.holidays.iter().map(|date| date.parse().ok()).collect::<Option<_>>()?,
            duty_required: self.duty_required,
            reminder_hours: self.reminder_hours,
            departments: self.departments.into_iter().map(department).collect::<Option<_>>()?,
        })
    }
}

/// A week as it is stored.
pub fn span_items(week: &Week) -> Vec<SpanItem> {
    week.spans().iter().map(|span| (span.day.as_str().to_owned(), span.from, span.to)).collect()
}

/// A week from what is stored.
pub fn week(items: &[SpanItem]) -> Option<Week> {
    let span = |(day, from, to): &SpanItem| Span::new(domain::calendar::Day::parse(day)?, *from, *to).ok();
    Week::new(items.iter().map(span).collect::<Option<_>>()?).ok()
}
