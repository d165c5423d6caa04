//! Queues: each with its dead letters, its consumer and somebody who is told; and whoever falls silent is told of.

use std::sync::OnceLock;

use local::queue::Terms;
use serde_json::{Map, Value, json};

use super::functions::{self, CALLED_BY, QUEUE_SECONDS};

/// Fourteen days: the longest that a message is kept.
const DEAD_SECONDS: u32 = 1_209_600;
/// Four days: less than its dead letters, whose time runs from when it was sent.
const KEPT_SECONDS: u32 = 345_600;
/// How many messages each takes at once, and how many of its functions run side by side. A mail may take ten seconds, and so
/// may a shop's backend: a batch is done within the function's time.
const TAKES: [(&str, u32, u32); 3] = [("Notices", 2, 5), ("Arrivals", 5, 5), ("Refunds", 1, 2)];
/// A message that waits for longer is told of.
const WAITING_SECONDS: u32 = 600;
/// After so many minutes without a run of a schedule somebody is told, at the least.
const SILENCE_MINUTES: i64 = 5;

/// What is wrong with the template's queues.
pub fn check(template: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    for (name, expected) in expected() {
        let mut found = template["Resources"][name].clone();
        if let Some(properties) = found.get_mut("Properties").and_then(Value::as_object_mut) {
            properties.remove("AlarmDescription");
        }
        if found != *expected {
            wrong.push(format!("{name}: {found:#}\ninstead of\n{expected:#}"));
        }
    }
    let resources = template["Resources"].as_object().into_iter().flatten();
    let queues = resources.filter(|(_, it)| it["Type"] == "AWS::SQS::Queue");
    let others = queues.filter(|(name, _)| !expected().iter().any(|(it, _)| it == *name));
    wrong.extend(others.map(|(name, _)| format!("{name}: a queue that no function is called by")));
    wrong
}

/// The names of what follows from the code here.
pub fn names() -> impl Iterator<Item = String> {
    expected().iter().map(|(name, _)| name.clone())
}

fn expected() -> &'static [(String, Value)] {
    static EXPECTED: OnceLock<Vec<(String, Value)>> = OnceLock::new();
    EXPECTED.get_or_init(|| {
        let mut all = Vec::new();
        for (function, queue) in CALLED_BY {
            all.push((format!("{queue}Queue"), fifo(queue)));
            all.push((format!("{queue}DeadLetters"), dead(&format!("{}-dead.fifo", queue.to_lowercase()))));
            all.push((format!("{queue}Delivery"), delivery(function, queue)));
            all.push((format!("{queue}DeadLettersAlarm"), dead_alarm(queue)));
        }
        all.push(("SchedulesDeadLetters".to_owned(), dead("schedules-dead")));
        all.push(("SchedulesDeadLettersAlarm".to_owned(), dead_alarm("Schedules")));
        all.push(("QueuesOnlyOverTls".to_owned(), only_over_tls()));
        all.push(("OldestNoticeAlarm".to_owned(), waiting_alarm("Notices")));
        for function in functions::all() {
            all.extend(
                function.minutes.map(|it| (format!("{}Silence", function.resource()), silence(function, it))),
            );
        }
        all
    })
}

/// It begins anew after six times what its function may take: the machine's own terms are the cloud's.
fn fifo(queue: &str) -> Value {
    let Terms { hidden_seconds, attempts } = Terms::default();
    let dead = json!({ "Fn::GetAtt": [format!("{queue}DeadLetters"), "Arn"] });
    let name = format!("{}.fifo", queue.to_lowercase());
    kept(
        &name,
        &json!({
            "FifoQueue": true,
            "DeduplicationScope": "messageGroup",
            "FifoThroughputLimit": "perMessageGroupId",
            "VisibilityTimeout": hidden_seconds,
            "MessageRetentionPeriod": KEPT_SECONDS,
            "RedrivePolicy": { "deadLetterTargetArn": dead, "maxReceiveCount": attempts },
        }),
    )
}

fn dead(name: &str) -> Value {
    let mut properties = json!({ "MessageRetentionPeriod": DEAD_SECONDS });
    if name.ends_with(".fifo") {
        properties["FifoQueue"] = json!(true);
    }
    kept(name, &properties)
}

/// Encrypted, under a key of one's own if there is one. What is lost with a queue stands in the table.
fn kept(name: &str, properties: &Value) -> Value {
    let nothing = json!({ "Ref": "AWS::NoValue" });
    let mut all = Map::from_iter([
        ("QueueName".to_owned(), json!({ "Fn::Sub": format!("kefu-${{Stage}}-{name}") })),
        ("KmsMasterKeyId".to_owned(), json!({ "Fn::If": ["HasCustomerKey", { "Ref": "Key" }, nothing] })),
        ("SqsManagedSseEnabled".to_owned(), json!({ "Fn::If": ["HasCustomerKey", nothing, true] })),
    ]);
    all.extend(properties.as_object().cloned().unwrap_or_default());
    let deleted = "Delete";
    json!({
        "Type": "AWS::SQS::Queue", "DeletionPolicy": deleted, "UpdateReplacePolicy": deleted, "Properties": all,
    })
}

