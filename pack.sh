#!/usr/bin/env bash
# Writes artifacts/pluginhost-linux-x64.tar.xz: runtime, host, plugins, shim sources and a launcher, for machines
# that have a libtorch, g++ and cmake but neither .NET nor a network.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/eng/setup.sh"
set_up host

name=pluginhost-linux-x64
stage=$root/artifacts/pack/$name
rm -rf "$root/artifacts/pack"
mkdir -p "$stage"/{app,dotnet,Torch}

dotnet_root=$(dirname "$(readlink -f "$(command -v dotnet)")")
runtime=$(dotnet --list-runtimes | sed -nE 's/^Microsoft\.NETCore\.App (10\.[^ ]+) .*/\1/p' | sort -V | tail -n 1)
mkdir -p "$stage/dotnet/shared/Microsoft.NETCore.App" "$stage/dotnet/host/fxr"
cp "$dotnet_root/dotnet" "$stage/dotnet/"
cp -r "$dotnet_root/host/fxr/$runtime" "$stage/dotnet/host/fxr/"
cp -r "$dotnet_root/shared/Microsoft.NETCore.App/$runtime" "$stage/dotnet/shared/Microsoft.NETCore.App/"
for file in LICENSE.txt ThirdPartyNotices.txt; do
  [ ! -e "$dotnet_root/$file" ] || cp "$dotnet_root/$file" "$stage/dotnet/"
done

cp -r "$root/artifacts/bin/Host/release/." "$stage/app/"
rm -rf "$stage/app/plugins" && find "$stage/app" -name '*.pdb' -delete
cp -r "$root/artifacts/plugins" "$stage/app/plugins"
cp -r "$root/Torch/native" "$stage/Torch/native"
cp -r "$root/pipelines" "$root/samples" "$root/docs" "$root/README.md" "$root/LICENSE" "$stage/"
find "$stage" \( -name obj -o -name bin \) -type d -prune -exec rm -rf {} +
cp "$root/eng/bundle-host.sh" "$stage/host"
chmod +x "$stage/host"

say "Compressing"
tar -C "$root/artifacts/pack" --sort=name --owner=0 --group=0 --numeric-owner -c "$name" | xz -9 -T0 >"$root/artifacts/$name.tar.xz"
size=$(stat -c %s "$root/artifacts/$name.tar.xz")
[ "$size" -le $((60 * 1024 * 1024)) ] || fail 1 "The bundle is $size bytes; the limit is 60 MiB."
echo "artifacts/$name.tar.xz $((size / 1024 / 1024)) MiB"
