//! What the tests measured, in a file that they compare with what they measure.

use std::fmt::Write as _;

/// The file, as it was when this was compiled.
pub const FILE: &str = include_str!("measured.txt");
/// Bytes of a message in the lives that are measured.
pub const SIZES: [usize; 3] = [150, 600, 2_000];
/// Requests of the open page that is measured.
pub const POLLS: u32 = 60;
/// How the names of what queues do begin.
const INSIDE: [&str; 3] = ["assigned", "distributed", "send the mail"];
/// How the names of requests that only read begin.
const READS: [&str; 4] = ["form", "list", "show", "the customer's"];
/// What is written above the lines.
const HEAD: &str = "\
# What the table was asked for, by tests/tests/all/costs.rs; written by `make bless`, never by hand.
# of | what | trips | write units | read units | bytes answered, or stored
";

/// What one step asked of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Of what it is a step: a life with messages of so many bytes, what stands beside it, what it does when it is slow or
    /// leaves stored; what a storefront asks before; an open page; idleness.
    pub of: String,
    /// Its name.
    pub what: String,
    /// Round trips to the table.
    pub trips: f64,
    /// Write units, indexes included.
    pub write: f64,
    /// Read units.
    pub read: f64,
    /// Bytes of the answer, before they are compressed; of what is stored, its own.
    pub bytes: f64,
}

/// All steps.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Measured(pub Vec<Step>);

impl Measured {
    /// What such a file says; lines that say nothing are left out.
    pub fn read(text: &str) -> Self {
        Self(text.lines().filter_map(step).collect())
    }

    /// The file that says it.
    pub fn written(&self) -> String {
        let mut text = HEAD.to_owned();
        for Step { of, what, trips, write, read, bytes } in &self.0 {
            // Writing to a text never fails.
            let _ = writeln!(text, "{of} | {what} | {trips} | {write} | {read} | {bytes}");
        }
        text
    }

    /// The steps of one thing.
    pub fn of<'a>(&'a self, of: &'a str) -> impl Iterator<Item = &'a Step> {
        self.0.iter().filter(move |step| step.of == of)
    }

    /// The steps of a life with messages of that size.
    pub fn life(&self, size: usize) -> Vec<&Step> {
        self.named(&size.to_string())
    }

    /// What happens inside beside such a life: who gets it, and that it is marked as read.
    pub fn beside(&self, size: usize) -> Vec<&Step> {
        self.named(&format!("{size} beside"))
    }

    /// What the schedule of deadlines does more where such a life takes days.
    pub fn slow(&self, size: usize) -> Vec<&Step> {
        self.named(&format!("{size} slow"))
    }

    /// Bytes that such a life leaves in the table and its indexes.
    pub fn stored(&self, size: usize) -> f64 {
        self.named(&format!("{size} stored")).iter().map(|step| step.bytes).sum()
    }

    fn named(&self, of: &str) -> Vec<&Step> {
        self.0.iter().filter(|step| step.of == of).collect()
    }
}

impl Step {
    /// Whether it is the queue's work for a mail.
    pub fn is_mail(&self) -> bool {
        self.what.starts_with("send the mail")
    }

    /// Whether it is a request of somebody, and not the work of a queue or a schedule.
    pub fn is_request(&self) -> bool {
        self.of != "idle" && !INSIDE.iter().any(|it| self.what.starts_with(it))
    }

    /// Whether it is a request that changes nothing, and has no body.
    pub fn only_reads(&self) -> bool {
        READS.iter().any(|it| self.what.starts_with(it)) || self.of == "page"
    }
}

fn step(line: &str) -> Option<Step> {
    if line.starts_with('#') {
        return None;
    }
    let parts: Vec<&str> = line.split(" | ").collect();
    let [of, what, trips, write, read, bytes] = parts.as_slice() else { return None };
    let number = |text: &str| text.trim().parse().ok();
    Some(Step {
        of: (*of).to_owned(),
        what: (*what).to_owned(),
        trips: number(trips)?,
        write: number(write)?,
        read: number(read)?,
        bytes: number(bytes)?,
    })
}
