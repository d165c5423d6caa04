//! Mail: from a notice's facts to MIME bytes, and out of the house (SPEC §7).
//!
//! [`letters`] writes the mails that exist, in the customer's language; a [`Letter`] is one of them
//! before MIME; a [`Mailer`] sends it through SES or drops it into a folder on one machine.
//!
//! * What people typed never makes a header: names and subjects become one line, the library encodes them.
//! * A mail is tried **once** per [`Mailer::send`]. SES has no client token, so a hidden retry could
//!   double a mail; who calls decides whether to try again, and [`MailFailure`] says what is known.
//! * No failure carries an address or a text, so it can be logged as it is.

mod folder;
mod letter;
pub mod letters;
mod ses;

use std::path::PathBuf;
use std::time::Duration;

use futures_util::future::BoxFuture;
pub use letter::{Letter, Mailbox};

/// Where mails go. Made once per process; cheap to clone.
#[derive(Debug, Clone)]
pub enum Mailer {
    /// Amazon SES, and the configuration set that reports deliveries and bounces.
    Ses(aws_sdk_sesv2::Client, Option<String>),
    /// A folder of `<unix ms>-<notice>.eml` files, for one machine and for tests. Made when missing.
    Folder(PathBuf),
}

/// What is known of a mail that went out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The name under which the mail is known outside: SES's message id, or the file's name.
    pub message_id: String,
}

/// Why a mail did not go out. Holds no address and no text of the mail.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailFailure {
    /// Never: sending the same letter again would be refused again (SPEC §7.3, "failed").
    #[error("the mail was refused: {reason}")]
    Refused {
        /// The error's code and, from SES, the id of the request.
        reason: String,
    },
    /// Not now: throttled, paused, out of order, unreachable. The same letter is worth another try.
    #[error("mail cannot be sent now: {reason}")]
    Unavailable {
        /// The error's code or cause and, from SES, the id of the request.
        reason: String,
        /// Whether the mail may have gone out all the same: the answer was lost, not the request.
        /// Another try can then double the mail, so let the lease and its grace pass first.
        maybe_sent: bool,
    },
}

impl Mailer {
    /// Sends one letter, in one attempt that takes at most [`SEND_TIMEOUT`](Self::SEND_TIMEOUT).
    ///
    /// # Errors
    /// [`MailFailure::Refused`] if this letter will never go out, [`MailFailure::Unavailable`] for all else:
    /// what is not understood is tried again rather than lost.
    pub fn send<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<Receipt, MailFailure>> {
        // Boxed, so that the SDK's code is compiled once, here, and not again in every function.
        Box::pin(async move {
            match self {
                Self::Ses(client, configuration_set) => {
                    ses::send(client, configuration_set.as_deref(), letter, Self::SEND_TIMEOUT).await
                }
                Self::Folder(folder) => folder::send(folder, letter).await,
            }
        })
    }

    /// The longest that one attempt at SES takes, answer included. A lease on a notice must be longer.
    pub const SEND_TIMEOUT: Duration = Duration::from_secs(10);
}
