//! Mails through Amazon SES: the only place that names its SDK's operations.

use std::time::Duration;

use aws_sdk_sesv2::Client;
use aws_sdk_sesv2::config::retry::RetryConfig;
use aws_sdk_sesv2::config::timeout::TimeoutConfig;
use aws_sdk_sesv2::error::{DisplayErrorContext, ProvideErrorMetadata as _, SdkError};
use aws_sdk_sesv2::operation::RequestId as _;
use aws_sdk_sesv2::operation::send_email::SendEmailError;
use aws_sdk_sesv2::primitives::Blob;
use aws_sdk_sesv2::types::{Destination, EmailContent, MessageTag, RawMessage};

use super::{Letter, MailFailure, Receipt};

/// One attempt. The recipient is named apart from the MIME bytes, so that no header could add another.
pub(super) async fn send(
    client: &Client,
    configuration_set: Option<&str>,
    letter: &Letter,
    within: Duration,
) -> Result<Receipt, MailFailure> {
    let raw = RawMessage::builder().data(Blob::new(letter.mime())).build().map_err(unmade)?;
    let tag = MessageTag::builder().name("notice").value(letter.notice_token()).build().map_err(unmade)?;
    let once = aws_sdk_sesv2::Config::builder()
        .retry_config(RetryConfig::disabled())
        .timeout_config(TimeoutConfig::builder().operation_timeout(within).build());
    let sent = client
        .send_email()
        .from_email_address(letter.from.address.as_str())
        .destination(Destination::builder().to_addresses(letter.to.address.as_str()).build())
        .content(EmailContent::builder().raw(raw).build())
        .email_tags(tag)
        .set_configuration_set_name(configuration_set.map(str::to_owned))
        .customize()
        .config_override(once)
        .send()
        .await
        .map_err(failure)?;
    Ok(Receipt { message_id: sent.message_id.unwrap_or_default() })
}

/// What an error means for the letter. SES's own sentences are left out: they quote addresses.
fn failure(error: SdkError<SendEmailError>) -> MailFailure {
    let request = error.request_id().map(|id| format!(" (request {id})")).unwrap_or_default();
    match &error {
        SdkError::ServiceError(answer) => {
            let reason = format!("{}{request}", answer.err().code().unwrap_or("unknown error"));
            match answer.err() {
                SendEmailError::MessageRejected(_)
                | SendEmailError::BadRequestException(_)
                | SendEmailError::MailFromDomainNotVerifiedException(_) => MailFailure::Refused { reason },
                _ => MailFailure::Unavailable { reason, maybe_sent: answer.raw().status().is_server_error() },
            }
        }
        // The request never left.
        SdkError::ConstructionFailure(_) => unavailable(cause(&error), false),
        SdkError::DispatchFailure(dispatch) => unavailable(cause(&error), !dispatch.is_user()),
        _ => unavailable(format!("{}{request}", cause(&error)), true),
    }
}

fn cause(error: &SdkError<SendEmailError>) -> String {
    match error {
        SdkError::TimeoutError(_) => "no answer in time".to_owned(),
        SdkError::ResponseError(_) => "an answer that makes no sense".to_owned(),
        other => DisplayErrorContext(other).to_string(),
    }
}

fn unmade(error: aws_sdk_sesv2::error::BuildError) -> MailFailure {
    unavailable(error.to_string(), false)
}

fn unavailable(reason: String, maybe_sent: bool) -> MailFailure {
    MailFailure::Unavailable { reason, maybe_sent }
}

#[cfg(test)]
#[path = "ses/tests.rs"]
mod tests;
