//! What desks rely on: sets that are changed without being read, bounded by a condition.

use common::store::table::{ConditionFailed, Table, Update, Value, When, Write, Written};
use futures_util::future::join_all;

use super::table::{Outcome, at, item, write};

const ROOM: &str = "attribute_not_exists(held_ids) OR size(held_ids) < held_most";

fn changed(sk: &str, action: &str, member: &str, condition: Option<&'static str>) -> Update {
    Update {
        key: at("sets", sk),
        actions: format!("{action} held_ids :id"),
        condition,
        values: vec![(":id", Value::Texts(vec![member.to_owned()]))],
    }
}

async fn held(table: &Table, sk: &str) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let found = table.get(&at("sets", sk), true).await?;
    let mut held = found.map(|item| item.texts("held_ids").to_vec()).unwrap_or_default();
    held.sort();
    Ok(held)
}

pub async fn a_set_grows_and_shrinks_whatever_is_repeated(table: &Table) -> Outcome {
    for member in ["b", "a", "b"] {
        assert!(table.update(changed("one", "ADD", member, None)).await?.is_ok());
    }
    assert_eq!(held(table, "one").await?, ["a", "b"]);
    let before = table.update(changed("one", "DELETE", "a", None)).await?;
    assert_eq!(
        before.map(|item| item.map(|item| item.texts("held_ids").len())),
        Ok(Some(2)),
        "as it was before"
    );
    for member in ["a", "b", "nobody"] {
        assert!(table.update(changed("one", "DELETE", member, None)).await?.is_ok());
    }
    assert!(held(table, "one").await?.is_empty());
    assert!(table.update(changed("one", "ADD", "c", None)).await?.is_ok(), "and grows again from nothing");
    assert_eq!(held(table, "one").await?, ["c"]);
    Ok(())
}

pub async fn the_size_of_a_set_bounds_rivals(table: &Table) -> Outcome {
    table.put(item("sets", "room", 1).with("held_most", Value::Number(3)), When::Always).await?;
    let rivals = (0..20).map(|number| {
        let beside = item("sets", &format!("rival-{number:02}"), 1);
        let take = changed("room", "ADD", &format!("m{number:02}"), Some(ROOM));
        table.put_all(vec![write(beside, When::Absent), Write::Update(take)])
    });
    let mut done = 0;
    for outcome in join_all(rivals).await {
        match outcome? {
            Written::Done => done += 1,
            Written::Refused(place) => assert_eq!(place, 1),
            Written::Conflict => {}
        }
    }
    assert!((1..=3).contains(&done), "{done}");
    assert_eq!(held(table, "room").await?.len(), done);
    Ok(())
}

pub async fn an_update_within_a_transaction_is_all_or_nothing(table: &Table) -> Outcome {
    table.put(item("sets", "full", 1).with("held_most", Value::Number(0)), When::Always).await?;
    table.update(changed("full", "ADD", "one", None)).await?.map_err(|ConditionFailed| "refused")?;
    let take = changed("full", "ADD", "two", Some(ROOM));
    let beside = item("sets", "beside", 1);
    let outcome = table.put_all(vec![write(beside, When::Absent), Write::Update(take.clone())]).await?;
    assert_eq!(outcome, Written::Refused(1));
    assert_eq!(table.get(&at("sets", "beside"), true).await?, None);
    assert_eq!(table.update(take).await?, Err(ConditionFailed));
    assert_eq!(held(table, "full").await?, ["one"]);
    let gone = Write::Delete(at("sets", "full"));
    assert_eq!(table.put_all(vec![gone]).await?, Written::Done);
    assert_eq!(table.get(&at("sets", "full"), true).await?, None);
    Ok(())
}
