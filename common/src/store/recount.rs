//! Counts what each agent holds anew: when a shop gets its second agent, since before that
//! everything was one person's and nothing was counted (SPEC §5.2).

use domain::ids::AgentId;
use domain::shop::Shop;

use super::keys::{self, Part};
use super::table::{ConditionFailed, Query, Range, Update, Value};
use super::{Store, row};
use crate::failure::Failure;

/// The most inquiries of an agent that are counted anew.
const MOST: usize = 5_000;

impl Store {
    /// Writes on every desk which inquiries its agent has. What changes in the very moment may be
    /// missed; a shop gets its second agent once.
    ///
    /// # Errors
    /// [`Failure`].
    pub(super) async fn recount(&self, shop: &Shop) -> Result<(), Failure> {
        for member in shop.service() {
            let held = self.held_by(shop, &member.agent).await?;
            let (actions, values) = match held.is_empty() {
                true => ("REMOVE held_ids", Vec::new()),
                false => ("SET held_ids = :held", vec![(":held", Value::Texts(held))]),
            };
            let key = keys::desk(&shop.id, &member.agent);
            let update = Update { key, actions: actions.to_owned(), condition: None, values };
            let _: Result<_, ConditionFailed> = self.table.update(update).await?;
        }
        Ok(())
    }

    async fn held_by(&self, shop: &Shop, agent: &AgentId) -> Result<Vec<String>, Failure> {
        let mut held = Vec::new();
        for part in [Part::Awaiting, Part::Conversation] {
            let partition = part.partition(&shop.id, Some(agent));
            let query = Query {
                index: Some(part.index()),
                partition: &partition,
                range: Range::All,
                newest_first: false,
                limit: MOST,
            };
            for item in self.table.query(query).await?.items {
                held.push(row(&item)?.id.to_string());
            }
        }
        Ok(held)
    }
}
