# Sourced by host.sh, test.sh and pack.sh: builds what is stale. It needs the .NET SDK alone.
# Everything it says goes to standard error; standard output belongs to the command.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en

say() { printf '%s\n' "$*" >&2; }
fail() { local code=$1; shift; say "$*"; exit "$code"; }

wants_cuda() { [ "${PLUGINHOST_CUDA:-0}" = 1 ]; }

need_sdk() {
  command -v dotnet >/dev/null 2>&1 ||
    fail 5 "The .NET 10 SDK is not installed (no 'dotnet' on PATH): install it, then run this again."
  [ -n "$(dotnet --list-sdks | grep '^10\.' || true)" ] ||
    fail 5 "The .NET SDK here is $(dotnet --version 2>/dev/null || echo unknown); .NET 10 is needed."
}

# True when a source is newer than the stamp of the last complete build.
stale() {
  local stamp=$1; shift
  [ -e "$stamp" ] || return 0
  [ -n "$(find "$@" \( -name obj -o -name bin -o -name artifacts \) -prune -o -type f \
    \( -name '*.cs' -o -name '*.csproj' -o -name '*.props' -o -name '*.targets' \
       -o -name 'packages.lock.json' -o -name '*.html' -o -name '*.css' -o -name '*.js' \
       -o -name BannedSymbols.txt -o -name 'PublicAPI.*.txt' -o -path '*/templates/plugin/*' \) \
    -newer "$stamp" -print -quit)" ]
}

build_managed() { # project or solution
  say "Building $(basename "$1")$(first_time)"
  # A compiler server takes most of the time off a build of many small projects. This one is the build's own: it neither
  # serves nor disturbs any other, and ends with the build.
  local server=pluginhost-$$ version sdk status=0
  version=$(dotnet --version)
  sdk=$(dotnet --list-sdks | sed -n "s/^$version \[\(.*\)\]\$/\1/p")/$version
  dotnet build "$1" -c Release -v quiet -nologo -p:UseSharedCompilation=true -p:SharedCompilationId="$server" $(wants_cuda && printf %s -p:Cuda=true) \
    </dev/null >"$root/artifacts/build.log" 2>&1 || status=$?
  dotnet "$sdk/Roslyn/bincore/VBCSCompiler.dll" -shutdown -pipename:"$server" </dev/null >/dev/null 2>&1 || true
  [ "$status" -eq 0 ] ||
    { grep -E 'error|warn' "$root/artifacts/build.log" | sort -u | head -n 40 >&2
      fail 1 "The build failed (log in artifacts/build.log)."; }
}

# The first restore on a machine fetches half a gigabyte, and is silent meanwhile.
first_time() {
  local packages=${NUGET_PACKAGES:-$HOME/.nuget/packages}
  [ -d "$packages/libtorch-cpu-linux-x64" ] || printf ' (the first time, libtorch is fetched: 500 MB)'
}

# True when NuGet's folder no longer has the native libraries that the last build found there.
native_gone() {
  local location=$root/artifacts/bin/Host/release/libtorch.location folder
  ! wants_cuda || return 1 # copied beside the host
  [ -e "$location" ] || return 0
  while read -r folder; do [ -d "$folder" ] || return 0; done <"$location"
  return 1
}

# set_up host|all: the host with its plugins, or the whole solution with its tests. PLUGINHOST_CUDA=1 takes libtorch with CUDA.
set_up() {
  mkdir -p "$root/artifacts"
  local kind=cpu stamp=$root/artifacts/.built-$1
  ! wants_cuda || kind=cuda
  # Both kinds are built into one folder: what was built last is what is there.
  if [ "$(cat "$root/artifacts/.kind" 2>/dev/null || echo cpu)" != $kind ]; then
    rm -rf "$root"/artifacts/.built-* "$root"/artifacts/bin/*/release/runtimes "$root"/artifacts/bin/*/release/libtorch.location
    echo $kind >"$root/artifacts/.kind"
  fi
  local sources=("$root/Torch" "$root/Abstractions" "$root/Host" "$root/libs" "$root/plugins" "$root/templates" "$root/eng"
    "$root/Directory.Build.props" "$root/Directory.Build.targets" "$root/Directory.Packages.props" "$root/BannedSymbols.txt" "$root/global.json")
  [ "$1" = all ] && sources+=("$root/tests" "$root/benchmarks" "$root/samples/plugins")
  stale "$stamp" "${sources[@]}" || native_gone || return 0
  exec 9>"$root/artifacts/.lock"
  flock 9 # two first calls at once: the second waits, then finds the work done
  stale "$stamp" "${sources[@]}" || native_gone || { exec 9>&-; return 0; }
  local mark=$root/artifacts/.mark-$1
  touch "$mark" # a source edited while it builds is newer than this
  need_sdk
  if [ "$1" = all ]; then build_managed "$root/PluginHost.sln"; else build_managed "$root/Host/Host.csproj"; fi
  mv "$mark" "$stamp"
  exec 9>&-
}
