//! The Lambda of `update-service-settings`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(update_service_settings::routes()).await
}
