//! The Lambda of `list-inquiries`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(list_inquiries::routes()).await
}
