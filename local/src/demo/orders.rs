//! The demo shops' orders: one to ship, one overdue, one that left, for the members of the demo storefront; and a
//! shop's backend on this machine that pays refunds.

use common::app::App;
use common::ids;
use common::store::{ProductItem, ShopRecord, SigningKey, WebhookSecrets};
use domain::actor::{Customer, CustomerKind};
use domain::ids::{OrderNumber, ShopId};
use domain::labels::PaymentMethod;
use domain::money::Currency;
use domain::order::{Item, Pushed, Tracking};
use domain::refund::Payer;
use jiff::{SignedDuration, Timestamp};

use crate::backend::REFUNDS;
use crate::host::StartError;

/// An order of the demo.
struct Told {
    shop: &'static str,
    number: &'static str,
    /// Id, name, address.
    member: (&'static str, &'static str, &'static str),
    /// Product, title, price in dollars.
    item: (&'static str, &'static str, u64),
    days_ago: i64,
    payment_method: PaymentMethod,
    shipped: bool,
}

const MING: (&str, &str, &str) = ("m-1001", "王小明", "xiaoming@example.com");
const ADA: (&str, &str, &str) = ("m-1002", "Ada Lovelace", "ada@example.com");
const TEA_POT: (&str, &str, u64) = ("tea-pot", "綠釉手作茶壺", 1280);
const BASKET: (&str, &str, u64) = ("bamboo-basket", "竹編提籃", 860);

const ORDERS: [Told; 4] = [
    Told {
        shop: "taipei",
        number: "2024010001",
        member: MING,
        item: TEA_POT,
        days_ago: 1,
        payment_method: PaymentMethod::CreditCard,
        shipped: false,
    },
    Told {
        shop: "taipei",
        number: "2024010003",
        member: MING,
        item: BASKET,
        days_ago: 9,
        payment_method: PaymentMethod::BankTransfer,
        shipped: false,
    },
    Told {
        shop: "taipei",
        number: "2024010002",
        member: ADA,
        item: BASKET,
        days_ago: 5,
        payment_method: PaymentMethod::CreditCard,
        shipped: true,
    },
    Told {
        shop: "lantern",
        number: "L-7001",
        member: MING,
        item: ("red-lantern", "手糊紅燈籠", 590),
        days_ago: 6,
        payment_method: PaymentMethod::Fps,
        shipped: false,
    },
];

/// Stores the demo's orders and products, and lets the first shop's refunds be paid by the backend at `url`.
pub async fn begin(app: &App, url: &str) -> Result<(), StartError> {
    let taipei = ShopId::parse("taipei")?;
    if let Some(found) = app.store.fresh_shop(&taipei).await? {
        let mut record = (*found).clone();
        record.shop.order_settings.payer = Payer::Webhook;
        record.backend.webhook_url = Some(format!("{url}{REFUNDS}"));
        let secret = ids::random::<32>().to_vec();
        record.backend.webhook_secrets = WebhookSecrets::first(SigningKey { id: ids::random_text(), secret });
        app.store.change_shop(&record).await?;
    }
    let now = app.clock.now();
    for told in &ORDERS {
        let shop = ShopId::parse(told.shop)?;
        let Some(record) = app.store.fresh_shop(&shop).await? else { continue };
        let number = OrderNumber::parse(told.number)?;
        let stored = app.store.push_order(&record.shop, &number, &told.pushed(&record, now)?, now).await;
        stored.map_err(|refused| format!("{refused:?}"))?;
        app.store.push_product(&shop, &told.product()?).await?;
    }
    Ok(())
}

/// The shops whose refunds this machine's backend pays follow it to another port.
pub async fn follow(app: &App, shops: &[ShopId], url: &str) -> Result<(), StartError> {
    let here = format!("{url}{REFUNDS}");
    for shop in shops {
        let Some(found) = app.store.fresh_shop(shop).await? else { continue };
        let address = found.backend.webhook_url.as_deref().unwrap_or_default();
        if address.ends_with(REFUNDS) && address != here {
            let mut record = (*found).clone();
            record.backend.webhook_url = Some(here.clone());
            app.store.change_shop(&record).await?;
        }
    }
    Ok(())
}

impl Told {
    fn pushed(&self, record: &ShopRecord, now: Timestamp) -> Result<Pushed, StartError> {
        let (id, name, email) = self.member;
        let (product, title, dollars) = self.item;
        let at = now - SignedDuration::from_hours(24 * self.days_ago);
        let price = dollars * 100;
        Ok(Pushed {
            customer: Customer {
                key: record.pepper.member(id),
                kind: CustomerKind::Member,
                name: name.to_owned(),
                email: email.to_owned(),
                phone: None,
            },
            items: vec![Item {
                product: product.to_owned(),
                title: title.to_owned(),
                quantity: 1,
                unit_price: price,
                returnable: true,
            }],
            currency: Currency::parse("TWD")?,
            total: price,
            shipping: 0,
            paid: price,
            payment_method: self.payment_method,
            created_at: at,
            paid_at: Some(at),
            days_to_ship: 3,
            shipped_at: self.shipped.then(|| at + SignedDuration::from_hours(30)),
            delivered_at: self.shipped.then(|| at + SignedDuration::from_hours(72)),
            tracking: self
                .shipped
                .then(|| Tracking { carrier: "黑貓宅急便".to_owned(), number: "9012-3456".to_owned() }),
            merchant_note: None,
            cancelled_at: None,
            version: 1,
        })
    }

    fn product(&self) -> Result<ProductItem, StartError> {
        let (id, title, dollars) = self.item;
        Ok(ProductItem {
            id: id.to_owned(),
            title: title.to_owned(),
            price: dollars * 100,
            currency: Currency::parse("TWD")?,
            url: None,
            active: true,
            version: 1,
        })
    }
}
