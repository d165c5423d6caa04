//! One person's digest: what they still have to be told, and their mail of the hour.

use std::collections::BTreeMap;

use common::app::App;
use common::failure::Failure;
use common::mail::MailFailure;
use common::mail::letters::{self, Delivery, Digest, DigestLine, DigestShop, Link, Sender};
use common::store::AlertItem;
use domain::ids::{AgentId, ShopId};
use domain::labels::Locale;
use domain::shop::Shop;
use domain::text::Email;
use jiff::Timestamp;

use super::Unseen;

/// Lines of a mail; of the rest only the number is told.
const LINES: usize = 20;
/// What these mails are from.
const SENDER: &str = "Kefu 客服";

/// What is to be told to an address. Each shop names one of its own for a person: no shop's owner
/// reads of another shop.
struct Part<'a> {
    nickname: String,
    locale: Locale,
    shops: Vec<ShopPart<'a>>,
}

/// A shop with its name, and what is to be told of it, oldest first.
type ShopPart<'a> = (&'a ShopId, String, Vec<(&'a AlertItem, DigestLine)>);

/// An alert, by its shop and its id.
type Named<'a> = (&'a ShopId, &'a str);

/// Sends somebody's mail of the hour if there is something to tell, and answers with what is still
/// owed to them then: they were not told it, did not see it, and want mail.
pub async fn still_owed<'a>(
    app: &App,
    agent: &AgentId,
    unseen: &Unseen<'a>,
) -> Result<Vec<Named<'a>>, Failure> {
    if !app.store.digest_on(agent).await? {
        return Ok(Vec::new());
    }
    let parts = parts(app, agent, unseen).await?;
    if parts.is_empty() {
        return Ok(Vec::new());
    }
    let now = app.clock.now();
    if !app.store.claim_digest(agent, now).await? {
        return Ok(parts.values().flat_map(named).collect());
    }
    // Whoever had the claim before may have told some of it since it was read.
    let (mut owed, mut sent) = (Vec::new(), false);
    for (address, part) in self::parts(app, agent, unseen).await? {
        let told = send(app, (agent, &address), &part, now).await?;
        sent |= told != Told::No;
        if told == Told::Yes {
            for (shop, _, alerts) in &part.shops {
                if let Some((newest, _)) = alerts.last() {
                    app.store.tell_until(shop, agent, &newest.id).await?;
                }
            }
        } else {
            owed.extend(named(&part));
        }
    }
    if !sent {
        app.store.release_digest(agent, now).await?;
    }
    Ok(owed)
}

/// What somebody neither saw nor was told, by the address to which it goes; the oldest first.
async fn parts<'a>(
    app: &App,
    agent: &AgentId,
    unseen: &Unseen<'a>,
) -> Result<BTreeMap<String, Part<'a>>, Failure> {
    let mut shops: BTreeMap<&ShopId, Vec<&AlertItem>> = BTreeMap::new();
    for (shop, alert) in unseen {
        shops.entry(shop).or_default().push(alert);
    }
    let mut parts: BTreeMap<String, Part<'_>> = BTreeMap::new();
    for (id, alerts) in shops {
        let Some(record) = app.store.shop(id).await? else { continue };
        let Some(member) = record.shop.member(agent) else { continue };
        let Some(address) = member.email.as_deref().filter(|text| Email::parse(text).is_ok()) else {
            continue;
        };
        let seen = app.store.desk(id, agent).await?.alerts_seen;
        let known = app.store.told_until(id, agent).await?.max(seen);
        let new = |alert: &&AlertItem| known.as_deref().is_none_or(|known| known < alert.id.as_str());
        let lines: Vec<_> =
            alerts.into_iter().filter(new).map(|alert| (alert, line(alert, &record.shop))).collect();
        if lines.is_empty() {
            continue;
        }
        let part = parts.entry(address.to_owned()).or_insert_with(|| Part {
            nickname: member.nickname.clone(),
            locale: record.shop.locale,
            shops: Vec::new(),
        });
        part.shops.push((id, record.shop.name.clone(), lines));
    }
    Ok(parts)
}

fn named<'a, 'b>(part: &'b Part<'a>) -> impl Iterator<Item = Named<'a>> + use<'a, 'b> {
    let shops = part.shops.iter();
    shops.flat_map(|(shop, _, alerts)| alerts.iter().map(|(alert, _)| (*shop, alert.id.as_str())))
}

/// Whether a mail told its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    /// It went out, or never will.
    Yes,
    /// The service's answer is not known.
    Perhaps,
    /// It did not go out.
    No,
}

async fn send(
    app: &App,
    (agent, address): (&AgentId, &str),
    part: &Part<'_>,
    now: Timestamp,
) -> Result<Told, Failure> {
    let Ok(to) = Email::parse(address) else { return Ok(Told::Yes) };
    let shops = part.shops.iter().map(|(_, name, alerts)| DigestShop {
        name: name.clone(),
        lines: alerts.iter().map(|(_, line)| line.clone()).collect(),
    });
    let mut shops: Vec<DigestShop> = shops.collect();
    let more = shorten(&mut shops);
    let link = Link::parse(&format!("{}/admin/", app.config.public_url));
    let link = link.map_err(|error| Failure::Configuration(error.to_string()))?;
    let first = part.shops.first().map_or("", |(shop, _, _)| shop.as_str());
    let notice = format!("digest-{agent}-{first}-{}", now.as_millisecond());
    let delivery = Delivery { notice: &notice, at: now, locale: part.locale, to: &to };
    let from_address = app.config.mail_from.clone();
    let sender = Sender { shop_name: SENDER.to_owned(), from_address, phone: None, email: None };
    let digest = Digest { nickname: &part.nickname, shops: &shops, more, link: &link };
    match app.mailer.send(&letters::digest(&sender, &delivery, &digest)).await {
        Ok(_) => Ok(Told::Yes),
        Err(failure @ MailFailure::Refused { .. }) => {
            // Trying again would be refused again; the bell tells it all the same.
            tracing::error!(%agent, %failure, "a digest was refused for good");
            Ok(Told::Yes)
        }
        Err(failure @ MailFailure::Unavailable { maybe_sent, .. }) => {
            tracing::warn!(%agent, %failure, "a digest waits for another run");
            Ok(if maybe_sent { Told::Perhaps } else { Told::No })
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
