//! The Lambda of `show-inquiry`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(show_inquiry::routes()).await
}
