"""The peer of the benchmarks: the same work in Python torch, one request a line on standard input.

Requests are JSON objects; the answer is one JSON line. Any Python from torch 1.13 on, in the fastest of its usual ways.
"""
import json
import math
import os
import resource
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn


class Layer(nn.Module):
    """A post-LN BERT layer as usually written in Python: separate projections, softmax attention, nn.Dropout."""

    def __init__(self, d, h, ff, p):
        super().__init__()
        self.h = h
        self.query, self.key, self.value, self.out = (nn.Linear(d, d) for _ in range(4))
        self.up, self.down = nn.Linear(d, ff), nn.Linear(ff, d)
        self.ln1, self.ln2 = nn.LayerNorm(d, eps=1e-12), nn.LayerNorm(d, eps=1e-12)
        self.drop_a, self.drop1, self.drop2 = nn.Dropout(p), nn.Dropout(p), nn.Dropout(p)

    def forward(self, x, mask):  # x: B T D, mask: B 1 1 T, 0 or -10000
        b, t, d = x.shape
        q, k, v = (f(x).view(b, t, self.h, -1).transpose(1, 2) for f in (self.query, self.key, self.value))
        # Not scaled_dot_product_attention: with dropout it does the same on a CPU, and was slower in bfloat16 (torch 2.6).
        a = torch.matmul(q, k.transpose(-1, -2)) / math.sqrt(d // self.h) + mask
        a = self.drop_a(F.softmax(a, -1))
        c = torch.matmul(a, v).transpose(1, 2).reshape(b, t, d)
        x = self.ln1(x + self.drop1(self.out(c)))
        return self.ln2(x + self.drop2(self.down(F.gelu(self.up(x)))))


class Bert(nn.Module):
    def __init__(self, vocab, layers, d, h, ff, positions=512, p=0.1):
        super().__init__()
        self.words, self.positions, self.types = nn.Embedding(vocab, d), nn.Embedding(positions, d), nn.Embedding(2, d)
        self.ln, self.drop = nn.LayerNorm(d, eps=1e-12), nn.Dropout(p)
        self.layers = nn.ModuleList(Layer(d, h, ff, p) for _ in range(layers))
        self.transform, self.transform_ln = nn.Linear(d, d), nn.LayerNorm(d, eps=1e-12)
        self.bias = nn.Parameter(torch.zeros(vocab))
        for m in self.modules():
            if isinstance(m, (nn.Linear, nn.Embedding)):
                nn.init.normal_(m.weight, 0, 0.02)
            if isinstance(m, nn.Linear):
                nn.init.zeros_(m.bias)

    def encode(self, ids, attention):
        t = ids.shape[1]
        x = self.words(ids) + self.positions(torch.arange(t)) + self.types(torch.zeros_like(ids))
        x = self.drop(self.ln(x))
        mask = (1.0 - attention[:, None, None, :].float()) * -10000.0
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def forward(self, ids, attention):
        x = self.encode(ids, attention)
        x = self.transform_ln(F.gelu(self.transform(x)).float())  # torch 1.13's layer norm takes no bfloat16 with float weights
        return F.linear(x, self.words.weight, self.bias)


def adamw(parameters):
    parameters = list(parameters)
    try:
        return torch.optim.AdamW(parameters, lr=1e-4, weight_decay=0.01, fused=True)
    except RuntimeError:  # before torch 2.4 for CUDA alone
        return torch.optim.AdamW(parameters, lr=1e-4, weight_decay=0.01)


class TrainStep:
    """Python's usual masked-LM loop: the head on every position, torch.optim.AdamW, autocast for bf16."""

    def __init__(self, r):
        torch.manual_seed(1)
        self.r = r
        self.model = Bert(r["vocab"], r["layers"], r["width"], r["heads"], 4 * r["width"])
        self.optimizer = adamw(self.model.parameters())
        g = torch.Generator().manual_seed(2)
        self.ids = torch.randint(5, r["vocab"], (r["batch"], r["length"]), generator=g)
        self.labels = torch.where(torch.rand(self.ids.shape, generator=g) < 0.15, self.ids, torch.tensor(-100))
        self.attention = torch.ones_like(self.ids, dtype=torch.bool)

    def step(self):
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.r["dtype"] == "bf16"):
            logits = self.model(self.ids, self.attention)
        loss = F.cross_entropy(logits.float().view(-1, logits.shape[-1]), self.labels.view(-1), ignore_index=-100)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        return loss.item()


