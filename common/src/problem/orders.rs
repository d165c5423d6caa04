//! Problems with orders, refunds and returns: which one a refusal is, and its words.

use domain::refusal::OrderRefusal;

use super::words::{UNAVAILABLE, Words};
use super::{Code, FieldCode, FieldProblem, Problem};
use crate::store::{OrderNotDone, SecretRefusal};

impl From<OrderRefusal> for Problem {
    fn from(refusal: OrderRefusal) -> Self {
        Self::new(match refusal {
            OrderRefusal::MoreThanLeft { left } => {
                return on(Code::MoreThanLeft, "amount.minor", FieldCode::MoreThan(left));
            }
            OrderRefusal::NoAmount => return Self::field("amount.minor", FieldCode::Required),
            OrderRefusal::CurrencyDiffers { currency } => {
                return on(Code::CurrencyDiffers, "amount.currency", FieldCode::OtherCurrency(currency));
            }
            OrderRefusal::ReasonTooShort => {
                let least = domain::refund::REASON_CHARACTERS;
                return on(Code::ReasonTooShort, "reason", FieldCode::TooShort(least));
            }
            OrderRefusal::ConsentNeeded => return on(Code::ConsentNeeded, "proof", FieldCode::Required),
            OrderRefusal::NotAProof => return on(Code::NotAProof, "proof", FieldCode::UnknownValue),
            OrderRefusal::NotLater { .. } => return on(Code::DelayDate, "date", FieldCode::NotLater),
            OrderRefusal::TooFar => return on(Code::DelayDate, "date", FieldCode::TooFar),
            OrderRefusal::NoSuchItem => return on(Code::NotReturnable, "items", FieldCode::UnknownValue),
            OrderRefusal::NoSuchRefund | OrderRefusal::NoSuchReturn => Code::NotFound,
            OrderRefusal::NothingLeft => Code::NothingLeft,
            OrderRefusal::RefundOpen => Code::RefundOpen,
            OrderRefusal::TooManyRefunds => Code::TooManyRefunds,
            OrderRefusal::RefundDecided { .. } => Code::RefundDecided,
            OrderRefusal::NotByHand => Code::NotByHand,
            OrderRefusal::AnotherPerson => Code::AnotherPerson,
            OrderRefusal::NeverAsked => Code::NeverAsked,
            OrderRefusal::Replayed => Code::Replayed,
            OrderRefusal::NotOverdue { .. } => Code::NotOverdue,
            OrderRefusal::AlreadyShipped => Code::AlreadyShipped,
            OrderRefusal::OrderEnded => Code::OrderEnded,
            OrderRefusal::NotToShip => Code::NotToShip,
            OrderRefusal::NothingProposed => Code::NothingProposed,
            OrderRefusal::NotShipped => Code::NotShipped,
            OrderRefusal::ReturnOpen => Code::ReturnOpen,
            OrderRefusal::ReturnElsewhere { .. } => Code::ReturnMovedOn,
            OrderRefusal::NotAnExchange => Code::NotAnExchange,
            OrderRefusal::TooOldToContact => Code::TooOldToContact,
            OrderRefusal::PaidLessThanRefunded { .. } => Code::PaidLessThanRefunded,
            OrderRefusal::CustomerDiffers => Code::CustomerDiffers,
        })
    }
}

/// What a customer's, or the source's, command that was not carried out looks like; staff get the order besides
/// (see [`crate::staff::order_problem`]).
impl From<OrderNotDone> for Problem {
    fn from(not_done: OrderNotDone) -> Self {
        match not_done {
            OrderNotDone::Missing => Self::new(Code::NotFound),
            OrderNotDone::Refused(refusal, _) => refusal.into(),
            OrderNotDone::InquiryRefused(refusal) => refusal.into(),
            OrderNotDone::MovedOn(_) => Self::new(Code::OrderMovedOn),
            OrderNotDone::KeyReused => Self::new(Code::IdempotencyKeyReused),
            OrderNotDone::Failed(failure) => failure.into(),
        }
    }
}

impl From<SecretRefusal> for Problem {
    fn from(refusal: SecretRefusal) -> Self {
        Self::new(match refusal {
            SecretRefusal::Missing => Code::NotFound,
            SecretRefusal::Waiting => Code::SecretWaiting,
            SecretRefusal::InUse => Code::SecretInUse,
            SecretRefusal::NotNext => Code::SecretNotNext,
        })
    }
}

impl Problem {
    /// What a push that was not carried out looks like: its currency stands once, beside the amounts.
    pub fn of_push(not_done: OrderNotDone) -> Self {
        match not_done {
            OrderNotDone::Refused(OrderRefusal::CurrencyDiffers { currency }, _) => {
                on(Code::CurrencyDiffers, "currency", FieldCode::OtherCurrency(currency))
            }
            not_done => not_done.into(),
        }
    }
}

fn on(code: Code, field: &str, wrong: FieldCode) -> Problem {
    Problem { fields: vec![FieldProblem { field: field.to_owned(), code: wrong }], ..Problem::new(code) }
}

