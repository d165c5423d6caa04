//! The closed lists of words that an inquiry is labelled with (SPEC §2.1, §2.3, §3).
//! The wire and stored word of each is its `as_str`.

/// A closed list of words.
pub trait Label: Copy + PartialEq + 'static {
    /// The list's name.
    const NAME: &'static str;
    /// Every value, in the order of the specification.
    const ALL: &'static [Self];
    /// The word on the wire.
    fn word(self) -> &'static str;
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$item_doc:meta])* $item:ident = $word:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$item_doc])* $item),* }
        impl $name {
            /// Every value, in the order of the specification.
            pub const ALL: &'static [Self] = &[$(Self::$item),*];
            /// The word on the wire.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$item => $word),* }
            }
            /// The value of a word; `None` if there is no such word.
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$item),)* _ => None }
            }
        }
        impl Label for $name {
            const NAME: &'static str = stringify!($name);
            const ALL: &'static [Self] = $name::ALL;
            fn word(self) -> &'static str { self.as_str() }
        }
    };
}

words! {
    /// Where an inquiry came from.
    Source {
        /// The "contact us" page.
        ContactForm = "contact_form",
        /// An order's page.
        Order = "order",
        /// A product's page.
        Product = "product",
    }
}
words! {
    /// How soon an answer is due.
    Priority {
        /// 緊急: 4 h unless the shop says otherwise.
        Urgent = "urgent",
        /// 重要: 12 h.
        Important = "important",
        /// 一般: 24 h.
        General = "general",
    }
}
words! {
    /// What an inquiry is about.
    Category {
        /// 訂單異常
        OrderAnomaly = "order_anomaly",
        /// 付款問題
        Payment = "payment",
        /// 訂單問題
        Order = "order",
        /// 物流
        Logistics = "logistics",
        /// 退換貨
        ReturnExchange = "return_exchange",
        /// 退款
        Refund = "refund",
        /// 客訴
        Complaint = "complaint",
        /// 商品諮詢
        Product = "product",
        /// 保固
        Warranty = "warranty",
        /// 技術支援
        Technical = "technical",
        /// 優惠/積分
        Promotion = "promotion",
        /// 建議
        Suggestion = "suggestion",
        /// 其他
        Other = "other",
    }
}
words! {
    /// Where an inquiry stands (SPEC §3).
    Status {
        /// 待回覆: the customer's last message is unanswered.
        AwaitingReply = "awaiting_reply",
        /// 對話中: an agent answered and will come back.
        InConversation = "in_conversation",
        /// 已回覆: answered and done, or closed.
        Replied = "replied",
    }
}
words! {
    /// Why an inquiry went to history (SPEC §3.1).
    EndReason {
        /// An agent's reply ended it.
        Answered = "answered",
        /// Closed with nothing left unanswered.
        Resolved = "resolved",
        /// Closed by an agent: asked twice.
        Duplicate = "duplicate",
        /// Closed by an agent: settled by phone.
        SettledByPhone = "settled_by_phone",
        /// Closed by an agent: nothing to answer.
        FeedbackOnly = "feedback_only",
        /// Closed by an agent: a test.
        Test = "test",
        /// Closed by an agent: spam.
        Spam = "spam",
        /// Closed by an agent for a reason in words.
        Other = "other",
        /// Nobody answered for seven days.
        Timeout = "timeout",
        /// The customer says that it is settled.
        Customer = "customer",
    }
}
words! {
    /// What time raised on an inquiry (SPEC §6, §3.7): each once for the wait that it is about.
    Alarm {
        /// 逾期: the promised reply did not come.
        Overdue = "overdue",
        /// 即將過期: unreplied for 20 hours.
        Expiring = "expiring",
        /// Unreplied for 24 hours.
        Unanswered1Day = "unanswered_1_day",
        /// Five days after the customer's last message.
        Unanswered5Days = "unanswered_5_days",
        /// Six days after the customer's last message; at seven it is closed.
        Unanswered6Days = "unanswered_6_days",
        /// In conversation without a further reply for a day.
        Forgotten = "forgotten",
        /// Its snooze is over.
        SnoozeOver = "snooze_over",
    }
}
words! {
    /// 標記: a colour for finding an inquiry again.
    Flag {
        /// Red.
        Red = "red",
        /// Orange.
        Orange = "orange",
        /// Yellow.
        Yellow = "yellow",
        /// Green.
        Green = "green",
        /// Blue.
        Blue = "blue",
        /// Purple.
        Purple = "purple",
    }
}
words! {
    /// How an order is paid (SPEC §10.1); it decides when the customer sees the money again (§10.9).
    PaymentMethod {
        /// 信用卡
        CreditCard = "credit_card",
        /// 銀行轉帳
        BankTransfer = "bank_transfer",
        /// 轉數快
        Fps = "fps",
        /// 貨到付款
        CashOnDelivery = "cash_on_delivery",
        /// 其他
        Other = "other",
    }
}
words! {
    /// Why money goes back (SPEC §10.3).
    RefundReason {
        /// 缺貨
        OutOfStock = "out_of_stock",
        /// 逾期未出貨
        Late = "late",
        /// 瑕疵
        Defect = "defect",
        /// The customer changed their mind.
        ChangedMind = "changed_mind",
        /// 退貨
        Return = "return",
        /// Something else, in words.
        Other = "other",
    }
}
words! {
    /// What comes of goods that go back (SPEC §10.10).
    ReturnKind {
        /// 退貨: the money goes back.
        Return = "return",
        /// 換貨: a replacement is shipped.
        Exchange = "exchange",
    }
}
words! {
    /// The five steps of a rating (SPEC §11).
    Score {
        /// 非常滿意
        VerySatisfied = "very_satisfied",
        /// 滿意
        Satisfied = "satisfied",
        /// 普通
        Neutral = "neutral",
        /// 不滿意
        Dissatisfied = "dissatisfied",
        /// 非常不滿意
        VeryDissatisfied = "very_dissatisfied",
    }
}
words! {
    /// What a category may ask for up front (SPEC §2.6); optional for the customer.
    Evidence {
        /// A picture of the screen.
        Screenshot = "screenshot",
        /// The order's number.
        OrderNumber = "order_number",
        /// The text of the error.
        ErrorText = "error_text",
        /// The browser.
        Browser = "browser",
        /// When it happened.
        Time = "time",
        /// Pictures of the goods.
        Photos = "photos",
    }
}
words! {
    /// The languages that the product speaks.
    Locale {
        /// Traditional Chinese, the base.
        ZhHant = "zh-Hant",
        /// Simplified Chinese.
        ZhHans = "zh-Hans",
        /// English.
        En = "en",
    }
}

