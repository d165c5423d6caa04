//! The Lambda of `request-refund`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(request_refund::routes()).await
}
