//! What no test measures, each with its number and where it comes from. What the template says is compared with it by
//! tests/tests/all/costs/constants.rs.

/// Minutes of a month.
pub const MINUTES: f64 = 43_800.0;
/// The memory of a function, in GB (`MemorySize`).
pub const MEMORY_GB: f64 = 0.25;
/// Milliseconds of a whole processor for an invocation, at most: docs/performance.md has 0.3 to 2.3, database included.
pub const CPU_MS: f64 = 2.0;
/// The memory at which Lambda gives a whole processor, in GB.
pub const WHOLE_CPU_GB: f64 = 1.73;
/// Milliseconds of a round trip to the table.
pub const TRIP_MS: f64 = 5.0;
/// Milliseconds of a mail's way to SES.
pub const MAIL_MS: f64 = 100.0;
/// Milliseconds of a start, and the share of invocations that begin with one.
pub const START: (f64, f64) = (200.0, 0.05);

/// What CloudWatch counts for each line beside its bytes; that it bills them is not confirmed.
pub const LINE: f64 = 26.0;
/// Bytes that Lambda itself would log of an invocation if it were asked to (`SystemLogLevel` INFO): START has 71, END 52,
/// REPORT 141; a start has a line of 169 and 24 bytes more in REPORT.
pub const SYSTEM_LINES: f64 = 71.0 + 52.0 + 141.0 + 3.0 * LINE + START.1 * (169.0 + 24.0 + LINE);
/// Bytes of the line of a request (`common/src/http.rs`), as JSON: level, message, method, route, status, id and the
/// module are 200, the invocation's two ids, which tracing adds as the span, 204; Lambda adds a time of 40.
pub const OWN_LINE: f64 = 200.0 + 204.0 + 40.0 + LINE;
/// Bytes of the gateway's line of a request (`AccessLogSettings`).
pub const GATE_LINE: f64 = 219.0 + LINE;
/// Logs are kept as many days (`LogDays`): a month, nearly.
pub const LOG_DAYS: f64 = 30.0;
/// Logs shrink to this share where they are kept, as AWS's own examples reckon.
pub const LOG_KEPT: f64 = 0.15;

/// Requests to a queue for one message: sent, taken, deleted. Batches save some.
pub const QUEUE_TRIPS: f64 = 3.0;
/// Queues that call functions.
pub const QUEUES: f64 = 3.0;
/// Connections with which Lambda looks into each.
pub const POLLERS: f64 = 5.0;
/// How few and how many of them it may be as well.
pub const POLLERS_RANGE: (f64, f64) = (2.0, 10.0);
/// How long one of them waits for a message, in seconds.
pub const LOOK_SECONDS: f64 = 20.0;

/// Bytes of what a browser sends with a command or a preflight, headers and token included; CloudFront bills what it
/// passes on of requests that do not only read.
pub const PASSED_ON: f64 = 1_500.0;
/// How long a browser may keep the answer to a preflight, in seconds (`common/src/http/cors.rs`).
pub const PREFLIGHT_SECONDS: u32 = 600;
/// Files of the embedded elements that somebody loads to ask, and their bytes: the script, and the part with the history.
pub const EMBED: (f64, f64) = (2.0, 60_000.0);
/// Files of the admin site that an agent loads in a month, and their bytes.
pub const SITE: (f64, f64) = (660.0, 20_000_000.0);

/// How often staff mark an inquiry as read.
pub const SEEN: f64 = 2.0;
/// The share of inquiries that nobody answers for two days: overdue, about to expire, a day without an answer.
pub const UNANSWERED: f64 = 0.1;
/// The share of inquiries that stay open for two days after an answer, of which their agent is reminded.
pub const LEFT_OPEN: f64 = 0.3;
/// Inquiries that an agent handles in a month: 60 on each of 22 days.
pub const INQUIRIES_OF_AN_AGENT: f64 = 1_320.0;
/// Requests of an agent's open page in a month: every ten seconds, 8 hours on 22 days; counted as if each
/// asked for the list with the counts and a sign of life.
pub const POLLS_OF_AN_AGENT: f64 = 63_360.0;
/// Digests to an agent in a month, at most: one an hour, 8 hours on 22 days.
pub const DIGESTS_OF_AN_AGENT: f64 = 176.0;

/// Alarms with the template's default parameters.
pub const ALARMS: f64 = 15.0;
/// Secrets: of links, and between CloudFront and the functions.
pub const SECRETS: f64 = 2.0;
/// Metrics that AWS does not give for nothing: each kind of a mail's events, two of the set's reputation, and those
/// that are made of logs. They are billed for the hours in which something is said of them: none in an idle month.
pub const METRICS: f64 = 10.0;
