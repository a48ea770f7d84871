#!/usr/bin/env bash
# The `host` command from a checkout: builds what is stale, then runs it.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/eng/setup.sh"
set_up host
exec dotnet "$root/artifacts/bin/Host/release/host.dll" "$@"
