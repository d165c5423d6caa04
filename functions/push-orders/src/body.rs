//! An order as its source says it, checked.

use common::http::{Fields, Object};
use common::ids::Pepper;
use common::problem::{FieldCode, Problem};
use common::word::PaymentMethodWord;
use domain::actor::{Customer, CustomerKind};
use domain::money::{Currency, MOST_MINOR};
use domain::order::{Item, Pushed, Tracking};
use domain::text::Line;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use utoipa::ToSchema;

/// The most different items of an order.
const MOST_ITEMS: usize = 100;
/// The most days to ship.
const MOST_DAYS: u32 = 365;
/// The most characters of a note for the merchant.
const NOTE_CHARACTERS: usize = 2_000;
/// The most of one item.
const MOST_QUANTITY: u32 = 1_000_000;
/// How far ahead a time may lie: clocks differ.
const AHEAD: SignedDuration = SignedDuration::from_hours(24);

/// An order as its source has it. None of its times lies more than a day ahead.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PushedOrder {
    /// The source's version, or the time of its last change in milliseconds: an older push changes nothing.
    #[schema(required)]
    version: Option<u64>,
    /// Who bought.
    #[schema(required, value_type = PushedCustomer)]
    customer: Option<Object<PushedCustomer>>,
    /// What was bought, 1 to 100 items.
    #[schema(required, value_type = Vec<PushedItem>)]
    items: Option<Vec<Object<PushedItem>>>,
    /// ISO 4217.
    #[schema(required)]
    currency: Option<String>,
    /// What it costs in all, in minor units.
    #[schema(required)]
    total: Option<u64>,
    /// The part of it that is shipping.
    #[serde(default)]
    shipping: u64,
    /// What was paid.
    #[schema(required)]
    paid: Option<u64>,
    /// How it is paid.
    #[schema(required, inline)]
    payment_method: Option<PaymentMethodWord>,
    /// When it was placed (RFC 3339).
    #[schema(required)]
    created_at: Option<String>,
    /// When it was paid.
    paid_at: Option<String>,
    /// Within how many days it is to be shipped, 0 to 365.
    #[schema(required)]
    days_to_ship: Option<u32>,
    /// When it left; needed of what arrived.
    shipped_at: Option<String>,
    /// When it arrived.
    delivered_at: Option<String>,
    /// How it can be followed.
    #[schema(value_type = Option<PushedTracking>)]
    tracking: Option<Object<PushedTracking>>,
    /// A note for the merchant, at most 2,000 characters.
    merchant_note: Option<String>,
    /// When it was cancelled.
    cancelled_at: Option<String>,
}

/// Who bought: a member by the storefront's id, or a guest by address.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PushedCustomer {
    /// The member's id, the `sub` of their tokens; none for a guest.
    id: Option<String>,
    #[schema(required)]
    name: Option<String>,
    #[schema(required)]
    email: Option<String>,
    phone: Option<String>,
}

/// Something that was bought.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PushedItem {
    /// The storefront's id of the product.
    #[schema(required)]
    product: Option<String>,
    #[schema(required)]
    title: Option<String>,
    #[schema(required)]
    quantity: Option<u32>,
    /// What one costs, in minor units.
    #[schema(required)]
    unit_price: Option<u64>,
    /// Whether it may be returned without a reason within 7 days of delivery.
    #[serde(default)]
    returnable: bool,
}

/// How a parcel can be followed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PushedTracking {
    #[schema(required)]
    carrier: Option<String>,
    #[schema(required)]
    number: Option<String>,
}

impl PushedOrder {
    /// The order, with every wrong field named.
    pub fn checked(&self, pepper: &Pepper, now: Timestamp) -> Result<Pushed, Problem> {
        let mut fields = Fields::default();
        let pushed = self.read(pepper, now.saturating_add(AHEAD).unwrap_or(now), &mut fields);
        fields.all_right(pushed)
    }

