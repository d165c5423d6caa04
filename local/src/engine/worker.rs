//! The engine's thread.

use std::sync::mpsc::Receiver;

use aws_smithy_types::body::SdkBody;
use tokio::sync::oneshot;

use super::durable::Journal;
use super::operations::{Answer, Operations, writes};

/// As many operations at most share one sync, so that the first of them does not wait for long.
const MOST_AT_ONCE: usize = 64;

/// One operation, and where its answer goes.
#[derive(Debug)]
pub struct Job {
    pub operation: String,
    pub body: SdkBody,
    pub reply: oneshot::Sender<Answer>,
}

/// Runs until every handle to the engine is gone.
pub fn run(mut operations: impl Operations, mut journal: Journal, inbox: &Receiver<Job>) {
    let mut held = Vec::with_capacity(MOST_AT_ONCE);
    while let Ok(first) = inbox.recv() {
        let mut next = Some(first);
        while let Some(job) = next {
            let answer = operations.perform(&job.operation, job.body.bytes().unwrap_or_default());
            // What a reader sees must not be lost either: once something was written, every later
            // answer waits for the sync as well.
            if !held.is_empty() || writes(&job.operation) {
                held.push((job.reply, answer));
            } else {
                let _ = job.reply.send(answer);
            }
            next = if held.len() < MOST_AT_ONCE { inbox.try_recv().ok() } else { None };
        }
        if held.is_empty() {
            continue;
        }
        if let Err(error) = journal.sync() {
            // What the disk refused once it may pretend to have written the next time, so there is no
            // next time: the held answers are dropped, and so is everything that is asked from now on.
            tracing::error!(%error, "the database cannot be written to the disk");
            return;
        }
        for (reply, answer) in held.drain(..) {
            // A caller who went away does not stop the work.
            let _ = reply.send(answer);
        }
    }
}
