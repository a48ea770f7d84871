#!/usr/bin/env python3
"""Makes made.bedgraph.gz, a made-up track: nobody's measurement, and no conservation.

For the first two records of samples/genome/chr2R.fa.gz, of every 5 bases the share of G and C among the 25 bases around, times ten. Of
every 3,000 bases the last 300 have no value. Only Python's standard library; the same bytes every time.
"""
import gzip
import pathlib

here = pathlib.Path(__file__).parent
records = {}
with gzip.open(here / "../../genome/chr2R.fa.gz", "rt") as genome:
    for line in genome:
        if line.startswith(">"):
            if len(records) == 2:
                break
            name = line[1:].split()[0]
            records[name] = []
        else:
            records[name].append(line.strip().upper())

lines = ["track type=bedGraph name=made description=\"GC share of 25 bases, times 10; made up\""]
for name, parts in records.items():
    bases = "".join(parts)
    chromosome, span = name.split(":")
    start = int(span.split("-")[0]) - 1
    for place in range(0, len(bases) - 5, 5):
        if place % 3000 >= 2700:
            continue
        around = bases[max(0, place - 10):place + 15]
        share = sum(around.count(base) for base in "GC") / len(around)
        lines.append(f"{chromosome}\t{start + place}\t{start + place + 5}\t{10 * share:.3g}")

with open(here / "made.bedgraph.gz", "wb") as file:
    with gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as packed:
        packed.write(("\n".join(lines) + "\n").encode())
