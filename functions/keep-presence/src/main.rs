//! The Lambda of `keep-presence`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(keep_presence::routes()).await
}
