//! What deployed functions find around them: their settings, the second engine's table, queues and mail.

use std::error::Error;
use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use common::app::{App, Queues};
use common::arrivals::Arrivals;
use common::auth::{AgentTokens, MemberClaims, member_audience};
use common::clock::Clock;
use common::config::{Config, LIMITS, MEMBER_LIMIT, Secret};
use common::ids;
use common::mail::Mailer;
use common::notices::Notices;
use common::refunds::Refunds;
use common::store::table::Table;
use common::store::{ShopRecord, Store};
use domain::ids::ShopId;
use domain::text::Email;
use jiff::SignedDuration;
use local::lambda::{Deployed, Function};
use serde_json::Value;

use crate::contract::mail::verified;
use crate::contract::ministack::{Ministack, client};
use crate::contract::notices::made;
use crate::contract::table::TABLE;
use crate::support::{Folder, TAIPEI, signed, signing_key, taipei};
use crate::tidy::root;

/// What a function is given on Lambda, unless somebody sets another.
const MEMORY_MB: u32 = 256;

/// One deployment: a table and queues of its own, with the first shop in it.
pub struct Cloud {
    /// The same table and queues, seen from outside, by a clock that can be moved.
    pub app: App,
    offset: Arc<AtomicI64>,
    ministack: Arc<Ministack>,
    sender: String,
    queue: aws_sdk_sqs::Client,
    notices: String,
    settings: Vec<(String, String)>,
    folder: Folder,
}

impl Cloud {
    /// A new one of that name.
    pub async fn open(name: &str) -> Result<Self, Box<dyn Error>> {
        Self::with(name, taipei()).await
    }

    /// A new one, whose shop is this.
    pub async fn with(name: &str, shop: ShopRecord) -> Result<Self, Box<dyn Error>> {
        let sender = format!("no-reply@{name}.kefu.example");
        let (ministack, mails) = verified(&sender).await?;
        let table = format!("lambda-{name}");
        let (engine, request) = (ministack.clone(), TABLE.replace("\"kefu\"", &format!("\"{table}\"")));
        let making = move || engine.make_table(&request).map_err(|error| error.to_string());
        tokio::task::spawn_blocking(making).await??;
        let queue = client!(aws_sdk_sqs, ministack);
        let notices = made(&queue, &format!("{table}-notices.fifo"), &[]).await?;
        let arrivals = made(&queue, &format!("{table}-arrivals.fifo"), &[]).await?;
        let refunds = made(&queue, &format!("{table}-refunds.fifo"), &[]).await?;
        let secret = b"a secret for links, 32 bytes long".to_vec();
        let (url, secrets) = (ministack.url(), ids::to_text(&secret));
        let settings = [
            ("KEFU_TABLE", table.as_str()),
            ("KEFU_NOTICES_QUEUE", notices.as_str()),
            ("KEFU_ARRIVALS_QUEUE", arrivals.as_str()),
            ("KEFU_REFUNDS_QUEUE", refunds.as_str()),
            ("KEFU_PUBLIC_URL", "https://desk.kefu.example"),
            ("KEFU_MAIL_FROM", sender.as_str()),
            ("KEFU_LINK_SECRETS", secrets.as_str()),
            ("KEFU_ORIGIN_SECRETS", "what-only-the-front-knows, what-it-knew-before"),
            ("AWS_ENDPOINT_URL_DYNAMODB", url.as_str()),
            ("AWS_ENDPOINT_URL_SQS", url.as_str()),
            ("AWS_ENDPOINT_URL_SESV2", url.as_str()),
        ];
        let settings =
            settings.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let offset = Arc::new(AtomicI64::new(0));
        let config = Config {
            public_url: "https://desk.kefu.example".to_owned(),
            mail_from: Email::parse(&sender)?,
            link_secrets: vec![Secret(secret)],
            agent_tokens: AgentTokens::Gateway,
            limits: LIMITS,
            member_limit: MEMBER_LIMIT,
            webhooks_to_loopback: false,
            front_secrets: Vec::new(),
        };
        let to = |url: &str| common::queue::Queue::new(queue.clone(), url);
        let queues = Queues {
            notices: Notices::new(to(&notices)),
            arrivals: Arrivals::new(to(&arrivals)),
            refunds: Refunds::new(to(&refunds)),
        };
        let store = Store::new(Table::new(client!(aws_sdk_dynamodb, ministack), table));
        let clock = Clock::moved(offset.clone());
        let app = App::new(config, store, queues, Mailer::Ses(mails, None), clock);
        app.store.put_shop(&shop, None, app.clock.now()).await?;
        Ok(Self { app, offset, ministack, sender, queue, notices, settings, folder: Folder::new() })
    }

