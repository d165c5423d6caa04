//! Problem documents (RFC 9457): the one form in which anything goes wrong for a caller.
//!
//! A problem is made without knowing the reader's language; the edge writes title and detail
//! in it (see [`crate::http`]). Rules, machines and extractors all become one here.

mod inquiries;
mod orders;
mod words;

use axum::response::{IntoResponse, Response};
use domain::labels::Locale;
use domain::money::{Currency, Money};
use domain::text::TextProblem;
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use utoipa::ToSchema;

use crate::failure::Failure;
use crate::view::order::OrderView;
use crate::view::{EntryView, InquiryView};

/// Something that a caller did, or met, that cannot be answered otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// What kind; decides status and words.
    pub code: Code,
    /// What is wrong with each field.
    pub fields: Vec<FieldProblem>,
    /// The inquiry as it stands now, where the caller saw an older one.
    pub current: Option<Box<InquiryView>>,
    /// What happened since the caller saw it.
    pub entries: Vec<EntryView>,
    /// The order as it stands now, where the caller is of the staff.
    pub order: Option<Box<OrderView>>,
    /// Seconds after which trying again makes sense.
    pub retry_after: Option<u64>,
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldProblem {
    /// Its path in the body or its name in the query.
    pub field: String,
    /// What is wrong.
    pub code: FieldCode,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $item:ident = $word:literal, $status:ident;)*) => {
        /// Every kind of problem: its word is stable, part of `type`, and for programs.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Code { $($(#[$doc])* $item),* }
        impl Code {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$item),*];
            /// Its word.
            pub const fn as_str(self) -> &'static str { match self { $(Self::$item => $word),* } }
            /// Its HTTP status.
            pub const fn status(self) -> StatusCode { match self { $(Self::$item => StatusCode::$status),* } }
        }
    };
}

