//! A month in which nobody comes, and what stays when they came.

use super::super::assumed::{ALARMS, METRICS, POLLERS, POLLERS_RANGE, QUEUES, SECRETS};
use super::super::bill::Bill;
use super::super::measured::{Measured, SIZES};
use super::super::prices::{Free, VIRGINIA};
use super::super::traffic::{Usage, runs};
use super::{MONTHS, dollars};
use local::catalog::SCHEDULED;

pub(super) fn written(measured: &Measured) -> String {
    let bill =
        |pollers, free: &Free| dollars(Bill::of(&Usage::idle_with(measured, pollers), &VIRGINIA, free).sum());
    let calls: f64 = SCHEDULED.iter().map(|(name, _)| runs(name)).sum();
    format!(
        "## An idle month

${} in {place}: {ALARMS:.0} alarms (ten are free), {SECRETS:.0} secrets, looks at empty queues, and the schedules' reads.
Lambda looks into each of the {QUEUES:.0} queues with {POLLERS:.0} connections, each of which waits 20 seconds: that is assumed.
AWS says of standard queues that five are where it begins, and that it may go down to two, but not where the most at once is
set, as here; of FIFO queues it says nothing. With {} connections a month is ${}, with {} it is ${}.

Free allowances are an account's, not a stage's: a second stage in the same account has none left and costs ${} idle. Of
metrics of one's own ten are free as well, and a stage has {METRICS:.0}: six of mails, two of their reputation, two made of
logs. They are billed for the hours in which they say something, and in an idle month they say nothing; a second stage that
sends mails in every hour pays up to ${} for them.

EventBridge Scheduler ({:.0} thousand of 14 million free calls), Cognito (10,000 people free; it sends invitations itself, 50 a
day), SNS (1,000 mails of alarms free), the dashboard, the budget and the pages in S3 (a few megabytes) stay within what is
free or below a cent.
",
        bill(POLLERS, &Free::ACCOUNT),
        POLLERS_RANGE.0,
        bill(POLLERS_RANGE.0, &Free::ACCOUNT),
        POLLERS_RANGE.1,
        bill(POLLERS_RANGE.1, &Free::ACCOUNT),
        bill(POLLERS, &Free::NOTHING),
        dollars((METRICS - Free::NOTHING.metrics) * VIRGINIA.metric),
        calls / 1e3,
        place = VIRGINIA.place,
    )
}

/// What a month adds stays stored; the tables above are of the first month.
pub(super) fn after_a_year(measured: &Measured) -> String {
    let mut text = "## After a year\n\nWhat a month adds stays stored, and the tables above are of the first month. Dollars for \
                    the table and its backups in the twelfth month of as many inquiries each, N. Virginia:\n\n\
                    | messages of | 1,000 | 100,000 | 1,000,000 |\n|---:|---:|---:|---:|\n"
        .to_owned();
    for size in SIZES {
        let stored = |inquiries: f64| {
            let stored_gb = measured.stored(size) / 1e9 * inquiries * 12.0;
            let bill = Bill::of(&Usage { stored_gb, ..Usage::default() }, &VIRGINIA, &Free::ACCOUNT);
            let terms = bill.0.iter().filter(|(name, _)| *name == "DynamoDB, storage and backups");
            dollars(terms.map(|term| term.1).sum())
        };
        let cells = MONTHS.map(stored).join(" | ");
        text += &format!("| {size} bytes | {cells} |\n");
    }
    text += &format!(
        "\nA million inquiries of {} bytes add {:.1} GB. Backups are taken of indexes as well here, though AWS says so only of \
         the table. Alerts go after 60 days by themselves.\n",
        SIZES[0],
        measured.stored(SIZES[0]) * 1e6 / 1e9,
    );
    text
}
