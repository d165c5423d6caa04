//! Every function works under its own role of `infra/template.yaml`, in every test: what the role does not allow stops
//! the test. Which function is at work is told by the route that is asked, or by who calls it; whoever is not a
//! function may do everything.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::sync::{Mutex, OnceLock, PoisonError};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextRef;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use serde_json::Value;

use crate::template::rights::{Right, roles};
use crate::tidy::root;

tokio::task_local! {
    static AT_WORK: &'static str;
}

/// The rights that were used, for `infra/rights.py`, which looks for those that never are.
const USED: &str = "target/rights-used.txt";
/// The parts of a transaction and the rights that they need.
static PARTS: [(&str, &str); 4] = [
    ("ConditionCheck", "ConditionCheckItem"),
    ("Delete", "DeleteItem"),
    ("Put", "PutItem"),
    ("Update", "UpdateItem"),
];
/// How requests to the table begin.
const TABLE: &str = "DynamoDB_20120810";
/// The queues by the ends of their addresses.
const QUEUES: [(&str, &str); 3] = [
    ("/arrivals.fifo", "ArrivalsQueue"),
    ("/notices.fifo", "NoticesQueue"),
    ("/refunds.fifo", "RefundsQueue"),
];

/// Where tests lead messages that are to be lost: no queue is there, so no role speaks of it.
const NOWHERE: [&str; 2] = ["/nowhere", "/nowhere.fifo"];
/// Where SES takes mails.
const MAILS: &str = "/v2/email/outbound-emails";
/// The one address that mails come from, at the desk; roles allow no other (`ses:FromAddress`).
const MAIL_FROM: &str = "no-reply@kefu.example";

/// Works as that function.
pub async fn working_as<F: Future>(function: &'static str, work: F) -> F::Output {
    AT_WORK.scope(function, work).await
}

/// The table, for who has a role.
pub fn of_table(client: &aws_sdk_dynamodb::Client) -> aws_sdk_dynamodb::Client {
    aws_sdk_dynamodb::Client::from_conf(client.config().to_builder().interceptor(Role).build())
}

/// A queue, for who has a role.
pub fn of_queue(client: &aws_sdk_sqs::Client) -> aws_sdk_sqs::Client {
    aws_sdk_sqs::Client::from_conf(client.config().to_builder().interceptor(Role).build())
}

/// The mail service, for who has a role.
pub fn of_mails(client: &aws_sdk_sesv2::Client) -> aws_sdk_sesv2::Client {
    aws_sdk_sesv2::Client::from_conf(client.config().to_builder().interceptor(Role).build())
}

#[derive(Debug)]
struct Role;

impl Intercept for Role {
    fn name(&self) -> &'static str {
        "Role"
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let Ok(function) = AT_WORK.try_with(|function| *function) else { return Ok(()) };
        let request = context.request();
        let target = request.headers().get("x-amz-target");
        let asked = target.map_or_else(|| format!("{} {}", request.method(), request.uri()), str::to_owned);
        let body = serde_json::from_slice(request.body().bytes().unwrap_or_default()).unwrap_or_default();
        let role = roles().get(function);
        for right in needed(&asked, &body) {
            let allowed = role.is_some_and(|role| role.contains(&right));
            let (action, place) = &right;
            assert!(allowed, "{function} may not {action} on {place}: see its role in infra/template.yaml");
            note(function, &right);
        }
        Ok(())
    }
}

/// What a request needs the right to: one of the table or of a queue by its target, one of SES by its method and
/// address. Of what is not known here nobody could say whether a role allows it.
fn needed(asked: &str, body: &Value) -> Vec<Right> {
    let right = |action: &str, place: &str| (action.to_owned(), place.to_owned());
    if asked.starts_with("POST ") && asked.ends_with(MAILS) {
        return mailing(body);
    }
    match asked.split_once('.') {
        Some(("AmazonSQS", operation)) => {
            let url = body["QueueUrl"].as_str().unwrap_or_default();
            if NOWHERE.iter().any(|end| url.ends_with(end)) {
                return Vec::new();
            }
            let queue = QUEUES.iter().find(|(end, _)| url.ends_with(end));
            let (_, name) = queue.unwrap_or_else(|| panic!("no queue of the template is at {url:?}"));
            vec![right(&format!("sqs:{operation}"), name)]
        }
        Some((TABLE, "TransactWriteItems")) => {
            let items = body["TransactItems"].as_array().into_iter().flatten();
            let parts = items.flat_map(|item| PARTS.iter().filter(move |(part, _)| !item[*part].is_null()));
            let parts: BTreeSet<&str> = parts.map(|(_, action)| *action).collect();
            parts.into_iter().map(|action| right(&format!("dynamodb:{action}"), "Table")).collect()
        }
        Some((TABLE, operation)) => {
            let index = body["IndexName"].as_str();
            let place = index.map_or_else(|| "Table".to_owned(), |index| format!("Table/index/{index}"));
            vec![right(&format!("dynamodb:{operation}"), &place)]
        }
        _ => panic!("nobody knows which right {asked:?} needs"),
    }
}

