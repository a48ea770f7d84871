"""An independent ENBED in Python torch, for tests to compare with.

Written from Malusare et al. 2024, Raffel et al. 2020 and Guo et al. 2022 alone; shares no code with the C# side. Attention is
DENSE: every score is computed and what lies outside a window is masked, so that the C# side's tiles are checked against
something that has none. Weights follow a formula that both sides compute, so no weights are stored. Run from the
repository's root, with a Python that has torch (Debian: python3-torch):

    /usr/bin/python3 tests/Plugins.Tests/Golden/enbed/enbed_reference.py

It rewrites the .json files beside itself: windowed.json with every gradient in full, the others with checksums.
"""
import base64
import json
import math
import pathlib
import random
import zlib

import numpy
import torch

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[3]
PAD, END, FIRST_BASE, FIRST_SENTINEL, VOCABULARY = 0, 1, 3, 8, 24


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
    values = torch.tensor(uniform(name, math.prod(shape)).reshape(shape) * 1.5 / math.sqrt(shape[-1]), dtype=torch.float32)
    if "layer_norm" in name:
        values = values + 1
    return values.requires_grad_()


def make(c):
    p = {}

    def add(name, *shape):
        p[name] = parameter(name, *shape)

    d, inner, f = c["width"], c["heads"] * c["headWidth"], c["feedForward"]
    add("transformer.shared.weight", VOCABULARY, d)
    for stack, layers in (("encoder", c["encoderLayers"]), ("decoder", c["decoderLayers"])):
        for i in range(layers):
            parts = ["SelfAttention"]
            if stack == "decoder" and c["encoderLayers"] > 0:
                parts.append("EncDecAttention")
            for n, part in enumerate(parts):
                l = f"transformer.{stack}.block.{i}.layer.{n}."
                for projection in "qkv":
                    add(l + f"{part}.{projection}.weight", inner, d)
                add(l + f"{part}.o.weight", d, inner)
                if n == 0 and i == 0:
                    add(l + f"{part}.relative_attention_bias.weight", c["buckets"], c["heads"])
                if n == 0 and c["globalBlocks"] > 0:
                    if i == 0:
                        add(l + f"{part}.global_relative_attention_bias.weight", c["buckets"], c["heads"])
                    add(l + f"{part}.global_input_layer_norm.weight", d)
                add(l + "layer_norm.weight", d)
            l = f"transformer.{stack}.block.{i}.layer.{len(parts)}."
            for name in (["wi_0", "wi_1"] if c["kind"] == "gated-gelu" else ["wi"]):
                add(l + f"DenseReluDense.{name}.weight", f, d)
            add(l + "DenseReluDense.wo.weight", d, f)
            add(l + "layer_norm.weight", d)
        if layers > 0:
            add(f"transformer.{stack}.final_layer_norm.weight", d)
    if not c["tied"]:
        add("lm_head.weight", VOCABULARY, d)
    return p


def norm(x, weight):
    return x / torch.sqrt((x * x).mean(-1, keepdim=True) + 1e-6) * weight


def bucket(offset, causal, buckets, farthest):
    """Raffel et al. 2020, 2.1: half of the buckets are exact, the others logarithmic; two-sided stacks split them by side."""
    base = 0
    if not causal:
        buckets //= 2
        base = buckets if offset > 0 else 0
        offset = abs(offset)
    else:
        offset = max(-offset, 0)
    exact = buckets // 2
    if offset < exact:
        return base + offset
    grown = exact + int(math.log(offset / exact) / math.log(farthest / exact) * (buckets - exact))
    return base + min(grown, buckets - 1)


def bucket_table(rows, columns, causal, c):
    return torch.tensor([[bucket(j - i, causal, c["buckets"], c["distance"]) for j in columns] for i in rows])


def heads(x, c):
    return x.view(*x.shape[:-1], c["heads"], c["headWidth"])


def softmax_over(scores, allowed):
    scores = scores.masked_fill(~allowed, -math.inf)
    exponent = torch.exp(scores - scores.max(-1, keepdim=True).values)
    return exponent / exponent.sum(-1, keepdim=True)


