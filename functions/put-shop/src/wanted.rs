//! A shop as whoever deploys Kefu describes it, and what of it is taken.

use common::http::Fields;
use common::problem::{FieldCode, Problem};
use domain::actor::Role;
use domain::ids::{AgentId, ShopId};
use domain::labels::Locale;
use domain::money::Currency;
use domain::shop::{Member, OrderSettings, ServiceSettings, Shop};
use jiff::tz::TimeZone;
use serde::Deserialize;

/// The most characters of a shop's name.
const NAME_CHARACTERS: usize = 100;
/// The most people of a shop's staff.
const PEOPLE: usize = 50;
/// The most characters of a nickname; `update-profile` takes no more.
const NICKNAME_CHARACTERS: usize = 40;

/// A shop as it should be.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "they are the shop's own fields")]
pub struct WantedShop {
    pub id: String,
    pub name: String,
    #[serde(default = "taiwan")]
    pub market: String,
    #[serde(default = "traditional_chinese")]
    pub locale: String,
    #[serde(default = "taipei")]
    pub time_zone: String,
    #[serde(default = "taiwan_dollar")]
    pub currency: String,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub account_url: Option<String>,
    #[serde(default)]
    pub origins: Vec<String>,
    pub members: Vec<WantedMember>,
    /// Adds a new key for signing members in; the one before stays valid until the next.
    #[serde(default)]
    pub rotate_key: bool,
}

/// A person of its staff.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "they are the member's own fields")]
pub struct WantedMember {
    pub id: String,
    pub nickname: String,
    pub role: String,
    #[serde(default)]
    pub service: bool,
    /// Where digests go.
    pub email: Option<String>,
}

fn taiwan() -> String {
    "TW".to_owned()
}
fn traditional_chinese() -> String {
    Locale::ZhHant.as_str().to_owned()
}
fn taipei() -> String {
    "Asia/Taipei".to_owned()
}
fn taiwan_dollar() -> String {
    "TWD".to_owned()
}

impl WantedShop {
    /// # Errors
    /// `invalid_fields` names each field that is wrong.
    pub(crate) fn checked(self) -> Result<Shop, Problem> {
        let mut fields = Fields::default();
        let id = known(&mut fields, "id", ShopId::parse(&self.id).ok());
        let name = fields.line::<NAME_CHARACTERS>("name", Some(&self.name));
        let locale = known(&mut fields, "locale", Locale::parse(&self.locale));
        let time_zone = known(&mut fields, "time_zone", TimeZone::get(&self.time_zone).ok());
        let currency = known(&mut fields, "currency", Currency::parse(&self.currency).ok());
        let account_url = fields.line_if_any::<500>("account_url", self.account_url.as_deref());
        if account_url.as_ref().is_some_and(|url| !is_address(url)) {
            fields.wrong("account_url", FieldCode::NotAnAddress);
        }
        if let Some(email) = &self.email {
            fields.email("email", Some(email));
        }
        for (place, origin) in self.origins.iter().enumerate() {
            known(&mut fields, &format!("origins[{place}]"), is_origin(origin).then_some(()));
        }
        let market = fields.line::<2>("market", Some(&self.market));
        let phone = fields.line_if_any::<32>("phone", self.phone.as_deref());
        let members = checked_members(self.members, &mut fields);
        let checked = id.zip(name).zip(locale.zip(market)).zip(time_zone.zip(currency));
        let (((id, name), (locale, market)), _) = fields.all_right(checked)?;
        Ok(Shop {
            id,
            name: name.into_string(),
            market: market.into_string(),
            locale,
            time_zone: self.time_zone,
            currency: self.currency,
            phone,
            email: self.email,
            account_url,
            guests_unconfirmed: false,
            origins: self.origins,
            members,
            priorities: Vec::new(),
            reply_hours: Vec::new(),
            service_settings: ServiceSettings::default(),
            order_settings: OrderSettings::default(),
        })
    }
}

