//! The Lambda of `refund-order`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(refund_order::routes()).await
}
