"""Genes that share a stretch of sequence in any window (tandem copies, transposons) form one family.

A family goes to one split as a whole, so that a test window is never a near copy of a training one.
"""

from genes import reverse_complement

SHARED = 32    # bases; by chance two of our windows share this many in a row far less than once in all


def families(windows_of):
    """Gene name to the name of its family's first gene."""
    parent = {gene: gene for gene in windows_of}

    def root(gene):
        while parent[gene] != gene:
            gene = parent[gene]
        return gene

    first_with = {}
    for gene, windows in windows_of.items():
        for stretch in _stretches(windows):
            other = first_with.setdefault(stretch, gene)
            if root(other) != root(gene):
                parent[root(gene)] = root(other)
    return {gene: root(gene) for gene in windows_of}


def _stretches(windows):
    for window in windows:
        for sequence in (window.sequence, reverse_complement(window.sequence)):
            for at in range(len(sequence) - SHARED + 1):
                yield sequence[at:at + SHARED]
