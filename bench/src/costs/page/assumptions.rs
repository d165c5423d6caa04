//! What no test measures, as the document says it.

use super::super::assumed as is;
use super::super::measured::{Measured, SIZES};
use super::super::prices::{EDGE_IN_TAIWAN, Free, VIRGINIA};
use super::super::traffic::Usage;
use super::{With, dollars, used};

pub(super) fn written(measured: &Measured) -> String {
    ["## What is assumed\n".to_owned(), machines(), people(measured), left_out(measured)].join("\n")
}

fn machines() -> String {
    format!(
        "- A function has {memory} MB (infra/template.yaml) and so {share:.0} % of a processor. An invocation takes {cpu} ms of a whole
  one at most (docs/performance.md), {trip} ms for each round trip to the table, {mail} ms for a mail to SES; {cold} % of them
  begin with a start of {start} ms. x86-64; arm64 takes a fifth less.
- A request logs a line of {own:.0} bytes, counted letter by letter with the {line} bytes a line that CloudWatch counts beside, and
  the gateway one of {gate:.0}. They are kept for {days} days, shrunk to {kept:.0} %. Lambda's own lines are left out (`SystemLogLevel`);
  they would be {system:.0} bytes an invocation.
- A queue's message is three requests.
- Answers of the API go as they are: CloudFront compresses only what it may keep. A command or a preflight has {passed:.0} bytes, headers included, which
  CloudFront bills when it passes them on; what it gets back is free.",
        memory = is::MEMORY_GB * 1_024.0,
        share = is::MEMORY_GB / is::WHOLE_CPU_GB * 100.0,
        cpu = is::CPU_MS,
        trip = is::TRIP_MS,
        mail = is::MAIL_MS,
        cold = is::START.1 * 100.0,
        start = is::START.0,
        system = is::SYSTEM_LINES,
        line = is::LINE,
        own = is::OWN_LINE,
        gate = is::GATE_LINE,
        days = is::LOG_DAYS,
        kept = is::LOG_KEPT * 100.0,
        passed = is::PASSED_ON,
    )
}

fn people(measured: &Measured) -> String {
    let agent = Usage::agent(measured);
    format!(
        "- Who asks loads {files} files of the embedded elements, {asks:.0} KB, and comes back later than browsers keep a preflight's
  answer; an agent loads {site:.0} files of the admin site a month, {loads:.0} MB.
- {unanswered:.0} % of inquiries are unanswered for two days, which raises three alarms; {open:.0} % stay open for two days after an
  answer, which reminds their agent.
- An agent handles {handled} inquiries a month. Their page asks every ten seconds, 8 hours on 22 days: {polls} requests a month,
  each counted as one for the list with counts, alerts and a sign of life ({write:.2} write and {read:.2} read units).",
        files = is::EMBED.0,
        asks = is::EMBED.1 / 1e3,
        site = is::SITE.0,
        loads = is::SITE.1 / 1e6,
        unanswered = is::UNANSWERED * 100.0,
        open = is::LEFT_OPEN * 100.0,
        handled = is::INQUIRIES_OF_AN_AGENT,
        polls = is::POLLS_OF_AN_AGENT,
        write = agent.write / is::POLLS_OF_AN_AGENT,
        read = agent.read / is::POLLS_OF_AN_AGENT,
    )
}

fn left_out(measured: &Measured) -> String {
    let lives = used(measured, SIZES[0], 1e6, With::Lives);
    let billed = (lives.edge_requests - Free::ACCOUNT.edge_requests).max(0.0) / 1e6;
    format!(
        "- CloudFront bills by the place of who asks. N. Virginia's rows are of viewers in North America, Tokyo's of viewers in
  Japan. Viewers in Taiwan cost ${:.2} a million requests and ${:.3} a GB: ${} more for the five commands and what is read beside
  them in N. Virginia.
- Digests to staff are not in it: at most one an hour, {} a month or ${} for an agent who is never there. Nor are guests'
  confirmations, a mail and two requests for each guest.
- While agents are online, the schedule that resumes the distribution looks once a minute at each of their shops.
- Search, orders and refunds are not in it; neither are tax, a domain, WAF (a parameter, off), a key of one's own (a parameter,
  off) and people.
",
        EDGE_IN_TAIWAN.0,
        EDGE_IN_TAIWAN.1,
        dollars(billed * (EDGE_IN_TAIWAN.0 - VIRGINIA.edge_million)),
        is::DIGESTS_OF_AN_AGENT,
        dollars(is::DIGESTS_OF_AN_AGENT / 1e3 * VIRGINIA.mails_thousand),
    )
}
