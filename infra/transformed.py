"""What SAM makes of the template means what the template says: `transformed.py TEMPLATE MADE`, after transform.py.

Roles: what is written, the right to write logs, and the right to leave dead letters where SAM adds it. Routes: each asks for
the token that docs/openapi.json says, or lets everybody through to a function that asks itself.
"""

import json
import sys
from pathlib import Path

from cfnlint.decode.cfn_yaml import loads

# It allows to write logs, and nothing else. Any region's partition will do.
LOGS = "policy/service-role/AWSLambdaBasicExecutionRole"
# Who may take a role.
LAMBDA, SCHEDULER = "lambda.amazonaws.com", "scheduler.amazonaws.com"
DEAD_LETTERS = {"Fn::GetAtt": ["SchedulesDeadLetters", "Arn"]}
AUTHORIZER = "Staff"
OPENAPI = "docs/openapi.json"
METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace", "x-amazon-apigateway-any-method"}
# Browsers ask before they call: without a token.
PREFLIGHT = ("options", "/v1/shops/{shop}/{rest+}")


def plain(value):
    """The same without the places that the decoder remembers."""
    return json.loads(json.dumps(value))


def several(value):
    """One or many, as IAM takes both."""
    return value if isinstance(value, list) else [value]


def allowed(action, resource):
    return {"Action": action, "Effect": "Allow", "Resource": resource}


def statements(role):
    """Everything that a role allows, by the policies in it."""
    found = []
    for policy in role.get("Policies", []):
        found += several(policy["PolicyDocument"]["Statement"])
    return found


def same(some, others):
    """Whether they are the same, in whatever order."""
    return sorted(map(canonical, some)) == sorted(map(canonical, others))


def canonical(value):
    return json.dumps(value, sort_keys=True)


def takers(role):
    """Who may take it."""
    trusted = several(role["AssumeRolePolicyDocument"]["Statement"])
    return sorted(who for it in trusted for who in several(it["Principal"].get("Service", "?")))


def roles(template, made):
    """What is wrong with the roles that were made."""
    expected = {}
    for name, resource in template["Resources"].items():
        if resource["Type"] != "AWS::Serverless::Function":
            continue
        properties = resource["Properties"]
        written = [it for policy in properties.get("Policies", []) for it in several(policy["Statement"])]
        if "EventInvokeConfig" in properties:
            written.append(allowed("sqs:SendMessage", DEAD_LETTERS))
        expected[f"{name}Role"] = (LAMBDA, [LOGS], written)
        for event, it in properties.get("Events", {}).items():
            if it["Type"] == "ScheduleV2":
                of = {"Fn::GetAtt": [name, "Arn"]}
                calls = [allowed("lambda:InvokeFunction", of), allowed("sqs:SendMessage", DEAD_LETTERS)]
                expected[f"{name}{event}Role"] = (SCHEDULER, [], calls)
    found = {name: it["Properties"] for name, it in made["Resources"].items() if it["Type"] == "AWS::IAM::Role"}
    for name in sorted(found.keys() ^ expected.keys()):
        yield f"{name}: a role that is made, or expected, not both"
    for name in sorted(found.keys() & expected.keys()):
        role, (taker, managed, written) = found[name], expected[name]
        if takers(role) != [taker]:
            yield f"{name} may be taken by {takers(role)}, not only by {taker}"
        if [str(it).rsplit(":", 1)[-1] for it in role.get("ManagedPolicyArns", [])] != managed:
            yield f"{name} has the managed policies {role.get('ManagedPolicyArns')}, not {managed}"
        if not same(statements(role), written):
            yield f"{name} allows {json.dumps(statements(role))}, not {json.dumps(written)}"
    others = [it["Type"] for it in made["Resources"].values() if it["Type"].startswith("AWS::IAM::")]
    for kind in sorted(set(others) - {"AWS::IAM::Role"}):
        yield f"{kind}: SAM is not expected to make one"


def is_open(operation):
    """Whether somebody else than staff may call it: then its function checks who asks."""
    callers = [next(iter(it), "") for it in operation["security"]]
    return any(caller != "agent" for caller in callers)


def routes(template, made):
    """What is wrong with the routes that were made."""
    apis = [it["Properties"] for it in made["Resources"].values() if it["Type"] == "AWS::ApiGatewayV2::Api"]
    if len(apis) != 1:
        yield f"{len(apis)} APIs are made, not one"
        return
    body = apis[0]["Body"]
    described = json.loads(Path(OPENAPI).read_text(encoding="utf-8"))["paths"]
    expected = {(method, path): is_open(it) for path, its in described.items() for method, it in its.items()}
    expected[PREFLIGHT] = True
    found = {(method, path): it for path, its in body["paths"].items() for method, it in its.items() if method in METHODS}
    for method, path in sorted(found.keys() ^ expected.keys()):
        yield f"{method.upper()} {path}: a route that is made, or in {OPENAPI}, not both"
    for route in sorted(found.keys() & expected.keys()):
        wanted = [{"NONE": []}] if expected[route] else [{AUTHORIZER: []}]
        if found[route].get("security") != wanted:
            yield f"{route[0].upper()} {route[1]} asks for {found[route].get('security')}, not {wanted}"
    yield from authorizers(template["Resources"]["Api"]["Properties"], body, apis[0])


def authorizers(written, body, api):
    """What is wrong with who is asked for a token, where a route does not say."""
    if written["Auth"].get("DefaultAuthorizer") != AUTHORIZER:
        yield f"a route that says nothing does not ask for {AUTHORIZER}"
    schemes = body["components"]["securitySchemes"]
    if list(schemes) != [AUTHORIZER]:
        yield f"the authorizers are {list(schemes)}, not {AUTHORIZER}"
        return
    said = written["Auth"]["Authorizers"][AUTHORIZER]
    wanted = {
        "jwtConfiguration": said["JwtConfiguration"],
        "identitySource": said["IdentitySource"],
        "type": "jwt",
    }
    if canonical(schemes[AUTHORIZER].get("x-amazon-apigateway-authorizer")) != canonical(wanted):
        yield f"{AUTHORIZER} is {schemes[AUTHORIZER]}, not {wanted}"
    # `security: NONE` names a scheme that SAM never defines: an import that stops at warnings may stop at that.
    if api.get("FailOnWarnings"):
        yield "FailOnWarnings stops the import of what SAM writes"
    if api.get("CorsConfiguration") or "x-amazon-apigateway-cors" in body:
        yield "the gateway answers browsers itself: functions do, by the shop"


def main(source, made):
    template = plain(loads(Path(source).read_text(encoding="utf-8")))
    made = json.loads(Path(made).read_text(encoding="utf-8"))
    wrong = [*roles(template, made), *routes(template, made)]
    if wrong:
        sys.exit("\n".join(wrong))
    print(f"{source}: roles and routes are made as they are written")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
