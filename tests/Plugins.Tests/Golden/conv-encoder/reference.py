"""The convolutional encoder in Python torch, for tests to compare with.

Written from its documentation (docs/reference.md, the class's summary) alone; shares no code with the C# side. Every sequence goes through by
itself, so there is no padding here but that of convolutions and of the last place. Run from the repository's root with a Python that has torch
(Debian: python3-torch):

    /usr/bin/python3 tests/Plugins.Tests/Golden/conv-encoder/reference.py

It writes places.json (stride 4, absolute positions) and tokens.json (stride 1, relative) beside itself.
"""
import json
import math
import pathlib
import sys

import torch

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent)]
from bert_reference import ROOT, batch, checksum, dense, gelu, parameter, norm as bert_norm


def norm(x, p, name, epsilon):
    mean = x.mean(-1, keepdim=True)
    variance = ((x - mean) ** 2).mean(-1, keepdim=True)
    return (x - mean) / torch.sqrt(variance + epsilon) * p[name + ".weight"] + p[name + ".bias"]


def convolve(x_TE, p, name, gap):
    """Sums over shifted copies: no convolution of the library."""
    weight = p[name + ".weight"]
    width, _, kernel = weight.shape
    t = x_TE.shape[0]
    reach = kernel // 2 * gap
    padded = torch.cat([torch.zeros(reach, x_TE.shape[1]), x_TE, torch.zeros(reach, x_TE.shape[1])])
    total = p[name + ".bias"].expand(t, width)
    for i in range(kernel):
        total = total + padded[i * gap:i * gap + t] @ weight[:, :, i].t()
    return total


def sinusoids(t):
    rows = []
    for place in range(t):
        angles = [place * 2 * math.pi / 4 * 2 ** (-w / 2) for w in range(21)]
        rows.append([math.sin(a) for a in angles] + [math.cos(a) for a in angles])
    return torch.tensor(rows)


def make(c):
    p = {}
    def add(name, *shape):
        p[name] = parameter(name, *shape)
    d, e, s, f = c["width"], c["embeddingWidth"], c["stride"], 2 * c["width"]
    add("conv_encoder.tokens.weight", c["vocabulary"], e)
    add("conv_encoder.stem.first.weight", d, e, c["stemKernel"])
    add("conv_encoder.stem.first.bias", d)
    if c["positions"] == "absolute":
        add("conv_encoder.stem.positions.weight", d, 42)
        add("conv_encoder.stem.positions.bias", d)
    for i in range(c["convLayers"]):
        l = f"conv_encoder.stem.layer.{i}."
        add(l + "norm.weight", d)
        add(l + "norm.bias", d)
        add(l + "convolution.weight", d, d, c["convKernel"])
        add(l + "convolution.bias", d)
    add("conv_encoder.stem.norm.weight", d)
    add("conv_encoder.stem.norm.bias", d)
    add("conv_encoder.gather.weight", d, s * d)
    add("conv_encoder.gather.bias", d)
    for i in range(c["layers"]):
        l = f"conv_encoder.layer.{i}."
        add(l + "attention.self.Wqkv.weight", 3 * d, d)
        add(l + "attention.self.Wqkv.bias", 3 * d)
        for name, a, b in (("attention.output", d, d), ("intermediate", f, d), ("output", d, f)):
            add(l + name + ".dense.weight", a, b)
            add(l + name + ".dense.bias", a)
            if name != "intermediate":
                add(l + name + ".LayerNorm.weight", d)
                add(l + name + ".LayerNorm.bias", d)
    add("conv_encoder.spread.weight", s * d, d)
    add("conv_encoder.spread.bias", s * d)
    add("conv_encoder.norm.weight", d)
    add("conv_encoder.norm.bias", d)
    add("cls.predictions.bias", c["vocabulary"])
    add("cls.predictions.decoder.weight", c["vocabulary"], d)
    add("cls.predictions.transform.dense.weight", d, d)
    add("cls.predictions.transform.dense.bias", d)
    add("cls.predictions.transform.LayerNorm.weight", d)
    add("cls.predictions.transform.LayerNorm.bias", d)
    add("classifier.weight", c["classes"], c["parts"] * d)
    add("classifier.bias", c["classes"])
    return p


