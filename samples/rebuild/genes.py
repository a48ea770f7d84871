"""Gene structures from AUGUSTUS' GenBank file, placed on chromosome 2R.

All coordinates in this folder's scripts are 0-based and half-open on the forward strand of chr2R
(assembly dm3) unless a name says otherwise.
"""

import re
from dataclasses import dataclass

# genes.gb was cut from chr2R:2,000,001-7,000,000: base 1 of that piece is base 2,000,001 of chr2R.
LOCUS_OFFSET = 2_000_000

_COMPLEMENT = str.maketrans("ACGTN", "TGCAN")


def reverse_complement(sequence):
    return sequence.translate(_COMPLEMENT)[::-1]


@dataclass(frozen=True)
class Gene:
    name: str
    strand: str        # "+" or "-": the coding strand
    exons: tuple       # coding exons as (start, end), ascending on the forward strand
    locus: tuple       # (start, end) of the whole GenBank record

    @property
    def start(self):
        return self.exons[0][0]

    @property
    def end(self):
        return self.exons[-1][1]

    @property
    def introns(self):
        return [(left[1], right[0]) for left, right in zip(self.exons, self.exons[1:])]


def read_chromosome(path):
    """The one record of a FASTA file, its soft-masking (lower case) kept."""
    with open(path, encoding="ascii") as file:
        header = file.readline()
        if not header.startswith(">"):
            raise ValueError(f"{path}: the first line is no FASTA header")
        return "".join(line.strip() for line in file)


def read_genes(path, chromosome):
    """Genes in file order; each record's sequence must equal the chromosome at its coordinates."""
    with open(path, encoding="ascii") as file:
        records = file.read().split("//\n")
    return [_parse(record, chromosome) for record in records if record.strip()]


def _parse(record, chromosome):
    first, last = (int(x) for x in re.match(r"LOCUS\s+chr2R_(\d+)-(\d+)\s", record).groups())
    start, end = LOCUS_OFFSET + first - 1, LOCUS_OFFSET + last
    features, sequence = record.split("ORIGIN")
    if re.sub("[^a-z]", "", sequence) != chromosome[start:end].lower():
        raise ValueError(f"record chr2R_{first}-{last} is not chr2R:{start + 1}-{end}")

    # AUGUSTUS writes one CDS a record, and breaks a long location anywhere, even inside "..".
    (location, name), = re.findall(r'^     CDS +(.*?)\n +/gene="(.*?)"', features, re.S | re.M)
    location = re.sub(r"\s", "", location)
    exons = tuple((start + int(a) - 1, start + int(b)) for a, b in re.findall(r"(\d+)\.\.(\d+)", location))
    strand = "-" if location.startswith("complement") else "+"
    return Gene(name, strand, exons, (start, end))
