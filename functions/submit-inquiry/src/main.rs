//! The Lambda of `submit-inquiry`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(submit_inquiry::routes()).await
}
