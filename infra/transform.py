"""What SAM makes of the template, written to the file that is named; for the linter, and for counting."""

import json
import os
import sys
from collections import Counter
from pathlib import Path

from cfnlint.decode.cfn_yaml import loads
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator

# CloudFormation takes no more of a stack.
MOST_RESOURCES = 500

# SAM asks for a region, though nothing is sent anywhere.
os.environ.setdefault("AWS_DEFAULT_REGION", "ap-northeast-1")


def plain(value):
    """The same without the places that the decoder remembers."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return str(value) if isinstance(value, str) else value


def main(source, target):
    template = plain(loads(Path(source).read_text(encoding="utf-8")))
    # Where the code will be: the linter only asks that it is somewhere.
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = "s3://code/function.zip"
    values = {name: it.get("Default", "example.com") for name, it in template["Parameters"].items()}
    made = Translator({}, Parser()).translate(template, values)
    kinds = Counter(resource["Type"] for resource in made["Resources"].values())
    Path(target).parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(made, indent=1)
    Path(target).write_text(text, encoding="utf-8")
    total = sum(kinds.values())
    print(f"{source}: {total} resources, {len(text) // 1024} KiB after the transform")
    if total > MOST_RESOURCES:
        sys.exit(f"CloudFormation takes {MOST_RESOURCES} resources: split the template")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
