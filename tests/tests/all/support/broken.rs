//! What no version of the program has written, put into the table by hand.

use common::store::ShopRecord;
use common::store::keys::{self, Key};
use common::store::table::{Item, Value, When, Write};
use domain::ids::ShopId;

use super::Desk;

impl Desk {
    /// A shop's document can no longer be read, and no process remembers it.
    pub fn breaks(&mut self, shop: &str) {
        let shop = ShopId::parse(shop).expect("a shop's id");
        self.puts(Item::at(keys::shop(&shop, "profile")).with("doc", Value::Text("{".to_owned())));
        self.forgets();
    }

    /// A shop as it is stored.
    pub fn record(&self, shop: &str) -> ShopRecord {
        let shop = ShopId::parse(shop).expect("a shop's id");
        let record = self.block_on(self.app.store.fresh_shop(&shop)).expect("the shop is read");
        (*record.expect("it is there")).clone()
    }

    /// A shop is there again, whatever was there.
    pub fn mends(&self, shop: &ShopRecord) {
        let what_was = Write::Delete(keys::shop(&shop.shop.id, "profile"));
        self.block_on(self.app.store.table().put_all(vec![what_was])).expect("it is gone");
        let stored = self.block_on(self.app.store.put_shop(shop, None, self.now()));
        assert!(stored.expect("the shop is stored"), "there was none");
    }

    /// Puts an item in place of what was there.
    pub fn puts(&self, item: Item) {
        self.block_on(self.app.store.table().put(item, When::Always)).expect("it is stored");
    }

    /// An item as it is stored.
    pub fn item(&self, key: &Key) -> Item {
        self.block_on(self.app.store.table().get(key, true)).expect("a read").expect("it is there")
    }
}
