//! The Lambda of `receive-refund-result`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(receive_refund_result::routes()).await
}
