//! The Lambda of `update-inquiries`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(update_inquiries::routes()).await
}
