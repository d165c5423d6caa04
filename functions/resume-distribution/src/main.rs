//! The Lambda of `resume-distribution`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_schedule(resume_distribution::run).await
}
