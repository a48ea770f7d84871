"""DNAZEN's two encoders in Python torch, for tests to compare with.

Written from the paper (sections 2.2 and 2.3) alone; shares no code with the C# side. Every sequence goes through by itself with
its own G-grams, so there is no padding here. Run from the repository's root with a Python that has torch (Debian: python3-torch):

    /usr/bin/python3 tests/Plugins.Tests/Golden/ggram-encoder/reference.py

It writes plain.json and gated.json (checksums of every gradient) beside itself.
"""
import json
import math
import pathlib
import sys

import torch

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "bert")]
from alibi_reference import named_like_bert, slopes
from bert_reference import ROOT, batch, checksum, classify_loss, dense, gelu, masked_lm_loss, norm, parameter

GGRAMS = ["AC", "GTA", "TT", "CAG", "AAG", "GCC", "TGC"]
HIDDEN = {3}  # ids that stand in the columns with their mask false


def find(sequence, masked=()):
    """Distinct G-grams of a sequence in the order of GGRAMS, with the tokens of all their occurrences; token 0 is [CLS].

    Occurrences that hold a masked token are left out.
    """
    found = []
    for number, word in enumerate(GGRAMS, 1):
        starts = [start for start in range(len(sequence) - len(word) + 1) if sequence.startswith(word, start)]
        places = [range(1 + start, 1 + start + len(word)) for start in starts]
        tokens = {token for place in places if not any(token in masked for token in place) for token in place}
        if tokens:
            found.append((number, tokens))
    return found


def make(c):
    p = {}
    d, f = c["width"], c["feedForward"]
    def add(name, *shape):
        p[name] = parameter(name, *shape)
    def affine(name, a, b, bias=True):
        add(name + ".weight", a, b)
        if bias:
            add(name + ".bias", a)
    def normal(name):
        add(name + ".weight", d)
        add(name + ".bias", d)
    def gated(l):
        affine(l + "attention.self.Wqkv", 3 * d, d)
        affine(l + "attention.output.dense", d, d)
        normal(l + "attention.output.LayerNorm")
        affine(l + "mlp.gated_layers", 2 * f, d, bias=False)
        affine(l + "mlp.wo", d, f)
        normal(l + "mlp.layernorm")
    def plain(l):
        for part in ("query", "key", "value"):
            affine(l + "attention.self." + part, d, d)
        affine(l + "attention.output.dense", d, d)
        normal(l + "attention.output.LayerNorm")
        affine(l + "intermediate.dense", f, d)
        affine(l + "output.dense", d, f)
        normal(l + "output.LayerNorm")
    for name, rows in (("embeddings", c["vocabulary"]), ("ngram_embeddings", len(GGRAMS) + 1)):
        add(f"bert.{name}.word_embeddings.weight", rows, d)
        add(f"bert.{name}.token_type_embeddings.weight", 2, d)
        normal(f"bert.{name}.LayerNorm")
    for i in range(c["layers"]):
        gated(f"bert.encoder.layer.{i}.")
    for i in range(c["ggramLayers"]):
        (gated if c["gatedBlock"] else plain)(prefix(c, i))
    affine("bert.pooler.dense", d, d)
    affine("cls.predictions.transform.dense", d, d)
    normal("cls.predictions.transform.LayerNorm")
    add("cls.predictions.decoder.bias", c["vocabulary"])
    affine("classifier", c["classes"], d)
    return p


def prefix(c, i):
    return f"bert.encoder.{'ngram_layer' if c['gatedBlock'] else 'ngram_layers'}.{i}."


def attend(q, k, v, heads, bias, seen):
    parts, shares = [], []
    for h, (a, b, c) in enumerate(zip(*(x.chunk(heads, 1) for x in (q, k, v)))):
        scores = a @ b.t() / math.sqrt(a.shape[1])
        if bias is not None:
            scores = scores + bias[h]
        shares.append(torch.softmax(scores, 1))
        parts.append(shares[-1] @ c)
    if seen is not None:
        seen.append(torch.stack(shares))
    return torch.cat(parts, 1)


