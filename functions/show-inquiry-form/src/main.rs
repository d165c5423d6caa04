//! The Lambda of `show-inquiry-form`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(show_inquiry_form::routes()).await
}
