//! The mails that went out, to look at: as JSON for scripts and tests, as pages for people.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use http::{HeaderValue, StatusCode, header};
use serde::{Deserialize, Serialize};

mod pages;
mod read;

pub use read::Mail;

use pages::{ListPage, MailPage};

/// So many mails are shown at most.
const MOST: usize = 200;

/// The part with markup is shown in a frame that can neither run, load nor open anything.
const FRAMED: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'self'; sandbox";

/// The mails in this folder, at `/mailbox` and `/local/mailbox`.
pub fn routes(folder: PathBuf) -> Router {
    Router::new()
        .route("/local/mailbox", get(as_json))
        .route("/mailbox", get(list))
        .route("/mailbox/{mail}", get(show))
        .route("/mailbox/{mail}/html", get(framed))
        .with_state(Folder(folder.into()))
}

#[derive(Clone)]
struct Folder(Arc<std::path::Path>);

#[derive(Deserialize)]
struct Asked {
    to: Option<String>,
}

#[derive(Serialize)]
struct Mails {
    mails: Vec<Mail>,
}

impl Folder {
    async fn newest(self, asked: Asked) -> Result<Vec<Mail>, Unreadable> {
        let to = asked.to.map(|to| to.trim().to_owned()).filter(|to| !to.is_empty());
        reading(move || read::newest(&self.0, to.as_deref(), MOST)).await
    }

    async fn one(self, mail: String) -> Result<Option<Mail>, Unreadable> {
        reading(move || read::one(&self.0, &mail)).await
    }
}

/// The folder cannot be read.
struct Unreadable;

impl IntoResponse for Unreadable {
    fn into_response(self) -> Response {
        (StatusCode::INTERNAL_SERVER_ERROR, "the folder of mails cannot be read").into_response()
    }
}

async fn reading<T: Send + 'static>(
    read: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, Unreadable> {
    let done = tokio::task::spawn_blocking(read).await.map_err(io::Error::other).flatten();
    done.map_err(|error| {
        tracing::error!(%error, "the folder of mails cannot be read");
        Unreadable
    })
}

async fn as_json(folder: State<Folder>, Query(asked): Query<Asked>) -> Result<Json<Mails>, Unreadable> {
    let mails = folder.0.newest(asked).await?;
    Ok(Json(Mails { mails }))
}

async fn list(folder: State<Folder>, Query(asked): Query<Asked>) -> Result<Response, Unreadable> {
    let to = asked.to.clone().unwrap_or_default();
    let mails = folder.0.newest(asked).await?;
    Ok(crate::site::page(StatusCode::OK, &ListPage { to, most: MOST, mails }))
}

async fn show(folder: State<Folder>, Path(mail): Path<String>) -> Result<Response, Unreadable> {
    Ok(match folder.0.one(mail).await? {
        Some(mail) => crate::site::page(StatusCode::OK, &MailPage { mail }),
        None => crate::site::not_found(),
    })
}

async fn framed(folder: State<Folder>, Path(mail): Path<String>) -> Result<Response, Unreadable> {
    let Some(mail) = folder.0.one(mail).await? else { return Ok(crate::site::not_found()) };
    let mut response = axum::response::Html(mail.html).into_response();
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(FRAMED));
    Ok(response)
}

#[cfg(test)]
mod tests;
