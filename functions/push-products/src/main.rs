//! The Lambda of `push-products`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(push_products::routes()).await
}
