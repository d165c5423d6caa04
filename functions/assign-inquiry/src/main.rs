//! The Lambda of `assign-inquiry`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(assign_inquiry::routes()).await
}
