//! What the inquiry form needs to know of a shop (SPEC §2.3, §2.6). Open to everybody.

use axum::Json;
use common::app::App;
use common::auth::InShop;
use common::problem::ProblemDocument;
use common::word::{CategoryWord, EvidenceWord, LocaleWord, PriorityWord, SourceWord, Word};
use domain::labels::{Category, Source};
use domain::text::MESSAGE_CHARACTERS;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What the form shows.
#[derive(Serialize, ToSchema)]
struct InquiryForm {
    /// The shop, as customers know it.
    shop: FormShop,
    /// Where an inquiry can come from.
    #[schema(inline)]
    sources: Vec<SourceWord>,
    /// What it can be about.
    categories: Vec<FormCategory>,
    /// The most characters of a message.
    max_text_characters: usize,
}

/// The shop, as customers know it.
#[derive(Serialize, ToSchema)]
struct FormShop {
    id: String,
    name: String,
    #[schema(inline)]
    locale: LocaleWord,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
}

/// A category with what it promises and asks for.
#[derive(Serialize, ToSchema)]
struct FormCategory {
    #[schema(inline)]
    id: CategoryWord,
    #[schema(inline)]
    priority: PriorityWord,
    reply_within_hours: u32,
    /// What helps, optional for the customer.
    #[schema(inline)]
    evidence: Vec<EvidenceWord>,
}

/// The route of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show_inquiry_form))
}

/// What the inquiry form needs to know of a shop.
#[utoipa::path(
    get, path = "/v1/shops/{shop}/form", operation_id = "show_inquiry_form", tag = "customers",
    params(("shop" = String, Path)),
    security(()),
    responses(
        (status = 200, body = InquiryForm),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn show_inquiry_form(InShop(record): InShop) -> Json<InquiryForm> {
    let shop = &record.shop;
    let category = |category: &Category| {
        let priority = shop.priority_of(*category);
        FormCategory {
            id: Word(*category),
            priority: Word(priority),
            reply_within_hours: shop.reply_hours_of(priority),
            evidence: category.evidence().iter().copied().map(Word).collect(),
        }
    };
    Json(InquiryForm {
        shop: FormShop {
            id: shop.id.to_string(),
            name: shop.name.clone(),
            locale: Word(shop.locale),
            phone: shop.phone.clone(),
            email: shop.email.clone(),
        },
        sources: Source::ALL.iter().copied().map(Word).collect(),
        categories: Category::ALL.iter().map(category).collect(),
        max_text_characters: MESSAGE_CHARACTERS,
    })
}
