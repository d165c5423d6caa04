//! The Lambda of `resend-notices`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_schedule(resend_notices::run).await
}
