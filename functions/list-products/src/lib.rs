//! Staff look for a product of the shop (SPEC §10.2), to name it to a customer.

use axum::extract::State;
use axum::response::Response;
use common::app::App;
use common::auth::SignedIn;
use common::http::{Fields, Query, unless_known};
use common::problem::{FieldCode, Problem, ProblemDocument};
use common::store::{ProductItem, ProductsPage};
use domain::ids::ShopId;
use http::HeaderMap;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Products of a page.
const AT_ONCE: usize = 50;
/// Products that are read at once in a search, and in all of one.
const READ_AT_ONCE: usize = 250;
const LOOKED_THROUGH: usize = 1_000;
/// The most characters that are searched for.
const SEARCH_CHARACTERS: usize = 100;
/// The most bytes of a cursor.
const CURSOR_BYTES: usize = 1_000;

/// Which products.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct WhichProducts {
    /// Only those with this in their title or id, in capitals or not.
    search: Option<String>,
    /// Where the page before ended.
    cursor: Option<String>,
}

/// The products that are on sale, by title.
#[derive(Debug, Serialize, ToSchema)]
struct ProductPage {
    products: Vec<ProductView>,
    /// Where the next page begins. A page of a search may be short and still go on.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// A product.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CatalogProduct)]
struct ProductView {
    /// The storefront's id.
    product: String,
    title: String,
    /// In the smallest unit of its currency.
    price: u64,
    /// ISO 4217.
    currency: &'static str,
    /// Where customers find it.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

/// The route of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_products))
}

/// The products that are on sale, by title.
#[utoipa::path(
    get, path = "/v1/shops/{shop}/products", operation_id = "list_products", tag = "staff",
    params(("shop" = String, Path), WhichProducts),
    security(("agent" = [])),
    responses(
        (status = 200, body = ProductPage),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn list_products(
    State(app): State<App>,
    signed_in: SignedIn,
    Query(which): Query<WhichProducts>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let signed_in = signed_in.serving()?;
    let (search, after) = which.checked()?;
    let shop = &signed_in.shop().id;
    let page = match search {
        Some(search) => found(&app, shop, &search, after).await?,
        None => app.store.products(shop, after, AT_ONCE).await?,
    };
    let products = page.rows.into_iter().map(ProductView::from).collect();
    Ok(unless_known(&headers, &ProductPage { products, next: page.next }))
}

/// Looks through the products until a page is full, or as many were read as one search may read.
async fn found(app: &App, shop: &ShopId, search: &str, after: Option<&str>) -> Result<ProductsPage, Problem> {
    let fits = |product: &ProductItem| {
        product.title.to_lowercase().contains(search) || product.id.to_lowercase().contains(search)
    };
    let mut all = ProductsPage { rows: Vec::new(), next: after.map(str::to_owned) };
    for _ in 0..LOOKED_THROUGH / READ_AT_ONCE {
        let page = app.store.products(shop, all.next.as_deref(), READ_AT_ONCE).await?;
        all.rows.extend(page.rows.into_iter().filter(fits));
        all.next = page.next;
        if all.next.is_none() || all.rows.len() >= AT_ONCE {
            break;
        }
    }
    Ok(all)
}

impl WhichProducts {
    /// What is searched for, in small letters, and where to begin.
    fn checked(&self) -> Result<(Option<String>, Option<&str>), Problem> {
        let mut fields = Fields::default();
        let search = self.search.as_deref().map(str::trim).filter(|search| !search.is_empty());
        if search.is_some_and(|search| search.chars().count() > SEARCH_CHARACTERS) {
            fields.wrong("search", FieldCode::TooLong(SEARCH_CHARACTERS));
        }
        let cursor = self.cursor.as_deref().filter(|cursor| !cursor.is_empty());
        if cursor.is_some_and(|cursor| cursor.len() > CURSOR_BYTES) {
            fields.wrong("cursor", FieldCode::UnknownValue);
        }
        fields.all_right(Some((search.map(str::to_lowercase), cursor)))
    }
}

impl From<ProductItem> for ProductView {
    fn from(item: ProductItem) -> Self {
        let ProductItem { id, title, price, currency, url, .. } = item;
        Self { product: id, title, price, currency: currency.code(), url }
    }
}
