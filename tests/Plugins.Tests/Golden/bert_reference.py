"""An independent BERT in Python torch, for tests to compare with.

Written from Devlin et al. 2019 and Ji et al. 2021 alone; shares no code with the C# side. Weights follow a formula
that both sides compute, so no weights are stored. Run from the repository's root, with a Python that has torch (Debian:
python3-torch):

    /usr/bin/python3 tests/Plugins.Tests/Golden/bert_reference.py

It rewrites bert_tiny.json (every gradient in full) and bert_small.json (a checksum of every gradient) beside itself.
"""
import base64
import json
import math
import pathlib
import zlib

import numpy
import torch

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]


def vocabulary(k):
    words = [""]
    for _ in range(k):
        words = [word + base for word in words for base in "ATCG"]
    return {word: number + 5 for number, word in enumerate(words)}


def uniform(name, count):
    """Numbers in [-1, 1) from a 32-bit mixing function of the name's CRC-32 and the index."""
    x = (numpy.arange(count, dtype=numpy.uint64) * 2654435761 + zlib.crc32(name.encode())) & 0xFFFFFFFF
    x ^= x >> numpy.uint64(16)
    x = (x * 0x7FEB352D) & 0xFFFFFFFF
    x ^= x >> numpy.uint64(15)
    x = (x * 0x846CA68B) & 0xFFFFFFFF
    x ^= x >> numpy.uint64(16)
    return x.astype(numpy.float64) / 2.0**31 - 1.0


def parameter(name, *shape):
    values = uniform(name, math.prod(shape)).reshape(shape)
    if name.lower().endswith("layernorm.weight"):
        values = 1.0 + 0.2 * values
    elif name.endswith("bias"):
        values = 0.1 * values
    else:
        values = values * (1.5 / math.sqrt(shape[-1]) if "embeddings" not in name else 0.5)
    return torch.tensor(values, dtype=torch.float32).requires_grad_()


def make(c):
    p = {}
    def add(name, *shape):
        p[name] = parameter(name, *shape)
    d, f = c["width"], c["feedForward"]
    add("bert.embeddings.word_embeddings.weight", c["vocabulary"], d)
    add("bert.embeddings.position_embeddings.weight", c["positions"], d)
    add("bert.embeddings.token_type_embeddings.weight", 2, d)
    add("bert.embeddings.LayerNorm.weight", d)
    add("bert.embeddings.LayerNorm.bias", d)
    for i in range(c["layers"]):
        l = f"bert.encoder.layer.{i}."
        for part in ("query", "key", "value"):
            add(l + f"attention.self.{part}.weight", d, d)
            add(l + f"attention.self.{part}.bias", d)
        for name, a, b in (("attention.output", d, d), ("intermediate", f, d), ("output", d, f)):
            add(l + name + ".dense.weight", a, b)
            add(l + name + ".dense.bias", a)
            if name != "intermediate":
                add(l + name + ".LayerNorm.weight", d)
                add(l + name + ".LayerNorm.bias", d)
    add("bert.pooler.dense.weight", d, d)
    add("bert.pooler.dense.bias", d)
    add("cls.predictions.bias", c["vocabulary"])
    add("cls.predictions.transform.dense.weight", d, d)
    add("cls.predictions.transform.dense.bias", d)
    add("cls.predictions.transform.LayerNorm.weight", d)
    add("cls.predictions.transform.LayerNorm.bias", d)
    add("classifier.weight", c["classes"], d)
    add("classifier.bias", c["classes"])
    return p


def norm(x, p, name):
    mean = x.mean(-1, keepdim=True)
    variance = ((x - mean) ** 2).mean(-1, keepdim=True)
    return (x - mean) / torch.sqrt(variance + 1e-12) * p[name + ".weight"] + p[name + ".bias"]


def dense(x, p, name):
    return torch.einsum("...i,oi->...o", x, p[name + ".weight"]) + p[name + ".bias"]


def gelu(x):
    return 0.5 * x * (1.0 + torch.erf(x / math.sqrt(2.0)))


def encode(ids, mask, p, c, embedded=None, seen=None):
    """embedded: "B T D" in place of the tokens' rows of the table. seen: receives each layer's attention, "B H T T"."""
    b, t = ids.shape
    h = c["heads"]
    x = p["bert.embeddings.word_embeddings.weight"][ids] if embedded is None else embedded
    x = x + p["bert.embeddings.position_embeddings.weight"][:t]
    x = x + p["bert.embeddings.token_type_embeddings.weight"][0]
    x = norm(x, p, "bert.embeddings.LayerNorm")
    for i in range(c["layers"]):
        l = f"bert.encoder.layer.{i}."
        q, k, v = (dense(x, p, l + "attention.self." + part).view(b, t, h, -1) for part in ("query", "key", "value"))
        scores = torch.einsum("bqhe,bkhe->bhqk", q, k) / math.sqrt(q.shape[-1])
        scores = scores.masked_fill(~mask[:, None, None, :], -math.inf)
        exponent = torch.exp(scores - scores.max(-1, keepdim=True).values)
        shares = exponent / exponent.sum(-1, keepdim=True)
        if seen is not None:
            seen.append(shares)
        context = torch.einsum("bhqk,bkhe->bqhe", shares, v).reshape(b, t, -1)
        x = norm(dense(context, p, l + "attention.output.dense") + x, p, l + "attention.output.LayerNorm")
        wide = gelu(dense(x, p, l + "intermediate.dense"))
        x = norm(dense(wide, p, l + "output.dense") + x, p, l + "output.LayerNorm")
    return x


