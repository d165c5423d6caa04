//! The mailer's way through SES, against a service that answers as SES does.

use std::sync::Arc;

use aws_sdk_sesv2::Client;
use common::mail::{Letter, MailFailure, Mailbox, Mailer};
use domain::labels::Locale;
use domain::text::Email;

use super::ministack::{Ministack, client};
use super::table::Outcome;

fn letter(from: &str, notice: &str) -> Result<Letter, Box<dyn std::error::Error>> {
    Ok(Letter {
        notice: notice.to_owned(),
        thread: Some("inq_thread".to_owned()),
        at: "2027-03-01T01:02:03Z".parse()?,
        from: Mailbox::named("台北選物", Email::parse(from)?),
        to: Mailbox::named("艾達 \"Ada\"\r\nBcc: victim@example.com", Email::parse("ada@example.com")?),
        reply_to: None,
        locale: Locale::ZhHant,
        subject: "您的詢問有回覆了:包裹在哪裡?".to_owned(),
        text: "您好,\n\n包裹今天已經寄出。\n".to_owned(),
        html: "<p>包裹今天已經寄出。</p>".to_owned(),
    })
}

/// Ministack, and a client of its SES for which that sender is verified.
pub async fn verified(sender: &str) -> Result<(Arc<Ministack>, Client), Box<dyn std::error::Error>> {
    let ministack = tokio::task::spawn_blocking(|| Ministack::running().map_err(|error| error.to_string()));
    let ministack = ministack.await??;
    let client = client!(aws_sdk_sesv2, ministack);
    client.create_email_identity().email_identity(sender).send().await?;
    Ok((ministack, client))
}

#[tokio::test]
async fn a_letter_is_sent_once_with_all_its_characters() -> Outcome {
    let (ministack, client) = verified("service@taipei.example").await?;
    let mailer = Mailer::Ses(client, None);
    let receipt = mailer.send(&letter("service@taipei.example", "inq_contract-1")?).await?;
    let mails = ministack.mails()?;
    let sent: Vec<_> = mails.iter().filter(|mail| mail["Source"] == "service@taipei.example").collect();
    let [mail] = sent.as_slice() else { return Err(format!("{} mails", sent.len()).into()) };
    assert_eq!(mail["MessageId"], receipt.message_id);
    assert_eq!(mail["To"], serde_json::json!(["ada@example.com"]));
    assert_eq!(
        (&mail["CC"], &mail["BCC"]),
        (&serde_json::json!([]), &serde_json::json!([])),
        "a name adds nobody"
    );
    assert_eq!(mail["Subject"], "您的詢問有回覆了:包裹在哪裡?");
    assert!(mail["BodyText"].as_str().is_some_and(|text| text.contains("包裹今天已經寄出。")));
    assert!(mail["BodyHtml"].as_str().is_some_and(|text| text.contains("<p>包裹今天已經寄出。</p>")));
    Ok(())
}

#[tokio::test]
async fn a_sender_that_ses_does_not_know_is_refused_for_good() -> Outcome {
    let (ministack, client) = verified("known@taipei.example").await?;
    let outcome = Mailer::Ses(client, None).send(&letter("unknown@lantern.example", "inq_contract-2")?).await;
    let Err(MailFailure::Refused { reason }) = outcome else { return Err(format!("{outcome:?}").into()) };
    assert!(reason.starts_with("MessageRejected"), "{reason}");
    assert!(!reason.contains('@'), "no address in what is logged: {reason}");
    assert!(!ministack.mails()?.iter().any(|mail| mail["Source"] == "unknown@lantern.example"));
    Ok(())
}

#[tokio::test]
async fn a_service_that_does_not_answer_is_worth_another_try() -> Outcome {
    let closed = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let client = Client::from_conf(
        aws_sdk_sesv2::Config::builder()
            .behavior_version(aws_sdk_sesv2::config::BehaviorVersion::latest())
            .region(aws_sdk_sesv2::config::Region::from_static("us-east-1"))
            .credentials_provider(aws_sdk_sesv2::config::Credentials::new(
                "test", "test", None, None, "tests",
            ))
            .endpoint_url(format!("http://{closed}"))
            .build(),
    );
    let outcome = Mailer::Ses(client, None).send(&letter("service@taipei.example", "inq_contract-3")?).await;
    assert!(matches!(outcome, Err(MailFailure::Unavailable { .. })), "{outcome:?}");
    Ok(())
}
