#!/bin/sh
# Makes a Python with a newer torch than this Debian's for the benchmarks: the python3-torch of a later Debian in a folder of
# its own, from the mirror that apt uses here. Prints the interpreter at the end. Needs root, debootstrap and 2 GB.
#   benchmarks/python-peer.sh DIR [SUITE]
set -eu
dir=$(mkdir -p "${1:?name a folder for it}" && cd "$1" && pwd)
suite=${2:-trixie}
python=$dir/peer-python

if [ ! -x "$python" ]; then
  command -v debootstrap >/dev/null 2>&1 || apt-get install -y -qq --no-install-recommends debootstrap >&2
  mirror=$(apt-get indextargets --format '$(ORIGIN) $(LABEL) $(REPO_URI)' | awk '$1 == "Debian" && $2 == "Debian" { print $3; exit }')
  [ -n "$mirror" ] || { echo "apt knows no Debian mirror here." >&2; exit 1; }
  [ -e "$dir/etc/debian_version" ] || debootstrap --variant=minbase "$suite" "$dir" "$mirror" >&2
  # OpenBLAS over OpenMP: the fastest BLAS that Debian has, on the same threads as torch's own loops.
  DEBIAN_FRONTEND=noninteractive chroot "$dir" apt-get install -y -qq --no-install-recommends python3-torch libopenblas0-openmp >&2
  # Run by the folder's own loader, not in a chroot: there torch could not see, without /proc and /sys, what the processor can do.
  lib=$dir/usr/lib/x86_64-linux-gnu
  cat >"$python" <<WRAPPER
#!/bin/sh
# What may be set for another OpenBLAS would slow this one.
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE LD_LIBRARY_PATH PYTHONPATH
export PYTHONHOME='$dir/usr' PYTHONDONTWRITEBYTECODE=1
exec '$lib/ld-linux-x86-64.so.2' --library-path '$lib/openblas-openmp:$lib:$dir/usr/lib' '$dir/usr/bin/python3' "\$@"
WRAPPER
  chmod +x "$python"
fi
"$python" -c 'import torch; print("torch", torch.__version__, "with", torch.backends.cpu.get_cpu_capability())' >&2
echo "$python"
