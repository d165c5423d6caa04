//! Tells a story through the API, as its people would have: whatever it shows can really happen.

use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::body::Body;
use common::app::App;
use domain::ids::ShopId;
use http::{Request, header};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::stories::{Act, Story};
use crate::catalog;
use crate::host::StartError;
use crate::issuer::Issuer;
use crate::sign_in::{MemberSignIn, sign_member};

/// A story with what it takes to tell it.
pub struct Teller<'a> {
    app: &'a App,
    issuer: &'a Issuer,
    api: Router,
    shop: ShopId,
    story: &'a Story,
}

impl<'a> Teller<'a> {
    pub fn new(app: &'a App, issuer: &'a Issuer, story: &'a Story) -> Result<Self, StartError> {
        let api = common::http::served(catalog::routes(), app.clone());
        Ok(Self { app, issuer, api, shop: ShopId::parse(story.shop)?, story })
    }

    /// Tells it from its beginning; `offset` is its clock, and `now` that clock's present.
    pub async fn tell(&self, offset: &AtomicI64, now: i64) -> Result<(), StartError> {
        let at = |minutes_ago: i64| offset.store(now - minutes_ago * 60_000, Ordering::Relaxed);
        at(self.story.minutes_ago);
        let opened = self.as_customer("inquiries", self.submission()).await?;
        let id = opened["id"].as_str().ok_or("an inquiry without an id")?;
        for (minutes_ago, act) in self.story.then {
            at(*minutes_ago);
            match act {
                Act::Writes(text) => {
                    let path = format!("my/inquiries/{id}/messages");
                    self.as_customer(&path, json!({ "text": text })).await?;
                }
                Act::Takes(agent) => self.as_agent(agent, id, "assign", json!({ "to": agent })).await?,
                Act::Notes(agent, text) => {
                    self.as_agent(agent, id, "notes", json!({ "text": text })).await?;
                }
                Act::Replies(agent, text, then) => {
                    self.as_agent(agent, id, "reply", json!({ "text": text, "then": then })).await?;
                }
                Act::Flags(agent, flag) => {
                    self.as_agent(agent, id, "label", json!({ "flag": flag })).await?;
                }
                Act::Closes(agent, reason) => {
                    self.as_agent(agent, id, "close", json!({ "reason": reason })).await?;
                }
            }
        }
        Ok(())
    }

    fn submission(&self) -> Value {
        let story = self.story;
        let mut body = json!({
            "source": story.source,
            "category": story.category,
            "subject": story.subject,
            "text": story.text,
            "locale": story.locale,
        });
        if let Some(order) = story.order {
            body["order"] = order.into();
        }
        if let Some((product, title)) = story.product {
            body["product"] = product.into();
            body["product_title"] = title.into();
        }
        body
    }

    async fn as_customer(&self, path: &str, body: Value) -> Result<Value, StartError> {
        let (name, email) = self.story.customer;
        let member = MemberSignIn {
            shop: self.shop.to_string(),
            id: email.to_owned(),
            name: name.to_owned(),
            email: email.to_owned(),
            phone: None,
            orders: None,
        };
        let record = self.app.store.shop(&self.shop).await.map_err(|it| it.chain())?;
        let record = record.ok_or("no such shop")?;
        let token = sign_member(&record, member, self.now()).map_err(|it| it.chain())?;
        self.call("POST", path, &token, None, Some(body)).await
    }

    async fn as_agent(&self, agent: &str, id: &str, act: &str, body: Value) -> Result<(), StartError> {
        let token = self.issuer.token(agent, self.now())?;
        let path = format!("inquiries/{id}");
        let shown = self.call("GET", &path, &token, None, None).await?;
        let version = shown["inquiry"]["version"].to_string();
        self.call("POST", &format!("{path}/{act}"), &token, Some(&version), Some(body)).await.map(|_| ())
    }

    fn now(&self) -> i64 {
        self.app.clock.now().as_second()
    }

    async fn call(
        &self,
        method: &str,
        path: &str,
        token: &str,
        version: Option<&str>,
        body: Option<Value>,
    ) -> Result<Value, StartError> {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/v1/shops/{}/{path}", self.shop))
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .header(header::CONTENT_TYPE, "application/json");
        if let Some(version) = version {
            request = request.header(header::IF_MATCH, format!("\"{version}\""));
        }
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        let response = self.api.clone().oneshot(request.body(body)?).await?;
        let status = response.status();
        let answer = response.into_body().collect().await?.to_bytes();
        if !status.is_success() {
            return Err(format!("{method} {path}: {status} {}", String::from_utf8_lossy(&answer)).into());
        }
        Ok(serde_json::from_slice(&answer)?)
    }
}
