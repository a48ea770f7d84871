#!/usr/bin/env bash
# The tests of damage and interruption in full, where test.sh takes a sample: every file of a run damaged in every way, a kill at 50
# random moments and at each event. An hour or so on two cores.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
set_up all
export PLUGINHOST_THOROUGH=1
cd "$root"
dotnet artifacts/bin/Host.Tests/release/Host.Tests.dll -class "*DamagedRunTests" -class "*CheckpointStoreTests"
dotnet artifacts/bin/EndToEnd.Tests/release/EndToEnd.Tests.dll -class "*InterruptionTests"
