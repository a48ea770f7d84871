"""Records what 'bcftools consensus -H 1' and '-H 2' make of small random chromosomes: python3 consensus.py > consensus.tsv

bcftools 1.16 (Debian 12). Needs bcftools and bgzip. Columns: reference; variants as POS:REF:ALT:GT, in file order; the two haplotypes; alleles
that bcftools names as overlapping, of both.
"""

import random
import subprocess
import tempfile

BASES = "ACGT"
HEADER = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\ts\n"
# What is easily got wrong, on ACGTACGTACGTACGT.
WORKED = [
    "5:A:T:1|1 5:A:AGG:1|1", "5:A:AGG:1|1 5:A:T:1|1", "4:T:G:1|1 4:TAC:T:1|0", "4:TAC:T:1|1 4:T:G:1|1",
    "4:TAC:T:1|1 6:C:CAA:1|1", "4:TAC:T:1|1 6:CGT:C:0|1", "5:A:AGG:1|1 5:A:AT:1|1", "5:A:AGG:1|1 5:ACG:A:1|1",
    "5:ACG:TTT:1|1 7:G:GA:1|1", "5:ACG:ACT:1|1 5:AC:TC:1|1", "5:ACG:ATCG:1|1 6:C:G:1|0", "6:C:G:1|1 6:C:G:1|1",
    "1:A:T:1|1 1:A:AC:1|1", "1:ACG:G:1|1 3:G:GT:1|1", "15:GT:G:1|1 16:T:TAA:1|0", "16:T:TGG:1|1", "2:C:G,T:1|2 2:C:CA:0|1",
]


def alternative(kind, r, rng):
    text = lambda n: "".join(rng.choice(BASES) for _ in range(n))
    if kind == "insertion":
        return r + text(rng.randint(1, 3))
    if kind == "deletion":
        return r[0]
    if kind == "block":
        return "".join(rng.choice(BASES) if rng.random() < 0.6 else x for x in r)
    if kind == "mixed":
        return text(rng.randint(1, 6))
    if kind == "padded":
        at = rng.randint(1, len(r) - 1)
        return r[:at] + text(rng.randint(1, 3)) + r[at:] if rng.random() < 0.5 else r[:1] + r[1 + at:]
    return rng.choice([b for b in BASES if b != r[0]])


def chromosome(rng):
    reference = "".join(rng.choice(BASES) for _ in range(rng.randint(20, 40)))
    variants = []
    for _ in range(rng.randint(2, 8)):
        kind = rng.choice(["snp", "snp", "insertion", "deletion", "block", "mixed", "padded", "twice"])
        if kind == "twice" and variants:
            variants.append(rng.choice(variants))
            continue
        p = rng.randint(0, len(reference) - 6)
        if variants and rng.random() < 0.5:
            p = min(len(reference) - 6, variants[-1][0] + rng.randint(0, 3))
        r = reference[p:p + (rng.randint(2, 5) if kind in ("deletion", "block", "mixed", "padded") else 1)]
        a = alternative(kind, r, rng)
        if a != r:
            variants.append((p, r, a, f"{rng.randint(0, 1)}|{rng.randint(0, 1)}"))
    rng.shuffle(variants)
    return reference, [f"{p + 1}:{r}:{a}:{g}" for p, r, a, g in sorted(variants, key=lambda v: v[0])]


def consensus(folder, reference, variants, haplotype):
    with open(f"{folder}/g.fa", "w") as fasta:
        fasta.write(f">c\n{reference}\n")
    with open(f"{folder}/v.vcf", "w") as vcf:
        vcf.write('##fileformat=VCFv4.2\n##contig=<ID=c>\n##FORMAT=<ID=GT,Number=1,Type=String,Description="x">\n' + HEADER)
        for v in variants:
            p, r, a, g = v.split(":")
            vcf.write(f"c\t{p}\t.\t{r}\t{a}\t.\tPASS\t.\tGT\t{g}\n")
    subprocess.run(["bgzip", "-f", f"{folder}/v.vcf"], check=True)
    subprocess.run(["bcftools", "index", "-f", f"{folder}/v.vcf.gz"], check=True)
    made = subprocess.run(["bcftools", "consensus", "-s", "s", "-H", str(haplotype), "-f", f"{folder}/g.fa", f"{folder}/v.vcf.gz"],
                          check=True, capture_output=True, text=True)
    return "".join(made.stdout.split("\n")[1:]), made.stderr.count("overlaps with another variant")


def main():
    rng = random.Random(7)
    sets = [("ACGTACGTACGTACGT", w.split(" ")) for w in WORKED] + [chromosome(rng) for _ in range(120)]
    with tempfile.TemporaryDirectory() as folder:
        for reference, variants in sets:
            if not variants:
                continue
            (one, left), (two, more) = (consensus(folder, reference, variants, h) for h in (1, 2))
            print(reference, " ".join(variants), one, two, left + more, sep="\t")


main()
