//! A machine broke. Logged once at the edge with its whole chain, never shown to anybody.

use std::error::Error;

/// Something outside the rules went wrong: the table, the queue, the mailer, the configuration.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The table did not answer, or not as it should.
    #[error("the table failed: {context}")]
    Table {
        /// What was being done.
        context: &'static str,
        /// Why.
        #[source]
        source: Box<dyn Error + Send + Sync>,
    },
    /// The queue did not take a message.
    #[error("the queue failed")]
    Queue(#[source] Box<dyn Error + Send + Sync>),
    /// A stored item is not what this code wrote.
    #[error("a stored item cannot be read: {0}")]
    Unreadable(String),
    /// Too many writers at once on one item; trying again later will do.
    #[error("too many writers at once")]
    Contended,
    /// The configuration lacks something.
    #[error("the configuration is incomplete: {0}")]
    Configuration(String),
}

impl Failure {
    pub(crate) fn table(context: &'static str, source: impl Error + Send + Sync + 'static) -> Self {
        Self::Table { context, source: Box::new(source) }
    }

    /// The whole chain on one line, for the log.
    pub fn chain(&self) -> String {
        let mut text = self.to_string();
        let mut cause = self.source();
        while let Some(error) = cause {
            text.push_str(": ");
            text.push_str(&error.to_string());
            cause = error.source();
        }
        text
    }
}
