//! The Lambda of `open-return`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(open_return::routes()).await
}
