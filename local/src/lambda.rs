//! Lambda for one machine: starts a function's built program as a process of its own, and hands it events by
//! the runtime API that programs on Lambda ask for their work. For tests and measurements: the local host
//! itself runs the functions in its own process.

use std::fs::File;
use std::net::Ipv4Addr;
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::routing::{get, post};
use common::clock::Clock;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::process::{Child, Command};
use tokio::sync::{Mutex, mpsc, watch};
use tokio::task::JoinHandle;

mod api;

use api::Desk;

/// A program that says nothing for so long is given up.
const PATIENCE: Duration = Duration::from_secs(30);
/// What Lambda grants an invocation here, in milliseconds.
const GRANTED_MS: i64 = 30_000;

/// What Lambda tells a function beside its events.
#[derive(Clone, Copy, Debug)]
pub struct Deployed<'a> {
    /// Its name.
    pub name: &'a str,
    /// The memory that it is given.
    pub memory_mb: u32,
    /// The region, as AWS names it.
    pub region: &'a str,
    /// Its environment. Nothing of this process's own environment reaches it.
    pub settings: &'a [(String, String)],
}

/// What came of an invocation.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It answered with this.
    Answered(Value),
    /// It reported an error: `errorType` and `errorMessage`.
    Failed(Value),
}

/// Why nothing came of one.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum Lost {
    #[error("the program: {0}")]
    Program(#[from] std::io::Error),
    #[error("the program has ended: {0}")]
    Ended(ExitStatus),
    #[error("the program said nothing for half a minute")]
    Silent,
    #[error("the runtime API is closed")]
    Closed,
}

/// A function's program, running. It ends with this value.
#[derive(Debug)]
pub struct Function {
    child: Child,
    events: mpsc::Sender<Invocation>,
    outcomes: mpsc::Receiver<(String, Outcome)>,
    polls: watch::Receiver<u64>,
    server: JoinHandle<()>,
    invoked: u64,
}

/// An event on its way.
#[derive(Debug)]
struct Invocation {
    id: String,
    deadline: i64,
    event: Bytes,
}

impl Function {
    /// Starts the program; what it writes goes to `log`, or nowhere.
    ///
    /// # Errors
    /// [`Lost::Program`].
    pub async fn start(program: &Path, deployed: &Deployed<'_>, log: Option<File>) -> Result<Self, Lost> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let (events, inbox) = mpsc::channel(1);
        let (said, outcomes) = mpsc::channel(8);
        let (polled, polls) = watch::channel(0);
        let router: Router = Router::new()
            .route("/2018-06-01/runtime/invocation/next", get(api::next))
            .route("/2018-06-01/runtime/invocation/{id}/response", post(api::answered))
            .route("/2018-06-01/runtime/invocation/{id}/error", post(api::failed))
            .route("/2018-06-01/runtime/init/error", post(api::not_started))
            .with_state(Arc::new(Desk { inbox: Mutex::new(inbox), said, polled }));
        let server = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, router).await {
                tracing::error!(%error, "the runtime API has ended");
            }
        });
        let (out, err) = match log {
            Some(log) => (Stdio::from(log.try_clone()?), Stdio::from(log)),
            None => (Stdio::null(), Stdio::null()),
        };
        let child = Command::new(program)
            .env_clear()
            .env("AWS_LAMBDA_RUNTIME_API", address.to_string())
            .env("AWS_LAMBDA_FUNCTION_NAME", deployed.name)
            .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", deployed.memory_mb.to_string())
            .env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
            .env("AWS_LAMBDA_LOG_GROUP_NAME", format!("/aws/lambda/{}", deployed.name))
            .env("AWS_LAMBDA_LOG_STREAM_NAME", "2027/03/01/[$LATEST]00000000000000000000000000000000")
            .env("AWS_REGION", deployed.region)
            .env("AWS_DEFAULT_REGION", deployed.region)
            .env("AWS_ACCESS_KEY_ID", "test")
            .env("AWS_SECRET_ACCESS_KEY", "test")
            .envs(deployed.settings.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(out)
            .stderr(err)
            .kill_on_drop(true)
            .spawn()?;
        Ok(Self { child, events, outcomes, polls, server, invoked: 0 })
    }

    /// Its process.
    pub fn process(&self) -> Option<u32> {
        self.child.id()
    }

    /// Waits until it asks for its first event: it is started then.
    ///
    /// # Errors
    /// [`Lost`].
    pub async fn ready(&mut self) -> Result<(), Lost> {
        let Self { child, polls, .. } = self;
        let asked = async { polls.wait_for(|polls| *polls > 0).await.map(|_| ()) };
        tokio::select! {
            biased;
            asked = tokio::time::timeout(PATIENCE, asked) => {
                asked.map_err(|_| Lost::Silent)?.map_err(|_| Lost::Closed)
            }
            ended = child.wait() => Err(Lost::Ended(ended?)),
        }
    }

    /// Hands it an event and waits for what it makes of it.
    ///
    /// # Errors
    /// [`Lost`].
    pub async fn invoke(&mut self, event: &Value) -> Result<Outcome, Lost> {
        self.invoked += 1;
        let id = format!("00000000-0000-4000-8000-{:012}", self.invoked);
        let deadline = Clock::system().now().as_millisecond() + GRANTED_MS;
        let invocation = Invocation { id: id.clone(), deadline, event: event.to_string().into() };
        self.events.send(invocation).await.map_err(|_| Lost::Closed)?;
        let Self { child, outcomes, .. } = self;
        loop {
            let said = tokio::select! {
                biased;
                said = tokio::time::timeout(PATIENCE, outcomes.recv()) => said.map_err(|_| Lost::Silent)?,
                ended = child.wait() => return Err(Lost::Ended(ended?)),
            };
            let (about, outcome) = said.ok_or(Lost::Closed)?;
            if about == id {
                return Ok(outcome);
            }
        }
    }

    /// Waits until it ends by itself.
    ///
    /// # Errors
    /// [`Lost`].
    pub async fn ended(&mut self) -> Result<ExitStatus, Lost> {
        let ended = tokio::time::timeout(PATIENCE, self.child.wait()).await;
        Ok(ended.map_err(|_| Lost::Silent)??)
    }

    /// Ends it, and returns when it is gone.
    ///
    /// # Errors
    /// [`Lost::Program`].
    pub async fn stop(mut self) -> Result<(), Lost> {
        Ok(self.child.kill().await?)
    }
}

impl Drop for Function {
    fn drop(&mut self) {
        self.server.abort();
    }
}
