//! What happens to an order is told in the inquiry that it is about (SPEC §10): the same event, in both
//! timelines, stored together.

use jiff::Timestamp;

use super::Inquiry;
use crate::actor::By;
use crate::change::Change;
use crate::event::Event;
use crate::ids::OrderNumber;
use crate::labels::Category;
use crate::order_event::{OrderEntry, OrderEvent};
use crate::refusal::Refusal;
use crate::shop::Shop;
use crate::text::Text;

impl Inquiry {
    /// Records what happened to its order. It holds also where nobody can write any more: money that went
    /// back is told wherever it was asked for.
    pub fn hear_of_order(&self, order: &OrderNumber, entries: &[OrderEntry]) -> Change {
        let mut change = Change::to(self.clone());
        for entry in entries {
            let event = Event::Order { order: order.clone(), event: entry.event.clone() };
            change = change.record(entry.by.clone(), entry.at, event);
            if entry.event == OrderEvent::DelayPassed {
                change.after.put_aside = false;
            }
        }
        change
    }

    /// The customer asks for something about the order: it waits for a reply as a matter of refunds, within
    /// 12 hours unless the shop or a person decided otherwise (SPEC §10.4).
    ///
    /// # Errors
    /// As [`Inquiry::follow_up`].
    pub fn ask_about_order(
        &self,
        shop: &Shop,
        (category, order): (Category, &OrderNumber),
        text: &Text,
        now: Timestamp,
    ) -> Result<Change, Refusal> {
        let mut before = self.clone();
        before.order.get_or_insert_with(|| order.to_string());
        let asked = before.follow_up(shop, text, now)?;
        Ok(asked.categorize(shop, Some(category), None, &By::System, now))
    }
}

#[cfg(test)]
mod tests {
    use crate::labels::{Category, Priority, Status};
    use crate::refusal::{OrderRefusal, Refusal};
    use crate::testing::{assigned_to, at, guest, mia, order, shop, text};
    use crate::{event::Event, notice::NoticeKind, refund::Wish};

    #[test]
    fn what_is_asked_about_an_order_waits_as_a_matter_of_refunds() -> Result<(), Refusal> {
        let number = order().number;
        let asked =
            assigned_to("mia").ask_about_order(&shop(), (Category::Refund, &number), &text("?"), at(60))?;
        let after = asked.after;
        assert_eq!((after.category, after.priority), (Category::Refund, Priority::Important));
        assert_eq!((after.status(), after.order.as_deref()), (Status::AwaitingReply, Some("A1001")));
        assert_eq!(after.reply_due_at, Some(at(12 * 3600)), "from the first unanswered message");
        Ok(())
    }

    #[test]
    fn both_timelines_tell_the_same_and_the_customer_is_told_of_what_the_shop_did() -> Result<(), OrderRefusal>
    {
        let (shop, order, inquiry) = (shop(), order(), assigned_to("mia"));
        let reason = crate::labels::RefundReason::Late;
        let wish = Wish { reason, detail: None, inquiry: guest().1 };
        let asked = order.request_refund(&shop, wish, at(60))?;
        let heard = inquiry.hear_of_order(&order.number, &asked.entries);
        let told = Event::Order { order: order.number.clone(), event: asked.entries[0].event.clone() };
        assert_eq!(heard.entries[0].event, told);
        assert!(heard.notices.is_empty(), "the screen is the customer's receipt");
        let amount = (crate::testing::money(128_000), None);
        let agreed = asked.after.agree_to_refund(&shop, &mia(), 1, amount, at(90))?;
        let heard = heard.after.hear_of_order(&order.number, &agreed.entries);
        assert_eq!(heard.notices.iter().map(|it| it.kind).collect::<Vec<_>>(), [NoticeKind::Order]);
        Ok(())
    }
}
