//! The Lambda of `distribute-inquiries`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_queue(distribute_inquiries::handle).await
}
