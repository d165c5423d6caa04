//! Writes in the SDK's words.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::{self, AttributeValue, Put, TransactWriteItem};

use super::{Value, Write, attributes, conditions};
use crate::failure::Failure;

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
        Write::Delete(key) => {
            let delete = types::Delete::builder().table_name(table).set_key(Some(attributes(&key)));
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
