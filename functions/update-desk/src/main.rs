//! The Lambda of `update-desk`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(update_desk::routes()).await
}
