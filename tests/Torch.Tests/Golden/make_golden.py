#!/usr/bin/env python3
"""Records what Python torch computes: operators with their gradients, and AdamW over some steps.

Run with a Python that has torch (Debian: /usr/bin/python3 with python3-torch); writes operators.json and adamw.json
beside this file. Every case is one expression over named inputs; the C# tests hold the same expressions by name.
"""
import json
import math
import os

import torch
import torch.nn.functional as F

torch.manual_seed(20240607)
torch.set_num_threads(1)
CASES = []


def pack(t):
    return {"shape": list(t.shape), "type": str(t.dtype).split(".")[1],
            "data": [float(f"{v:.9g}") if t.is_floating_point() else v for v in t.detach().flatten().tolist()]}


def case(name, inputs, fn):
    leaves = [t.clone().requires_grad_(t.is_floating_point()) for t in inputs]
    outs = fn(*leaves)
    outs = list(outs) if isinstance(outs, (tuple, list)) else [outs]
    real = [o for o in outs if o.is_floating_point() and o.requires_grad]
    grads = [None] * len(leaves)
    if real:
        total = sum((o * torch.linspace(0.5, 1.5, o.numel()).reshape(o.shape)).sum() for o in real)
        total.backward()
        grads = [t.grad for t in leaves]
    CASES.append({"name": name, "inputs": [pack(t) for t in inputs], "outputs": [pack(o) for o in outs],
                  "grads": [None if g is None else pack(g) for g in grads]})


def f(*shape):
    return torch.randn(*shape)


def pos(*shape):
    return torch.rand(*shape) + 0.2


