//! The document's text.

mod assumptions;
mod idle;
mod largest;
mod sources;

use super::assumed::{INQUIRIES_OF_AN_AGENT, PREFLIGHT_SECONDS};
use super::bill::Bill;
use super::measured::{Measured, SIZES, Step};
use super::prices::{Free, Prices, TOKYO, VIRGINIA};
use super::traffic::Usage;

/// Inquiries a month.
const MONTHS: [f64; 3] = [1e3, 1e5, 1e6];
/// What is aimed at: dollars for a million inquiries without mail, and for an idle month.
pub const AIMS: (f64, f64) = (45.0, 2.0);
/// What others take, in dollars: a small server for a help desk that one installs, and a ticket of a service.
const OTHERS: (f64, f64, f64) = (60.0, 0.18, 0.40);

/// How much of what happens is counted: each is counted with all before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum With {
    /// The inquiries' commands.
    Commands,
    /// And the views of them.
    Lives,
    /// And what a storefront on another origin asks before.
    Storefront,
    /// And that they are assigned, marked as read and found by deadlines.
    Inside,
    /// And two mails each.
    Mails,
    /// And that agents' pages are open.
    Agents,
}

impl With {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Commands, Self::Lives, Self::Storefront, Self::Inside, Self::Mails, Self::Agents];

    /// The name of its row.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Commands => "the five commands",
            Self::Lives => "and what is read beside them",
            Self::Storefront => "and what a storefront on another origin asks before",
            Self::Inside => "and what happens inside",
            Self::Mails => "and two mails each",
            Self::Agents => "and agents' open pages",
        }
    }

    const fn meaning(self) -> &'static str {
        match self {
            Self::Commands => {
                "a member submits, an agent replies, the member follows up, the agent replies and closes: four messages"
            }
            Self::Lives => {
                "eight views: the agent's list and the inquiry three times, the member's list and page"
            }
            Self::Storefront => {
                "the form, a preflight before each of the member's four requests with a token, two files of the embedded elements"
            }
            Self::Inside => {
                "in a shop with several agents the system gives it to one, who marks it as read twice, and looks what else \
                 waits when it ends; some take two days, answered or not, which the schedule of deadlines finds and tells staff"
            }
            Self::Mails => "one for each reply: the queue, the function, SES",
            Self::Agents => {
                "a page for every 1,320 inquiries, which asks every ten seconds, 8 hours on 22 days"
            }
        }
    }
}

/// What a month with so many inquiries uses, messages of so many bytes.
pub fn used(measured: &Measured, size: usize, inquiries: f64, with: With) -> Usage {
    let mut each =
        if with == With::Commands { Usage::commands(measured, size) } else { Usage::life(measured, size) };
    if with >= With::Storefront {
        each = each + Usage::storefront(measured);
    }
    if with >= With::Inside {
        each = each + Usage::inside(measured, size);
    }
    if with >= With::Mails {
        each = each + Usage::mails(measured, size);
    }
    let month = Usage::idle(measured) + each * inquiries;
    if with < With::Agents {
        return month;
    }
    month + Usage::agent(measured) * (inquiries / INQUIRIES_OF_AN_AGENT).ceil()
}

/// The bill of such a month.
pub fn month(measured: &Measured, size: usize, inquiries: f64, with: With, prices: &Prices) -> Bill {
    Bill::of(&used(measured, size, inquiries, with), prices, &Free::ACCOUNT)
}

/// Something that is aimed at.
#[derive(Debug, Clone, PartialEq)]
pub struct Aim {
    /// Of what.
    pub what: &'static str,
    /// With messages of so many bytes.
    pub size: usize,
    /// At most so many dollars a month.
    pub most: f64,
    /// So many it costs.
    pub is: f64,
}

impl Aim {
    /// What the page says of it.
    pub fn verdict(&self) -> &'static str {
        if self.is <= self.most { "met" } else { "missed" }
    }

    /// Its cell of the page.
    pub fn cell(&self) -> String {
        format!("{:.2}, {}", self.is, self.verdict())
    }
}

/// All that is aimed at with messages of so many bytes: an idle month, and a million inquiries without mail, by how much
/// is counted.
pub fn aims(measured: &Measured, size: usize) -> Vec<Aim> {
    let is = Bill::of(&Usage::idle(measured), &VIRGINIA, &Free::ACCOUNT).sum();
    let idle = Aim { what: "an idle month, backups on, default parameters", size, most: AIMS.1, is };
    let million = |with: With| {
        let is = month(measured, size, 1e6, with, &VIRGINIA).sum();
        Aim { what: with.name(), size, most: AIMS.0, is }
    };
    let without_mail = With::ALL.into_iter().filter(|with| *with < With::Mails);
    std::iter::once(idle).chain(without_mail.map(million)).collect()
}

