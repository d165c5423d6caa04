//! The Lambda of `close-inquiry`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(close_inquiry::routes()).await
}
