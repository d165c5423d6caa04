//! What the store relies on, whatever the engine.

use common::failure::Failure;
use common::store::keys::Index;
use common::store::table::{Item, Query, Range, TRANSACTION_ITEMS, Table, Value, When, Written};
use futures_util::future::join_all;

use super::table::{Outcome, at, indexed, item, sort_keys, write};

pub async fn a_write_on_nothing_happens_once(table: &Table) -> Outcome {
    let first = item("once", "a", 1).with("doc", Value::Text("first".into()));
    let second = item("once", "a", 1).with("doc", Value::Text("second".into()));
    assert_eq!(table.put(first.clone(), When::Absent).await?, Written::Done);
    assert_eq!(table.put(second, When::Absent).await?, Written::Refused(0));
    assert_eq!(table.get(&at("once", "a"), true).await?, Some(first), "the refused write left no trace");
    Ok(())
}

pub async fn a_write_on_what_was_seen_happens_once(table: &Table) -> Outcome {
    let next = |times| item("seen", "a", times);
    assert_eq!(table.put(next(2), When::Written(1)).await?, Written::Refused(0), "nothing is there");
    assert_eq!(table.put(next(1), When::Absent).await?, Written::Done);
    assert_eq!(table.put(next(2), When::Written(1)).await?, Written::Done);
    assert_eq!(table.put(next(2), When::Written(1)).await?, Written::Refused(0), "another was first");
    assert_eq!(table.get(&at("seen", "a"), true).await?, Some(next(2)));
    Ok(())
}

pub async fn a_write_without_a_condition_replaces(table: &Table) -> Outcome {
    let rich = item("replaced", "a", 1).with("doc", Value::Bytes(vec![0, 159, 146, 150]));
    let poor = item("replaced", "a", u64::MAX);
    table.put(rich.clone(), When::Always).await?;
    assert_eq!(table.get(&at("replaced", "a"), true).await?, Some(rich), "bytes come back as they were");
    table.put(poor.clone(), When::Always).await?;
    assert_eq!(
        table.get(&at("replaced", "a"), true).await?,
        Some(poor),
        "no attribute of the old item is left"
    );
    Ok(())
}

pub async fn rivals_have_one_winner(table: &Table) -> Outcome {
    let rivals = (0..12_u64).map(|rival| {
        let mine = item("rivals", "a", 1).with("doc", Value::Number(rival));
        table.put(mine, When::Absent)
    });
    let mut done = 0;
    for outcome in join_all(rivals).await {
        done += usize::from(outcome? == Written::Done);
    }
    assert_eq!(done, 1);
    // DynamoDB may also answer that another transaction is under way; neither engine here ever does.
    let rivals = (0..12_u64).map(|rival| {
        let mine = item("rivals", "a", 2).with("doc", Value::Number(rival));
        let beside = item("rivals", &format!("beside-{rival:02}"), 1);
        table.put_all(vec![write(mine, When::Written(1)), write(beside, When::Absent)])
    });
    let mut done = 0;
    for outcome in join_all(rivals).await {
        match outcome? {
            Written::Done => done += 1,
            Written::Refused(place) => assert_eq!(place, 0),
            Written::Conflict => {}
        }
    }
    assert_eq!(done, 1);
    assert_eq!(sort_keys(table, "rivals", Range::Begins("beside-")).await?.len(), 1);
    Ok(())
}

pub async fn a_transaction_is_all_or_nothing_and_names_the_first_refused_place(table: &Table) -> Outcome {
    table.put(item("both", "b", 1), When::Absent).await?;
    let with = |when_b, when_c| {
        vec![
            write(item("both", "a", 1), When::Always),
            write(item("both", "b", 2), when_b),
            write(item("both", "c", 1), when_c),
        ]
    };
    let cases = [
        (When::Absent, When::Absent, Written::Refused(1)),
        (When::Written(7), When::Written(7), Written::Refused(1)),
        (When::Written(1), When::Written(7), Written::Refused(2)),
    ];
    for (when_b, when_c, expected) in cases {
        assert_eq!(table.put_all(with(when_b, when_c)).await?, expected);
        assert_eq!(sort_keys(table, "both", Range::All).await?, ["b"], "nothing of it is stored");
    }
    assert_eq!(table.put_all(with(When::Written(1), When::Absent)).await?, Written::Done);
    assert_eq!(sort_keys(table, "both", Range::All).await?, ["a", "b", "c"]);
    assert_eq!(table.get(&at("both", "b"), true).await?, Some(item("both", "b", 2)));
    Ok(())
}

