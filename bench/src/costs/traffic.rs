//! What a month uses: the steps that tests measured, times what is assumed.

use std::iter::Sum;
use std::ops::{Add, Mul};

use local::catalog::SCHEDULED;

use super::assumed::{
    CPU_MS, EMBED, GATE_LINE, LEFT_OPEN, LOOK_SECONDS, MAIL_MS, MEMORY_GB, MINUTES, OWN_LINE, PASSED_ON,
    POLLERS, POLLS_OF_AN_AGENT, QUEUE_TRIPS, QUEUES, SEEN, SITE, START, TRIP_MS, UNANSWERED, WHOLE_CPU_GB,
};
use super::measured::{Measured, POLLS, Step};

/// What is used.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Usage {
    /// Requests to the HTTP API, all of which come through CloudFront.
    pub requests: f64,
    /// Requests to CloudFront: those, and files.
    pub edge_requests: f64,
    /// Runs of functions at the edge: before each request to the API, and before each file of a page.
    pub edge_functions: f64,
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
    /// What it passes on of requests that do not only read.
    pub origin_gb: f64,
    /// Mails.
    pub mails: f64,
}

/// How often a schedule runs in a month.
pub fn runs(schedule: &str) -> f64 {
    let minutes = SCHEDULED.iter().find(|it| it.0 == schedule).map(|it| it.1.as_secs_f64() / 60.0);
    minutes.map_or(0.0, |minutes| MINUTES / minutes)
}

impl Usage {
    /// What a step uses.
    pub fn of(step: &Step) -> Self {
        let (request, mail) = (f64::from(step.is_request()), f64::from(step.is_mail()));
        let passed_on = if step.is_request() && !step.only_reads() { PASSED_ON } else { 0.0 };
        let cpu = CPU_MS * WHOLE_CPU_GB / MEMORY_GB;
        let ms = step.trips * TRIP_MS + cpu + mail * MAIL_MS + START.0 * START.1;
        Self {
            requests: request,
            edge_requests: request,
            edge_functions: request,
            invocations: 1.0,
            gb_seconds: ms / 1_000.0 * MEMORY_GB,
            write: step.write,
            read: step.read,
            queue: (1.0 - request) * QUEUE_TRIPS,
            log_gb: request * (OWN_LINE + GATE_LINE) / 1e9,
            edge_gb: step.bytes / 1e9,
            origin_gb: passed_on / 1e9,
            mails: mail,
            stored_gb: 0.0,
        }
    }

    /// An inquiry's five commands, and what they leave stored; without the work for its mails.
    pub fn commands(measured: &Measured, size: usize) -> Self {
        let steps = measured.life(size).into_iter().filter(|step| !step.is_mail() && !step.only_reads());
        let commands: Self = steps.map(Self::of).sum();
        Self { stored_gb: measured.stored(size) / 1e9, ..commands }
    }

    /// An inquiry's life: its commands, and the eight views of it.
    pub fn life(measured: &Measured, size: usize) -> Self {
        let views = measured.life(size).into_iter().filter(|step| step.only_reads());
        let views: Self = views.map(Self::of).sum();
        Self::commands(measured, size) + views
    }

    /// What a storefront on another origin than Kefu's asks before: the form, preflights, the embedded files. No
    /// function runs at the edge before those files.
    pub fn storefront(measured: &Measured) -> Self {
        let asked: Self = measured.of("storefront").map(Self::of).sum();
        let (files, bytes) = EMBED;
        Self { edge_requests: asked.edge_requests + files, edge_gb: asked.edge_gb + bytes / 1e9, ..asked }
    }

    /// What happens inside in a shop with several agents: an inquiry is given to somebody, marked as read, its end makes
    /// room for another, and deadlines find it where it takes days.
    pub fn inside(measured: &Measured, size: usize) -> Self {
        let times = |step: &Step| if step.is_request() { SEEN } else { 1.0 };
        let beside: Self = measured.beside(size).into_iter().map(|step| Self::of(step) * times(step)).sum();
        let share = |step: &Step| if step.what.starts_with("unanswered") { UNANSWERED } else { LEFT_OPEN };
        // The schedule runs anyway: only its time grows.
        let more = |step: &Step| Self {
            gb_seconds: step.trips * TRIP_MS / 1_000.0 * MEMORY_GB,
            write: step.write,
            read: step.read,
            ..Self::default()
        };
        let slow: Self = measured.slow(size).into_iter().map(|step| more(step) * share(step)).sum();
        beside + slow
    }

    /// Its two mails: the queue, the function, the marks in the table, SES.
    pub fn mails(measured: &Measured, size: usize) -> Self {
        measured.life(size).into_iter().filter(|step| step.is_mail()).map(Self::of).sum()
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
        let (files, bytes) = SITE;
        Self {
            edge_requests: month.edge_requests + files,
            edge_functions: month.edge_functions + files,
            edge_gb: month.edge_gb + bytes / 1e9,
            ..month
        }
    }

    /// A month in which nobody comes: the schedules, and looks at empty queues.
    pub fn idle(measured: &Measured) -> Self {
        Self::idle_with(measured, POLLERS)
    }

    /// The same, with so many connections to each queue.
    pub fn idle_with(measured: &Measured, pollers: f64) -> Self {
        let month = |step: &Step| Self { queue: 0.0, ..Self::of(step) } * runs(&step.what);
        let schedules: Self = measured.of("idle").map(month).sum();
        Self { queue: QUEUES * pollers * MINUTES * 60.0 / LOOK_SECONDS, ..schedules }
    }
}

impl Add for Usage {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            requests: self.requests + other.requests,
            edge_requests: self.edge_requests + other.edge_requests,
            edge_functions: self.edge_functions + other.edge_functions,
            invocations: self.invocations + other.invocations,
            gb_seconds: self.gb_seconds + other.gb_seconds,
            write: self.write + other.write,
            read: self.read + other.read,
            stored_gb: self.stored_gb + other.stored_gb,
            queue: self.queue + other.queue,
            log_gb: self.log_gb + other.log_gb,
            edge_gb: self.edge_gb + other.edge_gb,
            origin_gb: self.origin_gb + other.origin_gb,
            mails: self.mails + other.mails,
        }
    }
}

impl Mul<f64> for Usage {
    type Output = Self;
    fn mul(self, times: f64) -> Self {
        Self {
            requests: self.requests * times,
            edge_requests: self.edge_requests * times,
            edge_functions: self.edge_functions * times,
            invocations: self.invocations * times,
            gb_seconds: self.gb_seconds * times,
            write: self.write * times,
            read: self.read * times,
            stored_gb: self.stored_gb * times,
            queue: self.queue * times,
            log_gb: self.log_gb * times,
            edge_gb: self.edge_gb * times,
            origin_gb: self.origin_gb * times,
            mails: self.mails * times,
        }
    }
}

impl Sum for Usage {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), Add::add)
    }
}
