#!/bin/sh
# Writes periodic.fa.gz with its indexes as bgzip and samtools write them (Debian packages tabix and samtools).
set -e
cd "$(dirname "$0")"
python3 - > periodic.fa <<'PY'
sequence = "".join("ACGTTGCAAC"[i * i % 10] for i in range(200000))
for name, text in (("first a description", sequence), ("second", sequence[:77])):
    print(">" + name)
    for i in range(0, len(text), 70):
        print(text[i:i + 70])
PY
bgzip -i periodic.fa
samtools faidx periodic.fa.gz