pub async fn a_transaction_takes_a_hundred_items(table: &Table) -> Outcome {
    let many = |count: usize| (0..count).map(|n| write(item("hundred", &format!("{n:03}"), 1), When::Absent));
    let all: Vec<_> = many(TRANSACTION_ITEMS).collect();
    assert_eq!(table.put_all(all).await?, Written::Done);
    assert_eq!(sort_keys(table, "hundred", Range::All).await?.len(), TRANSACTION_ITEMS);
    let numbered = |n: usize| item("hundred", &format!("{n:03}"), 1);
    let mut last_refused: Vec<_> =
        (1..TRANSACTION_ITEMS).rev().map(|n| write(numbered(n), When::Always)).collect();
    last_refused.push(write(numbered(0), When::Absent));
    assert_eq!(table.put_all(last_refused).await?, Written::Refused(TRANSACTION_ITEMS - 1));
    Ok(())
}

pub async fn what_was_acknowledged_is_read(table: &Table) -> Outcome {
    assert_eq!(table.get(&at("read", "a"), true).await?, None);
    for times in 1..=5 {
        let when = if times == 1 { When::Absent } else { When::Written(times - 1) };
        table.put(item("read", "a", times), when).await?;
        assert_eq!(table.get(&at("read", "a"), true).await?, Some(item("read", "a", times)));
        let query =
            Query { index: None, partition: "read", range: Range::All, newest_first: false, limit: 10 };
        let page = table.query_consistent(query).await?;
        assert_eq!((page.items, page.more), (vec![item("read", "a", times)], false));
    }
    Ok(())
}

pub async fn several_are_read_together(table: &Table) -> Outcome {
    for n in 0..40 {
        table.put(item("together", &format!("{n:03}"), n), When::Absent).await?;
    }
    let keys: Vec<_> = (0..80).map(|n| at("together", &format!("{n:03}"))).collect();
    let found = table.get_many(&keys).await?;
    let mut numbers = found.iter().map(|item| item.number("n")).collect::<Result<Vec<_>, Failure>>()?;
    numbers.sort_unstable();
    assert_eq!(numbers, (0..40).collect::<Vec<_>>(), "what is not there is left out");
    Ok(())
}

pub async fn ranges_directions_and_limits_are_kept(table: &Table) -> Outcome {
    for n in 1..=9 {
        table.put(item("range", &format!("I{n}"), n), When::Absent).await?;
    }
    table.put(item("range", "P1", 1), When::Absent).await?;
    table.put(item("range-2", "I1", 1), When::Absent).await?;
    let cases: [(Range<'_>, &[u64]); 6] = [
        (Range::All, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 1]),
        (Range::Begins("I"), &[1, 2, 3, 4, 5, 6, 7, 8, 9]),
        (Range::After("I6"), &[7, 8, 9, 1]),
        (Range::Before("I4"), &[1, 2, 3]),
        (Range::Between("I3", "I5"), &[3, 4, 5]),
        (Range::Between("I8~", "J"), &[9]),
    ];
    for (range, expected) in cases {
        for newest_first in [false, true] {
            for limit in [1, 3, 100] {
                let query = Query { index: None, partition: "range", range, newest_first, limit };
                let page = table.query(query).await?;
                let numbers =
                    page.items.iter().map(|item| item.number("n")).collect::<Result<Vec<_>, _>>()?;
                let mut whole = expected.to_vec();
                if newest_first {
                    whole.reverse();
                }
                let case = format!("{range:?}, newest first {newest_first}, at most {limit}");
                assert_eq!(numbers, whole.iter().take(limit).copied().collect::<Vec<_>>(), "{case}");
                // An engine that stopped at its limit cannot know whether that was the end: there it may
                // say that there is more, but it never says that there is none where there is.
                assert!(page.more || whole.len() <= limit, "{case}");
                assert!(!page.more || numbers.len() == limit, "{case}");
                assert_eq!(table.tally(query).await?, whole.len().min(limit), "{case}");
            }
        }
    }
    Ok(())
}

