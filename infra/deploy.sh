#!/usr/bin/env bash
# Deploys a stage: builds, checks, asks SAM, puts the pages up, makes the first shop, tries it. deploy.sh dev|prod
# Settings are in infra/<stage>.env (infra/settings.example says which); docs/guides/deploy.md tells the whole story.
set -euo pipefail
cd "$(dirname "$0")/.."
stage=${1:-}
case "$stage" in
dev | prod) ;;
*)
    echo "usage: make deploy STAGE=dev (or prod)" >&2
    exit 2
    ;;
esac

if [ -n "${AWS_REGION:-}" ]; then
    export AWS_DEFAULT_REGION=$AWS_REGION
fi
make --no-print-directory build
bash infra/check.sh
tools=$PWD/.tools/check/bin
export SAM_CLI_TELEMETRY=0
stage_py() { "$tools/python" infra/stage.py "$stage" "$@"; }

settings=infra/$stage.env
if [ ! -f "$settings" ]; then
    echo "$settings is missing: copy infra/settings.example to it and fill it in." >&2
fi
stage_py who || exit 1
if [ ! -f "$settings" ]; then
    echo "Everything is built and valid. Nothing was deployed, for want of $settings." >&2
    exit 1
fi

said=$(stage_py parameters)
parameters=("Stage=$stage" "Architecture=$(cat target/lambda/architecture)")
while IFS= read -r line; do
    parameters+=("$line")
done <<<"$said"
before=$(stage_py before)

acl=$(stage_py setting WebAcl)
if [ "$acl" = on ]; then
    "$tools/sam" deploy --template-file infra/waf.yaml --stack-name "kefu-$stage-waf" --region us-east-1 \
        --resolve-s3 --no-confirm-changeset --no-fail-on-empty-changeset --parameter-overrides "Stage=$stage"
    acl=$(stage_py output WebAclArn --stack "kefu-$stage-waf" --region us-east-1)
    parameters+=("WebAclArn=$acl")
fi

deploy() {
    "$tools/sam" deploy --config-file "$PWD/infra/samconfig.toml" --config-env "$stage" --template-file infra/template.yaml \
        --parameter-overrides "${parameters[@]}" "PublicUrl=$1"
}
domain=$(stage_py setting Domain)
if [ -n "$domain" ]; then
    deploy "https://$domain"
else
    # Where the pages are is only known once CloudFront gave a name: the first time it takes two rounds.
    deploy "${before:-https://not-known-yet.invalid}"
    after=$(stage_py output SiteUrl)
    if [ "$before" != "$after" ]; then
        deploy "$after"
    fi
fi

stage_py site
shop=$(stage_py setting FirstShop)
if [ -n "$shop" ]; then
    # Who works there, and under which nickname, may have been changed meanwhile: that is what `make shop` is for.
    stage_py shop --if-absent "$shop"
fi
stage_py smoke
echo "Kefu is at $(stage_py output SiteUrl)/admin/"
