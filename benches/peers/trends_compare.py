#!/usr/bin/env python3
"""Recomputes intervals, trends, decompositions and concentrations of a run from scratch and compares every row.

    pip install scipy==1.17.1 numpy==2.4.6
    python3 trends_compare.py OUTPUT [REPOSITORY]

OUTPUT is what `gongkai run` writes. Of it are read metrics/metrics.csv (in which the rows of single agencies are taken
as given and all others made anew of them), dataset/reports.csv and agencies.csv (who belongs to which group and uses
which form); of REPOSITORY (default: the one this file lies in) the headers in queries/metrics and the years in
data/forms. What follows from these is held against metrics.csv, trends.csv, decomposition.csv and concentration.csv:
the same rows, the same notes, the same numbers within 1e-9. Exits 1 on any difference or when a table had nothing to
compare.

Nothing is shared with the program: Wilson's limits are the roots of the score equation, exact distributions of Kendall's
S are counted by placing one group after another, the ranks of Sen's interval come from SciPy's own exact test.
"""
import csv
import itertools
import re
import sys
import tomllib
from collections import defaultdict
from functools import cache
from pathlib import Path

import numpy as np
from scipy import stats

CONFIDENCE = 0.95
SHORTEST, STEADY, TOP, EXACT = 4, 0.9, 10, 30
SCOPES = ["all", "level", "kind", "province", "prefecture", "county", "agency"]
SHOWN = 5  # differences shown a table
Z = stats.norm.ppf(0.5 + CONFIDENCE / 2)


def text(field):
    """A CSV text as it was before it was escaped against formulas."""
    return field[1:] if re.match(r"'+[=+\-@\t\r]", field) else field


def number(field):
    return None if field == "" else float(field)


