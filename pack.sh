#!/usr/bin/env bash
# Writes two bundles into artifacts/, each with runtime, host, plugins and a launcher, for machines without .NET or a network:
#   pluginhost-linux-x64-slim.tar.xz   without libtorch, for machines that have a PyTorch or a libtorch of their own
#   pluginhost-linux-x64.tar.xz        with libtorch for the processor
# Both carry the packages for authors of plugins, as a folder that NuGet reads: ./pack.sh --packages writes these alone.
# Usage: ./pack.sh [slim|full]; without an argument both. ./pack.sh --packages [DIR]; without a folder artifacts/packages.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/eng/setup.sh"
which=${1:-both}
case $which in slim|full|both|--packages) ;; *) fail 2 "Usage: ./pack.sh [slim|full] or ./pack.sh --packages [DIR]" ;; esac
! wants_cuda || fail 2 "The bundles hold no CUDA: unset PLUGINHOST_CUDA. On a machine with a card, the slim one uses its PyTorch."
set_up host

# packages DIR: what authors of plugins compile against, test with and begin from.
packages() {
  local project
  mkdir -p "$1"
  rm -f "$1"/PluginHost.*.nupkg
  for project in Abstractions/PluginHost.Abstractions Torch/PluginHost.Torch libs/PluginKit/PluginKit templates/PluginHost.Templates; do
    dotnet pack "$root/$project.csproj" -c Release -o "$1" -v quiet -nologo </dev/null >&2 || fail 1 "$project could not be packed."
  done
}

if [ "$which" = --packages ]; then
  folder=$(realpath -m "${2:-$root/artifacts/packages}")
  packages "$folder"
  ls "$folder"/PluginHost.*.nupkg
  exit
fi

built=$root/artifacts/bin/Host/release
limit=$((60 * 1024 * 1024)) # of the slim bundle
{ read -r libtorch && read -r torchsharp; } <"$built/libtorch.location"

# stage NAME: the folder of a bundle without libtorch.
stage() {
  local stage=$root/artifacts/pack/$1
  rm -rf "$stage"
  mkdir -p "$stage"/{app,dotnet/shared/Microsoft.NETCore.App,dotnet/host/fxr}
  local dotnet_root runtime file
  dotnet_root=$(dirname "$(readlink -f "$(command -v dotnet)")")
  runtime=$(dotnet --list-runtimes | sed -nE 's/^Microsoft\.NETCore\.App (10\.[^ ]+) .*/\1/p' | sort -V | tail -n 1)
  cp "$dotnet_root/dotnet" "$stage/dotnet/"
  cp -r "$dotnet_root/host/fxr/$runtime" "$stage/dotnet/host/fxr/"
  cp -r "$dotnet_root/shared/Microsoft.NETCore.App/$runtime" "$stage/dotnet/shared/Microsoft.NETCore.App/"
  for file in LICENSE.txt ThirdPartyNotices.txt; do
    [ ! -e "$dotnet_root/$file" ] || cp "$dotnet_root/$file" "$stage/dotnet/"
  done
  cp -r "$built/." "$stage/app/"
  # The location is this machine's; beside the host is where the library is looked for first.
  rm -rf "$stage/app/plugins" "$stage/app/libtorch.location"
  find "$stage/app" -name '*.pdb' -delete
  cp "$torchsharp/libLibTorchSharp.so" "$stage/app/"
  cp -r "$root/artifacts/plugins" "$stage/app/plugins"
  # That they do not end the process is found out here, so that the first start of the bundle need not try them.
  XDG_CACHE_HOME=$stage/cache dotnet "$stage/app/host.dll" plugins list >/dev/null
  rm "$stage"/cache/pluginhost/probes/place-*
  mv "$stage/cache/pluginhost/probes" "$stage/app/probes"
  rm -r "$stage/cache"
  cp -r "$root/pipelines" "$root/samples" "$root/docs" "$root/README.md" "$root/CHANGELOG.md" "$root/CONTRIBUTING.md" "$root/LICENSE" "$stage/"
  find "$stage" \( -name obj -o -name bin \) -type d -prune -exec rm -rf {} +
  packages "$stage/packages"
  cp "$root/eng/bundle-host.sh" "$stage/host"
  chmod +x "$stage/host"
}

# compress NAME: artifacts/NAME.tar.xz from the staged folder.
compress() {
  say "Compressing $1"
  tar -C "$root/artifacts/pack" --sort=name --owner=0 --group=0 --numeric-owner -c "$1" | xz -6 -T0 >"$root/artifacts/$1.tar.xz"
  echo "artifacts/$1.tar.xz $(($(stat -c %s "$root/artifacts/$1.tar.xz") / 1024 / 1024)) MiB"
}

if [ "$which" != full ]; then
  name=pluginhost-linux-x64-slim
  stage $name
  compress $name
  size=$(stat -c %s "$root/artifacts/$name.tar.xz")
  [ "$size" -le $limit ] || fail 1 "The slim bundle is $size bytes; the limit is 60 MiB."
fi
if [ "$which" != slim ]; then
  name=pluginhost-linux-x64
  stage $name
  mkdir "$root/artifacts/pack/$name/app/libtorch"
  for file in libc10.so libtorch_cpu.so libtorch.so libtorch_global_deps.so 'libgomp*'; do
    cp "$libtorch"/$file "$root/artifacts/pack/$name/app/libtorch/"
  done
  version=$(sed -E 's#.*/libtorch-cpu-linux-x64/([^/]+)/.*#\1#' <<<"$libtorch")
  echo "$version" >"$root/artifacts/pack/$name/app/libtorch/build-version"
  cp "$libtorch/../../../LICENSE-LIBTORCH.txt" "$root/artifacts/pack/$name/app/libtorch/"
  compress $name
fi
rm -rf "$root/artifacts/pack"
