#!/bin/sh
# Installs what the tests need beside Cargo and npm, once: ministack and what checks the template into .tools/, and
# Chromium with Chinese fonts for the browser tests. Running it again changes nothing.
set -eu
cd "$(dirname "$0")/.."

wanted=$(grep -v '^#' tests/requirements.txt)
folder=.tools/ministack
stamp="$folder/installed"
if [ "$(cat "$stamp" 2>/dev/null || true)" != "$wanted" ]; then
    echo "Installing $wanted into $folder"
    rm -rf "$folder"
    python3 -m venv "$folder"
    "$folder/bin/pip" install --quiet --disable-pip-version-check --requirement tests/requirements.txt
    echo "$wanted" > "$stamp"
fi

sh infra/tools.sh check

if ! command -v chromium >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "Installing Chromium"
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk
    else
        echo "Chromium is missing: install the packages chromium and fonts-noto-cjk for the browser tests" >&2
        exit 1
    fi
fi
