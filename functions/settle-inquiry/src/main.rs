//! The Lambda of `settle-inquiry`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(settle_inquiry::routes()).await
}
