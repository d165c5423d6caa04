//! Everybody who may come to the door.

use common::auth::links;
use domain::actor::Role;

use super::door::Door;
use super::scene::{Object, Scene};
use super::shoppers::Signature;
use super::tokens::{claims, hmac, member, wrong_agents, wrong_members};
use crate::support::{LANTERN, TAIPEI, signing_key};

/// What somebody is at one shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Says nothing of themselves.
    Nobody,
    /// Says what is not true, or not said here.
    Invalid,
    /// A customer, with what is theirs.
    Customer(&'static [Object]),
    /// Of the staff; whether with the customer-service permission, and in which role.
    Staff(bool, Role),
    /// Staff, but not of this shop.
    Stranger,
    /// The shop's backend.
    Backend,
}

/// Somebody with what they send along.
#[derive(Debug)]
pub struct Caller {
    /// Who, in words.
    pub name: String,
    /// The `Authorization` header.
    pub authorization: Option<String>,
    /// The bare token, for a body.
    pub token: Option<String>,
    /// What they are at the first shop and at the second.
    pub standings: [Standing; 2],
    /// Whether the token is a link of a confirmation mail, or of a reply's, of the first shop.
    pub link: Option<Link>,
    /// How they sign what they say as a backend of the first shop, if they do.
    pub signature: Option<Signature>,
}

/// A link's purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    Confirm,
    Inquiry,
}

impl Caller {
    /// What they are at that shop.
    pub fn at(&self, shop: &str) -> Standing {
        self.standings[usize::from(shop == LANTERN)]
    }
}

const ADA: Standing = Standing::Customer(&[Object::Adas, Object::AdasMerged, Object::AdasOrder]);
const BEN: Standing = Standing::Customer(&[Object::Bens, Object::BensOrder]);
const GUS: Standing =
    Standing::Customer(&[Object::Guss, Object::GussSecond, Object::GussOrder, Object::GussSecondOrder]);
const GUS_BY_LINK: Standing = Standing::Customer(&[Object::Guss, Object::GussOrder]);
const NOTHING: Standing = Standing::Customer(&[]);
const INVALID: [Standing; 2] = [Standing::Invalid, Standing::Invalid];

/// All of them.
pub fn callers(door: &Door<'_>, scene: &Scene) -> Vec<Caller> {
    let mut all = vec![
        plain("nobody", None),
        plain("somebody with a password", Some("Basic YWRhOnNlY3JldA==")),
        plain("somebody with a token and no scheme", Some(&member(TAIPEI, &claims(door, TAIPEI, "ada")))),
    ];
    all.extend(customers(door, scene));
    all.extend(staff(door));
    all.extend(backends(scene));
    let forged =
        wrong_members(door).into_iter().map(|(how, token)| (format!("a member's token {how}"), token));
    let forged_agents =
        wrong_agents(door).into_iter().map(|(how, token)| (format!("an agent's token {how}"), token));
    all.extend(forged.chain(forged_agents).map(|(name, token)| bearer(&name, token, INVALID)));
    all
}

fn customers(door: &Door<'_>, scene: &Scene) -> Vec<Caller> {
    let only_here = |standing| [standing, Standing::Invalid];
    let ada = || claims(door, TAIPEI, "ada");
    let now = door.now();
    let new_key = signing_key("taipei-2");
    let late = common::auth::MemberClaims { iat: now - 3_659, exp: now - 59, ..ada() };
    let early = common::auth::MemberClaims { iat: now + 60, exp: now + 3_660, ..ada() };
    let confirm = Caller {
        link: Some(Link::Confirm),
        ..bearer("the link of a confirmation mail", scene.confirm_link.clone(), INVALID)
    };
    let inquiry = Caller {
        link: Some(Link::Inquiry),
        ..bearer("the link of a reply's mail", scene.inquiry_link.clone(), INVALID)
    };
    vec![
        bearer("ada", member(TAIPEI, &ada()), only_here(ADA)),
        bearer(
            "ada, by the newer key",
            hmac(jsonwebtoken::Algorithm::HS256, Some(&new_key.id), &new_key.secret, &ada()),
            only_here(ADA),
        ),
        bearer("ada, within the leeway after", member(TAIPEI, &late), only_here(ADA)),
        bearer("ada, within the leeway before", member(TAIPEI, &early), only_here(ADA)),
        bearer("ben", member(TAIPEI, &claims(door, TAIPEI, "ben")), only_here(BEN)),
        bearer("a member who never asked", member(TAIPEI, &claims(door, TAIPEI, "new")), only_here(NOTHING)),
        bearer(
            "ada of the second shop",
            member(LANTERN, &claims(door, LANTERN, "ada")),
            [Standing::Invalid, Standing::Customer(&[Object::OtherShops, Object::OtherShopsOrder])],
        ),
        bearer("gus, after confirming", session(door, scene, TAIPEI, None), only_here(GUS)),
        bearer(
            "gus, by the link of a reply",
            session(door, scene, TAIPEI, Some(Object::Guss)),
            only_here(GUS_BY_LINK),
        ),
        bearer(
            "a session of the second shop",
            session(door, scene, LANTERN, None),
            [Standing::Invalid, NOTHING],
        ),
        bearer("a session that has ended", ended_session(door, scene), INVALID),
        confirm,
        inquiry,
    ]
}

