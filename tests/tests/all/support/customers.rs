//! What customers do, as members with a token of the storefront or as guests with links.

use common::auth::{MemberClaims, member_audience};
use common::store::SigningKey;
use domain::ids::ShopId;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

use super::{Answer, Asked, Call, Desk, signing_key};

/// A customer of a shop.
#[derive(Debug, Clone)]
pub struct Customer<'a> {
    desk: &'a Desk,
    /// Of which shop.
    pub shop: String,
    /// Their address.
    pub email: String,
    /// A member's token or a guest's session.
    pub token: Option<String>,
}

impl<'a> Customer<'a> {
    pub(super) fn member(desk: &'a Desk, shop: &str, id: &str, name: &str) -> Self {
        let email = format!("{id}@example.com");
        let claims = MemberClaims {
            aud: member_audience(&ShopId::parse(shop).expect("a shop's id")),
            sub: id.to_owned(),
            name: name.to_owned(),
            email: email.clone(),
            phone: None,
            orders: None,
            iat: desk.now().as_second(),
            exp: desk.now().as_second() + 3_600,
        };
        let token = Some(signed(&claims, &signing_key(&format!("{shop}-1"))));
        Self { desk, shop: shop.to_owned(), email, token }
    }

    pub(super) fn guest(desk: &'a Desk, shop: &str, email: &str) -> Self {
        Self { desk, shop: shop.to_owned(), email: email.to_owned(), token: None }
    }

    /// The same customer with another token.
    #[must_use]
    pub fn with(self, token: String) -> Self {
        Self { token: Some(token), ..self }
    }

    /// A request to read something below the shop.
    pub fn get(&self, rest: &str) -> Call<'a> {
        self.identified(self.desk.get(format!("/v1/shops/{}{rest}", self.shop)))
    }

    /// A command below the shop.
    pub fn post(&self, rest: &str, body: &Value) -> Call<'a> {
        self.identified(self.desk.post(format!("/v1/shops/{}{rest}", self.shop))).json(body)
    }

    fn identified(&self, call: Call<'a>) -> Call<'a> {
        match &self.token {
            Some(token) => call.token(token),
            None => call,
        }
    }

    /// A submission that is still to be sent; a guest's says who they are.
    pub fn submission(&self, mut body: Value) -> Call<'a> {
        if body["category"].is_null() {
            body["category"] = json!("logistics");
        }
        if self.token.is_none() {
            body["name"] = json!("Gus Guest");
            body["email"] = json!(self.email);
        }
        self.post("/inquiries", &body)
    }

    /// Asks.
    pub fn submits(&self, text: &str) -> Asked {
        self.submits_with(json!({ "text": text }))
    }

    /// Asks, with what else the form can say.
    pub fn submits_with(&self, body: Value) -> Asked {
        self.asked(&self.submission(body).send())
    }

    /// The inquiry that a submission made.
    pub fn asked(&self, answer: &Answer) -> Asked {
        let made = answer.clone().ok();
        let text = |field: &str| made[field].as_str().unwrap_or_default().to_owned();
        Asked {
            shop: self.shop.clone(),
            id: text("id"),
            reference: text("reference"),
            confirmation: text("confirmation"),
        }
    }

    /// A command on an inquiry of theirs.
    pub fn command(&self, asked: &Asked, verb: &str, body: &Value) -> Call<'a> {
        self.post(&format!("/my/inquiries/{}/{verb}", asked.id), body)
    }

    /// Writes again.
    pub fn follows_up(&self, asked: &Asked, text: &str) -> Value {
        self.command(asked, "messages", &json!({ "text": text })).send().ok()
    }

    /// Says that it is settled.
    pub fn settles(&self, asked: &Asked) -> Value {
        self.command(asked, "settle", &json!({})).send().ok()
    }

    /// Says how it was.
    pub fn rates(&self, asked: &Asked, rating: &str) -> Value {
        self.command(asked, "rating", &json!({ "rating": rating })).send().ok()
    }

    /// Their inquiries.
    pub fn lists(&self) -> Vec<Value> {
        self.get("/my/inquiries").send().ok()["inquiries"].as_array().cloned().expect("rows")
    }

    /// One of them, with its newest messages.
    pub fn shows(&self, asked: &Asked) -> Value {
        self.get(&format!("/my/inquiries/{}", asked.id)).send().ok()
    }

    /// The texts of all its messages, page by page, oldest first.
    pub fn reads(&self, asked: &Asked) -> Vec<String> {
        let mut all: Vec<Value> = Vec::new();
        let mut page = self.shows(asked);
        loop {
            let mut messages = page["messages"].as_array().cloned().expect("messages");
            messages.append(&mut all);
            all = messages;
            if page["older"] == false {
                return all.iter().map(|it| it["text"].as_str().unwrap_or_default().to_owned()).collect();
            }
            let first = all.first().map_or(0, |message| message["seq"].as_u64().expect("a number"));
            page = self.get(&format!("/my/inquiries/{}?before={first}", asked.id)).send().ok();
        }
    }

    /// A guest presses the button on the page behind a confirmation mail's link.
    pub fn confirms(&self, token: &str) -> Answer {
        self.post("/inquiries/confirm", &json!({ "token": token })).send()
    }

    /// A guest opens the link of a reply's mail.
    pub fn opens(&self, token: &str) -> Answer {
        self.post("/guest-sessions", &json!({ "token": token })).send()
    }

    /// The guest with the session that an exchange of a link gave.
    #[must_use]
    pub fn in_session(&self, exchanged: &Value) -> Self {
        let token = exchanged["session"]["token"].as_str().expect("a session");
        self.clone().with(token.to_owned())
    }
}

/// A member's token under that key.
pub fn signed(claims: &MemberClaims, key: &SigningKey) -> String {
    let header = Header { kid: Some(key.id.clone()), ..Header::new(Algorithm::HS256) };
    jsonwebtoken::encode(&header, claims, &EncodingKey::from_secret(&key.secret)).expect("a token")
}
