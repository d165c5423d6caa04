//! The Lambda of `reopen-by-link`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(reopen_by_link::routes()).await
}
