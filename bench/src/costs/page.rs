//! The document's text.

use super::bill::Bill;
use super::measured::{Measured, SIZES};
use super::prices::{Prices, SOURCES, TOKYO, VIRGINIA};
use super::traffic::{self as assumed, INQUIRIES_OF_AN_AGENT, Usage};

/// Inquiries a month.
const MONTHS: [f64; 3] = [1e3, 1e5, 1e6];
/// What is aimed at: dollars for a million lives without mail, and for an idle month.
pub const AIMS: (f64, f64) = (45.0, 2.0);
/// What others take, in dollars: a small server for a help desk that one installs, and a ticket of a service.
const OTHERS: (f64, f64, f64) = (60.0, 0.18, 0.40);

/// How much of what happens is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum With {
    /// The inquiries' lives.
    Lives,
    /// And two mails each.
    Mails,
    /// And that they are assigned and marked as read, and that agents' pages are open.
    Agents,
}

/// The bill of a month with so many inquiries, messages of so many bytes.
pub fn month(measured: &Measured, size: usize, inquiries: f64, with: With, prices: &Prices) -> Bill {
    let mut used = Usage::idle(measured) + Usage::life(measured, size) * inquiries;
    if with != With::Lives {
        used = used + Usage::mails(measured, size) * inquiries;
    }
    if with == With::Agents {
        let agents = (inquiries / INQUIRIES_OF_AN_AGENT).ceil();
        used = used + Usage::beside(measured, size) * inquiries + Usage::agent(measured) * agents;
    }
    Bill::of(&used, prices)
}

fn dollars(amount: f64) -> String {
    if amount < 100.0 { format!("{amount:.2}") } else { format!("{amount:.0}") }
}

pub(super) fn written(measured: &Measured) -> String {
    let parts = [
        head(measured),
        months(measured),
        terms(measured),
        largest(measured),
        units(measured),
        assumptions(measured),
        others(measured),
    ];
    parts.join("\n")
}

fn head(measured: &Measured) -> String {
    let million = month(measured, SIZES[0], 1e6, With::Lives, &VIRGINIA).sum();
    let idle = month(measured, SIZES[0], 0.0, With::Lives, &VIRGINIA).sum();
    let met = |is: f64, aim: f64| if is <= aim { "it is met" } else { "it is missed" };
    format!(
        "# What it costs

Dollars a month on AWS, computed by `bench/src/costs/` (`make bench BENCH_ARGS=--costs` prints this page; a test holds the
two together, `make bless` writes it anew). **Units, requests and bytes are measured** by `tests/tests/all/costs.rs`, prices
are AWS's public ones, **times and what people do are assumed**; the assumptions are listed below. None of it was run on AWS.

A life of an inquiry is five commands (submit, two replies, a follow-up, a close; four messages) and eight views of it. A
month with a million of them costs **${}** in {}, without mail (neither SES nor the work of sending), messages of 150 bytes:
the aim is ${:.0}, {}. A month in which nobody comes costs **${}**, backups on, default parameters: the aim is ${:.0}, {}.
AWS's lasting free allowances are taken off each month's bill; those that end after some months are not.
",
        dollars(million),
        VIRGINIA.place,
        AIMS.0,
        met(million, AIMS.0),
        dollars(idle),
        AIMS.1,
        met(idle, AIMS.1),
    )
}

