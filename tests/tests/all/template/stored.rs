//! The table in the cloud is the one on one machine, and nobody deletes it by mistake.

use std::sync::OnceLock;

use serde_json::{Value, json};

use crate::tidy::root;

/// The table's name in the template.
pub const TABLE: &str = "Table";

/// What is wrong with the template's table.
pub fn check(template: &Value) -> Vec<String> {
    let (found, expected) = (&template["Resources"][TABLE], expected());
    let differs = found != expected;
    differs.then(|| format!("{TABLE}: {found:#}\ninstead of\n{expected:#}")).into_iter().collect()
}

/// What `infra/table.json` describes, with what only the cloud has.
fn expected() -> &'static Value {
    static EXPECTED: OnceLock<Value> = OnceLock::new();
    EXPECTED.get_or_init(|| {
        let text = std::fs::read_to_string(root().join("infra/table.json")).expect("the table");
        let mut properties: Value = serde_json::from_str(&text).expect("JSON");
        properties["TableName"] = json!({ "Fn::Sub": "kefu-${Stage}" });
        let most = json!({
            "MaxReadRequestUnits": { "Ref": "MostTableReads" },
            "MaxWriteRequestUnits": { "Ref": "MostTableWrites" },
        });
        // The table's bound is not one of its indexes.
        for index in properties["GlobalSecondaryIndexes"].as_array_mut().into_iter().flatten() {
            index["OnDemandThroughput"] = most.clone();
        }
        properties["OnDemandThroughput"] = most;
        // What common/src/store/alerts.rs keeps for a while only.
        properties["TimeToLiveSpecification"] = json!({ "AttributeName": "ttl", "Enabled": true });
        properties["DeletionProtectionEnabled"] = json!(true);
        properties["PointInTimeRecoverySpecification"] =
            json!({ "PointInTimeRecoveryEnabled": true, "RecoveryPeriodInDays": 35 });
        let key = json!({ "Fn::GetAtt": ["Key", "Arn"] });
        let own = json!({ "SSEEnabled": true, "SSEType": "KMS", "KMSMasterKeyId": key });
        properties["SSESpecification"] =
            json!({ "Fn::If": ["HasCustomerKey", own, { "Ref": "AWS::NoValue" }] });
        let retained = "Retain";
        json!({
            "Type": "AWS::DynamoDB::Table",
            "DeletionPolicy": retained,
            "UpdateReplacePolicy": retained,
            "Properties": properties,
        })
    })
}
