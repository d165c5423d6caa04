"""Rights that a role has and no test used: `rights.py` after a run of the tests, which write down what they use.

A right that is never used is either not needed, or not tested: it fails, unless infra/rights-unused.txt has it with the
reason why it is kept. A line there fails too once its right is gone from the template. A right that is used after all is
only told: some tests play with chance, and use it at times.
"""

import sys
from pathlib import Path

from cfnlint.decode.cfn_yaml import loads

USED = Path("target/rights-used.txt")
KEPT = Path("infra/rights-unused.txt")
# Lambda itself takes messages for the functions that a queue calls: no test sees these used.
UNSEEN = ("sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage")


def several(value):
    """One or many, as IAM takes both."""
    return value if isinstance(value, list) else [value]


def place(resource):
    """`Table`, `Table/index/due`, `NoticesQueue`, `identity/${MailDomain}`."""
    attribute = resource.get("Fn::GetAtt", [""])[0]
    return attribute or resource.get("Fn::Sub", "").rsplit("}:", 1)[-1].replace("${Table.Arn}", "Table")


def rights(template):
    """Every right of every function."""
    for resource in template["Resources"].values():
        if resource["Type"] != "AWS::Serverless::Function":
            continue
        name = resource["Properties"]["FunctionName"]["Fn::Sub"].removeprefix("kefu-${Stage}-")
        for policy in resource["Properties"]["Policies"]:
            for statement in policy["Statement"]:
                for action in several(statement["Action"]):
                    for resource_of in several(statement["Resource"]):
                        if action not in UNSEEN:
                            yield f"{name} {action} {place(resource_of)}"


def kept(text):
    """`function action place # reason`, one a line: the right, and whether a reason is given."""
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            right, _, reason = line.partition("#")
            yield right.strip(), reason.strip()


def wrong(given, used, exceptions):
    """What is to be mended, each with its way out."""
    for right in sorted(given - used - exceptions.keys()):
        yield f"{right} # never used: take it from the role and from rights.rs, test it, or give the reason in {KEPT}"
    for right, reason in exceptions.items():
        if right not in given:
            yield f"{right} # in {KEPT}, but no right of the template: take the line away"
        elif not reason:
            yield f"{right} # in {KEPT} without a reason"


def main():
    if not USED.exists():
        sys.exit(f"{USED} is not there: the tests write it (make test)")
    used = set(USED.read_text(encoding="utf-8").splitlines())
    given = set(rights(loads(Path("infra/template.yaml").read_text(encoding="utf-8"))))
    exceptions = dict(kept(KEPT.read_text(encoding="utf-8"))) if KEPT.exists() else {}
    print(f"{len(given)} rights, {len(given & used)} of them used by the tests, {len(exceptions)} kept for a reason")
    for right in sorted(exceptions.keys() & used):
        print(f"{right} is in {KEPT}, and was used")
    found = list(wrong(given, used, exceptions))
    if found:
        sys.exit("\n".join(found))


if __name__ == "__main__":
    main()
