//! Tells staff by mail what they have not seen on the site (SPEC §7.7): one mail a person over all
//! their shops, at most one an hour, and none for who turned it off. It takes no input; what fails
//! or comes too early stays marked for the next run.

use std::collections::{BTreeMap, BTreeSet};

use common::app::App;
use common::failure::Failure;
use common::mail::letters::{self, Delivery, Digest, DigestLine, DigestShop, Link, Sender};
use common::store::AlertItem;
use domain::ids::{AgentId, ShopId};
use domain::labels::Locale;
use domain::shop::Shop;
use domain::text::Email;

/// Alerts of a run; the next one goes on.
const AT_ONCE: usize = 1_000;
/// Lines of a mail; of the rest only the number is told.
const LINES: usize = 20;
/// What these mails are from.
const SENDER: &str = "Kefu 客服";

/// What somebody has not seen: each alert with its shop.
type Unseen<'a> = Vec<&'a (ShopId, AlertItem)>;

/// Sends the digests that are due.
///
/// # Errors
/// [`Failure`]: the next run tries again.
pub async fn run(app: App) -> Result<(), Failure> {
    let alerts = app.store.undigested(AT_ONCE).await?;
    let mut people: BTreeMap<AgentId, Unseen<'_>> = BTreeMap::new();
    for alert in &alerts {
        for agent in &alert.1.to {
            people.entry(agent.clone()).or_default().push(alert);
        }
    }
    let mut still_owed: BTreeSet<&str> = BTreeSet::new();
    for (agent, unseen) in &people {
        if !told(&app, agent, unseen).await? {
            still_owed.extend(unseen.iter().map(|(_, alert)| alert.id.as_str()));
        }
    }
    for (shop, alert) in alerts.iter().filter(|(_, alert)| !still_owed.contains(alert.id.as_str())) {
        app.store.digested(shop, &alert.id).await?;
    }
    Ok(())
}

/// True if nothing is owed to that person any more: they were told, saw it, or want no mail.
async fn told(app: &App, agent: &AgentId, all: &Unseen<'_>) -> Result<bool, Failure> {
    if !app.store.digest_on(agent).await? {
        return Ok(true);
    }
    let mut shops: BTreeMap<&ShopId, Vec<&AlertItem>> = BTreeMap::new();
    for (shop, alert) in all {
        shops.entry(shop).or_default().push(alert);
    }
    let mut parts = Vec::new();
    let mut recipient: Option<(Email, String, Locale)> = None;
    for (id, alerts) in shops {
        let Some(record) = app.store.shop(id).await? else { continue };
        let Some(member) = record.shop.member(agent) else { continue };
        let Some(address) = member.email.as_deref().and_then(|text| Email::parse(text).ok()) else {
            continue;
        };
        let seen = app.store.desk(id, agent).await?.alerts_seen;
        let new = |alert: &&AlertItem| seen.as_deref().is_none_or(|seen| seen < alert.id.as_str());
        let lines: Vec<DigestLine> =
            alerts.into_iter().filter(new).map(|alert| line(alert, &record.shop)).collect();
        if !lines.is_empty() {
            recipient.get_or_insert((address, member.nickname.clone(), record.shop.locale));
            parts.push(DigestShop { name: record.shop.name.clone(), lines });
        }
    }
    let Some((to, nickname, locale)) = recipient else { return Ok(true) };
    let now = app.clock.now();
    if !app.store.claim_digest(agent, now).await? {
        return Ok(false);
    }
    let more = shorten(&mut parts);
    let link = Link::parse(&format!("{}/admin/", app.config.public_url));
    let link = link.map_err(|error| Failure::Configuration(error.to_string()))?;
    let notice = format!("digest-{agent}-{}", now.as_millisecond());
    let delivery = Delivery { notice: &notice, at: now, locale, to: &to };
    let from_address = app.config.mail_from.clone();
    let sender = Sender { shop_name: SENDER.to_owned(), from_address, phone: None, email: None };
    let digest = Digest { nickname: &nickname, shops: &parts, more, link: &link };
    match app.mailer.send(&letters::digest(&sender, &delivery, &digest)).await {
        Ok(_) => Ok(true),
        Err(failure) => {
            tracing::warn!(%agent, %failure, "a digest waits for the next run");
            Ok(false)
        }
    }
}

fn line(alert: &AlertItem, shop: &Shop) -> DigestLine {
    let local = shop.zone().to_datetime(alert.at);
    DigestLine {
        kind: alert.kind,
        reference: alert.inquiry.reference(),
        at: local.strftime("%Y-%m-%d %H:%M").to_string(),
    }
}

/// Cuts what a mail does not show; how many that are.
fn shorten(shops: &mut Vec<DigestShop>) -> usize {
    let (mut left, mut more) = (LINES, 0);
    for shop in shops.iter_mut() {
        let kept = shop.lines.len().min(left);
        more += shop.lines.len() - kept;
        shop.lines.truncate(kept);
        left -= kept;
    }
    shops.retain(|shop| !shop.lines.is_empty());
    more
}
