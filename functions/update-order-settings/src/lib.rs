//! An owner decides about orders and refunds (SPEC §10): who pays, where the shop's backend is asked, when a second
//! person confirms, how days are counted, when money arrives.

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use common::app::App;
use common::auth::SignedIn;
use common::http::{Command, Fields, Object};
use common::ids;
use common::problem::{Code, FieldCode, Problem, ProblemDocument};
use common::provider::check_url;
use common::staff;
use common::store::{SecretRefusal, SecretRole, ShopRecord, SigningKey, WebhookSecrets};
use common::word::{PaymentMethodWord, Word};
use domain::labels::PaymentMethod;
use domain::money::MOST_MINOR;
use domain::refund::Payer;
use domain::shop::{Arrival, ArrivalUnit, OrderSettings};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The most days from shipping to delivery, and of an arrival.
const MOST_DAYS: u32 = 90;

/// All that a shop decides about orders and refunds; it replaces what was.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UpdateOrderSettings {
    /// `webhook` or `by_hand`.
    #[schema(required)]
    payer: Option<String>,
    /// Where the shop's backend is asked for refunds; needed with `webhook`, as is a secret that was made before.
    webhook_url: Option<String>,
    /// Above this amount, in minor units, a second person confirms what was paid by hand.
    second_person_above: Option<u64>,
    /// Whether days to ship are working days.
    #[schema(required)]
    working_days: Option<bool>,
    /// Days from shipping to delivery, 0 to 90.
    #[schema(required)]
    transit_days: Option<u32>,
    /// When money arrives, where it is not the usual.
    #[schema(required, value_type = Vec<ArrivalSetting>)]
    arrivals: Option<Vec<Object<ArrivalSetting>>>,
}

/// When money arrives that was paid in that way.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ArrivalSetting {
    #[schema(inline)]
    payment_method: PaymentMethodWord,
    /// The fewest, 0 to 90.
    from: u32,
    /// The most, 1 to 90.
    to: u32,
    /// `working_days` or `weeks`.
    unit: String,
}

/// The settings as they are now.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OrderSettings)]
struct OrderSettingsView {
    payer: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    webhook_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    second_person_above: Option<u64>,
    working_days: bool,
    transit_days: u32,
    /// Of every way to pay that has one.
    arrivals: Vec<ArrivalSetting>,
    /// The secrets with which both sides sign, without themselves.
    webhook_secrets: Vec<WebhookSecretView>,
    /// Name it in `If-Match` for the next change.
    version: u64,
}

/// A secret, without itself.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WebhookSecret)]
struct WebhookSecretView {
    id: String,
    /// `current`, which signs; `next`, which signs once it is activated; or `previous`, which did. All are believed.
    role: &'static str,
}

/// A secret that was made: the only time that it is shown.
#[derive(Debug, Serialize, ToSchema)]
struct MadeWebhookSecret {
    id: String,
    /// In base64url.
    secret: String,
}

/// Nothing has to be said.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RotateWebhookSecret {}

/// Nothing has to be said.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ActivateWebhookSecret {}

/// The routes of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(update_order_settings, show_order_settings))
        .routes(routes!(rotate_webhook_secret))
        .routes(routes!(activate_webhook_secret))
        .routes(routes!(delete_webhook_secret))
}

