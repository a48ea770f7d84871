#!/bin/sh
# Builds the native library against the libtorch of this machine.
#   build.sh [FOLDER]     writes FOLDER/libpluginhost_torch.so; FOLDER is artifacts/native by default
# libtorch is searched in CMAKE_PREFIX_PATH, then in the system (Debian's libtorch-dev), then in the torch that
# python3 imports. Nothing is rebuilt while the sources and that libtorch stay the same.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here/../../artifacts/native}
mkdir -p "$out"
out=$(cd "$out" && pwd)

say() { printf '%s\n' "$*" >&2; }

# Sets include, libdir and abi from a libtorch root (the folder that holds include/ and lib/).
from_root() {
  [ -e "$1/lib/libtorch_cpu.so" ] && [ -e "$1/include/torch/csrc/api/include/torch/version.h" ] || return 1
  libdir=$1/lib
  include="$1/include;$1/include/torch/csrc/api/include"
  abi=1
  config=$1/share/cmake/Torch/TorchConfig.cmake
  if [ -e "$config" ] && grep -q 'GLIBCXX_USE_CXX11_ABI=0' "$config"; then abi=0; fi
  # A CUDA wheel keeps its runtime's headers beside torch; they are optional here.
  for folder in "$1"/../nvidia/*/include; do
    [ -e "$folder/cuda_runtime_api.h" ] && include="$include;$folder"
  done
  return 0
}

from_system() {
  for folder in /usr/lib/x86_64-linux-gnu /usr/lib/aarch64-linux-gnu /usr/lib64 /usr/lib /usr/local/lib; do
    if [ -e "$folder/libtorch_cpu.so" ] && [ -e "${folder%%/lib*}/include/torch/csrc/api/include/torch/version.h" ]; then
      libdir=$folder
      root=${folder%%/lib*}
      include="$root/include;$root/include/torch/csrc/api/include"
      abi=1
      return 0
    fi
  done
  return 1
}

from_prefixes() {
  old=$IFS; IFS=':;'
  for prefix in ${CMAKE_PREFIX_PATH:-}; do
    IFS=$old
    for root in "$prefix" "$prefix/../.." "$prefix/../../.."; do
      if [ -d "$root" ] && from_root "$(cd "$root" && pwd)"; then return 0; fi
    done
    IFS=':;'
  done
  IFS=$old
  return 1
}

from_python() {
  root=$(python3 -c 'import os, torch; print(os.path.dirname(torch.__file__))' 2>/dev/null) || return 1
  from_root "$root"
}

if ! from_prefixes && ! from_system && ! from_python; then
  say "No libtorch found. Install one and run this again:"
  say "  apt-get install libtorch-dev libopenblas0-openmp libgloo-dev     (Debian)"
  say "  pip install torch                                              (PyPI, with CUDA)"
  say "or point CMAKE_PREFIX_PATH at an unpacked libtorch."
  exit 1
fi
for tool in cmake c++; do
  command -v "$tool" >/dev/null || { say "No $tool found: apt-get install cmake g++"; exit 1; }
done

stamp=$( { cat "$here"/*.cpp "$here"/*.h "$here"/CMakeLists.txt "$here"/build.sh; echo "$include $libdir $abi";
           stat -L -c '%n %s %Y' "$libdir/libtorch_cpu.so"; c++ --version | head -n 1; } | sha256sum | cut -d' ' -f1)
if [ -e "$out/libpluginhost_torch.so" ] && [ "$(cat "$out/stamp" 2>/dev/null)" = "$stamp" ]; then exit 0; fi

say "Building the native library against $libdir (about a minute)"
# One build folder for each output folder, so that two checkouts or callers do not meet.
build=$out/build
if ! { cmake -S "$here" -B "$build" "-DTORCH_INCLUDE=$include" "-DTORCH_LIBRARY_DIR=$libdir" \
         "-DTORCH_CXX11_ABI=$abi" -DCMAKE_BUILD_TYPE=Release &&
       cmake --build "$build" -j "${TORCH_BUILD_JOBS:-2}"; } >"$out/build.log" 2>&1; then
  tail -n 40 "$out/build.log" >&2
  say "The native library did not build; the whole log is in $out/build.log"
  exit 1
fi
# Renamed into place: a process that has the old one open keeps it.
cp "$build/libpluginhost_torch.so" "$out/.new.so"
mv "$out/.new.so" "$out/libpluginhost_torch.so"
printf '%s' "$stamp" >"$out/stamp"
