#!/usr/bin/env bash
# Builds what is stale, checks the style, then runs every test. Arguments name test projects, run alone; none means all.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/eng/setup.sh"
set_up all

passed=0 failed=0 skipped=0
if [ $# -eq 0 ]; then
  echo "== style"
  bash "$root/eng/check-style.sh" </dev/null || failed=1
fi
projects=("$@")
[ ${#projects[@]} -gt 0 ] || mapfile -t projects < <(cd "$root/tests" && ls -d *.Tests)
for project in "${projects[@]}"; do
  echo "== $project"
  log=$root/artifacts/$project.log
  status=0
  (cd "$root" && dotnet "artifacts/bin/$project/release/$project.dll") </dev/null 2>&1 | tee "$log" || status=$?
  summary=$(grep -E 'Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+' "$log" | tail -n 1 || true)
  if [ -z "$summary" ]; then
    echo "$project ended without a summary (exit code $status)."
    failed=$((failed + 1))
    continue
  fi
  number() { sed -E "s/.*$1: ([0-9]+).*/\1/" <<<"$summary"; }
  bad=$(($(number Errors) + $(number Failed)))
  [ "$status" -ne 0 ] && [ "$bad" -eq 0 ] && bad=1
  failed=$((failed + bad))
  skipped=$((skipped + $(number Skipped)))
  passed=$((passed + $(number Total) - $(number Errors) - $(number Failed) - $(number Skipped)))
done
[ "$skipped" -eq 0 ] || echo "$skipped skipped: each names what it needs, above."
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