/// What an owner decided about orders and refunds.
#[utoipa::path(
    get, path = "/v1/shops/{shop}/order-settings", operation_id = "show_order_settings", tag = "staff",
    params(("shop" = String, Path)),
    security(("agent" = [])),
    responses(
        (status = 200, body = OrderSettingsView),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn show_order_settings(
    State(app): State<App>,
    signed_in: SignedIn,
) -> Result<Json<OrderSettingsView>, Problem> {
    let signed_in = signed_in.owning()?;
    let record = app.store.fresh_shop(&signed_in.shop().id).await?;
    let record = record.ok_or_else(|| Problem::new(Code::NotFound))?;
    Ok(Json(OrderSettingsView::of(&record, record.version)))
}

/// An owner decides about orders and refunds.
#[utoipa::path(
    put, path = "/v1/shops/{shop}/order-settings", operation_id = "update_order_settings", tag = "staff",
    params(("shop" = String, Path), ("If-Match" = String, Header)),
    request_body = UpdateOrderSettings,
    security(("agent" = [])),
    responses(
        (status = 200, body = OrderSettingsView),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn update_order_settings(
    State(app): State<App>,
    signed_in: SignedIn,
    command: Command<UpdateOrderSettings>,
) -> Result<Json<OrderSettingsView>, Problem> {
    let signed_in = signed_in.owning()?;
    let seen = u64::from(command.seen()?);
    let mut fields = Fields::default();
    let read = command.body.read(app.config.webhooks_to_loopback, &mut fields);
    let (settings, url) = fields.all_right(read)?;
    let fresh = app.store.fresh_shop(&signed_in.shop().id).await?;
    let mut record = (*fresh.ok_or_else(|| Problem::new(Code::NotFound))?).clone();
    if record.version != seen {
        return Err(Problem::new(Code::SettingsMovedOn));
    }
    // None is made in passing: it would be one that the backend cannot know.
    if settings.payer == Payer::Webhook && record.backend.webhook_secrets.current().is_none() {
        return Err(Problem::new(Code::SecretNeeded));
    }
    record.shop.order_settings = settings;
    record.backend.webhook_url = url;
    if !app.store.change_shop(&record).await? {
        return Err(Problem::new(Code::SettingsMovedOn));
    }
    Ok(Json(OrderSettingsView::of(&record, record.version + 1)))
}

/// An owner makes a secret for webhooks: the first signs, another one once it is activated.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/webhook-secrets", operation_id = "rotate_webhook_secret", tag = "staff",
    params(("shop" = String, Path)),
    request_body = RotateWebhookSecret,
    security(("agent" = [])),
    responses(
        (status = 201, body = MadeWebhookSecret),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn rotate_webhook_secret(
    State(app): State<App>,
    signed_in: SignedIn,
    _: Command<RotateWebhookSecret>,
) -> Result<(StatusCode, Json<MadeWebhookSecret>), Problem> {
    let signed_in = signed_in.owning()?;
    let secret = SigningKey { id: ids::random_text(), secret: ids::random::<32>().to_vec() };
    change_secrets(&app, &signed_in, |secrets| secrets.add(&secret)).await?;
    let made = MadeWebhookSecret { secret: ids::to_text(&secret.secret), id: secret.id };
    Ok((StatusCode::CREATED, Json(made)))
}

/// An owner lets the new secret sign, now that the backend knows it; the one before is still believed.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/webhook-secrets/{secret}/activate", operation_id = "activate_webhook_secret",
    tag = "staff",
    params(("shop" = String, Path), ("secret" = String, Path)),
    request_body = ActivateWebhookSecret,
    security(("agent" = [])),
    responses(
        (status = 204, description = "It signs."),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn activate_webhook_secret(
    State(app): State<App>,
    signed_in: SignedIn,
    path: Result<Path<(String, String)>, PathRejection>,
    _: Command<ActivateWebhookSecret>,
) -> Result<StatusCode, Problem> {
    let signed_in = signed_in.owning()?;
    let Ok(Path((_, id))) = path else { return Err(Problem::new(Code::NotFound)) };
    change_secrets(&app, &signed_in, |secrets| secrets.activate(&id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// An owner deletes a secret that does not sign: it is believed no longer.
#[utoipa::path(
    delete, path = "/v1/shops/{shop}/webhook-secrets/{secret}", operation_id = "delete_webhook_secret",
    tag = "staff",
    params(("shop" = String, Path), ("secret" = String, Path)),
    security(("agent" = [])),
    responses(
        (status = 204, description = "It is deleted."),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn delete_webhook_secret(
    State(app): State<App>,
    signed_in: SignedIn,
    path: Result<Path<(String, String)>, PathRejection>,
) -> Result<StatusCode, Problem> {
    let signed_in = signed_in.owning()?;
    let Ok(Path((_, id))) = path else { return Err(Problem::new(Code::NotFound)) };
    change_secrets(&app, &signed_in, |secrets| secrets.delete(&id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn change_secrets(
    app: &App,
    signed_in: &SignedIn,
    change: impl Fn(&mut WebhookSecrets) -> Result<(), SecretRefusal>,
) -> Result<(), Problem> {
    staff::change_shop(app, signed_in, |record| Ok(change(&mut record.backend.webhook_secrets)?)).await
}

impl UpdateOrderSettings {
    fn read(&self, to_loopback: bool, fields: &mut Fields) -> Option<(OrderSettings, Option<String>)> {
        let payer = fields.needed("payer", self.payer.as_deref());
        let payer = payer.and_then(|word| match word {
            "webhook" => Some(Payer::Webhook),
            "by_hand" => Some(Payer::ByHand),
            _ => {
                fields.wrong("payer", FieldCode::UnknownValue);
                None
            }
        });
        let url = fields.line_if_any::<500>("webhook_url", self.webhook_url.as_deref());
        if url.as_ref().is_some_and(|url| check_url(url, to_loopback).is_err()) {
            fields.wrong("webhook_url", FieldCode::NotAnAddress);
        }
        if payer == Some(Payer::Webhook) && url.is_none() {
            fields.wrong("webhook_url", FieldCode::Required);
        }
        if self.second_person_above.is_some_and(|limit| limit > MOST_MINOR) {
            fields.wrong("second_person_above", FieldCode::TooLargeNumber);
        }
        let working_days = fields.needed("working_days", self.working_days);
        let transit_days = fields.needed("transit_days", self.transit_days);
        if transit_days.is_some_and(|days| days > MOST_DAYS) {
            fields.wrong("transit_days", FieldCode::OutOfRange(0, MOST_DAYS));
        }
        let arrivals = self.arrivals(fields);
        let settings = OrderSettings {
            payer: payer?,
            second_person_above: self.second_person_above,
            working_days: working_days?,
            transit_days: transit_days?,
            arrivals: arrivals?,
        };
        Some((settings, url))
    }

    fn arrivals(&self, fields: &mut Fields) -> Option<Vec<(PaymentMethod, Arrival)>> {
        let given = fields.needed("arrivals", self.arrivals.as_ref())?;
        let mut arrivals: Vec<(PaymentMethod, Arrival)> = Vec::new();
        for (place, Object(it)) in given.iter().enumerate() {
            let named = |field: &str| format!("arrivals[{place}].{field}");
            let unit = ArrivalUnit::parse(&it.unit);
            if unit.is_none() {
                fields.wrong(&named("unit"), FieldCode::UnknownValue);
            }
            if it.to == 0 || it.to > MOST_DAYS || it.from > it.to {
                fields.wrong(&named("to"), FieldCode::OutOfRange(it.from.clamp(1, MOST_DAYS), MOST_DAYS));
            }
            if arrivals.iter().any(|(method, _)| *method == it.payment_method.0) {
                fields.wrong(&named("payment_method"), FieldCode::UnknownValue);
            }
            let unit = unit.unwrap_or(ArrivalUnit::WorkingDays);
            arrivals.push((it.payment_method.0, Arrival { from: it.from, to: it.to, unit }));
        }
        Some(arrivals)
    }
}

impl OrderSettingsView {
    fn of(record: &ShopRecord, version: u64) -> Self {
        let (shop, settings) = (&record.shop, &record.shop.order_settings);
        let arrival = |method: &PaymentMethod| {
            shop.arrival(*method).map(|it| ArrivalSetting {
                payment_method: Word(*method),
                from: it.from,
                to: it.to,
                unit: it.unit.as_str().to_owned(),
            })
        };
        let secret = |(role, it): (SecretRole, &SigningKey)| WebhookSecretView {
            id: it.id.clone(),
            role: role.as_str(),
        };
        Self {
            payer: common::view::order::payer_word(settings.payer),
            webhook_url: record.backend.webhook_url.clone(),
            second_person_above: settings.second_person_above,
            working_days: settings.working_days,
            transit_days: settings.transit_days,
            arrivals: PaymentMethod::ALL.iter().filter_map(arrival).collect(),
            webhook_secrets: record.backend.webhook_secrets.roles().map(secret).collect(),
            version,
        }
    }
}
