//! The Lambda of `resume-refunds`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_schedule(resume_refunds::run).await
}
