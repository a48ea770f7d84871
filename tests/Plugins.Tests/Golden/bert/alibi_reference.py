"""DNABERT-2 and Genomics-FM in Python torch, for tests to compare with.

Written from the papers (Zhou et al. 2024, section 3.2; Press et al. 2022; Shazeer 2020) alone; shares no code with the C# side.
There is no padding here at all: every sequence goes through by itself, so that what the other side does with padding
cannot be repeated by mistake. Run from the repository's root with a Python that has torch (Debian: python3-torch):

    /usr/bin/python3 tests/Plugins.Tests/Golden/bert/alibi_reference.py

It writes alibi.json (every gradient of the masked LM in full) and gated_positions.json (checksums) beside itself.
"""
import json
import math
import pathlib
import sys

import torch

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from bert_reference import ROOT, batch, checksum, classify_loss, dense, floats, gelu, masked_lm_loss, norm, parameter


def slopes(heads):
    if heads & (heads - 1) == 0:
        first = 2.0 ** (-8.0 / heads)
        return [first ** (i + 1) for i in range(heads)]
    power = 1
    while power * 2 < heads:
        power *= 2
    return slopes(power) + slopes(2 * power)[::2][:heads - power]


def make(c):
    p = {}
    def add(name, *shape):
        p[name] = parameter(name, *shape)
    def affine(name, a, b, bias=True):
        add(name + ".weight", a, b)
        if bias:
            add(name + ".bias", a)
    def normal(name):
        add(name + ".weight", d)
        add(name + ".bias", d)
    d, f = c["width"], c["feedForward"]
    add("bert.embeddings.word_embeddings.weight", c["vocabulary"], d)
    if c["positions"] > 0:
        add("bert.embeddings.position_embeddings.weight", c["positions"], d)
    add("bert.embeddings.token_type_embeddings.weight", 2, d)
    normal("bert.embeddings.LayerNorm")
    for i in range(c["layers"]):
        l = f"bert.encoder.layer.{i}."
        affine(l + "attention.self.Wqkv", 3 * d, d)
        affine(l + "attention.output.dense", d, d)
        normal(l + "attention.output.LayerNorm")
        affine(l + "mlp.gated_layers", 2 * f, d, bias=False)
        affine(l + "mlp.wo", d, f)
        normal(l + "mlp.layernorm")
    affine("bert.pooler.dense", d, d)
    affine("cls.predictions.transform.dense", d, d)
    normal("cls.predictions.transform.LayerNorm")
    add("cls.predictions.decoder.bias", c["vocabulary"])
    affine("classifier", c["classes"], d)
    return p


def encode(ids, p, c, embedded=None, seen=None):
    """One sequence, "T" to "T D". embedded, "T D": in place of its tokens' rows of the table. seen: receives attention, "H T T"."""
    t, d, h = len(ids), c["width"], c["heads"]
    x = (p["bert.embeddings.word_embeddings.weight"][ids] if embedded is None else embedded) + p["bert.embeddings.token_type_embeddings.weight"][0]
    if not c["alibi"]:
        x = x + p["bert.embeddings.position_embeddings.weight"][:t]
    x = norm(x, p, "bert.embeddings.LayerNorm")
    for i in range(c["layers"]):
        l = f"bert.encoder.layer.{i}."
        packed = dense(x, p, l + "attention.self.Wqkv")
        heads, shares = [], []
        for number, slope in enumerate(slopes(h)):
            at = slice(number * d // h, (number + 1) * d // h)
            q, k, v = (packed[:, part * d:(part + 1) * d][:, at] for part in range(3))
            scores = q @ k.t() / math.sqrt(d // h)
            if c["alibi"]:
                scores = scores - slope * torch.tensor([[abs(a - b) for b in range(t)] for a in range(t)], dtype=torch.float32)
            exponent = torch.exp(scores - scores.max(-1, keepdim=True).values)
            shares.append(exponent / exponent.sum(-1, keepdim=True))
            heads.append(shares[-1] @ v)
        if seen is not None:
            seen.append(torch.stack(shares))
        x = norm(dense(torch.cat(heads, 1), p, l + "attention.output.dense") + x, p, l + "attention.output.LayerNorm")
        wide = x @ p[l + "mlp.gated_layers.weight"].t()
        inside = gelu(wide[:, :c["feedForward"]]) * wide[:, c["feedForward"]:]
        x = norm(dense(inside, p, l + "mlp.wo") + x, p, l + "mlp.layernorm")
    return x


def named_like_bert(p):
    """The loss functions of bert_reference.py read the bias a token under its older name."""
    return {**p, "cls.predictions.bias": p["cls.predictions.decoder.bias"]}


def run(config, sequences):
    p = make(config)
    ids, labels, mask = batch(config["k"], sequences)
    classes = torch.tensor([b % config["classes"] for b in range(len(sequences))])
    result = {"config": config, "sequences": sequences, "ids": ids.tolist(), "labels": labels.tolist(), "classes": classes.tolist(),
              "parameters": sum(v.numel() for v in p.values())}
    for name, record in (("maskedLm", floats if config["full"] else checksum), ("classify", checksum)):
        rows = [encode(ids[b][mask[b]], p, config) for b in range(len(sequences))]
        if name == "maskedLm":
            loss = masked_lm_loss(torch.cat(rows), labels[mask], named_like_bert(p))
        else:
            loss = classify_loss(torch.stack([row[:1] for row in rows]), classes, p)
        grads = torch.autograd.grad(loss, list(p.values()), allow_unused=True)
        result["hidden"] = checksum(torch.cat(rows))
        result[name] = {"loss": float(loss), "gradients": {n: record(g) for n, g in zip(p, grads) if g is not None}}
    return result


def main():
    torch.set_num_threads(1)
    rows = [line.split(",")[0] for line in (ROOT / "samples/fly_splice/test.csv").read_text().splitlines()[1:5]]
    alibi = {"k": 2, "vocabulary": 21, "positions": 0, "alibi": True, "width": 24, "layers": 2, "heads": 6, "feedForward": 16, "classes": 3, "full": True}
    table = {"k": 3, "vocabulary": 69, "positions": 64, "alibi": False, "width": 32, "layers": 2, "heads": 4, "feedForward": 40, "classes": 2, "full": False}
    for name, config, lengths in (("alibi", alibi, [60, 17, 33]), ("gated_positions", table, [30, 55, 24, 41])):
        text = json.dumps(run(config, [r[:n] for r, n in zip(rows, lengths)]), indent=1).replace("\n   ", " ").replace("\n  ]", " ]")
        (HERE / f"{name}.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
