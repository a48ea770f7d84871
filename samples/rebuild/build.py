#!/usr/bin/env python3
"""Builds samples/evolution, fly_splice, fly_tasks, genome, haplotypes and telomeres from the unpacked packages augustus-doc and
ragout-examples.

build.py PACKAGE_FOLDER OUTPUT_FOLDER        (Python 3.9 or newer, standard library only)
"""

import sys
from collections import Counter
from pathlib import Path

import bacterial_genomes
import bgzf
import evolution
import gene_parts
import haplotypes
import pretraining_genome
import task_tables
import telomeres
from genes import read_chromosome, read_genes
from ordering import shuffled
from splice_windows import CLASS_NAMES, gene_windows
from splits import NAMES, assign_genes, without_leaks


def main(package, output):
    tutorial = Path(package) / "usr/share/doc/augustus/tutorial"
    chromosome = read_chromosome(tutorial / "data/chr2R.fa")
    genes = read_genes(tutorial / "results/genes.gb", chromosome)

    windows_of = {g.name: gene_windows(g, chromosome) for g in genes if g.introns}
    split_of = assign_genes(windows_of)
    windows, dropped = without_leaks([w for ws in windows_of.values() for w in ws], split_of)
    rows = {name: _rows(windows, split_of, name) for name in NAMES}

    kept = pretraining_genome.pieces(chromosome, genes, split_of, rows["dev"] + rows["test"])

    _write_splits(Path(output) / "fly_splice", rows)
    task_tables.main(output)
    gene_parts.write(Path(output) / "fly_tasks" / "functions", genes, split_of, chromosome)
    _write_genome(Path(output) / "telomeres", "telomeres", *telomeres.fasta())
    (Path(output) / "haplotypes").mkdir(parents=True, exist_ok=True)
    haplotypes.write(Path(output) / "haplotypes" / "made.hapt")
    evolution.write(Path(output) / "evolution")
    folder = Path(output) / "genome"
    _write_genome(folder, "chr2R", *pretraining_genome.fasta(chromosome, kept))
    _write_genome(folder, "bacteria", *bacterial_genomes.fasta(Path(package) / "usr/share/doc/ragout/examples"))
    _report(genes, windows_of, split_of, rows, dropped, kept)


def _rows(windows, split_of, name):
    mine = [w for w in windows if split_of[w.gene] == name]
    return shuffled(mine, lambda w: ("row", w.gene, w.centre, w.label))


def _write_splits(folder, rows):
    folder.mkdir(parents=True, exist_ok=True)
    sites = ["split\trow\tclass\tdinucleotide\tgene\tstrand\tstart\tend\n"]
    for name, windows in rows.items():
        lines = ["sequence,label\n"] + [f"{w.sequence},{w.label}\n" for w in windows]
        (folder / f"{name}.csv").write_text("".join(lines), encoding="ascii", newline="\n")
        for number, w in enumerate(windows, start=1):
            sites.append(f"{name}\t{number}\t{CLASS_NAMES[w.label]}\t{w.dinucleotide}\t{w.gene}\t{w.strand}\t"
                         f"{w.start + 1}\t{w.end}\n")
    (folder / "sites.tsv").write_text("".join(sites), encoding="ascii", newline="\n")


def _write_genome(folder, name, text, index):
    folder.mkdir(parents=True, exist_ok=True)
    compressed, block_index = bgzf.compress(text.encode("ascii"))
    (folder / f"{name}.fa.gz").write_bytes(compressed)
    (folder / f"{name}.fa.gz.fai").write_text(index, encoding="ascii", newline="\n")
    (folder / f"{name}.fa.gz.gzi").write_bytes(block_index)


def _report(genes, windows_of, split_of, rows, dropped, kept):
    print(f"genes: {len(genes)}, {len(windows_of)} of them with introns ({sum(len(g.introns) for g in genes)} introns)")
    print(f"dropped: {dict(dropped) or 'none'}")
    for name, windows in rows.items():
        classes = Counter(CLASS_NAMES[w.label] for w in windows)
        count = sum(1 for split in split_of.values() if split == name)
        print(f"{name}: {len(windows)} rows from {count} genes, {dict(classes)}")
    everything = [w for windows in rows.values() for w in windows]
    for label, class_name in enumerate(CLASS_NAMES):
        print(f"{class_name} dinucleotides: {dict(Counter(w.dinucleotide for w in everything if w.label == label))}")
    print(f"genome: {len(kept)} records, {sum(b - a for a, b in kept):,} bases")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
