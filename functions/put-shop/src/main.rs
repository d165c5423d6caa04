//! The Lambda of `put-shop`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_command(put_shop::run).await
}
