//! Prices that AWS publishes, in US dollars, without tax, as of September 2026; [`SOURCES`] says where they stand.

/// A region's prices.
#[derive(Debug, Clone, Copy)]
pub struct Prices {
    /// As AWS names it.
    pub region: &'static str,
    /// Where it is.
    pub place: &'static str,
    /// A million requests of an HTTP API.
    pub api_million: f64,
    /// A million invocations of Lambda.
    pub invocation_million: f64,
    /// A second of a gigabyte of Lambda, x86-64; arm64 is a fifth cheaper.
    pub gb_second: f64,
    /// A million write units, on demand.
    pub write_million: f64,
    /// A million read units, on demand.
    pub read_million: f64,
    /// A gigabyte of the table for a month.
    pub table_gb: f64,
    /// A gigabyte of its continuous backups for a month.
    pub backup_gb: f64,
    /// A million requests to FIFO queues.
    pub queue_million: f64,
    /// A gigabyte of logs that is taken in.
    pub log_gb: f64,
    /// A million HTTPS requests at CloudFront's edges near there.
    pub edge_million: f64,
    /// A gigabyte that CloudFront sends from there.
    pub edge_gb: f64,
    /// A thousand mails, à la carte.
    pub mails_thousand: f64,
    /// A thousand mails under the plan that new accounts begin with.
    pub plan_mails_thousand: f64,
    /// An alarm for a month.
    pub alarm: f64,
    /// A secret for a month.
    pub secret: f64,
}

/// N. Virginia.
pub const VIRGINIA: Prices = Prices {
    region: "us-east-1",
    place: "N. Virginia",
    api_million: 1.00,
    invocation_million: 0.20,
    gb_second: 0.000_016_666_7,
    write_million: 0.625,
    read_million: 0.125,
    table_gb: 0.25,
    backup_gb: 0.20,
    queue_million: 0.50,
    log_gb: 0.50,
    edge_million: 1.00,
    edge_gb: 0.085,
    mails_thousand: 0.10,
    plan_mails_thousand: 0.16,
    alarm: 0.10,
    secret: 0.40,
};

/// Tokyo: the region nearest to Taiwan whose prices were found; Taipei (ap-east-2) has a list of its own.
pub const TOKYO: Prices = Prices {
    region: "ap-northeast-1",
    place: "Tokyo",
    api_million: 1.29,
    write_million: 0.715,
    read_million: 0.142_5,
    table_gb: 0.285,
    backup_gb: 0.228,
    log_gb: 0.76,
    edge_million: 1.20,
    edge_gb: 0.114,
    ..VIRGINIA
};

/// What AWS gives every account each month for good; what ends after some months is not counted.
pub mod free {
    /// Invocations of Lambda.
    pub const INVOCATIONS: f64 = 1e6;
    /// Gigabyte-seconds of Lambda.
    pub const GB_SECONDS: f64 = 400_000.0;
    /// Gigabytes of tables.
    pub const TABLE_GB: f64 = 25.0;
    /// Requests to queues.
    pub const QUEUE_REQUESTS: f64 = 1e6;
    /// Gigabytes of logs.
    pub const LOG_GB: f64 = 5.0;
    /// Alarms.
    pub const ALARMS: f64 = 10.0;
    /// Requests to CloudFront.
    pub const EDGE_REQUESTS: f64 = 1e7;
    /// Gigabytes that CloudFront sends.
    pub const EDGE_GB: f64 = 1_000.0;
}

/// Where the prices stand, and what was not found in a price list or on a page of that time.
pub const SOURCES: &str = "\
Prices are in US dollars, without tax, as AWS's public pages and price lists had them between July and September 2026:
[Lambda](https://aws.amazon.com/lambda/pricing/), [API Gateway](https://aws.amazon.com/api-gateway/pricing/),
[DynamoDB](https://aws.amazon.com/dynamodb/pricing/on-demand/) (on demand, since the reduction of November 2024),
[SQS](https://aws.amazon.com/sqs/pricing/), [SES](https://aws.amazon.com/ses/pricing/) (list of 22 July 2026),
[CloudWatch](https://aws.amazon.com/cloudwatch/pricing/), [CloudFront](https://aws.amazon.com/cloudfront/pricing/),
[EventBridge](https://aws.amazon.com/eventbridge/pricing/), [Cognito](https://aws.amazon.com/cognito/pricing/),
[Secrets Manager](https://aws.amazon.com/secrets-manager/pricing/); Tokyo's from its lists of September 2026. They were read in
copies, not on the day. Older than that, and so to be checked first: the table's storage and backups, FIFO requests in Tokyo, and
CloudFront's prices by place. Taipei (ap-east-2) has lists of its own that were not at hand; Tokyo stands in for it.";
