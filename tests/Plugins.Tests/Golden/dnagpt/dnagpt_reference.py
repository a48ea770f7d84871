"""An independent DNAGPT in Python torch, for tests to compare with.

Written from Zhang et al. 2023 (DNAGPT) and Radford et al. 2019 (GPT-2) alone; shares no code with the C# side. Weights
follow a formula that both sides compute, so no weights are stored. Run from the repository's root, with a Python that has
torch (Debian: python3-torch):

    /usr/bin/python3 tests/Plugins.Tests/Golden/dnagpt/dnagpt_reference.py

It rewrites gpt_tiny.json (every gradient in full) and gpt_small.json (a checksum of every gradient) beside itself.
"""
import base64
import itertools
import json
import math
import pathlib
import zlib

import numpy
import torch

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[3]
SYMBOLS = "0123456789+-*/=&|!MBPRIKLOQSUVWYXZ"


def vocabulary(k):
    """Symbols, then words of 1 to k letters in product order of N, A, G, C, T."""
    texts = [f"<{s}>" for s in SYMBOLS]
    for length in range(1, k + 1):
        texts += ["".join(w) for w in itertools.product("NAGCT", repeat=length)]
    return {text: number for number, text in enumerate(texts)}


def words(sequence, k, ids):
    return [ids[sequence[i:i + k]] for i in range(0, len(sequence), k)]


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
    if len(shape) == 1:
        values = 1.0 + 0.2 * values
    elif name in ("transformer.wte.weight", "transformer.wpe.weight"):
        values = 0.5 * values
    else:
        values = values * (1.5 / math.sqrt(shape[-1]))
    return torch.tensor(values, dtype=torch.float32).requires_grad_()


def make(c):
    p = {}
    d, v = c["width"], c["vocabulary"]
    def add(name, *shape):
        p[name] = parameter(name, *shape)
    add("transformer.wte.weight", v, d)
    add("transformer.wpe.weight", c["positions"], d)
    for i in range(c["layers"]):
        block = f"transformer.h.{i}."
        add(block + "ln_1.weight", d)
        add(block + "attn.c_attn.weight", 3 * d, d)
        add(block + "attn.c_proj.weight", d, d)
        add(block + "ln_2.weight", d)
        add(block + "mlp.c_fc.weight", 4 * d, d)
        add(block + "mlp.c_proj.weight", d, 4 * d)
    add("transformer.ln_f.weight", d)
    for name, a, b in (("number_embedding", 1, d), ("mlm_head", d, v), ("num_regression", d, 1)):
        add(name + ".0.weight", d, a)
        add(name + ".2.weight", d)
        add(name + ".3.weight", b, d)
    return p


def norm(x, weight):
    mean = x.mean(-1, keepdim=True)
    variance = ((x - mean) ** 2).mean(-1, keepdim=True)
    return (x - mean) / torch.sqrt(variance + 1e-5) * weight


def gelu_tanh(x):
    return 0.5 * x * (1.0 + torch.tanh(math.sqrt(2.0 / math.pi) * (x + 0.044715 * x * x * x)))


def two_layers(x, p, name):
    """Linear, SiLU, layer norm, Linear."""
    inner = x @ p[name + ".0.weight"].t()
    inner = norm(inner * torch.sigmoid(inner), p[name + ".2.weight"])
    return inner @ p[name + ".3.weight"].t()


def decode(tokens, p, c, embedded=None, seen=None):
    """One row of ids, or (id, number) pairs: no padding at all on this side. Returns T D.

    embedded, "T D": in place of the tokens' rows of the table. seen: receives each layer's attention, "H T T".
    """
    ids = torch.tensor([t if isinstance(t, int) else t[0] for t in tokens])
    x = p["transformer.wte.weight"][ids] if embedded is None else embedded
    vectors = [two_layers(torch.tensor([[t[1]]]), p, "number_embedding")[0] if isinstance(t, tuple) else x[i] for i, t in enumerate(tokens)]
    x = torch.stack(vectors) + p["transformer.wpe.weight"][:len(tokens)]
    h, n = c["heads"], len(tokens)
    for i in range(c["layers"]):
        block = f"transformer.h.{i}."
        q, k, v = (norm(x, p[block + "ln_1.weight"]) @ p[block + "attn.c_attn.weight"].t()).split(c["width"], 1)
        heads, shares = [], torch.zeros(h, n, n)
        for head, (q1, k1, v1) in enumerate(zip(q.chunk(h, 1), k.chunk(h, 1), v.chunk(h, 1))):
            rows = []
            for t in range(n):
                scores = (k1[:t + 1] @ q1[t]) / math.sqrt(q1.shape[1])
                share = torch.softmax(scores, 0)
                shares[head, t, :t + 1] = share.detach()
                rows.append(share @ v1[:t + 1])
            heads.append(torch.stack(rows))
        if seen is not None:
            seen.append(shares)
        x = x + torch.cat(heads, 1) @ p[block + "attn.c_proj.weight"].t()
        wide = gelu_tanh(norm(x, p[block + "ln_2.weight"]) @ p[block + "mlp.c_fc.weight"].t())
        x = x + wide @ p[block + "mlp.c_proj.weight"].t()
    return norm(x, p["transformer.ln_f.weight"])


