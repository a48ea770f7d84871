#!/usr/bin/env bash
# The `host` command of a portable bundle. The first call builds the native tensor library against the libtorch it finds:
# CMAKE_PREFIX_PATH, PyTorch under python3, or Debian's libtorch-dev. `./host --rebuild-native` builds it anew.
set -euo pipefail
here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
export DOTNET_ROOT=$here/dotnet DOTNET_MULTILEVEL_LOOKUP=0
if [ "${1:-}" = --rebuild-native ]; then rm -f "$here/app/libpluginhost_torch.so"; shift; fi
if [ ! -e "$here/app/libpluginhost_torch.so" ]; then
  echo "Building the native tensor library (once)" >&2
  bash "$here/Torch/native/build.sh" "$here/app" </dev/null >"$here/native.log" 2>&1 || {
    tail -n 30 "$here/native.log" >&2
    echo "The native tensor library did not build: it needs g++, cmake and a libtorch (Debian's libtorch-dev, or PyTorch under python3). Log: native.log." >&2
    exit 5
  }
fi
exec "$here/dotnet/dotnet" "$here/app/host.dll" "$@"