codes! {
    /// Fields are missing or wrong.
    InvalidFields = "invalid_fields", UNPROCESSABLE_ENTITY;
    /// The body is not what it should be at all.
    InvalidBody = "invalid_body", BAD_REQUEST;
    /// Not signed in, or no longer.
    Unauthorized = "unauthorized", UNAUTHORIZED;
    /// Signed in, but not allowed.
    Forbidden = "forbidden", FORBIDDEN;
    /// Nothing there for the caller.
    NotFound = "not_found", NOT_FOUND;
    /// The path does not take that method.
    MethodNotAllowed = "method_not_allowed", METHOD_NOT_ALLOWED;
    /// The inquiry moved on since the caller saw it.
    InquiryMovedOn = "inquiry_moved_on", CONFLICT;
    /// The command does not say which version it saw.
    PreconditionRequired = "precondition_required", PRECONDITION_REQUIRED;
    /// The idempotency key belongs to another command.
    IdempotencyKeyReused = "idempotency_key_reused", UNPROCESSABLE_ENTITY;
    /// Too much in too short a time.
    TooManyRequests = "too_many_requests", TOO_MANY_REQUESTS;
    /// The body is too large.
    PayloadTooLarge = "payload_too_large", PAYLOAD_TOO_LARGE;
    /// Locked after 30 days in history.
    InquiryLocked = "inquiry_locked", CONFLICT;
    /// Part of another inquiry.
    InquiryMerged = "inquiry_merged", CONFLICT;
    /// It ended already.
    AlreadyEnded = "already_ended", CONFLICT;
    /// It has not ended.
    NotEnded = "not_ended", CONFLICT;
    /// Closing needs a reason.
    ReasonNeeded = "reason_needed", UNPROCESSABLE_ENTITY;
    /// The reason needs words.
    DetailNeeded = "detail_needed", UNPROCESSABLE_ENTITY;
    /// It is that agent's already.
    AlreadyAssigned = "already_assigned", CONFLICT;
    /// It is nobody's already.
    NotAssigned = "not_assigned", CONFLICT;
    /// Not an agent of the shop.
    NotAnAgent = "not_an_agent", UNPROCESSABLE_ENTITY;
    /// The shop has one agent.
    OnlyAgent = "only_agent", CONFLICT;
    /// Rated already.
    AlreadyRated = "already_rated", CONFLICT;
    /// Too many tags.
    TooManyTags = "too_many_tags", UNPROCESSABLE_ENTITY;
    /// Nothing waits to be read.
    NothingToRead = "nothing_to_read", CONFLICT;
    /// Not two of one customer.
    NotMergeable = "not_mergeable", UNPROCESSABLE_ENTITY;
    /// Too many in one.
    TooManyMerged = "too_many_merged", CONFLICT;
    /// Not merged.
    NotMerged = "not_merged", CONFLICT;
    /// Another was faster.
    AlreadyTaken = "already_taken", CONFLICT;
    /// A snooze ends in the past, or too late.
    SnoozeTime = "snooze_time", UNPROCESSABLE_ENTITY;
    /// The shop has no such department.
    NoSuchDepartment = "no_such_department", UNPROCESSABLE_ENTITY;
    /// Whoever is asked would not be told.
    NobodyToAsk = "nobody_to_ask", UNPROCESSABLE_ENTITY;
    /// That question does not stand open.
    NoSuchQuestion = "no_such_question", CONFLICT;
    /// Too many questions stand open.
    TooManyQuestions = "too_many_questions", CONFLICT;
    /// The order moved on since the caller saw it.
    OrderMovedOn = "order_moved_on", CONFLICT;
    /// More than what is left to refund.
    MoreThanLeft = "more_than_left", UNPROCESSABLE_ENTITY;
    /// Nothing is left to refund.
    NothingLeft = "nothing_left", CONFLICT;
    /// Another currency than the order's.
    CurrencyDiffers = "currency_differs", UNPROCESSABLE_ENTITY;
    /// A reason that says too little.
    ReasonTooShort = "reason_too_short", UNPROCESSABLE_ENTITY;
    /// The customer's consent is needed.
    ConsentNeeded = "consent_needed", UNPROCESSABLE_ENTITY;
    /// The proof is none.
    NotAProof = "not_a_proof", UNPROCESSABLE_ENTITY;
    /// Another refund waits for a decision.
    RefundOpen = "refund_open", CONFLICT;
    /// Too many refunds of one order.
    TooManyRefunds = "too_many_refunds", CONFLICT;
    /// The refund is not where that can be done.
    RefundDecided = "refund_decided", CONFLICT;
    /// It is not paid by hand.
    NotByHand = "not_by_hand", CONFLICT;
    /// A second person has to confirm.
    AnotherPerson = "another_person", CONFLICT;
    /// A call-back about what nobody asked for.
    NeverAsked = "never_asked", CONFLICT;
    /// A call-back that was heard before.
    Replayed = "replayed", CONFLICT;
    /// The order is not overdue.
    NotOverdue = "not_overdue", CONFLICT;
    /// The order was shipped.
    AlreadyShipped = "already_shipped", CONFLICT;
    /// The order was cancelled or refunded in full.
    OrderEnded = "order_ended", CONFLICT;
    /// The order is not to be shipped.
    NotToShip = "not_to_ship", CONFLICT;
    /// The date is not later, or too late.
    DelayDate = "delay_date", UNPROCESSABLE_ENTITY;
    /// Nothing was proposed.
    NothingProposed = "nothing_proposed", CONFLICT;
    /// The order was not shipped.
    NotShipped = "not_shipped", CONFLICT;
    /// A return is in progress.
    ReturnOpen = "return_open", CONFLICT;
    /// Those items cannot go back.
    NotReturnable = "not_returnable", UNPROCESSABLE_ENTITY;
    /// The return is not where that can be done.
    ReturnMovedOn = "return_moved_on", CONFLICT;
    /// It is a return, not an exchange.
    NotAnExchange = "not_an_exchange", CONFLICT;
    /// The order is too old to contact its buyer.
    TooOldToContact = "too_old_to_contact", CONFLICT;
    /// The source says less was paid than goes back.
    PaidLessThanRefunded = "paid_less_than_refunded", CONFLICT;
    /// The order's customer cannot change.
    CustomerDiffers = "customer_differs", CONFLICT;
    /// Another proposal than the one that was looked at.
    ProposalMovedOn = "proposal_moved_on", CONFLICT;
    /// Somebody else changed the settings.
    SettingsMovedOn = "settings_moved_on", CONFLICT;
    /// A webhook without a secret.
    SecretNeeded = "secret_needed", CONFLICT;
    /// A new secret waits already.
    SecretWaiting = "secret_waiting", CONFLICT;
    /// It is the secret that signs.
    SecretInUse = "secret_in_use", CONFLICT;
    /// It is not the secret that waits.
    SecretNotNext = "secret_not_next", CONFLICT;
    /// A machine broke; trying again with the same key is safe.
    Unavailable = "unavailable", SERVICE_UNAVAILABLE;
}