def read(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def header(path):
    """What a metric declares of itself."""
    lines = path.read_text(encoding="utf-8").split("-- ---\n")[1].splitlines()
    told = tomllib.loads("\n".join(line.removeprefix("--").removeprefix(" ") for line in lines))
    usual = "wilson" if told["kind"] == "share" else "byar"
    parts = told.get("parts", [{"key": ""}])
    return {
        "kind": told["kind"], "forms": set(told["forms"]), "tables": told.get("tables", [2, 3, 4]),
        "comparable": told["comparable"], "cumulative": told.get("cumulative", False),
        "interval": told.get("interval", usual), "parts": [part["key"] for part in parts],
        "forms_of": {part["key"]: set(part.get("forms", told["forms"])) for part in parts},
    }


class Panel:
    """Who reported when, by which forms, and belongs to which groups."""

    def __init__(self, output, repository):
        self.metrics = {p.stem: header(p) for p in sorted(repository.glob("queries/metrics/*.sql"))}
        forms = [tomllib.loads(p.read_text(encoding="utf-8")) for p in sorted(repository.glob("data/forms/*.toml"))]
        self.in_force = [(f["years"][0], (f["years"] + [9999])[1], f["id"]) for f in forms]
        self.groups = {}
        for agency in read(output / "dataset/agencies.csv"):
            agency = {key: text(value) for key, value in agency.items()}
            path = lambda *names: "/".join(agency[n] for n in names if agency[n])
            self.groups[agency["agency_id"]] = {
                "all": "all", "level": agency["level"] or "unknown", "kind": agency["kind"] or "unknown",
                "province": path("province"), "prefecture": agency["prefecture"] and path("province", "prefecture"),
                "county": agency["county"] and path("province", "prefecture", "county"), "agency": agency["agency_id"],
            }
        # (scope, group, year): the forms of tables 2, 3 and 4 of each report.
        self.reports = defaultdict(list)
        for report in read(output / "dataset/reports.csv"):
            agency = text(report["agency_id"])
            if report["kept"] != "true" or not agency or not report["year"]:
                continue
            used = {n: report[f"form_table_{n}"] for n in (2, 3, 4)}
            for scope, group in self.groups[agency].items():
                if group:
                    self.reports[scope, group, int(report["year"])].append(used)

    def known(self, metric, report):
        return [report[n] for n in self.metrics[metric]["tables"] if report[n]]

    def asked(self, metric, part, report):
        known = self.known(metric, report)
        return not known or any(form in self.metrics[metric]["forms_of"][part] for form in known)

    def standing(self, metric, scope, group, year):
        """The form that a group's reports of a year stand on where forms do not compare, and whether some use another."""
        if self.metrics[metric]["comparable"]:
            return None, False
        used = set()
        for report in self.reports[scope, group, year]:
            known = self.known(metric, report)
            if any(form in self.metrics[metric]["forms"] for form in known):
                used.update(known)
        if len(used) == 1:
            return used.pop(), False
        return next((i for first, last, i in self.in_force if first <= year <= last), None), len(used) > 1


def interval(kind, num, den):
    """Limits of a share, a count or a rate."""
    if kind == "wilson":
        p = num / den
        roots = np.sort(np.roots([1 + Z * Z / den, -(2 * p + Z * Z / den), p * p]).real)
        return max(0, roots[0]), min(1, roots[1])
    if kind == "none":
        return None, None
    low = 0 if num == 0 else max(0, num * (1 - 1 / (9 * num) - Z / (3 * num**0.5)) ** 3)
    high = (num + 1) * (1 - 1 / (9 * (num + 1)) + Z / (3 * (num + 1) ** 0.5)) ** 3
    return low / (den or 1), high / (den or 1)


def pooled(panel, rows):
    """Every group's values made of those of the agencies."""
    sums = defaultdict(lambda: [0, 0.0, 0.0])
    for row in rows:
        if row["scope"] == "agency" and row["num"] is not None:
            for scope, group in panel.groups[row["group"]].items():
                if group:
                    total = sums[row["metric"], row["part"], scope, group, row["year"]]
                    total[0] += row["n_reports"]
                    total[1] += row["num"]
                    total[2] += row["den"] or 0
    for metric, told in panel.metrics.items():
        for part in told["parts"]:
            for (scope, group, year), reports in panel.reports.items():
                n, num, den = sums[metric, part, scope, group, year]
                asked = any(panel.asked(metric, part, report) for report in reports)
                out = dict.fromkeys(["num", "den", "value", "low", "high"]) | {"n_reports": n, "note": ""}
                if n == 0:
                    out["note"] = "not assessable" if asked else "not asked by the form"
                elif told["kind"] == "count":
                    out |= {"num": num, "value": num}
                elif den == 0:
                    out |= {"num": num, "den": den, "note": "den is 0"}
                else:
                    out |= {"num": num, "den": den, "value": num / den}
                if out["value"] is not None:
                    out["low"], out["high"] = interval(told["interval"], num, out["den"])
                yield (metric, part, scope, group, year), out


@cache
def distribution(groups):
    """How many orders of groups of equal values have how many inversions: {inversions: orders}."""
    if sum(groups) == 0:
        return {0: 1}
    found = defaultdict(int)
    for i, size in enumerate(groups):
        if size:
            # One of group i stands first: all that are left of lower groups are smaller and follow.
            rest = groups[:i] + (size - 1,) + groups[i + 1:]
            for inversions, orders in distribution(rest).items():
                found[inversions + sum(groups[:i])] += orders
    return dict(found)


def kendall(x):
    """S, tau-b, p and whether it is exact."""
    n = len(x)
    s = int(sum(np.sign(np.subtract.outer(x, x))[np.tril_indices(n, -1)]))
    _, ties = np.unique(x, return_counts=True)
    tau = stats.kendalltau(range(n), x).statistic
    if n > EXACT:
        variance = (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in ties)) / 18
        return s, tau, min(1, 2 * stats.norm.sf((abs(s) - 1) / variance**0.5)), False
    if len(ties) == n:
        return s, tau, stats.kendalltau(range(n), x, method="exact").pvalue, True
    orders = distribution(tuple(int(t) for t in ties))
    most = max(orders)
    extreme = sum(count for inversions, count in orders.items() if abs(most - 2 * inversions) >= abs(s))
    return s, tau, extreme / sum(orders.values()), True


