//! A shop and its staff, as far as the rules need them (SPEC §1).

use crate::actor::Role;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::calendar::{BusinessHours, Day, Week};
use crate::deadline;
use crate::ids::{AgentId, ShopId};
use crate::labels::{Category, Locale, PaymentMethod, Priority};
use crate::refund::Payer;

/// The tenant: what customers see of it and what it decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shop {
    /// The shop.
    pub id: ShopId,
    /// The name that customers know.
    pub name: String,
    /// Where it sells, an ISO 3166 country code.
    pub market: String,
    /// The language of the shop's own mails and pages.
    pub locale: Locale,
    /// IANA name of its time zone.
    pub time_zone: String,
    /// ISO 4217 code.
    pub currency: String,
    /// The telephone number that customers see.
    pub phone: Option<String>,
    /// The address that customers see.
    pub email: Option<String>,
    /// Where a member reads the history of their inquiries, for the link in mails.
    pub account_url: Option<String>,
    /// Whether guests are let in without confirming their address (SPEC §2.4; off by default).
    pub guests_unconfirmed: bool,
    /// Sites whose pages may call the API from a browser: exact origins.
    pub origins: Vec<String>,
    /// Everybody of the staff.
    pub members: Vec<Member>,
    /// What the shop changed of the categories' priorities.
    pub priorities: Vec<(Category, Priority)>,
    /// What the shop changed of the hours to reply.
    pub reply_hours: Vec<(Priority, u32)>,
    /// What it decided about service and its times.
    pub service_settings: ServiceSettings,
    /// What it decided about orders and refunds.
    pub order_settings: OrderSettings,
}

/// What a shop decided about orders and refunds (SPEC §10).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderSettings {
    /// Who pays refunds.
    pub payer: Payer,
    /// Above this amount, in minor units of the shop's currency, a second person confirms what was paid by hand.
    pub second_person_above: Option<u64>,
    /// Whether days to ship are working days: days with business hours that are no holidays; Monday to Friday
    /// where the shop never said when it is open.
    pub working_days: bool,
    /// Days from shipping to delivery.
    pub transit_days: u32,
    /// What the shop changed of when the money arrives.
    pub arrivals: Vec<(PaymentMethod, Arrival)>,
}

impl Default for OrderSettings {
    fn default() -> Self {
        Self {
            payer: Payer::ByHand,
            second_person_above: None,
            working_days: false,
            transit_days: 7,
            arrivals: Vec::new(),
        }
    }
}

/// When the customer sees the money again (SPEC §10.9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrival {
    /// The fewest.
    pub from: u32,
    /// The most.
    pub to: u32,
    /// Of what.
    pub unit: ArrivalUnit,
}

/// What an arrival time is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArrivalUnit {
    /// Working days of banks.
    WorkingDays,
    /// Weeks.
    Weeks,
}

impl ArrivalUnit {
    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::WorkingDays => "working_days",
            Self::Weeks => "weeks",
        }
    }
    /// The unit of a word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::WorkingDays, Self::Weeks].into_iter().find(|unit| unit.as_str() == word)
    }
}

/// What a shop decided about service and its times (SPEC §5, §6).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceSettings {
    /// On which clock a reply is due.
    pub reply_clock: ReplyClock,
    /// When the shop is open; empty where it never said.
    pub business_hours: Week,
    /// Days on which it is closed.
    pub holidays: Vec<Date>,
    /// Whether only agents on duty get inquiries by themselves (SPEC §5.3).
    pub duty_required: bool,
    /// Hours after which an inquiry in conversation is raised to its agent (SPEC §3.7).
    pub reminder_hours: u32,
    /// Departments that can be asked.
    pub departments: Vec<Department>,
}

/// On which clock a reply is due (SPEC §6.1).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ReplyClock {
    /// Every hour counts.
    #[default]
    Wall,
    /// Only business hours count.
    Business,
}

impl ReplyClock {
    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Wall => "wall",
            Self::Business => "business",
        }
    }
    /// The clock of a word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Wall, Self::Business].into_iter().find(|clock| clock.as_str() == word)
    }
}

/// A department that can be asked (SPEC §3.7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Department {
    /// Its name, unique in the shop.
    pub name: String,
    /// Who is told.
    pub agents: Vec<AgentId>,
}

impl Default for ServiceSettings {
    fn default() -> Self {
        Self {
            reply_clock: ReplyClock::Wall,
            business_hours: Week::default(),
            holidays: Vec::new(),
            duty_required: false,
            reminder_hours: 24,
            departments: Vec::new(),
        }
    }
}

/// A person of a shop's staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub agent: AgentId,
    /// The name that customers and colleagues see.
    pub nickname: String,
    /// What they may do.
    pub role: Role,
    /// 具有客服權限: may be assigned inquiries and answer them.
    pub service: bool,
    /// The approved avatar's file, if there is one (SPEC §1).
    pub avatar: Option<String>,
    /// Where digests go; never shown to customers.
    pub email: Option<String>,
}

impl Shop {
    /// The priority that a category decides (SPEC §2.3).
    pub fn priority_of(&self, category: Category) -> Priority {
        let changed = self.priorities.iter().find(|(of, _)| *of == category);
        changed.map_or_else(|| category.default_priority(), |(_, priority)| *priority)
    }

