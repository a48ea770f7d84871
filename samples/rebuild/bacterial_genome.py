"""The second unlabelled genome: a stretch of a bacterium's chromosome, nearly all of it genes."""

import gzip

LENGTH = 3_000_000    # bases from the first on
LINE = 60


def fasta(path):
    """FASTA text and its .fai index, in the layout of the fly's."""
    with gzip.open(path, "rt", encoding="ascii") as file:
        accession = next(file).split("|")[3]
        bases = "".join(line.strip() for line in file)[:LENGTH]
    name = f"{accession}:1-{LENGTH}"
    header = f">{name}\n"
    lines = [bases[i:i + LINE] + "\n" for i in range(0, LENGTH, LINE)]
    return header + "".join(lines), f"{name}\t{LENGTH}\t{len(header)}\t{LINE}\t{LINE + 1}\n"
