//! The Lambda of `list-agents`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(list_agents::routes()).await
}
