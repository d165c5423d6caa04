//! The Lambda of `cancel-order`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(cancel_order::routes()).await
}
