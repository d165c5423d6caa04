"""What a deployed stage needs beside its stack: pages, the first shop, a look whether it works.

stage.py STAGE who|output NAME|site|shop FILE|smoke|empty
"""

import argparse
import base64
import json
import mimetypes
import re
import secrets
import sys
import urllib.error
import urllib.request
from pathlib import Path

import boto3
from botocore.exceptions import BotoCoreError, ClientError

# Where each part of the site is built, and where it is served.
SITES = [
    ("frontend/apps/admin/dist", "admin", False),
    ("frontend/apps/storefront/dist/guest", "guest", False),
    ("frontend/apps/storefront/dist/embed", "embed", True),
]
# `<name>-<hash>.<kind>`, as the builds write it (local/src/site/headers.rs knows the same).
HASHED = re.compile(r".-(?=[A-Za-z0-9_-]*[A-Z0-9])[A-Za-z0-9_-]{8}\.[a-z0-9]+$")


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


def secret():
    """256 random bits, in base64url."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).rstrip(b"=").decode()


def shop(stage, args):
    """Makes a shop, once: its people are invited, and its storefront's key is shown. The items are those of
    common/src/store/shops.rs."""
    wanted = json.loads(Path(args.file).read_text(encoding="utf-8"))
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{1,31}", wanted["id"]):
        sys.exit("a shop's id has 2 to 32 small letters, digits and hyphens")
    known = outputs(stage)
    table = boto3.resource("dynamodb").Table(known["TableName"])
    place = {"pk": f"shop#{wanted['id']}", "sk": "profile"}
    if "Item" in table.get_item(Key=place, ConsistentRead=True):
        print(f"The shop {wanted['id']} is there already, and stays as it is")
        return
    members = []
    for it in wanted["members"]:
        # With an issuer of your own its subjects are given as `id`.
        agent = it.get("id") or invited(known["UserPoolId"], it["email"])
        told = {"agent": agent, "nickname": it["nickname"], "role": it["role"], "service": it.get("service", False)}
        members.append(told | ({"email": it["email"]} if it.get("email") else {}))
    key_id, key = secrets.token_hex(16), secret()
    document = {
        "format": 1,
        "name": wanted["name"],
        "market": wanted.get("market", "TW"),
        "locale": wanted.get("locale", "zh-Hant"),
        "time_zone": wanted.get("time_zone", "Asia/Taipei"),
        "currency": wanted.get("currency", "TWD"),
        "phone": wanted.get("phone"),
        "email": wanted.get("email"),
        "account_url": wanted.get("account_url"),
        "guests_unconfirmed": False,
        "origins": wanted.get("origins", []),
        "members": members,
        "priorities": {},
        "reply_hours": {},
        "pepper": secret(),
        "signing_keys": [[key_id, key]],
    }
    client = table.meta.client
    puts = [place | {"n": 1, "doc": json.dumps(document, ensure_ascii=False)}]
    for it in members:
        membership = {"shop": wanted["id"], "name": wanted["name"], "role": it["role"], "service": it["service"]}
        text = json.dumps(membership, ensure_ascii=False)
        puts.append({"pk": f"agent#{it['agent']}", "sk": wanted["id"], "doc": text})
    name = known["TableName"]
    absent = {"TableName": name, "ConditionExpression": "attribute_not_exists(pk)"}
    client.transact_write_items(TransactItems=[{"Put": absent | {"Item": item}} for item in puts])
    print(f"The shop {wanted['id']} is made. Its storefront signs members in with this key, which is not shown again:")
    print(f"  kid {key_id}\n  key {key}")


def asked(url, **headers):
    """The status, the headers and the body of an answer, whatever it is."""
    request = urllib.request.Request(url, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=15) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


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
    """Takes the pages down, so that their bucket can go."""
    bucket = boto3.resource("s3").Bucket(outputs(stage)["SiteBucket"])
    bucket.objects.all().delete()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stage")
    commands = parser.add_subparsers(required=True)
    for act in (who, output, site, shop, smoke, empty):
        command = commands.add_parser(act.__name__, help=act.__doc__)
        command.set_defaults(act=act)
        if act is output:
            command.add_argument("name")
            command.add_argument("--stack")
            command.add_argument("--region")
        if act is shop:
            command.add_argument("file")
    args = parser.parse_args()
    args.act(args.stage, args)


if __name__ == "__main__":
    main()
