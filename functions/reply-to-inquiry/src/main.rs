//! The Lambda of `reply-to-inquiry`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(reply_to_inquiry::routes()).await
}
