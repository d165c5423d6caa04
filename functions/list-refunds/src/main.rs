//! The Lambda of `list-refunds`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(list_refunds::routes()).await
}