class FinetuneEpoch:
    """The usual Hugging Face loop: shuffled batches padded to their longest, pooler and classifier, AdamW, clipping, linear decay."""

    def __init__(self, r):
        torch.manual_seed(1)
        with open(r["file"]) as file:
            self.rows = [torch.tensor(ids) for ids in json.load(file)]
        self.labels = torch.arange(len(self.rows)) % 2
        self.batch = r["batch"]
        self.model = Bert(r["vocab"], r["layers"], r["width"], r["heads"], 4 * r["width"], r["positions"])
        self.pooler, self.classifier = nn.Linear(r["width"], r["width"]), nn.Linear(r["width"], r["classes"])
        unused = {id(p) for m in (self.model.transform, self.model.transform_ln) for p in m.parameters()} | {id(self.model.bias)}
        self.parameters = [p for m in (self.model, self.pooler, self.classifier) for p in m.parameters() if id(p) not in unused]
        self.optimizer = adamw(self.parameters)
        self.generator = torch.Generator().manual_seed(2)

    def run(self):
        self.model.train()
        order = torch.randperm(len(self.rows), generator=self.generator)
        for chosen in order.split(self.batch):
            rows = [self.rows[i] for i in chosen]
            ids = nn.utils.rnn.pad_sequence(rows, batch_first=True)
            attention = nn.utils.rnn.pad_sequence([torch.ones_like(row) for row in rows], batch_first=True)
            pooled = torch.tanh(self.pooler(self.model.encode(ids, attention)[:, 0]))
            loss = F.cross_entropy(self.classifier(F.dropout(pooled, 0.1)), self.labels[chosen])
            loss.backward()
            nn.utils.clip_grad_norm_(self.parameters, 1.0)
            self.optimizer.step()
            self.optimizer.zero_grad(set_to_none=True)
            loss.item()


def timed(f, repeats):
    out = []
    for _ in range(repeats):
        start = time.perf_counter()
        f()
        out.append((time.perf_counter() - start) * 1e3)
    return out


def add(r):
    x = torch.ones(2, 2)
    with torch.no_grad():
        for _ in range(2000):
            torch.add(x, x)
        start = time.perf_counter()
        for _ in range(r["count"]):
            torch.add(x, x)
        return {"ns": (time.perf_counter() - start) / r["count"] * 1e9}


def kmer(r):
    """DNABERT's way: cut into overlapping k-mer strings, join, split, look each up."""
    k, seq = r["k"], r["sequence"]
    import itertools

    vocab = {"".join(p): i + 5 for i, p in enumerate(itertools.product("ATCG", repeat=k))}
    start = time.perf_counter()
    sentence = " ".join(seq[i : i + k] for i in range(len(seq) - k + 1))
    ids = [vocab.get(token, 1) for token in sentence.split()]
    seconds = time.perf_counter() - start
    return {"megabases_per_second": len(seq) / seconds / 1e6, "checksum": sum(ids)}


class Attention(nn.Module):
    """T5 self-attention as usually written: projections, a learned bias by relative bucket, dense softmax."""

    def __init__(self, r):
        super().__init__()
        inner = r["heads"] * r["head_width"]
        self.r = r
        self.q, self.k, self.v = (nn.Linear(r["width"], inner, bias=False) for _ in range(3))
        self.o = nn.Linear(inner, r["width"], bias=False)
        self.bias = nn.Embedding(r["buckets"], r["heads"])
        place = torch.arange(r["length"])
        distance = place[None, :] - place[:, None]
        half, exact = r["buckets"] // 2, r["buckets"] // 4
        far = exact + (torch.log(distance.abs().clamp(min=1) / exact) / math.log(128 / exact) * (half - exact)).long()
        self.bucket = torch.where(distance.abs() < exact, distance.abs(), far.clamp(max=half - 1)) + (distance > 0) * half
        self.x = torch.randn(1, r["length"], r["width"], requires_grad=True)

    def step(self):
        b, t, _ = self.x.shape
        q, k, v = (f(self.x).view(b, t, self.r["heads"], -1).transpose(1, 2) for f in (self.q, self.k, self.v))
        scores = torch.matmul(q, k.transpose(-1, -2)) / math.sqrt(self.r["head_width"]) + self.bias(self.bucket).permute(2, 0, 1)
        c = torch.matmul(F.softmax(scores, -1), v).transpose(1, 2).reshape(b, t, -1)
        self.o(c).sum().backward()