/// Title and detail of these problems.
pub(super) const fn in_all(code: Code) -> [Words; 3] {
    match code {
        Code::OrderMovedOn => [
            ("訂單已有新的進展", "請先看過訂單現在的狀態,再決定是否送出。"),
            ("订单已有新的进展", "请先查看订单现在的状态,再决定是否提交。"),
            ("The order has moved on", "Look at the order as it is now, then decide whether to send it."),
        ],
        Code::MoreThanLeft => [
            ("超過可退金額", "所有退款合計不能超過顧客已付的金額。"),
            ("超过可退金额", "所有退款合计不能超过顾客已付的金额。"),
            ("More than is left to refund", "All refunds together cannot exceed what was paid."),
        ],
        Code::NothingLeft => [
            ("沒有可退的金額", "這筆訂單尚未付款,或已全部退款。"),
            ("没有可退的金额", "此订单尚未付款,或已全部退款。"),
            ("Nothing is left to refund", "The order was not paid, or all of it goes back already."),
        ],
        Code::CurrencyDiffers => [
            ("幣別不同", "請使用訂單的幣別。"),
            ("币种不同", "请使用订单的币种。"),
            ("Another currency", "Use the order's currency."),
        ],
        Code::ReasonTooShort => [
            ("請說明原因", "請用至少 10 個字元說明原因。"),
            ("请说明原因", "请用至少 10 个字符说明原因。"),
            ("The reason says too little", "Give the reason in at least 10 characters."),
        ],
        Code::ConsentNeeded => [
            ("需要顧客同意的紀錄", "請選擇顧客表示同意的留言,或請顧客在商店按「同意」。"),
            ("需要顾客同意的记录", "请选择顾客表示同意的留言,或请顾客在商店点击“同意”。"),
            (
                "The customer's consent is needed",
                "Choose the message in which the customer agrees, or ask them to agree in the store.",
            ),
        ],
        Code::NotAProof => [
            (
                "這則留言不能作為證明",
                "請選擇這筆訂單的顧客所寫的留言；對退款申請的答覆，要選申請之後的留言。",
            ),
            ("这条留言不能作为证明", "请选择此订单的顾客所写的留言；对退款申请的答复，要选申请之后的留言。"),
            (
                "This message is no proof",
                "Choose a message that the order's customer wrote; where it answers a request, one written after it.",
            ),
        ],
        Code::RefundOpen => [
            ("已有退款待處理", "請先處理這筆訂單目前的退款,再提出新的。"),
            ("已有退款待处理", "请先处理此订单目前的退款,再提出新的。"),
            ("A refund is waiting", "Decide the order's present refund before there is another one."),
        ],
        Code::TooManyRefunds => [
            ("退款次數過多", "一筆訂單最多 50 次退款。"),
            ("退款次数过多", "一笔订单最多 50 次退款。"),
            ("Too many refunds", "An order has at most 50 refunds."),
        ],
        Code::RefundDecided => [
            ("這筆退款的狀態已改變", "請看過退款現在的狀態,再選擇可行的動作。"),
            ("此退款的状态已改变", "请查看退款现在的状态,再选择可行的操作。"),
            ("The refund stands elsewhere", "Look at where it stands now; that is no longer possible."),
        ],
        Code::NotByHand => [
            ("這筆退款不是人工退款", "它由金流退款,不需要人工確認。"),
            ("此退款不是人工退款", "它由支付渠道退款,不需要人工确认。"),
            ("Not paid by hand", "The provider pays it; nothing has to be confirmed."),
        ],
        Code::AnotherPerson => [
            ("需要另一位同事確認", "超過金額上限的人工退款由兩個人確認。"),
            ("需要另一位同事确认", "超过金额上限的人工退款由两个人确认。"),
            (
                "Another person has to confirm",
                "Above the shop's limit two persons confirm a payment by hand.",
            ),
        ],
        Code::NeverAsked => [
            ("沒有請求過這筆退款", "回呼的退款尚未送出。"),
            ("没有请求过此退款", "回调的退款尚未发出。"),
            ("Nobody asked for this", "The refund of this call-back was not asked for."),
        ],
        Code::Replayed => [
            ("重複的回呼", "這個事件已經收到過,不需要再送。"),
            ("重复的回调", "此事件已经收到过,不需要再发送。"),
            ("Heard before", "This event was received already; do not send it again."),
        ],
        Code::NotOverdue => [
            ("訂單尚未逾期", "出貨期限過後才能直接取消;現在可以提出取消申請。"),
            ("订单尚未逾期", "发货期限过后才能直接取消;现在可以提出取消申请。"),
            (
                "The order is not overdue",
                "It can be cancelled at once after its ship-by date; ask to cancel it until then.",
            ),
        ],
        Code::AlreadyShipped => [
            ("訂單已出貨", "已出貨的訂單請申請退貨或換貨。"),
            ("订单已发货", "已发货的订单请申请退货或换货。"),
            ("The order was shipped", "What was shipped goes through a return or an exchange."),
        ],
        Code::OrderEnded => [
            ("訂單已取消或全額退款", "不能再輸入物流單號。"),
            ("订单已取消或全额退款", "不能再输入物流单号。"),
            ("Cancelled or refunded in full", "No tracking number is taken any more."),
        ],
        Code::NotToShip => [
            ("訂單不在待出貨", "只有待出貨的訂單可以延後。"),
            ("订单不在待发货", "只有待发货的订单可以延后。"),
            ("Not to be shipped", "Only an order that is to be shipped can be delayed."),
        ],
        Code::DelayDate => [
            ("請選擇其他日期", "日期須晚於目前的出貨期限,並在 180 天以內。"),
            ("请选择其他日期", "日期须晚于当前的发货期限,并在 180 天以内。"),
            ("Choose another day", "It lies after the present ship-by date and within 180 days."),
        ],
        Code::NothingProposed => [
            ("沒有待同意的提議", "這項提議已經回覆或不再有效。"),
            ("没有待同意的提议", "此提议已经回复或不再有效。"),
            ("Nothing to agree to", "It was answered already, or holds no longer."),
        ],
        Code::NotShipped => [
            ("訂單尚未出貨", "尚未出貨的訂單請申請退款或取消。"),
            ("订单尚未发货", "尚未发货的订单请申请退款或取消。"),
            ("The order was not shipped", "Ask for a refund, or to cancel it."),
        ],
        Code::ReturnOpen => [
            ("已有退換貨進行中", "請先完成這筆訂單目前的退換貨。"),
            ("已有退换货进行中", "请先完成此订单目前的退换货。"),
            ("A return is in progress", "Finish the order's present return first."),
        ],
        Code::NotReturnable => [
            ("這些商品無法退換", "請選擇訂單中的商品,數量不超過購買並尚未退回的數量。"),
            ("这些商品无法退换", "请选择订单中的商品,数量不超过购买且尚未退回的数量。"),
            (
                "These items cannot go back",
                "Choose items of the order, at most as many as were bought and not returned.",
            ),
        ],
        Code::ReturnMovedOn => [
            ("這筆退換貨的狀態已改變", "請看過現在的狀態,再選擇可行的動作。"),
            ("此退换货的状态已改变", "请查看现在的状态,再选择可行的操作。"),
            ("The return stands elsewhere", "Look at where it stands now; that is no longer possible."),
        ],
        Code::NotAnExchange => [
            ("這是退貨,不是換貨", "退貨請退款;換貨才寄出替換商品。"),
            ("这是退货,不是换货", "退货请退款;换货才寄出替换商品。"),
            ("A return, not an exchange", "Refund it; only an exchange is answered with a replacement."),
        ],
        Code::TooOldToContact => [
            ("訂單已超過 60 天", "只能主動聯絡 60 天內的訂單,或退款、退換貨進行中的訂單。"),
            ("订单已超过 60 天", "只能主动联系 60 天内的订单,或退款、退换货进行中的订单。"),
            (
                "Older than 60 days",
                "Write first only for orders of the last 60 days, or with a refund or return in progress.",
            ),
        ],
        Code::PaidLessThanRefunded => [
            ("已付金額低於退款", "推送的已付金額少於已決定的退款。"),
            ("已付金额低于退款", "推送的已付金额少于已决定的退款。"),
            ("Less paid than goes back", "The pushed amount is below the refunds that were decided."),
        ],
        Code::CustomerDiffers => [
            ("不能更換訂單的顧客", "已與顧客有退款、退換貨或延後的約定。"),
            ("不能更换订单的顾客", "已与顾客有退款、退换货或延后的约定。"),
            ("The customer cannot change", "A refund, a return or a delay was agreed with the present one."),
        ],
        Code::SecretNeeded => [
            ("請先產生 webhook 密鑰", "產生後把它放進商店後台，再儲存設定。"),
            ("请先生成 webhook 密钥", "生成后把它放进商店后台，再保存设置。"),
            ("Make a webhook secret first", "Put it into the store's backend, then save the settings."),
        ],
        Code::SecretWaiting => [
            ("已有待啟用的密鑰", "請先啟用或刪除它，再產生另一把。"),
            ("已有待启用的密钥", "请先启用或删除它，再生成另一把。"),
            ("A new secret is waiting already", "Activate or delete that one before you make another."),
        ],
        Code::SecretInUse => [
            ("這把密鑰正在使用", "請先產生並啟用另一把，再刪除它。"),
            ("这把密钥正在使用", "请先生成并启用另一把，再删除它。"),
            ("The secret is in use", "Make and activate another one before you delete it."),
        ],
        Code::SecretNotNext => [
            ("這把密鑰不能啟用", "只有新產生、待啟用的密鑰可以啟用。"),
            ("这把密钥不能启用", "只有新生成、待启用的密钥可以启用。"),
            ("The secret cannot be activated", "Only a new one that is waiting can: make another."),
        ],
        _ => UNAVAILABLE,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::{Code, words};

    #[test]
    fn every_problem_has_words_of_its_own() {
        let titles = Code::ALL.iter().map(|code| words::of(*code, domain::labels::Locale::En).0);
        assert_eq!(titles.collect::<BTreeSet<_>>().len(), Code::ALL.len());
    }
}
