//! Events in the shapes that AWS documents: what the HTTP API, the queue and the schedule hand over.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use local::lambda::Outcome;
use serde_json::{Value, json};

const HTTP_API: &str = include_str!("events/http-api.json");
const JWT_AUTHORIZER: &str = include_str!("events/jwt-authorizer.json");
const SQS_RECORD: &str = include_str!("events/sqs-record.json");
const SCHEDULE: &str = include_str!("events/schedule.json");

fn recorded(text: &str) -> Value {
    serde_json::from_str(text).expect("a recorded event")
}

/// A request as the HTTP API hands it over (payload format 2.0).
#[derive(Debug, Clone)]
#[must_use]
pub struct Request(Value);

impl Request {
    /// Reads; the query stands behind a `?`.
    pub fn get(path: &str) -> Self {
        Self::new("GET", path)
    }

    /// Commands.
    pub fn post(path: &str, body: &Value) -> Self {
        let request = Self::new("POST", path).header("content-type", "application/json");
        request.body(&body.to_string())
    }

    fn new(method: &str, path: &str) -> Self {
        let mut event = recorded(HTTP_API);
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        event["rawPath"] = json!(path);
        event["rawQueryString"] = json!(query);
        event["requestContext"]["http"]["method"] = json!(method);
        event["requestContext"]["http"]["path"] = json!(path);
        Self(event)
    }

    /// With a header. The gateway writes their names in lower case.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.0["headers"][name] = json!(value);
        self
    }

    /// Without a header.
    pub fn without(mut self, name: &str) -> Self {
        self.0["headers"].as_object_mut().and_then(|headers| headers.remove(name)).expect("it was there");
        self
    }

    /// With this body.
    pub fn body(mut self, body: &str) -> Self {
        self.0["body"] = json!(body);
        self.header("content-length", &body.len().to_string())
    }

    /// The body in base64, as the gateway hands over what it takes for binary.
    pub fn in_base64(mut self) -> Self {
        let body = self.0["body"].as_str().unwrap_or_default();
        self.0["body"] = json!(STANDARD.encode(body));
        self.0["isBase64Encoded"] = json!(true);
        self
    }

    /// With a member's token, which no authorizer looks at.
    pub fn token(self, token: &str) -> Self {
        self.header("authorization", &format!("Bearer {token}"))
    }

    /// Past the JWT authorizer, which found this agent's access token good.
    pub fn agent(self, id: &str) -> Self {
        self.claiming(id, "access")
    }

    /// The same with a token for that use.
    pub fn claiming(mut self, id: &str, token_use: &str) -> Self {
        let mut authorizer = recorded(JWT_AUTHORIZER);
        let claims = &mut authorizer["jwt"]["claims"];
        claims["sub"] = json!(id);
        claims["username"] = json!(id);
        claims["token_use"] = json!(token_use);
        self.0["requestContext"]["authorizer"] = authorizer;
        self
    }

    /// The event.
    pub fn event(&self) -> &Value {
        &self.0
    }
}

/// A batch of the queue: messages by their ids.
pub fn batch(messages: &[(&str, &str)]) -> Value {
    let record = |(id, body): &(&str, &str)| {
        let mut record = recorded(SQS_RECORD);
        record["messageId"] = json!(id);
        record["body"] = json!(body);
        record
    };
    json!({ "Records": messages.iter().map(record).collect::<Vec<_>>() })
}

/// What the schedule hands over; no function reads it.
pub fn schedule() -> Value {
    recorded(SCHEDULE)
}

/// An answer as the HTTP API reads it.
#[derive(Debug)]
pub struct Reply {
    /// The status.
    pub status: u64,
    /// The headers.
    pub headers: Value,
    /// The body; null if it is no JSON.
    pub body: Value,
}

impl Reply {
    /// The answer of a function behind the gateway.
    #[track_caller]
    pub fn of(outcome: Outcome) -> Self {
        let answer = answered(outcome);
        let text = answer["body"].as_str().unwrap_or_default();
        let body = match answer["isBase64Encoded"] == true {
            true => STANDARD.decode(text).expect("base64"),
            false => text.as_bytes().to_vec(),
        };
        Self {
            status: answer["statusCode"].as_u64().expect("a status"),
            headers: answer["headers"].clone(),
            body: serde_json::from_slice(&body).unwrap_or_default(),
        }
    }

    /// The body of a request that succeeded.
    #[track_caller]
    pub fn ok(self) -> Value {
        assert!((200..300).contains(&self.status), "{self:?}");
        self.body
    }

    /// A request that was refused so.
    #[track_caller]
    pub fn refused(self, status: u64, code: &str) {
        let told = (self.status, self.body["code"].as_str().unwrap_or_default());
        assert_eq!(told, (status, code), "{self:?}");
        assert_eq!(self.headers["content-type"], "application/problem+json");
    }
}

/// What a function answered.
#[track_caller]
pub fn answered(outcome: Outcome) -> Value {
    match outcome {
        Outcome::Answered(answer) => answer,
        Outcome::Failed(error) => panic!("it failed: {error}"),
    }
}

/// The ids of the messages that have to come again.
#[track_caller]
pub fn failures(outcome: Outcome) -> Vec<String> {
    let answer = answered(outcome);
    let failures = answer["batchItemFailures"].as_array().expect("an answer for the queue");
    let id = |failure: &Value| failure["itemIdentifier"].as_str().expect("a message's id").to_owned();
    failures.iter().map(id).collect()
}
