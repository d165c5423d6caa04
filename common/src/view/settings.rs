//! What a shop decided about service and its times, on the wire (SPEC §5, §6).

use domain::ids::AgentId;
use domain::shop::{Department, ReplyClock, ServiceSettings, Shop};
use domain::text::Line;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::week::{SpanView, spans_of, week_of};
use crate::http::{Fields, Object};
use crate::problem::FieldCode;

/// The most characters of a department's name.
const DEPARTMENT_CHARACTERS: usize = 40;
/// The most departments, and the most holidays.
const MOST: usize = 200;
/// The most hours until an inquiry in conversation is raised.
const MOST_REMINDER_HOURS: u32 = 168;

/// What a shop decided about service.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = ServiceSettings)]
#[serde(deny_unknown_fields)]
pub struct SettingsView {
    /// `wall`: every hour counts towards a promised reply; `business`: only business hours do.
    pub reply_clock: String,
    /// When the shop is open, in its own time; several spans a day if need be.
    pub business_hours: Vec<SpanView>,
    /// Days on which it is closed, `2026-01-01`.
    pub holidays: Vec<String>,
    /// Whether only agents on duty get inquiries by themselves.
    pub duty_required: bool,
    /// Hours after which an inquiry in conversation is raised to its agent, 1 to 168.
    pub reminder_hours: i64,
    /// Departments that can be asked.
    #[schema(value_type = Vec<DepartmentView>)]
    pub departments: Vec<Object<DepartmentView>>,
}

/// A department that can be asked.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = Department)]
#[serde(deny_unknown_fields)]
pub struct DepartmentView {
    /// Its name.
    pub name: String,
    /// Who is told.
    pub agents: Vec<String>,
}

impl From<&ServiceSettings> for SettingsView {
    fn from(settings: &ServiceSettings) -> Self {
        let department = |it: &Department| {
            Object(DepartmentView {
                name: it.name.clone(),
                agents: it.agents.iter().map(ToString::to_string).collect(),
            })
        };
        Self {
            reply_clock: settings.reply_clock.as_str().to_owned(),
            business_hours: spans_of(&settings.business_hours),
            holidays: settings.holidays.iter().map(ToString::to_string).collect(),
            duty_required: settings.duty_required,
            reminder_hours: settings.reminder_hours.into(),
            departments: settings.departments.iter().map(department).collect(),
        }
    }
}

impl SettingsView {
    /// The settings for that shop; every wrong field is named.
    pub fn checked(&self, shop: &Shop, fields: &mut Fields) -> Option<ServiceSettings> {
        let clock = ReplyClock::parse(&self.reply_clock);
        if clock.is_none() {
            fields.wrong("reply_clock", FieldCode::UnknownValue);
        }
        let business_hours = week_of(fields, "business_hours", &self.business_hours);
        if clock == Some(ReplyClock::Business) && self.business_hours.is_empty() {
            // Nothing would ever be due.
            fields.wrong("business_hours", FieldCode::Required);
        }
        let reminder_hours = u32::try_from(self.reminder_hours).ok();
        let reminder_hours = reminder_hours.filter(|hours| (1..=MOST_REMINDER_HOURS).contains(hours));
        if reminder_hours.is_none() {
            fields.wrong("reminder_hours", FieldCode::OutOfRange(1, MOST_REMINDER_HOURS));
        }
        let (holidays, departments) = (self.holidays(fields), self.departments(shop, fields));
        Some(ServiceSettings {
            reply_clock: clock?,
            business_hours: business_hours?,
            holidays,
            duty_required: self.duty_required,
            reminder_hours: reminder_hours?,
            departments,
        })
    }

    fn holidays(&self, fields: &mut Fields) -> Vec<Date> {
        if self.holidays.len() > MOST {
            fields.wrong("holidays", FieldCode::TooMany(MOST));
        }
        let mut dates: Vec<Date> = Vec::new();
        for (place, text) in self.holidays.iter().enumerate() {
            match text.parse().ok().filter(|date: &Date| date.to_string() == *text) {
                Some(date) => dates.push(date),
                None => fields.wrong(&format!("holidays[{place}]"), FieldCode::WrongType),
            }
        }
        dates.sort_unstable();
        dates.dedup();
        dates
    }

    fn departments(&self, shop: &Shop, fields: &mut Fields) -> Vec<Department> {
        if self.departments.len() > MOST {
            fields.wrong("departments", FieldCode::TooMany(MOST));
        }
        let mut all: Vec<Department> = Vec::new();
        for (place, Object(department)) in self.departments.iter().enumerate() {
            let field = format!("departments[{place}]");
            let name = fields.line::<DEPARTMENT_CHARACTERS>(&format!("{field}.name"), Some(&department.name));
            let Some(name) = name.map(Line::into_string) else { continue };
            if all.iter().any(|other| other.name == name) {
                fields.wrong(&format!("{field}.name"), FieldCode::NotUnique);
            }
            let known = |id: &String| AgentId::parse(id).ok().filter(|agent| shop.can_serve(agent));
            let agents: Option<Vec<_>> = department.agents.iter().map(known).collect();
            if agents.is_none() {
                fields.wrong(&format!("{field}.agents"), FieldCode::UnknownValue);
            }
            if department.agents.is_empty() {
                // Whoever asks it would wait in vain.
                fields.wrong(&format!("{field}.agents"), FieldCode::Required);
            }
            all.push(Department { name, agents: agents.unwrap_or_default() });
        }
        all
    }
}
