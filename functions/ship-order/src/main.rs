//! The Lambda of `ship-order`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(ship_order::routes()).await
}
