//! The Lambda of `execute-refund`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_queue(execute_refund::handle).await
}
