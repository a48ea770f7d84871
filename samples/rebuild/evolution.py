"""A made-up family of sequences with its tree, so that mutations can be learned and compared without anybody's virus.

One ancestor; clades that lie far from it and from each other; in each clade two descendants of every sequence, four times over. On a
branch mostly the leftmost hot spot TAC becomes TAT, as sites of some motifs mutate more than others; else a base changes anywhere, a
transition twice as often as a transversion; now and then nothing happens. So a model that has learned the rule can be right, but not always.
"""

import hashlib

SEED = 20
LENGTH, CLADES, GENERATIONS, APART = 120, 24, 4, 16
HOT, STILL = 0.6, 0.1
SPOT, BECOMES = "TAC", "TAT"
TRANSITIONS = dict(zip("ACGT", "GTAC"))
SPLITS = {"train": range(0, 18), "dev": range(18, 21), "test": range(21, 24)}


def draw(*key):
    """A number from 0 to 1 that the key alone decides."""
    text = "/".join(str(part) for part in (SEED, "evolution", *key))
    return int.from_bytes(hashlib.sha256(text.encode("ascii")).digest()[:6], "big") / 2**48


def substituted(sequence, *key):
    """A base changed anywhere."""
    place = int(draw("place", *key) * len(sequence))
    base = sequence[place]
    others = [b for b in "ACGT" if b not in (base, TRANSITIONS[base])]
    kind = draw("kind", *key)
    new = TRANSITIONS[base] if kind < 2 / 3 else others[int(kind * 6) % 2]
    return sequence[:place] + new + sequence[place + 1:]


def child(parent, name):
    chance = draw("chance", name)
    if chance < HOT and SPOT in parent:
        place = parent.index(SPOT)
        return parent[:place] + BECOMES + parent[place + len(SPOT):]
    return parent if chance > 1 - STILL else substituted(parent, name)


def descend(name, sequence, generations, pairs, leaves):
    """The Newick text of a node, whose pairs and leaves are added."""
    if generations == 0:
        leaves.append((name, sequence))
        return name
    below = []
    for side in "ab":
        other = name + side
        born = child(sequence, other)
        pairs.append((name, other, sequence, born))
        below.append(descend(other, born, generations - 1, pairs, leaves))
    return f"({','.join(below)}){name}"


def write(folder):
    """leaves.fa, tree.nwk, and the pairs of every branch inside a clade: whole clades are train, dev or test."""
    folder.mkdir(parents=True, exist_ok=True)
    root = "".join("ACGT"[int(draw("root", i) * 4)] for i in range(LENGTH))
    pairs, leaves, trees = {}, [], []
    for clade in range(CLADES):
        head = root
        for change in range(APART):
            head = substituted(head, "clade", clade, change)
        trees.append(descend(f"c{clade + 1:02}", head, GENERATIONS, pairs.setdefault(clade, []), leaves))
    _write(folder / "leaves.fa", (f">{name}\n{sequence}" for name, sequence in leaves))
    _write(folder / "tree.nwk", [f"({','.join(trees)})root;"])
    for split, clades in SPLITS.items():
        rows = (f"{old},{new},{parent},{name}" for c in clades for parent, name, old, new in pairs[c])
        _write(folder / f"{split}.csv", ["parent,child,parent_id,child_id", *rows])


def _write(path, lines):
    with open(path, "w", encoding="ascii", newline="\n") as file:
        file.writelines(line + "\n" for line in lines)
