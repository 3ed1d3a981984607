#!/usr/bin/env python3
"""The statistics of src/stats once more, by SciPy, statsmodels, NumPy and brute force: the cases and their values.

    pip install scipy==1.17.1 statsmodels==0.15.0
    python3 benches/peers/stats_reference.py > tests/fixtures/stats/scipy.csv

Each line is function, what it is given and what it gives: lists are parted by "|", numbers by a blank; nothing stands
for "undefined". `stats_reference.R` computes the same cases with R. The tests of src/stats hold both to 1e-9.
"""
import csv
import itertools
import sys

import numpy as np
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

OUT = csv.writer(sys.stdout, lineterminator="\n")
RNG = np.random.default_rng(20190515)


def emit(function, given, found):
    numbers = lambda values: " ".join(repr(float(v)) for v in np.atleast_1d(values))
    OUT.writerow([function, "|".join(numbers(g) for g in given), "" if found is None else numbers(found)])


def kendall_s(x):
    return sum(np.sign(x[j] - x[i]) for i in range(len(x)) for j in range(i + 1, len(x)))


def orders(values):
    """Every different order of a multiset."""
    if not values:
        yield ()
    for first in sorted(set(values)):
        rest = list(values)
        rest.remove(first)
        yield from ((first, *more) for more in orders(rest))


def kendall_p(x):
    """Two-sided p of Kendall's S: counted out up to 30 values, by SciPy where none are equal."""
    n, s = len(x), abs(kendall_s(x))
    _, ties = np.unique(x, return_counts=True)
    if n <= 30 and len(ties) == n:
        return stats.kendalltau(range(n), x, method="exact").pvalue
    if n <= 30:
        extreme = [abs(kendall_s(order)) >= s for order in orders(list(x))]
        return sum(extreme) / len(extreme)
    variance = (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in ties)) / 18
    return min(1, 2 * stats.norm.sf((s - 1) / np.sqrt(variance)))


def with_inversions(n, inversions):
    """An order of 1 to n with so many inversions."""
    left, out = list(range(1, n + 1)), []
    for place in range(n):
        step = min(inversions, len(left) - 1)
        out.append(left.pop(step))
        inversions -= step
    return out


def sen(t, v, confidence):
    n = len(t)
    if n > 30:
        found = stats.theilslopes(v, t, confidence)
        return found.slope, found.low_slope, found.high_slope
    slopes = np.sort([(v[j] - v[i]) / (t[j] - t[i]) for i, j in itertools.combinations(range(n), 2)])
    m = 0
    while 2 * (m + 1) <= len(slopes) + 1 and kendall_p(with_inversions(n, m)) <= 1 - confidence:
        m += 1
    return (np.median(slopes), slopes[m - 1], slopes[len(slopes) - m]) if m else (np.median(slopes),)


def funnel(target, n, coverage):
    def lower(target):
        level = (1 - coverage) / 2
        r = stats.binom.ppf(level, n, target)
        return max(0, (r - (stats.binom.cdf(r, n, target) - level) / stats.binom.pmf(r, n, target)) / n)

    return lower(target), 1 - lower(1 - target)


def robust_z(x, others):
    mad = stats.median_abs_deviation(others, scale="normal")
    away = np.abs(others - np.median(others))
    scale = mad if mad > 0 else np.sqrt(np.pi / 2) * away.mean()
    return (x - np.median(others)) / scale if scale > 0 else None


def beta_prior(k, n):
    """Kleinman's moments, weights w proportional to n, by the expectation of Σ w (p − μ)² as he gives it."""
    p, w = k / n, n / n.sum()
    mean = (w * p).sum()
    spread, chance = (w * (p - mean) ** 2).sum(), mean * (1 - mean)
    by_chance = chance * (w * (1 - w) / n).sum()
    gamma = (spread - by_chance) / (chance * (w * (1 - w)).sum() - by_chance)
    return mean, max(0, 1 / gamma - 1) if gamma > 0 else np.inf


def kitagawa(n0, d0, n1, d1):
    r0, r1, w0, w1 = n0 / d0, n1 / d1, d0 / d0.sum(), d1 / d1.sum()
    change = n1.sum() / d1.sum() - n0.sum() / d0.sum()
    return change, ((w1 - w0) * (r0 + r1) / 2).sum(), ((r1 - r0) * (w0 + w1) / 2).sum()


def intervals():
    tails = [1e-300, 1e-20, 1e-10, 1e-5, 0.001, 0.01, 0.025, 0.05, 0.074, 0.075, 0.076, 0.25, 0.4, 0.5]
    for p in tails + [0.6, 0.9, 0.924, 0.926, 0.975, 0.995, 0.999, 0.99999, 1 - 1e-12]:
        emit("normal_quantile", [p], stats.norm.ppf(p))
    shares = [(0, 1), (1, 1), (0, 10), (1, 10), (10, 10), (81, 263), (15, 148), (1, 1000), (3, 29), (29, 29), (1, 2)]
    for s, n in shares + [(100, 200), (37, 53), (500000, 1000000), (123456, 7654321)]:
        for confidence in (0.8, 0.95, 0.998):
            emit("wilson", [s, n, confidence], proportion_confint(s, n, alpha=1 - confidence, method="wilson"))
    for o in (0, 0.5, 1, 2, 3.5, 5, 10, 65, 100, 1234, 987654321):
        for confidence in (0.8, 0.95, 0.998):
            z = stats.norm.ppf(0.5 + confidence / 2)
            low = 0 if o == 0 else max(0, o * (1 - 1 / (9 * o) - z / (3 * o**0.5)) ** 3)
            emit("byar", [o, confidence], [low, (o + 1) * (1 - 1 / (9 * (o + 1)) + z / (3 * (o + 1) ** 0.5)) ** 3])


