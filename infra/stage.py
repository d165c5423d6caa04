"""What a deployed stage needs beside its stack: settings, pages, shops, a look whether it works.

stage.py STAGE who|setting NAME|parameters|before|output NAME|site|shop FILE|smoke|empty
"""

import argparse
import json
import mimetypes
import os
import re
import secrets
import sys
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from cfnlint.decode.cfn_yaml import loads

# Where each part of the site is built, and where it is served.
SITES = [
    ("frontend/apps/admin/dist", "admin", False),
    ("frontend/apps/storefront/dist/guest", "guest", False),
    ("frontend/apps/storefront/dist/embed", "embed", True),
]
# `<name>-<hash>.<kind>`, as the builds write it (local/src/site/headers.rs knows the same).
HASHED = re.compile(r".-(?=[A-Za-z0-9_-]*[A-Z0-9])[A-Za-z0-9_-]{8}\.[a-z0-9]+$")
# What deploy.sh finds out itself, and what it does beside the stack.
FOUND_OUT = ("Stage", "Architecture", "PublicUrl")
BESIDE = ("FirstShop", "WebAcl")


def who(_stage, _args):
    """Says which account it would be, or that nothing is known of one."""
    try:
        identity = boto3.client("sts").get_caller_identity()
    except (BotoCoreError, ClientError) as error:
        sys.exit(
            "Everything is built and valid. Nothing was deployed, for want of AWS credentials or a region: set "
            f"AWS_PROFILE and AWS_REGION, or sign in with `aws sso login`.\n({error})"
        )
    print(f"Account {identity['Account']}, as {identity['Arn']}")


def settings(stage):
    """What infra/<stage>.env says."""
    said = {}
    for line in Path(f"infra/{stage}.env").read_text(encoding="utf-8").splitlines():
        name, is_one, value = line.strip().partition("=")
        if not name or name.startswith("#"):
            continue
        if not is_one or " #" in value:
            sys.exit(f"infra/{stage}.env: {line.strip()!r} is no Name=value")
        said[name.strip()] = value.strip().strip('"')
    return said


def setting(stage, args):
    """Prints one of them."""
    print(settings(stage).get(args.name, ""))


def parameters(stage, _args):
    """Prints the parameters for SAM, one a line. All of them: SAM keeps the value of one that is left out, so that a
    line that was taken out of the settings would go on."""
    said = settings(stage)
    known = loads(Path("infra/template.yaml").read_text(encoding="utf-8"))["Parameters"]
    wrong = [name for name in said if name not in known and name not in BESIDE or name in FOUND_OUT]
    missing = [str(name) for name, it in known.items() if "Default" not in it and not said.get(name)]
    if wrong or missing:
        sys.exit(f"infra/{stage}.env: no such settings: {wrong}; still needed: {missing}")
    for name, it in known.items():
        if name not in FOUND_OUT:
            # Quoted for SAM, which would take a space for the end of the value.
            value = str(said.get(name, it.get("Default"))).replace("\\", "\\\\").replace('"', '\\"')
            print(f'{name}="{value}"')


def before(stage, _args):
    """Prints where the pages are, if they are; and clears away a stack that never came to be."""
    client, name = boto3.client("cloudformation"), f"kefu-{stage}"
    try:
        stack = client.describe_stacks(StackName=name)["Stacks"][0]
    except ClientError as error:
        if "does not exist" not in str(error):
            sys.exit(f"nobody knows how the stack {name} is: {error}")
        stack = {"StackStatus": "REVIEW_IN_PROGRESS"}
    status = stack["StackStatus"]
    if status == "ROLLBACK_COMPLETE":
        print("The first deployment failed and was rolled back: its stack is deleted", file=sys.stderr)
        client.delete_stack(StackName=name)
        client.get_waiter("stack_delete_complete").wait(StackName=name)
    elif status.endswith("_FAILED") or status.endswith("_IN_PROGRESS") and status != "REVIEW_IN_PROGRESS":
        sys.exit(f"the stack {name} is {status}: see docs/guides/deploy.md, A deployment that failed")
    if status in ("REVIEW_IN_PROGRESS", "ROLLBACK_COMPLETE"):
        nothing_in_the_way(stage)
    else:
        print(next((it["OutputValue"] for it in stack.get("Outputs", []) if it["OutputKey"] == "SiteUrl"), ""))


