//! The Lambda of `list-products`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(list_products::routes()).await
}