    fn read(&self, pepper: &Pepper, latest: Timestamp, fields: &mut Fields) -> Option<Pushed> {
        let version = fields.needed("version", self.version);
        let customer = fields.needed("customer", self.customer.as_ref());
        let customer = customer.and_then(|Object(it)| it.read(pepper, fields));
        let items = self.items(fields);
        let currency = fields.needed("currency", self.currency.as_deref());
        let currency = currency.and_then(|code| {
            Currency::parse(code).ok().or_else(|| {
                fields.wrong("currency", FieldCode::UnknownValue);
                None
            })
        });
        let total = amount(fields, "total", self.total);
        let shipping = amount(fields, "shipping", Some(self.shipping));
        let paid = amount(fields, "paid", self.paid);
        let payment_method = fields.needed("payment_method", self.payment_method);
        let created_at = fields.needed("created_at", self.created_at.as_deref());
        let created_at = created_at.and_then(|text| time(fields, "created_at", text, latest));
        let mut if_any =
            |field: &str, text: Option<&str>| text.and_then(|text| time(fields, field, text, latest));
        let paid_at = if_any("paid_at", self.paid_at.as_deref());
        let shipped_at = if_any("shipped_at", self.shipped_at.as_deref());
        let delivered_at = if_any("delivered_at", self.delivered_at.as_deref());
        let cancelled_at = if_any("cancelled_at", self.cancelled_at.as_deref());
        if self.delivered_at.is_some() && self.shipped_at.is_none() {
            fields.wrong("shipped_at", FieldCode::Required);
        }
        let days_to_ship = fields.needed("days_to_ship", self.days_to_ship);
        if days_to_ship.is_some_and(|days| days > MOST_DAYS) {
            fields.wrong("days_to_ship", FieldCode::OutOfRange(0, MOST_DAYS));
        }
        let tracking = self.tracking.as_ref().map(|Object(it)| {
            let carrier = fields.line::<60>("tracking.carrier", it.carrier.as_deref());
            let number = fields.line::<60>("tracking.number", it.number.as_deref());
            carrier.zip(number)
        });
        let tracking = match tracking {
            Some(read) => Some(read.map(|(carrier, number)| Tracking {
                carrier: carrier.into_string(),
                number: number.into_string(),
            })?),
            None => None,
        };
        let note = fields.text_within_if_any("merchant_note", self.merchant_note.as_deref(), NOTE_CHARACTERS);
        Some(Pushed {
            customer: customer?,
            items: items?,
            currency: currency?,
            total: total?,
            shipping: shipping?,
            paid: paid?,
            payment_method: payment_method?.0,
            created_at: created_at?,
            paid_at,
            days_to_ship: days_to_ship?,
            shipped_at,
            delivered_at,
            tracking,
            merchant_note: note.map(|text| text.as_str().to_owned()),
            cancelled_at,
            version: version?,
        })
    }

    fn items(&self, fields: &mut Fields) -> Option<Vec<Item>> {
        let items = fields.needed("items", self.items.as_ref())?;
        if items.is_empty() {
            fields.wrong("items", FieldCode::Required);
        }
        if items.len() > MOST_ITEMS {
            fields.wrong("items", FieldCode::TooMany(MOST_ITEMS));
            return None;
        }
        let read = items.iter().enumerate().map(|(place, Object(item))| item.read(place, fields));
        // Every wrong field is named, not only the first item's.
        let read: Vec<Option<Item>> = read.collect();
        read.into_iter().collect()
    }
}

impl PushedItem {
    fn read(&self, place: usize, fields: &mut Fields) -> Option<Item> {
        let named = |field: &str| format!("items[{place}].{field}");
        let product = fields.line::<64>(&named("product"), self.product.as_deref());
        let title = fields.line::<200>(&named("title"), self.title.as_deref());
        let quantity = fields.needed(&named("quantity"), self.quantity);
        if quantity.is_some_and(|it| it == 0 || it > MOST_QUANTITY) {
            fields.wrong(&named("quantity"), FieldCode::OutOfRange(1, MOST_QUANTITY));
        }
        let unit_price = amount(fields, &named("unit_price"), self.unit_price);
        Some(Item {
            product: product?.into_string(),
            title: title?.into_string(),
            quantity: quantity?,
            unit_price: unit_price?,
            returnable: self.returnable,
        })
    }
}

impl PushedCustomer {
    fn read(&self, pepper: &Pepper, fields: &mut Fields) -> Option<Customer> {
        let id = fields.line_if_any::<128>("customer.id", self.id.as_deref());
        let name = fields.line::<80>("customer.name", self.name.as_deref());
        let email = fields.email("customer.email", self.email.as_deref());
        let phone = fields.line_if_any::<32>("customer.phone", self.phone.as_deref());
        let (name, email): (Line<80>, _) = name.zip(email)?;
        let (key, kind) = match &id {
            Some(id) => (pepper.member(id), CustomerKind::Member),
            None => (pepper.guest(&email), CustomerKind::Guest),
        };
        Some(Customer { key, kind, name: name.into_string(), email: email.as_str().to_owned(), phone })
    }
}

fn amount(fields: &mut Fields, field: &str, value: Option<u64>) -> Option<u64> {
    let value = fields.needed(field, value)?;
    if value > MOST_MINOR {
        fields.wrong(field, FieldCode::TooLargeNumber);
        return None;
    }
    Some(value)
}

fn time(fields: &mut Fields, field: &str, text: &str, latest: Timestamp) -> Option<Timestamp> {
    let read = text.parse::<Timestamp>().ok();
    // Stored in milliseconds.
    let read = read.and_then(|at| Timestamp::from_millisecond(at.as_millisecond()).ok());
    let read = read.filter(|at| at.as_millisecond() >= 0);
    match read {
        None => fields.wrong(field, FieldCode::WrongType),
        Some(at) if at > latest => fields.wrong(field, FieldCode::TooFar),
        Some(_) => {}
    }
    read
}