def binomials():
    for k, n, p in [
        (3, 10, 0.3), (150, 1000, 0.17), (49999, 1e5, 0.5), (0, 5, 0.01), (120, 123, 0.999), (0, 1e6, 1e-7),
        (169500, 1e6, 0.17), (1699000, 1e7, 0.17), (5e8 + 3000, 1e9, 0.5), (14, 15, 0.5), (15, 16, 0.9), (2, 1e6, 1e-5),
    ]:
        emit("binomial_cdf", [k, n, p], stats.binom.cdf(k, n, p))
    for level, n, p in [(0.975, 100, 0.2), (0.025, 100, 0.2), (0.5, 1, 0.5), (0.001, 5, 0.3), (0.999, 12345, 0.031)]:
        emit("binomial_quantile", [level, n, p], stats.binom.ppf(level, n, p))
    for target in (0.01, 0.031, 0.2, 0.5, 0.77, 0.99):
        for n in (1, 2, 10, 50, 1000, 12345):
            for coverage in (0.95, 0.998):
                emit("funnel_limits", [target, n, coverage], funnel(target, n, coverage))


def trends():
    series = [[3, 1, 4, 1, 5], [2, 2, 3, 5, 5, 7], [12, 9, 11, 8, 7, 5, 6], [0, 0, 0, 1, 0, 2, 3], [1, 2, 3]]
    series += [[0, 0, 0, 9], [0, 0, 0, 0, 0, 9], [1, 1, 2, 2, 3, 3, 4, 4, 4], [5, 1, 4, 2, 6, 3], [2, 1, 2, 1, 2, 1]]
    for n in (4, 5, 6, 7, 8, 9, 10, 15, 20, 30):
        series += [RNG.permutation(n) + 1.0, np.round(np.arange(n) / 2 + RNG.normal(size=n), 6)]
    for n, most in ((5, 3), (6, 3), (7, 4), (8, 4), (9, 3), (9, 4), (10, 3), (31, 6), (33, 15), (40, 25)):
        series += [RNG.integers(0, most, n), RNG.integers(0, most, n) + np.arange(n) // 3]
    for x in series:
        x = np.asarray(x, float)
        if len(np.unique(x)) > 1:
            p, tau = kendall_p(x), stats.kendalltau(range(len(x)), x).statistic
            emit("mann_kendall", [x], [kendall_s(x), tau, p, len(x) <= 30])
        t = np.cumsum(RNG.integers(1, 3, len(x))) + 2010.0
        for confidence in (0.9, 0.95):
            emit("sen_slope", [t, x, confidence], sen(t, x, confidence))
    for n in (1, 2, 7, 40):
        p = np.round(RNG.uniform(size=n) ** 3, 4)
        emit("benjamini_hochberg", [p], stats.false_discovery_control(p))
    emit("benjamini_hochberg", [[0.02, 0.02, 0.04, 1, 0, 0.04]], stats.false_discovery_control([0.02, 0.02, 0.04, 1, 0, 0.04]))


def descriptions():
    for x, others in [
        (30, [10, 12, 11, 9, 13, 14, 10.5]), (20, [4, 4, 4, 4, 9, 1]), (20, [4, 4, 4]), (4, [4, 4, 4, 5]), (-7, [1, 2, 4, 8]),
    ]:
        emit("robust_z", [x, others], robust_z(x, np.array(others, float)))
        emit("median", [others], np.median(others))
    for x in ([3, 1, 4, 1, 5, 9, 2, 6], [7], [0, 0, 1], list(np.round(RNG.lognormal(3, 2, 60), 3))):
        x = np.array(x, float)
        emit("gini", [x], np.abs(x[:, None] - x[None, :]).sum() / (2 * len(x) ** 2 * x.mean()))
        emit("top_share", [x, 10], np.sort(x)[::-1][:10].sum() / x.sum())
    few, many = RNG.integers(1, 4, 30), RNG.integers(100, 900, 30)
    for k, n in [
        ([1, 100, 10, 30], [2, 200, 100, 50]), ([5, 5, 5], [10, 10, 10]), ([0, 0], [3, 9]), ([0, 1, 100, 500], [1, 1, 1000, 1000]),
        (RNG.binomial(np.concatenate([few, many]), RNG.beta(3, 7, 60)), np.concatenate([few, many])), ([0, 9], [9, 9]),
    ]:
        k, n = np.array(k, float), np.array(n, float)
        with np.errstate(invalid="ignore", divide="ignore"):
            mean, strength = beta_prior(k, n)
        emit("beta_prior", [k, n], [mean, strength])
        if np.isfinite(strength):
            emit("shrink", [k, n, [mean, strength]], (k + strength * mean) / (n + strength))
    emit("kitagawa", [[12, 30, 5], [100, 60, 50], [20, 25, 9], [90, 80, 120]],
         kitagawa(*(np.array(v, float) for v in ([12, 30, 5], [100, 60, 50], [20, 25, 9], [90, 80, 120]))))
    d0, d1 = RNG.integers(1, 400, 25).astype(float), RNG.integers(1, 400, 25).astype(float)
    n0, n1 = RNG.binomial(d0.astype(int), 0.3).astype(float), RNG.binomial(d1.astype(int), 0.4).astype(float)
    emit("kitagawa", [n0, d0, n1, d1], kitagawa(n0, d0, n1, d1))


OUT.writerow(["function", "given", "found"])
intervals()
binomials()
trends()
descriptions()
