//! The Lambda of `request-return`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(request_return::routes()).await
}
