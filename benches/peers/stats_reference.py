#!/usr/bin/env python3
"""Recomputes the reference values in src/stats/reference.rs with SciPy and by brute force.

    pip install scipy==1.17.1 && python3 benches/peers/stats_reference.py
"""
import itertools

import numpy as np
from scipy import stats


def kendall_s(x):
    return sum(np.sign(x[j] - x[i]) for i in range(len(x)) for j in range(i + 1, len(x)))


def exact_p(x):
    """Every order of the values, counted."""
    s = abs(kendall_s(x))
    orders = [abs(kendall_s(p)) >= s for p in itertools.permutations(x)]
    return sum(orders) / len(orders)


def normal_p(x):
    n = len(x)
    _, ties = np.unique(x, return_counts=True)
    variance = (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in ties)) / 18
    return 2 * stats.norm.sf((abs(kendall_s(x)) - 1) / np.sqrt(variance))


def funnel(target, n, coverage):
    limits = []
    for level in ((1 - coverage) / 2, 1 - (1 - coverage) / 2):
        r = stats.binom.ppf(level, n, target)
        at, before = stats.binom.cdf(r, n, target), stats.binom.cdf(r - 1, n, target)
        limits.append((r - (at - level) / (at - before)) / n)
    return limits


def beta_prior(k, n):
    m, mean = len(k), k.sum() / n.sum()
    spread = m * (n * (k / n - mean) ** 2).sum() / ((m - 1) * n.sum())
    strength = (mean * (1 - mean) - spread) / (spread - mean * (1 - mean) / m * (1 / n).sum())
    return mean, strength, (k + strength * mean) / (n + strength)


def kitagawa(n0, d0, n1, d1):
    r0, r1, w0, w1 = n0 / d0, n1 / d1, d0 / d0.sum(), d1 / d1.sum()
    change = n1.sum() / d1.sum() - n0.sum() / d0.sum()
    return change, ((w1 - w0) * (r0 + r1) / 2).sum(), ((r1 - r0) * (w0 + w1) / 2).sum()


for x in ([3, 1, 4, 1, 5], [2, 2, 3, 5, 5, 7], [12, 9, 11, 8, 7, 5, 6], [0, 0, 0, 1, 0, 2, 3]):
    print("mann_kendall", x, kendall_s(x), exact_p(x), stats.kendalltau(range(len(x)), x).statistic)
long = [3, 8, 1, 9, 2, 7, 4, 6, 5, 10, 12, 3, 8, 11, 2, 9, 4, 14, 6, 7, 13, 5, 10, 8, 9, 12, 3, 15, 7, 11, 6, 14, 10]
print("mann_kendall", long, kendall_s(long), normal_p(long), stats.kendalltau(range(len(long)), long).statistic)
for t, v in (
    ([2019, 2020, 2021, 2022, 2023, 2024], [12, 15, 11, 19, 22, 20]),
    ([2019, 2020, 2022, 2023, 2024, 2025], [5, 5, 7, 6, 9, 9]),
    (list(range(12)), [1.5, 2.1, 1.9, 3.3, 2.8, 4.0, 4.4, 3.9, 5.1, 5.6, 5.2, 6.3]),
):
    print("sen_slope", v, stats.theilslopes(v, t, 0.95))
print("benjamini_hochberg", stats.false_discovery_control([0.001, 0.8, 0.04, 0.03, 0.02, 0.5]))
for k, n, p in ((3, 10, 0.3), (150, 1000, 0.17), (49999, 100000, 0.5), (0, 5, 0.01), (120, 123, 0.999)):
    print("binomial_cdf", k, n, p, repr(float(stats.binom.cdf(k, n, p))))
for a in ((0.2, 50, 0.95), (0.2, 1000, 0.998), (0.5, 10, 0.95), (0.031, 12345, 0.998)):
    print("funnel_limits", a, funnel(*a))
x = np.array([10, 12, 11, 9, 13, 14, 10.5])
print("robust_z", (30 - np.median(x)) / stats.median_abs_deviation(x, scale="normal"))
x = np.array([4, 4, 4, 4, 9, 1])
print("robust_z, MAD 0", (20 - np.median(x)) / (np.sqrt(np.pi / 2) * np.mean(np.abs(x - np.median(x)))))
x = np.array([3, 1, 4, 1, 5, 9, 2, 6.0])
print("gini", np.abs(x[:, None] - x[None, :]).sum() / (2 * len(x) ** 2 * x.mean()))
print("beta_prior", beta_prior(np.array([1, 100, 10, 30.0]), np.array([2, 200, 100, 50.0])))
print("kitagawa", kitagawa(*(np.array(v, float) for v in ([12, 30, 5], [100, 60, 50], [20, 25, 9], [90, 80, 120]))))