def nothing_in_the_way(stage):
    """What outlives a stack is not made again by the next one of that name: better said now than in ten minutes."""
    client, name = boto3.client("dynamodb"), f"kefu-{stage}"
    try:
        client.describe_table(TableName=name)
    except client.exceptions.ResourceNotFoundException:
        pass
    else:
        if client.scan(TableName=name, Limit=1, ConsistentRead=True)["Items"]:
            sys.exit(f"the table {name} is there, and not empty: see docs/guides/deploy.md, Taking it away")
        print(f"The table {name} is there, left over and empty: it is deleted", file=sys.stderr)
        client.update_table(TableName=name, DeletionProtectionEnabled=False)
        client.get_waiter("table_exists").wait(TableName=name)
        client.delete_table(TableName=name)
        client.get_waiter("table_not_exists").wait(TableName=name)
    said = settings(stage)
    client = boto3.client("sesv2")
    if said.get("CreateMailIdentity", "true") == "true":
        try:
            client.get_email_identity(EmailIdentity=said["MailDomain"])
        except client.exceptions.NotFoundException:
            return
        sys.exit(f"SES has the identity {said['MailDomain']} already: set CreateMailIdentity=false")


def outputs(stage, stack=None, region=None):
    """What the stack tells of itself."""
    client = boto3.client("cloudformation", region_name=region)
    found = client.describe_stacks(StackName=stack or f"kefu-{stage}")["Stacks"][0]
    return {it["OutputKey"]: it["OutputValue"] for it in found.get("Outputs", [])}


def output(stage, args):
    """Prints one of them."""
    try:
        print(outputs(stage, args.stack, args.region)[args.name])
    except (ClientError, KeyError) as error:
        sys.exit(f"the stack does not tell {args.name}: {error}")


def keeping(embed, name):
    """For how long a file may be kept: for ever if its name has its content's hash in it."""
    if HASHED.search(name):
        return "public, max-age=31536000, immutable"
    return "public, max-age=300" if embed else "no-cache"


def site(stage, _args):
    """Puts the pages up: first what they load, then the pages, then what they read at their start."""
    known = outputs(stage)
    bucket = boto3.client("s3")
    files = []
    for folder, place, embed in SITES:
        root = Path(folder)
        if not root.is_dir():
            sys.exit(f"{folder} is not built: make pages")
        for path in sorted(root.rglob("*")):
            if path.is_file() and path.suffix != ".gz":
                files.append((f"{place}/{path.relative_to(root).as_posix()}", path, embed))
    # A page never names a file that is not there yet. Old files stay: pages that are open still load them.
    files.sort(key=lambda it: (it[0].endswith(".html"), not HASHED.search(it[0])))
    for name, path, embed in files:
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        if kind.startswith("text/") or kind.endswith(("javascript", "json")):
            kind += "; charset=utf-8"
        told = {"Bucket": known["SiteBucket"], "Key": name, "ContentType": kind, "CacheControl": keeping(embed, name)}
        bucket.put_object(Body=path.read_bytes(), **told)
    bucket.put_object(
        Bucket=known["SiteBucket"],
        Key="config.json",
        Body=json.dumps(config(known)).encode(),
        ContentType="application/json; charset=utf-8",
        CacheControl="no-store",
    )
    paths = {"Quantity": 1, "Items": ["/*"]}
    batch = {"Paths": paths, "CallerReference": secrets.token_hex(8)}
    boto3.client("cloudfront").create_invalidation(DistributionId=known["DistributionId"], InvalidationBatch=batch)
    print(f"{len(files) + 1} files are up")


def config(known):
    """What every page reads at its start."""
    sign_in = {"issuer": known["Issuer"], "client_id": known["ClientId"]}
    if "SignInUrl" in known:
        sign_in["end_session_endpoint"] = f"{known['SignInUrl']}/logout"
    else:
        # An issuer of your own may want to be told for whom its access tokens are.
        sign_in["audience"] = known["Audience"]
    if known["Scope"] != "openid":
        sign_in["scope"] = known["Scope"]
    return {
        "api_base": "",
        "sign_in": sign_in,
        "locales": ["zh-Hant", "zh-Hans", "en"],
        "clock_offset_seconds": 0,
    }


