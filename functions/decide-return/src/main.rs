//! The Lambda of `decide-return`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(decide_return::routes()).await
}
