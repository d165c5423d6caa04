//! The Lambda of `merge-inquiry`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(merge_inquiry::routes()).await
}
