//! Bounded use of what strangers can reach (SPEC §2.4, §2.7): submissions per address of the
//! network and per mailbox, confirmation mails per mailbox over all shops.
//!
//! What a guest's submission uses is written in the submission's own transaction.

use domain::ids::ShopId;
use domain::limits::{Bucket, Mailbox, Rate};
use jiff::Timestamp;
use minicbor::{Decode, Encode};

use super::Store;
use super::keys::{self, Key};
use super::table::{Item, Value, When, Write};
use crate::failure::Failure;

/// How much a guest may submit.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// From one address of the network.
    pub per_network_address: Rate,
    /// Under one e-mail address.
    pub per_mailbox: Rate,
}

/// A guest's submission that may pass.
#[derive(Debug)]
pub struct Admission {
    /// Whether a confirmation mail goes with it; else an earlier one's link releases it.
    pub mail: bool,
    /// What to store with it.
    pub writes: Vec<Write>,
}

/// A guest's submission that may not pass now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused {
    /// Seconds until it may.
    pub retry_after: u64,
}

#[derive(Encode, Decode, Default)]
#[cbor(array)]
struct Used {
    /// Tokens left, in thousandths.
    #[n(0)]
    tokens: Option<u64>,
    #[n(1)]
    at: i64,
    /// Confirmation mails: the shop and when.
    #[n(2)]
    mails: Vec<(String, i64)>,
}

impl Store {
    /// Whether a guest may submit now; one read, and the writes to store with the submission.
    /// `network` and `mailbox` are hidden keys, not addresses.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn admit(
        &self,
        limits: Limits,
        shop: &ShopId,
        network: &str,
        mailbox: &str,
        now: Timestamp,
    ) -> Result<Result<Admission, Refused>, Failure> {
        let keys = [keys::quota("network", network), keys::quota("mailbox", mailbox)];
        let found = self.table.get_many(&keys).await?;
        let [network_key, mailbox_key] = keys;
        let (network_used, network_when) = used(&found, &network_key)?;
        let (mailbox_used, mailbox_when) = used(&found, &mailbox_key)?;
        let taken = bucket(&network_used)
            .take(limits.per_network_address, now)
            .and_then(|network| Ok((network, bucket(&mailbox_used).take(limits.per_mailbox, now)?)));
        let (network_left, mailbox_left) = match taken {
            Ok(left) => left,
            Err(wait) => return Ok(Err(Refused { retry_after: seconds(wait.0) })),
        };
        let mut mails = Mailbox::new(mailbox_used.mails.into_iter().filter_map(|(shop, at)| {
            Some((ShopId::parse(&shop).ok()?, Timestamp::from_millisecond(at).ok()?))
        }));
        let mail = match mails.confirmation(shop, now) {
            Ok(mail) => mail,
            Err(wait) => return Ok(Err(Refused { retry_after: seconds(wait.0) })),
        };
        let mails = mails.sent().map(|(shop, at)| (shop.to_string(), at.as_millisecond())).collect();
        let writes = vec![
            write(network_key, network_when, network_left, Vec::new()),
            write(mailbox_key, mailbox_when, mailbox_left, mails),
        ];
        Ok(Ok(Admission { mail, writes }))
    }
}

fn seconds(wait: jiff::SignedDuration) -> u64 {
    u64::try_from(wait.as_secs()).unwrap_or_default() + 1
}

fn used(found: &[Item], key: &Key) -> Result<(Used, When), Failure> {
    let item = found.iter().find(|item| {
        item.text("pk").is_ok_and(|pk| pk == key.pk) && item.text("sk").is_ok_and(|sk| sk == key.sk)
    });
    let Some(item) = item else { return Ok((Used::default(), When::Absent)) };
    let used = minicbor::decode(item.bytes("doc")?).map_err(|e| Failure::Unreadable(e.to_string()))?;
    Ok((used, When::Written(item.number("n")?)))
}

fn bucket(used: &Used) -> Bucket {
    match (used.tokens, Timestamp::from_millisecond(used.at)) {
        (Some(thousandths), Ok(at)) => Bucket::of(thousandths, at),
        _ => Bucket::full(),
    }
}

fn write(key: Key, when: When, left: Bucket, mails: Vec<(String, i64)>) -> Write {
    let (thousandths, at) = left.stored();
    let used = Used { tokens: Some(thousandths), at: at.as_millisecond(), mails };
    let mut doc = Vec::new();
    // Writing to memory cannot fail.
    let _ = minicbor::encode(&used, &mut doc);
    let n = if let When::Written(times) = when { times + 1 } else { 1 };
    // Forgotten two days after its last use: by then every limit has passed.
    let ttl = u64::try_from(at.as_second()).unwrap_or_default() + 2 * 24 * 3600;
    let item = Item::at(key)
        .with("n", Value::Number(n))
        .with("doc", Value::Bytes(doc))
        .with("ttl", Value::Number(ttl));
    Write::put(item, when)
}
