"""The unlabelled genome: a stretch of chr2R with every dev and test gene cut out."""

from genes import reverse_complement

REGION = (2_000_000, 12_000_000)    # 10 Mb; the first 2 Mb of chr2R are mostly repeats of the centromere
FLANK = 500                         # bases cut out on each side of a gene's coding span
SHORTEST = 1_000                    # a piece left between two cuts and shorter than this is dropped
LINE = 60


def pieces(chromosome, genes, split_of, held_out_windows):
    """What is left of the region, as (start, end), ascending: no held-out gene, and no copy of a held-out window."""
    cuts = [(g.start, g.end) for g in genes if split_of.get(g.name) in ("dev", "test")]
    cuts += _copies(held_out_windows, chromosome)

    start, end = REGION
    left = []
    for cut_start, cut_end in sorted(cuts):
        left.append((start, cut_start - FLANK))
        start = max(start, cut_end + FLANK)
    left.append((start, end))
    return [(a, b) for a, b in left if b - a >= SHORTEST]


def _copies(windows, chromosome):
    """Where the windows stand in the region, on either strand, their own place included."""
    wanted = {w.sequence for w in windows} | {reverse_complement(w.sequence) for w in windows}
    length = len(windows[0].sequence)
    region = chromosome[slice(*REGION)].upper()
    found = (at for at in range(len(region) - length + 1) if region[at:at + length] in wanted)
    return [(REGION[0] + at, REGION[0] + at + length) for at in found]


def fasta(chromosome, kept):
    """FASTA text and its .fai index; record names are samtools regions (1-based, inclusive)."""
    text, index, offset = [], [], 0
    for start, end in kept:
        name = f"chr2R:{start + 1}-{end}"
        header = f">{name}\n"
        offset += len(header)
        index.append(f"{name}\t{end - start}\t{offset}\t{LINE}\t{LINE + 1}\n")
        lines = [chromosome[i:min(i + LINE, end)] + "\n" for i in range(start, end, LINE)]
        text.append(header)
        text.extend(lines)
        offset += sum(map(len, lines))
    return "".join(text), "".join(index)
