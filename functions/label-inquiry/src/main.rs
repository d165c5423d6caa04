//! The Lambda of `label-inquiry`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(label_inquiry::routes()).await
}
