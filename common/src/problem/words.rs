//! What problems say, in each language: a title, and what to do.

use domain::labels::Locale;

use super::{Code, FieldCode};

pub(super) type Words = (&'static str, &'static str);

/// Title and detail of a problem.
pub fn of(code: Code, locale: Locale) -> Words {
    let [hant, hans, en] = in_all(code);
    match locale {
        Locale::ZhHant => hant,
        Locale::ZhHans => hans,
        Locale::En => en,
    }
}

fn in_all(code: Code) -> [Words; 3] {
    match code {
        Code::InvalidFields => [
            ("有欄位需要修正", "請修正標示的欄位後再送出一次。"),
            ("有字段需要修改", "请修改标出的字段后再提交一次。"),
            ("Some fields need correcting", "Correct the fields named here and send it again."),
        ],
        Code::InvalidBody => [
            ("無法讀取送來的內容", "請以 UTF-8 編碼的 JSON 物件送出。"),
            ("无法读取提交的内容", "请以 UTF-8 编码的 JSON 对象提交。"),
            ("The body cannot be read", "Send a JSON object encoded in UTF-8."),
        ],
        Code::Unauthorized => [
            ("請重新登入或重新開啟連結", "登入已失效,或連結無效、已過期。"),
            ("请重新登录或重新打开链接", "登录已失效,或链接无效、已过期。"),
            (
                "Sign in again, or open the link again",
                "The sign-in or the link is not valid, or has expired.",
            ),
        ],
        Code::Forbidden => [
            ("沒有權限", "這個動作需要其他權限,請洽店主。"),
            ("没有权限", "此操作需要其他权限,请联系店主。"),
            ("Not allowed", "This needs another permission; ask the shop's owner."),
        ],
        Code::NotFound => [
            ("找不到", "這裡沒有這項資料。"),
            ("找不到", "这里没有这项数据。"),
            ("Not found", "There is nothing here."),
        ],
        Code::MethodNotAllowed => [
            ("不支援的方法", "這個路徑不接受這種請求。"),
            ("不支持的方法", "此路径不接受这种请求。"),
            ("Method not allowed", "This path does not take that method."),
        ],
        Code::InquiryMovedOn => [
            ("詢問已有新的進展", "請先看過新的內容,再決定是否送出。"),
            ("咨询已有新的进展", "请先查看新的内容,再决定是否提交。"),
            ("The inquiry has moved on", "Look at what is new, then decide whether to send it."),
        ],
        Code::PreconditionRequired => [
            ("缺少版本", "請以 If-Match 標頭帶上您看到的版本。"),
            ("缺少版本", "请用 If-Match 标头带上您看到的版本。"),
            ("The version is missing", "Name the version you saw in the If-Match header."),
        ],
        Code::IdempotencyKeyReused => [
            ("識別鍵已用於其他內容", "不同的內容請使用新的 Idempotency-Key。"),
            ("识别键已用于其他内容", "不同的内容请使用新的 Idempotency-Key。"),
            ("The key was used for something else", "Use a new Idempotency-Key for another content."),
        ],
        Code::TooManyRequests => [
            ("送出太頻繁", "請稍候再試,您輸入的內容不會遺失。"),
            ("提交太频繁", "请稍后再试,您输入的内容不会丢失。"),
            ("Too many at once", "Wait a moment and try again; what you typed is kept."),
        ],
        Code::PayloadTooLarge => [
            ("內容太大", "請縮短內容後再送出。"),
            ("内容太大", "请缩短内容后再提交。"),
            ("The body is too large", "Shorten it and send it again."),
        ],
        Code::InquiryLocked => [
            ("詢問已鎖定", "結束超過 30 天後無法再回覆,請提出新的詢問。"),
            ("咨询已锁定", "结束超过 30 天后无法再回复,请提出新的咨询。"),
            ("The inquiry is locked", "It ended more than 30 days ago; open a new one."),
        ],
        Code::InquiryMerged => [
            ("詢問已併入另一則", "請在併入的那一則中繼續。"),
            ("咨询已并入另一条", "请在并入的那一条中继续。"),
            ("The inquiry was merged", "Go on in the one that it was merged into."),
        ],
        Code::AlreadyEnded => [
            ("詢問已結束", "需要的話請先重新開啟。"),
            ("咨询已结束", "需要的话请先重新打开。"),
            ("The inquiry has ended", "Reopen it first if you need to."),
        ],
        Code::NotEnded => [
            ("詢問尚未結束", "結束後才能這麼做。"),
            ("咨询尚未结束", "结束后才能这样做。"),
            ("The inquiry has not ended", "This is possible once it has ended."),
        ],
        Code::ReasonNeeded => [
            ("請選擇結案原因", "還有未回覆的留言,結案需要原因。"),
            ("请选择结案原因", "还有未回复的留言,结案需要原因。"),
            ("Choose a reason", "A message is unanswered, so closing needs a reason."),
        ],
        Code::DetailNeeded => [
            ("請說明原因", "選擇「其他」時請寫下原因。"),
            ("请说明原因", "选择“其他”时请写下原因。"),
            ("Say why", "The reason \"other\" needs a text."),
        ],
        Code::AlreadyAssigned => [
            ("已由這位客服負責", "不需要再次分配。"),
            ("已由这位客服负责", "不需要再次分配。"),
            ("Already assigned to this agent", "There is nothing to do."),
        ],
        Code::NotAssigned => [
            ("目前無人負責", "它已經在未分配中。"),
            ("目前无人负责", "它已经在未分配中。"),
            ("Nobody has it", "It is among the unassigned already."),
        ],
        Code::NotAnAgent => [
            ("不是這家店的客服", "請選擇具有客服權限的人。"),
            ("不是这家店的客服", "请选择具有客服权限的人。"),
            ("Not an agent of this shop", "Choose somebody with the customer-service permission."),
        ],
        Code::OnlyAgent => [
            ("店裡只有一位客服", "所有詢問都由這位客服負責。"),
            ("店里只有一位客服", "所有咨询都由这位客服负责。"),
            ("The shop has one agent", "Every inquiry is that agent's."),
        ],
        Code::AlreadyRated => [
            ("已經評分過了", "每則詢問只能評分一次,謝謝您。"),
            ("已经评分过了", "每条咨询只能评分一次,谢谢您。"),
            ("Already rated", "Each inquiry is rated once. Thank you."),
        ],
        Code::TooManyTags => [
            ("標籤太多", "一則詢問最多 10 個標籤。"),
            ("标签太多", "一条咨询最多 10 个标签。"),
            ("Too many tags", "An inquiry has at most 10 tags."),
        ],
        Code::NothingToRead => [
            ("沒有未讀的留言", "只有等待回覆的詢問可以標為未讀。"),
            ("没有未读的留言", "只有等待回复的咨询可以标为未读。"),
            ("Nothing to read", "Only a waiting inquiry can be marked unread."),
        ],
        Code::NotMergeable => [
            ("無法合併", "只能合併同一位顧客的兩則不同詢問。"),
            ("无法合并", "只能合并同一位顾客的两条不同咨询。"),
            ("Cannot be merged", "Only two inquiries of the same customer can be merged."),
        ],
        Code::TooManyMerged => [
            ("合併太多", "一則詢問最多併入 20 則。"),
            ("合并太多", "一条咨询最多并入 20 条。"),
            ("Too many merged", "At most 20 inquiries can be merged into one."),
        ],
        Code::NotMerged => [
            ("並未合併", "這則詢問沒有併入其他詢問。"),
            ("并未合并", "这条咨询没有并入其他咨询。"),
            ("Not merged", "This inquiry is not part of another."),
        ],
        Code::AlreadyTaken => [
            ("已由其他同事接手", "另一位同事先一步接手了這則詢問。"),
            ("已由其他同事接手", "另一位同事先一步接手了这条咨询。"),
            ("Somebody else has it", "A colleague took this inquiry a moment earlier."),
        ],
        Code::SnoozeTime => [
            ("稍後處理的時間不正確", "請選擇未來 90 天以內的時間。"),
            ("稍后处理的时间不正确", "请选择将来 90 天以内的时间。"),
            ("The time of the snooze is not possible", "Choose a time within the next 90 days."),
        ],
        Code::NoSuchDepartment => [
            ("沒有這個部門", "請重新整理後從清單選擇。"),
            ("没有这个部门", "请刷新后从列表选择。"),
            ("No such department", "Reload and choose one from the list."),
        ],
        Code::NoSuchQuestion => [
            ("這個提問已經回覆", "它已不在待回覆的提問中。"),
            ("这个提问已经回复", "它已不在待回复的提问中。"),
            ("The question was answered", "It does not stand open any more."),
        ],
        Code::NobodyToAsk => [
            (
                "沒有人會收到提問",
                "這個對象除了您沒有可提問的客服。請改問另一位同事，或請店主為部門加上成員。",
            ),
            (
                "没有人会收到提问",
                "这个对象除了您没有可提问的客服。请改问另一位同事，或请店主为部门加上成员。",
            ),
            (
                "Nobody would be told",
                "Apart from you nobody there can be asked. Ask a colleague, or have an owner add somebody to the department.",
            ),
        ],
        Code::ProposalMovedOn => [
            ("申請已更新", "對方已改交另一份申請。請重新載入，看過之後再決定。"),
            ("申请已更新", "对方已改交另一份申请。请重新加载，看过之后再决定。"),
            (
                "The proposal has changed",
                "They proposed something else meanwhile. Reload, look at it, and decide again.",
            ),
        ],
        Code::TooManyQuestions => [
            ("提問太多", "一則詢問最多 10 個待回覆的提問。"),
            ("提问太多", "一条咨询最多 10 个待回复的提问。"),
            ("Too many questions", "An inquiry has at most 10 open questions."),
        ],
        Code::SettingsMovedOn => [
            ("設定已被他人修改", "請重新載入,再套用您的修改。"),
            ("设置已被他人修改", "请重新载入,再应用您的修改。"),
            ("Somebody else changed the settings", "Load them again, then make your change."),
        ],
        Code::Unavailable => UNAVAILABLE,
        of_an_order => super::orders::in_all(of_an_order),
    }
}