attentions = {}


def attention(r):
    if r["length"] not in attentions:
        attentions[r["length"]] = Attention(r)
        attentions[r["length"]].step()
    return {"ms": timed(attentions[r["length"]].step, 1)[0]}


def read_tokens(path):
    import array

    tokens = array.array("i")
    with open(path, "rb") as file:
        tokens.frombytes(file.read())
    return tokens.tolist()


def ggram_extract(r):
    """Counter over tokens, over pairs, and over what delimiters leave together; PMI of pairs in bits. -1 ends a record."""
    from collections import Counter

    tokens = read_tokens(r["file"])
    start = time.process_time()
    single = Counter(tokens)
    del single[-1]
    double = Counter(zip(tokens, tokens[1:]))
    for pair in [p for p in double if -1 in p]:
        del double[pair]
    n, m = sum(single.values()), sum(double.values())
    joined = {p for p, c in double.items() if c >= 5 and single[p[0]] >= 5 and single[p[1]] >= 5
              and math.log2((c / m) / (single[p[0]] / n * single[p[1]] / n)) >= r["min_pmi"]}
    candidates = Counter()
    run = tokens[:1]
    for pair in zip(tokens, tokens[1:]):
        if pair in joined:
            run.append(pair[1])
        else:
            if 2 <= len(run) <= r["max_length"]:
                candidates[tuple(run)] += 1
            run = [pair[1]]
    kept = sorted(((c, g) for g, c in candidates.items() if c >= r["min_count"]), key=lambda x: (-x[0], x[1]))
    return {"seconds": time.process_time() - start, "ggrams": len(kept), "occurrences": sum(c for c, _ in kept)}


GGRAMS = {}


def ggram_match(r):
    """ZEN's way: at every place, for every length, look the tuple of tokens up."""
    if not GGRAMS:
        with open(r["ggrams"]) as file:
            GGRAMS.update((tuple(map(int, line.split())), i + 1) for i, line in enumerate(file))
    tokens = [max(t, 0) for t in read_tokens(r["file"])[: r["tokens"]]]
    start = time.process_time()
    found = []
    for i in range(len(tokens)):
        for length in range(2, 6):
            if i + length > len(tokens):
                break
            ggram = tuple(tokens[i : i + length])
            if ggram in GGRAMS:
                found.append((GGRAMS[ggram], i, length))
    return {"seconds": time.process_time() - start, "checksum": sum(f[0] for f in found)}


def matmul(r):
    """Forward GEMM peak of this minute, in GFLOP/s."""
    dtype = torch.bfloat16 if r["dtype"] == "bf16" else torch.float32
    a, b = torch.randn(1024, 768, dtype=dtype), torch.randn(768, 3072, dtype=dtype)
    with torch.no_grad():
        for _ in range(3):
            a @ b
        ms = min(timed(lambda: a @ b, 10))
    return {"gflops": 2 * 1024 * 768 * 3072 / ms / 1e6}


def main():
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", os.cpu_count())))
    steps = {}
    for line in sys.stdin:
        r = json.loads(line)
        what = r["what"]
        if what == "about":
            answer = {"about": f"torch {torch.__version__}"}
        elif what == "train":
            key = r["key"]
            if key not in steps:
                steps[key] = TrainStep(r)
                timed(steps[key].step, r["warmup"])
            timed(steps[key].step, r.get("settle", 0))
            answer = {"ms": timed(steps[key].step, r["repeats"])}
        elif what == "finetune":
            key = r["key"]
            if key not in steps:
                steps[key] = FinetuneEpoch(r)
            answer = {"ms": timed(steps[key].run, 1)[0]}
        elif what == "forget":
            steps.clear()
            answer = {}
        elif what == "memory":
            answer = {"peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}
        else:
            kinds = {"add": add, "attention": attention, "kmer": kmer, "matmul": matmul,
                     "ggram-extract": ggram_extract, "ggram-match": ggram_match}
            answer = kinds[what](r)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
