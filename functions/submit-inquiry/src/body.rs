//! What the form sends, and its checks.

use common::http::{Fields, Object};
use common::problem::{FieldCode, Problem};
use common::word::{CategoryWord, LocaleWord, SourceWord};
use domain::inquiry::{GivenEvidence, Product, Submission};
use domain::labels::{Locale, Source};
use domain::text::Email;
use serde::Deserialize;
use utoipa::ToSchema;

/// What a customer submits.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SubmitInquiry {
    /// Where from; `contact_form` unless said otherwise.
    #[schema(inline)]
    source: Option<SourceWord>,
    /// What about.
    #[schema(inline, required)]
    category: Option<CategoryWord>,
    /// One line, at most 200 characters; the beginning of the text where it is missing.
    subject: Option<String>,
    /// The message, 1 to 10,000 characters.
    #[schema(required)]
    text: Option<String>,
    /// The order's number, at most 64 characters.
    order: Option<String>,
    /// The product's id, at most 64 characters.
    product: Option<String>,
    /// The product's title, at most 120 characters.
    product_title: Option<String>,
    /// The customer's language; the shop's where it is missing.
    #[schema(inline)]
    locale: Option<LocaleWord>,
    /// What the category asks for.
    #[schema(value_type = Option<SubmittedEvidence>)]
    evidence: Option<Object<SubmittedEvidence>>,
    /// A guest's name, at most 80 characters; members' comes from their token.
    name: Option<String>,
    /// A guest's e-mail address; members' comes from their token.
    email: Option<String>,
    /// A guest's telephone number, at most 32 characters.
    phone: Option<String>,
    /// Must be empty: only robots fill it.
    website: Option<String>,
}

/// Evidence in words, each at most 500 characters.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SubmittedEvidence {
    /// The text of the error.
    error_text: Option<String>,
    /// The browser.
    browser: Option<String>,
    /// When it happened.
    time: Option<String>,
}

/// How to reach a guest.
pub struct GuestContact {
    pub name: String,
    pub email: Email,
    pub phone: Option<String>,
}

impl SubmitInquiry {
    /// The submission of somebody who is known.
    pub fn of_customer(&self, locale: Locale) -> Result<Submission, Problem> {
        let mut fields = Fields::default();
        let submission = self.submission(&mut fields, locale);
        fields.all_right(submission)
    }

    /// The submission of a guest, who has to say who they are.
    pub fn of_guest(&self, locale: Locale) -> Result<(GuestContact, Submission), Problem> {
        let mut fields = Fields::default();
        let name = fields.line::<80>("name", self.name.as_deref());
        let email = fields.email("email", self.email.as_deref());
        let phone = fields.line_if_any::<32>("phone", self.phone.as_deref());
        let contact =
            name.zip(email).map(|(name, email)| GuestContact { name: name.into_string(), email, phone });
        let submission = self.submission(&mut fields, locale);
        fields.all_right(contact.zip(submission))
    }

    fn submission(&self, fields: &mut Fields, locale: Locale) -> Option<Submission> {
        if self.website.as_ref().is_some_and(|text| !text.is_empty()) {
            fields.wrong("website", FieldCode::MustBeEmpty);
        }
        let category = fields.needed("category", self.category);
        let text = fields.text("text", self.text.as_deref());
        let subject = fields.line_if_any::<200>("subject", self.subject.as_deref());
        let order = fields.line_if_any::<64>("order", self.order.as_deref());
        let product = fields.line_if_any::<64>("product", self.product.as_deref());
        let title = fields.line_if_any::<120>("product_title", self.product_title.as_deref());
        let evidence =
            self.evidence.as_ref().map_or_else(GivenEvidence::default, |Object(given)| GivenEvidence {
                error_text: fields.line_if_any::<500>("evidence.error_text", given.error_text.as_deref()),
                browser: fields.line_if_any::<500>("evidence.browser", given.browser.as_deref()),
                time: fields.line_if_any::<500>("evidence.time", given.time.as_deref()),
            });
        Some(Submission {
            source: self.source.map_or(Source::ContactForm, |word| word.0),
            category: category?.0,
            subject,
            text: text?,
            order,
            product: product.map(|id| Product { id, title }),
            locale: self.locale.map_or(locale, |word| word.0),
            evidence,
            follows: None,
        })
    }
}
