//! What stands before the functions: the pages' policy, the code at the edge, and what is written down of a request.

use serde_json::{Map, Value, json};

use super::rules::text;

/// What the gateway writes down of each request: no query string and no path with somebody's number in it, no address,
/// and nothing of what a token says.
const LOGGED: [(&str, &str); 8] = [
    ("requestId", "$context.requestId"),
    ("time", "$context.requestTime"),
    ("route", "$context.routeKey"),
    ("status", "$context.status"),
    ("latency", "$context.responseLatency"),
    ("error", "$context.error.message"),
    ("authorizer", "$context.authorizer.error"),
    ("integration", "$context.integrationErrorMessage"),
];

/// The pages may do in the cloud what they may do on one machine, and ask where staff signs in.
pub fn pages_may_the_same(template: &Value) -> Vec<String> {
    let headers = text("local/src/site/headers.rs");
    let local = headers.split("const PAGE: &str = \"").nth(1).and_then(|rest| rest.split("\";").next());
    let local = local.unwrap_or_default().replace("\\\n", " ");
    let local = local.split_whitespace().collect::<Vec<_>>().join(" ");
    let policy = local.replace("connect-src 'self'", "connect-src 'self' ${SignIn}");
    let origins = json!({ "SignIn": { "Fn::If": [
        "HasUserPool",
        { "Fn::Sub": "https://cognito-idp.${AWS::Region}.amazonaws.com \
                      https://${SignInPage}.auth.${AWS::Region}.amazoncognito.com" },
        { "Ref": "OidcOrigins" },
    ] } });
    let expected = json!({ "Override": true, "ContentSecurityPolicy": { "Fn::Sub": [policy, origins] } });
    let headers = &template["Resources"]["PagesHeaders"]["Properties"]["ResponseHeadersPolicyConfig"];
    let said = &headers["SecurityHeadersConfig"]["ContentSecurityPolicy"];
    let same = *said == expected && !local.is_empty();
    if same { Vec::new() } else { vec![format!("the pages' policy is {said:#}, not {expected:#}")] }
}

/// The code at the edge tells the functions whose request it is, and finds pages. `infra/edge.mjs` runs it.
pub fn the_edge_does_its_part(template: &Value) -> Vec<String> {
    let code = |name: &str| {
        template["Resources"][name]["Properties"]["FunctionCode"].as_str().unwrap_or_default().to_owned()
    };
    let front = text("common/src/http/front.rs");
    let header = |name: &str| {
        let said = front.split_once(&format!("const {name}: &str = \"")).and_then(|it| it.1.split_once('"'));
        said.map(|(header, _)| header).filter(|header| !header.is_empty())
    };
    // Nothing but this: a condition before it would let a caller say who they are.
    let tells = header("VIEWER").map(|it| {
        format!(
            "function handler(event) {{ var request = event.request; \
             request.headers['{it}'] = {{ value: event.viewer.ip }}; return request; }}"
        )
    });
    let teller = code("ViewerTeller").split_whitespace().collect::<Vec<_>>().join(" ");
    let origins = &template["Resources"]["Distribution"]["Properties"]["DistributionConfig"]["Origins"];
    let sent = origins[1]["OriginCustomHeaders"][0]["HeaderName"].as_str();
    let parts = [
        (tells.is_some_and(|tells| tells == teller), "ViewerTeller says whose request it is"),
        (
            code("PageFinder").contains("request.uri += 'index.html';"),
            "PageFinder finds the index of a folder",
        ),
        (code("PageFinder").contains("'/': '/admin/'"), "PageFinder knows where the admin site is"),
        (
            sent.is_some() && sent == header("SECRET"),
            "CloudFront sends the secret where common/src/http/front.rs looks for it",
        ),
    ];
    parts.iter().filter(|(done, _)| !done).map(|(_, what)| format!("not so: {what}")).collect()
}

/// The gateway's log is a line of JSON with what is named above.
pub fn the_access_log_is_discreet(template: &Value) -> Vec<String> {
    let format = template["Resources"]["Api"]["Properties"]["AccessLogSettings"]["Format"].as_str();
    let format = format.filter(|it| !it.contains('\n')).unwrap_or_default();
    let logged: Option<Value> = serde_json::from_str(format).ok();
    let pair = |(name, value): (&str, &str)| (name.to_owned(), json!(value));
    let expected = Value::Object(LOGGED.map(pair).into_iter().collect::<Map<_, _>>());
    let same = logged.is_some_and(|it| it == expected);
    if same { Vec::new() } else { vec![format!("the access log is not {expected:#}")] }
}