def token_scores(rows, p):
    """Of hidden states, "N D" to "N V"."""
    rows = norm(gelu(dense(rows, p, "cls.predictions.transform.dense")), p, "cls.predictions.transform.LayerNorm")
    return rows @ p["bert.embeddings.word_embeddings.weight"].t() + p["cls.predictions.bias"]


def class_scores(first, p):
    """Of the first token's hidden state, "B D" to "B C"."""
    return dense(torch.tanh(dense(first, p, "bert.pooler.dense")), p, "classifier")


def masked_lm_loss(hidden, labels, p):
    scores = token_scores(hidden[labels != -100], p)
    wanted = labels[labels != -100]
    return (torch.logsumexp(scores, 1) - scores[torch.arange(len(wanted)), wanted]).sum()


def classify_loss(hidden, classes, p):
    scores = class_scores(hidden[:, 0], p)
    return (torch.logsumexp(scores, 1) - scores[torch.arange(len(classes)), classes]).sum()


def batch(k, sequences):
    """Overlapping k-mers between [CLS] and [SEP]; of every ten positions three are asked for, one masked, one replaced, one kept."""
    words = vocabulary(k)
    rows = [[2] + [words[s[i:i + k]] for i in range(len(s) - k + 1)] + [3] for s in sequences]
    length = max(map(len, rows))
    ids = torch.zeros(len(rows), length, dtype=torch.int64)
    labels = torch.full_like(ids, -100)
    for b, row in enumerate(rows):
        ids[b, :len(row)] = torch.tensor(row)
        for t in range(1, len(row) - 1):
            if (t + b) % 10 in (3, 4, 5):
                labels[b, t] = row[t]
            if (t + b) % 10 == 3:
                ids[b, t] = 4
            elif (t + b) % 10 == 4:
                ids[b, t] = 5 + (row[t] * 7 + t) % (len(words))
    return ids, labels, ids != 0


def floats(tensor):
    return base64.b64encode(tensor.detach().numpy().astype("<f4").tobytes()).decode()


def checksum(tensor):
    flat = tensor.detach().double().flatten()
    weights = torch.tensor(uniform("checksum", flat.numel()))
    return [float(flat.abs().sum()), float((flat * weights).sum())]


def run(config, sequences, full):
    p = make(config)
    ids, labels, mask = batch(config["k"], sequences)
    classes = torch.tensor([b % config["classes"] for b in range(len(sequences))])
    result = {"config": config, "sequences": sequences, "ids": ids.tolist(), "labels": labels.tolist(), "classes": classes.tolist(),
              "parameters": sum(v.numel() for v in p.values())}
    record = floats if full else checksum
    for name, loss_of, target in (("maskedLm", masked_lm_loss, labels), ("classify", classify_loss, classes)):
        hidden = encode(ids, mask, p, config)
        loss = loss_of(hidden, target, p)
        grads = torch.autograd.grad(loss, list(p.values()), allow_unused=True)
        result["hidden"] = record(hidden[mask])
        result[name] = {"loss": float(loss), "gradients": {n: record(g) for n, g in zip(p, grads) if g is not None}}
    return result


def main():
    torch.set_num_threads(1)
    rows = [line.split(",")[0] for line in (ROOT / "samples/fly_splice/test.csv").read_text().splitlines()[1:5]]
    tiny = {"k": 3, "vocabulary": 69, "positions": 32, "width": 16, "layers": 2, "heads": 2, "feedForward": 24, "classes": 3}
    small = {"k": 6, "vocabulary": 4101, "positions": 128, "width": 64, "layers": 4, "heads": 4, "feedForward": 256, "classes": 2}
    lengths = [30, 17, 24]
    jobs = (("bert_tiny", tiny, [r[:n] for r, n in zip(rows, lengths)], True), ("bert_small", small, [rows[0], rows[1][:71], rows[2], rows[3][:55]], False))
    for name, config, sequences, full in jobs:
        text = json.dumps(run(config, sequences, full), indent=1).replace("\n   ", " ").replace("\n  ]", " ]")
        (HERE / f"{name}.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
