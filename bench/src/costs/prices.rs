//! Prices that AWS publishes, in US dollars, without tax; `page/sources.rs` says where each stands, and of when it is.

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
    /// A gigabyte of logs that is kept for a month, as it is kept.
    pub log_kept_gb: f64,
    /// A million HTTPS requests at CloudFront's edges near there.
    pub edge_million: f64,
    /// A gigabyte that CloudFront sends from there.
    pub edge_gb: f64,
    /// A million runs of a function at the edge.
    pub edge_function_million: f64,
    /// A gigabyte that CloudFront passes on from there to where the functions are.
    pub origin_gb: f64,
    /// A thousand mails, à la carte.
    pub mails_thousand: f64,
    /// A thousand mails under the plan that new accounts begin with.
    pub plan_mails_thousand: f64,
    /// An alarm for a month.
    pub alarm: f64,
    /// A metric of one's own for a month.
    pub metric: f64,
    /// A secret for a month.
    pub secret: f64,
}

/// N. Virginia, with viewers in North America.
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
    log_kept_gb: 0.03,
    edge_million: 1.00,
    edge_gb: 0.085,
    edge_function_million: 0.10,
    origin_gb: 0.020,
    mails_thousand: 0.10,
    plan_mails_thousand: 0.16,
    alarm: 0.10,
    metric: 0.30,
    secret: 0.40,
};

/// Tokyo, with viewers in Japan: the region nearest to Taiwan whose prices were found; Taipei (ap-east-2) has a list of its own.
pub const TOKYO: Prices = Prices {
    region: "ap-northeast-1",
    place: "Tokyo",
    api_million: 1.29,
    write_million: 0.715,
    read_million: 0.142_5,
    table_gb: 0.285,
    backup_gb: 0.228,
    log_gb: 0.76,
    log_kept_gb: 0.033,
    edge_million: 1.20,
    edge_gb: 0.114,
    origin_gb: 0.060,
    ..VIRGINIA
};

/// What CloudFront takes where viewers in Taiwan are: a million HTTPS requests, and a gigabyte.
pub const EDGE_IN_TAIWAN: (f64, f64) = (1.20, 0.120);

/// What AWS gives each month for good; what ends after some months is not counted.
#[derive(Debug, Clone, Copy)]
pub struct Free {
    /// Invocations of Lambda.
    pub invocations: f64,
    /// Gigabyte-seconds of Lambda.
    pub gb_seconds: f64,
    /// Gigabytes of tables.
    pub table_gb: f64,
    /// Requests to queues.
    pub queue_requests: f64,
    /// Gigabytes of logs.
    pub log_gb: f64,
    /// Alarms.
    pub alarms: f64,
    /// Metrics of one's own.
    pub metrics: f64,
    /// Requests to CloudFront.
    pub edge_requests: f64,
    /// Runs of functions at the edge.
    pub edge_functions: f64,
    /// Gigabytes that CloudFront sends.
    pub edge_gb: f64,
}

impl Free {
    /// To an account, for all of its stages together.
    pub const ACCOUNT: Self = Self {
        invocations: 1e6,
        gb_seconds: 400_000.0,
        table_gb: 25.0,
        queue_requests: 1e6,
        log_gb: 5.0,
        alarms: 10.0,
        metrics: 10.0,
        edge_requests: 1e7,
        edge_functions: 2e6,
        edge_gb: 1_000.0,
    };
    /// What is left for a second stage where the first one uses all of it.
    pub const NOTHING: Self = Self {
        invocations: 0.0,
        gb_seconds: 0.0,
        table_gb: 0.0,
        queue_requests: 0.0,
        log_gb: 0.0,
        alarms: 0.0,
        metrics: 0.0,
        edge_requests: 0.0,
        edge_functions: 0.0,
        edge_gb: 0.0,
    };
}
