#!/usr/bin/env bash
# The `host` command of a bundle, with the bundle's own .NET runtime. Which libtorch is used: the one in app/libtorch, or, in a slim
# bundle, what PLUGINHOST_LIBTORCH names or the PyTorch that python3 imports. `./host doctor` shows it.
set -euo pipefail
here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
export DOTNET_ROOT=$here/dotnet DOTNET_MULTILEVEL_LOOKUP=0
exec "$here/dotnet/dotnet" "$here/app/host.dll" "$@"
