//! The ledgers on disk, one file a shop: what was told to anybody is in them after a crash.

use std::collections::HashMap;
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use domain::ids::ShopId;

use super::ledger::Ledger;
use crate::kept;

/// All ledgers.
#[derive(Clone, Debug)]
pub struct Books(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    folder: PathBuf,
    open: Mutex<HashMap<ShopId, Ledger>>,
}

impl Books {
    /// The ledgers in this folder.
    pub fn open(folder: PathBuf) -> io::Result<Self> {
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&folder)?;
        Ok(Self(Arc::new(Parts { folder, open: Mutex::default() })))
    }

    /// Changes a shop's ledger. It is kept, and safe from a crash, before this returns; if it cannot be,
    /// nothing has happened.
    pub async fn change<T: Send + 'static>(
        &self,
        shop: &ShopId,
        change: impl FnOnce(&mut Ledger) -> T + Send + 'static,
    ) -> io::Result<T> {
        let (parts, shop) = (self.0.clone(), shop.clone());
        let changed = tokio::task::spawn_blocking(move || parts.change(&shop, change));
        changed.await.map_err(io::Error::other).flatten()
    }

    /// A shop's ledger as it is.
    pub async fn read(&self, shop: &ShopId) -> io::Result<Ledger> {
        self.change(shop, |ledger| ledger.clone()).await
    }
}

impl Parts {
    fn change<T>(&self, shop: &ShopId, change: impl FnOnce(&mut Ledger) -> T) -> io::Result<T> {
        // One at a time, all shops: nothing here is in a hurry.
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let file = self.folder.join(format!("{shop}.json"));
        let before = match open.get(shop) {
            Some(ledger) => ledger.clone(),
            None => match std::fs::read(&file) {
                Ok(content) => serde_json::from_slice(&content)?,
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ledger::default(),
                Err(error) => return Err(error),
            },
        };
        let mut after = before.clone();
        let outcome = change(&mut after);
        if after != before {
            kept::replace(&file, &serde_json::to_vec_pretty(&after)?)?;
        }
        open.insert(shop.clone(), after);
        Ok(outcome)
    }
}
