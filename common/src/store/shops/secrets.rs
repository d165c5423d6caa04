//! The secrets with which a shop's backend and Kefu sign, and how one takes the place of another
//! (docs/decisions/0013): a new one signs nothing before an owner says that the backend knows it.

use super::SigningKey;

/// What a secret is there for. Whoever signs with any of them is believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretRole {
    /// Kefu signs with it.
    Current,
    /// It will, once it is activated; until then the backend need not know it.
    Next,
    /// It did before.
    Previous,
}

impl SecretRole {
    /// Its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Next => "next",
            Self::Previous => "previous",
        }
    }
}

/// Why the secrets stay as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretRefusal {
    /// There is none of that id.
    Missing,
    /// The next one is there already.
    Waiting,
    /// It is the current one.
    InUse,
    /// It signed before, and does not again.
    NotNext,
}

/// At most one secret of each role; the first is the current one.
#[derive(Debug, Clone, Default)]
pub struct WebhookSecrets {
    current: Option<SigningKey>,
    next: Option<SigningKey>,
    previous: Option<SigningKey>,
}

impl WebhookSecrets {
    /// A shop's first.
    pub const fn first(secret: SigningKey) -> Self {
        Self { current: Some(secret), next: None, previous: None }
    }

    /// As they are stored: those that sign or did, the newest last, and the next one.
    pub(super) fn stored(mut signing: Vec<SigningKey>, next: Option<SigningKey>) -> Self {
        let current = signing.pop();
        Self { current, next, previous: signing.pop() }
    }

    /// Those that sign or did, the newest last.
    pub(super) fn signing(&self) -> impl Iterator<Item = &SigningKey> {
        self.previous.iter().chain(&self.current)
    }

    /// The one that signs.
    pub const fn current(&self) -> Option<&SigningKey> {
        self.current.as_ref()
    }

    /// The one that will sign once it is activated.
    pub(super) const fn waiting(&self) -> Option<&SigningKey> {
        self.next.as_ref()
    }

    /// All of them by their roles.
    pub fn roles(&self) -> impl Iterator<Item = (SecretRole, &SigningKey)> {
        let all = [
            (SecretRole::Current, &self.current),
            (SecretRole::Next, &self.next),
            (SecretRole::Previous, &self.previous),
        ];
        all.into_iter().filter_map(|(role, secret)| Some((role, secret.as_ref()?)))
    }

    /// All that are believed, the one that signs last.
    pub fn believed(&self) -> Vec<SigningKey> {
        self.previous.iter().chain(&self.next).chain(&self.current).cloned().collect()
    }

    /// A new one: the next, or the current one where there is none. The same again changes nothing.
    ///
    /// # Errors
    /// [`SecretRefusal::Waiting`].
    pub fn add(&mut self, secret: &SigningKey) -> Result<(), SecretRefusal> {
        if self.role(&secret.id).is_some() {
            return Ok(());
        }
        let place = if self.current.is_none() { &mut self.current } else { &mut self.next };
        if place.is_some() {
            return Err(SecretRefusal::Waiting);
        }
        *place = Some(secret.clone());
        Ok(())
    }

    /// Lets the next one sign, and keeps the one that did as the previous one. The same again changes nothing.
    ///
    /// # Errors
    /// [`SecretRefusal`].
    pub fn activate(&mut self, id: &str) -> Result<(), SecretRefusal> {
        match self.role(id).ok_or(SecretRefusal::Missing)? {
            SecretRole::Current => Ok(()),
            SecretRole::Next => {
                self.previous = std::mem::replace(&mut self.current, self.next.take());
                Ok(())
            }
            SecretRole::Previous => Err(SecretRefusal::NotNext),
        }
    }

    /// Forgets one that does not sign: it is believed no longer.
    ///
    /// # Errors
    /// [`SecretRefusal`].
    pub fn delete(&mut self, id: &str) -> Result<(), SecretRefusal> {
        match self.role(id).ok_or(SecretRefusal::Missing)? {
            SecretRole::Current => return Err(SecretRefusal::InUse),
            SecretRole::Next => self.next = None,
            SecretRole::Previous => self.previous = None,
        }
        Ok(())
    }

    fn role(&self, id: &str) -> Option<SecretRole> {
        self.roles().find(|(_, secret)| secret.id == id).map(|(role, _)| role)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(id: &str) -> SigningKey {
        SigningKey { id: id.to_owned(), secret: id.as_bytes().to_vec() }
    }

    fn told(secrets: &WebhookSecrets) -> Vec<(&str, &str)> {
        secrets.roles().map(|(role, secret)| (role.as_str(), secret.id.as_str())).collect()
    }

    #[test]
    fn a_new_one_signs_only_once_it_is_activated() {
        let mut secrets = WebhookSecrets::default();
        assert_eq!(secrets.add(&secret("a")), Ok(()));
        assert_eq!(told(&secrets), [("current", "a")]);
        assert_eq!(secrets.add(&secret("b")), Ok(()));
        assert_eq!(told(&secrets), [("current", "a"), ("next", "b")]);
        assert_eq!(secrets.add(&secret("b")), Ok(()), "it was stored, and nobody heard of it");
        assert_eq!(secrets.add(&secret("c")), Err(SecretRefusal::Waiting));
        assert_eq!(secrets.activate("b"), Ok(()));
        assert_eq!(secrets.activate("b"), Ok(()));
        assert_eq!(told(&secrets), [("current", "b"), ("previous", "a")]);
        assert_eq!(secrets.activate("a"), Err(SecretRefusal::NotNext));
        assert_eq!(secrets.add(&secret("c")), Ok(()));
        assert_eq!(secrets.believed().last().map(|secret| secret.id.as_str()), Some("b"));
        assert_eq!(secrets.believed().len(), 3);
        assert_eq!(secrets.activate("c"), Ok(()));
        assert_eq!(told(&secrets), [("current", "c"), ("previous", "b")]);
    }

    #[test]
    fn all_but_the_one_that_signs_can_be_deleted() {
        let mut secrets = WebhookSecrets::first(secret("a"));
        assert_eq!(secrets.delete("a"), Err(SecretRefusal::InUse));
        assert_eq!(secrets.add(&secret("b")), Ok(()));
        assert_eq!(secrets.delete("b"), Ok(()));
        assert_eq!(secrets.delete("b"), Err(SecretRefusal::Missing));
        assert_eq!(secrets.activate("b"), Err(SecretRefusal::Missing));
        assert_eq!((secrets.add(&secret("c")), secrets.activate("c")), (Ok(()), Ok(())));
        assert_eq!(secrets.delete("a"), Ok(()));
        assert_eq!(told(&secrets), [("current", "c")]);
    }
}
