//! The system on one desk: engine, queue, mails, clock and the functions on top, all in this process.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::body::Body;
use common::app::{App, Queues};
use common::arrivals::Arrivals;
use common::auth::{AgentTokens, IssuerKeys};
use common::clock::Clock;
use common::config::{Config, LIMITS, MEMBER_LIMIT, Secret};
use common::mail::Mailer;
use common::notices::Notices;
use common::refunds::Refunds;
use common::store::table::{Meter, Table, Units};
use common::store::{ShopRecord, Store};
use domain::text::Email;
use http::{Method, Request};
use http_body_util::BodyExt as _;
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::DecodingKey;
use jsonwebtoken::jwk::JwkSet;
use local::engine::{Engine, Faults};
use local::issuer::{CLIENT, Issuer};
use local::queue::{Queue, Terms};
use tokio::runtime::Runtime;
use tower::ServiceExt as _;

use super::{Agent, Answer, Call, Customer, Folder, LANTERN, MailService, TAIPEI, lantern, roles, taipei};

/// The table, as the cloud has it.
const TABLE: &str = include_str!("../../../../infra/table.json");
/// A Monday, nine o'clock in Taipei.
const MONDAY: &str = "2027-03-01T01:00:00Z";

/// The whole system, with two shops and nothing asked yet.
pub struct Desk {
    /// What the functions have at hand.
    pub app: App,
    /// The queue of owed mails.
    pub queue: Queue,
    /// The queue of shops in which something may wait for somebody.
    pub arrivals: Queue,
    /// The queue of orders with refunds to execute.
    pub refunds: Queue,
    pub(super) folder: Folder,
    pub(super) issuer: &'static Issuer,
    pub(super) mails: Option<MailService>,
    pub(super) api_key: OnceLock<String>,
    engine: Engine,
    router: Router,
    meter: Meter,
    offset: Arc<AtomicI64>,
    runtime: Runtime,
}

/// What a desk begins with, where it is not the usual.
#[derive(Debug, Default)]
pub struct Setup {
    /// When it begins.
    pub at: Option<Timestamp>,
    /// What goes wrong in the table.
    pub faults: Option<Faults>,
    /// A mail service that tests can upset, in place of the folder of mails.
    pub mails: Option<MailService>,
}

impl Desk {
    /// A desk on a Monday morning.
    pub fn open() -> Self {
        Self::with(Setup::default())
    }

    /// A desk at that time (RFC 3339).
    pub fn at(time: &str) -> Self {
        Self::with(Setup { at: Some(time.parse().expect("a time")), ..Setup::default() })
    }

    /// A desk that begins so.
    pub fn with(setup: Setup) -> Self {
        let (engine, client) = match setup.faults {
            None => Engine::in_memory().map(|engine| (engine.clone(), engine.client())),
            Some(faults) => {
                Engine::unreliable(faults).map(|engine| (engine.clone(), engine.patient_client()))
            }
        }
        .expect("an engine");
        engine.ensure_table(TABLE).expect("the table");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let offset = Arc::new(AtomicI64::new(0));
        let clock = Clock::moved(Arc::clone(&offset));
        let begin = setup.at.unwrap_or_else(|| MONDAY.parse().expect("a time"));
        offset.store(begin.as_millisecond() - clock.now().as_millisecond(), Ordering::Relaxed);
        let queue = runtime.block_on(Queue::create("notices", Terms::default())).expect("a queue");
        let arrivals = runtime.block_on(Queue::create("arrivals", Terms::default())).expect("a queue");
        let refunds = runtime.block_on(Queue::create("refunds", Terms::default())).expect("a queue");
        let (meter, folder) = (Meter::default(), Folder::new());
        let table = Table::new(roles::of_table(&client), "kefu").metered(meter.clone());
        let mailer = match &setup.mails {
            Some(service) => Mailer::Ses(roles::of_mails(&service.client()), Some("kefu".to_owned())),
            None => Mailer::Folder(folder.path().join("mail")),
        };
        let issuer = issuer();
        let queues = queues(&queue, queue.url(), (&arrivals, &refunds));
        let app = App::new(config(issuer), Store::new(table), queues, mailer, clock);
        let router = served(&app, &folder);
        let mails = setup.mails;
        let desk = Self {
            app,
            queue,
            arrivals,
            refunds,
            folder,
            issuer,
            mails,
            api_key: OnceLock::new(),
            engine,
            router,
            meter,
            offset,
            runtime,
        };
        for shop in [taipei(), lantern()] {
            desk.stores(&shop);
        }
        desk.meter.take();
        desk
    }

