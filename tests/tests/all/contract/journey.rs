//! The whole path on the other engine: its table, its queue, its mail, and every function on top.

use std::sync::Arc;

use aws_lambda_events::event::sqs::{SqsEvent, SqsMessage};
use axum::Router;
use axum::body::Body;
use common::app::{App, Queues};
use common::arrivals::Arrivals;
use common::mail::Mailer;
use common::notices::Notices;
use common::refunds::Refunds;
use common::store::Store;
use common::store::table::Table;
use domain::ids::ShopId;
use http::Request;
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use tower::ServiceExt as _;

use super::mail::verified;
use super::ministack::{Ministack, client};
use super::notices::made;
use super::table::{Outcome, TABLE};
use crate::support::{Desk, TAIPEI, taipei};

/// The functions on ministack.
struct Cloud {
    app: App,
    router: Router,
    ministack: Arc<Ministack>,
    queue: aws_sdk_sqs::Client,
    queue_url: String,
}

#[test]
fn a_guest_asks_confirms_and_is_answered_on_the_other_engine() -> Outcome {
    // The desk lends its clock, its secrets and its agents; nothing is stored there.
    let desk = Desk::open();
    let mia = desk.mia().token;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let cloud = Cloud::open(&desk).await?;
        let asked = json!({
            "category": "logistics", "text": "包裹在哪裡?", "name": "Gus Guest", "email": "gus@example.com",
        });
        let made = cloud.post("inquiries", None, &[], &asked).await?;
        assert_eq!(made["confirmation"], "mail_sent");
        assert_eq!(cloud.deliver().await?, 1);
        let confirm = cloud.link("#confirm=")?;
        let confirmed = cloud.post("inquiries/confirm", None, &[], &json!({ "token": confirm })).await?;
        assert_eq!(confirmed["released"][0]["id"], made["id"]);
        let session = confirmed["session"]["token"].as_str().ok_or("no session")?;

        let listed = cloud.get("inquiries?list=unassigned&counts=true", &mia).await?;
        assert_eq!(listed["inquiries"][0]["id"], made["id"]);
        assert_eq!(listed["counts"]["unassigned"], 1);
        let version = listed["inquiries"][0]["version"].to_string();
        let path = format!("inquiries/{}/reply", made["id"].as_str().unwrap_or_default());
        let reply = json!({ "text": "今天已經寄出。", "then": "done" });
        let seen = [("if-match", version.as_str())];
        let answered = cloud.post(&path, Some(&mia), &seen, &reply).await?;
        assert_eq!(answered["inquiry"]["status"], "replied");
        assert_eq!(cloud.deliver().await?, 1);
        assert_eq!(cloud.deliver().await?, 0, "nothing is left to send");
        assert!(
            cloud
                .mails()?
                .iter()
                .any(|mail| mail["BodyText"].as_str().is_some_and(|it| it.contains("今天已經寄出。")))
        );
        let opened =
            cloud.post("guest-sessions", None, &[], &json!({ "token": cloud.link("#inquiry=")? })).await?;
        assert_eq!(opened["inquiry"], made["id"]);

        let path = format!("my/inquiries/{}", made["id"].as_str().unwrap_or_default());
        let shown = cloud.get(&path, session).await?;
        assert_eq!(shown["messages"].as_array().map(Vec::len), Some(2));
        let again = json!({ "text": "謝謝" });
        let followed = cloud.post(&format!("{path}/messages"), Some(session), &[], &again).await?;
        assert_eq!(followed["inquiry"]["status"], "awaiting_reply");
        // It had ended, so it arrives anew, and mia, who is here, gets it by the same transaction.
        cloud.post("presence", Some(&mia), &[], &json!({ "tab": "t" })).await?;
        distribute_inquiries::distribute(&cloud.app, &ShopId::parse(TAIPEI)?, &[]).await?;
        assert_eq!(cloud.get("inquiries?list=mine", &mia).await?["inquiries"][0]["id"], made["id"]);
        Ok(())
    })
}

