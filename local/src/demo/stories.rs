//! What happened in the demo shops before the start.

/// One inquiry and what became of it.
pub struct Story {
    pub shop: &'static str,
    /// Name and mail address.
    pub customer: (&'static str, &'static str),
    pub locale: &'static str,
    pub source: &'static str,
    pub category: &'static str,
    pub order: Option<&'static str>,
    /// Id and title.
    pub product: Option<(&'static str, &'static str)>,
    pub subject: &'static str,
    pub text: &'static str,
    /// When it was asked, in minutes before the start.
    pub minutes_ago: i64,
    /// What followed, in minutes before the start.
    pub then: &'static [(i64, Act)],
}

/// What somebody did.
pub enum Act {
    /// The customer goes on.
    Writes(&'static str),
    /// An agent takes it.
    Takes(&'static str),
    /// An agent, and a note.
    Notes(&'static str, &'static str),
    /// An agent, the reply, and what becomes of the inquiry.
    Replies(&'static str, &'static str, &'static str),
    /// An agent, and the flag.
    Flags(&'static str, &'static str),
    /// An agent, and the reason.
    Closes(&'static str, &'static str),
}

/// A question from the contact form of 台北選物 that nobody has touched yet.
const NEW: Story = Story {
    shop: "taipei",
    customer: ("", ""),
    locale: "zh-Hant",
    source: "contact_form",
    category: "other",
    order: None,
    product: None,
    subject: "",
    text: "",
    minutes_ago: 0,
    then: &[],
};

pub const ALL: &[Story] = &[
    Story {
        customer: ("張家豪", "chiahao@mail.example"),
        source: "order",
        category: "refund",
        order: Some("TP-20418"),
        subject: "退款什麼時候入帳",
        text: "上週退回的外套你們已經收到了,請問退款大約什麼時候會入帳?我是用信用卡付款的。",
        minutes_ago: 2_900,
        then: &[
            (2_700, Act::Takes("mia")),
            (
                2_690,
                Act::Replies(
                    "mia",
                    "家豪您好,退款已於今天送出,信用卡通常需要 7 到 14 個工作天入帳,實際日期依發卡銀行而定。",
                    "done",
                ),
            ),
        ],
        ..NEW
    },
    Story {
        customer: ("許文馨", "wenhsin@mail.example"),
        category: "suggestion",
        subject: "希望增加超商取貨",
        text: "很喜歡你們的選品!白天家裡沒有人,如果可以超商取貨就更方便了。",
        minutes_ago: 2_000,
        then: &[(1_800, Act::Takes("leo")), (1_795, Act::Closes("leo", "feedback_only"))],
        ..NEW
    },
    Story {
        customer: ("陳冠宇", "kuanyu@mail.example"),
        source: "order",
        category: "return_exchange",
        order: Some("TP-20455"),
        subject: "毛衣想換 L 號",
        text: "昨天收到的羊毛衫 M 號太小了,標籤還沒拆,請問可以換 L 號嗎?",
        minutes_ago: 1_560,
        then: &[
            (1_300, Act::Takes("mia")),
            (
                1_290,
                Act::Replies(
                    "mia",
                    "冠宇您好,可以的!L 號還有現貨。請問您方便讓宅配到原地址取件嗎?",
                    "keep_open",
                ),
            ),
            (110, Act::Writes("方便,週三或週四下午都可以,謝謝。")),
        ],
        ..NEW
    },
    Story {
        customer: ("李明哲", "mingche@mail.example"),
        source: "order",
        category: "complaint",
        order: Some("TP-20401"),
        subject: "第二次寄錯商品",
        text: "訂的是深灰色,第一次寄成黑色,換貨又寄成淺灰色。這已經是第二次了,請給我一個說法。",
        minutes_ago: 420,
        then: &[
            (400, Act::Takes("leo")),
            (395, Act::Flags("leo", "red")),
            (390, Act::Notes("leo", "已請倉庫今天下班前確認深灰色庫存,並拍照存證再出貨。")),
        ],
        ..NEW
    },
    Story {
        customer: ("Emily Carter", "emily@mail.example"),
        locale: "en",
        source: "order",
        category: "payment",
        order: Some("TP-20470"),
        subject: "Charged twice for one order",
        text: "Hi! My card shows two charges of NT$1,280 for the same order. Could you please cancel one of them?",
        minutes_ago: 190,
        ..NEW
    },
    Story {
        customer: ("王小美", "mei@mail.example"),
        source: "order",
        category: "logistics",
        order: Some("TP-20462"),
        subject: "顯示已送達但沒有收到",
        text: "物流今天早上顯示「已送達」,但是我和管理室都沒有收到包裹,可以幫我查一下嗎?",
        minutes_ago: 95,
        ..NEW
    },
    Story {
        customer: ("黃雅婷", "yating@mail.example"),
        category: "promotion",
        subject: "折扣碼無法使用",
        text: "結帳輸入 AUTUMN10 一直出現「不符合使用條件」,我的訂單已經超過 1,500 元了。",
        minutes_ago: 60,
        ..NEW
    },
    Story {
        customer: ("林怡君", "yichun@mail.example"),
        source: "product",
        category: "product",
        product: Some(("P-118", "手沖咖啡壺組")),
        subject: "可以用電磁爐嗎",
        text: "請問這個壺可以直接放在電磁爐上加熱嗎?容量大約是幾杯?",
        minutes_ago: 25,
        ..NEW
    },
    Story {
        shop: "lantern",
        customer: ("周思妤", "ssuyu@mail.example"),
        source: "product",
        category: "product",
        product: Some(("L-07", "手工紙燈籠")),
        subject: "紙燈籠可以掛在戶外嗎",
        text: "想掛在騎樓下,偶爾會淋到一點雨,請問需要特別處理嗎?",
        minutes_ago: 240,
        ..NEW
    },
    Story {
        shop: "lantern",
        customer: ("Daniel Reed", "daniel@mail.example"),
        locale: "en",
        category: "order",
        subject: "Gift wrapping",
        text: "Could you wrap the two small lanterns as gifts, with a card? I can pay extra.",
        minutes_ago: 45,
        ..NEW
    },
];
