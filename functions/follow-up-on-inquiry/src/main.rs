//! The Lambda of `follow-up-on-inquiry`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(follow_up_on_inquiry::routes()).await
}
