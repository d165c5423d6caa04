//! The Lambda of `show-avatar`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(show_avatar::routes()).await
}
