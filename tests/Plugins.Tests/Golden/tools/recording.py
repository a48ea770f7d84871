"""What is recorded of one model, whatever its family: attention, gradients, attributions, likelihoods. Plain torch in float64."""
import base64
import math
from dataclasses import dataclass
from typing import Callable

import torch
from bert_reference import checksum, uniform

STEPS = 5
LARGEST = 800  # values that are kept one by one


@dataclass
class Row:
    """One sequence, without padding. Axes: T tokens, D hidden size, C classes."""

    ids: list
    bases: list  # whether each token stands for bases
    attending: list  # the tokens whose attention stands for the sequence's
    embedded: torch.Tensor  # "T D"
    start: torch.Tensor  # "D": what integrated gradients put in place of a token of bases
    run: Callable  # (embedded, seen: lists of attention by stack) to the streams, "T D" each
    classes: Callable  # embedded to "C"


def exact(parameters):
    """Weights as both sides have them, rounded to float32, to be computed with in float64."""
    return {name: value.detach().double() for name, value in parameters.items()}


def record(tensor):
    """Base64 of little-endian float32, or two sums where it is large: of sizes, and weighted by formula."""
    shape = list(tensor.shape)
    if tensor.numel() > LARGEST:
        return {"shape": shape, "sums": checksum(tensor)}
    return {"shape": shape, "values": base64.b64encode(tensor.detach().numpy().astype("<f4").tobytes()).decode()}


def weights(name, tensor):
    return torch.tensor(uniform(name, tensor.numel())).view(tensor.shape)


def differentiate(score_of, embedded):
    x = embedded.detach().clone().requires_grad_()
    score = score_of(x)
    return float(score), torch.autograd.grad(score, x)[0]


def log_odds(scores, target):
    others = [scores[c] for c in range(len(scores)) if c != target]
    return scores[target] - torch.logsumexp(torch.stack(others), 0)


def integrated(score_of, row):
    """Sundararajan, Taly and Yan 2017, by the midpoint rule: one number a token, and what they miss of the change of the score."""
    start = torch.stack([row.start if base else own for base, own in zip(row.bases, row.embedded)])
    steps = [differentiate(score_of, start + (s + 0.5) / STEPS * (row.embedded - start))[1] for s in range(STEPS)]
    values = ((row.embedded - start) * sum(steps) / STEPS).sum(1)
    return values, float(values.sum() - (score_of(row.embedded) - score_of(start)))


def rollout(layers, attending):
    """Abnar and Zuidema 2020: half attention, half identity, multiplied up the layers; rows of some tokens, their mean."""
    product = torch.eye(layers[0].shape[1])
    for shares in layers:
        product = (0.5 * shares.mean(0) + 0.5 * torch.eye(shares.shape[1])) @ product
    return product[attending].mean(0)


def observe(rows, classes, baseline):
    """Attention of every layer, and gradients at the embeddings of tokens. baseline: what the rows' start is called."""
    attention, rollouts, received, scores, gradients = {}, [], [], [], []
    attribution = {"baseline": baseline, "steps": STEPS, "targets": [], "scores": [], "timesInput": [], "integrated": [], "gap": []}
    for b, row in enumerate(rows):
        seen = {}
        row.run(row.embedded, seen)
        for stack, layers in seen.items():
            kept = attention.setdefault(stack, [[None] * len(rows) for _ in layers])
            for layer, shares in enumerate(layers):
                kept[layer][b] = record(shares)
        rollouts.append(record(rollout(seen["tokens"], row.attending)))
        received.append(record(seen["tokens"][-1][:, row.attending].mean(1).sum(0)))

        def directed(x):
            return sum((stream * weights(f"stream {i}", stream)).sum() for i, stream in enumerate(row.run(x, {})))
        score, gradient = differentiate(directed, row.embedded)
        scores.append(score)
        gradients.append(record(gradient))

        target = b % classes
        score, gradient = differentiate(lambda x: log_odds(row.classes(x), target), row.embedded)
        values, gap = integrated(lambda x: log_odds(row.classes(x), target), row)
        attribution["targets"].append(target)
        attribution["scores"].append(score)
        attribution["timesInput"].append(record((gradient * row.embedded).sum(1)))
        attribution["integrated"].append(record(values))
        attribution["gap"].append(gap)
    return {"ids": [row.ids for row in rows], "attention": attention, "rollout": rollouts, "received": received,
            "direction": {"scores": scores, "gradients": gradients}, "attribution": attribution}


def log_p(scores, tokens):
    """Sum of ln p over rows of scores, "N V", each of its own token."""
    return float(sum(scores[n, token] - torch.logsumexp(scores[n], 0) for n, token in enumerate(tokens)))


def masked(rows, sequences, scores_of, mask, words):
    """Of each sequence: one token hidden; a stretch hidden, of which all are asked for; and more hidden than asked for.

    scores_of: (sequence, ids, hidden places) to scores "T V". words: the range of tokens that may stand in place of another.
    """
    found = []
    for b, row in enumerate(rows):
        last = len(row.ids) - 2
        for hidden, asked in (([2], [2]), ([3, 4, 5], [3, 4, 5]), ([1, last - 1, last], [last - 1])):
            shown = [mask if t in hidden else token for t, token in enumerate(row.ids)]
            scores = scores_of(sequences[b], shown, hidden)[asked]
            own = [row.ids[t] for t in asked]
            other = [words[0] + (token * 7 + 3) % len(words) for token in own]
            found.append({"row": b, "hidden": hidden, "asked": asked, "candidates": [own, other],
                          "lnP": [log_p(scores, own), log_p(scores, other)]})
    return found


def turned(sequence):
    return sequence[::-1].translate(str.maketrans("ACGT", "TGCA"))


def saturation(sequence, deletions, ln_p):
    """Every substitution in the order of positions, then of A, C, G, T, and each deletion but the last base's behind those of its base.

    ln_p: (sequence, position) to a number. A deletion's wild type is the sequence without its last base. Recorded of the strand that is
    given, and as the mean over both.
    """
    strands = []
    for turn in (False, True):
        mutant, difference = [], []
        for at, base in enumerate(sequence):
            for other in [b for b in "ACGT" if b != base] + ([""] if deletions and at < len(sequence) - 1 else []):
                changed = sequence[:at] + other + sequence[at + 1:]
                wild = sequence if other else sequence[:-1]
                place = len(sequence) - 1 - at if turn else at
                found, before = (ln_p(turned(s) if turn else s, place) for s in (changed, wild))
                mutant.append(found)
                difference.append(found - before)
        strands.append({"mutant": mutant, "difference": difference})
    both = {name: [(a + b) / 2 for a, b in zip(*(strand[name] for strand in strands))] for name in strands[0]}
    return {"sequence": sequence, "one": strands[0], "both": both}


def masked_saturation(sequence, ids_of, k, scores_of, mask):
    """ln p of the tokens that cover a base, all of them hidden; tokens are words of k bases, one from each base on, behind [CLS]."""
    def ln_p(changed, at):
        ids = ids_of(changed)
        over = [t for t in range(1, len(ids) - 1) if t - 1 <= at < t - 1 + k]
        scores = scores_of(changed, [mask if t in over else token for t, token in enumerate(ids)], over)
        return log_p(scores[over], [ids[t] for t in over])
    return saturation(sequence, False, ln_p)
