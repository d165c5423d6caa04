//! The Lambda of `note-order`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(note_order::routes()).await
}
