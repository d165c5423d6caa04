//! The Lambda of `rate-inquiry`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(rate_inquiry::routes()).await
}
