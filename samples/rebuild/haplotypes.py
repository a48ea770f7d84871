"""Haplotypes made of founders: a small stand-in for a panel of phased SNPs, so that alleles can be tried without anybody's genome.

Each haplotype copies one founder after another, as in the model of Li and Stephens (2003), and now and then an allele is changed.
Neighbouring SNPs are therefore in linkage disequilibrium, and allele frequencies differ.
"""

import hashlib

SEED = 20
FOUNDERS, HAPLOTYPES, SNPS = 12, 240, 48
SWITCH, CHANGE = 0.06, 0.01


def draw(*key):
    """A number from 0 to 1 that the key alone decides."""
    text = "/".join(str(part) for part in (SEED, "haplotypes", *key))
    return int.from_bytes(hashlib.sha256(text.encode("ascii")).digest()[:6], "big") / 2**48


def alleles(haplotype, founders):
    founder = int(draw("first", haplotype) * FOUNDERS)
    for snp in range(SNPS):
        if draw("switch", haplotype, snp) < SWITCH:
            founder = int(draw("founder", haplotype, snp) * FOUNDERS)
        allele = founders[founder][snp]
        yield 1 - allele if draw("change", haplotype, snp) < CHANGE else allele


def write(path):
    """Group, name and an allele for each SNP, with blanks between them."""
    frequency = [draw("frequency", snp) ** 1.5 for snp in range(SNPS)]
    founders = [[int(draw("allele", f, snp) < frequency[snp]) for snp in range(SNPS)] for f in range(FOUNDERS)]
    with open(path, "w", encoding="ascii", newline="\n") as file:
        for haplotype in range(HAPLOTYPES):
            name = f"M{haplotype // 2 + 1:03}_{'AB'[haplotype % 2]}"
            file.write(" ".join(["Made", name, *map(str, alleles(haplotype, founders))]) + "\n")
