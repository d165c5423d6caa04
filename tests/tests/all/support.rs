//! The language of the tests: a desk, the small cast around it, and what they do.
//!
//! ```text
//! let desk = Desk::open();
//! let asked = desk.ada().submits("Where is my parcel?");
//! desk.wait(hours(5));
//! desk.mia().takes(&asked);
//! desk.mia().replies(&asked, "It left today");
//! desk.dispatch();
//! assert_eq!(desk.mailbox("ada@example.com").len(), 1);
//! ```
//!
//! A verb is a real request that has to succeed; [`Desk::call`] sends any other request and
//! answers with whatever came back.

mod agents;
mod answer;
mod asked;
mod backend;
mod broken;
mod buyers;
mod customers;
mod desk;
mod dice;
mod folder;
mod mail_service;
mod order_desk;
mod post;
mod provider;
pub mod roles;
mod shops;
mod time;

pub use agents::Agent;
pub use answer::{Answer, Call};
pub use asked::Asked;
pub use backend::order;
pub use customers::{Customer, signed};
pub use desk::{Desk, Setup};
pub use dice::Dice;
pub use folder::Folder;
pub use mail_service::{MailService, Mood};
pub use post::Mail;
pub use provider::{Does, Provider, Secret};
pub use shops::{LANTERN, TAIPEI, lantern, signing_key, taipei};

pub use jiff::SignedDuration;

/// So many hours.
pub fn hours(hours: i64) -> SignedDuration {
    SignedDuration::from_hours(hours)
}

/// So many days of 24 hours.
pub fn days(days: i64) -> SignedDuration {
    hours(24 * days)
}

/// So many seconds.
pub fn seconds(seconds: i64) -> SignedDuration {
    SignedDuration::from_secs(seconds)
}
