"""Labelled 100-base windows on the coding strand: donor, acceptor or neither."""

from dataclasses import dataclass

from genes import reverse_complement
from ordering import shuffled

HALF = 50                                  # bases on each side of the centre
DONOR, ACCEPTOR, NEITHER = 0, 1, 2
CLASS_NAMES = ("donor", "acceptor", "neither")

# Where the dinucleotide of a site lies in its window (0-based): the intron starts at 50 or ends at 49.
DONOR_DINUCLEOTIDE = 50
ACCEPTOR_DINUCLEOTIDE = 48


@dataclass(frozen=True)
class Window:
    gene: str
    strand: str
    centre: int        # forward-strand boundary between window bases 49 and 50
    label: int
    sequence: str      # upper case, coding strand, 5' to 3'
    dinucleotide: str

    @property
    def start(self):
        return self.centre - HALF

    @property
    def end(self):
        return self.centre + HALF


def gene_windows(gene, chromosome):
    """Every donor and acceptor of a gene, and as many windows of class neither as it has introns."""
    donors, acceptors = _sites(gene)
    windows = [_cut(gene, chromosome, centre, DONOR, DONOR_DINUCLEOTIDE) for centre in donors]
    windows += [_cut(gene, chromosome, centre, ACCEPTOR, ACCEPTOR_DINUCLEOTIDE) for centre in acceptors]
    return windows + _neither(gene, chromosome, set(donors), set(acceptors))


def _sites(gene):
    """Exon-intron and intron-exon boundaries in the order of translation."""
    starts = [start for start, _ in gene.introns]
    ends = [end for _, end in gene.introns]
    return (starts, ends) if gene.strand == "+" else (ends[::-1], starts[::-1])


def _neither(gene, chromosome, donors, acceptors):
    """GT and AG dinucleotides in turn, at random places between the gene's first and last coding base."""
    coding = chromosome[gene.start:gene.end].upper()
    if gene.strand == "-":
        coding = reverse_complement(coding)

    def candidates(dinucleotide, offset, sites):
        found, at = [], coding.find(dinucleotide)
        while at >= 0:
            boundary = at + HALF - offset
            centre = gene.start + boundary if gene.strand == "+" else gene.end - boundary
            if centre not in sites:
                found.append(_cut(gene, chromosome, centre, NEITHER, offset))
            at = coding.find(dinucleotide, at + 1)
        return shuffled(found, lambda window: (gene.name, dinucleotide, window.centre))

    kinds = [("GT", DONOR_DINUCLEOTIDE, donors), ("AG", ACCEPTOR_DINUCLEOTIDE, acceptors)]
    kinds = shuffled(kinds, lambda kind: (gene.name, "first", kind[0]))
    first, second = (candidates(*kind) for kind in kinds)
    count = len(gene.introns)
    return first[: (count + 1) // 2] + second[: count // 2]


def _cut(gene, chromosome, centre, label, offset):
    sequence = chromosome[centre - HALF:centre + HALF].upper()
    if gene.strand == "-":
        sequence = reverse_complement(sequence)
    return Window(gene.name, gene.strand, centre, label, sequence, sequence[offset:offset + 2])
