//! What agents do. A verb looks at the inquiry first, as a person would, and has to succeed.

use serde_json::{Value, json};

use super::{Answer, Asked, Call, Desk};

/// Somebody of a shop's staff, signed in.
#[derive(Debug, Clone)]
pub struct Agent<'a> {
    pub(super) desk: &'a Desk,
    /// Who.
    pub id: String,
    /// At which shop.
    pub shop: String,
    /// Their access token.
    pub token: String,
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Desk")
    }
}

impl<'a> Agent<'a> {
    pub(super) fn signed_in(desk: &'a Desk, shop: &str, id: &str) -> Self {
        let token = desk.issuer.token(id, desk.now().as_second()).expect("a token");
        Self { desk, id: id.to_owned(), shop: shop.to_owned(), token }
    }

    /// A request to read something below the shop.
    pub fn get(&self, rest: &str) -> Call<'a> {
        self.desk.get(format!("/v1/shops/{}{rest}", self.shop)).token(&self.token)
    }

    /// A command below the shop.
    pub fn post(&self, rest: &str, body: &Value) -> Call<'a> {
        self.desk.post(format!("/v1/shops/{}{rest}", self.shop)).token(&self.token).json(body)
    }

    /// Something below the shop is put in place of what was.
    pub fn put(&self, rest: &str, body: &Value) -> Call<'a> {
        let path = format!("/v1/shops/{}{rest}", self.shop);
        self.desk.call(http::Method::PUT, path).token(&self.token).json(body)
    }

    /// A supervisor arranges somebody's desk.
    pub fn desk(&self, agent: &str, arrangement: &Value) -> Value {
        self.put(&format!("/agents/{agent}/desk"), arrangement).send().ok()
    }

    /// A command on an inquiry, without the version that was seen.
    pub fn command(&self, asked: &Asked, verb: &str, body: &Value) -> Call<'a> {
        self.post(&format!("/inquiries/{}/{verb}", asked.id), body)
    }

    /// The same, having just looked at it.
    pub fn tries(&self, asked: &Asked, verb: &str, body: &Value) -> Answer {
        self.command(asked, verb, body).seeing(self.version(asked)).send()
    }

    /// The inquiry with the newest part of its timeline.
    pub fn shows(&self, asked: &Asked) -> Value {
        self.get(&format!("/inquiries/{}", asked.id)).send().ok()
    }

    /// Where it stands, without its timeline.
    pub fn header(&self, asked: &Asked) -> Value {
        self.shows(asked)["inquiry"].take()
    }

    /// Its version.
    pub fn version(&self, asked: &Asked) -> u64 {
        self.header(asked)["version"].as_u64().expect("a version")
    }

    /// Its whole timeline, read page by page, oldest first.
    pub fn timeline(&self, asked: &Asked) -> Vec<Value> {
        let mut all: Vec<Value> = Vec::new();
        let mut page = self.shows(asked);
        loop {
            let mut entries = page["timeline"].as_array().cloned().expect("a timeline");
            entries.append(&mut all);
            all = entries;
            if page["older"] == false {
                return all;
            }
            let first = all.first().map_or(0, |entry| entry["seq"].as_u64().expect("a number"));
            page = self.get(&format!("/inquiries/{}?before={first}", asked.id)).send().ok();
        }
    }

    /// The words of its timeline, for comparing at a glance.
    pub fn events(&self, asked: &Asked) -> Vec<String> {
        let word = |entry: &Value| entry["event"].as_str().unwrap_or_default().to_owned();
        self.timeline(asked).iter().map(word).collect()
    }

    /// A page of a list; `query` as in the address.
    pub fn lists(&self, query: &str) -> Value {
        self.get(&format!("/inquiries?{query}")).send().ok()
    }

    /// The ids of all rows of a list, in order, page after page.
    pub fn ids(&self, query: &str) -> Vec<String> {
        let mut ids = Vec::new();
        let mut page = self.lists(query);
        loop {
            let rows = page["inquiries"].as_array().expect("rows");
            ids.extend(rows.iter().map(|row| row["id"].as_str().unwrap_or_default().to_owned()));
            let Some(next) = page["next"].as_str() else { return ids };
            page = self.lists(&format!("{query}&cursor={next}"));
        }
    }

    /// The counts beside a list.
    pub fn counts(&self) -> Value {
        self.lists("list=mine&counts=true")["counts"].take()
    }

    /// Whether a list holds it.
    pub fn has(&self, query: &str, asked: &Asked) -> bool {
        self.ids(query).contains(&asked.id)
    }

    /// Takes it.
    pub fn takes(&self, asked: &Asked) -> Value {
        self.assigns(asked, &self.id)
    }

    /// Gives it to somebody.
    pub fn assigns(&self, asked: &Asked, to: &str) -> Value {
        self.tries(asked, "assign", &json!({ "to": to })).ok()
    }

    /// Answers and comes back.
    pub fn keeps_open(&self, asked: &Asked, text: &str) -> Value {
        self.tries(asked, "reply", &json!({ "text": text, "then": "keep_open" })).ok()
    }

    /// Answers and is done.
    pub fn replies(&self, asked: &Asked, text: &str) -> Value {
        self.tries(asked, "reply", &json!({ "text": text, "then": "done" })).ok()
    }

    /// Writes for colleagues.
    pub fn notes(&self, asked: &Asked, text: &str) -> Value {
        self.command(asked, "notes", &json!({ "text": text })).send().ok()
    }

    /// Ends what was answered.
    pub fn closes(&self, asked: &Asked) -> Value {
        self.tries(asked, "close", &json!({})).ok()
    }

    /// Ends it for that reason.
    pub fn closes_as(&self, asked: &Asked, reason: &str) -> Value {
        self.tries(asked, "close", &json!({ "reason": reason })).ok()
    }

    /// Takes it back from history.
    pub fn reopens(&self, asked: &Asked) -> Value {
        self.tries(asked, "reopen", &json!({})).ok()
    }

    /// Changes its labels.
    pub fn labels(&self, asked: &Asked, labels: &Value) -> Value {
        self.tries(asked, "label", labels).ok()
    }

    /// Has read it.
    pub fn sees(&self, asked: &Asked) -> Value {
        self.command(asked, "label", &json!({ "unread": false })).send().ok()
    }

    /// Makes it part of another.
    pub fn merges(&self, asked: &Asked, into: &Asked) -> Value {
        self.tries(asked, "merge", &json!({ "into": into.id })).ok()
    }

    /// Undoes that.
    pub fn unmerges(&self, asked: &Asked) -> Value {
        self.tries(asked, "unmerge", &json!({})).ok()
    }
}
