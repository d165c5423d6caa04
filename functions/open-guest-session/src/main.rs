//! The Lambda of `open-guest-session`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(open_guest_session::routes()).await
}
