//! The Lambda of `make-api-key`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(make_api_key::routes()).await
}
