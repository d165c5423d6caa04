//! Sends the mails that an inquiry owes (outbox, DESIGN §2).
//!
//! A message only names the inquiry; what is owed stands in its item and is marked there once
//! the mail service took it, so that a message delivered twice sends nothing. A crash between
//! the two is the one case in which a mail is doubled.

mod compose;

use aws_lambda_events::event::sqs::SqsEvent;
use common::app::App;
use common::failure::Failure;
use common::lambda::BatchOutcome;
use common::mail::MailFailure;
use common::notices::NoticeMessage;
use common::store::items::{Line, MailState, Record};
use domain::event::Event;
use domain::ids::{InquiryId, ShopId};

/// Why a message has to come again.
#[derive(Debug, thiserror::Error)]
pub enum NotSent {
    /// A machine broke.
    #[error("{}", .0.chain())]
    Failed(#[from] Failure),
    /// The mail service did not take it this time.
    #[error(transparent)]
    Mail(MailFailure),
}

/// Handles a batch of the queue.
pub async fn handle(app: App, event: SqsEvent) -> BatchOutcome {
    BatchOutcome::of_each(event, |body| {
        let app = app.clone();
        async move {
            let message: Option<NoticeMessage> = serde_json::from_str(&body).ok();
            let named = message.filter(|message| message.format == 1).and_then(|message| {
                Some((ShopId::parse(&message.shop).ok()?, InquiryId::parse(&message.inquiry).ok()?))
            });
            match named {
                Some((shop, inquiry)) => send_owed(&app, &shop, &inquiry).await,
                None => {
                    tracing::error!("a message of the queue is not readable; the sweep finds what is owed");
                    Ok(())
                }
            }
        }
    })
    .await
}

/// Sends every mail that the inquiry owes, in order.
///
/// # Errors
/// [`NotSent`]: what was not marked is still owed.
pub async fn send_owed(app: &App, shop: &ShopId, id: &InquiryId) -> Result<(), NotSent> {
    // A read that may be stale could still show a debt that the message before has just paid.
    let found = app.store.inquiry(shop, id, true).await?;
    let Some(mut record) = found else { return Ok(()) };
    for seq in owed(&record) {
        let Some(line) = line(app, &record, seq).await? else { continue };
        let shop_record = app.store.shop(shop).await?.ok_or_else(|| gone(shop))?;
        let facts = match &line.entry.event {
            Event::Order { order, .. } => app.store.order(shop, order).await?.map(|found| found.order),
            _ => None,
        };
        let composed = compose::letter(app, &shop_record.shop, &record.inquiry, &line, facts.as_ref())?;
        let state = match composed {
            _ if !compose::still_of_use(&record.inquiry, &line) => MailState::Dropped,
            None => MailState::Failed,
            Some(letter) => match app.mailer.send(&letter).await {
                Ok(_) => MailState::Sent,
                Err(MailFailure::Refused { reason }) => {
                    tracing::warn!(inquiry = %id, reason, "a mail was refused for good");
                    MailState::Failed
                }
                Err(failure) => return Err(NotSent::Mail(failure)),
            },
        };
        app.store.mark_mail(record.clone(), seq, state, app.clock.now()).await?;
        record.writes += 1;
        settle(&mut record, seq, state);
    }
    Ok(())
}

fn owed(record: &Record) -> Vec<u32> {
    let inline = record.lines.iter().filter_map(|line| Some((line.entry.seq, line.mail?)));
    let paged = record.paged_mails.iter().map(|(seq, mail)| (*seq, *mail));
    let mut owed: Vec<u32> =
        inline.chain(paged).filter(|(_, mail)| mail.state == MailState::Queued).map(|(seq, _)| seq).collect();
    owed.sort_unstable();
    owed
}

/// The entry that a mail is about; from its page if it is no longer in the item.
async fn line(app: &App, record: &Record, seq: u32) -> Result<Option<Line>, Failure> {
    if let Some(line) = record.lines.iter().find(|line| line.entry.seq == seq) {
        return Ok(Some(line.clone()));
    }
    let (lines, _) = app.store.older(record, seq + 1, 1).await?;
    Ok(lines.into_iter().rev().find(|line| line.entry.seq == seq))
}

/// What the store has now, so that the next mark of this inquiry fits.
fn settle(record: &mut Record, seq: u32, state: MailState) {
    let line = record.lines.iter_mut().find(|line| line.entry.seq == seq);
    let mail = match line {
        Some(line) => line.mail.as_mut(),
        None => record.paged_mails.get_mut(&seq),
    };
    if let Some(mail) = mail {
        mail.state = state;
    }
}

fn gone(shop: &ShopId) -> Failure {
    Failure::Unreadable(format!("shop {shop} is not there"))
}
