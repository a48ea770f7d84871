#!/bin/sh
# Gathers the nine labelled sets of docs/pretraining-study.md as DIR/sets/NAME/{train,dev,test}.csv, as 'host benchmark --suite folder' reads
# them. DATA holds those that are not of Debian: gue/, iEnhancer2L/, uci_splice/ and deepgsr_fruitfly/. Needs apt and dpkg; nothing is
# installed. Splits that are published stay; iEnhancer-2L has a tenth of its training rows held out for dev, the splice junctions are divided
# 60/15/25 with rows alike (80 %) together, the species' splice sites are put into one table.
#   eng/labelled-sets.sh DATA DIR
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
data=$(realpath "${1:?name the folder with gue, iEnhancer2L, uci_splice and deepgsr_fruitfly}")
dir=$(mkdir -p "${2:?name a folder to work in}" && cd "$2" && pwd)
export HOST="${HOST:-$here/host.sh}"
cd "$dir"
mkdir -p sets
for name in mouse_2 mouse_3 prom_core_tata; do [ -d "sets/$name" ] || cp -r "$data/gue/$name" "sets/$name"; done
mkdir -p sets/fly_splice sets/polya_fly
for split in train dev test; do
  cp "$here/samples/fly_splice/$split.csv" sets/fly_splice
  gzip -dc "$data/deepgsr_fruitfly/$split.csv.gz" > "sets/polya_fly/$split.csv"
done
[ -d sets/enhancers ] || {
  "$HOST" data split "$data/iEnhancer2L/layer1_train.csv" --dev 0.1 --test 0 --output enhancers --force
  mkdir sets/enhancers; cp enhancers/train.csv enhancers/dev.csv sets/enhancers; cp "$data/iEnhancer2L/layer1_test.csv" sets/enhancers/test.csv; }
[ -d sets/splice_primate ] || "$HOST" data split "$data/uci_splice/uci_splice_clean.csv" --by identity --identity 0.8 \
  --dev 0.15 --test 0.25 --output sets/splice_primate
[ -d sets/promoters_fly ] || { "$here/eng/fly-promoters.sh" "$dir"; cp -r promoters sets/promoters_fly; }
[ -d sets/splice_species ] || {
  "$here/eng/cross-species.sh" "$dir"
  mkdir sets/splice_species
  for split in train dev test; do awk 'FNR > 1 || NR == 1' crossed/*/"$split.csv" > "sets/splice_species/$split.csv"; done; }
wc -l sets/*/*.csv
