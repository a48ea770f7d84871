#!/usr/bin/env bash
# Compares a bigWig file with a bedGraph of the same track, read by Debian's pyBigWig (libBigWig):
#   eng/check-bigwig.sh TRACK.bw TRACK.bedgraph
# Needs python3 with pyBigWig (apt install python3-pybigwig); without it nothing is checked, and it says so.
set -euo pipefail
python3 -c 'import pyBigWig' 2>/dev/null || { echo "skipped: python3 has no pyBigWig (apt install python3-pybigwig)"; exit 0; }
exec python3 - "$1" "$2" <<'PY'
import sys
import pyBigWig
bw = pyBigWig.open(sys.argv[1])
expected = {}
for line in open(sys.argv[2]):
    if not line.startswith("#"):
        chromosome, start, end, value = line.split()
        expected.setdefault(chromosome, []).append((int(start), int(end), float(value)))
items = 0
for chromosome, rows in expected.items():
    found = bw.intervals(chromosome)
    assert len(found) == len(rows), (chromosome, len(found), len(rows))
    for a, b in zip(found, rows):
        assert a[:2] == b[:2] and abs(a[2] - b[2]) <= 1e-6 * max(1, abs(b[2])), (chromosome, a, b)
    mean = sum((e - s) * v for s, e, v in rows) / sum(e - s for s, e, _ in rows)
    zoomed = bw.stats(chromosome, rows[0][0], rows[-1][1], type="mean", exact=False)[0]
    assert abs(zoomed - mean) < 0.05 * max(abs(mean), 1e-3), (chromosome, zoomed, mean)
    items += len(rows)
print(f"{items} items of {len(expected)} chromosomes agree with {sys.argv[2]}")
PY
