"""Independent G-gram extraction, matching and whole G-gram masking in plain Python, for tests to compare with.

Written from DNAZEN (sections 2.1, 2.2, 2.4) and the facts known of its released tools; shares no code with the C# side.
Run from the repository's root, with a Python that has torch (Debian: python3-torch):

    /usr/bin/python3 tests/Plugins.Tests/Golden/ggram/ggram_reference.py

It rewrites extraction.json and masking.json beside itself.
"""
import json
import math
import pathlib
import random
import zlib
from collections import Counter

import numpy
import torch

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[3]
GAP = None


def words(k):
    out = [""]
    for _ in range(k):
        out = [w + b for w in out for b in "ATCG"]
    return out


def tokens_of(sequence, k):
    """Non-overlapping k-mers; what is left at the end is dropped; a word with another letter is a gap."""
    table = {w: i + 5 for i, w in enumerate(words(k))}
    return [table.get(sequence[i:i + k], GAP) for i in range(0, len(sequence) - k + 1, k)]


def reverse_complement(sequence):
    return "".join({"A": "T", "C": "G", "G": "C", "T": "A"}.get(b, b) for b in reversed(sequence))


def extract(corpus, o):
    single, double = Counter(), Counter()
    for s in corpus:
        single.update(t for t in s if t is not GAP)
        double.update((a, b) for a, b in zip(s, s[1:]) if a is not GAP and b is not GAP)
    n, m = sum(single.values()), sum(double.values())
    per_pair, per_token = {"each": (m, n), "tokens": (n, n), "pairs": (m, m)}[o["denominator"]]
    log = {"two": math.log2, "e": math.log, "ten": math.log10}[o["logBase"]]

    def pmi(a, b):
        return log((double[a, b] / per_pair) / (single[a] / per_token * single[b] / per_token))

    joined = {p for p in double if double[p] >= o["minPairCount"] and min(single[p[0]], single[p[1]]) >= o["minTokenCount"] and pmi(*p) >= o["minPmi"]}
    runs = []
    for s in corpus:
        run = []
        for t in s:
            if run and (run[-1], t) in joined:
                run.append(t)
            else:
                runs.append((run, False))
                run = [] if t is GAP else [t]
        # A gap delimits as any pair that is not joined does: only what reaches the end itself is left open.
        runs.append((run, True))
    candidates = Counter()
    for run, last in runs:
        if o["longRuns"] == "drop":
            pieces = [run]
        else:
            size = o["maxLength"] + (o["longRuns"] == "release")
            pieces = [run[i:i + size] for i in range(0, len(run), size)]
        if last and not o["flushLast"]:
            pieces = pieces[:-1]
        candidates.update(tuple(p) for p in pieces if o["minLength"] <= len(p) <= o["maxLength"])
    kept = {g: c for g, c in candidates.items() if c >= o["minCount"]}
    if o["recount"]:
        again = Counter()
        for s in corpus:
            for i in range(len(s)):
                for length in range(2, o["maxLength"] + 1):
                    if tuple(s[i:i + length]) in kept and i + length <= len(s):
                        again[tuple(s[i:i + length])] += 1
        kept = {g: again[g] for g in kept if again[g] >= o["minCount"]}
    ranked = sorted(kept.items(), key=lambda g: (-g[1], g[0]))
    return {"tokens": n, "pairs": m, "distinctPairs": len(double), "joinedPairs": len(joined), "candidates": len(candidates),
            "kept": len(ranked), "ggrams": [[list(g), c] for g, c in ranked[:120]]}


def extraction(rows):
    base = {"minPmi": 0.15, "logBase": "two", "denominator": "each", "minTokenCount": 5, "minPairCount": 5, "minCount": 5,
            "minLength": 2, "maxLength": 5, "longRuns": "drop", "flushLast": True, "recount": False, "bothStrands": False}
    cases = [
        {},
        {"denominator": "tokens", "longRuns": "release", "flushLast": False, "recount": True, "minPmi": 0.0},
        {"denominator": "pairs", "logBase": "e", "minPmi": 0.05, "longRuns": "cut", "minCount": 3},
        {"logBase": "ten", "minPmi": 0.02, "longRuns": "cut", "flushLast": False, "maxLength": 3},
        {"bothStrands": True, "minPmi": 0.1, "minLength": 3, "maxLength": 8, "recount": True, "minCount": 2, "minPairCount": 1, "minTokenCount": 1},
        {"longRuns": "release", "maxLength": 4, "minPmi": -0.1},
    ]
    out = []
    for case in cases:
        o = {**base, **case}
        corpus = []
        for row in rows:
            corpus.append(tokens_of(row, 2))
            if o["bothStrands"]:
                corpus.append(tokens_of(reverse_complement(row), 2))
        out.append({"options": o, **extract(corpus, o)})
    return {"sequences": rows, "cases": out}


