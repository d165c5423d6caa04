//! Makes and changes shops as in the cloud, where the owner of a deployment calls the function by hand, and remembers
//! which there are.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::State;
use axum::{Extension, Json};
use common::app::App;
use common::failure::Failure;
use common::http::Command;
use common::problem::Problem;
use domain::ids::ShopId;
use put_shop::{MadeShop, WantedShop};

use crate::host::Local;
use crate::{catalog, kept};

/// `POST /local/shops`: makes a shop, or changes the one with that id.
pub async fn put_shop(
    State(app): State<App>,
    Extension(local): Extension<Arc<Local>>,
    command: Command<WantedShop>,
) -> Result<Json<MadeShop>, Problem> {
    Ok(Json(put(&app, &local.shops, command.body).await?))
}

/// The same for the demo.
pub async fn put(app: &App, shops: &Register, wanted: WantedShop) -> Result<MadeShop, Problem> {
    let made = catalog::on_shop(app.clone(), wanted).await?;
    let id = ShopId::parse(&made.id).map_err(|_| Failure::Unreadable("the id of a shop".to_owned()))?;
    shops.add(&id)?;
    Ok(made)
}

/// The ids of the shops that were made here; the table can only be asked for a shop by its id.
#[derive(Debug)]
pub struct Register {
    file: PathBuf,
    shops: Mutex<Vec<ShopId>>,
}

impl Register {
    /// The shops in this file, one a line.
    pub fn open(file: PathBuf) -> std::io::Result<Self> {
        let content = kept::or_made(&file, || std::io::Result::Ok(Vec::new()))?;
        let shops =
            String::from_utf8_lossy(&content).lines().filter_map(|line| ShopId::parse(line).ok()).collect();
        Ok(Self { file, shops: Mutex::new(shops) })
    }

    /// All of them, in the order in which they were made.
    pub fn all(&self) -> Vec<ShopId> {
        self.shops.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn add(&self, shop: &ShopId) -> Result<(), Failure> {
        let mut shops = self.shops.lock().unwrap_or_else(PoisonError::into_inner);
        if shops.contains(shop) {
            return Ok(());
        }
        shops.push(shop.clone());
        let lines: String = shops.iter().map(|shop| format!("{shop}\n")).collect();
        let written = kept::replace(&self.file, lines.as_bytes());
        written.map_err(|error| Failure::Unreadable(format!("the list of shops: {error}")))
    }
}
