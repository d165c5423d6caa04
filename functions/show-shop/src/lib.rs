//! A shop and its staff, for the admin site.

use axum::Json;
use common::app::App;
use common::auth::SignedIn;
use common::problem::ProblemDocument;
use common::view::agent::avatar_url;
use common::view::settings::SettingsView;
use common::word::{CategoryWord, LocaleWord, PriorityWord, Word};
use domain::labels::Category;
use domain::shop::Member;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// A shop, as its staff see it.
#[derive(Debug, Serialize, ToSchema)]
struct ShopProfile {
    id: String,
    name: String,
    /// Where it sells, an ISO 3166 country code.
    market: String,
    #[schema(inline)]
    locale: LocaleWord,
    /// IANA name.
    time_zone: String,
    /// ISO 4217 code.
    currency: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    /// Whether only one person has the customer-service permission: there is no unassigned list.
    single_agent: bool,
    me: ShopMe,
    agents: Vec<ShopMember>,
    service_settings: SettingsView,
    /// Name it in `If-Match` when changing the service settings.
    settings_version: u64,
    categories: Vec<ShopCategory>,
}

/// What the caller may do here.
#[derive(Debug, Serialize, ToSchema)]
struct ShopMe {
    id: String,
    /// `agent`, `supervisor` or `owner`.
    role: &'static str,
    service: bool,
}

/// Somebody of the staff.
#[derive(Debug, Serialize, ToSchema)]
struct ShopMember {
    id: String,
    nickname: String,
    /// `agent`, `supervisor` or `owner`.
    role: &'static str,
    /// Whether they have the customer-service permission.
    service: bool,
    /// Where the approved avatar is.
    #[serde(skip_serializing_if = "Option::is_none")]
    avatar: Option<String>,
}

/// A category with what it promises.
#[derive(Debug, Serialize, ToSchema)]
struct ShopCategory {
    #[schema(inline)]
    id: CategoryWord,
    #[schema(inline)]
    priority: PriorityWord,
    reply_within_hours: u32,
}

/// The route of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show_shop))
}

/// A shop and its staff.
#[utoipa::path(
    get, path = "/v1/shops/{shop}", operation_id = "show_shop", tag = "staff",
    params(("shop" = String, Path)),
    security(("agent" = [])),
    responses(
        (status = 200, body = ShopProfile),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn show_shop(signed_in: SignedIn) -> Json<ShopProfile> {
    let shop = signed_in.shop();
    let category = |category: &Category| {
        let priority = shop.priority_of(*category);
        let reply_within_hours = shop.reply_hours_of(priority);
        ShopCategory { id: Word(*category), priority: Word(priority), reply_within_hours }
    };
    let member = |member: &Member| ShopMember {
        id: member.agent.to_string(),
        nickname: member.nickname.clone(),
        role: member.role.as_str(),
        service: member.service,
        avatar: avatar_url(member, shop),
    };
    let me = ShopMe {
        id: signed_in.agent.id.to_string(),
        role: signed_in.agent.role.as_str(),
        service: shop.can_serve(&signed_in.agent.id),
    };
    Json(ShopProfile {
        id: shop.id.to_string(),
        name: shop.name.clone(),
        market: shop.market.clone(),
        locale: Word(shop.locale),
        time_zone: shop.time_zone.clone(),
        currency: shop.currency.clone(),
        phone: shop.phone.clone(),
        email: shop.email.clone(),
        single_agent: shop.only_agent().is_some(),
        me,
        agents: shop.members.iter().map(member).collect(),
        service_settings: SettingsView::from(&shop.service_settings),
        settings_version: signed_in.record.version,
        categories: Category::ALL.iter().map(category).collect(),
    })
}