impl Cloud {
    async fn open(desk: &Desk) -> Result<Self, Box<dyn std::error::Error>> {
        let parts = &desk.app;
        let (ministack, mails) = verified(parts.config.mail_from.as_str()).await?;
        ministack.make_table(&TABLE.replace("\"kefu\"", "\"journey\""))?;
        let queue = client!(aws_sdk_sqs, ministack);
        let queue_url = made(&queue, "journey.fifo", &[]).await?;
        let store = Store::new(Table::new(client!(aws_sdk_dynamodb, ministack), "journey"));
        let arrivals_url = made(&queue, "journey-arrivals.fifo", &[]).await?;
        let sender = |url: &str| common::queue::Queue::new(queue.clone(), url);
        let refunds_url = made(&queue, "journey-refunds.fifo", &[]).await?;
        let queues = Queues {
            notices: Notices::new(sender(&queue_url)),
            arrivals: Arrivals::new(sender(&arrivals_url)),
            refunds: Refunds::new(sender(&refunds_url)),
        };
        let app =
            App::new(parts.config.clone(), store, queues, Mailer::Ses(mails, None), parts.clock.clone());
        app.store.put_shop(&taipei(), None, app.clock.now()).await?;
        let router = common::http::served(local::catalog::routes(), app.clone());
        Ok(Self { app, router, ministack, queue, queue_url })
    }

    async fn get(&self, path: &str, token: &str) -> Result<Value, Box<dyn std::error::Error>> {
        let request = Request::get(format!("/v1/shops/{TAIPEI}/{path}"));
        self.call(request.header("authorization", format!("Bearer {token}")).body(Body::empty())?).await
    }

    async fn post(
        &self,
        path: &str,
        token: Option<&str>,
        headers: &[(&str, &str)],
        body: &Value,
    ) -> Result<Value, Box<dyn std::error::Error>> {
        let mut request = Request::post(format!("/v1/shops/{TAIPEI}/{path}"));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        self.call(request.body(Body::from(body.to_string()))?).await
    }

    async fn call(&self, request: Request<Body>) -> Result<Value, Box<dyn std::error::Error>> {
        let answer = self.router.clone().oneshot(request).await?;
        let status = answer.status();
        let body = answer.into_body().collect().await?.to_bytes();
        if status.is_success() {
            return Ok(serde_json::from_slice(&body)?);
        }
        Err(format!("{status}: {}", String::from_utf8_lossy(&body)).into())
    }

    /// Hands the queue's messages to `send-notice`, as Lambda would; answers with how many there were.
    async fn deliver(&self) -> Result<usize, Box<dyn std::error::Error>> {
        let asked = self.queue.receive_message().queue_url(&self.queue_url).max_number_of_messages(10);
        let messages = asked.send().await?.messages.unwrap_or_default();
        let mut event = SqsEvent::default();
        for message in &messages {
            let mut record = SqsMessage::default();
            record.message_id.clone_from(&message.message_id);
            record.body.clone_from(&message.body);
            event.records.push(record);
        }
        let response = send_notice::handle(self.app.clone(), event).await.into_response();
        assert!(response.batch_item_failures.is_empty());
        for message in &messages {
            let done = self.queue.delete_message().queue_url(&self.queue_url);
            done.receipt_handle(message.receipt_handle.clone().unwrap_or_default()).send().await?;
        }
        Ok(messages.len())
    }

    fn mails(&self) -> Result<Vec<Value>, Box<dyn std::error::Error>> {
        let from = self.app.config.mail_from.as_str();
        Ok(self.ministack.mails()?.into_iter().filter(|mail| mail["Source"] == from).collect())
    }

    /// What stands behind the mark in the newest mail's link.
    fn link(&self, mark: &str) -> Result<String, Box<dyn std::error::Error>> {
        let mails = self.mails()?;
        let text = mails.last().and_then(|mail| mail["BodyText"].as_str()).ok_or("no mail")?;
        let (_, rest) = text.split_once(mark).ok_or("no such link")?;
        Ok(rest.split(['&', '\n', ' ']).next().unwrap_or_default().to_owned())
    }
}