    /// Stores a shop, in place of what it was.
    pub fn stores(&self, shop: &ShopRecord) {
        let before = self.block_on(self.app.store.fresh_shop(&shop.shop.id)).expect("the shop is read");
        let version = before.as_ref().map_or(0, |before| before.version);
        let shop = ShopRecord { version, ..shop.clone() };
        let stored = self.block_on(self.app.put_shop(&shop, before.as_ref().map(|before| &before.shop)));
        assert!(stored.expect("the shop is stored"), "nobody else changed it");
    }

    /// What it is by the desk's clock.
    pub fn now(&self) -> Timestamp {
        self.app.clock.now()
    }

    /// Time passes.
    pub fn wait(&self, span: SignedDuration) {
        let millis = i64::try_from(span.as_millis()).expect("a span in range");
        self.offset.fetch_add(millis, Ordering::Relaxed);
    }

    /// Time passes until then.
    pub fn wait_until(&self, time: Timestamp) {
        self.wait(time.duration_since(self.now()));
    }

    /// A member of the first shop, signed in there just now.
    pub fn ada(&self) -> Customer<'_> {
        self.member(TAIPEI, "ada", "Ada Lovelace")
    }

    /// Another member of the first shop.
    pub fn ben(&self) -> Customer<'_> {
        self.member(TAIPEI, "ben", "Ben 班")
    }

    /// A member of any shop.
    pub fn member(&self, shop: &str, id: &str, name: &str) -> Customer<'_> {
        Customer::member(self, shop, id, name)
    }

    /// A guest of the first shop.
    pub fn guest(&self, email: &str) -> Customer<'_> {
        self.guest_of(TAIPEI, email)
    }

    /// A guest of any shop.
    pub fn guest_of(&self, shop: &str, email: &str) -> Customer<'_> {
        Customer::guest(self, shop, email)
    }

    /// An agent of the first shop.
    pub fn mia(&self) -> Agent<'_> {
        self.agent(TAIPEI, "mia")
    }

    /// Another agent of the first shop.
    pub fn leo(&self) -> Agent<'_> {
        self.agent(TAIPEI, "leo")
    }

    /// The supervisor of the first shop.
    pub fn sue(&self) -> Agent<'_> {
        self.agent(TAIPEI, "sue")
    }

    /// The owner of the first shop; in the other one without service permission.
    pub fn otto(&self) -> Agent<'_> {
        self.agent(TAIPEI, "otto")
    }

    /// The only agent of the second shop.
    pub fn nora(&self) -> Agent<'_> {
        self.agent(LANTERN, "nora")
    }

    /// Anybody, signed in just now, at any shop.
    pub fn agent(&self, shop: &str, id: &str) -> Agent<'_> {
        Agent::signed_in(self, shop, id)
    }

    /// A request that is still to be put together.
    pub fn call(&self, method: Method, path: impl Into<String>) -> Call<'_> {
        Call::new(self, method, path)
    }

    /// What a request to read came back with.
    pub fn get(&self, path: impl Into<String>) -> Call<'_> {
        self.call(Method::GET, path)
    }

    /// A command that is still to be put together.
    pub fn post(&self, path: impl Into<String>) -> Call<'_> {
        self.call(Method::POST, path)
    }

    /// Sends them all at once.
    pub fn at_once<'a>(&self, calls: impl IntoIterator<Item = Call<'a>>) -> Vec<Answer> {
        self.block_on(futures_util::future::join_all(calls.into_iter().map(Call::sent)))
    }

    /// Sends one, and another when the first has waited so often: for the table, mostly.
    pub fn one_after_another<'a>(&self, first: Call<'a>, waits: usize, second: Call<'a>) -> [Answer; 2] {
        let (begin, begun) = tokio::sync::oneshot::channel::<()>();
        let (mut begin, mut waited) = (Some(begin), 0);
        let mut first = Box::pin(first.sent());
        let leading = std::future::poll_fn(move |context| {
            if waited == waits {
                begin.take();
            }
            waited += 1;
            first.as_mut().poll(context)
        });
        let following = async {
            // Nothing is ever sent: it is told by the other end that is gone.
            let _ = begun.await;
            second.sent().await
        };
        let (first, second) = self.block_on(futures_util::future::join(leading, following));
        [first, second]
    }

    /// What the table is asked for in the meantime, and what came of it.
    pub fn cost<T>(&self, act: impl FnOnce() -> T) -> (Units, T) {
        self.meter.take();
        let done = act();
        (self.meter.take(), done)
    }

    /// Runs to its end what is not HTTP.
    pub fn block_on<F: Future>(&self, future: F) -> F::Output {
        self.runtime.block_on(future)
    }

    /// Another process over the same table, queue and clock: it remembers nothing.
    pub fn forgets(&mut self) {
        let client = roles::of_table(&self.engine.client());
        let store = Store::new(Table::new(client, "kefu").metered(self.meter.clone()));
        self.works_with(store, self.app.queues());
    }

    /// From now on the queue is this one: an address where there is none takes no message.
    pub fn queue_is_at(&mut self, url: &str) {
        let queues = queues(&self.queue, url, (&self.arrivals, &self.refunds));
        self.works_with(self.app.store.clone(), queues);
    }

    /// The same of the queue of refunds.
    pub fn refunds_queue_is_at(&mut self, url: &str) {
        let client = roles::of_queue(&self.refunds.client());
        let refunds = Refunds::new(common::queue::Queue::new(client, url));
        self.works_with(self.app.store.clone(), Queues { refunds, ..self.app.queues() });
    }

    fn works_with(&mut self, store: Store, queues: Queues) {
        let parts = &self.app;
        self.app = App::new(parts.config.clone(), store, queues, parts.mailer.clone(), parts.clock.clone());
        self.router = served(&self.app, &self.folder);
    }

    /// The answer to one request.
    pub(super) async fn answered(&self, request: Request<Body>) -> Answer {
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        let function = crate::template::functions::serving(&method, &path);
        let answering = self.router.clone().oneshot(request);
        let response = match function {
            Some(function) => roles::working_as(function, answering).await,
            None => answering.await,
        };
        let response = response.expect("the router always answers");
        // What no route leads to works under no role: nobody may answer there.
        let led = function.is_some() || path.starts_with("/local/");
        let status = response.status().as_u16();
        assert!(led || matches!(status, 404 | 405), "{method} {path}: no route, and yet {status}");
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("a whole body").to_bytes().to_vec();
        Answer { status: parts.status.as_u16(), headers: parts.headers, bytes }
    }
}