    /// Starts a function's program, and waits until it asks for an event.
    pub async fn function(&self, name: &str) -> Result<Function, Box<dyn Error>> {
        let mut function = self.start(name, &self.settings).await?;
        function.ready().await?;
        Ok(function)
    }

    /// Starts one without that setting.
    pub async fn function_without(&self, name: &str, setting: &str) -> Result<Function, Box<dyn Error>> {
        let others = self.settings.iter().filter(|(name, _)| name != setting).cloned();
        self.start(name, &others.collect::<Vec<_>>()).await
    }

    async fn start(&self, name: &str, settings: &[(String, String)]) -> Result<Function, Box<dyn Error>> {
        let log = File::options().create(true).append(true).open(self.folder.path().join(name))?;
        let deployed = Deployed { name, memory_mb: MEMORY_MB, region: "us-east-1", settings };
        Ok(Function::start(&program(name), &deployed, Some(log)).await?)
    }

    /// What a function wrote to its log so far.
    pub fn log(&self, name: &str) -> std::io::Result<String> {
        std::fs::read_to_string(self.folder.path().join(name))
    }

    /// The clock of `app` stands so far behind the functions' clock.
    pub fn behind(&self, span: SignedDuration) {
        let millis = i64::try_from(span.as_millis()).expect("a span in range");
        self.offset.store(-millis, Ordering::Relaxed);
    }

    /// A member's token, made just now by `app`'s clock.
    pub fn member(&self, id: &str) -> Result<String, Box<dyn Error>> {
        let now = self.app.clock.now().as_second();
        let claims = MemberClaims {
            aud: member_audience(&ShopId::parse(TAIPEI)?),
            sub: id.to_owned(),
            name: "Ada Lovelace".to_owned(),
            email: format!("{id}@example.com"),
            phone: None,
            orders: None,
            iat: now,
            exp: now + 3_600,
        };
        Ok(signed(&claims, &signing_key(&format!("{TAIPEI}-1"))))
    }

    /// The bodies of what waits in the queue of owed mails; they are gone from it then.
    pub async fn owed(&self) -> Result<Vec<String>, Box<dyn Error>> {
        let mut bodies = Vec::new();
        loop {
            let asked = self.queue.receive_message().queue_url(&self.notices).max_number_of_messages(10);
            let messages = asked.send().await?.messages.unwrap_or_default();
            if messages.is_empty() {
                return Ok(bodies);
            }
            for message in messages {
                let done = self.queue.delete_message().queue_url(&self.notices);
                done.receipt_handle(message.receipt_handle.unwrap_or_default()).send().await?;
                bodies.extend(message.body);
            }
        }
    }

    /// The mails that were sent from here, oldest first.
    pub async fn mails(&self) -> Result<Vec<Value>, Box<dyn Error>> {
        let ministack = self.ministack.clone();
        let asked = tokio::task::spawn_blocking(move || ministack.mails().map_err(|error| error.to_string()));
        let mails = asked.await??;
        Ok(mails.into_iter().filter(|mail| mail["Source"] == self.sender.as_str()).collect())
    }
}

/// Where `make build` puts the functions' programs.
pub fn builds() -> PathBuf {
    root().join("target/lambda")
}

/// The function's program.
fn program(name: &str) -> PathBuf {
    let built = builds().join(name).join("bootstrap");
    assert!(built.is_file(), "{} is not there: make build", built.display());
    built
}
