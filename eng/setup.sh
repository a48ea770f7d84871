# Sourced by host.sh, test.sh and pack.sh: installs what is missing and builds what is stale.
# Everything it says goes to standard error; standard output belongs to the command.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en

say() { printf '%s\n' "$*" >&2; }
fail() { local code=$1; shift; say "$*"; exit "$code"; }

# A libtorch of the user's own (CMAKE_PREFIX_PATH, or PyTorch under python3 on a machine with an NVIDIA GPU) replaces Debian's.
own_libtorch() {
  [ -n "${CMAKE_PREFIX_PATH:-}" ] && return 0
  command -v nvidia-smi >/dev/null 2>&1 || return 1
  CMAKE_PREFIX_PATH=$(python3 -c 'import torch; print(torch.utils.cmake_prefix_path)' 2>/dev/null) || return 1
  export CMAKE_PREFIX_PATH
}

missing_packages() {
  command -v cmake >/dev/null 2>&1 || echo cmake
  command -v g++ >/dev/null 2>&1 || echo g++
  own_libtorch && return 0
  local package
  for package in libtorch-dev libopenblas0-openmp libgloo-dev; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || echo "$package"
  done
}

install_missing() {
  command -v dotnet >/dev/null 2>&1 ||
    fail 5 "The .NET 10 SDK is not installed (no 'dotnet' on PATH): install it, then run this again."
  [ -n "$(dotnet --list-sdks | grep '^10\.' || true)" ] ||
    fail 5 "The .NET SDK here is $(dotnet --version 2>/dev/null || echo unknown); .NET 10 is needed."
  own_libtorch || true # sets CMAKE_PREFIX_PATH for the build as well
  local packages
  packages=$(missing_packages | tr '\n' ' ')
  [ -z "$packages" ] && return 0
  command -v apt-get >/dev/null 2>&1 ||
    fail 5 "Missing: $packages. There is no apt-get here: install them, or point CMAKE_PREFIX_PATH at a libtorch."
  if [ "$(id -u)" -ne 0 ]; then
    fail 5 "Missing packages. Run this once, then try again:
  sudo apt-get update && sudo apt-get install -y --no-install-recommends $packages"
  fi
  say "Installing $packages"
  # shellcheck disable=SC2086
  { DEBIAN_FRONTEND=noninteractive apt-get update -qq &&
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages; } </dev/null >"$root/artifacts/apt.log" 2>&1 ||
    { tail -n 20 "$root/artifacts/apt.log" >&2; fail 5 "apt-get could not install: $packages (log above and in artifacts/apt.log)."; }
}

# True when a source is newer than the stamp of the last complete build.
stale() {
  local stamp=$1; shift
  [ -e "$stamp" ] || return 0
  [ -n "$(find "$@" \( -name obj -o -name bin -o -name artifacts \) -prune -o -type f \
    \( -name '*.cs' -o -name '*.csproj' -o -name '*.props' -o -name '*.targets' -o -name '*.cpp' -o -name '*.h' \
       -o -name 'CMakeLists.txt' -o -name 'packages.lock.json' -o -name '*.html' -o -name '*.css' -o -name '*.js' \) \
    -newer "$stamp" -print -quit)" ]
}

build_native() {
  say "Building the native tensor library"
  bash "$root/Torch/native/build.sh" </dev/null >"$root/artifacts/native.log" 2>&1 ||
    { tail -n 40 "$root/artifacts/native.log" >&2; fail 5 "The native tensor library did not build (log above and in artifacts/native.log)."; }
}

build_managed() { # project or solution
  say "Building $(basename "$1")"
  # A compiler server takes most of the time off a build of many small projects. This one is the build's own: it neither
  # serves nor disturbs any other, and ends with the build.
  local server=pluginhost-$$ version sdk status=0
  version=$(dotnet --version)
  sdk=$(dotnet --list-sdks | sed -n "s/^$version \[\(.*\)\]\$/\1/p")/$version
  dotnet build "$1" -c Release -v quiet -nologo -p:UseSharedCompilation=true -p:SharedCompilationId="$server" \
    </dev/null >"$root/artifacts/build.log" 2>&1 || status=$?
  dotnet "$sdk/Roslyn/bincore/VBCSCompiler.dll" -shutdown -pipename:"$server" </dev/null >/dev/null 2>&1 || true
  [ "$status" -eq 0 ] ||
    { grep -E 'error|warn' "$root/artifacts/build.log" | sort -u | head -n 40 >&2
      fail 1 "The build failed (log in artifacts/build.log)."; }
}

# set_up host|all: the host with its plugins, or the whole solution with its tests.
set_up() {
  mkdir -p "$root/artifacts"
  local stamp=$root/artifacts/.built-$1
  local sources=("$root/Torch" "$root/Abstractions" "$root/Host" "$root/plugins" "$root/Directory.Build.props" "$root/Directory.Packages.props" "$root/global.json")
  [ "$1" = all ] && sources+=("$root/tests" "$root/samples/plugins")
  stale "$stamp" "${sources[@]}" || return 0
  exec 9>"$root/artifacts/.lock"
  flock 9 # two first calls at once: the second waits, then finds the work done
  stale "$stamp" "${sources[@]}" || { exec 9>&-; return 0; }
  local mark=$root/artifacts/.mark-$1
  touch "$mark" # a source edited while it builds is newer than this
  install_missing
  build_native
  if [ "$1" = all ]; then build_managed "$root/PluginHost.sln"; else build_managed "$root/Host/Host.csproj"; fi
  mv "$mark" "$stamp"
  exec 9>&-
}
