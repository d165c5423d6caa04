#![expect(clippy::unwrap_used, reason = "a test that cannot read its own request has failed")]

use std::sync::{Arc, Mutex};

use aws_sdk_sesv2::config::{BehaviorVersion, Credentials, Region};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use base64::Engine as _;
use domain::labels::Locale;
use domain::text::Email;

use super::*;
use crate::mail::{Mailbox, Mailer};

/// What the other end of the line does with every request.
#[derive(Debug, Clone, Copy)]
enum Answer {
    Status(u16, &'static str),
    Unreachable,
    Silence,
}

/// An SES that gives one answer, and keeps what it was asked.
#[derive(Debug, Clone)]
struct Line {
    answer: Answer,
    asked: Arc<Mutex<Vec<serde_json::Value>>>,
}

impl HttpConnector for Line {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let body = serde_json::from_slice(request.body().bytes().unwrap()).unwrap();
        self.asked.lock().unwrap().push(body);
        let answer = self.answer;
        HttpConnectorFuture::new(async move {
            match answer {
                Answer::Silence => std::future::pending().await,
                Answer::Unreachable => Err(ConnectorError::io("connection refused".into())),
                Answer::Status(200, id) => {
                    let body = format!(r#"{{"MessageId":"{id}"}}"#);
                    Ok(HttpResponse::new(200.try_into().unwrap(), SdkBody::from(body)))
                }
                Answer::Status(status, code) => {
                    let body = r#"{"message":"ada@example.com is not welcome"}"#;
                    let mut response = HttpResponse::new(status.try_into().unwrap(), SdkBody::from(body));
                    response.headers_mut().insert("x-amzn-errortype", code);
                    response.headers_mut().insert("x-amzn-requestid", "r-1");
                    Ok(response)
                }
            }
        })
    }
}

impl HttpClient for Line {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

fn letter() -> Letter {
    Letter {
        notice: "inq_0123#7".to_owned(),
        thread: None,
        at: "2026-03-02T01:02:03Z".parse().unwrap(),
        from: Mailbox::named("台北選物", Email::parse("service@kefu.example").unwrap()),
        to: Mailbox::named("Ada\r\nBcc: victim@example.com", Email::parse("ada@example.com").unwrap()),
        reply_to: None,
        locale: Locale::En,
        subject: "Your inquiry".to_owned(),
        text: "Hello".to_owned(),
        html: "<p>Hello</p>".to_owned(),
    }
}

fn client(answer: Answer) -> (Client, Line) {
    let line = Line { answer, asked: Arc::default() };
    let config = aws_sdk_sesv2::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("ap-east-1"))
        .credentials_provider(Credentials::new("key", "secret", None, None, "test"))
        .http_client(line.clone())
        .build();
    (Client::from_conf(config), line)
}

async fn sent(answer: Answer) -> (Result<Receipt, MailFailure>, Vec<serde_json::Value>) {
    let (client, line) = client(answer);
    let outcome = Mailer::Ses(client, Some("kefu".to_owned())).send(&letter()).await;
    let asked = line.asked.lock().unwrap().clone();
    (outcome, asked)
}

#[tokio::test]
async fn ses_gets_the_bytes_one_recipient_a_tag_and_the_configuration_set() {
    let (outcome, asked) = sent(Answer::Status(200, "0100-abc")).await;
    assert_eq!(outcome, Ok(Receipt { message_id: "0100-abc".to_owned() }));
    let [request] = asked.as_slice() else { panic!("{} requests", asked.len()) };
    assert_eq!(request["FromEmailAddress"], "service@kefu.example");
    assert_eq!(request["Destination"], serde_json::json!({ "ToAddresses": ["ada@example.com"] }));
    assert_eq!(request["ConfigurationSetName"], "kefu");
    assert_eq!(request["EmailTags"], serde_json::json!([{ "Name": "notice", "Value": "inq_0123-7" }]));
    let raw = request["Content"]["Raw"]["Data"].as_str().unwrap();
    let bytes = base64::engine::general_purpose::STANDARD.decode(raw).unwrap();
    let message = mail_parser::MessageParser::new().parse(&bytes).unwrap();
    assert_eq!(message.subject(), Some("Your inquiry"));
}

#[tokio::test]
async fn each_error_of_ses_is_either_refused_or_worth_another_try() {
    let table = [
        (400, "MessageRejected", "refused"),
        (400, "BadRequestException", "refused"),
        (400, "MailFromDomainNotVerifiedException", "refused"),
        (400, "SendingPausedException", "again"),
        (400, "AccountSuspendedException", "again"),
        (400, "LimitExceededException", "again"),
        (404, "NotFoundException", "again"),
        (429, "TooManyRequestsException", "again"),
        (400, "ThrottlingException", "again"),
        (403, "AccessDeniedException", "again"),
        (400, "NobodyKnowsThisException", "again"),
        (500, "InternalFailure", "perhaps sent"),
        (503, "ServiceUnavailable", "perhaps sent"),
    ];
    for (status, code, expected) in table {
        let (outcome, asked) = sent(Answer::Status(status, code)).await;
        assert_eq!(asked.len(), 1, "{code}: a retry inside could double a mail");
        let reason = format!("{code} (request r-1)");
        let meant = match expected {
            "refused" => MailFailure::Refused { reason },
            "again" => MailFailure::Unavailable { reason, maybe_sent: false },
            _ => MailFailure::Unavailable { reason, maybe_sent: true },
        };
        assert_eq!(outcome, Err(meant), "{code}");
    }
}

#[tokio::test]
async fn a_line_that_breaks_is_worth_another_try() {
    let (outcome, asked) = sent(Answer::Unreachable).await;
    assert_eq!(asked.len(), 1);
    let Err(MailFailure::Unavailable { reason, maybe_sent: true }) = outcome else { panic!("{outcome:?}") };
    assert!(reason.contains("connection refused"), "{reason}");
}

#[tokio::test]
async fn silence_ends_after_the_timeout() {
    let (client, line) = client(Answer::Silence);
    let outcome = super::send(&client, None, &letter(), Duration::from_millis(20)).await;
    assert_eq!(line.asked.lock().unwrap().len(), 1);
    let reason = "no answer in time".to_owned();
    assert_eq!(outcome, Err(MailFailure::Unavailable { reason, maybe_sent: true }));
}
