//! What is decided about a refund: each action takes its own fields only.

use common::http::{Fields, Object};
use common::problem::Problem;
use common::view::order::MoneyView;
use domain::money::Money;
use serde::Deserialize;
use utoipa::ToSchema;

/// The most characters of a reason.
const REASON_CHARACTERS: usize = 500;

/// What is decided.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideRefund {
    #[schema(required)]
    action: Option<RefundAction>,
    /// `agree`: how much; all that was asked for unless it is given. A smaller amount without a proof is an
    /// offer, which the customer is asked to agree to.
    #[schema(value_type = Option<MoneyView>)]
    amount: Option<Object<MoneyView>>,
    /// `reject`: why, 10 to 500 characters; the customer reads it. `found_unpaid`, `look_into`: what was found, as
    /// long; only staff read it.
    reason: Option<String>,
    /// `agree` to a smaller amount, `reject`: the number of the message in the refund's inquiry in which the
    /// customer agrees.
    pub proof: Option<u32>,
    /// `confirm`, `found_paid`: the bank's or the provider's reference, at most 120 characters.
    reference: Option<String>,
}

/// What is done with a refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum RefundAction {
    /// 同意退款: what the customer asked for.
    Agree,
    /// 拒絕退款, or giving a failed one up: needs a reason and the customer's consent.
    Reject,
    /// Takes the shop's own offer back.
    Withdraw,
    /// Tries a failed one again.
    Retry,
    /// Pays a failed one by hand.
    ByHand,
    /// It was paid by hand.
    Confirm,
    /// The provider paid, as its own books say, though it did not tell.
    FoundPaid,
    /// It was not paid: by the provider, as its own books say, or by hand.
    FoundUnpaid,
    /// What the provider contradicted was looked into.
    LookInto,
}

/// A decision with what it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Of an amount, or of all that was asked for.
    Agree(Option<Money>),
    /// For a reason; empty where none was given, which its rule refuses.
    Reject(String),
    /// Of an offer.
    Withdraw,
    /// Of a failed one.
    Retry,
    /// Of a failed one.
    ByHand,
    /// With the bank's reference.
    Confirm(String),
    /// With the provider's reference.
    FoundPaid(String),
    /// With what was found.
    FoundUnpaid(String),
    /// With what was found.
    LookInto(String),
}

impl DecideRefund {
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

    fn decision(&self, action: RefundAction, fields: &mut Fields) -> Option<Decision> {
        let (agrees, rejects) = (action == RefundAction::Agree, action == RefundAction::Reject);
        let reasoned = rejects || [RefundAction::FoundUnpaid, RefundAction::LookInto].contains(&action);
        let referred = [RefundAction::Confirm, RefundAction::FoundPaid].contains(&action);
        fields.none("amount", self.amount.is_some() && !agrees);
        fields.none("reason", self.reason.is_some() && !reasoned);
        fields.none("proof", self.proof.is_some() && !agrees && !rejects);
        fields.none("reference", self.reference.is_some() && !referred);
        Some(match action {
            RefundAction::Agree => {
                let amount = self.amount.as_ref();
                Decision::Agree(amount.and_then(|Object(amount)| amount.checked("amount", fields)))
            }
            RefundAction::Reject => Decision::Reject(self.reason(fields)),
            RefundAction::Withdraw => Decision::Withdraw,
            RefundAction::Retry => Decision::Retry,
            RefundAction::ByHand => Decision::ByHand,
            RefundAction::Confirm => Decision::Confirm(self.reference(fields)?),
            RefundAction::FoundPaid => Decision::FoundPaid(self.reference(fields)?),
            RefundAction::FoundUnpaid => Decision::FoundUnpaid(self.reason(fields)),
            RefundAction::LookInto => Decision::LookInto(self.reason(fields)),
        })
    }

    /// A reason; its rule refuses one that says too little.
    fn reason(&self, fields: &mut Fields) -> String {
        let reason = fields.text_within_if_any("reason", self.reason.as_deref(), REASON_CHARACTERS);
        reason.map_or_else(String::new, |text| text.as_str().to_owned())
    }

    fn reference(&self, fields: &mut Fields) -> Option<String> {
        fields.line::<120>("reference", self.reference.as_deref()).map(|line| line.into_string())
    }
}
