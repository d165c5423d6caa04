//! The Lambda of `list-orders`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(list_orders::routes()).await
}
