//! Writes, and how they are said in the SDK's words.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::{self, AttributeValue, ConditionCheck, Put, TransactWriteItem};

use super::{Item, Value, When};
use crate::failure::Failure;
use crate::store::keys::Key;

/// A write that depends on what is stored.
#[derive(Debug, Clone)]
pub enum Write {
    /// A whole item, and what must hold before it.
    Put(Item, When),
    /// Some attributes of an item, made if it is not there.
    Update(Update),
    /// An item goes, if it is there.
    Delete(Key),
    /// The same, if a condition expression holds; with the values that it names.
    DeleteIf(Key, &'static str, Vec<(&'static str, Value)>),
    /// Nothing is written there, but it must hold.
    Check(Key, When),
}

/// What happens to some attributes of an item, in the words of DynamoDB's expressions.
#[derive(Debug, Clone)]
pub struct Update {
    /// Which item.
    pub key: Key,
    /// An update expression.
    pub actions: String,
    /// A condition expression; what must hold before.
    pub condition: Option<&'static str>,
    /// The values that both name, `:name` each.
    pub values: Vec<(&'static str, Value)>,
}

impl Write {
    /// A whole item under a condition.
    pub fn put(item: Item, when: When) -> Self {
        Self::Put(item, when)
    }
}

/// A write as a part of a transaction.
pub(super) fn transacted(table: &str, write: Write) -> Result<TransactWriteItem, Failure> {
    let broken = |error| Failure::table("transaction", error);
    let item = TransactWriteItem::builder();
    Ok(match write {
        Write::Put(whole, when) => {
            let (condition, values) = conditions(when);
            let put = Put::builder()
                .table_name(table)
                .set_item(Some(whole.into()))
                .set_condition_expression(condition)
                .set_expression_attribute_values(values);
            item.put(put.build().map_err(broken)?)
        }
        Write::Update(update) => {
            let some = types::Update::builder()
                .table_name(table)
                .set_key(Some(attributes(&update.key)))
                .update_expression(update.actions)
                .set_condition_expression(update.condition.map(str::to_owned))
                .set_expression_attribute_values(named(update.values));
            item.update(some.build().map_err(broken)?)
        }
        Write::Check(key, when) => {
            let (condition, values) = conditions(when);
            let check = ConditionCheck::builder()
                .table_name(table)
                .set_key(Some(attributes(&key)))
                .set_condition_expression(condition)
                .set_expression_attribute_values(values);
            item.condition_check(check.build().map_err(broken)?)
        }
        Write::Delete(key) => {
            let delete = types::Delete::builder().table_name(table).set_key(Some(attributes(&key)));
            item.delete(delete.build().map_err(broken)?)
        }
        Write::DeleteIf(key, condition, values) => {
            let delete = types::Delete::builder()
                .table_name(table)
                .set_key(Some(attributes(&key)))
                .condition_expression(condition)
                .set_expression_attribute_values(named(values));
            item.delete(delete.build().map_err(broken)?)
        }
    }
    .build())
}

/// The values of an expression.
pub(super) fn named(values: Vec<(&'static str, Value)>) -> Option<HashMap<String, AttributeValue>> {
    let values: HashMap<_, _> =
        values.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
    Some(values).filter(|values| !values.is_empty())
}

pub(super) fn attributes(key: &Key) -> HashMap<String, AttributeValue> {
    HashMap::from([
        ("pk".to_owned(), AttributeValue::S(key.pk.clone())),
        ("sk".to_owned(), AttributeValue::S(key.sk.clone())),
    ])
}

pub(super) fn conditions(when: When) -> (Option<String>, Option<HashMap<String, AttributeValue>>) {
    match when {
        When::Always => (None, None),
        When::Absent => (Some("attribute_not_exists(pk)".to_owned()), None),
        When::Written(times) => (
            Some("n = :n".to_owned()),
            Some(HashMap::from([(":n".to_owned(), AttributeValue::N(times.to_string()))])),
        ),
    }
}
