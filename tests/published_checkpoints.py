"""Makes checkpoints in the layouts of the published models, with random weights, and runs them by an independent forward.

Everything here is written from the papers and from the published tensor names; it shares no code with the C# side. It needs
Debian's Python with torch (python3-torch 1.13). Run from the repository's root:

    /usr/bin/python3 tests/published_checkpoints.py small tests/Host.Tests/Checkpoints/Golden/layouts
    /usr/bin/python3 tests/published_checkpoints.py full FOLDER --data ../shared/data

The first writes the small fixtures that the ordinary tests read. The second writes full-size checkpoints (2.6 GB), for

    PLUGINHOST_PUBLISHED=FOLDER dotnet run --project tests/Host.Tests -- -class "*PublishedLayoutTests"

Each folder has the published files and expected.json: the sequences, their token ids, and what the forward gives.
"""
import argparse
import base64
import csv
import json
import math
import pathlib
import struct

import numpy
import torch
from torch.nn import functional as F

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
BPE_SPECIAL = ["[UNK]", "[CLS]", "[SEP]", "[PAD]", "[MASK]"]
SMALL_SEQUENCES = ["ACGTACGTTGCAACGGTACCATGATTACA", "GGGCCCTATAAAAGGC", "TTGACANNTATAATGCGCGT"]


# ---- tokenizers ----

def words(k, order="ATCG"):
    result = [""]
    for _ in range(k):
        result = [w + b for w in result for b in order]
    return result


def kmer_ids(sequence, k, ids, unknown):
    return [ids.get(sequence[i:i + k], unknown) for i in range(len(sequence) - k + 1)]


def small_merges():
    return ["A A", "T T", "G T", "C A", "C G", "AA T", "CG TT", "CA CA", "T AA", "GG C", "G G", "C GT"]


def tokenizer_json(merges):
    merges = [m for m in merges]
    tokens = BPE_SPECIAL + list("ACGT")
    known, usable = set(tokens), []
    for merge in merges:
        left, right = merge.split()
        if left in known and right in known and left + right not in known:
            known.add(left + right)
            tokens.append(left + right)
            usable.append(merge)
    return {
        "version": "1.0", "truncation": None, "padding": None,
        "added_tokens": [{"id": i, "special": True, "content": t, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False} for i, t in enumerate(BPE_SPECIAL)],
        "normalizer": None, "pre_tokenizer": {"type": "Whitespace"},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
            "pair": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "[SEP]", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}, {"SpecialToken": {"id": "[SEP]", "type_id": 1}}],
            "special_tokens": {t: {"id": t, "ids": [BPE_SPECIAL.index(t)], "tokens": [t]} for t in ("[CLS]", "[SEP]")},
        },
        "decoder": None,
        "model": {"type": "BPE", "dropout": None, "unk_token": "[UNK]", "continuing_subword_prefix": None, "end_of_word_suffix": None, "fuse_unk": False, "vocab": {t: i for i, t in enumerate(tokens)}, "merges": usable},
    }


def bpe_tokens(sequence, tokenizer):
    """Merges the pair of lowest rank first, everywhere, until none is left; no merge crosses a letter outside the vocabulary."""
    model = tokenizer["model"]
    ranks = {tuple(m.split()): r for r, m in enumerate(model["merges"])}
    pieces = [c if c in model["vocab"] else None for c in sequence]
    while True:
        best = min((ranks[p] for p in zip(pieces, pieces[1:]) if p in ranks), default=None)
        if best is None:
            return [p if p is not None else "[UNK]" for p in pieces]
        merged, i = [], 0
        while i < len(pieces):
            if i + 1 < len(pieces) and ranks.get((pieces[i], pieces[i + 1])) == best:
                merged.append(pieces[i] + pieces[i + 1])
                i += 2
            else:
                merged.append(pieces[i])
                i += 1
        pieces = merged


def bpe_ids(sequence, tokenizer):
    vocabulary = tokenizer["model"]["vocab"]
    return [vocabulary["[CLS]"]] + [vocabulary[t] for t in bpe_tokens(sequence, tokenizer)] + [vocabulary["[SEP]"]]


# ---- weights ----

def matrix(*shape, scale=None):
    return torch.randn(*shape) * (scale if scale is not None else 1.0 / math.sqrt(shape[-1]))


