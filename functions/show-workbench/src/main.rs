//! The Lambda of `show-workbench`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(show_workbench::routes()).await
}