def occurrences(tokens, ggrams):
    return [(ggrams[tuple(tokens[i:i + n])], i, i + n) for i in range(len(tokens)) for n in range(2, 6)
            if i + n <= len(tokens) and tuple(tokens[i:i + n]) in ggrams]


def rows_of(found, merge):
    """Each row: an id and its occurrences."""
    if not merge:
        return [(g, [(a, b)]) for g, a, b in found]
    rows = {}
    for g, a, b in found:
        rows.setdefault(g, []).append((a, b))
    return list(rows.items())


def hide(drawn, rows, cascade):
    hidden = set(drawn)
    if cascade == "none":
        for _, spans in rows:
            for a, b in spans:
                if any(t in drawn for t in range(a, b)):
                    hidden.update(range(a, b))
    elif cascade == "forward":
        for _, spans in rows:
            if any(t in hidden for a, b in spans for t in range(a, b)):
                for a, b in spans:
                    hidden.update(range(a, b))
    else:
        before = -1
        while before != len(hidden):
            before = len(hidden)
            for _, spans in rows:
                for a, b in spans:
                    if any(t in hidden for t in range(a, b)):
                        hidden.update(range(a, b))
    visible = []
    for g, spans in rows:
        left = [(a, b) for a, b in spans if not any(t in hidden for t in range(a, b))]
        if left:
            visible.append([g, sorted({t for a, b in left for t in range(a, b)})])
    return sorted(hidden), visible


def uniform(name, count):
    x = (numpy.arange(count, dtype=numpy.uint64) * 2654435761 + zlib.crc32(name.encode())) & 0xFFFFFFFF
    x ^= x >> numpy.uint64(16)
    x = (x * 0x7FEB352D) & 0xFFFFFFFF
    x ^= x >> numpy.uint64(15)
    x = (x * 0x846CA68B) & 0xFFFFFFFF
    x ^= x >> numpy.uint64(16)
    return x.astype(numpy.float64) / 2.0**31 - 1.0


def masking(rows):
    draw = random.Random(20)
    corpus = [tokens_of(row, 3) for row in rows]
    pieces = Counter(tuple(s[i:i + n]) for s in corpus for i in range(len(s)) for n in range(2, 6) if i + n <= len(s) and None not in s[i:i + n])
    chosen = [g for g, c in sorted(pieces.items()) if c > 1 and draw.random() < 0.7] + draw.sample(sorted(pieces), 60)
    ggrams = {g: i + 1 for i, g in enumerate(dict.fromkeys(chosen))}
    spelled = words(3)
    result = {"ggrams": [[" ".join(spelled[t - 5] for t in g), i] for g, i in ggrams.items()], "sequences": rows, "cases": []}
    for number, tokens in enumerate(corpus):
        found = occurrences(tokens, ggrams)
        maskable = [t for t, token in enumerate(tokens) if token is not GAP]
        drawn = sorted(draw.sample(maskable, max(1, round(0.15 * len(maskable)))))
        for merge in (False, True):
            listed = rows_of(found, merge)
            case = {"sequence": number, "merge": merge, "drawn": drawn, "rows": [[g, spans] for g, spans in listed]}
            for cascade in ("none", "forward", "all"):
                hidden, visible = hide(set(drawn), listed, cascade)
                case[cascade] = {"hidden": hidden, "visible": visible}
            result["cases"].append(case)
    labels = [t for s in corpus for t in s[:10] if t is not GAP][:40]
    logits = torch.tensor(uniform("logits", len(labels) * 69).reshape(len(labels), 69) * 1.5 / math.sqrt(69), dtype=torch.float32, requires_grad=True)
    loss = (torch.logsumexp(logits, 1) - logits[torch.arange(len(labels)), labels]).sum()
    loss.backward()
    flat = logits.grad.double().flatten()
    result["loss"] = {"labels": labels, "sum": float(loss), "gradient": [float(flat.abs().sum()), float((flat * torch.tensor(uniform("checksum", len(flat)))).sum())]}
    return result


def main():
    rows = [line.split(",")[0] for line in (ROOT / "samples/fly_splice/train.csv").read_text().splitlines()[1:]]
    some = rows[:300]
    some[7] = some[7][:40] + "NN" + some[7][42:]
    some[9] = "N" * 12 + some[9][12:80] + "NNNNNNNN" + some[9][88:]
    some[11] = some[11][:2]
    (HERE / "extraction.json").write_text(json.dumps(extraction(some)).replace('{"options"', '\n{"options"') + "\n")
    few = rows[500:512]
    few[3] = few[3][:30] + "N" + few[3][31:]
    few[5] = few[5][:30] * 3
    (HERE / "masking.json").write_text(json.dumps(masking(few)).replace('{"sequence"', '\n{"sequence"') + "\n")


main()