def norm(p, name, width):
    p[name + ".weight"] = 1 + 0.2 * torch.randn(width)
    p[name + ".bias"] = 0.1 * torch.randn(width)


def dense(p, name, to, frm, bias=True):
    p[name + ".weight"] = matrix(to, frm)
    if bias:
        p[name + ".bias"] = 0.1 * torch.randn(to)


def embeddings(p, name, rows, width, positions=0):
    p[name + ".word_embeddings.weight"] = matrix(rows, width, scale=0.5)
    if positions:
        p[name + ".position_embeddings.weight"] = matrix(positions, width, scale=0.5)
    p[name + ".token_type_embeddings.weight"] = matrix(2, width, scale=0.5)
    norm(p, name + ".LayerNorm", width)


def plain_layer(p, name, c):
    d, f = c["hidden_size"], c["intermediate_size"]
    for part in ("query", "key", "value"):
        dense(p, f"{name}.attention.self.{part}", d, d)
    dense(p, f"{name}.attention.output.dense", d, d)
    norm(p, f"{name}.attention.output.LayerNorm", d)
    dense(p, f"{name}.intermediate.dense", f, d)
    dense(p, f"{name}.output.dense", d, f)
    norm(p, f"{name}.output.LayerNorm", d)


def gated_layer(p, name, c):
    d, f = c["hidden_size"], c["intermediate_size"]
    dense(p, f"{name}.attention.self.Wqkv", 3 * d, d)
    dense(p, f"{name}.attention.output.dense", d, d)
    norm(p, f"{name}.attention.output.LayerNorm", d)
    dense(p, f"{name}.mlp.gated_layers", 2 * f, d, bias=False)
    dense(p, f"{name}.mlp.wo", d, f)
    norm(p, f"{name}.mlp.layernorm", d)


def lm_head(p, c, rows):
    dense(p, "cls.predictions.transform.dense", c["hidden_size"], c["hidden_size"])
    norm(p, "cls.predictions.transform.LayerNorm", c["hidden_size"])
    return 0.1 * torch.randn(rows)


# ---- forwards ----

def layer_norm(p, name, x):
    return F.layer_norm(x, (x.shape[-1],), p[name + ".weight"], p.get(name + ".bias"), 1e-12 if name + ".bias" in p else 1e-5)


def linear(p, name, x):
    return x @ p[name + ".weight"].t() + (p[name + ".bias"] if name + ".bias" in p else 0)


