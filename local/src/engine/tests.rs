//! The engine as the SDK sees it.

use std::sync::atomic::Ordering;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{AttributeValue, Put, TransactWriteItem};

use super::{Engine, Faults};
use crate::testing::Folder;

type Outcome = Result<(), Box<dyn std::error::Error>>;

const TABLE: &str = r#"{
    "TableName": "kefu",
    "BillingMode": "PAY_PER_REQUEST",
    "AttributeDefinitions": [
        { "AttributeName": "pk", "AttributeType": "S" },
        { "AttributeName": "sk", "AttributeType": "S" },
        { "AttributeName": "shelf", "AttributeType": "S" }
    ],
    "KeySchema": [
        { "AttributeName": "pk", "KeyType": "HASH" },
        { "AttributeName": "sk", "KeyType": "RANGE" }
    ],
    "GlobalSecondaryIndexes": [{
        "IndexName": "shelves",
        "KeySchema": [
            { "AttributeName": "shelf", "KeyType": "HASH" },
            { "AttributeName": "sk", "KeyType": "RANGE" }
        ],
        "Projection": { "ProjectionType": "ALL" }
    }]
}"#;

#[test]
fn a_folder_of_an_earlier_version_is_refused_with_what_to_do() -> Outcome {
    let folder = Folder::new("outdated")?;
    let file = folder.path().join("kefu.db");
    Engine::open(&file)?.ensure_table(TABLE)?;
    let engine = Engine::open(&file)?;
    engine.ensure_table(TABLE)?;
    let newer = TABLE.replace("shelves", "cupboards");
    let refused = engine.ensure_table(&newer).err().map(|error| error.to_string());
    assert!(refused.is_some_and(|words| words.contains("move it away")));
    Ok(())
}

fn text(value: impl Into<String>) -> AttributeValue {
    AttributeValue::S(value.into())
}

fn put(item: &str) -> Result<TransactWriteItem, Box<dyn std::error::Error>> {
    let put = Put::builder()
        .table_name("kefu")
        .item("pk", text("p"))
        .item("sk", text(item))
        .item("shelf", text("open"))
        .condition_expression("attribute_not_exists(pk)")
        .build()?;
    Ok(TransactWriteItem::builder().put(put).build())
}

async fn listed(client: &Client) -> Result<usize, Box<dyn std::error::Error>> {
    let page = client
        .query()
        .table_name("kefu")
        .index_name("shelves")
        .key_condition_expression("shelf = :shelf")
        .expression_attribute_values(":shelf", text("open"))
        .send()
        .await?;
    Ok(page.items().len())
}

async fn with_table(engine: Engine) -> Result<Engine, Box<dyn std::error::Error>> {
    let made = engine.clone();
    tokio::task::spawn_blocking(move || made.ensure_table(TABLE)).await??;
    Ok(engine)
}

#[tokio::test]
async fn what_was_acknowledged_is_there_after_a_restart() -> Outcome {
    let folder = Folder::new("engine-restart")?;
    let file = folder.path().join("kefu.db");
    for start in 0..3 {
        let engine = with_table(Engine::open(&file)?).await?;
        let client = engine.client();
        client.transact_write_items().transact_items(put(&start.to_string())?).send().await?;
        assert_eq!(listed(&client).await?, start + 1);
    }
    Ok(())
}

#[tokio::test]
async fn rival_writers_of_one_item_have_one_winner() -> Outcome {
    let engine = with_table(Engine::in_memory()?).await?;
    let rivals: Vec<_> = (0..16)
        .map(|_| {
            let client = engine.client();
            tokio::spawn(async move {
                let request =
                    client.put_item().table_name("kefu").item("pk", text("p")).item("sk", text("1"));
                request.condition_expression("attribute_not_exists(pk)").send().await
            })
        })
        .collect();
    let mut winners = 0;
    for rival in rivals {
        match rival.await? {
            Ok(_) => winners += 1,
            Err(error) => assert!(error.into_service_error().is_conditional_check_failed_exception()),
        }
    }
    assert_eq!(winners, 1);
    Ok(())
}

#[tokio::test]
async fn a_cancelled_transaction_says_which_item_was_refused() -> Outcome {
    let engine = with_table(Engine::in_memory()?).await?;
    let client = engine.client();
    client.transact_write_items().transact_items(put("1")?).send().await?;
    let both = client.transact_write_items().transact_items(put("2")?).transact_items(put("1")?).send();
    let error = both.await.err().ok_or("it went through")?.into_service_error();
    let aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError::TransactionCanceledException(
        cancelled,
    ) = error
    else {
        return Err(format!("another error: {error:?}").into());
    };
    let codes: Vec<_> = cancelled.cancellation_reasons().iter().map(|it| it.code()).collect();
    assert_eq!(codes, [Some("None"), Some("ConditionalCheckFailed")]);
    assert_eq!(listed(&client).await?, 1);
    Ok(())
}

#[tokio::test]
async fn an_operation_that_it_does_not_know_is_refused() -> Outcome {
    let engine = Engine::in_memory()?;
    let told = engine.client().list_backups().send().await.err().ok_or("it went through")?;
    assert!(format!("{told:?}").contains("UnknownOperationException"));
    Ok(())
}

#[tokio::test]
async fn a_malformed_request_is_refused_as_in_the_cloud() -> Outcome {
    let engine = with_table(Engine::in_memory()?).await?;
    let put = engine.client().put_item().table_name("kefu").item("pk", text("p")).send();
    let told = format!("{:?}", put.await.err().ok_or("it went through")?);
    assert!(told.contains("ValidationException"), "{told}");
    Ok(())
}

#[tokio::test]
async fn an_unreliable_engine_lags_refuses_and_loses_answers() -> Outcome {
    let faults =
        Faults { stale_reads: 0.5, conflicts: 0.2, throttles: 0.1, lost_answers: 0.2, ..Faults::default() };
    let active = faults.active.clone();
    let engine = with_table(Engine::unreliable(faults)?).await?;
    let client = engine.client();
    let (mut conflicts, mut throttles, mut lost, mut stale) = (0, 0, 0, 0);
    for item in 0..200 {
        let request = client.put_item().table_name("kefu").item("pk", text("p"));
        let request = request.item("sk", text(format!("{item:03}"))).item("shelf", text("open"));
        if let Err(error) = request.send().await {
            let told = format!("{error:?}");
            conflicts += usize::from(told.contains("TransactionConflictException"));
            throttles += usize::from(told.contains("ProvisionedThroughputExceeded"));
            lost += usize::from(told.contains("the answer was lost"));
        }
        let seen = listed(&client).await.unwrap_or_default();
        active.store(false, Ordering::Relaxed);
        stale += usize::from(seen < listed(&client).await?);
        active.store(true, Ordering::Relaxed);
    }
    assert!(conflicts > 10 && throttles > 5 && lost > 10 && stale > 20);
    active.store(false, Ordering::Relaxed);
    assert_eq!(listed(&client).await?, 200 - conflicts - throttles, "a lost answer was a done write");
    Ok(())
}
