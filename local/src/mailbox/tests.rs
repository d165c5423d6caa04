//! The mailbox, over HTTP.

use http_body_util::BodyExt;
use tower::ServiceExt;

use crate::testing::Folder;

type Outcome = Result<(), Box<dyn std::error::Error>>;

const NASTY: &str = "From: kefu@example.com\r\nTo: ada@example.com\r\nSubject: <script>alert(1)</script>\r\n\
    Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n\
    http://127.0.0.1:8787/guest/#inquiry=x\"onclick=\"alert(1) </pre><script>alert(2)</script>\r\n\
    --b\r\nContent-Type: text/html\r\n\r\n<script>alert(3)</script>\r\n--b--\r\n";

async fn get(
    folder: &Folder,
    path: &str,
) -> Result<(http::Response<()>, String), Box<dyn std::error::Error>> {
    let request = http::Request::get(path).body(axum::body::Body::empty())?;
    let response = super::routes(folder.path().to_owned()).oneshot(request).await?;
    let (parts, body) = response.into_parts();
    let body = String::from_utf8(body.collect().await?.to_bytes().to_vec())?;
    Ok((http::Response::from_parts(parts, ()), body))
}

fn with_mail() -> Result<Folder, Box<dyn std::error::Error>> {
    let folder = Folder::new("mailbox")?;
    std::fs::write(folder.path().join("1700000000000-n1.eml"), NASTY)?;
    Ok(folder)
}

#[tokio::test]
async fn scripts_get_the_mails_as_json() -> Outcome {
    let folder = with_mail()?;
    let (_, body) = get(&folder, "/local/mailbox?to=ada@example.com").await?;
    let json: serde_json::Value = serde_json::from_str(&body)?;
    let mail = &json["mails"][0];
    assert_eq!(mail["to"], "ada@example.com");
    assert_eq!(mail["at"], "2023-11-14T22:13:20Z");
    assert_eq!(mail["html"], "<script>alert(3)</script>");
    let (_, body) = get(&folder, "/local/mailbox?to=ben@example.com").await?;
    assert_eq!(body, r#"{"mails":[]}"#);
    Ok(())
}

#[tokio::test]
async fn nothing_in_a_mail_becomes_markup_of_the_pages() -> Outcome {
    let folder = with_mail()?;
    for path in ["/mailbox", "/mailbox?to=%22%3E%3Cscript%3E", "/mailbox/1700000000000-n1.eml"] {
        let (response, body) = get(&folder, path).await?;
        assert_eq!(response.status(), 200);
        assert!(!body.contains("<script") && !body.contains("\"onclick"), "{path}: {body}");
        let policy = response.headers()["content-security-policy"].to_str()?;
        assert!(
            policy.contains("default-src 'none'") && policy.contains("require-trusted-types-for 'script'")
        );
    }
    Ok(())
}

#[tokio::test]
async fn the_part_with_markup_is_shown_where_it_can_do_nothing() -> Outcome {
    let folder = with_mail()?;
    let (response, body) = get(&folder, "/mailbox/1700000000000-n1.eml/html").await?;
    assert!(body.contains("alert(3)"));
    let policy = response.headers()["content-security-policy"].to_str()?;
    assert!(policy.contains("default-src 'none'") && policy.ends_with("; sandbox"));
    Ok(())
}

#[tokio::test]
async fn a_mail_that_is_not_there_is_not_found() -> Outcome {
    let folder = with_mail()?;
    for path in ["/mailbox/1-x.eml", "/mailbox/..%2F..%2Fetc%2Fpasswd", "/mailbox/1-x.eml/html"] {
        assert_eq!(get(&folder, path).await?.0.status(), 404, "{path}");
    }
    Ok(())
}