fn dollars(amount: f64) -> String {
    if amount < 100.0 { format!("{amount:.2}") } else { format!("{amount:.0}") }
}

pub(super) fn written(measured: &Measured) -> String {
    let parts = [
        head(measured),
        months(measured),
        terms(measured),
        largest::written(measured),
        storefront(measured),
        idle::written(measured),
        idle::after_a_year(measured),
        units(measured),
        assumptions::written(measured),
        sources::written(),
        others(measured),
    ];
    parts.join("\n")
}

fn head(measured: &Measured) -> String {
    let mut text = "# What it costs

Dollars a month on AWS, computed by `bench/src/costs/` (`make bench BENCH_ARGS=--costs` prints this page; a test holds the
two together, `make bless` writes it anew). **Units, requests, bytes of answers and stored bytes are measured** by
`tests/tests/all/costs.rs`, prices are AWS's public ones, **times, log lines and what people do are assumed**; the
assumptions are listed below. None of it was run on AWS.

What is counted, each row of a table with all rows above it:

"
    .to_owned();
    for with in With::ALL {
        text += &format!("- **{}**: {}.\n", with.name(), with.meaning());
    }
    text += &format!(
        "\nWhat is aimed at, in {}, a million inquiries without mail (neither SES nor the work of sending), dollars by the size \
         of messages:\n\n| what | aim | {} bytes | {} bytes | {} bytes |\n|---|---:|---:|---:|---:|\n",
        VIRGINIA.place, SIZES[0], SIZES[1], SIZES[2]
    );
    let aims = SIZES.map(|size| aims(measured, size));
    for (place, aim) in aims[0].iter().enumerate() {
        let cells = aims.each_ref().map(|of_size| of_size.get(place).map_or_else(String::new, Aim::cell));
        text += &format!("| {} | {:.0} | {} |\n", aim.what, aim.most, cells.join(" | "));
    }
    let named = |verdict: &str| {
        let names: Vec<&str> =
            aims[0].iter().filter(|aim| aim.verdict() == verdict).map(|aim| aim.what).collect();
        if names.is_empty() { "nothing".to_owned() } else { names.join("; ") }
    };
    text += &format!(
        "\nWith messages of {} bytes, met: {}. Missed: {}.\n",
        SIZES[0],
        named("met"),
        named("missed")
    );
    text += "AWS's lasting free allowances are taken off each month's bill; those that end after some months are not.\n";
    text
}

fn months(measured: &Measured) -> String {
    let mut text = "## A month\n".to_owned();
    for prices in [&VIRGINIA, &TOKYO] {
        text += &format!("\n{} (`{}`), by inquiries a month:\n\n", prices.place, prices.region);
        text += "| messages of | counted | idle | 1,000 | 100,000 | 1,000,000 |\n|---:|---|---:|---:|---:|---:|\n";
        for size in SIZES {
            for with in With::ALL {
                let bill = |inquiries| dollars(month(measured, size, inquiries, with, prices).sum());
                let cells = MONTHS.map(bill).join(" | ");
                text += &format!("| {size} bytes | {} | {} | {cells} |\n", with.name(), bill(0.0));
            }
        }
    }
    let bill = |used: &Usage| Bill::of(used, &VIRGINIA, &Free::ACCOUNT).sum();
    let idle = Usage::idle(measured);
    let thousand = bill(&(idle + Usage::agent(measured) * 1_000.0)) - bill(&idle);
    text += &format!(
        "\nAn agent whose page is open all day costs ${} a month in requests for news (the average of a thousand of them).\n",
        dollars(thousand / 1_000.0)
    );
    let plan = (VIRGINIA.plan_mails_thousand - VIRGINIA.mails_thousand) * 2_000.0;
    text += &format!(
        "\nMails are à la carte (${:.2} a thousand). Accounts new to SES since 21 July 2026 begin with a plan of ${:.2} a \
         thousand, ${} more for a million inquiries, until `aws sesv2 put-account-pricing-attributes --plan NONE`.\n",
        VIRGINIA.mails_thousand,
        VIRGINIA.plan_mails_thousand,
        dollars(plan)
    );
    text
}