def self_attention(x, stack, i, radius, causal, block_of, p, c, seen=None):
    """One sample "T D" at a time, all pairs. block_of: the block of each token, and how many blocks there are to see.

    seen: receives "H T T", where a block's share is spread evenly over its tokens.
    """
    l = f"transformer.{stack}.block.{i}.layer.0.SelfAttention."
    first = f"transformer.{stack}.block.0.layer.0.SelfAttention."
    t = x.shape[0]
    scale = math.sqrt(c["headWidth"]) if c["scale"] else 1.0
    q = heads(x @ p[l + "q.weight"].t(), c)
    keys, values = x @ p[l + "k.weight"].t(), x @ p[l + "v.weight"].t()
    places = torch.arange(t)
    distance = places[None, :] - places[:, None]
    allowed = distance.abs() <= radius
    if causal:
        allowed = allowed & (distance <= 0)
    bias = p[first + "relative_attention_bias.weight"][bucket_table(range(t), range(t), causal, c)]
    blocks, count = block_of
    if count > 0:
        sums = torch.stack([x[[s for s in range(t) if blocks[s] == g]].sum(0) for g in range(count)])
        tokens = norm(sums, p[l + "global_input_layer_norm.weight"])
        keys = torch.cat([keys, tokens @ p[l + "k.weight"].t()])
        values = torch.cat([values, tokens @ p[l + "v.weight"].t()])
        over = torch.tensor([[g < blocks[s] if causal else True for g in range(count)] for s in range(t)])
        allowed = torch.cat([allowed, over], 1)
        bias = torch.cat([bias, p[first + "global_relative_attention_bias.weight"][bucket_table(blocks, range(count), causal, c)]], 1)
    scores = torch.einsum("qhe,khe->hqk", q, heads(keys, c)) / scale + bias.permute(2, 0, 1)
    shares = softmax_over(scores, allowed[None])
    if seen is not None:
        whole = shares[:, :, :t].detach().clone()
        for g in range(count):
            inside = [s for s in range(t) if blocks[s] == g]
            for s in inside:
                whole[:, :, s] += shares[:, :, t + g].detach() / len(inside)
        seen.append(whole)
    context = torch.einsum("hqk,khe->qhe", shares, heads(values, c)).reshape(t, -1)
    return context @ p[l + "o.weight"].t()


def cross_attention(x, memory, i, p, c, seen=None):
    """seen: receives "H U T"."""
    l = f"transformer.decoder.block.{i}.layer.1.EncDecAttention."
    scale = math.sqrt(c["headWidth"]) if c["scale"] else 1.0
    q, k, v = (heads(a @ p[l + n + ".weight"].t(), c) for a, n in ((x, "q"), (memory, "k"), (memory, "v")))
    scores = torch.einsum("qhe,khe->hqk", q, k) / scale
    shares = softmax_over(scores, torch.ones_like(scores, dtype=torch.bool))
    if seen is not None:
        seen.append(shares)
    return torch.einsum("hqk,khe->qhe", shares, v).reshape(x.shape[0], -1) @ p[l + "o.weight"].t()


def feed_forward(x, l, p, c):
    if c["kind"] == "gated-gelu":
        a = x @ p[l + "DenseReluDense.wi_0.weight"].t()
        if c["tanhGelu"]:
            gate = 0.5 * a * (1 + torch.tanh(math.sqrt(2 / math.pi) * (a + 0.044715 * a**3)))
        else:
            gate = 0.5 * a * (1 + torch.erf(a / math.sqrt(2)))
        wide = gate * (x @ p[l + "DenseReluDense.wi_1.weight"].t())
    else:
        wide = (x @ p[l + "DenseReluDense.wi.weight"].t()).clamp(min=0)
    return wide @ p[l + "DenseReluDense.wo.weight"].t()


