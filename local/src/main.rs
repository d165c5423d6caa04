//! The whole system in one process on loopback: settings, system, service.

use std::sync::Arc;

use clap::Parser;
use local::host::{Host, StartError};
use local::settings::Settings;
use local::{demo, serve, sign_in, telemetry};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), StartError> {
    let settings = Settings::parse();
    telemetry::start(&settings.log);
    let listener = TcpListener::bind(settings.address()).await?;
    let url = format!("http://{}", listener.local_addr()?);

    let host = Arc::new(Host::open(settings.clone(), &url).await?);
    demo::begin(&host, &settings, &url).await?;
    greet(&host, &settings, &url).await?;

    serve::until_stopped(host, listener).await
}

/// Says where everything is and who can sign in.
async fn greet(host: &Host, settings: &Settings, url: &str) -> Result<(), StartError> {
    println!("Kefu 客服  {url}/");
    println!("  storefront  {url}/storefront/");
    println!("  admin site  {url}/admin/");
    println!("  mailbox     {url}/mailbox");
    println!("  backend     {url}/local/shop-backend");
    println!("  data        {}", settings.data.display());
    println!("Sign in to the admin site as:");
    for line in sign_in::summary(&host.app, &host.local).await.map_err(|failure| failure.chain())? {
        println!("  {line}");
    }
    Ok(())
}
