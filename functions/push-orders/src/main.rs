//! The Lambda of `push-orders`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(push_orders::routes()).await
}
