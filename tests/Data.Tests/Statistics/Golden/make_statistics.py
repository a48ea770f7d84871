"""Records what scipy, and the definitions written out in numpy, give for small problems.

Run with Debian's python3-scipy (1.10.1): /usr/bin/python3 make_statistics.py
"""
import json
import os

import numpy as np
from scipy import stats

rng = np.random.default_rng(1988)


def delong(a, b, y):
    """DeLong, DeLong and Clarke-Pearson (1988), equations 3 to 6, by the definition: every positive against every negative."""
    def psi(s):
        x, z = s[y][:, None], s[~y][None, :]
        return (x > z) + 0.5 * (x == z)
    m, n = y.sum(), (~y).sum()
    kernels = [psi(a), psi(b)]
    area = [k.mean() for k in kernels]
    v10 = [k.mean(1) for k in kernels]
    v01 = [k.mean(0) for k in kernels]
    s = np.cov(v10) / m + np.cov(v01) / n
    error = np.sqrt(s[0, 0] + s[1, 1] - 2 * s[0, 1])
    z = (area[0] - area[1]) / error
    return dict(first=area[0], second=area[1], firstError=np.sqrt(s[0, 0]), secondError=np.sqrt(s[1, 1]), error=error, z=z, p=2 * stats.norm.sf(abs(z)))


def floats(x):
    return [float(v) for v in x]


cases = dict(delong=[], wilcoxon=[], mcnemar=[], fdr=[])
for n, ties in ((12, None), (60, None), (80, 8), (200, 3)):
    y = rng.random(n) < 0.4
    y[:2], y[2:4] = True, False
    a = (y * 0.8 + rng.normal(size=n))
    b = (0.5 * a + y * 0.3 + rng.normal(size=n))
    if ties:
        a, b = np.round(a * ties) / ties, np.round(b * ties) / ties
    a, b = a.astype(np.float32), b.astype(np.float32)
    cases["delong"].append(dict(first=floats(a), second=floats(b), positive=[bool(v) for v in y],
                                result={k: float(v) for k, v in delong(a.astype(np.float64), b.astype(np.float64), y).items()}))

for n, shift, mode in ((1, 0.3, "exact"), (6, 0.6, "exact"), (10, 0.5, "exact"), (28, 0.3, "exact"), (50, 0.1, "exact")):
    d = np.round(rng.normal(shift, 1, n), 6)
    r = stats.wilcoxon(d, mode=mode)
    cases["wilcoxon"].append(dict(differences=floats(d), zeros="Drop", exact=True, p=float(r.pvalue), statistic=float(r.statistic)))
for n, method in ((40, "wilcox"), (40, "pratt"), (300, "wilcox"), (300, "pratt")):
    d = np.round(rng.normal(0.2, 1, n) * 2) / 2
    r = stats.wilcoxon(d, zero_method=method, mode="approx", correction=False)
    cases["wilcoxon"].append(dict(differences=floats(d), zeros="Drop" if method == "wilcox" else "Pratt", exact=False,
                                  p=float(r.pvalue), statistic=float(r.statistic)))

for b, c in ((1, 0), (5, 1), (59, 6), (86, 150), (700, 640)):
    cases["mcnemar"].append(dict(first=b, second=c, p=float(stats.binomtest(b, b + c, 0.5).pvalue)))


def adjusted(p):
    """Benjamini and Hochberg (1995): the least of p_j n / #{p <= p_j} over all p_j >= p_i."""
    return [min(p[j] * len(p) / (p <= p[j]).sum() for j in range(len(p)) if p[j] >= p[i]) for i in range(len(p))]


for p in (rng.random(7) ** 2, np.array([0.01, 0.04, 0.03, 0.02, 0.02]), np.array([0.9]), rng.random(30) ** 3):
    cases["fdr"].append(dict(p=floats(p), q=floats(adjusted(p))))

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "statistics.json"), "w") as f:
    json.dump(cases, f, indent=0)
