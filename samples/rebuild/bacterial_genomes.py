"""The second unlabelled set: stretches of three bacteria's chromosomes, nearly all of them genes, of different composition."""

import gzip

LENGTH = 1_000_000    # bases of each from the first on
LINE = 60

GENOMES = {
    "E.coli_K12_MG1655": "E.Coli/references/MG1655-K12.fasta.gz",
    "S.aureus_N315": "S.Aureus/references/N315.fasta.gz",
    "H.pylori_G27": "H.Pylori/references/G27.fasta.gz",
}


def fasta(folder):
    """FASTA text and its .fai index, in the layout of the fly's."""
    text, index = "", ""
    for name, file in GENOMES.items():
        bases = _bases(folder / file)[:LENGTH]
        header = f">{name}:1-{LENGTH}\n"
        index += f"{header[1:-1]}\t{LENGTH}\t{len(text) + len(header)}\t{LINE}\t{LINE + 1}\n"
        text += header + "".join(bases[i:i + LINE] + "\n" for i in range(0, LENGTH, LINE))
    return text, index


def _bases(path):
    with gzip.open(path, "rt", encoding="ascii") as file:
        return "".join(line.strip() for line in file if not line.startswith(">"))
