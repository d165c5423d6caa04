//! The Lambda of `track-inquiry`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(track_inquiry::routes()).await
}
