//! Where connections go, and that they are encrypted.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::refund::Outcome as Said;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{RootCertStore, ServerConfig, ServerConnection, StreamOwned};

use super::super::address::Resolver;
use super::super::call::trusting;
use super::stub::{Act, Stub};
use super::*;

/// A certificate for shop.example that signed itself, for a hundred years, and what belongs to it.
const CERTIFICATE: &str = "MIIBezCCASCgAwIBAgIUR8S/Lm/aPCNN/ha0gC+UeAOjjUswCgYIKoZIzj0EAwIwFzEVMBMGA1UEAwwMc2hvcC5leGFtcGxl\
    MCAXDTIwMDEwMTAwMDAwMFoYDzIxMjAwMTAxMDAwMDAwWjAXMRUwEwYDVQQDDAxzaG9wLmV4YW1wbGUwWTATBgcqhkjOPQIB\
    BggqhkjOPQMBBwNCAAT09AzzWDXa4bwvR/gep/tnWbtaICSAq8Ld0hAunUUE0NNdesFAzHJGvqJipMMfBpoNq8QZjSUpjJtv\
    2OwgJ8H4o0gwRjAXBgNVHREEEDAOggxzaG9wLmV4YW1wbGUwDAYDVR0TAQH/BAIwADAdBgNVHQ4EFgQUB0yzd92JqNCsWZz3\
    Ie9hRpJnUBYwCgYIKoZIzj0EAwIDSQAwRgIhAMP0ACS8HW0zgTSMnDzlWoUmOfVovDEkn00zToON23yMAiEAjvimT3ZdxSaI\
    +g6TZvuTv0/VwtugLZzBKD/9vrKF8Uo=";
const OF_CERTIFICATE: &str = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg4L2+OYRdb3LAokGcqF4ji43Ds1X0g/Zi+w0j+ppcp5ehRANC\
    AAT09AzzWDXa4bwvR/gep/tnWbtaICSAq8Ld0hAunUUE0NNdesFAzHJGvqJipMMfBpoNq8QZjSUpjJtv2OwgJ8H4";

fn certificate() -> Outcome<CertificateDer<'static>> {
    Ok(STANDARD.decode(CERTIFICATE)?.into())
}

/// A provider with TLS on loopback that says it paid.
fn encrypted() -> Outcome<Stub> {
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(STANDARD.decode(OF_CERTIFICATE)?));
    let crypto = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(crypto)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![certificate()?], key)?;
    let config = Arc::new(config);
    let paid = Act::answer(200, r#"{"status":"succeeded"}"#);
    Ok(Stub::wrapped(paid, move |stream| {
        let server = ServerConnection::new(config.clone()).map_err(io::Error::other)?;
        Ok(Box::new(StreamOwned::new(server, stream)))
    })?)
}

/// Webhooks to this machine by names; with the certificate trusted or as the system has it.
fn webhook(names: &[&[&str]], trusted: bool) -> Outcome<Webhook> {
    let mut webhook = Webhook::new(true, patience());
    webhook.guard.resolver = Resolver::Fake(FakeNames::new(names)?);
    if trusted {
        let mut roots = RootCertStore::empty();
        roots.add(certificate()?)?;
        webhook.client.tls.set(Arc::new(trusting(roots))).map_err(|_| "set already")?;
    }
    Ok(webhook)
}

async fn outcome(webhook: &Webhook, url: &str) -> Outcome<Said> {
    Ok(asked(webhook, url, &pay()?).await?.outcome)
}

#[tokio::test]
async fn it_is_encrypted_for_the_name_and_goes_to_the_address_that_was_checked() -> Outcome {
    let stub = encrypted()?;
    // Whoever asked for the name once more would be led astray.
    let webhook = webhook(&[&["127.0.0.1"], &["10.0.0.1"]], true)?;
    let url = format!("https://shop.example:{}/hook", stub.port);
    assert_eq!(outcome(&webhook, &url).await?, Said::Succeeded { reference: None });
    assert!(matches!(&webhook.guard.resolver, Resolver::Fake(names) if names.left() == 1));
    let request = stub.request().ok_or("nothing came")?;
    assert!(request.contains(&format!("\r\nhost: shop.example:{}\r\n", stub.port)), "{request}");
    Ok(())
}

#[tokio::test]
async fn a_certificate_that_nobody_trusts_or_for_another_name_gets_nothing() -> Outcome {
    let stub = encrypted()?;
    for (name, trusted) in [("shop.example", false), ("other.example", true), ("127.0.0.1", true)] {
        let webhook = webhook(&[&["127.0.0.1"]], trusted)?;
        let url = format!("https://{name}:{}/hook", stub.port);
        assert_eq!(outcome(&webhook, &url).await?, Said::Unknown, "{name}");
        assert_eq!(stub.request(), None, "{name}");
    }
    Ok(())
}

#[tokio::test]
async fn no_tls_no_call() -> Outcome {
    let stub = Stub::start(Act::answer(200, r#"{"status":"succeeded"}"#))?;
    let mut webhook = webhook(&[&["127.0.0.1"]], true)?;
    // It never answers a greeting that it does not know.
    webhook.client.patience.connect = Duration::from_millis(150);
    let url = format!("https://shop.example:{}/hook", stub.port);
    assert_eq!(outcome(&webhook, &url).await?, Said::Unknown);
    assert!(!stub.request().unwrap_or_default().contains("A1001"));
    Ok(())
}

#[tokio::test]
async fn what_the_guard_refuses_is_not_connected_to() -> Outcome {
    let stub = Stub::start(Act::answer(200, r#"{"status":"succeeded"}"#))?;
    let port = stub.port;
    // In the cloud: this machine by any of its names.
    let mut cloud = Webhook::new(false, patience());
    cloud.guard.resolver = Resolver::Fake(FakeNames::new(&[&["127.0.0.1"], &["127.0.0.1"]])?);
    for host in [
        "http://127.0.0.1",
        "https://127.0.0.1",
        "https://2130706433",
        "https://localhost",
        "https://a.example",
    ] {
        assert_eq!(outcome(&cloud, &format!("{host}:{port}/hook")).await?, Said::Unknown, "{host}");
    }
    // On one machine: unencrypted calls stay on it, whatever `localhost` resolves to.
    let here = webhook(&[&["127.0.0.1", "93.184.215.14"]], false)?;
    assert_eq!(outcome(&here, &format!("http://localhost:{port}/hook")).await?, Said::Unknown);
    assert_eq!(stub.request(), None);
    let here = webhook(&[&["127.0.0.1"]], false)?;
    let paid = Said::Succeeded { reference: None };
    assert_eq!(outcome(&here, &format!("http://localhost:{port}/hook")).await?, paid);
    Ok(())
}