fn queues(notices: &Queue, url: &str, (arrivals, refunds): (&Queue, &Queue)) -> Queues {
    let sender = |queue: &Queue, url: &str| common::queue::Queue::new(roles::of_queue(&queue.client()), url);
    Queues {
        notices: Notices::new(sender(notices, url)),
        arrivals: Arrivals::new(sender(arrivals, arrivals.url())),
        refunds: Refunds::new(sender(refunds, refunds.url())),
    }
}

fn served(app: &App, folder: &Folder) -> Router {
    common::http::served(local::catalog::routes(), app.clone())
        .merge(local::mailbox::routes(folder.path().join("mail")))
}

/// One issuer for all desks: its key takes a while to make.
fn issuer() -> &'static Issuer {
    static ISSUER: OnceLock<Issuer> = OnceLock::new();
    ISSUER.get_or_init(|| {
        let folder = Folder::new();
        Issuer::open(&folder.path().join("issuer.key"), "http://desk.test/local/issuer").expect("an issuer")
    })
}

fn config(issuer: &Issuer) -> Config {
    let published: JwkSet = serde_json::from_value(issuer.keys()).expect("a set of keys");
    let key = |key: &jsonwebtoken::jwk::Jwk| {
        let id = key.common.key_id.clone().unwrap_or_default();
        (id, DecodingKey::from_jwk(key).expect("a public key"))
    };
    let keys: HashMap<_, _> = published.keys.iter().map(key).collect();
    let issuer = IssuerKeys { issuer: issuer.address().to_owned(), client_id: CLIENT.to_owned(), keys };
    Config {
        public_url: "http://desk.test".to_owned(),
        mail_from: Email::parse("no-reply@kefu.example").expect("an address"),
        link_secrets: vec![Secret(b"a secret for links, 32 bytes long".to_vec())],
        agent_tokens: AgentTokens::Keys(Arc::new(issuer)),
        limits: LIMITS,
        member_limit: MEMBER_LIMIT,
        webhooks_to_loopback: true,
        front_secrets: Vec::new(),
    }
}
