//! The Lambda of `update-order-settings`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(update_order_settings::routes()).await
}
