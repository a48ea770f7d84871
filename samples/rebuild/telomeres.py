"""Telomeres made of known repeats: a stand-in for a database of telomere motifs, from which sets of sequencing noise are made.

The motifs are those of the groups named (as TeloBase lists them, Lycka et al. 2023); the arrays are made up. Now and then a whole
repeat is replaced by one of a few variants of its group, so that what differs from the motif is not always an error.
"""

import hashlib

SEED = 20
LENGTH = 60_000
VARIANTS, VARIED = 3, 0.06

# Name, and the repeats that stand for one another there.
MOTIFS = [
    ("vertebrates", ["TTAGGG"]), ("plants", ["TTTAGGG"]), ("green_algae", ["TTTTAGGG"]), ("insects", ["TTAGG"]), ("beetles", ["TCAGG"]),
    ("nematodes", ["TTAGGC"]), ("Tetrahymena", ["TTGGGG"]), ("Oxytricha", ["TTTTGGGG"]), ("Paramecium", ["TTGGGG", "TTTGGG"]),
    ("Plasmodium", ["TTCAGGG", "TTTAGGG"]), ("Giardia", ["TAGGG"]), ("Allium", ["CTCGGTTATGGG"]), ("Cestrum", ["TTTTTTAGGG"]),
    ("Aspergillus", ["TTAGGGTCAACA"]), ("Saccharomyces", ["TG", "TGG", "TGGG"]), ("Schizosaccharomyces", ["TTACAG", "TTACAGG", "TTACAGGG"]),
    ("Dictyostelium", ["AG", "AGG", "AGGG", "AGGGGG"]), ("Candida", ["ACTTCTTGGTGTACGGATGTCTA"]),
]


def draw(*key):
    """A number from 0 to 1 that the key alone decides."""
    text = "/".join(str(part) for part in (SEED, "telomeres", *key))
    return int.from_bytes(hashlib.sha256(text.encode("ascii")).digest()[:6], "big") / 2**48


def variant(name, repeat, number):
    """The repeat with a base of its own changed to another."""
    at = int(draw("place", name, repeat, number) * len(repeat))
    others = [base for base in "ACGT" if base != repeat[at]]
    return repeat[:at] + others[int(draw("base", name, repeat, number) * 3)] + repeat[at + 1:]


def array(name, repeats):
    pieces, length, unit = [], 0, 0
    while length < LENGTH:
        repeat = repeats[int(draw("repeat", name, unit) * len(repeats))]
        if draw("varied", name, unit) < VARIED:
            repeat = variant(name, repeat, int(draw("variant", name, unit) * VARIANTS))
        pieces.append(repeat)
        length += len(repeat)
        unit += 1
    return "".join(pieces)[:LENGTH]


def fasta():
    """Text and .fai index."""
    text, index, at = [], [], 0
    for name, repeats in MOTIFS:
        header = f">{name} {'|'.join(repeats)}\n"
        bases = array(name, repeats)
        lines = [bases[i:i + 60] + "\n" for i in range(0, len(bases), 60)]
        text += [header, *lines]
        index.append(f"{name}\t{len(bases)}\t{at + len(header)}\t60\t61\n")
        at += len(header) + sum(map(len, lines))
    return "".join(text), "".join(index)