/// No queue is spoken to without encryption, and no policy of a queue allows anybody anything.
fn only_over_tls() -> Value {
    let both = TAKES.iter().flat_map(|it| ["Queue", "DeadLetters"].map(|kind| format!("{}{kind}", it.0)));
    let names = both.chain(["SchedulesDeadLetters".to_owned()]);
    let queues: Vec<Value> = names.map(|name| json!({ "Ref": name })).collect();
    let statement = json!({
        "Effect": "Deny",
        "Principal": "*",
        "Action": "sqs:*",
        "Resource": "*",
        "Condition": { "Bool": { "aws:SecureTransport": "false" } },
    });
    json!({
        "Type": "AWS::SQS::QueuePolicy",
        "Properties": {
            "Queues": queues,
            "PolicyDocument": { "Version": "2012-10-17", "Statement": [statement] },
        },
    })
}

fn delivery(function: &str, queue: &str) -> Value {
    let (batch, most) = TAKES.iter().find(|it| it.0 == queue).map_or((0, 0), |it| (it.1, it.2));
    json!({
        "Type": "AWS::Lambda::EventSourceMapping",
        "Properties": {
            "FunctionName": { "Ref": functions::pascal(function) },
            "EventSourceArn": { "Fn::GetAtt": [format!("{queue}Queue"), "Arn"] },
            "Enabled": true,
            "BatchSize": batch,
            "FunctionResponseTypes": ["ReportBatchItemFailures"],
            "ScalingConfig": { "MaximumConcurrency": most },
        },
    })
}

fn dead_alarm(queue: &str) -> Value {
    let dimension = json!({ "Fn::GetAtt": [format!("{queue}DeadLetters"), "QueueName"] });
    alarm(&json!({
        "Namespace": "AWS/SQS",
        "MetricName": "ApproximateNumberOfMessagesVisible",
        "Dimensions": [{ "Name": "QueueName", "Value": dimension }],
        "Statistic": "Maximum",
        "Period": 300,
        "Threshold": 0,
        "ComparisonOperator": "GreaterThanThreshold",
        "TreatMissingData": "notBreaching",
    }))
}

/// Nobody takes from a queue: the sweep would not tell, it only asks the queue again.
fn waiting_alarm(queue: &str) -> Value {
    let dimension = json!({ "Fn::GetAtt": [format!("{queue}Queue"), "QueueName"] });
    let mut alarm = alarm(&json!({
        "Namespace": "AWS/SQS",
        "MetricName": "ApproximateAgeOfOldestMessage",
        "Dimensions": [{ "Name": "QueueName", "Value": dimension }],
        "Statistic": "Maximum",
        "Period": 60,
        "Threshold": WAITING_SECONDS,
        "ComparisonOperator": "GreaterThanThreshold",
        "TreatMissingData": "notBreaching",
    }));
    alarm["Properties"]["EvaluationPeriods"] = json!(5);
    alarm
}

fn silence(function: &functions::Function, minutes: i64) -> Value {
    alarm(&json!({
        "Namespace": "AWS/Lambda",
        "MetricName": "Invocations",
        "Dimensions": [{ "Name": "FunctionName", "Value": { "Ref": function.resource() } }],
        "Statistic": "Sum",
        "Period": 60 * SILENCE_MINUTES.max(3 * minutes),
        "Threshold": 1,
        "ComparisonOperator": "LessThanThreshold",
        "TreatMissingData": "breaching",
    }))
}

fn alarm(properties: &Value) -> Value {
    let told = json!([{ "Ref": "AlarmTopic" }]);
    let mut all = properties.as_object().cloned().unwrap_or_default();
    all.insert("EvaluationPeriods".to_owned(), json!(1));
    all.insert("AlarmActions".to_owned(), told.clone());
    all.insert("OKActions".to_owned(), told);
    json!({ "Type": "AWS::CloudWatch::Alarm", "Properties": all })
}

#[test]
fn a_message_is_hidden_for_six_times_what_its_function_may_take() {
    let Terms { hidden_seconds, attempts } = Terms::default();
    assert!(hidden_seconds >= 6 * QUEUE_SECONDS && attempts >= 5);
    // A mail, or a shop's backend, may take all of ten seconds.
    let slow = TAKES.iter().filter(|it| it.0 != "Arrivals");
    assert!(slow.map(|it| it.1 * 10).all(|seconds| seconds < QUEUE_SECONDS));
}
