#!/bin/sh
# Makes a data set of fly promoters from Debian's r-bioc-biostrings: the 200 bases before a transcription start (1) against the 200 that lie
# 1,800 to 2,000 bases before it (0), one transcript a start, split by chromosome: chr3L is the test set, chrX dev, chr2L, chr2R and chr3R
# train. Ends in DIR/promoters/{train,dev,test}.csv. Every third start is taken. Needs apt and dpkg; nothing is installed.
#   eng/fly-promoters.sh DIR
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
dir=$(mkdir -p "${1:?name a folder to work in}" && cd "$1" && pwd)
host=${HOST:-$here/host.sh}
cd "$dir"
[ -d biostrings ] || { apt-get download r-bioc-biostrings; dpkg -x r-bioc-biostrings_*.deb biostrings; }
gzip -dc biostrings/usr/lib/R/site-library/Biostrings/extdata/dm3_upstream2000.fa.gz | awk '
  function write() {
    if (name ~ /^chr(2L|2R|3L|3R|X):/ && !seen[name]++ && ++starts % 3 == 0) {
      chromosome = name; sub(/:.*/, "", chromosome)
      print name "/near," chromosome "," substr(bases, length(bases) - 199) ",1"
      print name "/far," chromosome "," substr(bases, 1, 200) ",0"
    }
  }
  BEGIN { print "id,chromosome,sequence,label" }
  /^>/ { write(); name = $2; bases = ""; next }
  { bases = bases $0 }
  END { write() }' > starts.csv
rm -rf promoters
"$host" data split starts.csv --id id --by chromosome --dev-names chrX --test-names chr3L --output promoters
"$host" data check promoters
