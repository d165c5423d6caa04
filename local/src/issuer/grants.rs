//! What the issuer has granted: sessions of people who signed in, codes on their way to the admin site, and
//! tokens that renew. It is kept in memory only: after a restart people choose again who they are.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use common::ids;

/// How long the issuer itself remembers who somebody is, as Cognito does.
pub const SESSION_SECONDS: i64 = 60 * 60;
/// How long a code may be on its way.
pub const CODE_SECONDS: i64 = 60;
/// How long a sign-in is renewed: a working day, however often that is done.
pub const RENEWED_SECONDS: i64 = 12 * 60 * 60;

/// All of it.
#[derive(Debug, Default)]
pub struct Grants(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    sessions: HashMap<String, Session>,
    codes: HashMap<String, Code>,
    families: HashMap<String, Family>,
    /// Which family a renewing token belongs to; spent ones stay known for as long as it lives.
    renewing: HashMap<String, Renewing>,
}

/// Somebody who is signed in at the issuer.
#[derive(Clone, Debug)]
pub struct Session {
    id: String,
    agent: String,
    since: i64,
}

/// What an application asked a code for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Which application.
    pub client: String,
    /// Where the code was sent.
    pub redirect_uri: String,
    /// The SHA-256 of what only the asker knows, in base64url.
    pub challenge: String,
    /// What the identity token repeats.
    pub nonce: Option<String>,
}

/// What is shown with a code.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// Which application shows it.
    pub client: &'a str,
    /// Where it says that it received the code.
    pub redirect_uri: &'a str,
    /// What only the asker knows.
    pub verifier: &'a str,
}

#[derive(Debug)]
struct Code {
    asked: Asked,
    session: Session,
    until: i64,
    /// What was granted for it, once it was shown.
    spent: Option<String>,
}

/// All tokens that go back to one code.
#[derive(Debug)]
struct Family {
    client: String,
    session: Session,
    until: i64,
}

#[derive(Debug)]
struct Renewing {
    family: String,
    spent: bool,
}

/// Who may have tokens now.
#[derive(Debug, PartialEq, Eq)]
pub struct Granted {
    /// Who.
    pub agent: String,
    /// When they signed in.
    pub since: i64,
    /// What the identity token repeats.
    pub nonce: Option<String>,
    /// The next token that renews, good once.
    pub renewing: String,
}

impl Grants {
    /// Signs somebody in; what their browser shows from now on.
    pub fn begin(&self, agent: &str, now: i64) -> Session {
        let session = Session { id: secret(), agent: agent.to_owned(), since: now };
        self.state(now).sessions.insert(session.id.clone(), session.clone());
        session
    }

    /// Who shows this.
    pub fn session(&self, id: &str, now: i64) -> Option<Session> {
        self.state(now).sessions.get(id).cloned()
    }

    /// Signs somebody out: nothing that goes back to this session is renewed any more.
    pub fn end(&self, id: &str, now: i64) {
        let mut state = self.state(now);
        state.sessions.remove(id);
        state.codes.retain(|_, code| code.session.id != id);
        state.families.retain(|_, family| family.session.id != id);
        state.forget_orphans();
    }

    /// A code for who is signed in.
    pub fn code(&self, session: Session, asked: Asked, now: i64) -> String {
        let code = secret();
        let granted = Code { asked, session, until: now + CODE_SECONDS, spent: None };
        self.state(now).codes.insert(code.clone(), granted);
        code
    }

    /// Takes a code in. It is good once, whatever comes of it; shown again, it ends what it gave.
    pub fn redeem(&self, code: &str, shown: Shown<'_>, now: i64) -> Option<Granted> {
        let mut state = self.state(now);
        let found = state.codes.get_mut(code)?;
        if let Some(family) = &found.spent {
            let family = family.clone();
            state.revoke(&family);
            return None;
        }
        let family = secret();
        found.spent = Some(family.clone());
        let Asked { client, redirect_uri, challenge, nonce } = found.asked.clone();
        let good = shown.client == client
            && shown.redirect_uri == redirect_uri
            && challenge_of(shown.verifier).is_some_and(|it| it == challenge);
        if !good {
            return None;
        }
        let session = found.session.clone();
        state.families.insert(
            family.clone(),
            Family { client, session: session.clone(), until: now + RENEWED_SECONDS },
        );
        let renewing = state.next_of(family);
        Some(Granted { agent: session.agent, since: session.since, nonce, renewing })
    }

    /// Takes in a token that renews, and gives the next one. A spent one was copied by somebody: then nobody
    /// gets anything any more.
    pub fn renew(&self, token: &str, client: &str, now: i64) -> Option<Granted> {
        let mut state = self.state(now);
        let found = state.renewing.get_mut(token)?;
        let family = found.family.clone();
        if std::mem::replace(&mut found.spent, true) {
            state.revoke(&family);
            return None;
        }
        let known = state.families.get(&family).filter(|known| known.client == client)?;
        let session = known.session.clone();
        let renewing = state.next_of(family);
        Some(Granted { agent: session.agent, since: session.since, nonce: None, renewing })
    }

    /// An application needs a token no more: whatever goes back to the same code renews nothing.
    pub fn give_back(&self, token: &str, client: &str, now: i64) {
        let mut state = self.state(now);
        let Some(family) = state.renewing.get(token).map(|found| found.family.clone()) else { return };
        if state.families.get(&family).is_some_and(|known| known.client == client) {
            state.revoke(&family);
        }
    }

    /// The state without what has ended.
    fn state(&self, now: i64) -> MutexGuard<'_, State> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.sessions.retain(|_, session| now < session.since + SESSION_SECONDS);
        state.codes.retain(|_, code| now < code.until);
        state.families.retain(|_, family| now < family.until);
        state.forget_orphans();
        state
    }
}

impl State {
    fn next_of(&mut self, family: String) -> String {
        let token = secret();
        self.renewing.insert(token.clone(), Renewing { family, spent: false });
        token
    }

    fn revoke(&mut self, family: &str) {
        self.families.remove(family);
        self.forget_orphans();
    }

    fn forget_orphans(&mut self) {
        let Self { families, renewing, .. } = self;
        renewing.retain(|_, token| families.contains_key(&token.family));
    }
}

impl Session {
    /// What the browser shows.
    pub fn id(&self) -> &str {
        &self.id
    }
}

fn secret() -> String {
    ids::to_text(&ids::random::<32>())
}

/// What a verifier must have been announced as (RFC 7636, S256); none if it cannot be one.
pub fn challenge_of(verifier: &str) -> Option<String> {
    let known = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let good = (43..=128).contains(&verifier.len()) && verifier.bytes().all(known);
    good.then(|| {
        let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, verifier.as_bytes());
        ids::to_text(digest.as_ref())
    })
}

#[cfg(test)]
mod tests;
