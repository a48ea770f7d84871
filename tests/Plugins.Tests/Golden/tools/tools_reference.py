"""Attention, gradients and likelihoods of the five families, for what tools compute of a trained model to be compared with.

Computed by the independent Python models beside this folder, in float64, of weights that both sides make by formula: each sequence
by itself, without padding, caches or tiles. Run from the repository's root, with a Python that has torch (Debian: python3-torch):

    /usr/bin/python3 tests/Plugins.Tests/Golden/tools/tools_reference.py

It rewrites the .json files beside itself. Tests need no Python: they read those.
"""
import json
import math
import pathlib
import sys

import torch

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / folder) for folder in ("", "bert", "dnagpt", "ggram-encoder", "enbed")]
import alibi_reference as mosaic
import bert_reference as bert
import dnagpt_reference as gpt
import enbed_reference as enbed
import reference as dnazen
from recording import Row, exact, log_p, masked, masked_saturation, observe, saturation

ROOT = HERE.parents[3]
CLS, SEP, MASK = 2, 3, 4


def between(length):
    """Whether tokens stand for bases where [CLS] and [SEP] stand around them."""
    return [False] + [True] * (length - 2) + [False]


def encoder(c, p, ids, run):
    """A row of an encoder with [CLS] and a masked head. run: (embedded, seen) to "T D"."""
    table = p["bert.embeddings.word_embeddings.weight"]
    return Row(ids, between(len(ids)), [0], table[ids], table[MASK], lambda x, seen: [run(x, seen)],
               lambda x: bert.class_scores(run(x, {})[:1], p)[0])


def classifier(c):
    """A linear head over the state that stands for a sequence."""
    head = exact({"weight": bert.parameter("classifier.weight", c["classes"], c["width"]),
                  "bias": bert.parameter("classifier.bias", c["classes"])})
    return lambda state: head["weight"] @ state + head["bias"]


def kmers(k, sequence):
    words = bert.vocabulary(k)
    return [CLS] + [words[sequence[i:i + k]] for i in range(len(sequence) - k + 1)] + [SEP]


def hiding(k, rows, sequences, scores_of, words):
    """Likelihoods of hidden tokens."""
    return {"masked": masked(rows, sequences, scores_of, MASK, words),
            "saturation": masked_saturation(sequences[-1], lambda s: kmers(k, s), k, scores_of, MASK)}


def dnabert(c, sequences):
    p = exact(bert.make(c))

    def run(ids, x, seen):
        shares = []
        mask = torch.ones(1, len(ids), dtype=torch.bool)
        hidden = bert.encode(torch.tensor([ids]), mask, p, c, None if x is None else x[None], shares)[0]
        seen["tokens"] = [layer[0] for layer in shares]
        return hidden
    rows = [encoder(c, p, ids, lambda x, seen, ids=ids: run(ids, x, seen)) for ids in (kmers(c["k"], s) for s in sequences)]
    return {**observe(rows, c["classes"], "mask"),
            **hiding(c["k"], rows, sequences, lambda s, ids, hidden: bert.token_scores(run(ids, None, {}), p), range(5, c["vocabulary"]))}


def dnabert2(c, sequences):
    p = exact(mosaic.named_like_bert(mosaic.make(c)))

    def run(ids, x, seen):
        return mosaic.encode(torch.tensor(ids), p, c, x, seen.setdefault("tokens", []))
    rows = [encoder(c, p, ids, lambda x, seen, ids=ids: run(ids, x, seen)) for ids in (kmers(c["k"], s) for s in sequences)]
    return {**observe(rows, c["classes"], "mask"),
            **hiding(c["k"], rows, sequences, lambda s, ids, hidden: bert.token_scores(run(ids, None, {}), p), range(5, c["vocabulary"]))}


