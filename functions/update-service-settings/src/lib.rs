//! An owner decides about service and its times: on which clock replies are due, business hours
//! and holidays, the roster as a condition, reminders, departments (SPEC §5, §6). What was
//! promised before stays as it was promised.

use axum::Json;
use axum::extract::State;
use common::app::App;
use common::auth::SignedIn;
use common::http::{Command, Fields, Object};
use common::problem::{Code, Problem, ProblemDocument};
use common::view::settings::{DepartmentView, SettingsView};
use common::view::week::SpanView;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// All that a shop decides about service; it replaces what was.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UpdateServiceSettings {
    /// `wall` or `business`.
    #[schema(required)]
    reply_clock: Option<String>,
    /// When the shop is open, in its own time; needed with `business`.
    #[schema(required)]
    business_hours: Option<Vec<SpanView>>,
    /// Days on which it is closed, `2026-01-01`.
    #[schema(required)]
    holidays: Option<Vec<String>>,
    /// Whether only agents on duty get inquiries by themselves.
    #[schema(required)]
    duty_required: Option<bool>,
    /// Hours after which an inquiry in conversation is raised to its agent, 1 to 168.
    #[schema(required)]
    reminder_hours: Option<i64>,
    /// Departments that can be asked.
    #[schema(required, value_type = Vec<DepartmentView>)]
    departments: Option<Vec<Object<DepartmentView>>>,
}

impl UpdateServiceSettings {
    /// The whole, if nothing is missing.
    fn whole(self, fields: &mut Fields) -> Option<SettingsView> {
        let reply_clock = fields.needed("reply_clock", self.reply_clock);
        let business_hours = fields.needed("business_hours", self.business_hours);
        let holidays = fields.needed("holidays", self.holidays);
        let duty_required = fields.needed("duty_required", self.duty_required);
        let reminder_hours = fields.needed("reminder_hours", self.reminder_hours);
        let departments = fields.needed("departments", self.departments);
        Some(SettingsView {
            reply_clock: reply_clock?,
            business_hours: business_hours?,
            holidays: holidays?,
            duty_required: duty_required?,
            reminder_hours: reminder_hours?,
            departments: departments?,
        })
    }
}

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
    request_body = UpdateServiceSettings,
    security(("agent" = [])),
    responses(
        (status = 200, body = UpdatedSettings),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn update_service_settings(
    State(app): State<App>,
    signed_in: SignedIn,
    command: Command<UpdateServiceSettings>,
) -> Result<Json<UpdatedSettings>, Problem> {
    let signed_in = signed_in.owning()?;
    let seen = u64::from(command.seen()?);
    let fresh = app.store.fresh_shop(&signed_in.shop().id).await?;
    let fresh = fresh.ok_or_else(|| Problem::new(Code::NotFound))?;
    let mut fields = Fields::default();
    let settings = command.body.whole(&mut fields);
    let settings = settings.and_then(|settings| settings.checked(&fresh.shop, &mut fields));
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
