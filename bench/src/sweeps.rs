//! What happens without a request, measured in this process on the engine of the local host:
//! a run of `enforce-deadlines` with 50 inquiries due among few and among many stored ones, and the
//! distribution of a queue.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Instant;

use common::app::{App, Queues};
use common::arrivals::Arrivals;
use common::auth::AgentTokens;
use common::clock::Clock;
use common::config::{Config, LIMITS, MEMBER_LIMIT, Secret};
use common::mail::Mailer;
use common::notices::Notices;
use common::refunds::Refunds;
use common::store::table::{Meter, Table, Units};
use common::store::{Arrangement, Beat, ShopRecord, Store};
use domain::labels::Category;
use domain::text::Email;
use jiff::SignedDuration;
use local::engine::Engine;
use local::queue::{Queue, Terms};

use bench::Outcome;
use bench::scene::{ask, shop};

const TABLE: &str = include_str!("../../infra/table.json");
/// What is due at once.
const DUE: usize = 50;
/// What waits for somebody.
const QUEUED: usize = 1_000;
const AGENTS: usize = 8;

struct Machine {
    app: App,
    meter: Meter,
    offset: Arc<AtomicI64>,
    shop: ShopRecord,
    asked: usize,
}

/// Measures and prints both.
pub async fn measure(folder: &Path) -> Outcome<()> {
    println!("\n| run | stored | ms | write units | read units | trips |");
    println!("|---|---:|---:|---:|---:|---:|");
    for stored in [100, 100_000] {
        let mut machine = Machine::open(&folder.join(format!("deadlines-{stored}")), 2).await?;
        machine.asks(Category::Product, stored - DUE).await?;
        machine.asks(Category::Payment, DUE).await?;
        machine.waits(SignedDuration::from_hours(4));
        let app = machine.app.clone();
        machine.run(&format!("enforce-deadlines, {DUE} due"), stored, enforce_deadlines::run(app)).await?;
        let app = machine.app.clone();
        machine.run("enforce-deadlines, nothing due", stored, enforce_deadlines::run(app)).await?;
    }
    let mut machine = Machine::open(&folder.join("distribution"), AGENTS).await?;
    machine.asks(Category::Product, QUEUED).await?;
    for member in machine.shop.shop.members.clone() {
        let (store, shop) = (&machine.app.store, &machine.shop.shop.id);
        let arrangement = Arrangement { capacity: Some(200), ..Arrangement::default() };
        store.arrange(shop, &member.agent, arrangement).await.map_err(|it| it.chain())?;
        let beat = Beat { tab: "bench".to_owned(), ..Beat::default() };
        store.beat(shop, &member.agent, beat, machine.app.clock.now()).await.map_err(|it| it.chain())?;
    }
    let (app, shop) = (machine.app.clone(), machine.shop.shop.id.clone());
    let distributing = async move {
        // A run stops after two hundred and asks for itself again.
        for _ in 0..QUEUED.div_ceil(200) {
            distribute_inquiries::distribute(&app, &shop, &[]).await?;
        }
        Ok(())
    };
    machine
        .run(&format!("distribute-inquiries, {QUEUED} queued, {AGENTS} agents"), QUEUED, distributing)
        .await
}

impl Machine {
    async fn open(folder: &Path, agents: usize) -> Outcome<Self> {
        std::fs::create_dir_all(folder)?;
        let file = folder.join("kefu.db");
        let engine = tokio::task::spawn_blocking(move || {
            let engine = Engine::open(&file)?;
            engine.ensure_table(TABLE)?;
            Ok::<_, local::engine::EngineError>(engine)
        });
        let engine = engine.await??;
        let (meter, offset) = (Meter::default(), Arc::new(AtomicI64::new(0)));
        let store = Store::new(Table::new(engine.client(), "kefu").metered(meter.clone()));
        let queue =
            |name| async move { Queue::create(name, Terms::default()).await.map_err(|it| it.to_string()) };
        let sender = |queue: &Queue| common::queue::Queue::new(queue.client(), queue.url());
        let queues = Queues {
            notices: Notices::new(sender(&queue("notices").await?)),
            arrivals: Arrivals::new(sender(&queue("arrivals").await?)),
            refunds: Refunds::new(sender(&queue("refunds").await?)),
        };
        let config = Config {
            public_url: "http://127.0.0.1".to_owned(),
            mail_from: Email::parse("no-reply@kefu.example")?,
            link_secrets: vec![Secret(vec![1; 32])],
            agent_tokens: AgentTokens::Gateway,
            limits: LIMITS,
            member_limit: MEMBER_LIMIT,
            webhooks_to_loopback: false,
            front_secrets: Vec::new(),
        };
        let clock = Clock::moved(Arc::clone(&offset));
        let app = App::new(config, store, queues, Mailer::Folder(folder.join("mail")), clock);
        let shop = shop(agents)?;
        app.store.put_shop(&shop, None, app.clock.now()).await.map_err(|it| it.chain())?;
        Ok(Self { app, meter, offset, shop, asked: 0 })
    }

    /// So many inquiries are asked, by a thousand customers in turn.
    async fn asks(&mut self, category: Category, many: usize) -> Outcome<()> {
        let numbers: Vec<usize> = (self.asked..self.asked + many).collect();
        self.asked += many;
        for some in numbers.chunks(16) {
            let all = some.iter().map(|number| self.ask(category, *number));
            futures_util::future::try_join_all(all).await?;
        }
        Ok(())
    }

    async fn ask(&self, category: Category, number: usize) -> Outcome<()> {
        let now = self.app.clock.now();
        ask(&self.app.store, &self.shop, category, number, now).await.map(|_| ())
    }

    fn waits(&self, span: SignedDuration) {
        let millis = i64::try_from(span.as_millis()).unwrap_or_default() + 1_000;
        // What was asked in the first moments is as due as what was asked last.
        self.offset.fetch_add(millis + 300_000, Ordering::Relaxed);
    }

    /// Runs it once and prints what it took.
    async fn run<F>(&self, what: &str, stored: usize, running: F) -> Outcome<()>
    where
        F: Future<Output = Result<(), common::failure::Failure>>,
    {
        self.meter.take();
        let started = Instant::now();
        running.await.map_err(|failure| failure.chain())?;
        let took = started.elapsed().as_secs_f64() * 1000.0;
        let Units { trips, write, read, .. } = self.meter.take();
        println!("| {what} | {stored} | {took:.1} | {write} | {read} | {trips} |");
        Ok(())
    }
}
