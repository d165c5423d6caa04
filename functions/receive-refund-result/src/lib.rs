//! To be written.
use common::app::App;
use utoipa_axum::router::OpenApiRouter;
/// The routes.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
}
