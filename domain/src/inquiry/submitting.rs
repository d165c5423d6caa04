//! A customer asks (SPEC §2).

use jiff::Timestamp;

use super::{EXCERPT_BYTES, GivenEvidence, Inquiry, Product, Raised};
use crate::actor::{By, Customer};
use crate::change::Change;
use crate::event::Event;
use crate::ids::InquiryId;
use crate::labels::{Category, Locale, Source};
use crate::shop::Shop;
use crate::text::{Text, excerpt};

/// What a customer submits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// Where from.
    pub source: Source,
    /// What about.
    pub category: Category,
    /// One line, if the customer gave one.
    pub subject: Option<String>,
    /// The whole text.
    pub text: Text,
    /// The order's number.
    pub order: Option<String>,
    /// The product.
    pub product: Option<Product>,
    /// The customer's language.
    pub locale: Locale,
    /// What the form asked for up front.
    pub evidence: GivenEvidence,
    /// The locked inquiry that it goes on from.
    pub follows: Option<InquiryId>,
}

impl Inquiry {
    /// Opens an inquiry. One that is not yet `confirmed` stands in no list (SPEC §2.4); a
    /// confirmed one in a shop with one agent is that agent's at once (SPEC §5.2).
    pub fn submit(
        id: InquiryId,
        shop: &Shop,
        customer: Customer,
        submission: Submission,
        confirmed: bool,
        now: Timestamp,
    ) -> Change {
        let text = submission.text.as_str().to_owned();
        let inquiry = Self { confirmed, ..Self::begun(id, shop, customer, submission, now) };
        let asked = Change::to(inquiry).record(By::Customer, now, Event::Submitted { text });
        if confirmed { asked.given_to_only_agent(shop, now) } else { asked }
    }

    /// One that waits for a reply to what it begins with, with nothing recorded yet.
    pub(super) fn begun(
        id: InquiryId,
        shop: &Shop,
        customer: Customer,
        submission: Submission,
        now: Timestamp,
    ) -> Self {
        let text = submission.text;
        let subject = submission.subject.unwrap_or_else(|| text.excerpt(EXCERPT_BYTES));
        let priority = shop.priority_of(submission.category);
        Self {
            id,
            shop: shop.id.clone(),
            customer,
            source: submission.source,
            category: submission.category,
            priority,
            priority_by_hand: false,
            subject: excerpt(&subject, 600),
            order: submission.order,
            product: submission.product,
            locale: submission.locale,
            evidence: submission.evidence,
            assignee: None,
            seen: false,
            flag: None,
            tags: Vec::new(),
            opened_at: now,
            confirmed: true,
            unanswered_since: Some(now),
            reply_due_at: Some(shop.reply_due(now, priority)),
            remind_at: None,
            raised: Raised::default(),
            snoozed_until: None,
            put_aside: false,
            questions: Vec::new(),
            had_by: None,
            put_back_by: None,
            reopened_at: None,
            changed_at: now,
            last_customer_message_at: now,
            last_message_at: now,
            preview: text.excerpt(EXCERPT_BYTES),
            first_answered_at: None,
            last_answered_by: None,
            last_answered_at: None,
            ended: None,
            follows: submission.follows,
            merged_into: None,
            absorbed: Vec::new(),
            rating: None,
            version: 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::event::Event;
    use crate::labels::{Priority, Status};
    use crate::testing::{agent, at, guest, shop, single_agent_shop, submission, submitted_to};

    #[test]
    fn a_new_inquiry_awaits_a_reply_with_its_categorys_priority() {
        let change = submitted_to(&shop(), at(0));
        let inquiry = change.after;
        assert_eq!(inquiry.status(), Status::AwaitingReply);
        assert_eq!(inquiry.priority, Priority::Important);
        assert_eq!(inquiry.waiting_since(), Some(at(0)));
        assert!(inquiry.unread() && inquiry.assignee.is_none());
        assert_eq!(inquiry.version, 1);
        assert!(change.notices.is_empty(), "the screen is a member's receipt");
    }

    #[test]
    fn without_a_subject_the_text_begins_the_list_row() {
        let mut asked = submission("包裹五天了\n還沒收到");
        asked.subject = None;
        let change = super::Inquiry::submit(guest().1, &shop(), guest().0, asked, true, at(0));
        assert_eq!(change.after.subject, "包裹五天了 還沒收到");
    }

    #[test]
    fn one_agent_has_everything_at_once_but_not_before_the_guest_confirmed() {
        let shop = single_agent_shop();
        let change = submitted_to(&shop, at(0));
        assert_eq!(change.after.assignee, Some(agent("nora")));
        assert!(matches!(change.entries[1].event, Event::Assigned { .. }));

        let (customer, id) = guest();
        let change = super::Inquiry::submit(id, &shop, customer, submission("?"), false, at(0));
        assert_eq!(change.after.assignee, None);
        assert!(!change.after.listed());
    }
}
