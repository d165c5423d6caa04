//! What a supervisor decides about a desk (SPEC §5.3, §5.7, §5.8).

use domain::calendar::Week;
use domain::ids::{AgentId, ShopId};
use domain::labels::Category;
use serde::{Deserialize, Serialize};

use super::Desk;
use crate::failure::Failure;
use crate::store::shops::settings::{SpanItem, span_items};
use crate::store::table::{Update, Value};
use crate::store::{ATTEMPTS, Store, keys};

/// What a supervisor decides about a desk; what is not named stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Arrangement {
    /// Capacity.
    pub capacity: Option<u32>,
    /// Responsible for.
    pub categories: Option<Vec<Category>>,
    /// On duty.
    pub shifts: Option<Week>,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Duty {
    pub categories: Vec<String>,
    pub shifts: Vec<SpanItem>,
}

impl Duty {
    fn of(desk: &Desk) -> Result<String, Failure> {
        let duty = Self {
            categories: desk.categories.iter().map(|category| category.as_str().to_owned()).collect(),
            shifts: span_items(&desk.shifts),
        };
        serde_json::to_string(&duty).map_err(|error| Failure::Unreadable(error.to_string()))
    }
}

impl Store {
    /// Changes what a supervisor decides about a desk; what is not named stays, also where another one names
    /// it at the same time. Answers with the desk as it is then.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn arrange(
        &self,
        shop: &ShopId,
        agent: &AgentId,
        arrangement: Arrangement,
    ) -> Result<Desk, Failure> {
        let key = keys::desk(shop, agent);
        for _ in 0..ATTEMPTS {
            let item = self.table.get(&key, true).await?;
            let mut desk = item.as_ref().map_or_else(|| Ok(Desk::new(agent.clone())), Desk::read)?;
            let mut actions = "SET is_receiving = if_not_exists(is_receiving, :yes)".to_owned();
            let mut values = vec![(":yes", Value::Truth(true))];
            let mut condition = None;
            if let Some(capacity) = arrangement.capacity {
                desk.capacity = capacity;
                actions.push_str(", held_most = :most");
                values.push((":most", Value::Number(capacity.into())));
            }
            if arrangement.categories.is_some() || arrangement.shifts.is_some() {
                desk.categories = arrangement.categories.clone().unwrap_or(desk.categories);
                desk.shifts = arrangement.shifts.clone().unwrap_or(desk.shifts);
                actions.push_str(", duty_doc = :duty");
                values.push((":duty", Value::Text(Duty::of(&desk)?)));
                condition = Some("attribute_not_exists(duty_doc)");
                if let Some(before) = item.as_ref().and_then(|item| item.text("duty_doc").ok()) {
                    condition = Some("duty_doc = :before");
                    values.push((":before", Value::Text(before.to_owned())));
                }
            }
            let update = Update { key: key.clone(), actions, condition, values };
            if self.table.update(update).await?.is_ok() {
                return Ok(desk);
            }
        }
        Err(Failure::Contended)
    }
}
