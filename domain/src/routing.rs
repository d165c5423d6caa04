//! Who gets an inquiry, and why (SPEC §3.3, §5.3): a pure rule.

use jiff::Timestamp;

use crate::ids::AgentId;
use crate::labels::Category;

/// An agent who might get an inquiry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub agent: AgentId,
    /// Whether their page is open.
    pub online: bool,
    /// Whether their switch is on.
    pub receiving: bool,
    /// Whether the roster has them on duty; `None` where the shop has no roster.
    pub on_duty: Option<bool>,
    /// Active inquiries that they have.
    pub load: u32,
    /// Up to how many they get by themselves.
    pub capacity: u32,
    /// What they are responsible for.
    pub responsible: Vec<Category>,
    /// When they last got one.
    pub last_given_at: Option<Timestamp>,
}

/// What is known of an inquiry that waits for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrival<'a> {
    /// What about.
    pub category: Category,
    /// Whose it was before it had ended and the customer came back.
    pub had_it: Option<&'a AgentId>,
    /// Who last served this customer.
    pub knows_customer: Option<&'a AgentId>,
    /// Who put it back: it is not given to them again by itself.
    pub put_back_by: Option<&'a AgentId>,
}

/// What made the choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// They had it before.
    HadIt,
    /// Nobody else could take it.
    OnlyOne,
    /// They are on duty.
    OnDuty,
    /// They are responsible for the category.
    Responsible,
    /// They last served the customer.
    KnowsCustomer,
    /// They have the least for their capacity.
    LeastLoaded,
    /// They have been without a new one longest.
    LongestWithout,
}

impl Because {
    /// Every reason; stored as places in this list.
    pub const ALL: &'static [Self] = &[
        Self::HadIt,
        Self::OnlyOne,
        Self::OnDuty,
        Self::Responsible,
        Self::KnowsCustomer,
        Self::LeastLoaded,
        Self::LongestWithout,
    ];
    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::HadIt => "had_it",
            Self::OnlyOne => "only_one",
            Self::OnDuty => "on_duty",
            Self::Responsible => "responsible",
            Self::KnowsCustomer => "knows_customer",
            Self::LeastLoaded => "least_loaded",
            Self::LongestWithout => "longest_without",
        }
    }
}

/// Why somebody got an inquiry: "responsible for payment; 3 of 10" (SPEC §5.9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Routed {
    /// What made the choice.
    pub because: Because,
    /// What they are responsible for, if that made it.
    pub category: Option<Category>,
    /// Their active inquiries, this one included.
    pub load: u32,
    /// Up to how many they get by themselves.
    pub capacity: u32,
}

/// Whether the system may give somebody an inquiry: online, receiving, with room, and on duty
/// where the shop demands it and has a roster (SPEC §5.3, §5.6, §5.8).
pub fn can_take(candidate: &Candidate, duty_required: bool) -> bool {
    let duty = !duty_required || candidate.on_duty.unwrap_or(true);
    candidate.online && candidate.receiving && candidate.load < candidate.capacity && duty
}

/// Who gets it, and why; `None` if nobody can take it. Whoever had it comes first; then the
/// candidates are narrowed by one preference after the other until one is left.
pub fn route(
    candidates: &[Candidate],
    arrival: &Arrival<'_>,
    duty_required: bool,
) -> Option<(AgentId, Routed)> {
    let mut left: Vec<&Candidate> = candidates
        .iter()
        .filter(|it| can_take(it, duty_required) && Some(&it.agent) != arrival.put_back_by)
        .collect();
    if let Some(had_it) = left.iter().find(|it| Some(&it.agent) == arrival.had_it) {
        return Some(chosen(had_it, Because::HadIt, arrival));
    }
    if let [only] = left[..] {
        return Some(chosen(only, Because::OnlyOne, arrival));
    }
    for preference in PREFERENCES {
        narrow(&mut left, *preference, arrival);
        if let [only] = left[..] {
            return Some(chosen(only, *preference, arrival));
        }
    }
    // All the same: by their ids, so that everybody who asks gets the same answer.
    let first = left.into_iter().min_by(|one, other| one.agent.cmp(&other.agent))?;
    Some(chosen(first, Because::LongestWithout, arrival))
}

/// In this order (SPEC §5.3).
const PREFERENCES: &[Because] = &[
    Because::OnDuty,
    Because::Responsible,
    Because::KnowsCustomer,
    Because::LeastLoaded,
    Because::LongestWithout,
];

/// Leaves those whom a preference prefers; all of them where it prefers nobody.
fn narrow(left: &mut Vec<&Candidate>, preference: Because, arrival: &Arrival<'_>) {
    let least = left.iter().copied().reduce(|one, other| if lighter(other, one) { other } else { one });
    let longest = left.iter().map(|it| it.last_given_at).min().flatten();
    let preferred = |it: &Candidate| match preference {
        Because::HadIt | Because::OnlyOne => true,
        Because::OnDuty => it.on_duty == Some(true),
        Because::Responsible => it.responsible.contains(&arrival.category),
        Because::KnowsCustomer => Some(&it.agent) == arrival.knows_customer,
        Because::LeastLoaded => least.is_some_and(|least| !lighter(least, it)),
        Because::LongestWithout => it.last_given_at == longest,
    };
    if left.iter().any(|it| preferred(it)) {
        left.retain(|it| preferred(it));
    }
}

/// Whether one has less for their capacity than another: load ÷ capacity, without dividing.
fn lighter(one: &Candidate, other: &Candidate) -> bool {
    u64::from(one.load) * u64::from(other.capacity) < u64::from(other.load) * u64::from(one.capacity)
}

fn chosen(candidate: &Candidate, because: Because, arrival: &Arrival<'_>) -> (AgentId, Routed) {
    let category = (because == Because::Responsible).then_some(arrival.category);
    let routed = Routed { because, category, load: candidate.load + 1, capacity: candidate.capacity };
    (candidate.agent.clone(), routed)
}

#[cfg(test)]
#[path = "routing/tests.rs"]
mod tests;
