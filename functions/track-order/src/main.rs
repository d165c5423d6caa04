//! The Lambda of `track-order`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(track_order::routes()).await
}
