//! The largest terms, and what was done about each: what is called done stands in the code or in infra/template.yaml.

use super::super::assumed::SYSTEM_LINES;
use super::super::bill::Bill;
use super::super::measured::{Measured, SIZES};
use super::super::prices::{Free, VIRGINIA};
use super::super::traffic::Usage;
use super::{With, dollars, month, used};

pub(super) fn written(measured: &Measured) -> String {
    let mut text = "## The largest terms, and what was done about them\n".to_owned();
    let mut told: Vec<&str> = Vec::new();
    let parts = [
        (With::Lives, 3, "the five commands and what is read beside them, without mail"),
        (With::Agents, 5, "the whole bill, mails and agents' pages included"),
    ];
    for (with, most, name) in parts {
        let bill = month(measured, SIZES[0], 1e6, with, &VIRGINIA);
        text += &format!("\nOf {name}, a million inquiries, ${}:\n\n", dollars(bill.sum()));
        for (place, (term, amount)) in bill.largest().into_iter().take(most).enumerate() {
            let done = if told.contains(&term) { "As above.".to_owned() } else { done_about(term, measured) };
            told.push(term);
            text += &format!("{}. **{term}, ${}.** {done}\n", place + 1, dollars(amount));
        }
    }
    text
}

/// What a million lives would cost more if Lambda logged its own lines.
fn saved(measured: &Measured) -> f64 {
    let all = used(measured, SIZES[0], 1e6, With::Lives);
    let more = Usage { log_gb: all.log_gb + all.invocations * SYSTEM_LINES / 1e9, ..all };
    let bill = |used: &Usage| Bill::of(used, &VIRGINIA, &Free::ACCOUNT).sum();
    bill(&more) - bill(&all)
}

fn done_about(term: &str, measured: &Measured) -> String {
    match term {
        "DynamoDB, writes" => {
            "Done: an inquiry and its newest messages are one item, written by one conditional put, with no item beside it for \
             the event, the owed mail or the idempotency key (decisions 0001, 0002). Lists are sparse indexes whose rows are \
             short; the deadline's place moves only when it would be too late. What is left is the price of three lists and a \
             deadline that hold the inquiry, and of the desk that counts it. An open page writes a sign of life."
                .to_owned()
        }
        "API Gateway" => {
            "Done: an HTTP API, which costs less than a third of a REST API; one request a view and one a command; counts, \
             presence, alerts and colleagues ride with the list. Not done: open pages ask every ten seconds, because news \
             would come later otherwise; asking every twenty would halve what they cost."
                .to_owned()
        }
        "CloudWatch, logs" => format!(
            "Done: one line a request, without texts, kept for 30 days (`LogDays`); of Lambda's own lines only what failed \
             (`SystemLogLevel`), which saves ${} of a million lives; the ids of an invocation once in a line. Not done: no line \
             at all for requests that went well, because somebody will ask what happened.",
            dollars(saved(measured)),
        ),
        "Lambda" => "Done: programs of machine code with 256 MB; queries of one page go out together; shops and members are kept \
                     in the process for a minute. Not counted: arm64 takes a fifth less, where Rust can build for it (`ARCH=arm64`)."
            .to_owned(),
        "CloudFront" => "Done: one distribution for pages and API, so that what the API sends costs no transfer of its own. Not \
                         done: requests above ten million a month remain, because every request comes through it."
            .to_owned(),
        "SES" => "Done: only what a customer has to hear goes by mail, one a reply, without attachments. Not done: replies of one \
                  hour in one mail, because a customer waits for each. Nothing else is left: it is AWS's price."
            .to_owned(),
        "DynamoDB, reads" => "Done: reads may be stale where that is harmless; a list of 25 rows is read from the index alone."
            .to_owned(),
        "SQS" => "Done: a message only names the inquiry; nothing is queued that nobody has to do.".to_owned(),
        _ => "It does not grow with use.".to_owned(),
    }
}
