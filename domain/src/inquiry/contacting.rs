//! An agent writes to an order's customer first (SPEC §2.8).

use jiff::Timestamp;

use super::{GivenEvidence, Inquiry, Submission};
use crate::actor::{Agent, By, Customer};
use crate::change::Change;
use crate::event::{Event, Then, Why};
use crate::ids::{InquiryId, OrderNumber};
use crate::labels::{Category, Source};
use crate::shop::Shop;
use crate::text::Text;

/// What an agent writes about an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// The order.
    pub order: OrderNumber,
    /// One line, if the agent gave one.
    pub subject: Option<String>,
    /// The whole text.
    pub text: Text,
}

impl Inquiry {
    /// Opens an inquiry with the agent's message, in the shop's language: it is the agent's, in conversation,
    /// and the customer gets one mail. Nobody waits, so no reply is due, and nothing counts as answered until
    /// the customer writes. Whether the order's customer may be written to, the order knows
    /// ([`crate::order::Order::may_contact`]).
    pub fn contact(
        id: InquiryId,
        shop: &Shop,
        customer: Customer,
        contact: Contact,
        agent: &Agent,
        now: Timestamp,
    ) -> Change {
        let text = contact.text.as_str().to_owned();
        let submission = Submission {
            source: Source::Order,
            category: Category::Order,
            subject: contact.subject,
            text: contact.text,
            order: Some(contact.order.to_string()),
            product: None,
            locale: shop.locale,
            evidence: GivenEvidence::default(),
            follows: None,
        };
        let inquiry = Self {
            seen: true,
            unanswered_since: None,
            reply_due_at: None,
            remind_at: Some(shop.remind_at(now)),
            last_answered_by: Some(agent.id.clone()),
            ..Self::begun(id, shop, customer, submission, now)
        };
        let by = || By::Agent(agent.id.clone());
        let written =
            Change::to(inquiry).record(by(), now, Event::AgentReplied { text, then: Then::KeepOpen });
        written.assign(Some(agent.id.clone()), Why::Taken, None, by(), now)
    }
}

#[cfg(test)]
mod tests {
    use super::{Contact, Inquiry};
    use crate::event::Then;
    use crate::inquiry::Due;
    use crate::labels::{Alarm, Source, Status};
    use crate::notice::{Notice, NoticeKind};
    use crate::refusal::Refusal;
    use crate::testing::{agent, at, guest, mia, order, shop, text};

    fn contacted() -> crate::change::Change {
        let (customer, id) = guest();
        let contact = Contact { order: order().number, subject: None, text: text("It leaves\ntomorrow") };
        Inquiry::contact(id, &shop(), customer, contact, &mia(), at(0))
    }

    #[test]
    fn it_is_the_agents_in_conversation_and_owes_one_mail() {
        let change = contacted();
        let inquiry = &change.after;
        assert_eq!((inquiry.status(), inquiry.source), (Status::InConversation, Source::Order));
        assert_eq!((inquiry.holder(), inquiry.order.as_deref()), (Some(&agent("mia")), Some("A1001")));
        assert_eq!(inquiry.subject, "It leaves tomorrow");
        assert!(inquiry.listed() && !inquiry.unread());
        assert_eq!(change.notices, [Notice { kind: NoticeKind::Reply, seq: 1 }]);
        assert_eq!(inquiry.version, 2);
    }

    #[test]
    fn nothing_is_due_but_a_reminder_and_nothing_counts_as_answered() -> Result<(), Refusal> {
        let opened = contacted().after;
        assert_eq!((opened.reply_due_at, opened.first_answered_at), (None, None));
        assert_eq!(opened.next_due(), Some((shop().remind_at(at(0)), Due::Alarm(Alarm::Forgotten))));
        let more = opened.reply(&shop(), &mia(), &text("Or on Friday"), Then::KeepOpen, at(60))?.after;
        assert_eq!(more.first_answered_at, None, "there was nothing to answer");
        Ok(())
    }

    #[test]
    fn it_counts_from_the_moment_in_which_the_customer_writes() -> Result<(), Refusal> {
        let written = contacted().after.follow_up(&shop(), &text("Thank you"), at(600))?.after;
        assert_eq!((written.status(), written.holder()), (Status::AwaitingReply, Some(&agent("mia"))));
        assert_eq!(written.waiting_since(), Some(at(600)));
        assert!(written.reply_due_at.is_some_and(|due| due > at(600)));
        let answered = written.reply(&shop(), &mia(), &text("Gladly"), Then::KeepOpen, at(900))?.after;
        assert_eq!(answered.first_answered_at, Some(at(900)));
        Ok(())
    }
}
