//! The Lambda of `show-order`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(show_order::routes()).await
}
