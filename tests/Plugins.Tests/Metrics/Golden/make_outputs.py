"""Records what scikit-learn and scipy compute for real-valued outputs and for several labels a sample.

Run with Debian's python3-sklearn (1.2.1) and python3-scipy: /usr/bin/python3 make_outputs.py
Numbers are float32 and written with all digits, so that both sides see the same ties. null marks an unknown target.
"""
import json
import os

import numpy as np
from scipy import stats
from sklearn import metrics as m

rng = np.random.default_rng(20240301)
cases = []


def write(name, outputs, targets, values, per_output):
    cases.append({
        "name": name,
        "outputs": [[float(v) for v in row] for row in outputs],
        "targets": [[None if np.isnan(v) else float(v) for v in row] for row in targets],
        "values": {k: float(v) for k, v in values.items()},
        "perOutput": {k: [None if np.isnan(x) else float(x) for x in v] for k, v in per_output.items()},
    })


def columns(outputs, targets):
    for c in range(outputs.shape[1]):
        known = ~np.isnan(targets[:, c])
        yield outputs[known, c].astype(np.float64), targets[known, c].astype(np.float64)


def regression(name, n, width, noise=0.7, ties=None, missing=0.0):
    targets = rng.normal(0, 2, (n, width)) + 3
    outputs = targets + rng.normal(0, noise * 2, (n, width))
    if ties:
        targets, outputs = np.round(targets * ties) / ties, np.round(outputs * ties) / ties
    targets, outputs = targets.astype(np.float32), outputs.astype(np.float32)
    targets[rng.random((n, width)) < missing] = np.nan
    per = {"r2": [], "pearson": [], "spearman": [], "mse": []}
    for o, t in columns(outputs, targets):
        per["r2"].append(m.r2_score(t, o))
        per["pearson"].append(stats.pearsonr(t, o)[0])
        per["spearman"].append(stats.spearmanr(t, o)[0])
        per["mse"].append(m.mean_squared_error(t, o))
    write(name, outputs, targets, {k: np.mean(v) for k, v in per.items()}, per)


def labels(name, n, width, prevalence=0.3, ties=None, missing=0.0):
    targets = (rng.random((n, width)) < prevalence).astype(np.float32)
    scores = 1 / (1 + np.exp(-(rng.normal(0, 1.5, (n, width)) + 2 * targets - 1)))
    if ties:
        scores = np.round(scores * ties) / ties
    scores = scores.astype(np.float32)
    targets[rng.random((n, width)) < missing] = np.nan
    per = {"auroc": [], "auprc": [], "brier": []}
    for o, t in columns(scores, targets):
        per["auroc"].append(m.roc_auc_score(t, o) if 0 < t.sum() < len(t) else np.nan)
        per["auprc"].append(m.average_precision_score(t, o) if t.sum() > 0 else np.nan)
        per["brier"].append(np.mean((o - t) ** 2))
    write(name, scores, targets, {k: np.nanmean(v) for k, v in per.items()}, per)


regression("one output", 60, 1)
regression("two outputs", 50, 2)
regression("many ties", 80, 3, ties=2)
regression("worse than the mean", 40, 2, noise=4)
regression("missing targets", 60, 4, missing=0.3)
labels("five labels", 70, 5)
labels("labels with ties", 90, 4, ties=8)
labels("rare labels, some never", 40, 12, prevalence=0.03)
labels("unknown labels", 60, 6, missing=0.25)

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "outputs.json"), "w") as out:
    json.dump(cases, out, separators=(",", ":"))
    out.write("\n")