fn checked_members(wanted: Vec<WantedMember>, fields: &mut Fields) -> Vec<Member> {
    if wanted.len() > PEOPLE {
        fields.wrong("members", FieldCode::TooMany(PEOPLE));
    }
    if !wanted.iter().any(|member| member.role == Role::Owner.as_str()) {
        fields.wrong("members", FieldCode::Required);
    }
    let mut members: Vec<Member> = Vec::with_capacity(wanted.len());
    for (place, member) in wanted.into_iter().enumerate() {
        let at = |field: &str| format!("members[{place}].{field}");
        let agent = known(fields, &at("id"), AgentId::parse(&member.id).ok());
        if agent.as_ref().is_some_and(|agent| members.iter().any(|other| other.agent == *agent)) {
            fields.wrong(&at("id"), FieldCode::NotUnique);
        }
        let role = known(fields, &at("role"), Role::parse(&member.role));
        let nickname = fields.line::<NICKNAME_CHARACTERS>(&at("nickname"), Some(&member.nickname));
        if let Some(email) = &member.email {
            fields.email(&at("email"), Some(email));
        }
        if let Some(((agent, role), nickname)) = agent.zip(role).zip(nickname) {
            let (nickname, service, email) = (nickname.into_string(), member.service, member.email);
            members.push(Member { agent, nickname, role, service, avatar: None, email });
        }
    }
    members
}

/// One of the values that there are.
fn known<T>(fields: &mut Fields, field: &str, value: Option<T>) -> Option<T> {
    if value.is_none() {
        fields.wrong(field, FieldCode::UnknownValue);
    }
    value
}

fn is_address(text: &str) -> bool {
    let uri: Result<http::Uri, _> = text.parse();
    uri.is_ok_and(|uri| matches!(uri.scheme_str(), Some("http" | "https")) && uri.authority().is_some())
}

/// `https://host` or `http://host:port` and nothing behind it, as browsers send it.
fn is_origin(text: &str) -> bool {
    let uri: Result<http::Uri, _> = text.parse();
    uri.is_ok_and(|uri| {
        let scheme = uri.scheme_str().unwrap_or_default();
        matches!(scheme, "http" | "https")
            && uri.authority().is_some_and(|host| format!("{scheme}://{host}") == text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wrong_field_is_named_at_once() {
        let wanted: WantedShop = serde_json::from_str(
            r#"{"id": "Taipei!", "name": " ", "locale": "de", "time_zone": "Moon/Sea", "currency": "XYZ",
                "account_url": "shop.example/account", "email": "nobody", "origins": ["https://a.example", "*"],
                "members": [
                    {"id": "a1", "nickname": "店長", "role": "owner", "email": "no"},
                    {"id": "a1", "nickname": "", "role": "boss"}
                ]}"#,
        )
        .expect("it is of the right shape");
        let problem = wanted.checked().expect_err("it is wrong");
        let named: Vec<&str> = problem.fields.iter().map(|it| it.field.as_str()).collect();
        let expected = [
            "id",
            "name",
            "locale",
            "time_zone",
            "currency",
            "account_url",
            "email",
            "origins[1]",
            "members[0].email",
            "members[1].id",
            "members[1].role",
            "members[1].nickname",
        ];
        assert_eq!(named, expected);
    }

    #[test]
    fn a_field_that_there_is_not_is_refused() {
        let wanted: Result<WantedShop, _> =
            serde_json::from_str(r#"{"id": "taipei", "name": "台北", "orgins": []}"#);
        assert!(wanted.is_err_and(|error| error.to_string().contains("orgins")));
    }

    #[test]
    fn an_origin_is_a_scheme_and_a_host() {
        for good in ["https://shop.example", "http://127.0.0.1:8787"] {
            assert!(is_origin(good), "{good}");
        }
        for bad in ["https://shop.example/", "shop.example", "*", "null", "ftp://shop.example", "https://a b"]
        {
            assert!(!is_origin(bad), "{bad}");
        }
    }
}
