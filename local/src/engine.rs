//! DynamoDB for one machine: an engine on SQLite in the data folder, reached by the AWS SDK inside
//! this process, so that everything above runs exactly as it does in the cloud, without a socket.
//!
//! One thread owns the database. It takes whatever has piled up, runs it in order, makes all of it
//! durable with one sync, and only then answers: an acknowledged write is on the disk, and rival
//! writers share the price of the sync.

use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_types::body::SdkBody;
use dynoxide::{Database, DynoxideError};
use tokio::sync::oneshot;

mod client;
mod connector;
mod durable;
mod faults;
mod operations;
mod served;
mod worker;

pub use faults::Faults;
pub use operations::Answer;

use durable::Journal;
use faults::Unreliable;
use operations::Operations;
use worker::Job;

/// A handle to the engine's thread; clones share it. The database closes when the last one is dropped.
#[derive(Clone, Debug)]
pub struct Engine {
    jobs: mpsc::Sender<Job>,
}

/// The engine could not be started, or its table could not be made.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum EngineError {
    #[error("the database cannot be opened: {0}")]
    Open(#[from] DynoxideError),
    #[error("the database's thread cannot be started: {0}")]
    Thread(#[from] std::io::Error),
    #[error("the table cannot be made: {0}")]
    Table(String),
    #[error("the data folder was made by an earlier version: move it away, or name another one in KEFU_DATA")]
    Outdated,
    #[error("the database's thread has ended")]
    Ended,
}

impl Engine {
    /// Opens, or creates, the database in this file.
    pub fn open(file: &Path) -> Result<Self, EngineError> {
        let path = file.to_string_lossy();
        let database = Database::new(&path)?;
        let journal = Journal::take_over(&database, file)?;
        Self::start(database, journal)
    }

    /// A database that ends with the process, for tests.
    pub fn in_memory() -> Result<Self, EngineError> {
        Self::start(Database::memory()?, Journal::none())
    }

    /// A database in memory that behaves as badly as the cloud may: see [`Faults`].
    pub fn unreliable(faults: Faults) -> Result<Self, EngineError> {
        let unreliable = Unreliable::new(Database::memory()?, Database::memory()?, faults);
        Self::start(unreliable, Journal::none())
    }

    fn start(operations: impl Operations + 'static, journal: Journal) -> Result<Self, EngineError> {
        let (jobs, inbox) = mpsc::channel();
        std::thread::Builder::new()
            .name("engine".into())
            .spawn(move || worker::run(operations, journal, &inbox))?;
        Ok(Self { jobs })
    }

    /// Makes the table that this `CreateTable` request describes, unless it is there already.
    /// For the start: it blocks until it is done.
    pub fn ensure_table(&self, create_table: &str) -> Result<(), EngineError> {
        let answer = self.ask("CreateTable", create_table.as_bytes().to_vec().into()).blocking_recv();
        match answer.map_err(|_| EngineError::Ended)? {
            Answer::Given { status: 200, .. } => Ok(()),
            Answer::Given { body, .. } => {
                let told = String::from_utf8_lossy(&body).into_owned();
                if told.contains("ResourceInUseException") {
                    return self.check_indexes(create_table);
                }
                Err(EngineError::Table(told))
            }
            Answer::Lost => Err(EngineError::Ended),
        }
    }

    /// A table of an earlier version lacks an index, and would find nothing there.
    fn check_indexes(&self, create_table: &str) -> Result<(), EngineError> {
        let wanted: serde_json::Value = serde_json::from_str(create_table).unwrap_or_default();
        let request = serde_json::json!({ "TableName": wanted["TableName"] }).to_string();
        let answer = self.ask("DescribeTable", request.into_bytes().into()).blocking_recv();
        let Answer::Given { status: 200, body } = answer.map_err(|_| EngineError::Ended)? else {
            return Err(EngineError::Ended);
        };
        let found: serde_json::Value = serde_json::from_slice(&body).unwrap_or_default();
        if index_names(&wanted) == index_names(&found["Table"]) { Ok(()) } else { Err(EngineError::Outdated) }
    }

    /// A client of the SDK that asks this engine, once: it never refuses for a passing reason.
    pub fn client(&self) -> Client {
        client::for_engine(self.http_client(), RetryConfig::disabled())
    }

    /// A client that asks again as it would in the cloud, for an unreliable engine.
    pub fn patient_client(&self) -> Client {
        let retries = RetryConfig::standard().with_initial_backoff(Duration::from_millis(1));
        client::for_engine(self.http_client(), retries)
    }

    /// The transport of such a client, for one with a configuration of its own.
    pub fn http_client(&self) -> SharedHttpClient {
        connector::transport(self.clone())
    }

    /// Sends one operation to the engine's thread. The answer never comes if the thread has ended.
    fn ask(&self, operation: &str, body: SdkBody) -> oneshot::Receiver<Answer> {
        let (reply, answer) = oneshot::channel();
        // A thread that has ended drops the job, which closes the receiver.
        let _ = self.jobs.send(Job { operation: operation.to_owned(), body, reply });
        answer
    }
}

/// The names of a table's indexes, in order.
fn index_names(table: &serde_json::Value) -> Vec<&str> {
    let indexes = table["GlobalSecondaryIndexes"].as_array().into_iter().flatten();
    let mut names: Vec<&str> = indexes.filter_map(|index| index["IndexName"].as_str()).collect();
    names.sort_unstable();
    names
}

#[cfg(test)]
mod tests;
