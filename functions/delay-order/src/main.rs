//! The Lambda of `delay-order`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(delay_order::routes()).await
}
