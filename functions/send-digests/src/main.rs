//! The Lambda of `send-digests`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_schedule(send_digests::run).await
}