I = torch.tensor
case("add_alpha", [f(2, 3), f(3)], lambda a, b: torch.add(a, b, alpha=2.5))
case("sub_mul_div", [f(2, 3), pos(2, 3)], lambda a, b: (a - b) * a / b)
case("scalar_mix", [f(4), ], lambda a: (2 - a) * 3 / 4 + 1)
case("reciprocal_scalar", [pos(4)], lambda a: 2 / a)
case("remainder_pow", [f(5), pos(5)], lambda a, b: (b ** 2.5) + torch.remainder(a, 0.7))
case("exp_log_sqrt", [pos(6)], lambda a: a.exp() + a.log() + a.sqrt() + a.rsqrt() + a.log1p())
case("trigonometry", [f(6)], lambda a: a.sin() + a.cos() * a.tanh() + a.erf() + a.sigmoid())
case("abs_sign_round", [f(6) * 3], lambda a: a.abs() + a.sign() + a.floor() + a.ceil() + a.round() + a.trunc())
case("clamp_minmax", [f(6), f(6)], lambda a, b: a.clamp(-0.5, 0.5) + torch.maximum(a, b) - torch.minimum(a, b))
case("relu_family", [f(8)], lambda a: F.relu(a) + F.silu(a) + F.leaky_relu(a, 0.1) + F.softplus(a) + F.elu(a))
case("gelu", [f(8)], lambda a: F.gelu(a))
case("softmax", [f(3, 5)], lambda a: F.softmax(a, -1))
case("log_softmax", [f(3, 5)], lambda a: F.log_softmax(a, 1))
case("sum_dims", [f(2, 3, 4)], lambda a: [a.sum(), a.sum(1), a.sum((0, 2), keepdim=True)])
case("mean_std_var", [f(2, 3, 4)], lambda a: [a.mean(), a.mean((1,)), a.std(), a.var(-1, unbiased=False), a.std(1)])
case("prod_cumsum", [pos(2, 4)], lambda a: [a.prod(), a.prod(1), a.cumsum(1)])
case("max_min_dim", [f(3, 4)], lambda a: [a.max(), a.min(), *a.max(1), *a.min(0, keepdim=True)])
case("amax_logsumexp_norm", [f(3, 4)], lambda a: [a.amax((0, 1)), a.logsumexp(1), a.norm(), a.norm(dim=1, p=1)])
case("argmax_sort_topk", [f(3, 5)], lambda a: [a.argmax(), a.argmax(1), a.argsort(1), *a.sort(1, descending=True), *a.topk(2)])
case("comparisons", [I([1., 2., 3.]), I([3., 2., 1.])], lambda a, b: [a == b, a != b, a < b, a <= b, a > 2, a >= 2])
case("logic", [I([True, True, False]), I([True, False, False])], lambda a, b: [a & b, a | b, a ^ b, ~a, a.logical_not(), a.all(), a.any()])
case("matmul", [f(2, 3, 4), f(4, 5)], lambda a, b: a.matmul(b))
case("mm_bmm_mv", [f(2, 3, 4), f(2, 4, 3), f(4)], lambda a, b, v: [a.bmm(b), a[0].mm(b[0]), a[0].mv(v)])
case("addmm_baddbmm", [f(3, 3), f(3, 4), f(4, 3)], lambda c, a, b: [torch.addmm(c, a, b, beta=0.5, alpha=2.0)])
case("einsum", [f(2, 3, 4), f(2, 5, 4)], lambda a, b: torch.einsum("bij,bkj->bik", a, b))
case("outer_dot", [f(3), f(3)], lambda a, b: [torch.outer(a, b), a.dot(b)])
case("view_reshape", [f(2, 3, 4)], lambda a: [a.view(6, 4), a.reshape(-1, 2), a.flatten(1), a.unsqueeze(1).squeeze(1)])
case("transpose_permute", [f(2, 3, 4)], lambda a: [a.transpose(0, 1), a.permute(2, 0, 1), a[0].t(), a.mT])
case("expand_repeat", [f(1, 3)], lambda a: [a.expand(4, 3), a.repeat(2, 2), a.repeat_interleave(2, 1)])
case("narrow_slice_select", [f(4, 5)], lambda a: [a.narrow(1, 1, 3), a[1:3], a.select(0, 2), a[:, 1::2], a[..., -1]])
case("chunk_split_unbind", [f(4, 6)], lambda a: [*a.chunk(2, 1), *a.split(4, 1), *a.split([1, 3]), *a.unbind(0)])
case("cat_stack", [f(2, 3), f(2, 3)], lambda a, b: [torch.cat([a, b], 1), torch.stack([a, b], 1)])
case("where_masked", [f(3, 3), f(3, 3)], lambda a, b: [torch.where(a > 0, a, b), a.masked_fill(a > 0.5, 9.0), a.masked_select(a > 0)])
case("gather_index", [f(3, 4), I([[0, 1], [2, 3], [1, 1]]), I([2, 0])], lambda a, i, j: [a.gather(1, i), a.index_select(0, j), a[j], a[j, j]])
case("scatter", [f(3, 4), I([[0, 1], [2, 3], [1, 1]]), f(3, 2)], lambda a, i, s: [a.scatter_add(1, i, s), a.index_add(0, I([0, 0, 2]), a, alpha=2)])
case("tril_triu_diag", [f(4, 4)], lambda a: [a.tril(), a.triu(1), a.diag(), a.diagonal(1)])
case("flip_roll_unfold", [f(3, 6)], lambda a: [a.flip(0, 1), a.roll(2, 1), a.unfold(1, 3, 2)])
case("nonzero_unique", [I([[1, 0, 2], [0, 2, 1]])], lambda a: [a.nonzero(), *torch.unique(a, return_inverse=True, return_counts=True)])
case("bincount_isin", [I([1, 2, 2, 5])], lambda a: [a.bincount(), torch.isin(a, I([2, 5])), torch.bucketize(a, I([2, 4]))])
case("linear", [f(2, 3, 4), f(5, 4), f(5)], lambda x, w, b: F.linear(x, w, b))
case("layer_norm", [f(2, 3, 4), f(4), f(4)], lambda x, w, b: F.layer_norm(x, (4,), w, b, 1e-6))
case("group_norm", [f(2, 4, 3), f(4), f(4)], lambda x, w, b: F.group_norm(x, 2, w, b))
case("batch_norm", [f(4, 3), f(3), f(3)], lambda x, w, b: F.batch_norm(x, None, None, w, b, True))
case("embedding", [I([[0, 2], [1, 2]]), f(4, 3)], lambda i, w: F.embedding(i, w, padding_idx=1))
case("conv1d", [f(2, 4, 9), f(6, 2, 3), f(6)], lambda x, w, b: F.conv1d(x, w, b, stride=2, padding=1, groups=2))
case("conv2d", [f(1, 2, 5, 5), f(3, 2, 3, 3), f(3)], lambda x, w, b: F.conv2d(x, w, b, padding=1))
case("pooling", [f(2, 3, 8)], lambda x: [F.max_pool1d(x, 2), F.avg_pool1d(x, 3, 2, 1), F.adaptive_avg_pool1d(x, 3)])
case("pad", [f(2, 5)], lambda x: [F.pad(x, (1, 2), value=3.0), F.pad(x.unsqueeze(0), (2, 1), mode="reflect")])
case("normalize_cosine", [f(3, 4)], lambda x: F.normalize(x, dim=1))
case("attention", [f(2, 2, 3, 4), f(2, 2, 5, 4), f(2, 2, 5, 4)],
     lambda q, k, v: F.softmax(q @ k.transpose(-2, -1) / math.sqrt(4), -1) @ v)
case("attention_causal", [f(1, 2, 4, 3), f(1, 2, 4, 3), f(1, 2, 4, 3)],
     lambda q, k, v: F.softmax((q @ k.transpose(-2, -1) / math.sqrt(3)).masked_fill(~torch.ones(4, 4, dtype=torch.bool).tril(), -math.inf), -1) @ v)