def ggrams(c, sequences):
    """Likelihoods do not see G-grams that hold a hidden token."""
    p = exact(mosaic.named_like_bert(dnazen.make(c)))

    def run(ids, sequence, x, seen, hidden=()):
        stacks = [seen.setdefault("tokens", []), []]
        states = dnazen.encode(torch.tensor(ids), sequence, p, c, x, *stacks, masked=hidden, hidden=())
        if stacks[1]:
            seen["ggrams"] = stacks[1]
        return states

    def row(s):
        ids = kmers(1, s)
        return encoder(c, p, ids, lambda x, seen: run(ids, s, x, seen))
    rows = [row(s) for s in sequences]
    return {**observe(rows, c["classes"], "mask"), "hiddenGGrams": [],
            **hiding(1, rows, sequences, lambda s, ids, hidden: bert.token_scores(run(ids, s, None, {}, hidden), p), range(5, 9))}


def dnagpt(c, sequences):
    """The prompt token, then words. The state of the last token stands for the sequence."""
    ids = gpt.vocabulary(c["k"])
    c["vocabulary"] = len(ids)
    p = exact(gpt.make(c))
    class_scores = classifier(c)
    table = p["transformer.wte.weight"]

    def run(tokens, x, seen):
        return gpt.decode(tokens, p, c, x, seen.setdefault("tokens", []))

    def row(tokens):
        bases = [t > 0 for t in range(len(tokens))]
        return Row(tokens, bases, list(range(1, len(tokens))), table[tokens], table[len(gpt.SYMBOLS):].mean(0),
                   lambda x, seen: [run(tokens, x, seen)], lambda x: class_scores(run(tokens, x, {})[-1]))

    def next_tokens(tokens):
        scores = gpt.two_layers(run(tokens, None, {}), p, "mlm_head")
        return [log_p(scores[t - 1:t], [tokens[t]]) for t in range(1, len(tokens))]

    def tokens_of(sequence):
        return [ids["<O>"]] + gpt.words(sequence, c["k"], ids)
    tokens = [tokens_of(s) for s in sequences]
    # Alleles of the first sequence: a substitution and a deletion in the middle.
    at = len(sequences[0]) // 2
    other = "ACGT"["TGCA".index(sequences[0][at])]
    alleles = [sequences[0], sequences[0][:at] + other + sequences[0][at + 1:], sequences[0][:at] + sequences[0][at + 1:]]
    members = [tokens_of(s) for s in alleles]
    common = next(t for t in range(len(members[0])) if len({tuple(m[:t + 1]) for m in members}) > 1)
    return {**observe([row(t) for t in tokens], c["classes"], "mean"), "causal": [next_tokens(t) for t in tokens],
            "shared": {"sequences": alleles, "common": common, "lnP": [sum(next_tokens(m)[common - 1:]) for m in members]},
            "saturation": saturation(sequences[-1], True, lambda s, at: sum(next_tokens(tokens_of(s))))}


