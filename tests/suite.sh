#!/usr/bin/env bash
# Runs one suite of the tests, and notes how long it took: suite.sh NAME COMMAND…
set -euo pipefail
name=$1
shift
started=$(date +%s)
echo "== $name"
"$@"
seconds=$(($(date +%s) - started))
mkdir -p target
printf '  %-18s %3d:%02d\n' "$name" $((seconds / 60)) $((seconds % 60)) >>target/suites.txt
