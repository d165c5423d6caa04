//! Every function of the product, in one list: what the local host serves is what the Lambdas serve.

use common::app::App;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

/// What the API says of itself.
#[derive(OpenApi)]
#[openapi(info(
    title = "Kefu",
    description = "Customer-service inquiries of online shops. Errors are problem documents (RFC 9457).",
    license(name = "Apache-2.0", identifier = "Apache-2.0")
))]
struct Kefu;

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
    ];
    functions.into_iter().fold(OpenApiRouter::with_openapi(Kefu::openapi()), OpenApiRouter::merge)
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
