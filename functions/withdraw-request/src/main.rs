//! The Lambda of `withdraw-request`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(withdraw_request::routes()).await
}
