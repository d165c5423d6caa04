//! The Lambda of `send-notice`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_queue(send_notice::handle).await
}
