//! The Lambda of `add-note`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(add_note::routes()).await
}
