//! What Kefu says about orders in a customer's language, where the customer said nothing themselves, and in
//! mails.

use domain::labels::{Locale, PaymentMethod, RefundReason, ReturnKind};
use domain::shop::{Arrival, ArrivalUnit};

/// One of three, by language.
pub const fn said(locale: Locale, hant: &'static str, hans: &'static str, en: &'static str) -> &'static str {
    match locale {
        Locale::ZhHant => hant,
        Locale::ZhHans => hans,
        Locale::En => en,
    }
}

/// Why money goes back.
pub const fn reason(reason: RefundReason, locale: Locale) -> &'static str {
    match reason {
        RefundReason::OutOfStock => said(locale, "缺貨", "缺货", "out of stock"),
        RefundReason::Late => said(locale, "逾期未出貨", "逾期未发货", "not shipped in time"),
        RefundReason::Defect => said(locale, "商品瑕疵", "商品瑕疵", "a defect"),
        RefundReason::ChangedMind => said(locale, "不再需要", "不再需要", "no longer needed"),
        RefundReason::Return => said(locale, "退貨", "退货", "returned goods"),
        RefundReason::Other => said(locale, "其他", "其他", "another reason"),
    }
}

/// The first message of an inquiry that a request for money opens.
pub fn asks_for_money(number: &str, why: RefundReason, locale: Locale) -> String {
    let why = reason(why, locale);
    match locale {
        Locale::ZhHant => format!("申請退款，訂單 {number}：{why}"),
        Locale::ZhHans => format!("申请退款，订单 {number}：{why}"),
        Locale::En => format!("I ask for a refund of order {number}: {why}"),
    }
}

/// The first message of an inquiry that a cancellation opens.
pub fn cancels(number: &str, locale: Locale) -> String {
    match locale {
        Locale::ZhHant => format!("取消逾期未出貨的訂單 {number}"),
        Locale::ZhHans => format!("取消逾期未发货的订单 {number}"),
        Locale::En => format!("I cancel order {number}, which was not shipped in time"),
    }
}

/// The first message of an inquiry that a return opens.
pub fn sends_back(number: &str, kind: ReturnKind, locale: Locale) -> String {
    match (kind, locale) {
        (ReturnKind::Return, Locale::ZhHant) => format!("申請退貨，訂單 {number}"),
        (ReturnKind::Return, Locale::ZhHans) => format!("申请退货，订单 {number}"),
        (ReturnKind::Return, Locale::En) => format!("I ask to return goods of order {number}"),
        (ReturnKind::Exchange, Locale::ZhHant) => format!("申請換貨，訂單 {number}"),
        (ReturnKind::Exchange, Locale::ZhHans) => format!("申请换货，订单 {number}"),
        (ReturnKind::Exchange, Locale::En) => format!("I ask to exchange goods of order {number}"),
    }
}

/// How an order is paid.
pub const fn payment_method(method: PaymentMethod, locale: Locale) -> &'static str {
    match method {
        PaymentMethod::CreditCard => said(locale, "信用卡", "信用卡", "credit card"),
        PaymentMethod::BankTransfer => said(locale, "銀行轉帳", "银行转账", "bank transfer"),
        PaymentMethod::Fps => said(locale, "轉數快", "转数快", "FPS"),
        PaymentMethod::CashOnDelivery => said(locale, "貨到付款", "货到付款", "cash on delivery"),
        PaymentMethod::Other => said(locale, "其他方式", "其他方式", "another way"),
    }
}

/// When money arrives (SPEC §10.9).
pub fn arrival(arrival: Arrival, locale: Locale) -> String {
    let span = if arrival.from == arrival.to {
        arrival.to.to_string()
    } else {
        format!("{}–{}", arrival.from, arrival.to)
    };
    match (arrival.unit, locale) {
        (ArrivalUnit::WorkingDays, Locale::ZhHant) => format!("{span} 個工作天"),
        (ArrivalUnit::WorkingDays, Locale::ZhHans) => format!("{span} 个工作日"),
        (ArrivalUnit::WorkingDays, Locale::En) => format!("{span} working days"),
        (ArrivalUnit::Weeks, Locale::ZhHant) => format!("最多 {span} 週"),
        (ArrivalUnit::Weeks, Locale::ZhHans) => format!("最多 {span} 周"),
        (ArrivalUnit::Weeks, Locale::En) => format!("up to {span} weeks"),
    }
}
