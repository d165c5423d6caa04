//! The mail to a person of the staff about what they have not seen on the site (SPEC §7.7). It
//! says what and where to look; nothing that a customer wrote.

use domain::alert::AlertKind;
use domain::labels::{Alarm, Locale};

use super::super::letter::one_line;
use super::{Delivery, Letter, Link, Parts, Sender, in_three_languages};

/// The most characters of a name.
const NAME_CHARACTERS: usize = 60;

/// What somebody has not seen.
pub struct Digest<'a> {
    /// What they are called.
    pub nickname: &'a str,
    /// Their shops, with what is new there.
    pub shops: &'a [DigestShop],
    /// How many alerts are not among the lines.
    pub more: usize,
    /// The site.
    pub link: &'a Link,
}

/// What is new in a shop.
#[derive(Debug, Clone)]
pub struct DigestShop {
    /// Its name.
    pub name: String,
    /// One line an alert.
    pub lines: Vec<DigestLine>,
}

/// One alert.
#[derive(Debug, Clone)]
pub struct DigestLine {
    /// What.
    pub kind: AlertKind,
    /// The inquiry's short reference.
    pub reference: String,
    /// When, by the shop's clock.
    pub at: String,
}

/// Tells somebody what they have not seen.
pub fn digest(sender: &Sender, delivery: &Delivery<'_>, digest: &Digest<'_>) -> Letter {
    let shop = |shop: &DigestShop| ShopPart {
        name: one_line(&shop.name, NAME_CHARACTERS),
        lines: shop.lines.iter().map(|line| LinePart::of(line, delivery.locale)).collect(),
    };
    let count = digest.shops.iter().map(|shop| shop.lines.len()).sum::<usize>() + digest.more;
    let mail = Content {
        lang: delivery.locale.as_str(),
        shop: &sender.shop_name,
        name: one_line(digest.nickname, NAME_CHARACTERS),
        shops: digest.shops.iter().map(shop).collect(),
        count,
        more: digest.more,
        link: digest.link.as_str(),
    };
    let parts = Parts {
        subject: Subject::render(delivery.locale, &mail),
        text: Text::render(delivery.locale, &mail),
        html: Html::render(delivery.locale, &mail),
    };
    sender.letter(delivery, Some(digest.nickname), parts)
}

/// What the templates may show.
struct Content<'a> {
    lang: &'a str,
    shop: &'a str,
    name: String,
    shops: Vec<ShopPart>,
    count: usize,
    more: usize,
    link: &'a str,
}

struct ShopPart {
    name: String,
    lines: Vec<LinePart>,
}

struct LinePart {
    what: &'static str,
    reference: String,
    at: String,
}

impl LinePart {
    fn of(line: &DigestLine, locale: Locale) -> Self {
        Self { what: words(line.kind, locale), reference: line.reference.clone(), at: line.at.clone() }
    }
}

fn words(kind: AlertKind, locale: Locale) -> &'static str {
    let [hant, hans, en] = match kind {
        AlertKind::Alarm(Alarm::Overdue) => ["回覆逾期", "回复逾期", "Reply overdue"],
        AlertKind::Alarm(Alarm::Expiring) => [
            "即將過期（20 小時未回覆）",
            "即将过期（20 小时未回复）",
            "About to expire (20 h without a reply)",
        ],
        AlertKind::Alarm(Alarm::Unanswered1Day) => ["24 小時未回覆", "24 小时未回复", "24 h without a reply"],
        AlertKind::Alarm(Alarm::Unanswered5Days) => {
            ["第 5 天未回覆", "第 5 天未回复", "Day 5 without a reply"]
        }
        AlertKind::Alarm(Alarm::Unanswered6Days) => [
            "第 6 天未回覆，明天將自動關閉",
            "第 6 天未回复，明天将自动关闭",
            "Day 6 without a reply; it closes tomorrow",
        ],
        AlertKind::Alarm(Alarm::Forgotten) => {
            ["對話中，久未回覆", "对话中，久未回复", "In conversation, without a further reply"]
        }
        AlertKind::Alarm(Alarm::SnoozeOver) => {
            ["稍後處理的時間到了", "稍后处理的时间到了", "A snooze is over"]
        }
        AlertKind::TimedOut => {
            ["7 天未回覆，已自動關閉", "7 天未回复，已自动关闭", "Closed after 7 days without a reply"]
        }
        AlertKind::QuestionAsked => ["同事的提問", "同事的提问", "A colleague asks"],
        AlertKind::QuestionAnswered => ["您的提問有了回覆", "您的提问有了回复", "Your question was answered"],
        AlertKind::DecisionNeeded => {
            ["退款或退換貨待處理", "退款或退换货待处理", "A refund or return needs a decision"]
        }
        AlertKind::RefundNeedsAttention => ["退款需要處理", "退款需要处理", "A refund needs attention"],
        AlertKind::OrderCancelled => {
            ["顧客取消了逾期訂單", "顾客取消了逾期订单", "A customer cancelled an overdue order"]
        }
        AlertKind::DelayPassed => ["約定的出貨日已過", "约定的发货日已过", "An agreed ship date passed"],
    };
    match locale {
        Locale::ZhHant => hant,
        Locale::ZhHans => hans,
        Locale::En => en,
    }
}

in_three_languages! { Subject of Content:
"digest/zh-Hant/subject.txt", "digest/zh-Hans/subject.txt", "digest/en/subject.txt" }
in_three_languages! { Text of Content:
"digest/zh-Hant/body.txt", "digest/zh-Hans/body.txt", "digest/en/body.txt" }
in_three_languages! { Html of Content:
"digest/zh-Hant/body.html", "digest/zh-Hans/body.html", "digest/en/body.html" }

#[cfg(test)]
#[path = "digest/tests.rs"]
mod tests;