fn months(measured: &Measured) -> String {
    let mut text = "## A month\n".to_owned();
    for prices in [&VIRGINIA, &TOKYO] {
        text += &format!("\n{} (`{}`), by inquiries a month:\n\n", prices.place, prices.region);
        text += "| messages of | counted | idle | 1,000 | 100,000 | 1,000,000 |\n|---:|---|---:|---:|---:|---:|\n";
        for size in SIZES {
            for (with, name) in [
                (With::Lives, "lives, no mail"),
                (With::Mails, "and two mails each"),
                (With::Agents, "and assignment, agents' pages"),
            ] {
                let bill = |inquiries| dollars(month(measured, size, inquiries, with, prices).sum());
                let cells = MONTHS.map(bill).join(" | ");
                text += &format!("| {size} bytes | {name} | {} | {cells} |\n", bill(0.0));
            }
        }
    }
    let idle = Usage::idle(measured);
    let thousand = Bill::of(&(idle + Usage::agent(measured) * 1_000.0), &VIRGINIA).sum();
    text += &format!(
        "\nAn agent whose page is open all day costs ${} a month in requests for news (the average of a thousand of them). Where \
         mail is not counted, these requests are most of the bill: asking every twenty seconds would halve them.\n",
        dollars((thousand - Bill::of(&idle, &VIRGINIA).sum()) / 1_000.0)
    );
    let plan = (VIRGINIA.plan_mails_thousand - VIRGINIA.mails_thousand) * 2_000.0;
    text += &format!(
        "\nMails are à la carte (${:.2} a thousand). Accounts new to SES since July 2026 begin with a plan of ${:.2} a thousand, \
         ${} more for a million inquiries, until `aws sesv2 put-account-pricing-attributes --plan NONE`.\n",
        VIRGINIA.mails_thousand,
        VIRGINIA.plan_mails_thousand,
        dollars(plan)
    );
    text
}

fn terms(measured: &Measured) -> String {
    let bills =
        [With::Lives, With::Mails, With::Agents].map(|with| month(measured, SIZES[0], 1e6, with, &VIRGINIA));
    let idle = Bill::of(&Usage::idle(measured), &VIRGINIA);
    let mut text = format!(
        "## By term\n\nA million inquiries in a month, messages of {} bytes, {}.\n\n\
         | term | idle | lives | with mails | with agents |\n|---|---:|---:|---:|---:|\n",
        SIZES[0], VIRGINIA.place
    );
    for (place, (name, nothing)) in idle.0.iter().enumerate() {
        let cells = bills.each_ref().map(|bill| dollars(bill.0.get(place).map_or(0.0, |term| term.1)));
        text += &format!("| {name} | {} | {} |\n", dollars(*nothing), cells.join(" | "));
    }
    let sums = bills.each_ref().map(|bill| dollars(bill.sum())).join(" | ");
    text += &format!("| **all** | {} | {sums} |\n", dollars(idle.sum()));
    text += "\nNothing else costs: EventBridge Scheduler (179,580 of 14,000,000 free calls), Cognito (10,000 people free), the \
             dashboard, the budget and the pages in S3 (a few megabytes) stay within what is free or below a cent.\n";
    text
}

fn largest(measured: &Measured) -> String {
    let lives = month(measured, SIZES[0], 1e6, With::Lives, &VIRGINIA);
    let mut text = "## The largest terms, and what was done about them\n\n".to_owned();
    for (place, (name, amount)) in lives.largest().iter().take(3).enumerate() {
        text += &format!("{}. **{name}, ${}.** {}\n", place + 1, dollars(*amount), done_about(name));
    }
    text
}

fn done_about(term: &str) -> &'static str {
    match term {
        "DynamoDB, writes" => {
            "An inquiry and its newest messages are one item, written by one conditional put: no transaction, \
             no item beside it for the event, the owed mail or the idempotency key (decisions 0001, 0002). Lists are sparse \
             indexes whose rows are short; the deadline's place moves only when it would be too late. What is left is the price \
             of three lists and a deadline that hold the inquiry, and of the desk that counts it."
        }
        "API Gateway" => {
            "One request a view and one a command. Counts, presence, alerts and colleagues ride with the list; the HTTP API \
             costs less than a third of a REST API; pages are files and ask nothing."
        }
        "CloudWatch, logs" => {
            "One line a request, without texts. Lambda writes three more of its own; with logs as JSON the system's level \
             can be set to WARN, which leaves them out."
        }
        "Lambda" => {
            "Programs of machine code that start in milliseconds, 256 MB; queries of one page go out together; shops and \
             members are kept in the process for a minute."
        }
        "CloudFront" => {
            "One distribution for pages and API, so that nothing of it is paid twice: what the API sends through it costs no \
             transfer. Requests above ten million a month remain."
        }
        "DynamoDB, reads" => {
            "Eventually consistent where staleness is harmless; a list of 25 rows is read from the index alone."
        }
        "SQS" => "A message only names the inquiry; nothing is queued that nobody has to do.",
        _ => "It does not grow with use.",
    }
}

