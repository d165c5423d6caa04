//! Puts the system together: the stand-ins, the functions on top of them, and one router for all.

use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
use std::sync::Arc;

use axum::routing::{get, post};
use axum::{Extension, Json, Router, middleware};
use common::app::{App, Queues};
use common::arrivals::Arrivals;
use common::http::Command;
use common::mail::Mailer;
use common::notices::Notices;
use common::problem::{FieldCode, Problem};
use common::refunds::Refunds;
use common::store::Store;
use common::store::table::Table;
use common::{clock::Clock, failure::Failure};
use domain::ids::ShopId;
use serde::{Deserialize, Serialize};
use tokio::sync::watch;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::SizeAbove;

use crate::backend::{Backend, Pauses};
use crate::clock::Offset;
use crate::engine::Engine;
use crate::issuer::{Issuer, provider};
use crate::queue::{Queue, Terms};
use crate::schedules::Schedules;
use crate::settings::Settings;
use crate::shops::Register;
use crate::{catalog, config, guard, mailbox, queue, shops, sign_in, site};

/// The table, as the cloud has it.
const TABLE: &str = include_str!("../../infra/table.json");
/// Its name there.
const TABLE_NAME: &str = "kefu";
/// Answers of so many bytes and more are compressed for who can read it.
const COMPRESSED_FROM: u16 = 1024;

/// What only the local machine has.
#[derive(Debug)]
pub struct Local {
    /// Signs agents in.
    pub issuer: Issuer,
    /// How far the clock is ahead.
    pub offset: Offset,
    /// What runs by the clock.
    pub schedules: Schedules,
    /// The shops that were made here.
    pub shops: Register,
}

/// The system, ready to be served.
#[derive(Debug)]
pub struct Host {
    /// What the functions have at hand.
    pub app: App,
    /// What only the local machine has.
    pub local: Arc<Local>,
    notices: Queue,
    arrivals: Queue,
    refunds: Queue,
    backend: Backend,
    settings: Settings,
}

/// What went wrong at the start.
pub type StartError = Box<dyn std::error::Error + Send + Sync>;

impl Host {
    /// Opens what the data folder holds, or begins a new one. `url` is where the pages will be reached.
    pub async fn open(settings: Settings, url: &str) -> Result<Self, StartError> {
        // Customers' messages and shops' keys are in it.
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&settings.data)?;
        let engine = open_engine(&settings.data.join("kefu.db")).await?;
        let kept = |name: &str| settings.data.join(name);
        let issuer = Issuer::open(&kept("issuer.key"), format!("{url}/local/issuer"))?;
        let offset = Offset::open(kept("clock"))?;
        let shops = Register::open(kept("shops"))?;
        let queue = |name| async move {
            Queue::create(name, Terms::default()).await.map_err(|error| error.to_string())
        };
        let (notices, arrivals) = (queue("notices").await?, queue("arrivals").await?);
        let refunds = queue("refunds").await?;
        let sender = |queue: &Queue| common::queue::Queue::new(queue.client(), queue.url());

