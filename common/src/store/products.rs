//! Products, as the storefront's backend pushed them (SPEC §10.1).

use domain::ids::ShopId;
use domain::money::Currency;
use serde::{Deserialize, Serialize};

use super::Store;
use super::keys::{self, Index};
use super::table::{Item, Query, Range, Value, When, Written};
use super::{ATTEMPTS, shops};
use crate::failure::Failure;

/// Characters of a title by which products are in order.
const TITLE_CHARACTERS: usize = 40;

/// A product of a shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductItem {
    /// The storefront's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it costs, in minor units.
    pub price: u64,
    /// The currency of it.
    pub currency: Currency,
    /// Where customers find it.
    pub url: Option<String>,
    /// Whether it is on sale.
    pub active: bool,
    /// The source's version: older pushes change nothing.
    pub version: u64,
}

/// A page of products.
#[derive(Debug, Default)]
pub struct ProductsPage {
    /// The products, by title.
    pub rows: Vec<ProductItem>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Document {
    title: String,
    price: u64,
    currency: String,
    url: Option<String>,
    active: bool,
    version: u64,
}

impl Store {
    /// Stores a product that its source pushed. False if it changes nothing: it is no newer.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn push_product(&self, shop: &ShopId, product: &ProductItem) -> Result<bool, Failure> {
        let key = keys::product(shop, &product.id);
        for _ in 0..ATTEMPTS {
            let found = self.table.get(&key, true).await?;
            let when = match &found {
                Some(item) if read(item)?.version >= product.version => return Ok(false),
                Some(item) => When::Written(item.number("n")?),
                None => When::Absent,
            };
            let writes = found.as_ref().map_or(Ok(0), |item| item.number("n"))? + 1;
            if self.table.put(written(shop, product, writes)?, when).await? == Written::Done {
                return Ok(true);
            }
        }
        Err(Failure::Contended)
    }

    /// A page of the products that are on sale, by title. An index read.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn products(
        &self,
        shop: &ShopId,
        after: Option<&str>,
        limit: usize,
    ) -> Result<ProductsPage, Failure> {
        let partition = keys::products(shop);
        let query = Query {
            index: Some(Index::Latest),
            partition: &partition,
            range: after.map_or(Range::All, Range::After),
            newest_first: false,
            limit,
        };
        let page = self.table.query(query).await?;
        let last = page.items.last().filter(|_| page.more);
        let next = last.map(|item| item.text(Index::Latest.sort()).map(str::to_owned)).transpose()?;
        Ok(ProductsPage { rows: page.items.iter().map(read).collect::<Result<_, _>>()?, next })
    }
}

fn written(shop: &ShopId, product: &ProductItem, writes: u64) -> Result<Item, Failure> {
    let document = Document {
        title: product.title.clone(),
        price: product.price,
        currency: product.currency.code().to_owned(),
        url: product.url.clone(),
        active: product.active,
        version: product.version,
    };
    let item = Item::at(keys::product(shop, &product.id))
        .with("n", Value::Number(writes))
        .with("row", Value::Text(shops::json(&document)?));
    if !product.active {
        return Ok(item);
    }
    let title: String = product.title.to_lowercase().chars().take(TITLE_CHARACTERS).collect();
    let position = format!("{title}#{}", product.id);
    Ok(item
        .with(Index::Latest.name(), Value::Text(keys::products(shop)))
        .with(Index::Latest.sort(), Value::Text(position)))
}

fn read(item: &Item) -> Result<ProductItem, Failure> {
    let unreadable = || Failure::Unreadable("a product".to_owned());
    let id = item.text("pk")?.splitn(3, '#').nth(2).ok_or_else(unreadable)?.to_owned();
    let it: Document = shops::from_json(item.text("row")?)?;
    let currency = Currency::parse(&it.currency).map_err(|_| unreadable())?;
    let Document { title, price, url, active, version, .. } = it;
    Ok(ProductItem { id, title, price, currency, url, active, version })
}
