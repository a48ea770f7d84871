"""Writes fly_tasks/functions/: what a stretch of 200 bases is for. A class each for coding sequence, intron, the stretch before a start
codon, and what lies between genes; as many rows of each, all of one length, so that length tells nothing.

Splits are those of fly_splice/ (by family of genes). All stretches are read along the coding strand of the gene they belong to or, between
genes, of the nearest one.
"""

from genes import reverse_complement
from ordering import shuffled

CLASSES = ("coding", "intron", "upstream", "intergenic")
LENGTH = 200
MARGIN = 12              # bases of an intron beside its splice sites that are left out
FAR = (1_500, 2_500, 4_000)     # what lies between genes begins so far before a start codon ...
APART = 400              # ... and so far from every gene
PER_GENE = 4             # coding stretches and introns of one gene


def write(folder, genes, split_of, chromosome):
    folder.mkdir(parents=True, exist_ok=True)
    found = {}
    for gene in genes:
        if gene.name in split_of:
            for label, start, end in stretches(gene, genes):
                sequence = chromosome[start:end].upper()
                if "N" not in sequence:
                    found.setdefault((split_of[gene.name], label), []).append(
                        (gene.name, start, sequence if gene.strand == "+" else reverse_complement(sequence)))
    for split in ("train", "dev", "test"):
        drawn = {c: unique(shuffled(found[split, c], lambda r: ("function", *r[:2]))) for c in CLASSES}
        count = min(map(len, drawn.values()))
        rows = [(c, *row) for c in CLASSES for row in drawn[c][:count]]
        lines = [f"{sequence},{label}" for label, _, _, sequence in shuffled(rows, lambda r: ("function row", *r[:3]))]
        (folder / f"{split}.csv").write_text("\n".join(["sequence,label", *lines]) + "\n", encoding="ascii", newline="\n")
        print(f"functions/{split}.csv: {len(lines)} rows")


def unique(rows):
    return list({row[2]: row for row in rows}.values())


def stretches(gene, genes):
    """Label, start and end, forward coordinates."""
    for label, places, margin in (("coding", gene.exons, 0), ("intron", gene.introns, MARGIN)):
        fitting = [(a, b) for a, b in places if b - a >= LENGTH + 2 * margin]
        for a, b in shuffled(fitting, lambda p: (label, gene.name, p[0]))[:PER_GENE]:
            middle = (a + b - LENGTH) // 2
            yield label, middle, middle + LENGTH
    for label, before, apart in [("upstream", 0, 0), *(("intergenic", far, APART) for far in FAR)]:
        start = gene.start - before - LENGTH if gene.strand == "+" else gene.end + before
        if not any(g.start - apart < start + LENGTH and start < g.end + apart for g in genes if label == "intergenic" or g is not gene):
            yield label, start, start + LENGTH
