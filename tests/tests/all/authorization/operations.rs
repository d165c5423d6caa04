//! Every operation: who it is for, and how it is asked so that whoever may is told apart from whoever may
//! not, while nothing changes.

use serde_json::{Value, json};

use super::order_operations::ORDERS;

/// Who an operation is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum For {
    /// Everybody.
    Everybody,
    /// Whoever holds the link of a confirmation mail; it stands in the body.
    ConfirmLink,
    /// Whoever holds the link of a reply's mail; it stands in the body.
    InquiryLink,
    /// Whoever holds the link of the mail about a closing; it stands in the body.
    ReopenLink,
    /// Everybody, but a token that is there must be valid.
    Visitors,
    /// Customers of the shop, about what is theirs.
    Customers,
    /// Whoever is signed in, wherever they work.
    SignedIn,
    /// Staff of the shop.
    Staff,
    /// Staff with the customer-service permission.
    Service,
    /// Staff with the customer-service permission, and who supervises them.
    Overseers,
    /// Supervisors and owners of the shop.
    Supervisors,
    /// Owners of the shop.
    Owners,
    /// Staff with the customer-service permission, about any inquiry that the shop sees.
    ServiceOnInquiry,
    /// The same, and who supervises them.
    OverseersOnInquiry,
    /// Staff with the customer-service permission, about any order of the shop.
    ServiceOnOrder,
    /// The shop's backend, by its API key.
    Backend,
    /// The shop's backend, by the signature of what it says.
    Provider,
}

/// An operation and what whoever may is answered.
#[derive(Debug)]
pub struct Operation {
    pub id: &'static str,
    pub audience: For,
    /// The statuses of those who may.
    pub passes: &'static [u16],
    body: &'static str,
}

pub const fn operation(
    id: &'static str,
    audience: For,
    passes: &'static [u16],
    body: &'static str,
) -> Operation {
    Operation { id, audience, passes, body }
}

/// A version that no inquiry has: whoever may is told that it moved on.
pub const VERSION: &str = "\"999999\"";

/// All of them but those about orders. A submission says nothing, so that whoever may is told what is missing; staff's commands
/// name a version that was never seen; customers' commands are carried out or refused by a rule.
const INQUIRIES: [Operation; 37] = [
    operation("keep_presence", For::Service, &[422], "{}"),
    operation("list_agents", For::Overseers, &[200], ""),
    // The second shop's otto does not serve, so there he has no desk.
    operation("update_desk", For::Supervisors, &[200, 404], "{}"),
    operation("snooze_inquiry", For::ServiceOnInquiry, &[409], r#"{"until":null}"#),
    operation("answer_question", For::ServiceOnInquiry, &[409], "{}"),
    operation("reopen_by_link", For::ReopenLink, &[200], ""),
    operation("update_service_settings", For::Owners, &[428], "{}"),
    operation("list_alerts", For::Overseers, &[200], ""),
    operation("see_alerts", For::Overseers, &[422], "{}"),
    operation("show_profile", For::Staff, &[200], ""),
    operation("update_profile", For::Staff, &[200], "{}"),
    operation("set_digest", For::Staff, &[422], "{}"),
    operation("list_proposals", For::Supervisors, &[200], ""),
    operation("decide_proposal", For::Supervisors, &[422], "{}"),
    operation("show_avatar", For::Everybody, &[404], ""),
    operation("show_inquiry_form", For::Everybody, &[200], ""),
    operation("confirm_inquiry", For::ConfirmLink, &[200], ""),
    operation("open_guest_session", For::InquiryLink, &[200], ""),
    operation("submit_inquiry", For::Visitors, &[422], "{}"),
    operation("list_my_inquiries", For::Customers, &[200], ""),
    operation("track_inquiry", For::Customers, &[200], ""),
    operation("follow_up_on_inquiry", For::Customers, &[201], r#"{"text":"x"}"#),
    operation("settle_inquiry", For::Customers, &[200, 409], "{}"),
    operation("rate_inquiry", For::Customers, &[200, 409], r#"{"rating":"neutral"}"#),
    operation("show_session", For::SignedIn, &[200], ""),
    operation("show_shop", For::Staff, &[200], ""),
    operation("list_inquiries", For::Overseers, &[200], ""),
    operation(
        "update_inquiries",
        For::Service,
        &[200],
        r#"{"items":[],"action":{"type":"assign","to":null}}"#,
    ),
    operation("show_inquiry", For::OverseersOnInquiry, &[200], ""),
    operation("reply_to_inquiry", For::ServiceOnInquiry, &[409], r#"{"text":"x","then":"done"}"#),
    operation("add_note", For::ServiceOnInquiry, &[409], r#"{"text":"x"}"#),
    operation("assign_inquiry", For::ServiceOnInquiry, &[409], r#"{"to":null}"#),
    operation("close_inquiry", For::ServiceOnInquiry, &[409], r#"{"reason":"spam"}"#),
    operation("reopen_inquiry", For::ServiceOnInquiry, &[409], "{}"),
    operation("label_inquiry", For::ServiceOnInquiry, &[409], r#"{"flag":"blue"}"#),
    operation("merge_inquiry", For::ServiceOnInquiry, &[409], r#"{"into":"{other}"}"#),
    operation("unmerge_inquiry", For::ServiceOnInquiry, &[409], "{}"),
];

/// Every operation.
pub fn all() -> impl Iterator<Item = &'static Operation> {
    INQUIRIES.iter().chain(&ORDERS)
}

/// The operation of that name.
pub fn named(id: &str) -> &'static Operation {
    let found = all().find(|operation| operation.id == id);
    found.unwrap_or_else(|| panic!("{id}: say in authorization/operations.rs who it is for"))
}

impl Operation {
    /// The body to send; `token` is what a link's holder would send, `other` another inquiry's id.
    pub fn body(&self, token: Option<&str>, other: &str) -> Option<Value> {
        match self.audience {
            For::ConfirmLink | For::InquiryLink | For::ReopenLink => {
                Some(json!({ "token": token.unwrap_or_default() }))
            }
            _ => serde_json::from_str(&self.body.replace("{other}", other)).ok(),
        }
    }

    /// The security schemes that its description must name; an empty one is everybody.
    pub fn callers(&self) -> &'static [&'static str] {
        match self.audience {
            For::Everybody | For::ConfirmLink | For::InquiryLink | For::ReopenLink => &[""],
            For::Visitors => &["", "guest_session", "member"],
            For::Customers => &["guest_session", "member"],
            For::Backend => &["api_key"],
            For::Provider => &["webhook_signature"],
            _ => &["agent"],
        }
    }
}