        let app = App::new(
            config::of(&settings, url, &issuer)?,
            Store::new(Table::new(engine.client(), TABLE_NAME)),
            Queues {
                notices: Notices::new(sender(&notices)),
                arrivals: Arrivals::new(sender(&arrivals)),
                refunds: Refunds::new(sender(&refunds)),
            },
            Mailer::Folder(mails(&settings)),
            Clock::moved(offset.millis()),
        );
        let schedules = Schedules::new(catalog::schedules(&app));
        let known = app.clone();
        let secrets = move |shop: ShopId| {
            let app = known.clone();
            async move {
                let record = app.store.shop(&shop).await?;
                Ok(record.map(|record| record.backend.webhook_secrets.believed()).unwrap_or_default())
            }
        };
        let clock = Clock::moved(offset.millis());
        let backend = Backend::open(kept("shop-backend"), url, clock, Pauses::default(), secrets)?;
        let local = Arc::new(Local { issuer, offset, schedules, shops });
        Ok(Self { app, local, notices, arrivals, refunds, backend, settings })
    }

    /// Everything behind the one port.
    pub fn router(&self) -> Router {
        let local = Router::new()
            .route("/local/agents", get(sign_in::agents))
            .route("/local/sign-in", post(sign_in::sign_in))
            .route("/local/member-token", post(sign_in::member_token))
            .route("/local/shops", post(shops::put_shop))
            .route("/local/clock", post(move_clock))
            .merge(provider::routes())
            .layer(Extension(self.local.clone()));
        let api = catalog::routes().merge(local.into());
        let compressed = CompressionLayer::new().compress_when(SizeAbove::new(COMPRESSED_FROM));
        common::http::served(api, self.app.clone())
            .route("/healthz", get(async || "ok"))
            .merge(mailbox::routes(mails(&self.settings)))
            .merge(self.backend.clone().routes())
            .merge(site::routes(self.settings.site(), self.local.offset.millis(), &self.local.issuer))
            .layer(compressed)
            .layer(middleware::from_fn(guard::only_from_here))
    }

    /// Does what happens without a request, until `stop` turns true: sends mails, runs schedules.
    pub async fn work(&self, stop: watch::Receiver<bool>) {
        // What a crash left unsent is sent first.
        if let Err(failure) = resend_notices::run_at_start(self.app.clone()).await {
            tracing::error!(
                error = failure.chain(),
                "what is owed cannot be found; the schedule tries again"
            );
        }
        let app = &self.app;
        // One consumer, though the cloud has several: between sending a mail and marking it sent there is
        // never more than one, so that a kill doubles one mail at most.
        let mails = queue::deliver(self.notices.clone(), stop.clone(), |event| {
            let sending = catalog::on_notices(app.clone(), event);
            async move { Ok::<_, std::convert::Infallible>(sending.await.into_response()) }
        });
        let arrivals = queue::deliver(self.arrivals.clone(), stop.clone(), |event| {
            let distributing = catalog::on_arrivals(app.clone(), event);
            async move { Ok::<_, std::convert::Infallible>(distributing.await.into_response()) }
        });
        let refunds = queue::deliver(self.refunds.clone(), stop.clone(), |event| {
            let executing = catalog::on_refunds(app.clone(), event);
            async move { Ok::<_, std::convert::Infallible>(executing.await.into_response()) }
        });
        let schedules = self.local.schedules.keep(|| app.clock.now(), stop);
        tokio::join!(mails, arrivals, refunds, schedules);
    }
}

fn mails(settings: &Settings) -> std::path::PathBuf {
    settings.data.join("mail")
}

async fn open_engine(file: &Path) -> Result<Engine, StartError> {
    let file = file.to_owned();
    let opened = tokio::task::spawn_blocking(move || {
        let engine = Engine::open(&file)?;
        engine.ensure_table(TABLE)?;
        Ok::<_, crate::engine::EngineError>(engine)
    });
    Ok(opened.await??)
}

/// How far to move the clock.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MoveClock {
    advance_seconds: u64,
}

/// What it shows then.
#[derive(Debug, Serialize)]
struct Moved {
    now: jiff::Timestamp,
}

/// `POST /local/clock`: moves Kefu's clock, and returns when what came due has run.
async fn move_clock(
    axum::extract::State(app): axum::extract::State<App>,
    Extension(local): Extension<Arc<Local>>,
    command: Command<MoveClock>,
) -> Result<Json<Moved>, Problem> {
    let moving = local.clone();
    let moved = tokio::task::spawn_blocking(move || moving.offset.advance(command.body.advance_seconds));
    let moved = moved.await.map_err(std::io::Error::other).flatten();
    let moved = moved.map_err(|error| Failure::Unreadable(format!("the clock: {error}")))?;
    if !moved {
        return Err(Problem::field("advance_seconds", FieldCode::UnknownValue));
    }
    let now = app.clock.now();
    local.schedules.run_due(now).await;
    Ok(Json(Moved { now }))
}

#[cfg(test)]
mod tests;