@cache
def sen_rank(n):
    """How many slopes from the least, and from the greatest, Sen's interval begins and ends; 0 for no interval."""
    rank = 0
    for inversions in range(n * (n - 1) // 4):
        left, order = list(range(n)), []
        for _ in range(n):
            step = min(inversions, len(left) - 1)
            order.append(left.pop(step))
            inversions -= step
        if stats.kendalltau(range(n), order, method="exact").pvalue > 1 - CONFIDENCE:
            break
        rank += 1
    return rank


def sen(t, x):
    slopes = np.sort([(x[j] - x[i]) / (t[j] - t[i]) for i, j in itertools.combinations(range(len(t)), 2)])
    if len(t) > EXACT:
        found = stats.theilslopes(x, t, CONFIDENCE)
        return found.slope, found.low_slope, found.high_slope
    m = sen_rank(len(t))
    return (np.median(slopes), *((slopes[m - 1], slopes[-m]) if m else (None, None)))


def trend(panel, metric, scope, group, piece):
    """One trends.csv row of one piece of a series."""
    told = panel.metrics[metric]
    values = [(row["year"], row["value"], row["n_reports"]) for row in piece if row["value"] is not None]
    out = dict.fromkeys(
        ["reports_least", "reports_most", "first", "last", "slope", "slope_low", "slope_high", "tau", "p", "q", "exact"]
    )
    out["n_years"] = len(values)
    if not values:
        why = {row["note"] for row in piece}
        order = [note for note in ("den is 0", "not asked by the form", "not assessable") if note in why]
        return (piece[0]["year"], piece[-1]["year"]), out | {"note": "no value: " + ", ".join(order)}, None
    years, x, reports = ([float(v[i]) for v in values] for i in range(3))
    span = values[0][0], values[-1][0]
    out |= {"reports_least": min(reports), "reports_most": max(reports), "first": x[0], "last": x[-1]}
    notes = []
    unsteady = told["kind"] == "count" and min(reports) < max(reports) * STEADY
    if len(x) < SHORTEST:
        notes.append(f"too short: {len(x)} of at least {SHORTEST} years")
    elif told["cumulative"]:
        notes.append("not tested: values contain the years before")
    elif unsteady:
        notes.append("not tested: number of reports differs too much between years")
    elif len(set(x)) == 1:
        out["slope"] = 0.0
        notes.append("constant")
    else:
        _, out["tau"], out["p"], exact = kendall(x)
        out["exact"] = str(exact).lower()
        out["slope"], out["slope_low"], out["slope_high"] = sen(years, x)
        if kendall(sorted(x))[2] > 1 - CONFIDENCE:
            notes.append("p cannot reach 0.05")
    gap = [str(year) for year in range(span[0], span[1] + 1) if year not in years]
    if gap:
        notes.append("no value in " + " ".join(gap))
    said = any("differs too much" in note for note in notes)
    if told["kind"] == "count" and min(reports) != max(reports) and not said:
        notes.append("number of reports differs between years")
    mixed = [str(int(year)) for year in years if panel.standing(metric, scope, group, int(year))[1]]
    if mixed:
        notes.append("mixed forms in " + " ".join(mixed))
    return span, out | {"note": "; ".join(notes)}, tuple(zip(years, x))


def trends(panel, rows):
    series = defaultdict(list)
    for row in rows:
        if row["note"] != "not asked by the form":
            series[row["metric"], row["part"], row["scope"], row["group"]].append(row)
    found, families = {}, defaultdict(lambda: defaultdict(list))
    for (metric, part, scope, group), own in series.items():
        own.sort(key=lambda row: row["year"])
        form = lambda row: panel.standing(metric, scope, group, row["year"])[0]
        for _, piece in itertools.groupby(own, key=form):
            span, out, values = trend(panel, metric, scope, group, list(piece))
            key = (metric, part, scope, group, *span)
            found[key] = out
            if out["p"] is not None:
                # All groups of a scope for one metric and part; for all agencies together, all metrics, of which those
                # that show the same series are one test.
                family, test = (("all",), values) if scope == "all" else ((metric, part, scope), key)
                families[family][test].append(out)
    for family in families.values():
        adjusted = stats.false_discovery_control([outs[0]["p"] for outs in family.values()], method="bh")
        for outs, q in zip(family.values(), adjusted):
            for out in outs:
                out["q"] = q
    return found


def decompositions(panel, rows):
    rates = defaultdict(lambda: defaultdict(dict))
    for row in rows:
        if row["scope"] == "agency" and row["num"] is not None and row["den"] is not None:
            for scope in SCOPES[:4]:
                group = panel.groups[row["group"]][scope]
                if group:
                    key = row["metric"], row["part"], scope, group
                    rates[key][row["year"]][row["group"]] = row["num"], row["den"]
    for (metric, part, scope, group), years in rates.items():
        for old, new in itertools.pairwise(sorted(years)):
            agencies = sorted(years[old].keys() | years[new].keys())
            n0, d0, n1, d1 = np.array([years[y].get(a, (0, 0)) for a in agencies for y in (old, new)]).reshape(-1, 4).T
            had, has = d0 > 0, d1 > 0
            out = dict.fromkeys(["change", "mix", "within"]) | {
                "before": n0.sum() / d0.sum() if had.any() else None,
                "after": n1.sum() / d1.sum() if has.any() else None,
                "n_both": (had & has).sum(), "n_left": (had & ~has).sum(), "n_came": (~had & has).sum(),
            }
            (form0, mixed0), (form1, mixed1) = (panel.standing(metric, scope, group, y) for y in (old, new))
            notes = []
            if form0 != form1:
                notes.append("not comparable across the change of form")
            elif out["before"] is None or out["after"] is None:
                notes.append("den is 0")
            elif ((n0 > 0) & ~had).any() or ((n1 > 0) & ~has).any():
                notes.append("an agency has num without den")
            else:
                with np.errstate(invalid="ignore", divide="ignore"):
                    r0, r1 = n0 / d0, n1 / d1
                r0, r1 = np.where(had, r0, r1), np.where(has, r1, np.where(had, n0 / np.where(had, d0, 1), 0))
                r0 = np.where(had | has, r0, 0)
                w0, w1 = d0 / d0.sum(), d1 / d1.sum()
                out["change"] = out["after"] - out["before"]
                out["mix"] = ((w1 - w0) * (r0 + r1) / 2).sum()
                out["within"] = ((r1 - r0) * (w0 + w1) / 2).sum()
            if form0 == form1 and (mixed0 or mixed1):
                notes.append("mixed forms")
            yield (metric, part, scope, group, old, new), out | {"note": "; ".join(notes)}


def concentrations(panel, rows):
    amounts = defaultdict(list)
    for row in rows:
        told = panel.metrics[row["metric"]]
        if row["scope"] == "agency" and told["kind"] == "count" and row["num"] is not None:
            amounts[row["metric"], row["part"], row["year"]].append(row["num"])
    for key, x in amounts.items():
        x = np.sort(np.array(x))[::-1]
        out = {"n_agencies": len(x), "n_positive": (x > 0).sum(), "total": x.sum(), "gini": None, "top_10_share": None}
        if x.sum() > 0:
            out["gini"] = np.abs(np.subtract.outer(x, x)).sum() / (2 * len(x) ** 2 * x.mean())
            out["top_10_share"] = x[:TOP].sum() / x.sum()
        note = "the total is 0" if x.sum() == 0 else "no more than 10 agencies" if len(x) <= TOP else ""
        yield key, out | {"note": note}


def same(a, b):
    """Whether a field as written is what was computed."""
    if b is None or isinstance(b, str):
        return a == (b or "")
    return a != "" and abs(float(a) - float(b)) <= 1e-9 * abs(b) + 1e-12


def compare(name, rows, keys, expected):
    """The number of differing rows of a table, and of all."""
    written = {}
    for row in rows:
        key = tuple(int(row[k]) if k in ("year", "from", "to") else text(row[k]) for k in keys)
        if key in written:
            raise ValueError(f"{name}: {key} stands twice")
        written[key] = row
    differing = [f"{key}: only in the file" for key in written.keys() - expected.keys()]
    for key, found in sorted(expected.items()):
        row = written.get(key)
        wrong = ["no such row"] if row is None else [
            f"{field} is {row[field] or 'empty'}, should be {value}" for field, value in found.items() if not same(row[field], value)
        ]
        if wrong:
            differing.append(f"{key}: {'; '.join(wrong)}")
    print(f"{name:<20} {len(written):>8} rows {len(differing):>8} different")
    for line in differing[:SHOWN]:
        print(f"    {line}")
    return len(differing), len(written)


def main(output, repository):
    panel = Panel(output, repository)
    folder = output / "metrics"
    written = {name: read(folder / f"{name}.csv") for name in ("metrics", "trends", "decomposition", "concentration")}
    rows = [
        {k: text(row[k]) for k in ("metric", "part", "scope", "group", "note")}
        | {k: number(row[k]) for k in ("num", "den", "value")}
        | {"year": int(row["year"]), "n_reports": int(row["n_reports"])}
        for row in written["metrics"]
    ]
    known = ["metric", "part", "scope", "group"]
    results = [
        compare("metrics.csv", written["metrics"], [*known, "year"], dict(pooled(panel, rows))),
        compare("trends.csv", written["trends"], [*known, "from", "to"], trends(panel, rows)),
        compare("decomposition.csv", written["decomposition"], [*known, "from", "to"], dict(decompositions(panel, rows))),
        compare("concentration.csv", written["concentration"], ["metric", "part", "year"], dict(concentrations(panel, rows))),
    ]
    if any(compared == 0 for _, compared in results):
        print("a table had nothing to compare", file=sys.stderr)
        return 1
    return 1 if any(wrong for wrong, _ in results) else 0


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) == 3 else Path(__file__).parents[2]))