def encode(ids_T, p, c):
    t, d, s, h = len(ids_T), c["width"], c["stride"], c["heads"]
    x = convolve(p["conv_encoder.tokens.weight"][ids_T], p, "conv_encoder.stem.first", 1)
    if c["positions"] == "absolute":
        x = x + dense(sinusoids(t), p, "conv_encoder.stem.positions")
    for i in range(c["convLayers"]):
        l = f"conv_encoder.stem.layer.{i}."
        x = x + convolve(gelu(norm(x, p, l + "norm", 1e-5)), p, l + "convolution", 2 ** i)
    local = norm(x, p, "conv_encoder.stem.norm", 1e-5)
    places = -(-t // s)
    whole = torch.cat([local, torch.zeros(places * s - t, d)]).view(places, s * d)
    z = dense(whole, p, "conv_encoder.gather")
    slopes = [c["slope"] * (1 / 256 / c["slope"]) ** (i / max(1, h // 2 - 1)) for i in range(h // 2) for _ in (0, 1)]
    for i in range(c["layers"]):
        l = f"conv_encoder.layer.{i}."
        q, k, v = dense(z, p, l + "attention.self.Wqkv").split(d, -1)
        heads = []
        for n in range(h):
            part = slice(n * d // h, (n + 1) * d // h)
            scores = q[:, part] @ k[:, part].t() / math.sqrt(d // h)
            rows = []
            for a in range(places):
                seen = [b for b in range(places) if (b <= a if n % 2 == 0 else b >= a)]
                shown = torch.stack([scores[a, b] - slopes[n] * abs(a - b) for b in seen])
                rows.append(torch.softmax(shown, 0) @ v[seen][:, part])
            heads.append(torch.stack(rows))
        z = norm(dense(torch.cat(heads, 1), p, l + "attention.output.dense") + z, p, l + "attention.output.LayerNorm", 1e-6)
        z = norm(dense(gelu(dense(z, p, l + "intermediate.dense")), p, l + "output.dense") + z, p, l + "output.LayerNorm", 1e-6)
    spread = dense(z, p, "conv_encoder.spread").view(places * s, d)[:t]
    return norm(spread + local, p, "conv_encoder.norm", 1e-5)


def masked_lm(hidden_T, labels_T, p):
    rows = bert_norm(gelu(dense(hidden_T[labels_T != -100], p, "cls.predictions.transform.dense")), p, "cls.predictions.transform.LayerNorm")
    scores = rows @ p["cls.predictions.decoder.weight"].t() + p["cls.predictions.bias"]
    wanted = labels_T[labels_T != -100]
    return (torch.logsumexp(scores, 1) - scores[torch.arange(len(wanted)), wanted]).sum()


def classify(hidden_T, label, p, parts):
    t = len(hidden_T)
    means = []
    for part in range(parts):
        rows = [hidden_T[i] for i in range(t) if i * parts // t == part]
        means.append(torch.stack(rows).mean(0) if rows else torch.zeros(hidden_T.shape[1]))
    scores = dense(torch.cat(means), p, "classifier")
    return torch.logsumexp(scores, 0) - scores[label]


def run(config, sequences):
    p = make(config)
    ids, labels, mask = batch(config["k"], sequences)
    classes = [b % config["classes"] for b in range(len(sequences))]
    result = {"config": config, "sequences": sequences, "ids": ids.tolist(), "labels": labels.tolist(), "classes": classes,
              "parameters": sum(v.numel() for v in p.values())}
    lengths = mask.sum(1).tolist()
    for name in ("maskedLm", "classify"):
        hidden = [encode(ids[b, :n], p, config) for b, n in enumerate(lengths)]
        loss = sum(masked_lm(h, labels[b, :len(h)], p) if name == "maskedLm" else classify(h, classes[b], p, config["parts"])
                   for b, h in enumerate(hidden))
        grads = torch.autograd.grad(loss, list(p.values()), allow_unused=True)
        result["hidden"] = checksum(torch.cat(hidden))
        result[name] = {"loss": float(loss), "gradients": {n: checksum(g) for n, g in zip(p, grads) if g is not None}}
    return result


def main():
    torch.set_num_threads(1)
    rows = [line.split(",")[0] for line in (ROOT / "samples/fly_splice/test.csv").read_text().splitlines()[1:4]]
    sequences = [r[:n] for r, n in zip(rows, (37, 20, 30))]
    common = {"k": 1, "vocabulary": 9, "width": 16, "embeddingWidth": 8, "heads": 4, "layers": 2, "slope": 2, "classes": 3}
    for name, config in (
        ("places", {"stride": 4, "positions": "absolute", "stemKernel": 9, "convLayers": 2, "convKernel": 5, "parts": 5}),
        ("tokens", {"stride": 1, "positions": "relative", "stemKernel": 3, "convLayers": 0, "convKernel": 5, "parts": 40}),
    ):
        (HERE / f"{name}.json").write_text(json.dumps(run(common | config, sequences)) + "\n")


if __name__ == "__main__":
    main()
