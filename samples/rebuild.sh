#!/usr/bin/env bash
# Rebuilds samples/ from the Debian packages augustus-doc and ragout-examples and checks every file bit for bit.
#
#   samples/rebuild.sh                 download the packages with apt-get (about 40 MB)
#   samples/rebuild.sh FOLDER          use package files that are already here
#
# Needs apt, dpkg, sha256sum and python3 (3.9 or newer, standard library only). Takes about 15 seconds.
# Nothing in samples/ changes unless every file has the SHA-256 listed in SHA256SUMS.
set -euo pipefail

packages="augustus-doc=3.5.0+dfsg-2=8427ef32b4f345dc336066215390572f242c79818bcb6a709df87b4be43fc71b
ragout-examples=2.3-4=cbe6d0dd8b0e36ef2c93c9b9655955f42019dcd9e9b77388ee58ee54d50bd140"

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python=$([ -x /usr/bin/python3 ] && echo /usr/bin/python3 || command -v python3)

files=${1:-$work/packages}
mkdir -p "$work/packages"
chmod 755 "$work" "$work/packages"
while IFS== read -r package version sha256; do
    if [ $# -eq 0 ] && ! (cd "$files" && apt-get -qq -o APT::Sandbox::User="$(id -un)" download "$package=$version"); then
        echo "rebuild.sh: apt-get cannot download $package $version. Run 'apt-get update' first; on another release" \
             "than Debian 12, take the files of both packages from snapshot.debian.org and run: samples/rebuild.sh FOLDER" >&2
        exit 1
    fi
    file=$(find "$files" -maxdepth 1 -name "${package}_*.deb" | head -1)
    if ! echo "$sha256  $file" | sha256sum --check --quiet -; then
        echo "rebuild.sh: '$file' is not the file of $package $version that samples/ was built from; expected SHA-256 $sha256" >&2
        exit 1
    fi
    dpkg -x "$file" "$work/package"
done <<< "$packages"
"$python" -B "$here/rebuild/build.py" "$work/package" "$work/samples"

cd "$work/samples"
# The sequence is checked apart from its compression, so that another zlib is told from other bases.
for name in chr2R bacteria; do gzip -dc "genome/$name.fa.gz" > "$work/$name.fa"; done
if ! (cd "$work" && sha256sum --check --quiet "$here/genome/bases.sha256"); then
    echo "rebuild.sh: the rebuilt genome has other bases than the one shipped; samples/ is unchanged" >&2
    exit 1
fi
if ! sha256sum --check --quiet "$here/SHA256SUMS"; then
    echo "rebuild.sh: the files named above differ from those shipped; samples/ is unchanged." \
         "If only .fa.gz and .gzi files of genome/ differ, this zlib packs the same bases in another way." >&2
    exit 1
fi
cp -r evolution fly_splice fly_tasks genome haplotypes telomeres "$here/"
if command -v dotnet > /dev/null; then
    "$here/../host.sh" bpe train --quiet --path "$here/genome/chr2R.fa.gz" --size 1024 --output "$work/fly_bpe_1024.json"
    if ! cmp "$work/fly_bpe_1024.json" "$here/tokenizers/fly_bpe_1024.json"; then
        echo "rebuild.sh: training gives another vocabulary than samples/tokenizers/fly_bpe_1024.json, which is unchanged" >&2
        exit 1
    fi
    "$here/../host.sh" ggrams extract --quiet --path "$here/genome/chr2R.fa.gz" --tokenizer "{ use: bpe, vocab: $here/tokenizers/fly_bpe_1024.json }" \
        --min-pmi 1 --size 12000 --output "$work/fly_ggrams.json" > /dev/null
    if ! cmp "$work/fly_ggrams.json" "$here/ggrams/fly_bpe_1024.json"; then
        echo "rebuild.sh: extraction gives other G-grams than samples/ggrams/fly_bpe_1024.json, which is unchanged" >&2
        exit 1
    fi
    "$here/../host.sh" data noise "$here/telomeres/telomeres.fa.gz" --count 2400 --output "$work/noise.csv.gz" > /dev/null
    "$here/../host.sh" data split "$work/noise.csv.gz" --dev 0.1 --test 0.15 --output "$work/noise" > /dev/null
    for name in train dev test; do
        if ! cmp "$work/noise/$name.csv" <(gzip -dc "$here/telomeres/noise/$name.csv.gz"); then
            echo "rebuild.sh: 'host data noise' gives another set than samples/telomeres/noise, which is unchanged" >&2
            exit 1
        fi
    done
else
    echo "rebuild.sh: there is no dotnet here, so samples/tokenizers, samples/ggrams and samples/telomeres/noise were not made again"
fi
echo "samples/ rebuilt: every file has the SHA-256 listed in SHA256SUMS"
