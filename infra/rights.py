"""Rights that a role has and no test used: `rights.py` after a run of the tests, which write down what they use.

A right that is never used is either not needed, or not tested. `--strict` fails on one.
"""

import sys
from pathlib import Path

from cfnlint.decode.cfn_yaml import loads

USED = Path("target/rights-used.txt")
# Lambda takes messages itself, and mails go to a folder in the tests: nobody sees these used.
UNSEEN = ("sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage", "ses:")


def several(value):
    """One or many, as IAM takes both."""
    return value if isinstance(value, list) else [value]


def place(resource):
    """`Table`, `Table/index/due`, `NoticesQueue`."""
    attribute = resource.get("Fn::GetAtt", [""])[0]
    return attribute or resource.get("Fn::Sub", "").replace("${Table.Arn}", "Table")


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
                        if not action.startswith(UNSEEN):
                            yield f"{name} {action} {place(resource_of)}"


def main():
    used = set(USED.read_text(encoding="utf-8").splitlines()) if USED.exists() else set()
    given = set(rights(loads(Path("infra/template.yaml").read_text(encoding="utf-8"))))
    unused = sorted(given - used)
    print(f"{len(given)} rights, {len(given) - len(unused)} of them used by the tests")
    for right in unused:
        print(f"  never used: {right}")
    if unused and "--strict" in sys.argv[1:]:
        sys.exit(1)


if __name__ == "__main__":
    main()