fn units(measured: &Measured) -> String {
    let mut text = "## What is measured\n\nUnits of a life and of what stands beside it \
                    (`bench/src/costs/measured.txt` has each step):\n\n\
                    | messages of | write units | read units | round trips | of it mails: write, read | beside: write, read |\n\
                    |---:|---:|---:|---:|---:|---:|\n"
        .to_owned();
    for size in SIZES {
        let life = measured.life(size);
        let sum = |of: fn(&super::measured::Step) -> f64| life.iter().map(|step| of(step)).sum::<f64>();
        let mails = Usage::mails(measured, size);
        let beside = Usage::beside(measured, size);
        text += &format!(
            "| {size} bytes | {} | {} | {} | {}, {} | {}, {} |\n",
            sum(|step| step.write),
            sum(|step| step.read),
            sum(|step| step.trips),
            mails.write,
            mails.read,
            beside.write,
            beside.read,
        );
    }
    let idle = Usage::idle(measured);
    text += &format!(
        "\nThe schedules of an idle month read {:.0} thousand units. Larger messages cost more because a unit writes 1 KB: \
         from 2.4 KB on an inquiry's timeline moves to a page, in a transaction of two, and the item is small again.\n",
        idle.read / 1e3
    );
    text
}

fn assumptions(measured: &Measured) -> String {
    let agent = Usage::agent(measured);
    format!(
        "## What is assumed

- A function has {memory} MB (infra/template.yaml) and so {share:.0} % of a processor. An invocation takes {cpu} ms of a whole
  one at most (docs/performance.md), {trip} ms for each round trip to the table, {mail} ms for a mail to SES; {cold} % of them
  begin with a start of {start} ms. x86-64; arm64 takes a fifth less.
- An invocation logs {logged} bytes, Lambda's own lines included, and the gateway {gate} bytes a request.
- A queue's message is three requests; five pollers a queue look every 20 seconds while nothing is there.
- Answers shrink to {compressed} % on their way; who asks loads {asks} KB of pages, an agent {loads} MB a month.
- An agent handles {handled} inquiries a month. Their page asks every ten seconds, 8 hours on 22 days: {polls} requests a month,
  each counted as one for the list with counts, alerts and a sign of life ({write:.2} write and {read:.2} read units).
- What a month adds stays stored: a million inquiries of {size} bytes add {stored:.1} GB, ${keep} a month for each month that
  they are kept beyond the first 25 GB, backups included.
- Search, orders and refunds are not in it; neither are tax, a domain, WAF (a parameter, off), a key of one's own (a parameter,
  off) and people.

{SOURCES}
",
        memory = assumed::MEMORY_GB * 1_024.0,
        share = assumed::MEMORY_GB / assumed::WHOLE_CPU_GB * 100.0,
        cpu = assumed::CPU_MS,
        trip = assumed::TRIP_MS,
        mail = assumed::MAIL_MS,
        cold = assumed::START.1 * 100.0,
        start = assumed::START.0,
        logged = assumed::LOGGED.0,
        gate = assumed::LOGGED.1,
        compressed = assumed::COMPRESSED * 100.0,
        asks = assumed::PAGES.0 / 1e3,
        loads = assumed::PAGES.1 / 1e6,
        handled = INQUIRIES_OF_AN_AGENT,
        polls = assumed::POLLS_OF_AN_AGENT,
        write = agent.write / assumed::POLLS_OF_AN_AGENT,
        read = agent.read / assumed::POLLS_OF_AN_AGENT,
        size = SIZES[0],
        stored = Usage::life(measured, SIZES[0]).stored_gb * 1e6,
        keep = dollars(
            Usage::life(measured, SIZES[0]).stored_gb * 1e6 * (VIRGINIA.table_gb + VIRGINIA.backup_gb)
        ),
    )
}

fn others(measured: &Measured) -> String {
    let thousand = month(measured, SIZES[0], 1e3, With::Agents, &VIRGINIA).sum();
    let many = month(measured, SIZES[0], 1e5, With::Agents, &VIRGINIA).sum();
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
