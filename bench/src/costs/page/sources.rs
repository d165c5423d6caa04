//! Where each price stands, and of when it is.

use super::super::prices::{Prices, TOKYO, VIRGINIA};

/// A price: its name, what it is, where it stands.
type Source = (&'static str, fn(&Prices) -> f64, &'static str);

const NOWHERE: &str = "not confirmed";

/// Those of N. Virginia unless it says otherwise.
const SOURCES: [Source; 19] = [
    (
        "DynamoDB on demand, a million write units",
        |it| it.write_million,
        "[AWS](https://aws.amazon.com/dynamodb/pricing/on-demand/), as [copied](https://airbyte.com/data-engineering-resources/dynamodb-pricing) on 21 July 2025",
    ),
    ("DynamoDB on demand, a million read units", |it| it.read_million, "the same"),
    ("DynamoDB, a GB-month", |it| it.table_gb, NOWHERE),
    ("DynamoDB, a GB-month of continuous backups", |it| it.backup_gb, NOWHERE),
    (
        "HTTP API, a million requests",
        |it| it.api_million,
        "[AWS](https://aws.amazon.com/api-gateway/pricing/), its examples, 20 September 2026",
    ),
    (
        "Lambda, a million requests",
        |it| it.invocation_million,
        "[AWS](https://aws.amazon.com/lambda/pricing/), 20 September 2026",
    ),
    (
        "Lambda, x86-64, a million GB-seconds",
        |it| it.gb_second * 1e6,
        "as [copied](https://appropri8-astro.pages.dev/tutorials/2025/12/02/deploying-simple-api-aws/page/7) on 2 December 2025; arm64 13.33 and Tokyo as artillery 2.0.28 has them",
    ),
    (
        "SQS FIFO, a million requests",
        |it| it.queue_million,
        "as [copied](https://cloudburn.io/blog/amazon-sqs-pricing) in March 2026",
    ),
    (
        "CloudWatch, a GB of logs taken in",
        |it| it.log_gb,
        "as [copied](https://c3x.dev/blog/cloudwatch-logs-cost-optimization) in June 2026; Tokyo as [copied](https://awsi.click/en/articles/cloudwatch-logs-cost-structure-surprise/), without a date",
    ),
    ("CloudWatch, a GB-month of logs kept", |it| it.log_kept_gb, "the same"),
    ("CloudFront, a million HTTPS requests", |it| it.edge_million, NOWHERE),
    (
        "CloudFront, a GB sent",
        |it| it.edge_gb,
        "[AWS](https://aws.amazon.com/cloudfront/pricing/), a copy without a date; Japan and Taiwan too",
    ),
    (
        "CloudFront Functions, a million runs",
        |it| it.edge_function_million,
        "as [copied](https://cur.vantage.sh/aws/amazoncloudfront/), without a date",
    ),
    ("CloudFront, a GB passed on", |it| it.origin_gb, NOWHERE),
    (
        "SES, a thousand mails à la carte",
        |it| it.mails_thousand,
        "AWS's price list of 22 July 2026, read on 13 August 2026",
    ),
    ("SES, a thousand mails under the plan Essentials", |it| it.plan_mails_thousand, "the same"),
    (
        "CloudWatch, an alarm",
        |it| it.alarm,
        "as [copied](https://c3x.dev/resources/aws/aws_cloudwatch_metric_alarm), without a date",
    ),
    (
        "CloudWatch, a metric of one's own",
        |it| it.metric,
        "as [copied](https://signoz.io/guides/cloudwatch-pricing) on 15 February 2026",
    ),
    (
        "Secrets Manager, a secret",
        |it| it.secret,
        "[AWS](https://aws.amazon.com/secrets-manager/pricing/), its examples, 20 September 2026",
    ),
];

pub(super) fn written() -> String {
    let mut text = format!(
        "## Prices\n\nIn US dollars, without tax. AWS's pages were read in copies, not on the day. Of what is \
         not confirmed no copy with the number was found.\n\n| price | {} | {} | where it stands, {} |\n|---|---:|---:|---|\n",
        VIRGINIA.place, TOKYO.place, VIRGINIA.place
    );
    for (name, price, place) in SOURCES {
        text += &format!("| {name} | {} | {} | {place} |\n", short(price(&VIRGINIA)), short(price(&TOKYO)));
    }
    text += "\nTokyo's prices are those of its lists of September 2026 where nothing else is said, and were not confirmed by a second \
             source; FIFO requests, alarms, secrets and mails are taken to cost the same there. Taipei (ap-east-2) has lists of its \
             own that were not at hand; Tokyo stands in for it. Free allowances: [Lambda](https://aws.amazon.com/lambda/pricing/) \
             (20 September 2026) and [CloudFront](https://aws.amazon.com/cloudfront/pricing/) with its functions are confirmed, \
             those of tables, queues, logs, alarms and metrics are not.\n";
    text
}

/// A price without zeros at its end, to the hundredth of a cent.
fn short(price: f64) -> String {
    let text = format!("{price:.4}");
    let whole = text.trim_end_matches('0');
    let cents = whole.find('.').map_or(0, |point| whole.len() - point - 1);
    if cents < 2 { format!("{price:.2}") } else { whole.to_owned() }
}
