//! What the mails about an order say, in the customer's language.

use domain::labels::Locale;
use domain::money::Money;
use domain::order_event::{OrderEvent, RefundStep, ReturnStep, Withdrawn};

use super::OrderStep;
use crate::order_words::{arrival, payment_method, reason, said};

/// A headline, and sentences that each say one thing.
type Said = (&'static str, Vec<String>);

/// What is said of a step; `None` for what is not told by mail.
pub fn of(step: &OrderStep<'_>, locale: Locale) -> Option<Said> {
    match step.event {
        OrderEvent::Cancelled { refunded: false } => {
            let headline = said(locale, "訂單已取消", "订单已取消", "it is cancelled");
            Some((headline, vec![cancelled(locale)]))
        }
        OrderEvent::DelayProposed { date, .. } => {
            let headline =
                said(locale, "請確認新的出貨日", "请确认新的发货日", "please confirm a later date");
            Some((headline, vec![delay(&date.to_string(), locale), asks(locale)]))
        }
        OrderEvent::DelayAgreed { date, .. } => {
            let headline = said(locale, "出貨日已更新", "发货日已更新", "the new ship-by date");
            Some((headline, vec![agreed(&date.to_string(), locale)]))
        }
        OrderEvent::Refund { amount, step: told, .. } => refund(step, told, *amount, locale),
        OrderEvent::Return { step: told, .. } => returned(told, locale),
        _ => None,
    }
}

fn refund(step: &OrderStep<'_>, told: &RefundStep, amount: Money, locale: Locale) -> Option<Said> {
    let because = |why, detail: &Option<String>| match detail {
        Some(text) => format!("{}（{}）", reason(why, locale), one_line(text)),
        None => reason(why, locale).to_owned(),
    };
    Some(match told {
        RefundStep::Proposed { reason, detail } => {
            let headline = said(locale, "請確認退款", "请确认退款", "please confirm a refund");
            (headline, vec![offers(amount, &because(*reason, detail), locale), asks(locale)])
        }
        RefundStep::Approved { reason, detail, .. } => {
            let headline = said(locale, "退款處理中", "退款处理中", "your refund is on its way");
            let mut sentences = vec![approved(amount, &because(*reason, detail), locale)];
            sentences.extend(arrives(step, locale));
            (headline, sentences)
        }
        RefundStep::Rejected { reason, .. } => {
            let headline = said(locale, "退款申請未通過", "退款申请未通过", "your request was not granted");
            (headline, vec![rejected(amount, &one_line(reason), locale)])
        }
        RefundStep::Succeeded { .. } => {
            let headline = said(locale, "已退款", "已退款", "refunded");
            let mut sentences = vec![paid(step, amount, locale)];
            sentences.extend(arrives(step, locale));
            (headline, sentences)
        }
        RefundStep::Withdrawn { why: Withdrawn::Shipped } => {
            let headline = said(locale, "商品已寄出", "商品已寄出", "it was shipped");
            (headline, vec![shipped_instead(locale)])
        }
        RefundStep::Withdrawn { .. } => {
            let headline = said(locale, "退款已撤回", "退款已撤回", "the refund was withdrawn");
            (headline, vec![withdrawn(amount, locale)])
        }
        _ => return None,
    })
}

fn returned(told: &ReturnStep, locale: Locale) -> Option<Said> {
    let one = |headline, sentence: &str| Some((headline, vec![sentence.to_owned()]));
    match told {
        ReturnStep::Requested { .. } => one(
            said(locale, "退換貨已登記", "退换货已登记", "a return was opened"),
            said(
                locale,
                "我們已為您登記退換貨，稍後會告訴您下一步。",
                "我们已为您登记退换货，稍后会告诉您下一步。",
                "We opened a return for you and will tell you the next step.",
            ),
        ),
        ReturnStep::Accepted => one(
            said(locale, "退換貨已受理", "退换货已受理", "your return was accepted"),
            said(
                locale,
                "我們會安排取件，運費由我們負擔。",
                "我们会安排取件，运费由我们承担。",
                "We arrange the pick-up and bear its cost.",
            ),
        ),
        ReturnStep::Rejected { reason } => {
            let why = one_line(reason);
            let sentence = match locale {
                Locale::ZhHant => format!("很抱歉，我們無法受理退換貨：{why}"),
                Locale::ZhHans => format!("很抱歉，我们无法受理退换货：{why}"),
                Locale::En => format!("We are sorry: we cannot take it back. {why}"),
            };
            Some((
                said(locale, "退換貨未受理", "退换货未受理", "your return was not accepted"),
                vec![sentence],
            ))
        }
        ReturnStep::Withdrawn => one(
            said(locale, "退換貨已取消", "退换货已取消", "the return was cancelled"),
            said(locale, "這筆退換貨已取消。", "此退换货已取消。", "The return was cancelled."),
        ),
        ReturnStep::PickUpArranged { details } => {
            let details = one_line(details);
            let sentence = match locale {
                Locale::ZhHant => format!("取件安排：{details}。運費由我們負擔。"),
                Locale::ZhHans => format!("取件安排：{details}。运费由我们承担。"),
                Locale::En => format!("The pick-up: {details}. We bear its cost."),
            };
            Some((said(locale, "已安排取件", "已安排取件", "the pick-up is arranged"), vec![sentence]))
        }
        ReturnStep::Received => one(
            said(locale, "已收到退回的商品", "已收到退回的商品", "we have your goods"),
            said(
                locale,
                "我們已收到您退回的商品，正在處理。",
                "我们已收到您退回的商品，正在处理。",
                "We received what you sent back and are working on it.",
            ),
        ),
        ReturnStep::Replaced { carrier, tracking } => {
            let (carrier, tracking) = (one_line(carrier), one_line(tracking));
            let sentence = match locale {
                Locale::ZhHant => format!("替換商品已寄出：{carrier} {tracking}。"),
                Locale::ZhHans => format!("替换商品已寄出：{carrier} {tracking}。"),
                Locale::En => format!("Your replacement left with {carrier}, number {tracking}."),
            };
            Some((
                said(locale, "替換商品已寄出", "替换商品已寄出", "your replacement was shipped"),
                vec![sentence],
            ))
        }
        // The refund is told by itself.
        ReturnStep::Refunded { .. } => None,
    }
}

/// What somebody typed, as a part of a sentence.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn arrives(step: &OrderStep<'_>, locale: Locale) -> Option<String> {
    let (how, when) = (payment_method(step.payment_method, locale), arrival(step.arrival?, locale));
    Some(match locale {
        Locale::ZhHant => format!("款項會退回您的付款方式（{how}），入帳約需 {when}。"),
        Locale::ZhHans => format!("款项会退回您的付款方式（{how}），到账约需 {when}。"),
        Locale::En => format!("It goes back the way you paid ({how}); it takes {when} to arrive."),
    })
}

