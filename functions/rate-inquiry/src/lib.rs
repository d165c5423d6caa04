//! A customer says how it was, once, after it ended (SPEC §11).

use axum::Json;
use axum::extract::State;
use common::app::App;
use common::auth::Asking;
use common::http::{Command, Fields, InquiryPath};
use common::problem::{FieldCode, Problem, ProblemDocument};
use common::store::Command as StoreCommand;
use common::view::customer::MyInquiry;
use common::word::ScoreWord;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The most characters of a comment.
const COMMENT_CHARACTERS: usize = 1_000;

/// What the customer thinks.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RateInquiry {
    /// One of five steps.
    #[schema(inline, required)]
    rating: Option<ScoreWord>,
    /// In words, at most 1,000 characters.
    comment: Option<String>,
}

/// The route of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(rate_inquiry))
}

/// A customer says how it was.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/my/inquiries/{id}/rating", operation_id = "rate_inquiry",
    tag = "customers",
    params(("shop" = String, Path), ("id" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = RateInquiry,
    security(("member" = []), ("guest_session" = [])),
    responses(
        (status = 200, body = MyInquiry),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn rate_inquiry(
    State(app): State<App>,
    asking: Asking,
    InquiryPath(id): InquiryPath,
    command: Command<RateInquiry>,
) -> Result<Json<MyInquiry>, Problem> {
    let id = asking.own(&id)?;
    let mut fields = Fields::default();
    let score = fields.needed("rating", command.body.rating);
    let comment = fields.text_if_any("comment", command.body.comment.as_deref());
    if comment.as_ref().is_some_and(|text| text.as_str().chars().count() > COMMENT_CHARACTERS) {
        fields.wrong("comment", FieldCode::TooLong(COMMENT_CHARACTERS));
    }
    let score = fields.all_right(score)?.0;
    let comment = comment.map(|text| text.as_str().to_owned());
    let (shop, now) = (asking.shop(), app.clock.now());
    let once = command.once(asking.customer.key.as_str());
    let rating = StoreCommand { shop, id: &id, once: &once, seen: None, by_staff: false, now };
    let done = app.change(rating, |inquiry| inquiry.rate(score, comment.clone(), now)).await?;
    let record = &done.record;
    Ok(Json(MyInquiry::of(&record.inquiry, &record.lines, record.has_older(), shop, now)))
}
