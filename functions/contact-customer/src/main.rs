//! The Lambda of `contact-customer`.

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    common::lambda::serve_http(contact_customer::routes()).await
}
