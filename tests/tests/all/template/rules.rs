//! What holds of the whole template.

use std::collections::BTreeSet;

use serde_json::Value;

use super::rights::list;
use super::{functions, promises, queues, stored};
use crate::tidy::root;

/// Read by everybody's start, though not by `common/src/config.rs`.
const OTHER_SETTINGS: [&str; 1] = ["RUST_LOG"];
/// A key's own policy says who may use it, and can name no resource but itself.
const OWN_POLICIES: [&str; 1] = ["Key"];
/// What is only looked at.
const LOOKED_AT: [&str; 1] = ["Dashboard"];
/// Words of the code that metrics are made of: the filter's name, and where they are said.
const SAID: [(&str, &str); 2] =
    [("OwedNotices", "functions/resend-notices/src/lib.rs"), ("UnknownRefunds", "common/src/provider.rs")];

fn text(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_default()
}

fn resources(template: &Value) -> impl Iterator<Item = (&String, &Value)> {
    template["Resources"].as_object().into_iter().flatten()
}

/// Resources of which nothing is asked here are a surprise.
pub fn nothing_is_unknown(template: &Value) -> Vec<String> {
    let known = |name: &str| {
        name == stored::TABLE
            || LOOKED_AT.contains(&name)
            || queues::is_expected(name)
            || promises::resources().contains(name)
            || functions::all().iter().any(|it| it.resource() == name)
    };
    let unknown = resources(template).filter(|(name, _)| !known(name));
    unknown.map(|(name, _)| format!("{name}: say in promises.txt what must hold of it")).collect()
}

/// The settings that the code reads are those that the functions are given.
pub fn settings_are_those_of_the_code(template: &Value) -> Vec<String> {
    let code = text("common/src/config.rs");
    let words = code.split('"').filter(|it| it.starts_with("KEFU_") && !it.contains(' '));
    let read: BTreeSet<&str> = words.chain(OTHER_SETTINGS).collect();
    let variables = &template["Globals"]["Function"]["Environment"]["Variables"];
    let given: BTreeSet<&str> =
        variables.as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect();
    let differ = read.symmetric_difference(&given);
    differ.map(|name| format!("{name} is read by the code or given to it, not both")).collect()
}

/// Nobody is allowed everything, or something on everything.
pub fn nothing_is_wild(template: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    for (name, resource) in resources(template).filter(|(name, _)| !OWN_POLICIES.contains(&name.as_str())) {
        let mut statements = Vec::new();
        allowing(&resource["Properties"], &mut statements);
        for statement in statements {
            let wild = |text: &str| text == "*" || text.ends_with(":*");
            let actions = list(&statement["Action"]);
            let actions = actions.iter().filter_map(Value::as_str).filter(|action| action.contains('*'));
            wrong.extend(actions.map(|action| format!("{name} is allowed {action}")));
            let on = list(&statement["Resource"]);
            let on = on.iter().filter_map(Value::as_str).filter(|place| wild(place));
            wrong.extend(on.map(|place| format!("{name} is allowed something on {place}")));
            if statement["Resource"].is_null() {
                wrong.push(format!("{name} is allowed something that is not said"));
            }
        }
    }
    wrong
}

fn allowing<'a>(value: &'a Value, found: &mut Vec<&'a Value>) {
    match value {
        Value::Object(map) => {
            if map.get("Effect").is_some_and(|effect| effect == "Allow") {
                found.push(value);
            }
            map.values().for_each(|value| allowing(value, found));
        }
        Value::Array(values) => values.iter().for_each(|value| allowing(value, found)),
        _ => {}
    }
}