fn staff(door: &Door<'_>) -> Vec<Caller> {
    let agent = |name: &str, id: &str, standings| bearer(name, door.agent(id, |_| {}), standings);
    let serves = Standing::Staff(true, Role::Agent);
    let supervises = Standing::Staff(true, Role::Supervisor);
    let (runs, owns) = (Standing::Staff(true, Role::Owner), Standing::Staff(false, Role::Owner));
    let stranger = Standing::Stranger;
    let late = door.agent("mia", |it| it["exp"] = serde_json::json!(door.now() - 59));
    vec![
        agent("mia, an agent", "mia", [serves, stranger]),
        agent("leo, another agent", "leo", [serves, stranger]),
        agent("sue, the supervisor", "sue", [supervises, stranger]),
        agent("otto, an owner, in the second shop without service", "otto", [runs, owns]),
        agent("nora, of the second shop", "nora", [stranger, runs]),
        agent("somebody who works nowhere", "zed", [stranger, stranger]),
        bearer("mia, within the leeway", late, [serves, stranger]),
    ]
}

fn backends(scene: &Scene) -> Vec<Caller> {
    let own = &scene.backends;
    let cut = own.key[..own.key.len() - 1].to_owned();
    let signs = |name: &str, signature| Caller { signature: Some(signature), ..plain(name, None) };
    vec![
        bearer("the first shop's backend", own.key.clone(), [Standing::Backend, Standing::Invalid]),
        bearer(
            "the second shop's backend",
            own.other_shops_key.clone(),
            [Standing::Invalid, Standing::Backend],
        ),
        bearer("a backend whose key was revoked", own.revoked_key.clone(), INVALID),
        bearer("a key with its end cut off", cut, INVALID),
        bearer("a key as it is stored", common::ids::digest(&own.key), INVALID),
        bearer("the beginning of every key", "kefu_".to_owned(), INVALID),
        signs("a backend that signs", Signature::Good),
        signs("a backend that signs what somebody changes", Signature::Changed),
        signs("a backend that signed five minutes ago", Signature::Old),
        signs("a backend that signs in the future", Signature::Early),
        signs("a backend with another shop's secret", Signature::OtherShops),
        signs("a backend with a secret that was replaced", Signature::Replaced),
    ]
}

fn plain(name: &str, authorization: Option<&str>) -> Caller {
    let standings = [Standing::Nobody, Standing::Nobody];
    let authorization = authorization.map(str::to_owned);
    Caller { name: name.to_owned(), authorization, token: None, standings, link: None, signature: None }
}

fn bearer(name: &str, token: String, standings: [Standing; 2]) -> Caller {
    Caller {
        name: name.to_owned(),
        authorization: Some(format!("Bearer {token}")),
        token: Some(token),
        standings,
        link: None,
        signature: None,
    }
}

fn gus(scene: &Scene, shop: &str, only: Option<Object>) -> links::Session {
    let id = domain::ids::InquiryId::parse(&scene.id(Object::Guss)).expect("an id");
    links::Session {
        shop: shop.to_owned(),
        customer: id.customer().to_string(),
        name: "Gus Guest".to_owned(),
        email: "gus@example.com".to_owned(),
        only: only.map(|object| scene.id(object)),
    }
}

fn session(door: &Door<'_>, scene: &Scene, shop: &str, only: Option<Object>) -> String {
    links::make(&door.app, gus(scene, shop, only), door.desk.now()).expect("a session").0
}

fn ended_session(door: &Door<'_>, scene: &Scene) -> String {
    let begun = door.desk.now() - links::SESSION_LIVES;
    links::make(&door.app, gus(scene, TAIPEI, None), begun).expect("a session").0
}
