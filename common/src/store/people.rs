//! What belongs to a person of the staff: proposals for a new nickname or avatar, approved
//! avatars (SPEC §1), and whether and when digests go to them (SPEC §7.7).

use domain::ids::{AgentId, ShopId};
use jiff::{SignedDuration, Timestamp};

use super::keys::{self, Key};
use super::table::{ConditionFailed, Item, Query, Range, Update, Value, When, Write};
use super::{ATTEMPTS, Store};
use crate::failure::Failure;
use crate::ids;

/// Nobody gets digests more often (SPEC §7.7).
const BETWEEN_DIGESTS: SignedDuration = SignedDuration::from_hours(1);
/// The most proposals of a shop that are read.
const MOST_PROPOSALS: usize = 200;

/// A picture as it was sent: its bytes and its kind, which is also the end of its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// `png`, `jpeg` or `webp`.
    pub kind: String,
}

impl Picture {
    /// The kind of a picture, told by its first bytes.
    pub fn of(bytes: Vec<u8>) -> Option<Self> {
        let kind = match bytes.as_slice() {
            [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => "png",
            [0xFF, 0xD8, 0xFF, ..] => "jpeg",
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "webp",
            _ => return None,
        };
        Some(Self { kind: kind.to_owned(), bytes })
    }
    /// Its name: by what is in it, so that it never changes under a name.
    fn file(&self) -> String {
        format!("{:016x}.{}", ids::fingerprint(&[&self.bytes]), self.kind)
    }
}

/// What somebody wants to be called, and to look like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Who.
    pub agent: AgentId,
    /// The new nickname, if it is to change.
    pub nickname: Option<String>,
    /// The new avatar, if it is to change.
    pub avatar: Option<Picture>,
    /// Since when it waits.
    pub at: Timestamp,
}

fn proposal_key(shop: &ShopId, agent: &AgentId) -> Key {
    keys::shop(shop, format!("proposal#{agent}"))
}

fn avatar_key(shop: &ShopId, file: &str) -> Key {
    keys::shop(shop, format!("avatar#{file}"))
}

fn digest_key(agent: &AgentId) -> Key {
    Key { pk: format!("person#{agent}"), sk: "digest".to_owned() }
}

fn told_key(shop: &ShopId, agent: &AgentId) -> Key {
    Key { pk: format!("person#{agent}"), sk: format!("told#{shop}") }
}

fn moment(at: Timestamp) -> Value {
    Value::Number(u64::try_from(at.as_millisecond()).unwrap_or_default())
}