/// The pages may do in the cloud what they may do on one machine, and ask where staff signs in.
pub fn pages_may_the_same(template: &Value) -> Vec<String> {
    let headers = text("local/src/site/headers.rs");
    let local = headers.split("const PAGE: &str = \"").nth(1).and_then(|rest| rest.split("\";").next());
    let local = local.unwrap_or_default().replace("\\\n", " ");
    let local = local.split_whitespace().collect::<Vec<_>>().join(" ");
    let expected = local.replace("connect-src 'self'", "connect-src 'self' ${SignIn}");
    let headers = &template["Resources"]["PagesHeaders"]["Properties"]["ResponseHeadersPolicyConfig"];
    let policy = &headers["SecurityHeadersConfig"]["ContentSecurityPolicy"];
    let said = &policy["ContentSecurityPolicy"]["Fn::Sub"];
    let origins = serde_json::json!({ "SignIn": { "Fn::If": [
        "HasUserPool",
        { "Fn::Sub": "https://cognito-idp.${AWS::Region}.amazonaws.com \
                      https://${SignInPage}.auth.${AWS::Region}.amazoncognito.com" },
        { "Ref": "OidcOrigins" },
    ] } });
    let same = said[0] == expected.as_str() && said[1] == origins && policy["Override"] == true;
    let told = || format!("the pages' policy is {said:#}, not {expected} with {origins:#}");
    if same && !local.is_empty() { Vec::new() } else { vec![told()] }
}

/// The code at the edge tells the functions whose request it is, and finds pages.
pub fn the_edge_does_its_part(template: &Value) -> Vec<String> {
    let code = |name: &str| {
        template["Resources"][name]["Properties"]["FunctionCode"].as_str().unwrap_or_default().to_owned()
    };
    let header = text("common/src/http/front.rs");
    let viewer = header.split("const VIEWER: &str = \"").nth(1).and_then(|it| it.split('"').next());
    let secret = header.split("const SECRET: &str = \"").nth(1).and_then(|it| it.split('"').next());
    let tells = format!("request.headers['{}'] = {{ value: event.viewer.ip }};", viewer.unwrap_or("?"));
    let origins = &template["Resources"]["Distribution"]["Properties"]["DistributionConfig"]["Origins"];
    let sent = &origins[1]["OriginCustomHeaders"][0]["HeaderName"];
    let parts = [
        (code("ViewerTeller").contains(&tells), "ViewerTeller says whose request it is"),
        (
            code("PageFinder").contains("request.uri += 'index.html';"),
            "PageFinder finds the index of a folder",
        ),
        (code("PageFinder").contains("'/': '/admin/'"), "PageFinder knows where the admin site is"),
        (sent.as_str() == secret, "CloudFront sends the secret where common/src/http/front.rs looks for it"),
    ];
    parts.iter().filter(|(done, _)| !done).map(|(_, what)| format!("not so: {what}")).collect()
}

/// What metrics are made of is still said.
pub fn metrics_are_said(template: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    for (name, path) in SAID {
        let pattern = template["Resources"][name]["Properties"]["FilterPattern"].as_str().unwrap_or_default();
        let words = pattern.split('"').nth(1).unwrap_or("?");
        if !text(path).contains(&format!("\"{words}\"")) {
            wrong.push(format!("{name}: {path} does not say {words:?}"));
        }
    }
    wrong
}

/// Who deploys reads what each parameter and each output is; who is called reads what to do.
pub fn everything_is_explained(template: &Value) -> Vec<String> {
    let parts = ["Parameters", "Outputs"].map(|part| template[part].as_object().into_iter().flatten());
    let silent =
        parts.into_iter().flatten().filter(|(_, it)| it["Description"].as_str().is_none_or(str::is_empty));
    let mut wrong: Vec<String> = silent.map(|(name, _)| format!("{name} has no description")).collect();
    for (name, alarm) in resources(template).filter(|(_, it)| it["Type"] == "AWS::CloudWatch::Alarm") {
        if alarm["Properties"]["AlarmDescription"].as_str().is_none_or(str::is_empty) {
            wrong.push(format!("{name} does not say what is wrong"));
        }
        if alarm["Properties"]["AlarmActions"] != serde_json::json!([{ "Ref": "AlarmTopic" }]) {
            wrong.push(format!("{name} tells nobody"));
        }
    }
    wrong
}