case("attention_mask", [f(1, 1, 2, 3), f(1, 1, 4, 3), f(1, 1, 4, 3), I([[[[True, True, False, True]]]])],
     lambda q, k, v, m: F.softmax((q @ k.transpose(-2, -1) / math.sqrt(3)).masked_fill(~m, -math.inf), -1) @ v)
case("cross_entropy", [f(4, 5), I([1, 0, -100, 4])], lambda x, t: [F.cross_entropy(x, t), F.cross_entropy(x, t, reduction="sum", label_smoothing=0.1), F.cross_entropy(x, t, reduction="none")])
case("cross_entropy_weight", [f(4, 3), I([1, 0, 2, 2])], lambda x, t: F.cross_entropy(x, t, I([0.5, 1.2, 0.9])))
case("nll", [f(3, 4), I([0, 3, 1])], lambda x, t: F.nll_loss(F.log_softmax(x, 1), t))
case("bce_logits", [f(3, 2), torch.rand(3, 2)], lambda x, t: [F.binary_cross_entropy_with_logits(x, t), F.binary_cross_entropy_with_logits(x, t, pos_weight=I([0.5, 2.0]), reduction="sum")])
case("regression_losses", [f(4), f(4)], lambda x, t: [F.mse_loss(x, t), F.l1_loss(x, t, reduction="sum"), F.smooth_l1_loss(x, t), F.huber_loss(x, t, delta=0.5)])
case("kl_div", [f(2, 3), torch.softmax(f(2, 3), 1)], lambda x, t: F.kl_div(F.log_softmax(x, 1), t, reduction="sum"))
case("one_hot", [I([0, 2, 1])], lambda t: F.one_hot(t, 4))
case("factories", [f(1)], lambda _: [torch.arange(2, 9, 3), torch.arange(0, 1, 0.25), torch.linspace(0, 1, 5), torch.eye(2, 3), torch.full((2,), 7), torch.zeros(2), torch.ones(1, 2, dtype=torch.int64)])
case("index_none_mask", [f(3, 4), I([True, False, True])], lambda a, m: [a[None, m], a[:, None, 1:3], a[m, 1], a[..., None, 0]])
case("lerp_addc", [f(3), f(3), pos(3)], lambda a, b, c: [torch.lerp(a, b, c), torch.addcmul(a, b, c, value=0.5), torch.addcdiv(a, b, c, value=0.5)])
case("quantile_median", [f(7)], lambda a: [a.median(), a.quantile(torch.tensor([0.25, 0.5])), a.kthvalue(2).values])
case("std_mean_diff", [f(6)], lambda a: [*torch.std_mean(a), a.diff(), a.cumprod(0)])
case("cdist_kron", [f(3, 2), f(4, 2)], lambda a, b: [torch.cdist(a, b), torch.kron(a, b)])

here = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(here, "operators.json"), "w") as out:
    json.dump({"torch": torch.__version__, "cases": CASES}, out, separators=(",", ":"))
    out.write("\n")


def adamw(weight_decay, amsgrad, clip):
    torch.manual_seed(3)
    weights = [torch.randn(7, 5), torch.randn(11)]
    params = [w.clone().requires_grad_() for w in weights]
    opt = torch.optim.AdamW([{"params": [params[0]], "weight_decay": weight_decay}, {"params": [params[1]], "weight_decay": 0.0, "lr": 3e-3}],
                            lr=1e-2, betas=(0.9, 0.95), eps=1e-8, amsgrad=amsgrad)
    steps = []
    for step in range(20):
        opt.zero_grad()
        # A gradient that both sides compute from the weights themselves.
        loss = sum(((p * (1 + 0.1 * step) - 0.3) ** 2).sum() + p.sin().sum() for p in params)
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(params, clip) if clip else torch.tensor(0.0)
        opt.step()
        if step in (0, 1, 4, 19):
            steps.append({"step": step + 1, "norm": norm.item(), "params": [pack(p) for p in params],
                          "exp_avg": [pack(opt.state[p]["exp_avg"]) for p in params],
                          "exp_avg_sq": [pack(opt.state[p]["exp_avg_sq"]) for p in params]})
    return {"weight_decay": weight_decay, "amsgrad": amsgrad, "clip": clip, "start": [pack(w) for w in weights], "steps": steps}


with open(os.path.join(here, "adamw.json"), "w") as out:
    json.dump({"torch": torch.__version__, "runs": [adamw(0.1, False, 0.0), adamw(0.01, False, 2.0), adamw(0.05, True, 0.0)]}, out, separators=(",", ":"))
    out.write("\n")
