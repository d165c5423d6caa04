#!/bin/sh
# Installs what deploys, once, into .tools/: `tools.sh check` for the template, `tools.sh build` for the functions.
# Running it again changes nothing.
set -eu
cd "$(dirname "$0")/.."

case "${1:-}" in
check) list=infra/requirements.txt ;;
build) list=infra/build-requirements.txt ;;
*)
    echo "usage: infra/tools.sh check|build" >&2
    exit 2
    ;;
esac
folder=.tools/$1
stamp="$folder/installed"
if [ "$(cat "$stamp" 2>/dev/null || true)" = "$(cat "$list")" ]; then
    exit 0
fi
echo "Installing $list into $folder"
rm -rf "$folder"
if ! python3 -m venv "$folder" ||
    ! "$folder/bin/pip" install --quiet --disable-pip-version-check --requirement "$list"; then
    rm -rf "$folder"
    echo "The tools of $list could not be installed. They need Python 3.10 or later with venv (Debian: apt-get install" >&2
    echo "python3-venv) and a package index that pip reaches (pip config set global.index-url …); then run it again." >&2
    exit 1
fi
cp "$list" "$stamp"