impl EndReason {
    /// The reasons an agent may give when closing (SPEC §3.1).
    pub const BY_AGENT: &'static [Self] =
        &[Self::Duplicate, Self::SettledByPhone, Self::FeedbackOnly, Self::Test, Self::Spam, Self::Other];
}

impl Category {
    /// The priority a category has until the shop changes it (SPEC §2.3).
    pub const fn default_priority(self) -> Priority {
        match self {
            Self::OrderAnomaly | Self::Payment => Priority::Urgent,
            Self::Order | Self::Logistics | Self::ReturnExchange | Self::Refund | Self::Complaint => {
                Priority::Important
            }
            Self::Product
            | Self::Warranty
            | Self::Technical
            | Self::Promotion
            | Self::Suggestion
            | Self::Other => Priority::General,
        }
    }

    /// What the category asks for up front (SPEC §2.6).
    pub const fn evidence(self) -> &'static [Evidence] {
        match self {
            Self::Payment => &[Evidence::Screenshot, Evidence::OrderNumber],
            Self::Technical => &[Evidence::ErrorText, Evidence::Browser, Evidence::Time],
            Self::OrderAnomaly | Self::Order | Self::Logistics => &[Evidence::OrderNumber],
            Self::ReturnExchange | Self::Refund | Self::Warranty => {
                &[Evidence::OrderNumber, Evidence::Photos]
            }
            Self::Complaint | Self::Product | Self::Promotion | Self::Suggestion | Self::Other => &[],
        }
    }
}

impl Locale {
    /// The nearest language to a tag such as `zh-TW`, `zh_CN` or `en-GB`; `None` if there is none near.
    pub fn nearest(tag: &str) -> Option<Self> {
        let tag = tag.trim().to_ascii_lowercase().replace('_', "-");
        let mut parts = tag.split('-');
        match parts.next()? {
            "en" => Some(Self::En),
            "zh" if parts.any(|part| matches!(part, "hans" | "cn" | "sg")) => Some(Self::ZhHans),
            "zh" => Some(Self::ZhHant),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read_back_as_itself() {
        for category in Category::ALL {
            assert_eq!(Category::parse(category.as_str()), Some(*category));
        }
        for reason in EndReason::ALL {
            assert_eq!(EndReason::parse(reason.as_str()), Some(*reason));
        }
    }

    #[test]
    fn tags_of_regions_find_their_script() {
        let table = [
            ("zh-TW", Some(Locale::ZhHant)),
            ("zh-HK", Some(Locale::ZhHant)),
            ("zh_CN", Some(Locale::ZhHans)),
            ("zh-Hans-TW", Some(Locale::ZhHans)),
            ("en-GB", Some(Locale::En)),
            ("fr", None),
        ];
        for (tag, expected) in table {
            assert_eq!(Locale::nearest(tag), expected, "{tag}");
        }
    }
}
