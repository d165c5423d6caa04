#!/usr/bin/env bash
# Takes a stage away: destroy.sh STAGE [kefu-STAGE]. What people wrote stays: the table, the secret of its links, the
# user pool, the mail identity. Production only goes where its whole name is given as well.
set -euo pipefail
cd "$(dirname "$0")/.."
stage=${1:-}
sure=${2:-}
if [ -z "$stage" ]; then
    echo "usage: make destroy STAGE=dev" >&2
    exit 2
fi
if [ "$stage" = prod ] && [ "$sure" != kefu-prod ]; then
    echo "This would take production away. If you mean it: make destroy STAGE=prod SURE=kefu-prod" >&2
    exit 1
fi
bash infra/tools.sh check
tools=$PWD/.tools/check/bin
export SAM_CLI_TELEMETRY=0
if [ -n "${AWS_REGION:-}" ]; then
    export AWS_DEFAULT_REGION=$AWS_REGION
fi
"$tools/python" infra/stage.py "$stage" who || exit 1
"$tools/python" infra/stage.py "$stage" empty
"$tools/sam" delete --stack-name "kefu-$stage" --no-prompts
# The web ACL, if there was one, lives where CloudFront wants it.
"$tools/sam" delete --stack-name "kefu-$stage-waf" --region us-east-1 --no-prompts
echo "Gone. The table kefu-$stage, its secret, its user pool and the mail identity are still there; docs/guides/deploy.md"
echo "says how to delete them, and how to deploy onto them again."