fn offers(amount: Money, why: &str, locale: Locale) -> String {
    match locale {
        Locale::ZhHant => format!("我們提議退款 {amount}，原因：{why}。"),
        Locale::ZhHans => format!("我们提议退款 {amount}，原因：{why}。"),
        Locale::En => format!("We offer to refund {amount}. The reason: {why}."),
    }
}

fn approved(amount: Money, why: &str, locale: Locale) -> String {
    match locale {
        Locale::ZhHant => format!("您的退款 {amount} 已確認（{why}），正在處理。"),
        Locale::ZhHans => format!("您的退款 {amount} 已确认（{why}），正在处理。"),
        Locale::En => format!("Your refund of {amount} is confirmed ({why}) and on its way."),
    }
}

fn rejected(amount: Money, why: &str, locale: Locale) -> String {
    match locale {
        Locale::ZhHant => format!("您申請的退款 {amount} 未通過，原因：{why}"),
        Locale::ZhHans => format!("您申请的退款 {amount} 未通过，原因：{why}"),
        Locale::En => format!("The refund of {amount} that you asked for was not granted. The reason: {why}"),
    }
}

fn paid(step: &OrderStep<'_>, amount: Money, locale: Locale) -> String {
    let number = step.number;
    match locale {
        Locale::ZhHant => format!("訂單 {number} 的退款 {amount} 已送出。"),
        Locale::ZhHans => format!("订单 {number} 的退款 {amount} 已发出。"),
        Locale::En => format!("The refund of {amount} for order {number} was sent."),
    }
}

fn withdrawn(amount: Money, locale: Locale) -> String {
    match locale {
        Locale::ZhHant => format!("退款 {amount} 已撤回；如有疑問，請直接回覆我們。"),
        Locale::ZhHans => format!("退款 {amount} 已撤回；如有疑问，请直接联系我们。"),
        Locale::En => format!("The refund of {amount} was withdrawn. Write to us if you have questions."),
    }
}

fn asks(locale: Locale) -> String {
    said(
        locale,
        "請開啟訂單頁面，按「同意」或「不同意」。",
        "请打开订单页面，点击“同意”或“不同意”。",
        "Open the order and choose whether you agree.",
    )
    .to_owned()
}

fn delay(date: &str, locale: Locale) -> String {
    match locale {
        Locale::ZhHant => format!("很抱歉，您的訂單無法如期寄出。我們提議的新出貨日是 {date}。"),
        Locale::ZhHans => format!("很抱歉，您的订单无法按时寄出。我们提议的新发货日是 {date}。"),
        Locale::En => format!("We are sorry: we cannot ship it in time. The date that we propose is {date}."),
    }
}

fn agreed(date: &str, locale: Locale) -> String {
    match locale {
        Locale::ZhHant => format!("如您同意的，訂單最遲於 {date} 寄出。"),
        Locale::ZhHans => format!("如您同意的，订单最迟于 {date} 寄出。"),
        Locale::En => format!("As you agreed, it is shipped by {date}."),
    }
}

fn cancelled(locale: Locale) -> String {
    said(locale, "您的訂單已取消。", "您的订单已取消。", "Your order was cancelled.").to_owned()
}

fn shipped_instead(locale: Locale) -> String {
    said(
        locale,
        "您的商品已寄出，因此先前的退款申請不再處理；收到後仍可申請退換貨。",
        "您的商品已寄出，因此之前的退款申请不再处理；收到后仍可申请退换货。",
        "Your goods were shipped, so the refund is not pursued; you can still return them when they arrive.",
    )
    .to_owned()
}
