#!/usr/bin/env bash
# Checks the templates and scripts without AWS: the linter on what is written and on what SAM makes of it, what the roles
# and routes become, and the code at the edge, which runs.
set -euo pipefail
cd "$(dirname "$0")/.."
bash infra/tools.sh check
tools=$PWD/.tools/check/bin
export SAM_CLI_TELEMETRY=0 AWS_DEFAULT_REGION=${AWS_DEFAULT_REGION:-ap-northeast-1}

"$tools/cfn-lint" --regions "$AWS_DEFAULT_REGION" --template infra/template.yaml
"$tools/cfn-lint" --regions us-east-1 --template infra/waf.yaml
"$tools/python" infra/transform.py infra/template.yaml target/template.json
"$tools/python" infra/transformed.py infra/template.yaml target/template.json
node infra/edge.mjs target/template.json
"$tools/cfn-lint" --regions "$AWS_DEFAULT_REGION" --template target/template.json
"$tools/sam" validate --lint --region "$AWS_DEFAULT_REGION" --template infra/template.yaml
"$tools/shellcheck" infra/*.sh tests/*.sh .ci/*
PYTHONPYCACHEPREFIX=target/pycache "$tools/python" -m py_compile infra/*.py
