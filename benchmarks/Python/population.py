"""The peer of `population compare`: the same statistics in numpy and scipy, vectorised as one would write them.

    population.py REAL ARTIFICIAL [BOOTSTRAP]

Two .hapt files; prints one JSON line: milliseconds from reading to the last figure, peak memory, and the figures without intervals.
Distances and LD are products of matrices in float32, in blocks where whole ones would not fit; components by scipy's Lanczos.
"""
import gzip
import json
import resource
import sys
import time

import numpy as np
from scipy.sparse.linalg import eigsh
from scipy.stats import wasserstein_distance

BLOCK, PAIRS, COMPONENTS, RARE = 1024, 20_000, 6, 0.2


def read(path):
    rows = []
    with (gzip.open if path.endswith(".gz") else open)(path, "rb") as file:
        for line in file:
            rows.append(np.frombuffer(line.split(None, 2)[2].strip(), np.uint8)[::2] - 48)
    return np.array(rows, np.float32)


def axes(real):
    mean = real.mean(0)
    centred = (real - mean).astype(np.float64)
    small = centred.T @ centred if centred.shape[1] <= centred.shape[0] else centred @ centred.T
    values, vectors = eigsh(small, COMPONENTS, v0=np.ones(len(small)))
    order = np.argsort(-values)
    values, vectors = values[order], vectors[:, order]
    if len(small) != real.shape[1]:
        vectors = centred.T @ vectors / np.sqrt(values)
    vectors = vectors * np.sign(vectors[np.abs(vectors).argmax(0), range(COMPONENTS)])
    return mean, vectors


def r2(sites, frequency, block):
    """Rows of the matrix of squared correlations."""
    joint = sites[block] @ sites.T / sites.shape[1]
    with np.errstate(all="ignore"):
        variance = frequency * (1 - frequency)
        variance[variance <= 0] = np.nan
        r = (joint - np.outer(frequency[block], frequency)) / np.sqrt(np.outer(variance[block], variance))
    return (r * r).astype(np.float64)


def linkage(real, other):
    """Correlation of r2 over pairs, mean difference, and means by distance in SNPs and over squares of SNPs."""
    width = real.shape[1]
    a, b, sums = np.ascontiguousarray(real.T), np.ascontiguousarray(other.T), np.zeros(6)
    fa, fb = a.mean(1, dtype=np.float64), b.mean(1, dtype=np.float64)
    edges = np.unique(np.round((width) ** (np.arange(51) / 50)).astype(int))
    bins = np.searchsorted(edges, np.arange(width), "right") - 1
    decay, cells = np.zeros((3, len(edges) + 1)), min(200, width)
    cell = np.arange(width) * cells // width
    starts = np.searchsorted(cell, np.arange(cells))
    maps = np.zeros((2, cells, cells))
    for first in range(0, width, BLOCK):
        block = slice(first, min(width, first + BLOCK))
        x, y = r2(a, fa, block), r2(b, fb, block)
        rows = np.arange(width)[block]
        keep = np.isfinite(x) & np.isfinite(y) & (rows[:, None] < np.arange(width))
        xs, ys = x[keep], y[keep]
        sums += [len(xs), xs.sum(), ys.sum(), xs @ xs, ys @ ys, xs @ ys]
        distance = bins[(np.arange(width) - rows[:, None])[keep]]
        for k, weights in enumerate((None, xs, ys)):
            decay[k] += np.bincount(distance, weights, len(edges) + 1)
        x[~keep], y[~keep] = 0, 0
        for k, m in enumerate((x, y)):
            np.add.at(maps[k], cell[block], np.add.reduceat(m, starts, 1))
    n, x, y, xx, yy, xy = sums
    return (xy - x * y / n) / np.sqrt((xx - x * x / n) * (yy - y * y / n)), (y - x) / n


def distances(a, b, same):
    """Ordered pairs by distance, the same for each row of the first, and the nearest of each."""
    width = a.shape[1]
    ones, hist, nearest = b.sum(1), np.zeros((len(a), width + 1), np.int32), []
    for first in range(0, len(a), BLOCK):
        part = a[first:first + BLOCK]
        d = np.rint(part.sum(1)[:, None] + ones - 2 * (part @ b.T)).astype(np.int64)
        rows = np.arange(len(part))
        flat = np.bincount((d + rows[:, None] * (width + 1)).ravel(), minlength=len(part) * (width + 1))
        hist[first:first + BLOCK] = flat.reshape(len(part), width + 1)
        if same:
            hist[first + rows, 0] -= 1
            d[rows, first + rows] = width + 1
        nearest.append(d.min(1))
    return hist.sum(0, dtype=np.int64), hist, np.concatenate(nearest)


def between(a, b):
    """Wasserstein distance of two distributions over 0, 1, 2, ... (of many at once: the last axis)."""
    return np.abs(np.cumsum(a, -1) / a.sum(-1, keepdims=True) - np.cumsum(b, -1) / b.sum(-1, keepdims=True)).sum(-1)


