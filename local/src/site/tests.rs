//! The pages, over HTTP.

use std::sync::Arc;
use std::sync::atomic::AtomicI64;

use http_body_util::BodyExt;
use tower::ServiceExt;

use crate::issuer::Issuer;
use crate::testing::Folder;

type Outcome = Result<(), Box<dyn std::error::Error>>;
type Answer = Result<(http::Response<()>, String), Box<dyn std::error::Error>>;

async fn get(folder: &Folder, path: &str) -> Answer {
    let request = http::Request::get(path).body(axum::body::Body::empty())?;
    let issuer = Issuer::open(&folder.path().join("issuer.key"), "http://127.0.0.1:8787/local/issuer")?;
    let routes = super::routes(Some(folder.path().to_owned()), Arc::new(AtomicI64::new(90_500)), &issuer);
    let (parts, body) = routes.oneshot(request).await?.into_parts();
    let body = String::from_utf8(body.collect().await?.to_bytes().to_vec())?;
    Ok((http::Response::from_parts(parts, ()), body))
}

fn header<'a>(response: &'a http::Response<()>, name: &str) -> &'a str {
    response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn built() -> Result<Folder, Box<dyn std::error::Error>> {
    let folder = Folder::new("site")?;
    for (file, content) in [
        ("admin/dist/index.html", "<!doctype html>admin"),
        ("admin/dist/assets/index-DfK3a9_Q.js", "1"),
        ("storefront/dist/guest/index.html", "<!doctype html>guest"),
        ("storefront/dist/embed/v1/inquiry.js", "2"),
    ] {
        let file = folder.path().join(file);
        std::fs::create_dir_all(file.parent().ok_or("no folder")?)?;
        std::fs::write(file, content)?;
    }
    Ok(folder)
}

#[tokio::test]
async fn pages_may_do_only_what_they_need() -> Outcome {
    let folder = built()?;
    for path in ["/admin/", "/guest/", "/"] {
        let (response, _) = get(&folder, path).await?;
        assert_eq!(response.status(), 200, "{path}");
        let policy = header(&response, "content-security-policy");
        for rule in ["default-src 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'"] {
            assert!(policy.contains(rule), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(header(&response, "x-content-type-options"), "nosniff");
        assert_eq!(header(&response, "referrer-policy"), "no-referrer");
    }
    Ok(())
}

#[tokio::test]
async fn only_the_admin_site_asks_the_issuer() -> Outcome {
    let folder = built()?;
    for (path, asked) in [("/admin/", "'self' http://127.0.0.1:8787;"), ("/guest/", "'self';")] {
        let (response, _) = get(&folder, path).await?;
        let policy = header(&response, "content-security-policy");
        assert!(policy.contains(&format!("connect-src {asked}")), "{path}: {policy}");
    }
    Ok(())
}

#[tokio::test]
async fn files_are_kept_as_long_as_their_names_allow() -> Outcome {
    let folder = built()?;
    let kept = async |path: &str| -> Result<String, Box<dyn std::error::Error>> {
        Ok(header(&get(&folder, path).await?.0, "cache-control").to_owned())
    };
    assert_eq!(kept("/admin/").await?, "no-cache");
    assert_eq!(kept("/admin/assets/index-DfK3a9_Q.js").await?, "public, max-age=31536000, immutable");
    assert_eq!(kept("/embed/v1/inquiry.js").await?, "public, max-age=300");
    Ok(())
}

#[tokio::test]
async fn storefronts_elsewhere_may_load_the_embed() -> Outcome {
    let (response, body) = get(&built()?, "/embed/v1/inquiry.js").await?;
    assert_eq!(body, "2");
    assert_eq!(header(&response, "access-control-allow-origin"), "*");
    assert_eq!(header(&response, "content-type"), "text/javascript");
    Ok(())
}

#[tokio::test]
async fn a_site_without_its_slash_is_found() -> Outcome {
    let (response, _) = get(&built()?, "/admin").await?;
    assert_eq!((response.status().as_u16(), header(&response, "location")), (308, "/admin/"));
    Ok(())
}

#[tokio::test]
async fn a_site_that_is_not_built_says_how_to_build_it() -> Outcome {
    let (response, body) = get(&built()?, "/storefront/").await?;
    assert_eq!(response.status(), 404);
    assert!(body.contains("make run") && body.contains("storefront/dist/storefront"));
    Ok(())
}

#[tokio::test]
async fn nothing_outside_a_site_is_served() -> Outcome {
    let folder = built()?;
    for path in [
        "/admin/../../etc/passwd",
        "/admin/%2e%2e/%2e%2e/storefront/dist/guest/index.html",
        "/guest/x",
        "/admin/assets",
    ] {
        assert_eq!(get(&folder, path).await?.0.status(), 404, "{path}");
    }
    Ok(())
}

#[tokio::test]
async fn pages_learn_how_far_the_clock_was_moved() -> Outcome {
    let (response, body) = get(&built()?, "/config.json").await?;
    let config: serde_json::Value = serde_json::from_str(&body)?;
    assert_eq!(config["clock_offset_seconds"], 90);
    assert_eq!(config["sign_in"]["issuer"], "http://127.0.0.1:8787/local/issuer");
    assert_eq!(config["sign_in"]["client_id"], "kefu-local");
    assert_eq!(header(&response, "cache-control"), "no-store");
    Ok(())
}

#[tokio::test]
async fn the_first_page_leads_everywhere() -> Outcome {
    let (_, body) = get(&built()?, "/").await?;
    for place in ["/storefront/", "/admin/", "/mailbox", "/local/shop-backend"] {
        assert!(body.contains(&format!("<a href=\"{place}\">")), "{place}");
    }
    Ok(())
}
