//! The Lambda of `snooze-inquiry`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(snooze_inquiry::routes()).await
}
