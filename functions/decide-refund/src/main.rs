//! The Lambda of `decide-refund`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(decide_refund::routes()).await
}
