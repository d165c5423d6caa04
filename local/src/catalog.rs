//! Every function of the product, in one list: what the local host serves is what the Lambdas serve.

use aws_lambda_events::event::sqs::SqsEvent;
use common::app::App;
use common::failure::Failure;
use common::lambda::BatchOutcome;
use common::problem::Problem;
use jiff::SignedDuration;
use put_shop::{MadeShop, WantedShop};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};
use utoipa_axum::router::OpenApiRouter;

use crate::schedules::Schedule;

/// What the API says of itself.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Kefu",
        description = "Customer-service inquiries of online shops. Errors are problem documents (RFC 9457).",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    tags(
        (name = "customers", description = "What customers do from the storefront, as members or as guests."),
        (name = "staff", description = "What a shop's staff do from the admin site."),
        (name = "backend", description = "What a shop's backend does: it pushes orders and products, and tells what became of refunds.")
    ),
    modifiers(&Tokens)
)]
struct Kefu;

/// Whose tokens there are.
const TOKENS: [(&str, &str); 4] = [
    ("member", "A token that the storefront signed for its member (HS256, at most an hour)."),
    ("guest_session", "A guest's session, for which the link of a mail was exchanged."),
    ("agent", "An access token of the sign-in service."),
    ("api_key", "A key of the shop's backend: `kefu_…`."),
];

struct Tokens;

impl Modify for Tokens {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        let components = api.components.get_or_insert_default();
        for (name, description) in TOKENS {
            let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(description));
            // A key says nothing by itself.
            let bearer = if name == "api_key" { bearer } else { bearer.bearer_format("JWT") };
            components.add_security_scheme(name, SecurityScheme::Http(bearer.build()));
        }
        let signature =
            "HMAC-SHA256 of `Kefu-Timestamp`, a dot and the body, under a webhook secret: `v1=…`.";
        let signed = ApiKey::Header(ApiKeyValue::with_description("Kefu-Signature", signature));
        components.add_security_scheme("webhook_signature", SecurityScheme::ApiKey(signed));
    }
}

/// All routes of all functions, as one router that describes itself.
pub fn routes() -> OpenApiRouter<App> {
    let functions = [
        submit_inquiry::routes(),
        confirm_inquiry::routes(),
        open_guest_session::routes(),
        show_inquiry_form::routes(),
        track_inquiry::routes(),
        follow_up_on_inquiry::routes(),
        settle_inquiry::routes(),
        rate_inquiry::routes(),
        list_inquiries::routes(),
        show_inquiry::routes(),
        reply_to_inquiry::routes(),
        add_note::routes(),
        assign_inquiry::routes(),
        close_inquiry::routes(),
        reopen_inquiry::routes(),
        label_inquiry::routes(),
        merge_inquiry::routes(),
        update_inquiries::routes(),
        show_session::routes(),
        show_shop::routes(),
        keep_presence::routes(),
        list_agents::routes(),
        update_desk::routes(),
        snooze_inquiry::routes(),
        reopen_by_link::routes(),
        update_service_settings::routes(),
        list_alerts::routes(),
        update_profile::routes(),
        decide_proposal::routes(),
        show_avatar::routes(),
        push_orders::routes(),
        push_products::routes(),
        list_products::routes(),
        list_orders::routes(),
        show_order::routes(),
        show_workbench::routes(),
        ship_order::routes(),
        note_order::routes(),
        delay_order::routes(),
        contact_customer::routes(),
        refund_order::routes(),
        decide_refund::routes(),
        list_refunds::routes(),
        open_return::routes(),
        decide_return::routes(),
        update_order_settings::routes(),
        make_api_key::routes(),
        track_order::routes(),
        request_refund::routes(),
        cancel_order::routes(),
        answer_proposal::routes(),
        withdraw_request::routes(),
        request_return::routes(),
        receive_refund_result::routes(),
    ];
    functions.into_iter().fold(OpenApiRouter::with_openapi(Kefu::openapi()), OpenApiRouter::merge)
}

