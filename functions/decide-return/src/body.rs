//! What is done with a return: each action takes its own fields only.

use common::http::{Fields, Object};
use common::problem::Problem;
use common::view::order::MoneyView;
use domain::money::Money;
use domain::order::Tracking;
use serde::Deserialize;
use utoipa::ToSchema;

/// The most characters of a reason.
const REASON_CHARACTERS: usize = 500;

/// What is done.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideReturn {
    #[schema(required)]
    action: Option<ReturnAction>,
    /// `reject`: why, 10 to 500 characters; the customer reads it.
    reason: Option<String>,
    /// `arrange_pick_up`: when and by whom, at most 300 characters; the customer reads it.
    details: Option<String>,
    /// `refund`: how much; all that the goods cost, as far as it is left, unless it is given.
    #[schema(value_type = Option<MoneyView>)]
    amount: Option<Object<MoneyView>>,
    /// `refund` of less: the number of the message in the return's inquiry in which the customer agrees.
    pub proof: Option<u32>,
    /// `replace`: who carries the replacement, at most 60 characters.
    carrier: Option<String>,
    /// `replace`: under which number, at most 60 characters.
    tracking: Option<String>,
}

/// What is done with a return.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ReturnAction {
    /// The shop takes it back.
    Accept,
    /// The shop does not; needs a reason.
    Reject,
    /// The customer does not want it any more.
    Withdraw,
    /// The pick-up is arranged, or arranged anew.
    ArrangePickUp,
    /// The goods are back.
    Receive,
    /// The money goes back.
    Refund,
    /// The replacement of an exchange left.
    Replace,
}

/// A decision with what it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Of what was asked for.
    Accept,
    /// For a reason; empty where none was given, which its rule refuses.
    Reject(String),
    /// Before the goods are back.
    Withdraw,
    /// When and by whom.
    ArrangePickUp(String),
    /// Of the goods.
    Receive,
    /// Of an amount, or of all that the goods cost.
    Refund(Option<Money>),
    /// How the replacement can be followed.
    Replace(Tracking),
}

impl DecideReturn {
    /// The decision.
    ///
    /// # Errors
    /// A problem with every wrong field.
    pub fn checked(&self) -> Result<Decision, Problem> {
        let mut fields = Fields::default();
        let action = fields.needed("action", self.action);
        let decision = action.and_then(|action| self.decision(action, &mut fields));
        fields.all_right(decision)
    }

    fn decision(&self, action: ReturnAction, fields: &mut Fields) -> Option<Decision> {
        let (refunds, replaces) = (action == ReturnAction::Refund, action == ReturnAction::Replace);
        fields.none("reason", self.reason.is_some() && action != ReturnAction::Reject);
        fields.none("details", self.details.is_some() && action != ReturnAction::ArrangePickUp);
        fields.none("amount", self.amount.is_some() && !refunds);
        fields.none("proof", self.proof.is_some() && !refunds);
        fields.none("carrier", self.carrier.is_some() && !replaces);
        fields.none("tracking", self.tracking.is_some() && !replaces);
        Some(match action {
            ReturnAction::Accept => Decision::Accept,
            ReturnAction::Reject => {
                let reason = self.reason.as_deref();
                let reason = fields.text_within_if_any("reason", reason, REASON_CHARACTERS);
                Decision::Reject(reason.map_or_else(String::new, |text| text.as_str().to_owned()))
            }
            ReturnAction::Withdraw => Decision::Withdraw,
            ReturnAction::ArrangePickUp => {
                let details = fields.line::<300>("details", self.details.as_deref())?;
                Decision::ArrangePickUp(details.into_string())
            }
            ReturnAction::Receive => Decision::Receive,
            ReturnAction::Refund => {
                let amount = self.amount.as_ref();
                Decision::Refund(amount.and_then(|Object(amount)| amount.checked("amount", fields)))
            }
            ReturnAction::Replace => {
                let carrier = fields.line::<60>("carrier", self.carrier.as_deref());
                let number = fields.line::<60>("tracking", self.tracking.as_deref());
                let (carrier, number) = carrier.zip(number)?;
                Decision::Replace(Tracking { carrier: carrier.into_string(), number: number.into_string() })
            }
        })
    }
}
