"""Records what scikit-learn computes for small random problems.

Run with Debian's python3-sklearn (1.2.1): /usr/bin/python3 make_metrics.py
Probabilities are float32 and written with all digits, so that both sides see the same ties.
"""
import json
import os

import numpy as np
from sklearn import metrics as m
from sklearn.preprocessing import label_binarize

rng = np.random.default_rng(20240229)
cases = []


def softmax(x):
    e = np.exp(x - x.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def case(name, n, classes, skew=0.0, ties=None, noise=1.5, predicted=None):
    weights = np.exp(-skew * np.arange(classes))
    truth = rng.choice(classes, n, p=weights / weights.sum())
    if len(set(truth)) < classes:
        truth[:classes] = np.arange(classes)
    scores = softmax(rng.normal(0, noise, (n, classes)) + 1.5 * np.eye(classes)[truth])
    if ties:
        scores = np.round(scores * ties) / ties + 1e-3
        scores = scores / scores.sum(1, keepdims=True)
    scores = scores.astype(np.float32)
    guess = scores.argmax(1) if predicted is None else np.full(n, predicted)
    values = {
        "accuracy": m.accuracy_score(truth, guess),
        "mcc": m.matthews_corrcoef(truth, guess),
    }
    for average in ("macro", "weighted", "micro"):
        p, r, f, _ = m.precision_recall_fscore_support(truth, guess, average=average, zero_division=0)
        values[f"precision {average}"], values[f"recall {average}"], values[f"f1 {average}"] = p, r, f
    if classes == 2:
        for positive in (0, 1):
            p, r, f, _ = m.precision_recall_fscore_support(truth, guess, average="binary", pos_label=positive, zero_division=0)
            values[f"precision binary {positive}"], values[f"recall binary {positive}"], values[f"f1 binary {positive}"] = p, r, f
        values["auroc"] = m.roc_auc_score(truth, scores[:, 1])
        values["auprc"] = m.average_precision_score(truth, scores[:, 1])
        values["brier"] = m.brier_score_loss(truth, scores[:, 1].astype(np.float64))
    else:
        values["auroc"] = m.roc_auc_score(truth, scores, multi_class="ovo", average="macro")
        values["auprc"] = m.average_precision_score(label_binarize(truth, classes=range(classes)), scores, average="macro")
    cases.append({
        "name": name,
        "truth": truth.tolist(),
        "predicted": guess.tolist(),
        "probabilities": [[float(v) for v in row] for row in scores],
        "values": {k: float(v) for k, v in values.items()},
    })


case("two classes", 60, 2)
case("two classes, rare positive", 80, 2, skew=2.5)
case("two classes, many ties", 80, 2, ties=6)
case("two classes, hard", 40, 2, noise=6)
case("two classes, all predicted 0", 30, 2, predicted=0)
case("two classes, all predicted 1", 30, 2, predicted=1)
case("three classes", 70, 3)
case("three classes, skewed", 90, 3, skew=1.5)
case("three classes, one never predicted", 40, 3, predicted=1)
case("five classes, many ties", 90, 5, ties=5)
case("seven classes", 80, 7, skew=0.4)

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "metrics.json"), "w") as out:
    json.dump(cases, out, indent=None, separators=(",", ":"))
    out.write("\n")