def wins(other, own):
    return np.where(other > own, 1.0, np.where(other == own, 0.5, 0.0))


def compare(real, other, draws):
    rng = np.random.default_rng(1)
    wr = rng.multinomial(len(real), np.full(len(real), 1 / len(real)), draws).astype(np.float32)
    wo = rng.multinomial(len(other), np.full(len(other), 1 / len(other)), draws).astype(np.float32)
    figures, drawn = {}, {}
    p, q = real.mean(0, dtype=np.float64), other.mean(0, dtype=np.float64)
    rare = p < RARE
    pd, qd = wr @ real / len(real), wo @ other / len(other)
    figures["allele_frequency_r"] = np.corrcoef(p, q)[0, 1]
    figures["allele_frequency_r_rare"] = np.corrcoef(p[rare], q[rare])[0, 1]
    figures["allele_frequency_difference"] = np.abs(p - q).mean()
    drawn["allele_frequency_r"] = [np.corrcoef(a, b)[0, 1] for a, b in zip(pd, qd)]
    drawn["allele_frequency_r_rare"] = [np.corrcoef(a[rare], b[rare])[0, 1] for a, b in zip(pd, qd)]

    mean, vectors = axes(real)
    x, y = (real - mean) @ vectors, (other - mean) @ vectors
    for k in range(COMPONENTS):
        figures[f"pca_wasserstein_{k + 1}"] = wasserstein_distance(x[:, k], y[:, k])
        drawn[f"pca_{k}"] = [wasserstein_distance(x[:, k], y[:, k], u, v) for u, v in zip(wr, wo)]
    figures["pca_wasserstein_mean"] = np.mean([figures[f"pca_wasserstein_{k + 1}"] for k in range(COMPONENTS)])

    figures["ld_r"], figures["ld_mean_difference"] = linkage(real, other)
    varying = np.flatnonzero((p > 0) & (p < 1))
    pairs = rng.choice(varying, (PAIRS if draws else 0, 2))
    rr = []
    for data, weights, ones in ((real, wr, pd), (other, wo, qd)):
        parts = []
        for first in range(0, len(pairs), BLOCK):
            i, j = pairs[first:first + BLOCK].T
            joint = weights @ (data[:, i] * data[:, j]) / len(data)
            a, b = ones[:, i], ones[:, j]
            with np.errstate(all="ignore"):
                parts.append((joint - a * b) ** 2 / (a * (1 - a) * b * (1 - b)))
        rr.append(np.concatenate(parts, 1) if parts else np.zeros((draws, 0)))
    for a, b in zip(*rr):
        ok = np.isfinite(a) & np.isfinite(b)
        drawn.setdefault("ld_r", []).append(np.corrcoef(a[ok], b[ok])[0, 1])

    rr_all, rr_rows, rr_near = distances(real, real, True)
    oo_all, oo_rows, oo_near = distances(other, other, True)
    or_all, or_rows, or_near = distances(other, real, False)
    ro_all, ro_rows, ro_near = distances(real, other, False)
    figures["distance_within_mean"] = oo_all @ np.arange(len(oo_all)) / oo_all.sum()
    figures["distance_between_mean"] = or_all @ np.arange(len(or_all)) / or_all.sum()
    figures["distance_within_wasserstein"] = between(oo_all, rr_all)
    figures["distance_between_wasserstein"] = between(or_all, rr_all)
    if draws:
        real_d = rr_all + 2 * ((wr - 1) @ rr_rows)
        drawn["within"] = between(oo_all + 2 * ((wo - 1) @ oo_rows), real_d)
        drawn["between"] = between(or_all + (wo - 1) @ or_rows + (wr - 1) @ ro_rows, real_d)
    truth, synthetic = wins(ro_near, rr_near), wins(or_near, oo_near)
    figures["adversarial_accuracy_truth"] = truth.mean()
    figures["adversarial_accuracy_synthetic"] = synthetic.mean()
    figures["adversarial_accuracy"] = (truth.mean() + synthetic.mean()) / 2
    drawn["adversarial_accuracy"] = (wr @ truth / len(real) + wo @ synthetic / len(other)) / 2
    figures["copies_of_training"] = (or_near == 0).mean()
    figures["nearest_training_median"] = np.median(or_near)
    figures["nearest_training_wasserstein"] = wasserstein_distance(or_near, rr_near)
    drawn["nearest"] = [np.median(np.repeat(or_near, w.astype(int))) for w in wo]
    drawn["nearest_w"] = [wasserstein_distance(or_near, rr_near, v, u) for u, v in zip(wr, wo)]
    figures["repeated"] = 1 - len(np.unique(np.packbits(other.astype(np.uint8), 1), axis=0)) / len(other)
    if draws:
        for values in drawn.values():
            np.percentile(values, [2.5, 97.5])
    return figures


if __name__ == "__main__":
    begun = time.perf_counter()
    result = compare(read(sys.argv[1]), read(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 200)
    print(json.dumps({
        "ms": (time.perf_counter() - begun) * 1000,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "figures": {name: float(value) for name, value in result.items()},
    }))
