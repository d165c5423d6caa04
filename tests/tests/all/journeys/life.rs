//! An inquiry is asked and answered.

use serde_json::json;

use crate::support::{Desk, hours};

#[test]
fn an_inquiry_is_asked_taken_answered_and_closed() {
    let desk = Desk::open();
    let asked = desk
        .ada()
        .submits_with(json!({ "text": "It has been five days.", "subject": "Where is my parcel?" }));
    assert_eq!(asked.confirmation, "not_needed");
    assert!(desk.mia().has("list=unassigned", &asked));

    desk.wait(hours(5));
    desk.mia().takes(&asked);
    desk.mia().keeps_open(&asked, "I am asking the warehouse.");
    desk.dispatch();
    let mail = desk.mailbox("ada@example.com").remove(0);
    assert!(mail.text.contains("I am asking the warehouse."), "{}", mail.text);

    desk.ada().follows_up(&asked, "Thank you!");
    desk.mia().replies(&asked, "It left today.");
    desk.dispatch();
    assert_eq!(desk.mailbox("ada@example.com").len(), 2);
    let reads = desk.ada().reads(&asked);
    assert_eq!(
        reads,
        ["It has been five days.", "I am asking the warehouse.", "Thank you!", "It left today."]
    );
    assert!(desk.mia().has("list=history", &asked));
    let told = desk.mia().events(&asked);
    assert_eq!(told, ["submitted", "assigned", "agent_replied", "customer_wrote", "agent_replied"]);
}