def layer(x, p, l, heads, bias, seen):
    if l + "attention.self.Wqkv.weight" in p:
        q, k, v = dense(x, p, l + "attention.self.Wqkv").chunk(3, 1)
    else:
        q, k, v = (dense(x, p, l + "attention.self." + part) for part in ("query", "key", "value"))
    x = norm(dense(attend(q, k, v, heads, bias, seen), p, l + "attention.output.dense") + x, p, l + "attention.output.LayerNorm")
    if l + "mlp.wo.weight" in p:
        gate, value = (x @ p[l + "mlp.gated_layers.weight"].t()).chunk(2, 1)
        return norm(dense(gelu(gate) * value, p, l + "mlp.wo") + x, p, l + "mlp.layernorm")
    return norm(dense(gelu(dense(x, p, l + "intermediate.dense")), p, l + "output.dense") + x, p, l + "output.LayerNorm")


def encode(ids, sequence, p, c, embedded=None, seen=None, seen_ggrams=None, masked=(), hidden=HIDDEN):
    """One sequence, "T" to "T D".

    embedded, "T D": in place of its tokens' rows of the table. seen, seen_ggrams: receive each layer's attention, "H T T" and
    "H G G". masked: tokens whose G-grams the model is not shown. hidden: numbers of G-grams that it is not shown at all.
    """
    def embed(name, numbers, rows=None):
        rows = p[f"bert.{name}.word_embeddings.weight"][numbers] if rows is None else rows
        return norm(rows + p[f"bert.{name}.token_type_embeddings.weight"][0], p, f"bert.{name}.LayerNorm")
    t, h = len(ids), c["heads"]
    distance = torch.tensor([[abs(a - b) for b in range(t)] for a in range(t)], dtype=torch.float32)
    bias = [-slope * distance for slope in slopes(h)]
    x = embed("embeddings", ids, embedded)
    found = [(number, tokens) for number, tokens in find(sequence, masked) if number not in hidden]
    if not found:
        for i in range(c["layers"]):
            x = layer(x, p, f"bert.encoder.layer.{i}.", h, bias, seen)
        return x
    g = embed("ngram_embeddings", torch.tensor([number for number, _ in found]))
    for i in range(c["layers"]):
        x = layer(x, p, f"bert.encoder.layer.{i}.", h, bias, seen)
        if i < c["ggramLayers"]:
            g = layer(g, p, prefix(c, i), h, None, seen_ggrams)
            x = x + spread(g, found, t)
    if c["again"]:
        x = x + spread(g, found, t)
    return x


def spread(g, found, t):
    rows = []
    for token in range(t):
        mine = [g[j] for j, (_, tokens) in enumerate(found) if token in tokens]
        rows.append(sum(mine) if mine else torch.zeros(g.shape[1]))
    return torch.stack(rows)


def run(config, sequences):
    p = make(config)
    ids, labels, mask = batch(1, sequences)
    classes = torch.tensor([b % config["classes"] for b in range(len(sequences))])
    result = {"config": config, "ggrams": GGRAMS, "hiddenGGrams": sorted(HIDDEN), "sequences": sequences, "ids": ids.tolist(), "labels": labels.tolist(),
              "classes": classes.tolist(), "parameters": sum(v.numel() for v in p.values())}
    for name in ("maskedLm", "classify"):
        rows = [encode(ids[b][mask[b]], sequences[b], p, config) for b in range(len(sequences))]
        if name == "maskedLm":
            loss = masked_lm_loss(torch.cat(rows), labels[mask], named_like_bert(p))
        else:
            loss = classify_loss(torch.stack([row[:1] for row in rows]), classes, p)
        grads = torch.autograd.grad(loss, list(p.values()), allow_unused=True)
        result["hidden"] = checksum(torch.cat(rows))
        result[name] = {"loss": float(loss), "gradients": {n: checksum(g) for n, g in zip(p, grads) if g is not None}}
    return result


def main():
    torch.set_num_threads(1)
    rows = [line.split(",")[0] for line in (ROOT / "samples/fly_splice/test.csv").read_text().splitlines()[1:5]]
    sequences = [rows[0][:48], "GGGGGGGG", rows[1][:21], rows[2][:33]]
    shared = {"vocabulary": 9, "width": 24, "heads": 6, "feedForward": 32, "classes": 2}
    for name, config in (("plain", {"layers": 3, "ggramLayers": 2, "gatedBlock": False, "again": False}),
                         ("gated", {"layers": 3, "ggramLayers": 1, "gatedBlock": True, "again": True})):
        text = json.dumps(run({**shared, **config}, sequences), indent=1).replace("\n   ", " ").replace("\n  ]", " ]")
        (HERE / f"{name}.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
