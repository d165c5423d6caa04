//! What each function asks of AWS, and what its role allows: the same, and on nothing else. That the list is right is
//! seen in every other test: there a function can do only what its role in the template allows (`support/roles.rs`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use serde_json::{Value, json};

use super::template;

/// A command on an inquiry or an order: what is read, what is written, what was said before. Desks are updated, since an
/// inquiry that came due ends with whatever is asked of it, or told in it.
const WRITES: &str = "GetItem PutItem Query UpdateItem";
/// The same where nobody asks again for what was said before.
const WRITES_UNASKED: &str = "GetItem PutItem UpdateItem";
/// A command on an inquiry by which an open question loses its item: it is answered, or its inquiry becomes part of
/// another one (`store/questions.rs`). Nothing else that happens to an inquiry takes an item away.
const WRITES_AND_FORGETS: &str = "DeleteItem GetItem PutItem Query UpdateItem";
/// What is kept of people: a membership or a proposal goes.
const PEOPLE: &str = "DeleteItem GetItem PutItem UpdateItem";

/// Operations on the table's items, indexes that are queried, queues that are sent to. A transaction needs the right to
/// each of its parts. Confirming, merging and distributing owe no mail, since none of it is done to an inquiry that timed
/// out; and what `contact-customer` opens has its agent.
const RIGHTS: [(&str, &str, &str, &str); 63] = [
    ("add-note", WRITES_AND_FORGETS, "", "Notices Arrivals"),
    ("answer-proposal", WRITES, "", "Notices Arrivals Refunds"),
    ("assign-inquiry", WRITES, "", "Notices Arrivals"),
    ("cancel-order", WRITES, "", "Notices Arrivals Refunds"),
    ("close-inquiry", WRITES, "", "Notices Arrivals"),
    ("confirm-inquiry", WRITES, "", "Arrivals"),
    ("contact-customer", WRITES, "", "Notices"),
    ("decide-proposal", "DeleteItem GetItem PutItem Query", "", ""),
    ("decide-refund", WRITES, "", "Notices Arrivals Refunds"),
    ("decide-return", WRITES, "", "Notices Arrivals Refunds"),
    ("delay-order", WRITES, "", "Notices Arrivals Refunds"),
    (
        "distribute-inquiries",
        "ConditionCheckItem GetItem PutItem Query UpdateItem",
        "waiting latest",
        "Arrivals",
    ),
    ("enforce-deadlines", WRITES_UNASKED, "deadline", "Notices Arrivals Refunds"),
    ("execute-refund", WRITES_UNASKED, "", "Notices Arrivals Refunds"),
    ("follow-up-on-inquiry", WRITES, "", "Notices Arrivals"),
    ("keep-presence", "GetItem Query UpdateItem", "", "Arrivals"),
    ("label-inquiry", WRITES, "", "Notices Arrivals"),
    ("list-agents", "GetItem Query", "", ""),
    ("list-alerts", "BatchGetItem GetItem Query UpdateItem", "", ""),
    ("list-inquiries", "BatchGetItem GetItem Query UpdateItem", "waiting latest flagged", "Arrivals"),
    ("list-orders", "GetItem", "waiting flagged", ""),
    ("list-products", "GetItem", "latest", ""),
    ("list-refunds", "GetItem", "flagged", ""),
    ("make-api-key", "GetItem PutItem", "", ""),
    ("merge-inquiry", WRITES_AND_FORGETS, "", "Arrivals"),
    ("note-order", WRITES, "", "Notices Arrivals Refunds"),
    ("open-guest-session", "GetItem", "", ""),
    ("open-return", WRITES, "", "Notices Arrivals Refunds"),
    ("push-orders", WRITES_UNASKED, "", "Notices Arrivals Refunds"),
    ("push-products", "GetItem PutItem", "", ""),
    ("put-shop", PEOPLE, "", "Arrivals"),
    ("rate-inquiry", WRITES, "", "Notices Arrivals"),
    ("receive-refund-result", WRITES_UNASKED, "", "Notices Arrivals Refunds"),
    ("refund-order", WRITES, "", "Notices Arrivals Refunds"),
    ("reopen-by-link", WRITES, "", "Notices Arrivals"),
    ("reopen-inquiry", WRITES, "", "Notices Arrivals"),
    ("reply-to-inquiry", WRITES, "", "Notices Arrivals"),
    ("request-refund", WRITES, "", "Notices Arrivals Refunds"),
    ("request-return", WRITES, "", "Notices Arrivals Refunds"),
    ("resend-notices", "", "due", "Notices"),
    ("resume-distribution", "", "latest due", "Arrivals"),
    ("resume-refunds", "GetItem", "due", "Refunds"),
    ("send-digests", "BatchGetItem GetItem UpdateItem", "due", ""),
    ("send-notice", "GetItem PutItem Query", "", ""),
    ("settle-inquiry", WRITES, "", "Notices Arrivals"),
    ("ship-order", WRITES, "", "Notices Arrivals Refunds"),
    ("show-avatar", "GetItem", "", ""),
    ("show-inquiry", "BatchGetItem GetItem Query", "", ""),
    ("show-inquiry-form", "GetItem", "", ""),
    ("show-order", "GetItem Query", "", ""),
    ("show-session", "GetItem Query", "", ""),
    ("show-shop", "GetItem", "", ""),
    ("show-workbench", "GetItem", "latest", ""),
    ("snooze-inquiry", WRITES, "", "Notices Arrivals"),
    ("submit-inquiry", "BatchGetItem GetItem PutItem Query", "", "Notices Arrivals"),
    ("track-inquiry", "GetItem Query", "", ""),
    ("track-order", "GetItem Query", "latest", ""),
    ("update-desk", "GetItem Query UpdateItem", "", "Arrivals"),
    ("update-inquiries", WRITES, "", "Notices Arrivals"),
    ("update-order-settings", "GetItem PutItem", "", ""),
    ("update-profile", PEOPLE, "", ""),
    ("update-service-settings", "GetItem PutItem", "", "Arrivals"),
    ("withdraw-request", WRITES, "", "Notices Arrivals Refunds"),
];

