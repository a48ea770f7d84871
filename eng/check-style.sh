#!/usr/bin/env bash
# Style that a tool can tell: dotnet format finds nothing to change, and no line of C# has more than 140 characters.
# Banned symbols, warnings and the public API are the build's own matter.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
failed=0
long=$(find . -name '*.cs' -not -path './artifacts/*' -not -path '*/obj/*' -print0 \
  | xargs -0 awk 'length($0) > 140 { printf "%s:%d: %d characters\n", FILENAME, FNR, length($0) }')
if [ -n "$long" ]; then
  echo "$long"
  echo "Lines of C# have at most 140 characters."
  failed=1
fi
dotnet format PluginHost.sln --verify-no-changes --no-restore -v q || { echo "Run: dotnet format PluginHost.sln"; failed=1; }
[ "$failed" -eq 0 ] && echo "Style: nothing to change."
exit "$failed"