def byte_seq2seq(c, sequences):
    """Attention and gradients where the decoder reads what the encoder reads, shifted by one place behind padding."""
    p = exact(enbed.make(c))
    class_scores = classifier(c)
    table = p["transformer.shared.weight"]

    def run(ids, x, seen):
        hidden = enbed.run_stack("encoder", ids, None, p, c, x, seen.setdefault("tokens", []))
        target = [enbed.PAD] + ids[:-1]
        kept = seen.setdefault("decoder", []), seen.setdefault("cross", [])
        return [hidden, enbed.run_stack("decoder", target, hidden, p, c, None, *kept)]

    def row(ids):
        bases = [True] * (len(ids) - 1) + [False]
        return Row(ids, bases, list(range(len(ids) - 1)), table[ids], table[enbed.FIRST_BASE:enbed.FIRST_SENTINEL].mean(0),
                   lambda x, seen: run(ids, x, seen), lambda x: class_scores(run(ids, x, {})[0].mean(0)))

    def letters(sequence):
        return [enbed.FIRST_BASE + "ACGTN".index(base) for base in sequence]
    scale = math.sqrt(c["width"]) if c["tied"] else 1
    output = (table / scale if c["tied"] else p["lm_head.weight"]).t()
    spans = []
    for b, sequence in enumerate(sequences):
        for start, end in ((3, 4), (len(sequence) // 2, len(sequence) // 2 + 6)):
            source = letters(sequence[:start]) + [enbed.FIRST_SENTINEL] + letters(sequence[end:]) + [enbed.END]
            # What stands there, and a shorter and another stretch in its place.
            for stretch in (sequence[start:end], "", "GATTACA"):
                target = [enbed.FIRST_SENTINEL] + letters(stretch) + [enbed.END]
                _, decoded = enbed.forward(source, [enbed.PAD] + target[:-1], p, c)
                spans.append({"row": b, "start": start, "end": end, "input": source, "target": target,
                              "lnP": log_p((decoded @ output)[1:], target[1:])})
    return {**observe([row(letters(s) + [enbed.END]) for s in sequences], c["classes"], "mean"), "spans": spans}


def main():
    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    lines = [line.split(",")[0] for line in (ROOT / "samples/fly_splice/test.csv").read_text().splitlines()[1:5]]
    dense = {"width": 16, "heads": 2, "headWidth": 5, "feedForward": 12, "encoderLayers": 2, "decoderLayers": 2, "radius": [1000],
             "globalBlocks": 0, "buckets": 8, "distance": 20, "maxTokens": 200, "maxTargetTokens": 200, "kind": "relu", "tanhGelu": False,
             "scale": True, "tied": True, "classes": 2}
    released = {**dense, "radius": [3, 7], "globalBlocks": 5, "kind": "gated-gelu", "tanhGelu": True, "scale": False, "tied": False}
    plain = {"k": 3, "vocabulary": 69, "positions": 32, "width": 16, "layers": 2, "heads": 2, "feedForward": 24, "classes": 3}
    alibi = {"k": 2, "vocabulary": 21, "positions": 0, "alibi": True, "width": 24, "layers": 2, "heads": 6, "feedForward": 16, "classes": 3}
    learned = {**alibi, "k": 3, "vocabulary": 69, "positions": 64, "alibi": False, "heads": 4, "classes": 2}
    decoder = {"k": 2, "positions": 24, "width": 16, "layers": 2, "heads": 2, "classes": 3}
    zen = {"vocabulary": 9, "width": 24, "heads": 3, "feedForward": 32, "classes": 2, "layers": 3}
    # Longer than a tile of windowed attention.
    long = (lines[0] + lines[1])[:150]
    jobs = {
        "dnabert": (dnabert, plain, [20, 9, 14]),
        "dnabert-2": (dnabert2, alibi, [11, 7, 10]),
        "genomics-fm": (dnabert2, learned, [15, 8, 11]),
        "dnagpt": (dnagpt, decoder, [30, 17, 23]),
        "dnazen": (ggrams, {**zen, "ggramLayers": 2, "gatedBlock": False, "again": False}, [18, "GGGGGGGG", 12]),
        "dnazen-gated": (ggrams, {**zen, "ggramLayers": 1, "gatedBlock": True, "again": True}, [18, "GGGGGGGG", 12]),
        "enbed": (byte_seq2seq, released, [long, 19]),
        "enbed-dense": (byte_seq2seq, dense, [27, 14]),
    }
    for name, (family, config, wanted) in jobs.items():
        sequences = [line[:of] if isinstance(of, int) else of for line, of in zip(lines, wanted)]
        found = {"config": config, "sequences": sequences, **family(config, sequences)}
        text = ",\n".join(f" {json.dumps(key)}: {json.dumps(value)}" for key, value in found.items())
        (HERE / f"{name}.json").write_text(f"{{\n{text}\n}}\n")


if __name__ == "__main__":
    main()
