//! The Lambda of `show-session`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(show_session::routes()).await
}
