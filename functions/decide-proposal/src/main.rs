//! The Lambda of `decide-proposal`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(decide_proposal::routes()).await
}