/// What can be wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldCode {
    /// It is missing or empty.
    Required,
    /// It has more characters than the bound.
    TooLong(usize),
    /// It has control characters.
    ControlCharacters,
    /// Not an e-mail address.
    NotAnEmail,
    /// Not one of the values that there are.
    UnknownValue,
    /// There is no such field.
    UnknownField,
    /// A text for a number and the like.
    WrongType,
    /// It must be empty.
    MustBeEmpty,
    /// More items than the bound.
    TooMany(usize),
    /// A number outside its bounds.
    OutOfRange(u32, u32),
    /// A time that has passed.
    InThePast,
    /// A time too far away.
    TooFar,
    /// A span of time that ends before it starts, or as it does.
    EndsBeforeStart,
    /// A span of time that overlaps another of the same day.
    Overlaps,
    /// The same as another that has to differ.
    NotUnique,
    /// Not a picture of a kind that is taken.
    NotAnImage,
    /// More bytes than the bound.
    TooLarge(usize),
    /// A number beyond all bounds.
    TooLargeNumber,
    /// Fewer characters than the bound.
    TooShort(usize),
    /// Not an address on the web that can be asked.
    NotAnAddress,
    /// More money than there is.
    MoreThan(Money),
    /// Another currency than this.
    OtherCurrency(Currency),
    /// A day that is no later than the promise.
    NotLater,
}

/// A problem as it is sent.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemDocument {
    /// `urn:kefu:problem:<code>`
    #[serde(rename = "type")]
    kind: String,
    /// What went wrong, in the reader's language.
    title: &'static str,
    /// The HTTP status.
    status: u16,
    /// What to do about it, in the reader's language.
    detail: &'static str,
    /// For programs.
    code: &'static str,
    /// What is wrong with each field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fields: Vec<FieldDocument>,
    /// For asking us about it.
    request_id: String,
    /// The inquiry as it stands now.
    #[serde(skip_serializing_if = "Option::is_none")]
    current: Option<Box<InquiryView>>,
    /// What happened since the caller saw it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    entries: Vec<EntryView>,
    /// The order as it stands now.
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<Box<OrderView>>,
}

/// What is wrong with a field, as it is sent.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FieldProblem)]
pub struct FieldDocument {
    /// Its path in the body or its name in the query.
    field: String,
    /// For programs.
    code: &'static str,
    /// For the reader.
    detail: String,
}

impl Problem {
    /// A problem of that kind.
    pub fn new(code: Code) -> Self {
        Self { code, fields: Vec::new(), current: None, entries: Vec::new(), order: None, retry_after: None }
    }

    /// One field is wrong.
    pub fn field(field: impl Into<String>, code: FieldCode) -> Self {
        Self { fields: vec![FieldProblem { field: field.into(), code }], ..Self::new(Code::InvalidFields) }
    }

    fn snooze(code: FieldCode) -> Self {
        let fields = vec![FieldProblem { field: "until".to_owned(), code }];
        Self { fields, ..Self::new(Code::SnoozeTime) }
    }

    /// Too much in too short a time.
    pub fn wait(seconds: u64) -> Self {
        Self { retry_after: Some(seconds), ..Self::new(Code::TooManyRequests) }
    }

    /// In words, for a reader.
    pub fn document(self, locale: Locale, request_id: &str) -> ProblemDocument {
        let (title, detail) = words::of(self.code, locale);
        let field = |problem: FieldProblem| FieldDocument {
            field: problem.field,
            code: words::field_word(problem.code),
            detail: words::of_field(problem.code, locale),
        };
        ProblemDocument {
            kind: format!("urn:kefu:problem:{}", self.code.as_str()),
            title,
            status: self.code.status().as_u16(),
            detail,
            code: self.code.as_str(),
            fields: self.fields.into_iter().map(field).collect(),
            request_id: request_id.to_owned(),
            current: self.current,
            entries: self.entries,
            order: self.order,
        }
    }
}

/// The answer carries the problem along; the edge writes it in the reader's language.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.code.status().into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(std::sync::Arc::new(self));
        response
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        tracing::error!(error = failure.chain(), "failed");
        Self { retry_after: Some(1), ..Self::new(Code::Unavailable) }
    }
}

impl From<TextProblem> for FieldCode {
    fn from(problem: TextProblem) -> Self {
        match problem {
            TextProblem::Empty => Self::Required,
            TextProblem::TooLong { most } => Self::TooLong(most),
            TextProblem::Control => Self::ControlCharacters,
            TextProblem::NotAnAddress => Self::NotAnEmail,
        }
    }
}