def run_stack(stack, ids, memory, p, c, embedded=None, seen=None, seen_cross=None):
    """ids without padding: padding is checked by there being none here.

    embedded, "T D": in place of the tokens' rows of the table. seen, seen_cross: receive each layer's attention.
    """
    t = len(ids)
    causal = stack == "decoder"
    if c["globalBlocks"] == 0:
        block_of = ([0] * t, 0)
    elif causal:
        most = c["maxTargetTokens"] + (c["maxTokens"] if c["encoderLayers"] == 0 else 0)
        length = -(-most // c["globalBlocks"])
        blocks = [s // length for s in range(t)]
        block_of = (blocks, blocks[-1])
    else:
        used = min(c["globalBlocks"], t)
        block_of = ([s * used // t for s in range(t)], used)
    x = p["transformer.shared.weight"][torch.tensor(ids)] if embedded is None else embedded
    for i in range(c[stack + "Layers"]):
        b = f"transformer.{stack}.block.{i}.layer."
        radius = c["radius"][min(i, len(c["radius"]) - 1)]
        x = x + self_attention(norm(x, p[b + "0.layer_norm.weight"]), stack, i, radius, causal, block_of, p, c, seen)
        n = 1
        if memory is not None:
            x = x + cross_attention(norm(x, p[b + "1.layer_norm.weight"]), memory, i, p, c, seen_cross)
            n = 2
        x = x + feed_forward(norm(x, p[b + f"{n}.layer_norm.weight"]), b + f"{n}.", p, c)
    return norm(x, p[f"transformer.{stack}.final_layer_norm.weight"])


def forward(source, shifted, p, c):
    if c["encoderLayers"] == 0:
        both = run_stack("decoder", source + shifted, None, p, c)
        return both[:len(source)], both[len(source):]
    hidden = run_stack("encoder", source, None, p, c)
    return hidden, run_stack("decoder", shifted, hidden, p, c)


def corrupt(sequence, rng):
    """Four hidden spans between visible stretches."""
    ids = [FIRST_BASE + "ACGTN".index(base) for base in sequence]
    cuts = sorted(rng.sample(range(1, len(ids)), 7))
    edges = [0] + cuts + [len(ids)]
    source, target = [], []
    for i in range(4):
        source += ids[edges[2 * i]:edges[2 * i + 1]] + [FIRST_SENTINEL + i]
        target += [FIRST_SENTINEL + i] + ids[edges[2 * i + 1]:edges[2 * i + 2]]
    return source + [END], target + [END]


def floats(tensor):
    return base64.b64encode(tensor.detach().numpy().astype("<f4").tobytes()).decode()


def checksum(tensor):
    flat = tensor.detach().double().flatten()
    weights = torch.tensor(uniform("checksum", flat.numel()))
    return [float(flat.abs().sum()), float((flat * weights).sum())]


def run(c, sequences, full):
    rng = random.Random(5)
    p = make(c)
    rows = [corrupt(s, rng) for s in sequences]
    hiddens, decodeds, loss = [], [], 0
    for source, target in rows:
        hidden, decoded = forward(source, [PAD] + target[:-1], p, c)
        head = p["transformer.shared.weight"] / math.sqrt(c["width"]) if c["tied"] else p["lm_head.weight"]
        scores = decoded @ head.t()
        loss = loss + (torch.logsumexp(scores, 1) - scores[torch.arange(len(target)), torch.tensor(target)]).sum()
        hiddens.append(hidden)
        decodeds.append(decoded)
    grads = torch.autograd.grad(loss, list(p.values()), allow_unused=True)
    record = floats if full else checksum
    return {"config": c, "sequences": sequences, "inputs": [r[0] for r in rows], "targets": [r[1] for r in rows],
            "parameters": sum(v.numel() for v in p.values()), "hidden": record(torch.cat(hiddens)), "decoder": record(torch.cat(decodeds)),
            "loss": float(loss), "gradients": {n: record(g) for n, g in zip(p, grads) if g is not None}}


def main():
    torch.set_num_threads(1)
    rows = [line.split(",")[0] for line in (ROOT / "samples/fly_splice/test.csv").read_text().splitlines()[1:8]]
    sequences = [rows[0] + rows[1][:61], rows[2], rows[3] + rows[4][:28]]
    base = {"width": 16, "heads": 2, "headWidth": 5, "feedForward": 12, "encoderLayers": 2, "decoderLayers": 2, "radius": [3, 7], "globalBlocks": 5,
            "buckets": 8, "distance": 20, "maxTokens": 200, "maxTargetTokens": 130, "kind": "gated-gelu", "tanhGelu": False, "scale": True, "tied": False}
    jobs = {
        "windowed": (base, True),
        "released": ({**base, "width": 24, "encoderLayers": 4, "radius": [2, 2, 2, 9], "tanhGelu": True, "scale": False}, False),
        "first_t5": ({**base, "kind": "relu", "globalBlocks": 0, "radius": [1000], "tied": True}, False),
        "decoder_only": ({**base, "encoderLayers": 0, "decoderLayers": 3, "radius": [4, 6, 40], "globalBlocks": 9}, False),
    }
    for name, (config, full) in jobs.items():
        text = json.dumps(run(config, sequences, full), indent=1).replace("\n   ", " ").replace("\n  ]", " ]")
        (HERE / f"{name}.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
