//! The Lambda of `confirm-inquiry`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(confirm_inquiry::routes()).await
}
