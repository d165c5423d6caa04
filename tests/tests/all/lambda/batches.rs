//! A batch of the queue of which one message cannot be handled.

use common::store::keys;
use common::store::table::{Item, Value as Stored, When, Written};
use domain::ids::{CustomerKey, InquiryId, ShopId};
use serde_json::json;

use super::cloud::Cloud;
use super::events::{Reply, Request, batch, failures};
use crate::contract::table::Outcome;
use crate::support::TAIPEI;

#[tokio::test]
async fn of_a_batch_exactly_the_failed_message_comes_again() -> Outcome {
    let cloud = Cloud::open("batches").await?;
    let mut submit = cloud.function("submit-inquiry").await?;
    for email in ["gus@example.com", "gia@example.com"] {
        let body = json!({ "category": "other", "text": "Hello?", "name": "G", "email": email });
        let ask = Request::post("/v1/shops/taipei/inquiries", &body);
        let made = Reply::of(submit.invoke(ask.event()).await?).ok();
        assert_eq!(made["confirmation"], "mail_sent");
    }
    let owed = cloud.owed().await?;
    let [one, other] = owed.as_slice() else { return Err(format!("{} notices", owed.len()).into()) };

    // An inquiry that this version cannot read, as after a deployment was taken back.
    let (shop, id) = (ShopId::parse(TAIPEI)?, InquiryId::from_bits(&CustomerKey::from_bits(1), 1));
    let strange = Item::at(keys::inquiry(&shop, &id))
        .with("n", Stored::Number(1))
        .with("row", Stored::Bytes(vec![0xff]))
        .with("doc", Stored::Bytes(vec![0xff]));
    assert_eq!(cloud.app.store.table().put(strange, When::Absent).await?, Written::Done);
    let unreadable = json!({ "format": 1, "shop": TAIPEI, "inquiry": id.to_string() }).to_string();

    let mut send = cloud.function("send-notice").await?;
    let three = batch(&[("m-1", one.as_str()), ("m-2", unreadable.as_str()), ("m-3", other.as_str())]);
    assert_eq!(failures(send.invoke(&three).await?), ["m-2"]);
    assert_eq!(cloud.mails().await?.len(), 2, "the others were sent");

    // It comes again alone, to the same process, and with what is no message at all: that would never
    // be handled, so it does not come again; what is owed stands in the table.
    let again = batch(&[("m-2", unreadable.as_str()), ("m-4", "no message")]);
    assert_eq!(failures(send.invoke(&again).await?), ["m-2"]);
    assert_eq!(failures(send.invoke(&batch(&[])).await?), Vec::<String>::new());
    assert_eq!(cloud.mails().await?.len(), 2);
    Ok(())
}