    /// Hours to the reply that a priority promises: 4, 12 or 24 unless changed (SPEC §2.3).
    pub fn reply_hours_of(&self, priority: Priority) -> u32 {
        let changed = self.reply_hours.iter().find(|(of, _)| *of == priority);
        changed.map_or(
            match priority {
                Priority::Urgent => 4,
                Priority::Important => 12,
                Priority::General => 24,
            },
            |(_, hours)| *hours,
        )
    }

    /// Its time zone; UTC should the name mean nothing any more.
    pub fn zone(&self) -> TimeZone {
        TimeZone::get(&self.time_zone).unwrap_or(TimeZone::UTC)
    }

    /// When the reply to a message of that moment is due (SPEC §6.1).
    pub fn reply_due(&self, since: Timestamp, priority: Priority) -> Timestamp {
        let promised = SignedDuration::from_hours(i64::from(self.reply_hours_of(priority)));
        let settings = &self.service_settings;
        let open = (settings.reply_clock == ReplyClock::Business).then(|| BusinessHours {
            week: settings.business_hours.clone(),
            holidays: settings.holidays.clone(),
        });
        let business = open.and_then(|open| open.after(since, promised, &self.zone()));
        business.unwrap_or_else(|| deadline::after(since, promised))
    }

    /// When an inquiry that goes on in conversation now is raised to its agent (SPEC §3.7).
    pub fn remind_at(&self, now: Timestamp) -> Timestamp {
        let hours = i64::from(self.service_settings.reminder_hours);
        deadline::after(now, SignedDuration::from_hours(hours))
    }

    /// The day that many days after another: calendar days, or working days by the shop's setting.
    pub fn days_later(&self, from: Date, days: u32) -> Date {
        if !self.order_settings.working_days {
            return from.checked_add(i64::from(days).days()).unwrap_or(Date::MAX);
        }
        let (mut date, mut left) = (from, days);
        // A shop that is never open ships by the calendar.
        let mut patience = 400 + 7 * days;
        while left > 0 && patience > 0 {
            date = date.tomorrow().unwrap_or(Date::MAX);
            patience -= 1;
            left -= u32::from(self.works_on(date));
        }
        date
    }

    fn works_on(&self, date: Date) -> bool {
        let day = Day::of(date.weekday());
        let settings = &self.service_settings;
        let open = match settings.business_hours.is_empty() {
            true => day < Day::Saturday,
            false => settings.business_hours.spans().iter().any(|span| span.day == day),
        };
        open && !settings.holidays.contains(&date)
    }

    /// When money arrives that was paid in that way; the shop's words, or the usual ones.
    pub fn arrival(&self, method: PaymentMethod) -> Option<Arrival> {
        let changed = self.order_settings.arrivals.iter().find(|(of, _)| *of == method);
        changed.map(|(_, arrival)| *arrival).or(match method {
            PaymentMethod::Fps | PaymentMethod::BankTransfer | PaymentMethod::CashOnDelivery => {
                Some(Arrival { from: 3, to: 5, unit: ArrivalUnit::WorkingDays })
            }
            PaymentMethod::CreditCard => Some(Arrival { from: 3, to: 4, unit: ArrivalUnit::Weeks }),
            PaymentMethod::Other => None,
        })
    }

    /// The department of that name.
    pub fn department(&self, name: &str) -> Option<&Department> {
        self.service_settings.departments.iter().find(|department| department.name == name)
    }

    /// The person with that id, if they are of this shop.
    pub fn member(&self, agent: &AgentId) -> Option<&Member> {
        self.members.iter().find(|member| &member.agent == agent)
    }

    /// Everybody with the customer-service permission.
    pub fn service(&self) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(|member| member.service)
    }

    /// The one agent, in a shop that has only one: everything is theirs (SPEC §5.2).
    pub fn only_agent(&self) -> Option<&Member> {
        let mut service = self.service();
        service.next().filter(|_| service.next().is_none())
    }

    /// Whether an inquiry may be given to that person.
    pub fn can_serve(&self, agent: &AgentId) -> bool {
        self.member(agent).is_some_and(|member| member.service)
    }
}

#[cfg(test)]
mod tests {
    use crate::labels::{Category, Priority};
    use crate::testing::{agent, shop, single_agent_shop};

    #[test]
    fn a_category_decides_the_priority_unless_the_shop_says_otherwise() {
        let mut shop = shop();
        assert_eq!(shop.priority_of(Category::Payment), Priority::Urgent);
        shop.priorities.push((Category::Payment, Priority::General));
        assert_eq!(shop.priority_of(Category::Payment), Priority::General);
        assert_eq!(shop.reply_hours_of(Priority::Urgent), 4);
    }

    #[test]
    fn only_service_permission_makes_an_agent() {
        assert!(shop().only_agent().is_none());
        let single = single_agent_shop();
        assert_eq!(single.only_agent().map(|member| &member.agent), Some(&agent("nora")));
        assert!(!single.can_serve(&agent("otto")));
        assert!(!single.can_serve(&agent("stranger")));
    }
}
