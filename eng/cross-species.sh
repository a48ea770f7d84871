#!/bin/sh
# Makes a cross-species data set of splice sites from Debian's augustus-doc: eight vertebrates' versions of one region with
# AUGUSTUS' comparative gene predictions. Ends in DIR/crossed/SPECIES/{train,dev,test}.csv, which
# 'host benchmark --suite folder --data DIR/crossed --protocol groups' reads. Needs apt and dpkg; nothing is installed.
#   eng/cross-species.sh DIR
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
dir=$(mkdir -p "${1:?name a folder to work in}" && cd "$1" && pwd)
host=${HOST:-$here/host.sh}
cd "$dir"
[ -d augustus ] || { apt-get download augustus-doc; dpkg -x augustus-doc_*.deb augustus; }
tutorial=augustus/usr/share/doc/augustus/tutorial-cgp

tables=
for species in hg38 rheMac3 mm10 rn6 bosTau8 canFam3 monDom5 galGal4; do
  rm -f "$species.csv"
  # Two non-sites for each site, with the same motif, on the same strand of the same gene.
  "$host" data negatives --how sites --genome "$tutorial/data/genomes/$species.fa" \
    --features "$tutorial/results/aug_joined/$species.jg.gff" --type CDS --anchor donor --anchor acceptor --window=-50..49 \
    --inside "$tutorial/results/aug_joined/$species.jg.gff" --inside-type transcript --per 2 --add "species=$species" --output "$species.csv"
  tables="$tables $species.csv"
done
rm -rf crossed
# Orthologous sites that are alike stay together, so that no species' test set is known from another's training.
# shellcheck disable=SC2086
"$host" data split $tables --by identity --identity 0.8 --cross species --dev 0.15 --test 0.35 --output crossed
