//! What operations cost, as the engines say themselves: the ground of every assertion about costs.

use common::store::keys::Index;
use common::store::table::{Item, Query, Range, Units, Value, When};

use super::table::{Bench, Outcome, at, indexed, item, write};

fn sized(item: Item, bytes: usize) -> Item {
    item.with("doc", Value::Bytes(vec![7; bytes]))
}

async fn written(bench: &Bench, item: Item, when: When) -> Result<Units, Box<dyn std::error::Error>> {
    bench.meter.take();
    bench.table.put(item, when).await?;
    Ok(bench.meter.take())
}

pub async fn writes_cost_the_item_and_each_index(bench: &Bench) -> Outcome {
    let costs = |write| Units { trips: 1, read: 0.0, write };
    let plain = |sk: &str| item("units", sk, 1);
    assert_eq!(written(bench, plain("small"), When::Absent).await?, costs(1.0));
    assert_eq!(written(bench, sized(plain("large"), 2_500), When::Absent).await?, costs(3.0));
    assert_eq!(
        written(bench, plain("large"), When::Written(1)).await?,
        costs(3.0),
        "the larger of old and new"
    );
    let listed = |partition| indexed(plain("listed"), Index::Waiting, partition, "1");
    assert_eq!(written(bench, listed("units#u"), When::Absent).await?, costs(2.0), "and its index");
    let twice = indexed(listed("units#u"), Index::Due, "units-due", "1");
    assert_eq!(written(bench, twice, When::Written(1)).await?, costs(2.0), "only the new index is written");
    let moved = indexed(listed("units#s"), Index::Due, "units-due", "1");
    assert_eq!(written(bench, moved, When::Written(1)).await?, costs(3.0), "a moved key: out and in");
    Ok(())
}

pub async fn a_transaction_doubles_the_items_not_the_indexes(bench: &Bench) -> Outcome {
    bench.meter.take();
    let listed = indexed(item("pair", "a", 1), Index::Waiting, "pair#u", "1");
    let writes = vec![write(listed, When::Absent), write(item("pair", "b", 1), When::Absent)];
    bench.table.put_all(writes).await?;
    assert_eq!(bench.meter.take(), Units { trips: 1, read: 0.0, write: 5.0 });
    Ok(())
}

pub async fn reads_cost_half_unless_they_see_everything(bench: &Bench) -> Outcome {
    let costs = |read| Units { trips: 1, read, write: 0.0 };
    let table = &bench.table;
    table.put(sized(item("reads", "a", 1), 100), When::Absent).await?;
    bench.meter.take();
    table.get(&at("reads", "a"), false).await?;
    assert_eq!(bench.meter.take(), costs(0.5));
    table.get(&at("reads", "a"), true).await?;
    assert_eq!(bench.meter.take(), costs(1.0));
    let query = Query { index: None, partition: "reads", range: Range::All, newest_first: false, limit: 25 };
    table.query(query).await?;
    assert_eq!(bench.meter.take(), costs(0.5));
    for number in 0..10 {
        let large = sized(item("reads", &format!("b{number}"), 1), 1_000);
        table.put(large, When::Absent).await?;
    }
    bench.meter.take();
    table.query(query).await?;
    // DynamoDB adds up what a query reads and rounds once, to 4 KB; ministack charges every query as if
    // it had read one small item.
    assert_eq!(bench.meter.take(), costs(if bench.ministack { 0.5 } else { 1.5 }));
    Ok(())
}