def attend(q, k, v, heads, bias=None):
    t, d = q.shape
    split = lambda x: x.reshape(t, heads, d // heads).transpose(0, 1)
    scores = split(q) @ split(k).transpose(1, 2) / math.sqrt(d // heads)
    if bias is not None:
        scores = scores + bias
    return (scores.softmax(-1) @ split(v)).transpose(0, 1).reshape(t, d)


def slopes(heads):
    power = 2 ** math.floor(math.log2(heads))
    first = [2 ** (-8 * h / power) for h in range(1, power + 1)]
    more = [2 ** (-8 * h / (2 * power)) for h in range(1, 2 * power + 1)][0::2]
    return (first + more)[:heads]


def alibi(heads, t):
    place = torch.arange(t)
    return -torch.tensor(slopes(heads)).reshape(-1, 1, 1) * (place[None, :] - place[:, None]).abs()[None]


def plain_forward(p, name, x, heads):
    q, k, v = (linear(p, f"{name}.attention.self.{part}", x) for part in ("query", "key", "value"))
    x = layer_norm(p, f"{name}.attention.output.LayerNorm", x + linear(p, f"{name}.attention.output.dense", attend(q, k, v, heads)))
    y = linear(p, f"{name}.output.dense", F.gelu(linear(p, f"{name}.intermediate.dense", x)))
    return layer_norm(p, f"{name}.output.LayerNorm", x + y)


def gated_forward(p, name, x, heads, bias=None):
    q, k, v = linear(p, f"{name}.attention.self.Wqkv", x).chunk(3, -1)
    x = layer_norm(p, f"{name}.attention.output.LayerNorm", x + linear(p, f"{name}.attention.output.dense", attend(q, k, v, heads, bias)))
    gate, value = linear(p, f"{name}.mlp.gated_layers", x).chunk(2, -1)
    return layer_norm(p, f"{name}.mlp.layernorm", x + linear(p, f"{name}.mlp.wo", F.gelu(gate) * value))


def embed(p, name, ids, positions=False):
    x = p[name + ".word_embeddings.weight"][ids] + p[name + ".token_type_embeddings.weight"][0]
    if positions:
        x = x + p[name + ".position_embeddings.weight"][: len(ids)]
    return layer_norm(p, name + ".LayerNorm", x)


def lm_scores(p, hidden, bias):
    x = layer_norm(p, "cls.predictions.transform.LayerNorm", F.gelu(linear(p, "cls.predictions.transform.dense", hidden)))
    return x @ p["bert.embeddings.word_embeddings.weight"].t() + bias


def class_scores(p, hidden):
    return linear(p, "classifier", torch.tanh(linear(p, "bert.pooler.dense", hidden[0])))


# ---- files ----

def plain_bytes(tensor):
    tensor = tensor.detach().contiguous()
    return (tensor.view(torch.int16) if tensor.dtype is torch.bfloat16 else tensor).numpy().tobytes()


def write_safetensors(path, state):
    types = {torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16", torch.int64: "I64"}
    header, size = {"__metadata__": {"format": "pt"}}, 0
    for name, tensor in state.items():
        length = tensor.numel() * tensor.element_size()
        header[name] = {"dtype": types[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [size, size + length]}
        size += length
    text = json.dumps(header).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for tensor in state.values():
            file.write(plain_bytes(tensor))


def text(values):
    return base64.b64encode(values.detach().to(torch.float32).contiguous().numpy().tobytes()).decode()


class Folder:
    """One checkpoint with what a forward of it gives."""

    full = False

    def __init__(self, root, name, layout, arguments=()):
        self.path = root / name
        self.path.mkdir(parents=True, exist_ok=True)
        self.expected = {"layout": layout, "arguments": list(arguments), "sequences": [], "ids": [], "hidden": [], "scores": []}

    def json(self, name, value):
        (self.path / name).write_text(json.dumps(value, indent=1) + "\n")

    def lines(self, name, values):
        (self.path / name).write_text("\n".join(values) + "\n")

    def add(self, sequence, ids, hidden, scores=None):
        self.expected["sequences"].append(sequence)
        self.expected["ids"].append(ids)
        self.expected["hidden"].append(text(hidden))
        if scores is not None:
            # A small fixture with a large vocabulary keeps the scores of two tokens.
            self.expected["scores"].append(text(scores if scores.shape[-1] < 1000 or self.full else scores[:2]))

    def done(self):
        self.json("expected.json", self.expected)
        print(self.path.name, sum(f.stat().st_size for f in self.path.iterdir()))


def sizes(full, **more):
    c = dict(hidden_size=768, num_hidden_layers=12, num_attention_heads=12, intermediate_size=3072) if full else dict(hidden_size=12, num_hidden_layers=2, num_attention_heads=3, intermediate_size=20)
    return {"architectures": ["BertForMaskedLM"], "attention_probs_dropout_prob": 0.1, "hidden_act": "gelu", "hidden_dropout_prob": 0.1, "initializer_range": 0.02, "layer_norm_eps": 1e-12, "model_type": "bert", "type_vocab_size": 2, **c, **more}


def dnabert(root, full, sequences, k):
    c = sizes(full, vocab_size=4 ** k + 5, max_position_embeddings=512 if full else 40, output_past=True, pruned_heads={}, eos_token_ids=None)
    vocabulary = SPECIAL + words(k)
    ids = {t: i for i, t in enumerate(vocabulary)}
    p = {}
    embeddings(p, "bert.embeddings", c["vocab_size"], c["hidden_size"], c["max_position_embeddings"])
    for i in range(c["num_hidden_layers"]):
        plain_layer(p, f"bert.encoder.layer.{i}", c)
    dense(p, "bert.pooler.dense", c["hidden_size"], c["hidden_size"])
    encoder = dict(p)
    bias = lm_head(p, c, c["vocab_size"])

    def hidden_of(sequence):
        row = [2] + kmer_ids(sequence, k, ids, 1) + [3]
        x = embed(p, "bert.embeddings", torch.tensor(row), positions=True)
        for i in range(c["num_hidden_layers"]):
            x = plain_forward(p, f"bert.encoder.layer.{i}", x, c["num_attention_heads"])
        return row, x

    def common(folder):
        folder.json("config.json", c)
        folder.lines("vocab.txt", vocabulary)
        folder.json("tokenizer_config.json", {"do_lower_case": True, "max_len": 512})

    # As published: one storage for embedding and decoder, one for the two biases.
    folder = Folder(root, f"dnabert-{k}", "dnabert")
    common(folder)
    state = dict(p)
    state["cls.predictions.bias"] = bias
    state["cls.predictions.decoder.weight"] = state["bert.embeddings.word_embeddings.weight"]
    state["cls.predictions.decoder.bias"] = bias
    torch.save(state, folder.path / "pytorch_model.bin")
    for sequence in sequences:
        row, hidden = hidden_of(sequence)
        folder.add(sequence, row, hidden, lm_scores(p, hidden, bias))
    folder.done()
    if full:
        return
    # A bare encoder of old names in the old container, under a data-parallel wrapper; its head is new.
    folder = Folder(root, "dnabert-bare", "dnabert", ["--new-head", "masked-lm"])
    common(folder)
    old = {"module." + n[len("bert."):].replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta"): t for n, t in encoder.items() if "pooler" not in n}
    old["module.embeddings.position_ids"] = torch.arange(c["max_position_embeddings"])[None]
    torch.save({"state_dict": old, "epoch": 2}, folder.path / "pytorch_model.bin", _use_new_zipfile_serialization=False)
    for sequence in sequences:
        folder.add(sequence, *hidden_of(sequence))
    folder.done()
    # Fine-tuned, three classes, with the masked-LM head still there.
    folder = Folder(root, "dnabert-classifier", "dnabert")
    labels = ["donor", "acceptor", "neither"]
    folder.json("config.json", {**c, "architectures": ["BertForSequenceClassification"], "id2label": {str(i): l for i, l in enumerate(labels)}, "label2id": {l: i for i, l in enumerate(labels)}})
    folder.lines("vocab.txt", vocabulary)
    dense(p, "classifier", 3, c["hidden_size"])
    write_safetensors(folder.path / "model.safetensors", {**{n: p[n] for n in p if not n.startswith("cls.")}, "cls.predictions.bias": bias})
    for sequence in sequences:
        row, hidden = hidden_of(sequence)
        folder.add(sequence, row, hidden, class_scores(p, hidden))
    folder.done()


def dnabert2(root, full, sequences, tokenizer):
    c = sizes(full, vocab_size=len(tokenizer["model"]["vocab"]), alibi_starting_size=512, attention_probs_dropout_prob=0.0, max_position_embeddings=512, position_embedding_type="absolute", classifier_dropout=None)
    torch.manual_seed(2)
    p = {}
    embeddings(p, "bert.embeddings", c["vocab_size"], c["hidden_size"])
    for i in range(c["num_hidden_layers"]):
        gated_layer(p, f"bert.encoder.layer.{i}", c)
    bias = lm_head(p, c, c["vocab_size"])
    # Half precision in the small one: what is computed with are the rounded values.
    dtype = torch.float32 if full else torch.float16
    p = {n: t.to(dtype).float() for n, t in p.items()}
    bias = bias.to(dtype).float()
    folder = Folder(root, "dnabert2", "dnabert2")
    folder.json("config.json", c)
    folder.json("tokenizer.json", tokenizer)
    state = {n: t.to(dtype) for n, t in p.items()}
    state["cls.predictions.decoder.weight"] = state["bert.embeddings.word_embeddings.weight"]
    state["cls.predictions.decoder.bias"] = bias.to(dtype)
    torch.save(state, folder.path / "pytorch_model.bin")
    for sequence in sequences:
        row = bpe_ids(sequence, tokenizer)
        x = embed(p, "bert.embeddings", torch.tensor(row))
        for i in range(c["num_hidden_layers"]):
            x = gated_forward(p, f"bert.encoder.layer.{i}", x, c["num_attention_heads"], alibi(c["num_attention_heads"], len(row)))
        folder.add(sequence, row, x, lm_scores(p, x, bias))
    folder.done()


def genomics_fm(root, full, sequences, tokenizer):
    bpe = sorted(tokenizer["model"]["vocab"], key=tokenizer["model"]["vocab"].get)
    union = bpe + ["[BPE]", "[KMER]"] + [w for w in words(6) if w not in set(bpe)]
    ids = {t: i for i, t in enumerate(union)}
    c = sizes(full, vocab_size=len(union), alibi_starting_size=512, attention_probs_dropout_prob=0.0, max_position_embeddings=512 if full else 40)
    if not full:
        c.update(hidden_size=6, num_attention_heads=2, intermediate_size=10)
    torch.manual_seed(3)
    p = {}
    embeddings(p, "bert.embeddings", c["vocab_size"], c["hidden_size"], c["max_position_embeddings"])
    for i in range(c["num_hidden_layers"]):
        gated_layer(p, f"bert.encoder.layer.{i}", c)
    dense(p, "bert.pooler.dense", c["hidden_size"], c["hidden_size"])
    bias = lm_head(p, c, c["vocab_size"])
    dtype = torch.float32 if full else torch.bfloat16
    p = {n: t.to(dtype).float() for n, t in p.items()}
    bias = bias.to(dtype).float()
    for active in ("KMER", "BPE") if full else ("KMER",):
        folder = Folder(root, f"genomics-fm-{active.lower()}", "genomics-fm", ["--set", f"tokenizer.active={active}", "--set", "tokenizer.activeFor=all"])
        folder.json("config.json", c)
        (folder.path / "tokenizer").mkdir(exist_ok=True)
        (folder.path / "tokenizer_bpe").mkdir(exist_ok=True)
        folder.lines("tokenizer/vocab.txt", union)
        folder.json("tokenizer_bpe/tokenizer.json", tokenizer)
        state = {n: t.to(dtype) for n, t in p.items()}
        state["cls.predictions.decoder.weight"] = state["bert.embeddings.word_embeddings.weight"]
        state["cls.predictions.decoder.bias"] = bias.to(dtype)
        torch.save(state, folder.path / "pytorch_model.bin")
        for sequence in sequences:
            inner = kmer_ids(sequence, 6, ids, ids["[UNK]"]) if active == "KMER" else [ids[t] for t in bpe_tokens(sequence, tokenizer)]
            row = [ids["[CLS]"], ids[f"[{active}]"]] + inner + [ids["[SEP]"]]
            x = embed(p, "bert.embeddings", torch.tensor(row))
            for i in range(c["num_hidden_layers"]):
                x = gated_forward(p, f"bert.encoder.layer.{i}", x, c["num_attention_heads"], alibi(c["num_attention_heads"], len(row)))
            folder.add(sequence, row, x, lm_scores(p, x, bias))
        folder.done()


def found_ggrams(tokens, ggrams, limit):
    """As released: every distinct G-gram once, with the union of its places, by first place, the first ones kept."""
    places = {}
    longest = max(len(g) for g in ggrams)
    for start in range(len(tokens)):
        for length in range(2, longest + 1):
            key = tuple(tokens[start:start + length])
            if len(key) == length and key in ggrams:
                places.setdefault(key, set()).update(range(start, start + length))
    return [(ggrams[key], places[key]) for key in list(places)[:limit]]


def dnazen(root, full, sequences, tokenizer, earlier):
    c = sizes(full, vocab_size=len(tokenizer["model"]["vocab"]), alibi_starting_size=512, attention_probs_dropout_prob=0.0, max_ngram_count=30, max_position_embeddings=512)
    counts = {}
    for sequence in sequences:
        tokens = bpe_tokens(sequence, tokenizer)
        for length in (2, 3):
            for start in range(len(tokens) - length + 1):
                key = tuple(tokens[start:start + length])
                if "[UNK]" not in key:
                    counts[key] = counts.get(key, 0) + 1
    ggrams = {key: i + 1 for i, key in enumerate(sorted(counts, key=lambda k: (-counts[k], k))[:60])}
    rows = 162_708 if full else len(ggrams) + 1
    n_layers = 6 if full else 1
    c["ngram_vocab_size"] = rows
    c["num_word_hidden_layers" if earlier else "num_hidden_ngram_layers"] = n_layers
    torch.manual_seed(4)
    p = {}
    embeddings(p, "bert.embeddings", c["vocab_size"], c["hidden_size"])
    for i in range(c["num_hidden_layers"]):
        gated_layer(p, f"bert.encoder.layer.{i}", c)
    embeddings(p, "bert.ngram_embeddings", rows, c["hidden_size"])
    for i in range(n_layers):
        (gated_layer if earlier else plain_layer)(p, f"bert.encoder.ngram_layer{'' if earlier else 's'}.{i}", c)
    bias = lm_head(p, c, c["vocab_size"])
    folder = Folder(root, "dnazen-earlier" if earlier else "dnazen", "dnazen", ["--set", "tokenizer.order=position", "--set", "tokenizer.repeats=merge"] if earlier else [])
    folder.json("config.json", c)
    folder.json("tokenizer.json", tokenizer)
    folder.json("ngram.json", {"min_ngram_len": 2, "max_ngram_len": 3, "max_ngram_count": 30, "pad_ngram_id": 0, "pad_ngram": "<PAD>", "ngram_size": len(ggrams), "vocab": {" ".join(k): i for k, i in ggrams.items()}})
    # The safetensors writer drops one of two names of a shared storage.
    write_safetensors(folder.path / "model.safetensors", {**p, "cls.predictions.decoder.bias": bias})
    for sequence in sequences:
        row = bpe_ids(sequence, tokenizer)
        heads = c["num_attention_heads"]
        x = embed(p, "bert.embeddings", torch.tensor(row))
        found = found_ggrams(["[CLS]"] + bpe_tokens(sequence, tokenizer) + ["[SEP]"], ggrams, 30)
        match = torch.zeros(len(row), len(found))
        for g, (_, at) in enumerate(found):
            match[list(at), g] = 1
        n = embed(p, "bert.ngram_embeddings", torch.tensor([i for i, _ in found], dtype=torch.long)) if found else None
        for i in range(c["num_hidden_layers"]):
            x = gated_forward(p, f"bert.encoder.layer.{i}", x, heads, alibi(heads, len(row)))
            if found and i < n_layers:
                n = gated_forward(p, f"bert.encoder.ngram_layer.{i}", n, heads) if earlier else plain_forward(p, f"bert.encoder.ngram_layers.{i}", n, heads)
                x = x + match @ n
        if found and earlier:
            x = x + match @ n
        folder.add(sequence, row, x, lm_scores(p, x, bias))
    folder.done()


def dnagpt(root, full, sequences):
    k = 6 if full else 2
    symbols = [f"<{s}>" for s in "0123456789+-*/=&|!MBPRIKLOQSUVWYXZ"]
    vocabulary = symbols + [w for n in range(1, k + 1) for w in words(n, "NAGCT")]
    ids = {t: i for i, t in enumerate(vocabulary)}
    d, layers, heads, positions = (768, 12, 12, 512) if full else (12, 2, 3, 40)
    torch.manual_seed(5)
    p = {"transformer.wte.weight": matrix(len(vocabulary), d, scale=0.5), "transformer.wpe.weight": matrix(positions, d, scale=0.5)}
    for i in range(layers):
        h = f"transformer.h.{i}"
        for name in ("ln_1", "ln_2"):
            p[f"{h}.{name}.weight"] = 1 + 0.2 * torch.randn(d)
        for name, to, frm in (("attn.c_attn", 3 * d, d), ("attn.c_proj", d, d), ("mlp.c_fc", 4 * d, d), ("mlp.c_proj", d, 4 * d)):
            dense(p, f"{h}.{name}", to, frm, bias=False)
    p["transformer.ln_f.weight"] = 1 + 0.2 * torch.randn(d)
    for name, frm, to in (("number_embedding", 1, d), ("mlm_head", d, len(vocabulary)), ("num_regression", d, 1)):
        p[f"{name}.0.weight"], p[f"{name}.2.weight"], p[f"{name}.3.weight"] = matrix(d, frm), 1 + 0.2 * torch.randn(d), matrix(to, d)
    p = {n: t.to(torch.bfloat16).float() for n, t in p.items()}
    folder = Folder(root, "dnagpt", "dnagpt", [] if full else ["--set", f"architecture.attentionHeads={heads}"])
    torch.save({"model": {n: t.to(torch.bfloat16) for n, t in p.items()}}, folder.path / "weights.pth")

    def project(name, x):
        x = F.silu(x @ p[name + ".0.weight"].t())
        return layer_norm(p, name + ".2", x) @ p[name + ".3.weight"].t()

    for sequence in sequences:
        row = [ids[sequence[i:i + k]] for i in range(0, len(sequence), k)]
        x = p["transformer.wte.weight"][row] + p["transformer.wpe.weight"][: len(row)]
        causal = torch.full((len(row), len(row)), -math.inf).triu(1)
        for i in range(layers):
            h = f"transformer.h.{i}"
            q, key, v = (layer_norm(p, h + ".ln_1", x) @ p[h + ".attn.c_attn.weight"].t()).chunk(3, -1)
            x = x + attend(q, key, v, heads, causal) @ p[h + ".attn.c_proj.weight"].t()
            x = x + F.gelu(layer_norm(p, h + ".ln_2", x) @ p[h + ".mlp.c_fc.weight"].t(), approximate="tanh") @ p[h + ".mlp.c_proj.weight"].t()
        x = layer_norm(p, "transformer.ln_f", x)
        folder.add(sequence, row, x, project("mlm_head", x))
    folder.done()


# ---- T5 1.1, ByT5 and the first T5: Raffel et al. 2020, Xue et al. 2022 ----

def relative_buckets(queries, keys, causal, count, farthest):
    """In single precision and with the operations in the order that the published code has."""
    offset = torch.arange(keys)[None, :] - torch.arange(queries)[:, None]
    base = torch.zeros_like(offset)
    if causal:
        distance = (-offset).clamp_min(0)
    else:
        count //= 2
        base = (offset > 0).long() * count
        distance = offset.abs()
    exact = count // 2
    far = exact + (torch.log(distance.float() / exact) / math.log(farthest / exact) * (count - exact)).long()
    return base + torch.where(distance < exact, distance, far.clamp_max(count - 1))


def t5_norm(p, name, x):
    return p[name + ".weight"] * (x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-6))


def t5_attention(p, name, x, memory, heads, bias):
    split = lambda y: y.reshape(y.shape[0], heads, -1).transpose(0, 1)
    q, k, v = split(linear(p, name + ".q", x)), split(linear(p, name + ".k", memory)), split(linear(p, name + ".v", memory))
    context = ((q @ k.transpose(1, 2) + bias).softmax(-1) @ v).transpose(0, 1)
    return linear(p, name + ".o", context.reshape(x.shape[0], -1))


def t5_stack(p, stack, c, ids, memory=None):
    causal, x, heads = stack == "decoder", p["shared.weight"][ids], c["num_heads"]
    table = p[f"{stack}.block.0.layer.0.SelfAttention.relative_attention_bias.weight"]
    t = len(ids)
    bias = table[relative_buckets(t, t, causal, c["relative_attention_num_buckets"], c["relative_attention_max_distance"])].permute(2, 0, 1)
    if causal:
        bias = bias + torch.full((t, t), -math.inf).triu(1)
    for i in range(c["num_decoder_layers" if causal else "num_layers"]):
        layer = f"{stack}.block.{i}.layer."
        y = t5_norm(p, layer + "0.layer_norm", x)
        x = x + t5_attention(p, layer + "0.SelfAttention", y, y, heads, bias)
        if causal:
            x = x + t5_attention(p, layer + "1.EncDecAttention", t5_norm(p, layer + "1.layer_norm", x), memory, heads, 0)
        last = layer + ("2" if causal else "1")
        y, dense_part = t5_norm(p, last + ".layer_norm", x), last + ".DenseReluDense"
        wide = linear(p, dense_part + ".wi", y).relu() if c["feed_forward_proj"] == "relu" else F.gelu(linear(p, dense_part + ".wi_0", y), approximate="tanh") * linear(p, dense_part + ".wi_1", y)
        x = x + linear(p, dense_part + ".wo", wide)
    return t5_norm(p, f"{stack}.final_layer_norm", x)


def t5_state(c):
    d, inner, f = c["d_model"], c["num_heads"] * c["d_kv"], c["d_ff"]
    p = {"shared.weight": matrix(c["vocab_size"], d, scale=0.5)}
    for stack, layers in (("encoder", c["num_layers"]), ("decoder", c["num_decoder_layers"])):
        for i in range(layers):
            parts = ["SelfAttention", "EncDecAttention"] if stack == "decoder" else ["SelfAttention"]
            for n, part in enumerate(parts):
                name = f"{stack}.block.{i}.layer.{n}"
                for projection in "qkv":
                    p[f"{name}.{part}.{projection}.weight"] = matrix(inner, d)
                p[f"{name}.{part}.o.weight"] = matrix(d, inner)
                if i == 0 and n == 0:
                    p[f"{name}.{part}.relative_attention_bias.weight"] = torch.randn(c["relative_attention_num_buckets"], c["num_heads"])
                p[f"{name}.layer_norm.weight"] = 1 + 0.2 * torch.randn(d)
            name = f"{stack}.block.{i}.layer.{len(parts)}"
            for wi in ["wi"] if c["feed_forward_proj"] == "relu" else ["wi_0", "wi_1"]:
                p[f"{name}.DenseReluDense.{wi}.weight"] = matrix(f, d)
            p[f"{name}.DenseReluDense.wo.weight"] = matrix(d, f)
            p[f"{name}.layer_norm.weight"] = 1 + 0.2 * torch.randn(d)
        p[f"{stack}.final_layer_norm.weight"] = 1 + 0.2 * torch.randn(d)
    return p


def enbed(root, full, sequences, tied):
    small = dict(d_model=8, d_kv=6, num_heads=2, d_ff=10, num_layers=2, num_decoder_layers=1, relative_attention_num_buckets=8, relative_attention_max_distance=20)
    released = dict(d_model=1472, d_kv=64, num_heads=6, d_ff=3584, num_layers=12, num_decoder_layers=4, relative_attention_num_buckets=32, relative_attention_max_distance=128)
    c = {"architectures": ["T5ForConditionalGeneration"], "model_type": "t5", "vocab_size": 384, "dropout_rate": 0.1, "layer_norm_epsilon": 1e-6, "is_encoder_decoder": True, "pad_token_id": 0, "eos_token_id": 1, "decoder_start_token_id": 0, "feed_forward_proj": "relu" if tied else "gated-gelu", "tie_word_embeddings": tied, **(released if full else small)}
    torch.manual_seed(7 if tied else 6)
    p = t5_state(c)
    if not tied:
        p["lm_head.weight"] = matrix(c["vocab_size"], c["d_model"])
    folder = Folder(root, "enbed-tied" if tied else "enbed", "enbed")
    folder.expected["targets"] = []
    folder.json("config.json", c)
    if tied:
        # All names of one storage, and the table that the first code made for cross-attention.
        state = dict(p)
        for name in ("encoder.embed_tokens.weight", "decoder.embed_tokens.weight", "lm_head.weight"):
            state[name] = state["shared.weight"]
        state["decoder.block.0.layer.1.EncDecAttention.relative_attention_bias.weight"] = torch.randn(c["relative_attention_num_buckets"], c["num_heads"])
        torch.save(state, folder.path / "pytorch_model.bin")
    else:
        write_safetensors(folder.path / "model.safetensors", p)
    for sequence in sequences:
        row = [3 + b for b in sequence.encode()] + [1]
        target = [0] + [3 + b for b in sequence[2:7].encode()]
        memory = t5_stack(p, "encoder", c, row)
        decoded = t5_stack(p, "decoder", c, target, memory)
        scores = decoded @ (p["shared.weight"] / math.sqrt(c["d_model"]) if tied else p["lm_head.weight"]).t()
        folder.add(sequence, row, memory, scores)
        folder.expected["targets"].append(target)
    folder.done()


def real_sequences(data):
    """A few sequences of GUE, of different lengths."""
    with open(data / "gue" / "prom_core_tata" / "test.csv") as file:
        short = [row["sequence"] for row in csv.DictReader(file)][:2]
    with open(data / "gue" / "mouse_2" / "test.csv") as file:
        return short + [row["sequence"] for row in csv.DictReader(file)][:2]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("size", choices=["small", "full"])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--data", type=pathlib.Path)
    asked = parser.parse_args()
    full = Folder.full = asked.size == "full"
    torch.manual_seed(1)
    torch.set_num_threads(1)
    with torch.no_grad():
        sequences = real_sequences(asked.data) if full else SMALL_SEQUENCES
        tokenizer = json.loads((asked.data / "dnabert2_tokenizer" / "tokenizer.json").read_text()) if full else tokenizer_json(small_merges())
        dnabert(asked.folder, full, sequences, 6 if full else 3)
        dnabert2(asked.folder, full, sequences, tokenizer)
        genomics_fm(asked.folder, full, sequences, tokenizer)
        dnazen(asked.folder, full, sequences, tokenizer, earlier=False)
        if not full:
            dnazen(asked.folder, full, sequences, tokenizer, earlier=True)
        dnagpt(asked.folder, full, sequences)
        for tied in (False, True):
            enbed(asked.folder, full, sequences, tied)


main()
