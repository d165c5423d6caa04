//! The only place that names the DynamoDB SDK: a handful of operations on one table, each
//! counted, so that tests can assert what a use case costs.

mod item;
mod meter;
mod patience;
mod write;

pub use item::{Item, Value};
pub use meter::{Meter, Units};
pub use write::{Update, Write};
use write::{attributes, conditions};

use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::{
    AttributeValue, KeysAndAttributes, ReturnConsumedCapacity, ReturnValue, Select,
};
use aws_sdk_dynamodb::{Client, operation::query::builders::QueryFluentBuilder};
use futures_util::future::BoxFuture;

use super::keys::{Index, Key};
use crate::failure::Failure;

/// The most items of a transaction.
pub const TRANSACTION_ITEMS: usize = 100;

/// What an operation answers, later. Its type says nothing of the SDK, so that the SDK's code
/// is compiled once, here, and not again in every function.
type Answer<'a, T> = BoxFuture<'a, Result<T, Failure>>;

/// One table of DynamoDB.
#[derive(Debug, Clone)]
pub struct Table {
    client: Client,
    name: String,
    meter: Option<Meter>,
}

/// What must hold before a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Nothing is stored under its key.
    Absent,
    /// It was written exactly that often (attribute `n`).
    Written(u64),
    /// Anything.
    Always,
}

/// How a conditional write ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// It is stored.
    Done,
    /// The condition of the write with that place did not hold; nothing is stored.
    Refused(usize),
    /// Another transaction held an item; nothing is stored.
    Conflict,
}

/// The condition of an update did not hold; nothing was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConditionFailed;

/// The item as it was before an update, or that its condition did not hold.
pub type Updated = Result<Option<Item>, ConditionFailed>;

