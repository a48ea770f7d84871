#!/usr/bin/env python3
"""Muon in numpy, double precision, written from the papers' formulas; AdamW by torch.optim. Makes muon.json beside it:

    python3 muon_reference.py > muon.json        (made with numpy 2.2.4 and torch 2.6.0)

Weights and gradients follow from formulas that the test computes too, so the file holds results only.
"""
import json
import math

import numpy as np
import torch

SHAPES = {"wide": (4, 7), "tall": (9, 3), "square": (5, 5), "table": (6, 4), "bias": (7,)}
MATRICES = ("wide", "tall", "square")
STEPS, RATE, DECAY, BETAS, EPS = 4, 0.01, 0.1, (0.9, 0.99), 1e-8


def start(place, shape):
    return np.array([0.5 * math.cos(0.37 * i + place) for i in range(math.prod(shape))]).reshape(shape)


def gradient(place, shape, step):
    return np.array([math.sin(0.61 * i * i + 1.7 * place + 0.9 * step) for i in range(math.prod(shape))]).reshape(shape)


def orthogonal(g, steps):
    a, b, c = 3.4445, -4.7750, 2.0315
    x = g.T if g.shape[0] > g.shape[1] else g
    x = x / (np.linalg.norm(x) + 1e-7)
    for _ in range(steps):
        s = x @ x.T
        x = a * x + (b * s + c * s @ s) @ x
    return x.T if g.shape[0] > g.shape[1] else x


def muon(w, gradients, momentum, nesterov, steps, scale):
    # Jordan's later form: a running mean. Its direction is that of a running sum.
    mean = np.zeros_like(w)
    for g in gradients:
        mean = momentum * mean + (1 - momentum) * g
        look = (1 - momentum) * g + momentum * mean if nesterov else mean
        rows, columns = w.shape
        size = math.sqrt(max(1, rows / columns)) if scale == "original" else 0.2 * math.sqrt(max(rows, columns))
        w = w * (1 - RATE * DECAY) - RATE * size * orthogonal(look, steps)
    return w


def adamw(w, gradients):
    p = torch.nn.Parameter(torch.tensor(w))
    optimizer = torch.optim.AdamW([p], lr=RATE, betas=BETAS, eps=EPS, weight_decay=DECAY if w.ndim > 1 else 0)
    for g in gradients:
        p.grad = torch.tensor(g)
        optimizer.step()
    return p.detach().numpy()


cases = []
for options in ({}, {"scale": "original"}, {"nesterov": False, "momentum": 0.8}, {"steps": 3}):
    full = {"momentum": 0.95, "nesterov": True, "steps": 5, "scale": "adam"} | options
    weights = {}
    for place, (name, shape) in enumerate(SHAPES.items()):
        gradients = [gradient(place, shape, step) for step in range(STEPS)]
        w = start(place, shape)
        w = muon(w, gradients, **full) if name in MATRICES else adamw(w, gradients)
        weights[name] = [round(float(v), 9) for v in w.ravel()]
    cases.append({"options": options, "weights": weights})
print(json.dumps({"cases": cases}))
