//! One set of claims about the table, on each engine.

use std::error::Error;

use common::store::keys::{Index, Key};
use common::store::table::{Item, Meter, Query, Range, Table, Value, When, Write};
use local::engine::Engine;

use super::ministack::{Ministack, client};
use super::{table_claims, table_units, table_updates};

/// The table, as the cloud has it.
pub const TABLE: &str = include_str!("../../../../infra/table.json");

pub type Outcome = Result<(), Box<dyn Error>>;

/// An engine under test: a table of its own, counted, and which engine it is.
#[derive(Debug)]
pub struct Bench {
    /// The table.
    pub table: Table,
    /// What it says that it costs.
    pub meter: Meter,
    /// Whether it is ministack, whose read units know no sizes.
    pub ministack: bool,
}

#[tokio::test]
async fn the_embedded_engine_keeps_the_tables_contract() -> Outcome {
    let engine = Engine::in_memory()?;
    let made = engine.clone();
    tokio::task::spawn_blocking(move || made.ensure_table(TABLE)).await??;
    let meter = Meter::default();
    let table = Table::new(engine.client(), "kefu").metered(meter.clone());
    all(&Bench { table, meter, ministack: false }).await
}

#[tokio::test]
async fn the_embedded_engine_keeps_it_over_http() -> Outcome {
    use aws_sdk_dynamodb::config::{BehaviorVersion, Config, Credentials, Region};
    let engine = Engine::in_memory()?;
    let made = engine.clone();
    tokio::task::spawn_blocking(move || made.ensure_table(TABLE)).await??;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let serving = tokio::spawn(engine.serve(listener));
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("us-east-1"))
        .credentials_provider(Credentials::new("test", "test", None, None, "tests"))
        .endpoint_url(url)
        .build();
    let meter = Meter::default();
    let table = Table::new(aws_sdk_dynamodb::Client::from_conf(config), "kefu").metered(meter.clone());
    let outcome = all(&Bench { table, meter, ministack: false }).await;
    serving.abort();
    outcome
}

#[tokio::test]
async fn ministack_keeps_the_tables_contract() -> Outcome {
    let ministack = tokio::task::spawn_blocking(|| {
        let ministack = Ministack::running().map_err(|error| error.to_string())?;
        let made = ministack.make_table(&TABLE.replace("\"kefu\"", "\"contract\""));
        made.map_err(|error| error.to_string()).map(|()| ministack)
    });
    let ministack = ministack.await??;
    let meter = Meter::default();
    let table = Table::new(client!(aws_sdk_dynamodb, ministack), "contract").metered(meter.clone());
    all(&Bench { table, meter, ministack: true }).await
}

/// Every claim; each has partitions of its own.
async fn all(bench: &Bench) -> Outcome {
    let table = &bench.table;
    table_claims::a_write_on_nothing_happens_once(table).await?;
    table_claims::a_write_on_what_was_seen_happens_once(table).await?;
    table_claims::a_write_without_a_condition_replaces(table).await?;
    table_claims::rivals_have_one_winner(table).await?;
    table_claims::a_transaction_is_all_or_nothing_and_names_the_first_refused_place(table).await?;
    table_claims::a_transaction_takes_a_hundred_items(table).await?;
    table_claims::what_was_acknowledged_is_read(table).await?;
    table_claims::several_are_read_together(table).await?;
    table_claims::ranges_directions_and_limits_are_kept(table).await?;
    table_claims::sort_keys_stand_in_the_order_of_their_bytes(table).await?;
    table_claims::an_index_holds_what_has_its_keys_and_only_its_attributes(table).await?;
    table_claims::an_item_moves_within_an_index(table).await?;
    table_updates::a_set_grows_and_shrinks_whatever_is_repeated(table).await?;
    table_updates::the_size_of_a_set_bounds_rivals(table).await?;
    table_updates::an_update_within_a_transaction_is_all_or_nothing(table).await?;
    table_claims::what_does_not_fit_is_refused(table).await?;
    table_units::writes_cost_the_item_and_each_index(bench).await?;
    table_units::a_transaction_doubles_the_items_not_the_indexes(bench).await?;
    table_units::reads_cost_half_unless_they_see_everything(bench).await?;
    Ok(())
}

/// Where an item of a claim is.
pub fn at(pk: &str, sk: &str) -> Key {
    Key { pk: pk.to_owned(), sk: sk.to_owned() }
}

/// An item that was written so often.
pub fn item(pk: &str, sk: &str, times: u64) -> Item {
    Item::at(at(pk, sk)).with("n", Value::Number(times))
}

/// That item with a place in an index.
pub fn indexed(item: Item, index: Index, partition: &str, position: &str) -> Item {
    item.with(index.name(), Value::Text(partition.to_owned()))
        .with(index.sort(), Value::Text(position.to_owned()))
}

/// A write of it.
pub fn write(item: Item, when: When) -> Write {
    Write::put(item, when)
}

/// The sort keys of a whole partition, or of a part of it.
pub async fn sort_keys(
    table: &Table,
    partition: &str,
    range: Range<'_>,
) -> Result<Vec<String>, Box<dyn Error>> {
    let query = Query { index: None, partition, range, newest_first: false, limit: 1000 };
    let page = table.query_consistent(query).await?;
    page.items.iter().map(|item| Ok(item.text("sk")?.to_owned())).collect()
}
