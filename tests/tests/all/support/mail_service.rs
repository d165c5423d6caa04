//! A stand-in for SES whose mood tests decide: it takes a mail, refuses it, or is out of order.

use std::sync::{Arc, Mutex, PoisonError};

use aws_sdk_sesv2::Client;
use aws_sdk_sesv2::config::{BehaviorVersion, Config, Credentials, Region};
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mail_parser::MessageParser;
use serde_json::{Value, json};

/// How the service answers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mood {
    /// It takes the mail.
    #[default]
    Good,
    /// Too many at once: try again.
    Throttled,
    /// This mail will never go out.
    Refusing,
    /// It takes the mail, and its answer is lost.
    AnswerLost,
}

/// The service; clones are the same one.
#[derive(Clone, Default)]
pub struct MailService(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    mood: Mood,
    taken: Vec<Vec<u8>>,
    attempts: usize,
    when_taken: Option<Box<dyn FnMut() + Send>>,
}

impl std::fmt::Debug for MailService {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MailService")
    }
}

impl MailService {
    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers so from now on.
    pub fn is(&self, mood: Mood) {
        self.state().mood = mood;
    }

    /// Does this whenever it took a mail, before it answers.
    pub fn when_taken(&self, act: impl FnMut() + Send + 'static) {
        self.state().when_taken = Some(Box::new(act));
    }

    /// How often it was asked.
    pub fn attempts(&self) -> usize {
        self.state().attempts
    }

    /// The mails that it took, newest first, as the local mailbox gives them.
    pub fn mails(&self) -> Value {
        let state = self.state();
        let read = state.taken.iter().rev().filter_map(|mime| {
            let mail = MessageParser::default().parse(mime)?;
            let text = mail.body_text(0)?.into_owned();
            let words = text.split_whitespace().filter(|word| word.starts_with("http"));
            let links: Vec<String> = words.map(str::to_owned).collect();
            Some(json!({
                "to": mail.to()?.first()?.address()?,
                "subject": mail.subject()?,
                "html": mail.body_html(0)?,
                "text": text,
                "links": links,
            }))
        });
        read.collect()
    }

    /// A client of the SDK that asks this service.
    pub fn client(&self) -> Client {
        let connector = SharedHttpConnector::new(self.clone());
        let config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("local"))
            .credentials_provider(Credentials::new("test", "test", None, None, "test"))
            .endpoint_url("http://mail.invalid")
            .http_client(http_client_fn(move |_, _| connector.clone()))
            .build();
        Client::from_conf(config)
    }

    fn answer(&self, body: &[u8]) -> Option<(u16, &'static str, String)> {
        let mut state = self.state();
        state.attempts += 1;
        let mood = state.mood;
        if matches!(mood, Mood::Good | Mood::AnswerLost) {
            let request: Value = serde_json::from_slice(body).unwrap_or_default();
            let data = request["Content"]["Raw"]["Data"].as_str().unwrap_or_default();
            state.taken.push(STANDARD.decode(data).expect("a mail in base64"));
            if let Some(act) = state.when_taken.as_mut() {
                act();
            }
        }
        match mood {
            Mood::Good => Some((200, "", json!({ "MessageId": state.attempts.to_string() }).to_string())),
            Mood::Throttled => Some((429, "TooManyRequestsException", "{}".to_owned())),
            Mood::Refusing => Some((400, "MessageRejected", "{}".to_owned())),
            Mood::AnswerLost => None,
        }
    }
}

impl HttpConnector for MailService {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let answered = self.answer(request.body().bytes().unwrap_or_default());
        HttpConnectorFuture::new(async move {
            let lost = || ConnectorError::io("the connection broke".into());
            let (status, error, body) = answered.ok_or_else(lost)?;
            let answer = http::Response::builder()
                .status(status)
                .header("x-amzn-errortype", error)
                .body(SdkBody::from(body))
                .map_err(|error| ConnectorError::other(error.into(), None))?;
            HttpResponse::try_from(answer).map_err(|error| ConnectorError::other(error.into(), None))
        })
    }
}
