#!/usr/bin/env bash
# Divides the published haplotypes of 805 SNPs (Yelmen et al. 2021, 805_SNP_1000G_real.hapt[.gz]) by individuals, who are sorted by population:
# every fifth is for the test, the others to learn from.
# eng/haplotypes-805.sh 805_SNP_1000G_real.hapt.gz FOLDER   makes FOLDER/learn.hapt and FOLDER/test.hapt
set -euo pipefail
[ $# -eq 2 ] || { echo "usage: $0 805_SNP_1000G_real.hapt[.gz] FOLDER" >&2; exit 2; }
[ -f "$1" ] || { echo "$1 is not there: the file belongs to Yelmen et al. 2021, doi 10.1371/journal.pgen.1009303." >&2; exit 3; }
mkdir -p "$2"
gzip -cdf "$1" | awk -v folder="$2" '
  { split($2, name, "_"); if (name[1] != last) { people++; last = name[1] }
    print > (folder (people % 5 == 0 ? "/test.hapt" : "/learn.hapt")) }'
wc -l "$2/learn.hapt" "$2/test.hapt" >&2
