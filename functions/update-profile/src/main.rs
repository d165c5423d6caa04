//! The Lambda of `update-profile`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(update_profile::routes()).await
}
