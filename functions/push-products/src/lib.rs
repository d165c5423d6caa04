//! A shop's backend pushes products (SPEC §10.1), one or many, with its API key; an older push changes
//! nothing.

use axum::Json;
use axum::extract::{Path, State};
use common::app::App;
use common::auth::ShopBackend;
use common::http::{Command, Fields, Object, preferred_locale};
use common::problem::{Code, FieldCode, Problem, ProblemDocument};
use common::store::ProductItem;
use domain::money::{Currency, MOST_MINOR};
use http::HeaderMap;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The most products of a request.
const AT_ONCE: usize = 50;

/// A product as its source has it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PushedProduct {
    /// The source's version, or the time of its last change in milliseconds: an older push changes nothing.
    #[schema(required)]
    version: Option<u64>,
    /// 1 to 200 characters.
    #[schema(required)]
    title: Option<String>,
    /// In minor units.
    #[schema(required)]
    price: Option<u64>,
    /// ISO 4217.
    #[schema(required)]
    currency: Option<String>,
    /// Where customers find it.
    url: Option<String>,
    /// Whether it is on sale.
    #[schema(required)]
    active: Option<bool>,
}

/// Many products.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PushProducts {
    /// At most 50.
    #[schema(required, value_type = Vec<NumberedProduct>)]
    products: Option<Vec<Object<NumberedProduct>>>,
}

/// A product with its id.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NumberedProduct {
    /// The storefront's id, 1 to 64 characters.
    #[schema(required)]
    id: Option<String>,
    /// The product.
    #[schema(required, value_type = PushedProduct)]
    product: Option<Object<PushedProduct>>,
}

/// What became of a push.
#[derive(Debug, Serialize, ToSchema)]
struct PushedProductResult {
    id: String,
    /// `stored` or `unchanged`; none where there is a problem.
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<&'static str>,
    /// Why it was not stored.
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<ProblemDocument>,
}

/// What became of each, in their order.
#[derive(Debug, Serialize, ToSchema)]
struct PushedProductResults {
    results: Vec<PushedProductResult>,
}

/// The routes of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(push_products)).routes(routes!(push_product))
}

/// A shop's backend pushes many products; each is reported on its own.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/products", operation_id = "push_products", tag = "backend",
    params(("shop" = String, Path)),
    request_body = PushProducts,
    security(("api_key" = [])),
    responses(
        (status = 200, body = PushedProductResults),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn push_products(
    State(app): State<App>,
    backend: ShopBackend,
    headers: HeaderMap,
    command: Command<PushProducts>,
) -> Result<Json<PushedProductResults>, Problem> {
    let mut fields = Fields::default();
    let products = fields.needed("products", command.body.products);
    if products.as_ref().is_some_and(|products| products.len() > AT_ONCE) {
        fields.wrong("products", FieldCode::TooMany(AT_ONCE));
    }
    let products = fields.all_right(products)?;
    let locale = preferred_locale(&headers);
    let mut results = Vec::with_capacity(products.len());
    for Object(it) in products {
        let id = it.id.unwrap_or_default();
        let pushed = match it.product {
            Some(Object(product)) => push(&app, &backend, &id, &product).await,
            None => Err(Problem::field("product", FieldCode::Required)),
        };
        results.push(match pushed {
            Ok(result) => PushedProductResult { id, result: Some(result), problem: None },
            Err(problem) => {
                let problem = problem.document(locale, &common::ids::random_text());
                PushedProductResult { id, result: None, problem: Some(problem) }
            }
        });
    }
    Ok(Json(PushedProductResults { results }))
}

/// A shop's backend pushes one product.
#[utoipa::path(
    put, path = "/v1/shops/{shop}/products/{product}", operation_id = "push_product", tag = "backend",
    params(("shop" = String, Path), ("product" = String, Path)),
    request_body = PushedProduct,
    security(("api_key" = [])),
    responses(
        (status = 200, body = PushedProductResult),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn push_product(
    State(app): State<App>,
    backend: ShopBackend,
    path: Result<Path<(String, String)>, axum::extract::rejection::PathRejection>,
    command: Command<PushedProduct>,
) -> Result<Json<PushedProductResult>, Problem> {
    let Ok(Path((_, id))) = path else { return Err(Problem::new(Code::NotFound)) };
    let result = push(&app, &backend, &id, &command.body).await?;
    Ok(Json(PushedProductResult { id, result: Some(result), problem: None }))
}

async fn push(
    app: &App,
    backend: &ShopBackend,
    id: &str,
    product: &PushedProduct,
) -> Result<&'static str, Problem> {
    let mut fields = Fields::default();
    let read = product.read(id, &mut fields);
    let product = fields.all_right(read)?;
    let stored = app.store.push_product(&backend.shop().id, &product).await?;
    Ok(if stored { "stored" } else { "unchanged" })
}

impl PushedProduct {
    fn read(&self, id: &str, fields: &mut Fields) -> Option<ProductItem> {
        let id = fields.line::<64>("id", Some(id));
        if id.as_ref().is_some_and(|id| id.as_str().contains('#')) {
            fields.wrong("id", FieldCode::WrongType);
        }
        let version = fields.needed("version", self.version);
        let title = fields.line::<200>("title", self.title.as_deref());
        let price = fields.needed("price", self.price);
        if price.is_some_and(|price| price > MOST_MINOR) {
            fields.wrong("price", FieldCode::TooLargeNumber);
        }
        let currency = fields.needed("currency", self.currency.as_deref());
        let currency = currency.and_then(|code| Currency::parse(code).ok());
        if currency.is_none() && self.currency.is_some() {
            fields.wrong("currency", FieldCode::UnknownValue);
        }
        let url = fields.line_if_any::<500>("url", self.url.as_deref());
        if url.as_ref().is_some_and(|url| !url.starts_with("https://") && !url.starts_with("http://")) {
            fields.wrong("url", FieldCode::NotAnAddress);
        }
        let active = fields.needed("active", self.active);
        Some(ProductItem {
            id: id?.into_string(),
            title: title?.into_string(),
            price: price?,
            currency: currency?,
            url,
            active: active?,
            version: version?,
        })
    }
}
