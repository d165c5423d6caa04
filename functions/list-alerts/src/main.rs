//! The Lambda of `list-alerts`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(list_alerts::routes()).await
}
