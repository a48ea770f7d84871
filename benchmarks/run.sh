#!/usr/bin/env bash
# Builds the benchmarks and runs them; see docs/benchmarks.md.
#   benchmarks/run.sh [NAME]... [--rounds N] [--before DIR] [--python PYTHON]
# DIR: a checkout of an earlier commit, built there, for the rows that compare with it. PYTHON: one with torch.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../eng/setup.sh"

for ((i = 1; i < $#; i++)); do
  if [ "${!i}" = --before ]; then i=$((i + 1)); PEER_BEFORE=${!i}; fi
done
mkdir -p "$root/artifacts"
build_managed "$root/benchmarks/Benchmarks/Benchmarks.csproj"
if [ -n "${PEER_BEFORE:-}" ]; then
  PEER_BEFORE=$(cd "$PEER_BEFORE" && pwd)
  export PEER_BEFORE
  [ -e "$PEER_BEFORE/artifacts/bin/Benchmarks/release/host.dll" ] ||
    fail 2 "The benchmarks of $PEER_BEFORE are not built: run ./test.sh there, or ./host.sh doctor and dotnet build tests/Benchmarks."
  build_managed "$root/benchmarks/Before/Before.csproj"
fi
exec dotnet "$root/artifacts/bin/Benchmarks/release/Benchmarks.dll" "$@"
