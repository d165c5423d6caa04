//! 問我的: inquiries in which a question to somebody, or to their department, stands open (SPEC
//! §3.7), whosever inquiry it is. In a locked one nobody can answer any more.

use common::app::App;
use common::auth::SignedIn;
use common::problem::Problem;
use common::store::items::Row;
use common::store::{ListPage, ListQuery};
use domain::inquiry::Inquiry;
use domain::question::Asked;
use jiff::Timestamp;

/// Inquiries that are read together.
const TOGETHER: usize = 100;

/// All of them, the longest standing first; there are never many.
pub async fn page(
    app: &App,
    signed_in: &SignedIn,
    query: &ListQuery,
    now: Timestamp,
) -> Result<ListPage, Problem> {
    let (shop, me) = (signed_in.shop(), &signed_in.agent.id);
    let ids = app.store.asked_in(shop, me).await?;
    let to_me = |to: &Asked| match to {
        Asked::Agent(agent) => agent == me,
        Asked::Department(name) => shop.department(name).is_some_and(|it| it.agents.contains(me)),
    };
    let since =
        |inquiry: &Inquiry| inquiry.questions.iter().filter(|open| to_me(&open.to)).map(|open| open.at).min();
    let mut records = Vec::with_capacity(ids.len());
    for some in ids.chunks(TOGETHER) {
        records.extend(app.store.inquiries(&shop.id, some).await?);
    }
    let mut found: Vec<_> = records
        .iter()
        .filter(|record| record.inquiry.listed() && !record.inquiry.locked(now))
        .filter_map(|record| Some((since(&record.inquiry)?, Row::of(&record.inquiry))))
        .filter(|(_, row)| query.filter.admits(row, now))
        .collect();
    found.sort_by_key(|(since, _)| *since);
    Ok(ListPage { rows: found.into_iter().map(|(_, row)| row).collect(), next: None, tally: None })
}
