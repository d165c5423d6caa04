//! The Lambda of `answer-proposal`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(answer_proposal::routes()).await
}
