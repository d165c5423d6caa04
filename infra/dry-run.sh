#!/usr/bin/env bash
# What `make deploy` does where nobody has credentials: it builds and checks everything, and stops in words. Nothing is
# sent anywhere. And production is not taken away by a slip.
set -euo pipefail
cd "$(dirname "$0")/.."
said=$(mktemp)
trap 'rm -f "$said"' EXIT

without_credentials() {
    env -u AWS_PROFILE -u AWS_ACCESS_KEY_ID -u AWS_SECRET_ACCESS_KEY -u AWS_SESSION_TOKEN \
        AWS_EC2_METADATA_DISABLED=true AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null "$@"
}

code=0
without_credentials bash infra/deploy.sh dev >"$said" 2>&1 || code=$?
tail -n 6 "$said"
if [ "$code" != 1 ] || ! grep -q 'Everything is built and valid. Nothing was deployed' "$said"; then
    cat "$said" >&2
    echo "deploy.sh should stop with 1 for want of credentials; it ended with $code" >&2
    exit 1
fi
code=0
without_credentials bash infra/destroy.sh prod >"$said" 2>&1 || code=$?
if [ "$code" != 1 ] || ! grep -q 'SURE=kefu-prod' "$said"; then
    cat "$said" >&2
    echo "destroy.sh should refuse production; it ended with $code" >&2
    exit 1
fi