impl Store {
    /// Keeps a proposal until a supervisor decides; the one before is forgotten.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn propose(&self, shop: &ShopId, proposal: Proposal) -> Result<(), Failure> {
        let mut item = Item::at(proposal_key(shop, &proposal.agent)).with("at_ms", moment(proposal.at));
        if let Some(nickname) = proposal.nickname {
            item = item.with("nickname", Value::Text(nickname));
        }
        if let Some(picture) = proposal.avatar {
            item = item.with("picture", Value::Bytes(picture.bytes));
        }
        self.table.put(item, When::Always).await.map(|_| ())
    }

    /// Somebody's proposal that waits.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn proposal(&self, shop: &ShopId, agent: &AgentId) -> Result<Option<Proposal>, Failure> {
        let item = self.table.get(&proposal_key(shop, agent), true).await?;
        item.as_ref().map(read).transpose()
    }

    /// All proposals of a shop that wait.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn proposals(&self, shop: &ShopId) -> Result<Vec<Proposal>, Failure> {
        let partition = keys::shop(shop, "").pk;
        let query = Query {
            index: None,
            partition: &partition,
            range: Range::Begins("proposal#"),
            newest_first: false,
            limit: MOST_PROPOSALS,
        };
        self.table.query_consistent(query).await?.items.iter().map(read).collect()
    }

    /// Puts a proposal into effect: the shop shows it from now on. False if there is no such
    /// person any more.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn approve(&self, shop: &ShopId, proposal: &Proposal) -> Result<bool, Failure> {
        if let Some(picture) = &proposal.avatar {
            let item = Item::at(avatar_key(shop, &picture.file()))
                .with("picture", Value::Bytes(picture.bytes.clone()));
            self.table.put(item, When::Always).await?;
        }
        for _ in 0..ATTEMPTS {
            let Some(fresh) = self.fresh_shop(shop).await? else { return Ok(false) };
            let mut record = (*fresh).clone();
            let member = record.shop.members.iter_mut().find(|member| member.agent == proposal.agent);
            let Some(member) = member else { return Ok(false) };
            if let Some(nickname) = &proposal.nickname {
                member.nickname.clone_from(nickname);
            }
            if let Some(picture) = &proposal.avatar {
                member.avatar = Some(picture.file());
            }
            if self.change_shop(&record).await? {
                return Ok(true);
            }
        }
        Err(Failure::Contended)
    }

    /// Forgets a proposal: it was decided. One that came in its place meanwhile stays.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn forget_proposal(&self, shop: &ShopId, proposal: &Proposal) -> Result<(), Failure> {
        let key = proposal_key(shop, &proposal.agent);
        let at = vec![(":at", moment(proposal.at))];
        let write = Write::DeleteIf(key, "attribute_not_exists(pk) OR at_ms = :at", at);
        self.table.put_all(vec![write]).await.map(|_| ())
    }

    /// An approved avatar.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn avatar(&self, shop: &ShopId, file: &str) -> Result<Option<Picture>, Failure> {
        let item = self.table.get(&avatar_key(shop, file), false).await?;
        Ok(item.and_then(|item| item.bytes("picture").ok().map(<[u8]>::to_vec)).and_then(Picture::of))
    }

    /// Whether somebody gets digests; so it is until they turn them off.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn digest_on(&self, agent: &AgentId) -> Result<bool, Failure> {
        let item = self.table.get(&digest_key(agent), true).await?;
        Ok(!item.and_then(|item| item.truth("is_off")).unwrap_or_default())
    }

    /// Turns somebody's digests on or off.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn set_digest(&self, agent: &AgentId, on: bool) -> Result<(), Failure> {
        let update = Update {
            key: digest_key(agent),
            actions: "SET is_off = :off".to_owned(),
            condition: None,
            values: vec![(":off", Value::Truth(!on))],
        };
        self.table.update(update).await.map(|_| ())
    }

    /// Claims somebody's digest of this hour. False if they had one within the last hour: whatever
    /// runs twice or at once, nobody gets more.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn claim_digest(&self, agent: &AgentId, now: Timestamp) -> Result<bool, Failure> {
        let before = now.saturating_sub(BETWEEN_DIGESTS).unwrap_or(now);
        let update = Update {
            key: digest_key(agent),
            actions: "SET told_at = :now".to_owned(),
            condition: Some("attribute_not_exists(told_at) OR told_at <= :before"),
            values: vec![(":now", moment(now)), (":before", moment(before))],
        };
        let claimed: Result<_, ConditionFailed> = self.table.update(update).await?;
        Ok(claimed.is_ok())
    }

    /// Gives a claim back with which no mail was sent: the next run may try.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn release_digest(&self, agent: &AgentId, claimed: Timestamp) -> Result<(), Failure> {
        let update = Update {
            key: digest_key(agent),
            actions: "REMOVE told_at".to_owned(),
            condition: Some("told_at = :claimed"),
            values: vec![(":claimed", moment(claimed))],
        };
        let _: Result<_, ConditionFailed> = self.table.update(update).await?;
        Ok(())
    }

    /// Up to which alert of a shop somebody was told by mail.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn told_until(&self, shop: &ShopId, agent: &AgentId) -> Result<Option<String>, Failure> {
        let item = self.table.get(&told_key(shop, agent), true).await?;
        Ok(item.and_then(|item| item.text("told_until").ok().map(str::to_owned)))
    }

    /// Somebody was told by mail of a shop's alerts up to that one.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn tell_until(&self, shop: &ShopId, agent: &AgentId, until: &str) -> Result<(), Failure> {
        let update = Update {
            key: told_key(shop, agent),
            actions: "SET told_until = :until".to_owned(),
            condition: Some("attribute_not_exists(told_until) OR told_until < :until"),
            values: vec![(":until", Value::Text(until.to_owned()))],
        };
        let _: Result<_, ConditionFailed> = self.table.update(update).await?;
        Ok(())
    }
}

fn read(item: &Item) -> Result<Proposal, Failure> {
    let unreadable = || Failure::Unreadable("a proposal".to_owned());
    let agent = item.text("sk")?.strip_prefix("proposal#").and_then(|id| AgentId::parse(id).ok());
    let at = i64::try_from(item.number("at_ms")?).ok().and_then(|ms| Timestamp::from_millisecond(ms).ok());
    Ok(Proposal {
        agent: agent.ok_or_else(unreadable)?,
        nickname: item.text("nickname").ok().map(str::to_owned),
        avatar: item.bytes("picture").ok().map(<[u8]>::to_vec).and_then(Picture::of),
        at: at.ok_or_else(unreadable)?,
    })
}