/// What the queue of notices calls.
pub async fn on_notices(app: App, event: SqsEvent) -> BatchOutcome {
    send_notice::handle(app, event).await
}

/// What the queue of arrivals calls.
pub async fn on_arrivals(app: App, event: SqsEvent) -> BatchOutcome {
    distribute_inquiries::handle(app, event).await
}

/// What the queue of refunds calls.
pub async fn on_refunds(app: App, event: SqsEvent) -> BatchOutcome {
    execute_refund::handle(app, event).await
}

/// What the owner of a deployment calls.
///
/// # Errors
/// See [`put_shop::run`].
pub async fn on_shop(app: App, wanted: WantedShop) -> Result<MadeShop, Problem> {
    put_shop::run(app, wanted).await
}

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// What schedules call, and how often. What time demands comes first: the others see it then.
pub const SCHEDULED: [(&str, SignedDuration); 5] = [
    ("enforce-deadlines", MINUTE),
    ("resume-distribution", MINUTE),
    ("resume-refunds", MINUTE),
    ("resend-notices", MINUTE),
    ("send-digests", SignedDuration::from_mins(10)),
];

/// The same, ready to be called.
pub fn schedules(app: &App) -> Vec<Schedule> {
    let [deadlines, distribution, refunds, notices, digests] = SCHEDULED;
    vec![
        scheduled(app, deadlines, enforce_deadlines::run),
        scheduled(app, distribution, resume_distribution::run),
        scheduled(app, refunds, resume_refunds::run),
        scheduled(app, notices, resend_notices::run),
        scheduled(app, digests, send_digests::run),
    ]
}

fn scheduled<Run>(app: &App, (name, every): (&'static str, SignedDuration), run: fn(App) -> Run) -> Schedule
where
    Run: Future<Output = Result<(), Failure>> + Send + 'static,
{
    let app = app.clone();
    Schedule::new(name, every, move || {
        let running = run(app.clone());
        async move { running.await.map_err(|failure| failure.chain()) }
    })
}

/// The API's description, as it is committed in `docs/openapi.json`.
///
/// # Errors
/// Never in practice: the description is made of plain values.
pub fn description() -> Result<String, serde_json::Error> {
    let (_, mut api) = routes().split_for_parts();
    api.info.version = env!("CARGO_PKG_VERSION").to_owned();
    api.to_pretty_json().map(|text| text + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The functions that no caller reaches over HTTP.
    const INSIDE: [&str; 9] = [
        "distribute-inquiries",
        "enforce-deadlines",
        "execute-refund",
        "put-shop",
        "resend-notices",
        "resume-distribution",
        "resume-refunds",
        "send-digests",
        "send-notice",
    ];

    #[test]
    fn a_shops_key_is_no_token_with_something_to_read() -> Result<(), serde_json::Error> {
        let api: serde_json::Value = serde_json::from_str(&description()?)?;
        let format = |name: &str| api["components"]["securitySchemes"][name]["bearerFormat"].as_str();
        assert_eq!((format("agent"), format("member"), format("api_key")), (Some("JWT"), Some("JWT"), None));
        Ok(())
    }

    #[test]
    fn every_function_of_the_repository_is_listed() -> Result<(), Box<dyn std::error::Error>> {
        let mut present = Vec::new();
        for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../functions"))? {
            present.push(entry?.file_name().to_string_lossy().into_owned());
        }
        let api: serde_json::Value = serde_json::from_str(&description()?)?;
        let paths = api["paths"].as_object().ok_or("no paths")?;
        let operations =
            paths.values().filter_map(serde_json::Value::as_object).flat_map(|path| path.values());
        let names = operations.filter_map(|operation| operation["operationId"].as_str());
        let mut listed: Vec<String> = names.map(|name| name.replace('_', "-")).collect();
        listed.extend(INSIDE.map(str::to_owned));
        // A function may have several operations; its folder is named after the first.
        listed.retain(|name| present.contains(name));
        listed.sort_unstable();
        listed.dedup();
        present.sort_unstable();
        assert_eq!(listed, present);
        Ok(())
    }
}