def invited(pool, email):
    """The subject of a person's tokens; who is not known yet is sent an invitation."""
    client = boto3.client("cognito-idp")
    try:
        user = client.admin_create_user(
            UserPoolId=pool,
            Username=email,
            UserAttributes=[{"Name": "email", "Value": email}, {"Name": "email_verified", "Value": "true"}],
            DesiredDeliveryMediums=["EMAIL"],
        )["User"]["Attributes"]
        print(f"{email} is invited")
    except client.exceptions.UsernameExistsException:
        user = client.admin_get_user(UserPoolId=pool, Username=email)["UserAttributes"]
    return next(it["Value"] for it in user if it["Name"] == "sub")


def described(file):
    """A shop's file, as far as it has to be right before anybody is invited; the function looks at the rest."""
    try:
        wanted = json.loads(Path(file).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        sys.exit(f"{file} cannot be read: {error}")
    members = wanted.get("members") if isinstance(wanted, dict) else None
    if not isinstance(members, list) or not all(isinstance(it, dict) for it in members):
        sys.exit(f"{file} describes no shop with members: see infra/first-shop.example.json")
    nobody = [f"members[{at}]" for at, it in enumerate(members) if not it.get("id") and not it.get("email")]
    if nobody:
        sys.exit(f"{file}: each member needs an email to be invited to, or an id: {', '.join(nobody)}")
    if not any(it.get("role") == "owner" for it in members):
        sys.exit(f"{file}: none of the members is an owner")
    return wanted


def is_there(known, name):
    """Whether the shop is, as everybody may ask."""
    url = f"{known['SiteUrl']}/v1/shops/{urllib.parse.quote(str(name), safe='')}/form"
    status, _, body = asked(url)
    try:
        code = json.loads(body).get("code")
    except (AttributeError, ValueError):
        code = None
    if status != 200 and (status, code) != (404, "not_found"):
        sys.exit(f"whether the shop is there already is not known, and it was left alone: {url} answered {status}")
    return status == 200


def put_shop(stage, wanted):
    """What the function made of it, and what is wrong, a line each. It is asked once: asked again, it would make
    another key."""
    name = f"kefu-{stage}-put-shop"
    client = boto3.client("lambda", config=Config(retries={"total_max_attempts": 1}))
    try:
        answer = client.invoke(FunctionName=name, Payload=json.dumps(wanted).encode())
        said = json.loads(answer["Payload"].read())
    except client.exceptions.ResourceNotFoundException:
        return None, [f"there is no function {name}: make deploy STAGE={stage} makes it"]
    except (BotoCoreError, ClientError, ValueError) as error:
        return None, [f"{name} did not answer, and may have done it all the same: {error}"]
    if "FunctionError" in answer:
        return None, [said.get("errorMessage", str(said)).strip()]
    if "code" in said:
        wrong = [f"{it['field']}: {it['detail']} ({it['code']})" for it in said.get("fields", [])]
        return None, wrong or [f"{said['detail']} ({said['code']})"]
    return said, []


def shop(stage, args):
    """Makes a shop, or changes it to what its file says; its people are invited who are not known yet."""
    wanted = described(args.file)
    try:
        known = outputs(stage)
    except (BotoCoreError, ClientError) as error:
        sys.exit(f"the stack kefu-{stage} cannot be asked: {error}")
    if args.if_absent and is_there(known, wanted.get("id")):
        print(f"The shop {wanted['id']} is there already, and stays as it is")
        return
    new = {at: it for at, it in enumerate(wanted["members"]) if not it.get("id")}
    if new and "UserPoolId" not in known:
        sys.exit(f"{args.file}: people are only invited to a user pool; with your own issuer each member needs an id")
    if new:
        # Nobody has an empty id: this stores nothing, and tells what else is wrong before anybody is invited.
        for it in new.values():
            it["id"] = ""
        awaited = tuple(f"members[{at}].id: " for at in new)
        wrong = [it for it in put_shop(stage, wanted)[1] if not it.startswith(awaited)]
        if wrong:
            sys.exit("\n  ".join([f"{args.file} was not taken, and nobody was invited:", *wrong]))
    for it in new.values():
        try:
            it["id"] = invited(known["UserPoolId"], it["email"])
        except (BotoCoreError, ClientError) as error:
            sys.exit(f"{it['email']} could not be invited, and the shop is as it was: {error}")
    made, wrong = put_shop(stage, wanted)
    if wrong:
        after = "; who was invited can sign in, and is not written to again" if new else ""
        sys.exit("\n  ".join([f"{args.file} was not taken{after}:", *wrong]))
    print(f"The shop {made['id']} is as {args.file} says. Who is not in it has no access any more within a minute.")
    if made["key"]:
        print("Its storefront signs members in with this key, which is not shown again:")
        print(f"  kid {made['key_id']}\n  key {made['key']}")
        if wanted.get("rotate_key"):
            print(f"The key before it stays good until the next. Take rotate_key out of {args.file}: each run makes one.")


def asked(url):
    """The status, the headers and the body of an answer, whatever it is; 0 where there is none. It is asked as from a
    page elsewhere, since CloudFront only tells those what they may."""
    request = urllib.request.Request(url, headers={"origin": "https://elsewhere.example"})
    try:
        with urllib.request.urlopen(request, timeout=15) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()
    except OSError as error:
        return 0, {}, str(error).encode()


def smoke(stage, _args):
    """Asks what shows whether the stage works, and whether what is shut is shut."""
    known = outputs(stage)
    url = known["SiteUrl"]
    form = "/v1/shops/nobody-there/form"
    expected = [
        ("the admin site", f"{url}/admin/", 200, lambda head, _: "default-src 'none'" in head["content-security-policy"]),
        ("the guests' page", f"{url}/guest/", 200, lambda head, _: "max-age=" in head["strict-transport-security"]),
        ("what shops embed", f"{url}/embed/v1/inquiry.js", 200, lambda head, _: head["access-control-allow-origin"] == "*"),
        ("what pages read", f"{url}/config.json", 200, lambda _, body: json.loads(body)["sign_in"]["issuer"] == known["Issuer"]),
        ("a function, and the table", f"{url}{form}", 404, lambda _, body: json.loads(body)["code"] == "not_found"),
        ("staff without a token", f"{url}/v1/session", 401, lambda *_: True),
        ("the API around CloudFront", f"{known['ApiEndpoint']}{form}", 403, lambda *_: True),
    ]
    failed = 0
    for what, address, status, good in expected:
        got, head, body = asked(address)
        try:
            fine = got == status and good(head, body)
        except (KeyError, TypeError, ValueError):
            fine = False
        failed += not fine
        print(f"  {'ok  ' if fine else 'FAIL'} {got} {what}: {address}")
    if failed:
        sys.exit(f"{failed} of {len(expected)} are not as they should be")


def empty(stage, _args):
    """Takes the pages down, so that their bucket can go. A stack that is half gone may have none any more."""
    s3 = boto3.resource("s3")
    try:
        s3.Bucket(outputs(stage)["SiteBucket"]).objects.all().delete()
    except (ClientError, KeyError) as error:
        print(f"no pages were taken down: {error}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stage")
    commands = parser.add_subparsers(required=True)
    for act in (who, setting, parameters, before, output, site, shop, smoke, empty):
        command = commands.add_parser(act.__name__, help=act.__doc__)
        command.set_defaults(act=act)
        if act in (setting, output):
            command.add_argument("name")
        if act is output:
            command.add_argument("--stack")
            command.add_argument("--region")
        if act is shop:
            command.add_argument("file")
            command.add_argument("--if-absent", action="store_true", help="leaves a shop alone that is there")
    args = parser.parse_args()
    if os.environ.get("AWS_REGION"):
        os.environ["AWS_DEFAULT_REGION"] = os.environ["AWS_REGION"]
    args.act(args.stage, args)


if __name__ == "__main__":
    main()
