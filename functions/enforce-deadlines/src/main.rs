//! The Lambda of `enforce-deadlines`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_schedule(enforce_deadlines::run).await
}
