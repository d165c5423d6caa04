//! The Lambda of `show-shop`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(show_shop::routes()).await
}