def cross_entropy(hidden, wanted, p):
    scores = two_layers(hidden, p, "mlm_head")
    return torch.logsumexp(scores, -1) - scores[wanted]


def causal_lm(rows, p, c):
    """Every token from the one before on, numbers apart."""
    total, count, hiddens = 0.0, 0, []
    for row in rows:
        hidden = decode(row, p, c)
        hiddens.append(hidden)
        for t in range(1, len(row)):
            if isinstance(row[t], int):
                total = total + cross_entropy(hidden[t - 1], row[t], p)
                count += 1
    return total, count, torch.cat(hiddens)


def multitask(exercises, p, c, ids):
    """Sums and counts of the three tasks. Each exercise: task, sequence as the model sees it, flipped."""
    tokens, order, gc = [], [], []
    for task, sequence, flipped in exercises:
        row = [ids["<O>"]] + words(sequence, c["k"], ids)
        prompt = {"next": [], "gc": [ids["<=>"], ids["<M>"]], "order": [ids["<=>"], ids["<B>"]]}[task]
        hidden = decode(row + prompt, p, c)
        tokens += [cross_entropy(hidden[t - 1], row[t], p) for t in range(1, len(row))]
        if task == "order":
            order.append(cross_entropy(hidden[-1], ids["A" if flipped else "N"], p))
        elif task == "gc":
            share = sum(b in "GC" for b in sequence) / sum(b in "ACGT" for b in sequence)
            gc.append((two_layers(hidden[-1], p, "num_regression")[0] - share) ** 2)
    return tuple((torch.stack(part).sum(), len(part)) for part in (tokens, order, gc))


def floats(tensor):
    return base64.b64encode(tensor.detach().numpy().astype("<f4").tobytes()).decode()


def checksum(tensor):
    flat = tensor.detach().double().flatten()
    weights = torch.tensor(uniform("checksum", flat.numel()))
    return [float(flat.abs().sum()), float((flat * weights).sum())]


def gradients(loss, p, record):
    grads = torch.autograd.grad(loss, list(p.values()), allow_unused=True, retain_graph=True)
    return {name: record(g) for name, g in zip(p, grads) if g is not None}


def run(c, sequences, full):
    record = floats if full else checksum
    ids = vocabulary(c["k"])
    c["vocabulary"] = len(ids)
    p = make(c)
    numbers = [[round(0.37 * i - 0.8, 6), round(1.2 - 0.31 * i, 6)] for i in range(len(sequences))]
    rows = [[ids["<O>"]] + words(s, c["k"], ids) + [ids["<+>"], ids["<M>"], (ids["<M>"], x), ids["<=>"], ids["<M>"], (ids["<M>"], y)]
            for s, (x, y) in zip(sequences, numbers)]
    loss, count, hidden = causal_lm(rows, p, c)
    result = {"config": c, "sequences": sequences, "numbers": numbers, "parameters": sum(v.numel() for v in p.values()),
              "ids": [[t if isinstance(t, int) else t[0] for t in row] for row in rows],
              "causalLm": {"loss": float(loss), "count": count, "hidden": record(hidden), "gradients": gradients(loss, p, record)}}
    tasks = [("next", sequences[0], False), ("gc", sequences[1][3:], False), ("order", sequences[2][::-1], True), ("order", sequences[0][:-4], False), ("gc", sequences[2], False)]
    parts = multitask(tasks, p, c, ids)
    result["multitask"] = {"exercises": tasks, "sums": [float(s) for s, _ in parts], "counts": [n for _, n in parts]}
    (tokens, n_tokens), (order, n_order), (gc, n_gc) = parts
    for name, entropy in (("pooled", (tokens + order) / (n_tokens + n_order)), ("apart", tokens / n_tokens + order / n_order)):
        total = entropy + 0.01 * gc / n_gc
        result["multitask"][name] = {"loss": float(total), "gradients": gradients(total, p, record)}
    return result


def main():
    torch.set_num_threads(1)
    rows = [line.split(",")[0] for line in (ROOT / "samples/fly_splice/test.csv").read_text().splitlines()[1:5]]
    tiny = {"k": 2, "positions": 24, "width": 8, "layers": 2, "heads": 2}
    small = {"k": 4, "positions": 48, "width": 64, "layers": 4, "heads": 4}
    jobs = (("gpt_tiny", tiny, [rows[0][:30], rows[1][:17] + "N" + rows[1][18:26], rows[2][:23]], True),
            ("gpt_small", small, [rows[0], rows[1][:71], rows[2][:86]], False))
    for name, config, sequences, full in jobs:
        text = json.dumps(run(config, sequences, full), indent=1).replace("\n   ", " ").replace("\n  ]", " ]")
        (HERE / f"{name}.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
