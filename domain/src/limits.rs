//! How much strangers may use (SPEC §2.4, §2.7), as pure rules.

use jiff::{SignedDuration, Timestamp};

use crate::ids::ShopId;

/// A bound on use: so much per span, all at once if need be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// How much.
    pub most: u32,
    /// Per how long.
    pub per: SignedDuration,
}

/// A bucket of tokens that fills steadily and is emptied by use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bucket {
    /// Thousandths of a token at the time; `None` is a full bucket.
    left: Option<(u64, Timestamp)>,
}

/// How long to wait until there is something left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait(pub SignedDuration);

impl Bucket {
    /// A bucket that nobody has used.
    pub const fn full() -> Self {
        Self { left: None }
    }

    /// A bucket with so many thousandths of a token at that time.
    pub const fn of(thousandths: u64, at: Timestamp) -> Self {
        Self { left: Some((thousandths, at)) }
    }

    /// Thousandths of a token and the time, to be stored after a use.
    pub fn stored(&self) -> (u64, Timestamp) {
        self.left.unwrap_or((0, Timestamp::UNIX_EPOCH))
    }

    /// Takes one token.
    ///
    /// # Errors
    /// [`Wait`] until there is one.
    pub fn take(&self, rate: Rate, now: Timestamp) -> Result<Self, Wait> {
        let full = u128::from(rate.most) * 1000;
        let span = u128::try_from(rate.per.as_millis()).unwrap_or(1).max(1);
        let left = self.left.map_or(full, |(left, at)| {
            let passed = u128::try_from(now.duration_since(at).as_millis()).unwrap_or(0);
            (u128::from(left) + passed * full / span).min(full)
        });
        if left < 1000 {
            let missing = (1000 - left) * span / full.max(1);
            return Err(Wait(SignedDuration::from_millis(i64::try_from(missing).unwrap_or(i64::MAX))));
        }
        let left = u64::try_from(left - 1000).unwrap_or(u64::MAX);
        Ok(Self { left: Some((left, now)) })
    }
}

/// The most confirmation mails that an address gets in a day, over all shops (SPEC §2.4).
pub const CONFIRMATIONS_A_DAY: usize = 3;
/// How long the link of a confirmation mail lives (SPEC §2.4).
pub const CONFIRMATION_LIVES: SignedDuration = SignedDuration::from_hours(72);

/// The confirmation mails that an address got lately.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mailbox {
    sent: Vec<(ShopId, Timestamp)>,
}

impl Mailbox {
    /// From what was sent.
    pub fn new(sent: impl IntoIterator<Item = (ShopId, Timestamp)>) -> Self {
        Self { sent: sent.into_iter().collect() }
    }

    /// Whether a submission in `shop` sends a mail (and notes that it does), or an earlier
    /// mail's living link releases it.
    ///
    /// # Errors
    /// [`Wait`] when the day's mails went to other shops, so that no link would release it.
    pub fn confirmation(&mut self, shop: &ShopId, now: Timestamp) -> Result<bool, Wait> {
        let since = |span| now.saturating_sub(span).unwrap_or(Timestamp::MIN);
        self.sent.retain(|(_, at)| *at > since(CONFIRMATION_LIVES));
        let day = since(SignedDuration::from_hours(24));
        let today: Vec<Timestamp> = self.sent.iter().map(|(_, at)| *at).filter(|at| *at > day).collect();
        if today.len() < CONFIRMATIONS_A_DAY {
            self.sent.push((shop.clone(), now));
            return Ok(true);
        }
        if self.sent.iter().any(|(of, _)| of == shop) {
            return Ok(false);
        }
        let oldest = today.into_iter().min().unwrap_or(now);
        Err(Wait(oldest.duration_since(day)))
    }

    /// What was sent and still matters.
    pub fn sent(&self) -> impl Iterator<Item = (&ShopId, Timestamp)> {
        self.sent.iter().map(|(shop, at)| (shop, *at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{at, shop, single_agent_shop};

    const HOUR: SignedDuration = SignedDuration::from_hours(1);

    #[test]
    fn a_bucket_empties_and_fills_steadily() -> Result<(), Wait> {
        let rate = Rate { most: 2, per: HOUR };
        let used = Bucket::full().take(rate, at(0))?.take(rate, at(0))?;
        assert_eq!(used.take(rate, at(0)), Err(Wait(SignedDuration::from_mins(30))));
        assert!(used.take(rate, at(1799)).is_err());
        assert!(used.take(rate, at(1800)).is_ok());
        Ok(())
    }

    #[test]
    fn the_fourth_submission_of_a_day_sends_no_mail_and_the_earlier_link_releases_it() -> Result<(), Wait> {
        let shop = shop().id;
        let mut mailbox = Mailbox::default();
        for second in 0..3 {
            assert!(mailbox.confirmation(&shop, at(second))?);
        }
        assert!(!mailbox.confirmation(&shop, at(3))?);
        assert!(!mailbox.confirmation(&shop, at(24 * 3600 - 1))?);
        assert!(mailbox.confirmation(&shop, at(24 * 3600))?);
        Ok(())
    }

    #[test]
    fn mails_of_other_shops_count_but_release_nothing_here() -> Result<(), Wait> {
        let mut mailbox = Mailbox::default();
        for second in 0..3 {
            mailbox.confirmation(&single_agent_shop_id(), at(second))?;
        }
        let other = ShopId::parse("other").map_err(|_| Wait(HOUR))?;
        assert_eq!(
            mailbox.confirmation(&other, at(10)),
            Err(Wait(SignedDuration::from_secs(24 * 3600 - 10)))
        );
        Ok(())
    }

    fn single_agent_shop_id() -> ShopId {
        single_agent_shop().id
    }
}
