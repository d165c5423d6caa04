//! The Lambda of `reopen-inquiry`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(reopen_inquiry::routes()).await
}