/// Functions that send mails.
const MAILERS: [&str; 2] = ["send-digests", "send-notice"];

/// The statements of a function's role; nothing for one that is not listed. `takes` is the queue that it is called by.
pub fn statements(function: &str, takes: Option<&str>) -> Value {
    let Some((_, actions, indexes, queues)) = RIGHTS.iter().find(|it| it.0 == function) else {
        return json!([]);
    };
    let mut all = Vec::new();
    if !actions.is_empty() {
        let actions: Vec<String> = actions.split(' ').map(|action| format!("dynamodb:{action}")).collect();
        let table = json!({ "Fn::GetAtt": ["Table", "Arn"] });
        all.push(json!({ "Effect": "Allow", "Action": actions, "Resource": table }));
    }
    if !indexes.is_empty() {
        let index = |name| json!({ "Fn::Sub": format!("${{Table.Arn}}/index/{name}") });
        let indexes: Vec<Value> = indexes.split(' ').map(index).collect();
        all.push(json!({ "Effect": "Allow", "Action": "dynamodb:Query", "Resource": indexes }));
    }
    if !queues.is_empty() {
        let queues: Vec<Value> = queues.split(' ').map(queue).collect();
        all.push(json!({ "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": queues }));
    }
    if let Some(taken) = takes {
        let does = ["ChangeMessageVisibility", "DeleteMessage", "GetQueueAttributes", "ReceiveMessage"];
        let does = does.map(|action| format!("sqs:{action}"));
        all.push(json!({ "Effect": "Allow", "Action": does, "Resource": queue(taken) }));
    }
    if MAILERS.contains(&function) {
        all.push(mails());
    }
    Value::Array(all)
}

fn queue(name: &str) -> Value {
    json!({ "Fn::GetAtt": [format!("{name}Queue"), "Arn"] })
}

/// Mails come from the one address; SES asks for the second right where a mail is handed over whole.
fn mails() -> Value {
    let of = |what| json!({ "Fn::Sub": format!("arn:${{AWS::Partition}}:ses:${{AWS::Region}}:${{AWS::AccountId}}:{what}") });
    json!({
        "Effect": "Allow",
        "Action": ["ses:SendEmail", "ses:SendRawEmail"],
        "Resource": [of("identity/${MailDomain}"), of("configuration-set/${MailConfigurationSet}")],
        "Condition": { "StringEquals": { "ses:FromAddress": { "Ref": "MailFrom" } } },
    })
}

/// An action and what it is done to, in the words of the template: `Table`, `Table/index/due`, `NoticesQueue`,
/// `identity/${MailDomain}`.
pub type Right = (String, String);

/// What the template's roles allow, by the function's name.
pub fn roles() -> &'static BTreeMap<String, BTreeSet<Right>> {
    static ROLES: OnceLock<BTreeMap<String, BTreeSet<Right>>> = OnceLock::new();
    ROLES.get_or_init(|| {
        let functions = super::functions::all().iter();
        functions.map(|it| (it.name.clone(), allowed(&template()["Resources"][it.resource()]))).collect()
    })
}

fn allowed(function: &Value) -> BTreeSet<Right> {
    let policies = list(&function["Properties"]["Policies"]);
    let statements = policies.iter().flat_map(|policy| list(&policy["Statement"]));
    let rights = statements.flat_map(|statement| {
        let resources: Vec<String> = list(&statement["Resource"]).iter().map(place).collect();
        let actions = list(&statement["Action"]);
        let pair = |action: &Value| {
            let action = action.as_str().unwrap_or_default().to_owned();
            resources.iter().map(|place| (action.clone(), place.clone())).collect::<Vec<_>>()
        };
        actions.iter().flat_map(pair).collect::<Vec<_>>()
    });
    rights.collect()
}

/// One or many, as IAM takes both.
pub fn list(value: &Value) -> Vec<Value> {
    match value {
        Value::Array(values) => values.clone(),
        Value::Null => Vec::new(),
        one => vec![one.clone()],
    }
}

fn place(resource: &Value) -> String {
    let attribute = resource["Fn::GetAtt"][0].as_str();
    let text = attribute.or_else(|| resource["Fn::Sub"].as_str()).unwrap_or_default();
    // Of an address that is spelled out only the end says which thing it is.
    text.rsplit("}:").next().unwrap_or_default().replace("${Table.Arn}", "Table")
}

#[test]
fn every_function_has_its_line() {
    let named: BTreeSet<&str> = RIGHTS.iter().map(|it| it.0).collect();
    let there: BTreeSet<&str> = super::functions::all().iter().map(|it| it.name.as_str()).collect();
    assert_eq!(named, there);
}

#[test]
fn roles_are_read_as_they_are_written() {
    let role = &roles()["resume-refunds"];
    let right = |action: &str, place: &str| (action.to_owned(), place.to_owned());
    let expected = [
        right("dynamodb:GetItem", "Table"),
        right("dynamodb:Query", "Table/index/due"),
        right("sqs:SendMessage", "RefundsQueue"),
    ];
    assert_eq!(*role, BTreeSet::from(expected));
    assert!(roles()["send-notice"].contains(&right("ses:SendEmail", "identity/${MailDomain}")));
}