fn terms(measured: &Measured) -> String {
    let bills = With::ALL.map(|with| month(measured, SIZES[0], 1e6, with, &VIRGINIA));
    let idle = Bill::of(&Usage::idle(measured), &VIRGINIA, &Free::ACCOUNT);
    let mut text = format!(
        "## By term\n\nA million inquiries in a month, messages of {} bytes, {}.\n\n\
         | term | idle | commands | and reads | and storefront | and inside | and mails | and agents |\n\
         |---|---:|---:|---:|---:|---:|---:|---:|\n",
        SIZES[0], VIRGINIA.place
    );
    for (place, (name, nothing)) in idle.0.iter().enumerate() {
        let cells = bills.each_ref().map(|bill| dollars(bill.0.get(place).map_or(0.0, |term| term.1)));
        text += &format!("| {name} | {} | {} |\n", dollars(*nothing), cells.join(" | "));
    }
    let sums = bills.each_ref().map(|bill| dollars(bill.sum())).join(" | ");
    text += &format!("| **all** | {} | {sums} |\n", dollars(idle.sum()));
    text
}

/// What is said of preflights: they are described here, not avoided.
fn storefront(measured: &Measured) -> String {
    let sum = |with| month(measured, SIZES[0], 1e6, with, &VIRGINIA).sum();
    let asked = Usage::storefront(measured);
    format!(
        "## What a storefront asks before

A shop's page lies on another origin than Kefu. The form is a plain read. Every command, and every read with a token, is
preceded by a preflight unless the browser has kept the last one's answer for the same address: {} minutes
(`Access-Control-Max-Age: {PREFLIGHT_SECONDS}`). Each is a request to the API and to CloudFront and an invocation that asks the
table nothing. {} requests an inquiry, and two files, are ${} for a million inquiries.

Keeping answers longer would help little: Chromium keeps them for two hours at most, Firefox for a day, and the address of
a new inquiry is a new one. A shop whose own server passes `/v1` on to Kefu has one origin and no preflights; nor have
guests on Kefu's own pages.
",
        PREFLIGHT_SECONDS / 60,
        asked.requests,
        dollars(sum(With::Storefront) - sum(With::Lives)),
    )
}

fn units(measured: &Measured) -> String {
    let mut text = "## What is measured\n\nUnits of a life and of what happens inside, and what a life leaves stored in the \
                    table and its indexes, with the 100 bytes that AWS adds to each item \
                    (`bench/src/costs/measured.txt` has each step):\n\n\
                    | messages of | write units | read units | round trips | of it mails: write, read | inside: write, read | stored bytes |\n\
                    |---:|---:|---:|---:|---:|---:|---:|\n"
        .to_owned();
    for size in SIZES {
        let life = measured.life(size);
        let sum = |of: fn(&Step) -> f64| life.iter().map(|step| of(step)).sum::<f64>();
        let (mails, inside) = (Usage::mails(measured, size), Usage::inside(measured, size));
        text += &format!(
            "| {size} bytes | {} | {} | {} | {}, {} | {:.1}, {:.1} | {:.0} |\n",
            sum(|step| step.write),
            sum(|step| step.read),
            sum(|step| step.trips),
            mails.write,
            mails.read,
            inside.write,
            inside.read,
            measured.stored(size),
        );
    }
    text += &format!(
        "\nThe schedules of an idle month read {:.0} thousand units. Larger messages cost more because a unit writes 1 KB: \
         from 2.4 KB on an inquiry's timeline moves to a page, in a transaction of two, and the item is small again.\n",
        Usage::idle(measured).read / 1e3
    );
    text
}

fn others(measured: &Measured) -> String {
    let bill = |inquiries| month(measured, SIZES[0], inquiries, With::Agents, &VIRGINIA).sum();
    let (thousand, many) = (bill(1e3), bill(1e5));
    let (server, from, to) = OTHERS;
    format!(
        "## Beside others

A small server for a help desk that one installs oneself is about ${server:.0} a month, busy or idle; Kefu's whole bill for a
thousand inquiries is ${}, for a hundred thousand ${}. Gorgias, a service for shops, takes ${from:.2} to ${to:.2} for a ticket,
people not included; Kefu's hundred thousand cost {:.3} cents each.
",
        dollars(thousand),
        dollars(many),
        many / 1e5 * 100.0,
    )
}