/// A mail needs the right to its sender and to the set that counts it; one that is handed over whole a second right.
fn mailing(mail: &Value) -> Vec<Right> {
    assert_eq!(mail["FromEmailAddress"], MAIL_FROM, "a role allows mails from one address");
    let whole = (!mail["Content"]["Raw"].is_null()).then_some("ses:SendRawEmail");
    let counted = mail["ConfigurationSetName"].is_string();
    let places = ["identity/${MailDomain}"].into_iter();
    let places = places.chain(counted.then_some("configuration-set/${MailConfigurationSet}"));
    let actions = ["ses:SendEmail"].into_iter().chain(whole);
    let rights = actions.flat_map(|action| places.clone().map(move |place| (action, place)));
    rights.map(|(action, place)| (action.to_owned(), place.to_owned())).collect()
}

/// Writes each right down once.
fn note(function: &str, (action, place): &Right) {
    static NOTED: OnceLock<Mutex<BTreeSet<String>>> = OnceLock::new();
    let line = format!("{function} {action} {place}");
    let mut noted = NOTED.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
    if !noted.insert(line.clone()) {
        return;
    }
    let file = std::fs::OpenOptions::new().create(true).append(true).open(root().join(USED));
    // Only the search for rights that nobody needs goes without it.
    let _: std::io::Result<()> = file.and_then(|mut file| file.write_all(format!("{line}\n").as_bytes()));
}

#[test]
fn a_transaction_needs_the_right_to_each_of_its_parts() {
    let body = serde_json::json!({ "TransactItems": [{ "Put": {} }, { "Update": {} }, { "Put": {} }] });
    let actions: Vec<String> =
        needed("DynamoDB_20120810.TransactWriteItems", &body).into_iter().map(|it| it.0).collect();
    assert_eq!(actions, ["dynamodb:PutItem", "dynamodb:UpdateItem"]);
    let body = serde_json::json!({ "IndexName": "due" });
    let asked = needed("DynamoDB_20120810.Query", &body);
    assert_eq!(asked, [("dynamodb:Query".to_owned(), "Table/index/due".to_owned())]);
    let body = serde_json::json!({ "QueueUrl": "http://queue.invalid/000000000000/refunds.fifo" });
    let asked = needed("AmazonSQS.SendMessage", &body);
    assert_eq!(asked, [("sqs:SendMessage".to_owned(), "RefundsQueue".to_owned())]);
}

#[test]
fn a_mail_needs_the_right_to_its_sender_and_to_being_handed_over_whole() {
    let body = serde_json::json!({ "FromEmailAddress": MAIL_FROM, "Content": { "Raw": { "Data": "" } } });
    let rights = needed("POST http://mail.invalid/v2/email/outbound-emails", &body);
    let expected = ["ses:SendEmail", "ses:SendRawEmail"];
    assert_eq!(rights, expected.map(|action| (action.to_owned(), "identity/${MailDomain}".to_owned())));
}

#[test]
#[should_panic(expected = "no queue of the template")]
fn a_queue_that_is_not_known_is_no_way_around_a_role() {
    needed("AmazonSQS.SendMessage", &serde_json::json!({ "QueueUrl": "http://queue.invalid/0/other.fifo" }));
}

#[test]
#[should_panic(expected = "nobody knows which right")]
fn a_service_that_is_not_known_is_no_way_around_a_role() {
    needed("GET http://secrets.invalid/", &Value::Null);
}
