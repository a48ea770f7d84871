"""Genes to train, dev and test, and the removal of windows that would leak between them."""

from collections import Counter

from families import families
from ordering import shuffled

NAMES = ("train", "dev", "test")
DEV_ROWS, TEST_ROWS = 640, 1200


def assign_genes(windows_of):
    """Families of genes in random order fill test, then dev, up to their number of rows; the rest is train."""
    members = {}
    for gene, family in families(windows_of).items():
        members.setdefault(family, []).append(gene)

    split_of, rows = {}, Counter()
    for family in shuffled(members, lambda name: ("gene", name)):
        if rows["test"] < TEST_ROWS:
            split = "test"
        elif rows["dev"] < DEV_ROWS:
            split = "dev"
        else:
            split = "train"
        for gene in members[family]:
            split_of[gene] = split
            rows[split] += len(windows_of[gene])
    return split_of


def without_leaks(windows, split_of):
    """Drops, and counts by reason: a sequence seen before, N, and an overlap in place with another split.

    Dev and test come first, so that of two equal windows the training one goes.
    """
    dropped, kept, seen, taken = Counter(), [], set(), {}
    order = {"test": 0, "dev": 1, "train": 2}
    for window in sorted(windows, key=lambda w: (order[split_of[w.gene]], w.start, w.strand, w.label)):
        split = split_of[window.gene]
        others = {taken[base] for base in (window.start, window.end - 1) if base in taken} - {split}
        if "N" in window.sequence:
            dropped["contains N"] += 1
        elif window.sequence in seen:
            dropped["exact duplicate"] += 1
        elif others:
            dropped["overlaps another split"] += 1
        else:
            seen.add(window.sequence)
            taken.update((base, split) for base in range(window.start, window.end))
            kept.append(window)
    return kept, dropped