/// A range of sort keys.
#[derive(Debug, Clone, Copy)]
pub enum Range<'a> {
    /// All of the partition.
    All,
    /// Those that begin so.
    Begins(&'a str),
    /// Those after it.
    After(&'a str),
    /// Those before it.
    Before(&'a str),
    /// Those after the first and before the second (both included).
    Between(&'a str, &'a str),
}

/// One query: a partition, a range, a direction and a bound.
#[derive(Debug, Clone, Copy)]
pub struct Query<'a> {
    /// An index, or the table itself.
    pub index: Option<Index>,
    /// The partition.
    pub partition: &'a str,
    /// Which sort keys.
    pub range: Range<'a>,
    /// From the last to the first.
    pub newest_first: bool,
    /// The most items that are read.
    pub limit: usize,
}

/// What a query read.
#[derive(Debug, Default)]
pub struct Page {
    /// The items, in order.
    pub items: Vec<Item>,
    /// Whether there is more behind them.
    pub more: bool,
}

impl Table {
    /// A table by name.
    pub fn new(client: Client, name: impl Into<String>) -> Self {
        Self { client, name: name.into(), meter: None }
    }

    /// The same table with every operation counted.
    #[must_use]
    pub fn metered(mut self, meter: Meter) -> Self {
        self.meter = Some(meter);
        self
    }

    fn measured(&self) -> Option<ReturnConsumedCapacity> {
        self.meter.as_ref().map(|_| ReturnConsumedCapacity::Indexes)
    }

    fn count(&self, units: Units) {
        if let Some(meter) = &self.meter {
            meter.add(units);
        }
    }

    /// One item; `consistent` sees every write that was acknowledged.
    ///
    /// # Errors
    /// [`Failure::Table`].
    pub fn get<'a>(&'a self, key: &'a Key, consistent: bool) -> Answer<'a, Option<Item>> {
        Box::pin(async move {
            let answer = self
                .client
                .get_item()
                .table_name(&self.name)
                .set_key(Some(attributes(key)))
                .consistent_read(consistent)
                .set_return_consumed_capacity(self.measured())
                .send()
                .await
                .map_err(|error| Failure::table("get", error))?;
            self.count(Units::read(answer.consumed_capacity.iter()));
            Ok(answer.item.map(Item::from))
        })
    }

    /// Several items in one round trip, in no order.
    ///
    /// # Errors
    /// [`Failure::Table`], [`Failure::Contended`] where the table answered only in part.
    pub fn get_many<'a>(&'a self, keys: &'a [Key]) -> Answer<'a, Vec<Item>> {
        Box::pin(async move {
            let wanted = KeysAndAttributes::builder()
                .set_keys(Some(keys.iter().map(attributes).collect()))
                .build()
                .map_err(|error| Failure::table("get many", error))?;
            let answer = self
                .client
                .batch_get_item()
                .request_items(&self.name, wanted)
                .set_return_consumed_capacity(self.measured())
                .send()
                .await
                .map_err(|error| Failure::table("get many", error))?;
            self.count(Units::read(answer.consumed_capacity.iter().flatten()));
            if answer.unprocessed_keys.is_some_and(|left| !left.is_empty()) {
                return Err(Failure::Contended);
            }
            let items = answer.responses.and_then(|mut tables| tables.remove(&self.name)).unwrap_or_default();
            Ok(items.into_iter().map(Item::from).collect())
        })
    }

    /// Stores one item if its condition holds. Where another transaction is at it, tries again a little.
    ///
    /// # Errors
    /// [`Failure::Table`].
    pub fn put(&self, item: Item, when: When) -> Answer<'_, Written> {
        patience::unless_in_conflict(move || self.put_once(item.clone(), when))
    }

    fn put_once(&self, item: Item, when: When) -> Answer<'_, Written> {
        Box::pin(async move {
            let (condition, values) = conditions(when);
            let answer = self
                .client
                .put_item()
                .table_name(&self.name)
                .set_item(Some(item.into()))
                .set_condition_expression(condition)
                .set_expression_attribute_values(values)
                .set_return_consumed_capacity(self.measured())
                .send()
                .await;
            match answer {
                Ok(answer) => {
                    self.count(Units::written(answer.consumed_capacity.iter()));
                    Ok(Written::Done)
                }
                Err(SdkError::ServiceError(error)) => match error.err() {
                    PutItemError::ConditionalCheckFailedException(_) => {
                        self.count(Units { trips: 1, ..Units::default() });
                        Ok(Written::Refused(0))
                    }
                    PutItemError::TransactionConflictException(_) => Ok(Written::Conflict),
                    _ => Err(Failure::table("put", SdkError::<_, ()>::service_error(error.into_err(), ()))),
                },
                Err(error) => Err(Failure::table("put", error)),
            }
        })
    }

    /// Stores several items, all or none. Where another transaction is at one, tries again a little.
    ///
    /// # Errors
    /// [`Failure::Table`].
    pub fn put_all(&self, writes: Vec<Write>) -> Answer<'_, Written> {
        patience::unless_in_conflict(move || self.put_all_once(writes.clone()))
    }

    fn put_all_once(&self, writes: Vec<Write>) -> Answer<'_, Written> {
        Box::pin(async move {
            let items = writes.into_iter().map(|write| write::transacted(&self.name, write));
            let items = items.collect::<Result<Vec<_>, _>>()?;
            let answer = self
                .client
                .transact_write_items()
                .set_transact_items(Some(items))
                .set_return_consumed_capacity(self.measured())
                .send()
                .await;
            let error = match answer {
                Ok(answer) => {
                    self.count(Units::written(answer.consumed_capacity.iter().flatten()));
                    return Ok(Written::Done);
                }
                Err(error) => error,
            };
            let canceled = match error.as_service_error() {
                Some(TransactWriteItemsError::TransactionCanceledException(canceled)) => canceled,
                Some(TransactWriteItemsError::TransactionInProgressException(_)) => {
                    return Ok(Written::Conflict);
                }
                _ => return Err(Failure::table("transaction", error)),
            };
            self.count(Units { trips: 1, ..Units::default() });
            let reasons = canceled.cancellation_reasons();
            match reasons.iter().position(|reason| reason.code() == Some("ConditionalCheckFailed")) {
                Some(place) => Ok(Written::Refused(place)),
                None if reasons.iter().any(|reason| reason.code().is_some_and(patience::passes)) => {
                    Ok(Written::Conflict)
                }
                None => Err(Failure::table("transaction", error)),
            }
        })
    }

    /// Changes some attributes of an item if its condition holds; answers with the item as it was.
    /// Where another transaction is at it, tries again a little.
    ///
    /// # Errors
    /// [`Failure::Table`]; [`Failure::Contended`] where others are at it all the time.
    pub fn update(&self, update: Update) -> Answer<'_, Updated> {
        patience::unless_contended(move || self.update_once(update.clone()))
    }

    fn update_once(&self, update: Update) -> Answer<'_, Updated> {
        Box::pin(async move {
            let answer = self
                .client
                .update_item()
                .table_name(&self.name)
                .set_key(Some(attributes(&update.key)))
                .update_expression(update.actions)
                .set_condition_expression(update.condition.map(str::to_owned))
                .set_expression_attribute_values(write::named(update.values))
                .return_values(ReturnValue::AllOld)
                .set_return_consumed_capacity(self.measured())
                .send()
                .await;
            match answer {
                Ok(answer) => {
                    self.count(Units::written(answer.consumed_capacity.iter()));
                    Ok(Ok(answer.attributes.filter(|all| !all.is_empty()).map(Item::from)))
                }
                Err(error) => match error.as_service_error() {
                    Some(UpdateItemError::ConditionalCheckFailedException(_)) => {
                        self.count(Units { trips: 1, ..Units::default() });
                        Ok(Err(ConditionFailed))
                    }
                    Some(UpdateItemError::TransactionConflictException(_)) => Err(Failure::Contended),
                    _ => Err(Failure::table("update", error)),
                },
            }
        })
    }

    /// Items of one partition, eventually consistent where it asks an index.
    ///
    /// # Errors
    /// [`Failure::Table`].
    pub fn query<'a>(&'a self, query: Query<'a>) -> Answer<'a, Page> {
        Box::pin(async move { self.page(self.querying(&query)).await })
    }

    /// The same, seeing every write that was acknowledged; not for an index.
    ///
    /// # Errors
    /// [`Failure::Table`].
    pub fn query_consistent<'a>(&'a self, query: Query<'a>) -> Answer<'a, Page> {
        Box::pin(async move {
            let asked = self.querying(&query).consistent_read(true);
            self.page(asked).await
        })
    }

    async fn page(&self, asked: QueryFluentBuilder) -> Result<Page, Failure> {
        let answer = asked.send().await.map_err(|error| Failure::table("query", error))?;
        self.count(Units::read(answer.consumed_capacity.iter()));
        let more = answer.last_evaluated_key.is_some();
        Ok(Page { items: answer.items.unwrap_or_default().into_iter().map(Item::from).collect(), more })
    }

    /// How many items a query would read, at most its limit.
    ///
    /// # Errors
    /// [`Failure::Table`].
    pub fn tally<'a>(&'a self, query: Query<'a>) -> Answer<'a, usize> {
        Box::pin(async move {
            let answer = self
                .querying(&query)
                .select(Select::Count)
                .send()
                .await
                .map_err(|error| Failure::table("count", error))?;
            self.count(Units::read(answer.consumed_capacity.iter()));
            Ok(usize::try_from(answer.count).unwrap_or_default())
        })
    }

    fn querying(&self, query: &Query<'_>) -> QueryFluentBuilder {
        let (partition, sort) = query.index.map_or(("pk", "sk"), |index| (index.name(), index.sort()));
        let condition = match query.range {
            Range::All => "#p = :p".to_owned(),
            Range::Begins(_) => "#p = :p AND begins_with(#s, :a)".to_owned(),
            Range::After(_) => "#p = :p AND #s > :a".to_owned(),
            Range::Before(_) => "#p = :p AND #s < :a".to_owned(),
            Range::Between(..) => "#p = :p AND #s BETWEEN :a AND :b".to_owned(),
        };
        let mut asked = self
            .client
            .query()
            .table_name(&self.name)
            .set_index_name(query.index.map(|index| index.name().to_owned()))
            .key_condition_expression(condition)
            .expression_attribute_names("#p", partition)
            .expression_attribute_values(":p", AttributeValue::S(query.partition.to_owned()))
            .scan_index_forward(!query.newest_first)
            .limit(i32::try_from(query.limit).unwrap_or(i32::MAX))
            .set_return_consumed_capacity(self.measured());
        let value = |text: &str| AttributeValue::S(text.to_owned());
        asked = match query.range {
            Range::All => return asked,
            Range::Begins(a) | Range::After(a) | Range::Before(a) => {
                asked.expression_attribute_values(":a", value(a))
            }
            Range::Between(a, b) => {
                asked.expression_attribute_values(":a", value(a)).expression_attribute_values(":b", value(b))
            }
        };
        asked.expression_attribute_names("#s", sort)
    }
}
