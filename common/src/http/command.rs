//! What a request says: its JSON body, its idempotency key, the version it saw, its query.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use http::request::Parts;
use http::{HeaderMap, header};
use serde::de::DeserializeOwned;

use super::Object;
use crate::app::App;
use crate::idempotency::Once;
use crate::ids;
use crate::problem::{Code, FieldCode, Problem};

/// The most characters of an idempotency key.
const KEY_BYTES: usize = 128;

/// A command: a JSON body that holds nothing unknown, and how it was sent.
#[derive(Debug)]
pub struct Command<T> {
    /// What it says.
    pub body: T,
    /// The version that the sender saw (`If-Match`).
    pub seen: Option<u32>,
    key: String,
    path: String,
    raw: Bytes,
}

impl<T> Command<T> {
    /// This sending by that sender; the key they sent, or one of its own.
    pub fn once(&self, sender: &str) -> Once {
        Once::new(sender, &self.path, &self.key, &self.raw)
    }

    /// The idempotency key.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The version that the sender saw.
    ///
    /// # Errors
    /// [`Code::PreconditionRequired`] if it does not say.
    pub fn seen(&self) -> Result<u32, Problem> {
        self.seen.ok_or_else(|| Problem::new(Code::PreconditionRequired))
    }
}

impl<T: DeserializeOwned> FromRequest<App> for Command<T> {
    type Rejection = Problem;
    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let (key, seen) = sent(request.headers())?;
        let path = request.uri().path().to_owned();
        let raw = Bytes::from_request(request, app).await.map_err(|rejection| {
            let too_large = rejection.status() == http::StatusCode::PAYLOAD_TOO_LARGE;
            Problem::new(if too_large { Code::PayloadTooLarge } else { Code::InvalidBody })
        })?;
        let body = parsed(if raw.is_empty() { b"{}" } else { &raw })?;
        Ok(Self { body, seen, key, path, raw })
    }
}

fn sent(headers: &HeaderMap) -> Result<(String, Option<u32>), Problem> {
    let key = match headers.get("idempotency-key") {
        None => ids::random_text(),
        Some(value) => value
            .to_str()
            .ok()
            .filter(|key| key.bytes().all(|byte| byte.is_ascii_graphic()))
            .ok_or(FieldCode::WrongType)
            .and_then(|key| match key.len() {
                0 => Err(FieldCode::Required),
                1..=KEY_BYTES => Ok(key.to_owned()),
                _ => Err(FieldCode::TooLong(KEY_BYTES)),
            })
            .map_err(|code| Problem::field("Idempotency-Key", code))?,
    };
    let seen = match headers.get(header::IF_MATCH) {
        None => None,
        Some(value) => {
            let text = value.to_str().unwrap_or_default().trim_matches('"');
            let version = text.parse().map_err(|_| Problem::field("If-Match", FieldCode::WrongType))?;
            Some(version)
        }
    };
    Ok((key, seen))
}

fn parsed<T: DeserializeOwned>(raw: &[u8]) -> Result<T, Problem> {
    let mut json = serde_json::Deserializer::from_slice(raw);
    let Object(value) = serde_path_to_error::deserialize(&mut json)
        .map_err(|error| refused(&error.path().to_string(), error.inner(), raw))?;
    json.end().map_err(|_| Problem::new(Code::InvalidBody))?;
    Ok(value)
}

/// Serde's words become a field and what is wrong with it, if the body is JSON at all: what it
/// says at first may be about a field, and what is no JSON may stand behind it.
fn refused(path: &str, error: &serde_json::Error, raw: &[u8]) -> Problem {
    if serde_json::from_slice::<serde_json::Value>(raw).is_err() {
        return Problem::new(Code::InvalidBody);
    }
    let text = error.to_string();
    let named = |start: &str| Some(text.strip_prefix(start)?.split('`').next()?.to_owned());
    let within = |name: String| if path == "." { name } else { format!("{path}.{name}") };
    if let Some(name) = named("unknown field `") {
        // The path of an unknown field already ends with it.
        let field = if path.ends_with(name.as_str()) { path.to_owned() } else { within(name) };
        return Problem::field(field, FieldCode::UnknownField);
    }
    if let Some(name) = named("missing field `") {
        return Problem::field(within(name), FieldCode::Required);
    }
    let code = if text.starts_with("unknown value") || text.starts_with("unknown variant") {
        FieldCode::UnknownValue
    } else {
        FieldCode::WrongType
    };
    if path == "." { Problem::new(Code::InvalidBody) } else { Problem::field(path, code) }
}

/// Tells a field that says `null` from one that says nothing: for `#[serde(deserialize_with)]`.
///
/// # Errors
/// The deserializer's.
pub fn said<'de, D, T>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: serde::Deserialize<'de>,
{
    <Option<T> as serde::Deserialize>::deserialize(deserializer).map(Some)
}

/// A query string that holds nothing unknown.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<App> for Query<T> {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Problem> {
        let parsed = axum::extract::Query::<T>::try_from_uri(&parts.uri);
        parsed.map(|axum::extract::Query(value)| Self(value)).map_err(|rejection| {
            let text = std::error::Error::source(&rejection).map_or_else(String::new, ToString::to_string);
            let (field, why) = text.split_once(": ").unwrap_or(("query", text.as_str()));
            let code = if why.starts_with("unknown value") {
                FieldCode::UnknownValue
            } else if why.starts_with("unknown field") {
                FieldCode::UnknownField
            } else {
                FieldCode::WrongType
            };
            Problem::field(field, code)
        })
    }
}
