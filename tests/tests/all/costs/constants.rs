//! What docs/costs.md takes for granted of the deployment is what `infra/template.yaml` says.

use bench::costs::assumed as is;
use bench::costs::traffic::runs;
use local::catalog::SCHEDULED;
use serde_json::{Value, json};

use super::life::measured;
use crate::template::template;

/// Metrics of a set's reputation: bounces and complaints.
const OF_REPUTATION: usize = 2;

/// The resources of that type which every deployment has.
fn of_type(kind: &'static str) -> impl Iterator<Item = &'static Value> {
    let resources = template()["Resources"].as_object().into_iter().flatten().map(|(_, it)| it);
    resources.filter(move |it| it["Type"] == kind && it["Condition"].is_null())
}

fn many(count: usize) -> f64 {
    count as f64
}

#[test]
fn alarms_and_secrets_are_as_many_as_are_counted() {
    // An alarm that computes is billed for each metric that it looks at.
    let looked_at = |alarm: &Value| {
        let metrics = alarm["Properties"]["Metrics"].as_array();
        metrics.map_or(1, |all| all.iter().filter(|it| !it["MetricStat"].is_null()).count())
    };
    let alarms: usize = of_type("AWS::CloudWatch::Alarm").map(looked_at).sum();
    assert_eq!(many(alarms), is::ALARMS, "change ALARMS in bench/src/costs/assumed.rs, and bless");
    assert_eq!(of_type("AWS::CloudWatch::CompositeAlarm").count(), 0, "they have a price of their own");
    let secrets = of_type("AWS::SecretsManager::Secret").count();
    assert_eq!(many(secrets), is::SECRETS, "change SECRETS in bench/src/costs/assumed.rs, and bless");
}

#[test]
fn metrics_of_ones_own_are_as_many_as_are_counted() {
    let events = |it: &Value| {
        let kinds = it["Properties"]["EventDestination"]["MatchingEventTypes"].as_array();
        kinds.map_or(0, Vec::len)
    };
    let of_mails: usize = of_type("AWS::SES::ConfigurationSetEventDestination").map(events).sum();
    let of_logs = of_type("AWS::Logs::MetricFilter").count();
    assert_eq!((of_mails, of_logs), (6, 2), "bench/src/costs/page/idle.rs says how many there are of each");
    assert_eq!(many(of_mails + of_logs + OF_REPUTATION), is::METRICS);
}

#[test]
fn queues_are_looked_into_as_is_assumed() {
    let sources: Vec<&Value> = of_type("AWS::Lambda::EventSourceMapping").collect();
    assert_eq!(many(sources.len()), is::QUEUES, "change QUEUES in bench/src/costs/assumed.rs, and bless");
    let limited = |it: &&Value| !it["Properties"]["ScalingConfig"]["MaximumConcurrency"].is_null();
    assert!(sources.iter().all(limited), "bench/src/costs/page/idle.rs says that the most at once is set");
}

#[test]
fn functions_are_as_large_and_called_as_often_as_is_counted() {
    let globals = &template()["Globals"]["Function"];
    assert_eq!(globals["MemorySize"].as_f64(), Some(is::MEMORY_GB * 1_024.0));
    let functions: Vec<&Value> = of_type("AWS::Serverless::Function").collect();
    assert!(functions.iter().all(|it| it["Properties"]["MemorySize"].is_null()), "each has as much");
    let architecture = &template()["Parameters"]["Architecture"]["Default"];
    assert_eq!(*architecture, json!("x86_64"), "the price of a GB-second is that of x86-64");
    let events = functions.iter().filter_map(|it| it["Properties"]["Events"].as_object()).flatten();
    let schedules = events.filter(|(_, event)| event["Type"] == "ScheduleV2").count();
    assert_eq!(schedules, SCHEDULED.len());
    let counted: Vec<&str> = measured().of("idle").map(|step| step.what.as_str()).collect();
    assert_eq!(counted, SCHEDULED.map(|it| it.0), "each schedule is measured while nothing is due");
    assert!(counted.iter().all(|name| runs(name) > 0.0));
}

#[test]
fn logs_are_written_and_kept_as_is_counted() {
    let logging = &template()["Globals"]["Function"]["LoggingConfig"];
    assert_eq!(
        (&logging["LogFormat"], &template()["Parameters"]["SystemLogLevel"]["Default"]),
        (&json!("JSON"), &json!("WARN"))
    );
    assert_eq!(
        logging["SystemLogLevel"],
        json!({ "Ref": "SystemLogLevel" }),
        "Lambda's own lines are not counted"
    );
    assert_eq!(template()["Parameters"]["LogDays"]["Default"].as_f64(), Some(is::LOG_DAYS));
    let alerts_go = &template()["Resources"]["Table"]["Properties"]["TimeToLiveSpecification"]["Enabled"];
    assert_eq!(*alerts_go, json!(true), "the page says that alerts go by themselves");
}

#[test]
fn every_request_to_the_api_runs_a_function_at_the_edge_and_embedded_files_run_none() {
    let behaviors = &template()["Resources"]["Distribution"]["Properties"]["DistributionConfig"];
    let with = |behavior: &Value| behavior["FunctionAssociations"].as_array().map_or(0, Vec::len);
    assert_eq!(with(&behaviors["DefaultCacheBehavior"]), 1, "before each file of a page");
    let of = |pattern: &str| {
        let all = behaviors["CacheBehaviors"].as_array().into_iter().flatten();
        all.filter(|it| it["PathPattern"] == pattern).map(with).sum::<usize>()
    };
    assert_eq!((of("/v1/*"), of("/embed/*")), (1, 0));
}
