"""Writes fly_tasks/: tables for one task of each kind, made from fly_splice/ and its sites.tsv.

Splits are those of fly_splice/ (by gene). Positions of introns come from its donors and acceptors, so only genes in which these alternate are used.

    python3 task_tables.py SAMPLES
"""

import csv
import sys
from collections import defaultdict
from pathlib import Path

from ordering import shuffled

SPLITS = {"train": 900, "dev": 150, "test": 240}
HALF = 50       # the boundary lies between the 50th and the 51st base of a window
CROP = 60


def main(samples):
    samples = Path(samples)
    sites = read(samples / "fly_splice")
    introns = introns_of(sites)
    tables = {
        "bases": ("sequence,labels", lambda s: bases(s, sites)),
        "labels": ("sequence,labels", lambda s: labels(s, introns)),
        "introns": ("sequence,intron_length,next_exon_length,intron_number,introns,gene_length", lambda s: lengths(s, introns)),
        "pairs": ("exon_end,intron_start,label", pairs),
    }
    for table, (header, rows_of) in tables.items():
        folder = samples / "fly_tasks" / table
        folder.mkdir(parents=True, exist_ok=True)
        for split, most in SPLITS.items():
            rows = rows_of([s for s in sites if s["split"] == split])[:most]
            (folder / f"{split}.csv").write_text("\n".join([header, *rows]) + "\n", encoding="ascii", newline="\n")
            print(f"{table}/{split}.csv: {len(rows)} rows")


def read(folder):
    """Every row of fly_splice with its sequence and the base right of the boundary, in coding direction."""
    sequences = {split: [r["sequence"] for r in csv.DictReader(open(folder / f"{split}.csv", encoding="ascii"))] for split in SPLITS}
    sites = []
    for site in csv.DictReader(open(folder / "sites.tsv", encoding="ascii"), delimiter="\t"):
        site["sequence"] = sequences[site["split"]][int(site["row"]) - 1]
        forward = site["strand"] == "+"
        # A coordinate that grows along the coding strand: of the window's first base.
        site["first"] = int(site["start"]) if forward else -int(site["end"])
        site["centre"] = site["first"] + HALF
        sites.append(site)
    return sites


def introns_of(sites):
    """(gene, strand) -> its introns (first base, one past the last) in coding direction; genes whose sites do not alternate are left out."""
    found = defaultdict(list)
    for s in sites:
        if s["class"] != "neither":
            found[s["gene"], s["strand"]].append((s["centre"], s["class"]))
    introns = {}
    for gene, marks in found.items():
        marks.sort()
        donors, acceptors = [c for c, k in marks if k == "donor"], [c for c, k in marks if k == "acceptor"]
        if [k for _, k in marks] == ["donor", "acceptor"] * len(donors) and len(donors) == len(acceptors):
            introns[gene] = list(zip(donors, acceptors))
    return introns


def bases(sites, everything):
    """60 of the 100 bases, so that the site is at another place in each row; D at an intron's first base, A at its last, every annotated one."""
    known = {}
    for s in everything:
        if s["class"] == "donor":
            known[s["gene"], s["strand"], s["centre"]] = "D"
        elif s["class"] == "acceptor":
            known[s["gene"], s["strand"], s["centre"] - 1] = "A"
    rows = []
    for number, s in enumerate(sites):
        start = number * 7 % (100 - CROP)
        letters = (known.get((s["gene"], s["strand"], s["first"] + i), ".") for i in range(start, start + CROP))
        rows.append(f"{s['sequence'][start:start + CROP]},{''.join(letters)}")
    return rows


def labels(sites, introns):
    """Which of four things hold for the 100 bases: a donor or an acceptor at the centre, the first or the last base inside an intron."""
    rows = []
    for s in sites:
        if (s["gene"], s["strand"]) not in introns:
            continue
        inside = lambda place: any(a <= place < b for a, b in introns[s["gene"], s["strand"]])
        held = [s["class"]] if s["class"] != "neither" else []
        held += ["begins_in_intron"] if inside(s["first"]) else []
        held += ["ends_in_intron"] if inside(s["first"] + 99) else []
        rows.append(f"{s['sequence']},{';'.join(held)}")
    return rows


def lengths(sites, introns):
    """Donor windows with the lengths of the intron they begin and of the exon behind it."""
    rows = []
    for s in sites:
        mine = introns.get((s["gene"], s["strand"]))
        if s["class"] != "donor" or mine is None:
            continue
        number = [a for a, _ in mine].index(s["centre"])
        if number + 1 == len(mine):
            continue
        start, end = mine[number]
        rows.append(f"{s['sequence']},{end - start},{mine[number + 1][0] - end},{number + 1},{len(mine)},{mine[-1][1] - mine[0][0]}")
    return rows


def pairs(sites):
    """The 50 bases before a donor with the 50 behind it (1), or with 50 that follow no splice site (0)."""
    donors = [s["sequence"] for s in sites if s["class"] == "donor"]
    others = [s["sequence"] for s in sites if s["class"] == "neither"]
    rows = [f"{d[:HALF]},{d[HALF:]},1" for d in donors[0::2]]
    rows += [f"{d[:HALF]},{o[HALF:]},0" for d, o in zip(donors[1::2], others)]
    return shuffled(rows, lambda row: ("pair", row))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
