//! An owner decides about service and its times: on which clock replies are due, business hours
//! and holidays, the roster as a condition, reminders, departments (SPEC §5, §6). What was
//! promised before stays as it was promised.

use axum::Json;
use axum::extract::State;
use common::app::App;
use common::auth::SignedIn;
use common::http::{Command, Fields};
use common::problem::{Code, Problem, ProblemDocument};
use common::view::settings::SettingsView;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The settings as they are now.
#[derive(Debug, Serialize, ToSchema)]
struct UpdatedSettings {
    service_settings: SettingsView,
    /// Name it in `If-Match` for the next change.
    settings_version: u64,
}

/// The route of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(update_service_settings))
}

/// An owner decides about service and its times.
#[utoipa::path(
    put, path = "/v1/shops/{shop}/service-settings", operation_id = "update_service_settings", tag = "staff",
    params(("shop" = String, Path), ("If-Match" = String, Header)),
    request_body = SettingsView,
    security(("agent" = [])),
    responses(
        (status = 200, body = UpdatedSettings),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn update_service_settings(
    State(app): State<App>,
    signed_in: SignedIn,
    command: Command<SettingsView>,
) -> Result<Json<UpdatedSettings>, Problem> {
    let signed_in = signed_in.owning()?;
    let seen = u64::from(command.seen()?);
    let fresh = app.store.fresh_shop(&signed_in.shop().id).await?;
    let fresh = fresh.ok_or_else(|| Problem::new(Code::NotFound))?;
    let mut fields = Fields::default();
    let settings = command.body.checked(&fresh.shop, &mut fields);
    let settings = fields.all_right(settings)?;
    let mut record = (*fresh).clone();
    record.shop.service_settings = settings;
    if record.version != seen || !app.store.change_shop(&record).await? {
        return Err(Problem::new(Code::SettingsMovedOn));
    }
    // Who may get an inquiry by themselves may have changed.
    app.distribute(&record.shop.id).await;
    Ok(Json(UpdatedSettings {
        service_settings: SettingsView::from(&record.shop.service_settings),
        settings_version: record.version + 1,
    }))
}