pub(super) const UNAVAILABLE: [Words; 3] = [
    ("暫時無法處理", "請稍後再試;用同一個識別鍵重送是安全的。"),
    ("暂时无法处理", "请稍后再试;用同一个识别键重发是安全的。"),
    ("Not possible right now", "Try again shortly; repeating it with the same key is safe."),
];

/// The word of a field's problem, for programs.
pub const fn field_word(code: FieldCode) -> &'static str {
    match code {
        FieldCode::Required => "required",
        FieldCode::TooLong(_) => "too_long",
        FieldCode::ControlCharacters => "control_characters",
        FieldCode::NotAnEmail => "not_an_email",
        FieldCode::UnknownValue => "unknown_value",
        FieldCode::UnknownField => "unknown_field",
        FieldCode::WrongType => "wrong_type",
        FieldCode::MustBeEmpty => "must_be_empty",
        FieldCode::TooMany(_) => "too_many",
        FieldCode::OutOfRange(..) => "out_of_range",
        FieldCode::InThePast => "in_the_past",
        FieldCode::TooFar => "too_far",
        FieldCode::EndsBeforeStart => "ends_before_start",
        FieldCode::Overlaps => "overlaps",
        FieldCode::NotUnique => "not_unique",
        FieldCode::NotAnImage => "not_an_image",
        FieldCode::TooLarge(_) | FieldCode::TooLargeNumber => "too_large",
        FieldCode::TooShort(_) => "too_short",
        FieldCode::NotAnAddress => "not_an_address",
        FieldCode::MoreThan(_) => "more_than",
        FieldCode::OtherCurrency(_) => "other_currency",
        FieldCode::NotLater => "not_later",
    }
}