pub async fn sort_keys_stand_in_the_order_of_their_bytes(table: &Table) -> Outcome {
    let ordered = ["#", "0000000000001", "0000000000001#a", "10", "9", "A", "Z", "a", "~", "é", "客", "😀"];
    for sk in ordered.iter().rev() {
        table.put(item("bytes", sk, 1), When::Absent).await?;
    }
    assert_eq!(sort_keys(table, "bytes", Range::All).await?, ordered);
    Ok(())
}

pub async fn an_index_holds_what_has_its_keys_and_only_its_attributes(table: &Table) -> Outcome {
    let rich = |sk: &str| {
        item("sparse", sk, 1).with("row", Value::Text(sk.into())).with("doc", Value::Text("long".into()))
    };
    let listed = indexed(rich("b"), Index::Waiting, "sparse#u", "2");
    let listed = indexed(listed, Index::Due, "sparse-due", "2");
    let older = indexed(rich("c"), Index::Waiting, "sparse#u", "1");
    for one in [rich("a"), listed, older] {
        table.put(one, When::Absent).await?;
    }
    let rows = in_index(table, Index::Waiting, "sparse#u").await?;
    let keys: Vec<_> = rows.iter().map(|row| row.text("sk")).collect::<Result<_, _>>()?;
    assert_eq!(keys, ["c", "b"], "in the order of the index, without what has no place in it");
    for row in &rows {
        assert_eq!(row.text("row")?, row.text("sk")?);
        assert!(row.text("doc").is_err() && row.number("n").is_err(), "only what is projected");
    }
    let due = in_index(table, Index::Due, "sparse-due").await?;
    assert_eq!(due.len(), 1);
    assert!(due.iter().all(|key| key.text("row").is_err()), "only keys");
    assert_eq!((due[0].text("pk")?, due[0].text("sk")?), ("sparse", "b"));
    assert!(in_index(table, Index::Flagged, "sparse#u").await?.is_empty());
    Ok(())
}

pub async fn an_item_moves_within_an_index(table: &Table) -> Outcome {
    let waiting = indexed(item("moving", "a", 1), Index::Waiting, "moving#u", "1");
    let seen = indexed(item("moving", "a", 2), Index::Waiting, "moving#s", "1");
    let gone = item("moving", "a", 3);
    for (state, when, expected) in
        [(waiting, When::Absent, (1, 0)), (seen, When::Written(1), (0, 1)), (gone, When::Written(2), (0, 0))]
    {
        assert_eq!(table.put(state, when).await?, Written::Done);
        let unread = in_index(table, Index::Waiting, "moving#u").await?.len();
        let read = in_index(table, Index::Waiting, "moving#s").await?.len();
        assert_eq!((unread, read), expected);
    }
    Ok(())
}

pub async fn what_does_not_fit_is_refused(table: &Table) -> Outcome {
    let too_large = item("unfit", "a", 1).with("doc", Value::Bytes(vec![7; 400 * 1024]));
    assert!(table.put(too_large.clone(), When::Absent).await.is_err(), "an item above 400 KB");
    let beside = item("unfit", "b", 1);
    let both = vec![write(beside, When::Absent), write(too_large, When::Absent)];
    assert!(table.put_all(both).await.is_err());
    let long = "k".repeat(1025);
    assert!(table.put(item("unfit", &long, 1), When::Absent).await.is_err(), "a sort key above 1 KB");
    assert!(table.put(item("unfit", "", 1), When::Absent).await.is_err(), "an empty sort key");
    assert!(sort_keys(table, "unfit", Range::All).await?.is_empty(), "none of it is stored");
    Ok(())
}

async fn in_index(table: &Table, index: Index, partition: &str) -> Result<Vec<Item>, Failure> {
    let query = Query { index: Some(index), partition, range: Range::All, newest_first: false, limit: 100 };
    Ok(table.query(query).await?.items)
}
