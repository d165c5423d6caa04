//! What a month uses. Units and requests come from the tests; what is assumed stands here, each with its number.

use std::iter::Sum;
use std::ops::{Add, Mul};

use super::measured::{Measured, POLLS, Step};

/// Minutes of a month.
pub const MINUTES: f64 = 43_800.0;
/// The memory of a function, in GB (infra/template.yaml).
pub const MEMORY_GB: f64 = 0.25;
/// Milliseconds of a whole processor for an invocation, at most: docs/performance.md has 0.3 to 2.3, database included.
pub const CPU_MS: f64 = 2.0;
/// The memory at which Lambda gives a whole processor, in GB.
pub const WHOLE_CPU_GB: f64 = 1.73;
/// Milliseconds of a round trip to the table; assumed.
pub const TRIP_MS: f64 = 5.0;
/// Milliseconds of a mail's way to SES; assumed.
pub const MAIL_MS: f64 = 100.0;
/// Milliseconds of a start, and the share of invocations that begin with one; assumed.
pub const START: (f64, f64) = (200.0, 0.05);
/// Bytes that an invocation logs, Lambda's own three lines included, and that the gateway logs of a request; assumed.
pub const LOGGED: (f64, f64) = (600.0, 350.0);
/// Requests to a queue for one message: sent, taken, deleted. Batches save some.
pub const QUEUE_TRIPS: f64 = 3.0;
/// Empty looks at the three queues a minute: five pollers each, which wait 20 seconds; assumed.
pub const EMPTY_LOOKS: f64 = 45.0;
/// Bytes that answers shrink to when they are compressed, as a share; assumed.
pub const COMPRESSED: f64 = 0.4;
/// Bytes of the pages that somebody loads to ask, and that an agent loads in a month; assumed.
pub const PAGES: (f64, f64) = (60_000.0, 20_000_000.0);
/// Inquiries that an agent handles in a month: 60 on each of 22 days; assumed.
pub const INQUIRIES_OF_AN_AGENT: f64 = 1_320.0;
/// Requests of an agent's open page in a month: every ten seconds, 8 hours on 22 days; counted as if each
/// asked for the list with the counts and a sign of life.
pub const POLLS_OF_AN_AGENT: f64 = 63_360.0;
/// Alarms and secrets with the template's default parameters.
pub const ALARMS: f64 = 15.0;
/// Secrets: of links, and between CloudFront and the functions.
pub const SECRETS: f64 = 2.0;

/// What is used.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Usage {
    /// Requests to the HTTP API, all of which come through CloudFront.
    pub requests: f64,
    /// Invocations of functions.
    pub invocations: f64,
    /// Their time.
    pub gb_seconds: f64,
    /// Write units.
    pub write: f64,
    /// Read units.
    pub read: f64,
    /// What is stored at the end.
    pub stored_gb: f64,
    /// Requests to queues.
    pub queue: f64,
    /// Logs.
    pub log_gb: f64,
    /// What CloudFront sends.
    pub edge_gb: f64,
    /// Mails.
    pub mails: f64,
}

impl Usage {
    /// What a step uses.
    fn of(step: &Step) -> Self {
        let request = f64::from(u8::from(step.is_request()));
        let mail = f64::from(u8::from(step.is_mail()));
        let cpu = CPU_MS * WHOLE_CPU_GB / MEMORY_GB;
        let ms = step.trips * TRIP_MS + cpu + mail * MAIL_MS + START.0 * START.1;
        Self {
            requests: request,
            invocations: 1.0,
            gb_seconds: ms / 1_000.0 * MEMORY_GB,
            write: step.write,
            read: step.read,
            queue: (1.0 - request) * QUEUE_TRIPS,
            log_gb: (LOGGED.0 + request * LOGGED.1) / 1e9,
            edge_gb: step.bytes * COMPRESSED / 1e9,
            mails: mail,
            stored_gb: 0.0,
        }
    }

    /// An inquiry's life with messages of so many bytes: five commands, eight reads; without the work for its mails.
    pub fn life(measured: &Measured, size: usize) -> Self {
        let steps = measured.life(size).into_iter().filter(|step| !step.is_mail());
        let life: Self = steps.map(Self::of).sum();
        // The item or its pages: four messages, what surrounds each, the row, the keys, once more in an index.
        let stored_gb = (4.0 * (size as f64 + 60.0) + 1_200.0) / 1e9;
        Self { stored_gb, edge_gb: life.edge_gb + PAGES.0 / 1e9, ..life }
    }

    /// Its two mails: the queue, the function, the marks in the table, SES.
    pub fn mails(measured: &Measured, size: usize) -> Self {
        measured.life(size).into_iter().filter(|step| step.is_mail()).map(Self::of).sum()
    }

    /// What stands beside a life in a shop with several agents: it is given to somebody, and marked as read twice.
    pub fn beside(measured: &Measured, size: usize) -> Self {
        let times = |step: &Step| if step.is_request() { 2.0 } else { 1.0 };
        measured.beside(size).into_iter().map(|step| Self::of(step) * times(step)).sum()
    }

    /// An agent's open page in a month.
    pub fn agent(measured: &Measured) -> Self {
        let one = |step: &Step| {
            let share = 1.0 / f64::from(POLLS);
            let each = |sum: f64| sum * share;
            let (trips, write, read) = (each(step.trips), each(step.write), each(step.read));
            Self::of(&Step { trips, write, read, bytes: each(step.bytes), ..step.clone() })
        };
        let polls: Self = measured.of("page").map(one).sum();
        let month = polls * POLLS_OF_AN_AGENT;
        Self { edge_gb: month.edge_gb + PAGES.1 / 1e9, ..month }
    }

    /// A month in which nobody comes: the schedules, and looks at empty queues.
    pub fn idle(measured: &Measured) -> Self {
        let month = |step: &Step| {
            let calls = if step.what == "send-digests" { MINUTES / 10.0 } else { MINUTES };
            let used = Self::of(&Step { what: "assigned".to_owned(), ..step.clone() });
            Self { queue: 0.0, ..used } * calls
        };
        let schedules: Self = measured.of("idle").map(month).sum();
        Self { queue: EMPTY_LOOKS * MINUTES, ..schedules }
    }
}

impl Add for Usage {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            requests: self.requests + other.requests,
            invocations: self.invocations + other.invocations,
            gb_seconds: self.gb_seconds + other.gb_seconds,
            write: self.write + other.write,
            read: self.read + other.read,
            stored_gb: self.stored_gb + other.stored_gb,
            queue: self.queue + other.queue,
            log_gb: self.log_gb + other.log_gb,
            edge_gb: self.edge_gb + other.edge_gb,
            mails: self.mails + other.mails,
        }
    }
}

impl Mul<f64> for Usage {
    type Output = Self;
    fn mul(self, times: f64) -> Self {
        Self {
            requests: self.requests * times,
            invocations: self.invocations * times,
            gb_seconds: self.gb_seconds * times,
            write: self.write * times,
            read: self.read * times,
            stored_gb: self.stored_gb * times,
            queue: self.queue * times,
            log_gb: self.log_gb * times,
            edge_gb: self.edge_gb * times,
            mails: self.mails * times,
        }
    }
}

impl Sum for Usage {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), Add::add)
    }
}