/// What is wrong with a field, for a reader.
pub fn of_field(code: FieldCode, locale: Locale) -> String {
    let [hant, hans, en] = match code {
        FieldCode::Required => ["請填寫這個欄位。", "请填写此字段。", "Fill in this field."],
        FieldCode::TooLong(most) => {
            return match locale {
                Locale::ZhHant => format!("最多 {most} 個字元。"),
                Locale::ZhHans => format!("最多 {most} 个字符。"),
                Locale::En => format!("At most {most} characters."),
            };
        }
        FieldCode::ControlCharacters => [
            "不可含有控制字元或換行。",
            "不可含有控制字符或换行。",
            "Control characters or line breaks are not possible here.",
        ],
        FieldCode::NotAnEmail => {
            ["請輸入有效的電子郵件地址。", "请输入有效的电子邮件地址。", "Enter an e-mail address."]
        }
        FieldCode::UnknownValue => ["沒有這個選項。", "没有这个选项。", "There is no such value."],
        FieldCode::UnknownField => ["沒有這個欄位。", "没有这个字段。", "There is no such field."],
        FieldCode::WrongType => ["資料型別不正確。", "数据类型不正确。", "This is of the wrong type."],
        FieldCode::MustBeEmpty => ["請將這個欄位留空。", "请将此字段留空。", "Leave this field empty."],
        FieldCode::InThePast => ["請選擇未來的時間。", "请选择将来的时间。", "Choose a time in the future."],
        FieldCode::TooFar => {
            ["請選擇較近的時間。", "请选择较近的时间。", "This is too far ahead: choose a nearer time."]
        }
        FieldCode::EndsBeforeStart => {
            ["結束時間必須晚於開始時間。", "结束时间必须晚于开始时间。", "It has to end after it starts."]
        }
        FieldCode::Overlaps => [
            "與同一天的另一個時段重疊。",
            "与同一天的另一个时段重叠。",
            "It overlaps another span of the same day.",
        ],
        FieldCode::NotUnique => [
            "已有相同的名稱，請換一個。",
            "已有相同的名称，请换一个。",
            "There is one like it already. Choose another.",
        ],
        FieldCode::NotAnImage => [
            "請選擇 PNG、JPEG 或 WebP 圖片。",
            "请选择 PNG、JPEG 或 WebP 图片。",
            "Choose a PNG, JPEG or WebP picture.",
        ],
        FieldCode::TooLargeNumber => ["這個數字太大。", "这个数字太大。", "This number is too large."],
        FieldCode::TooShort(least) => {
            return match locale {
                Locale::ZhHant => format!("至少 {least} 個字元。"),
                Locale::ZhHans => format!("至少 {least} 个字符。"),
                Locale::En => format!("At least {least} characters."),
            };
        }
        FieldCode::NotAnAddress => [
            "請輸入以 https:// 開頭、可公開連線的網址。",
            "请输入以 https:// 开头、可公开访问的网址。",
            "Enter an address that begins with https:// and can be reached from outside.",
        ],
        FieldCode::MoreThan(most) => {
            return match locale {
                Locale::ZhHant => format!("最多 {most}。"),
                Locale::ZhHans => format!("最多 {most}。"),
                Locale::En => format!("At most {most}."),
            };
        }
        FieldCode::OtherCurrency(currency) => {
            let code = currency.code();
            return match locale {
                Locale::ZhHant => format!("這筆訂單的幣別是 {code}。"),
                Locale::ZhHans => format!("此订单的币种是 {code}。"),
                Locale::En => format!("The order is in {code}."),
            };
        }
        FieldCode::NotLater => [
            "請選擇晚於目前出貨期限的日期。",
            "请选择晚于当前发货期限的日期。",
            "Choose a day after the present ship-by date.",
        ],
        FieldCode::TooLarge(most) => {
            let most = most / 1024;
            return match locale {
                Locale::ZhHant => format!("最多 {most} KB。"),
                Locale::ZhHans => format!("最多 {most} KB。"),
                Locale::En => format!("At most {most} KB."),
            };
        }
        FieldCode::OutOfRange(least, most) => {
            return match locale {
                Locale::ZhHant => format!("請輸入 {least} 到 {most} 之間的數字。"),
                Locale::ZhHans => format!("请输入 {least} 到 {most} 之间的数字。"),
                Locale::En => format!("Enter a number from {least} to {most}."),
            };
        }
        FieldCode::TooMany(most) => {
            return match locale {
                Locale::ZhHant => format!("最多 {most} 項。"),
                Locale::ZhHans => format!("最多 {most} 项。"),
                Locale::En => format!("At most {most}."),
            };
        }
    };
    match locale {
        Locale::ZhHant => hant,
        Locale::ZhHans => hans,
        Locale::En => en,
    }
    .to_owned()
}
