#!/usr/bin/env python3
"""Runs every metric's SQL in DuckDB and compares every row with what gongkai's own engine returned.

    pip install duckdb==2.0.0
    python3 duckdb_compare.py FOLDER

FOLDER is what gongkai writes for a comparison: tables/*.parquet, views/*.sql, metrics/*.sql, observations/*.csv.
Keys (agency_id, year, part) must be the same rows, num and den the same numbers within 1e-9 relative, NULL only
where NULL is. Prints a line a metric; exits 1 on any difference, on SQL that DuckDB refuses, or when nothing was
compared.
"""
import csv
import math
import re
import sys
from pathlib import Path

import duckdb

SHOWN = 5  # differences shown a metric


def text(field):
    """A CSV text as it was before it was escaped against formulas."""
    return field[1:] if re.match(r"'+[=+\-@\t\r]", field) else field


def number(field):
    return None if field == "" else float(field)


def expected(path):
    """Rows by key, as gongkai returned them, and the columns."""
    with open(path, encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        columns = next(reader)
        return columns, keyed(columns, reader, path, number)


def found(connection, sql, columns, path):
    """Rows by key, as DuckDB returns them."""
    result = connection.execute(sql)
    own = [column[0] for column in result.description]
    if sorted(own) != sorted(columns):
        raise ValueError(f"columns {own}, expected {columns}")
    order = [own.index(column) for column in columns]
    rows = ([row[i] for i in order] for row in result.fetchall())
    return keyed(columns, rows, path, lambda v: None if v is None else float(v))


def keyed(columns, rows, path, convert):
    keys = [i for i, column in enumerate(columns) if column not in ("num", "den")]
    values = [i for i, column in enumerate(columns) if column in ("num", "den")]
    out = {}
    for row in rows:
        key = tuple(str(row[i]) if columns[i] == "year" else text(str(row[i])) for i in keys)
        if key in out:
            raise ValueError(f"{path}: {key} stands twice")
        out[key] = tuple(convert(row[i]) for i in values)
    return out


def same(a, b):
    if a is None or b is None:
        return a is b
    return a == b or math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)


def differences(ours, theirs):
    for key in sorted(ours.keys() | theirs.keys()):
        if key not in theirs:
            yield f"{key}: not in DuckDB, here {ours[key]}"
        elif key not in ours:
            yield f"{key}: DuckDB has {theirs[key]}, not here"
        elif not all(map(same, ours[key], theirs[key])):
            yield f"{key}: DuckDB has {theirs[key]}, here {ours[key]}"


def main(folder):
    folder = Path(folder)
    connection = duckdb.connect()
    for table in sorted(folder.glob("tables/*.parquet")):
        path = str(table).replace("'", "''")
        connection.execute(f"CREATE TABLE \"{table.stem}\" AS SELECT * FROM read_parquet('{path}')")
    for view in sorted(folder.glob("views/*.sql")):
        name = view.stem.split("-", 1)[-1]
        connection.execute(f'CREATE VIEW "{name}" AS {view.read_text(encoding="utf-8")}')
    total = wrong = 0
    metrics = sorted(folder.glob("metrics/*.sql"))
    print(f"{'metric':<36} {'rows':>8} {'different':>10}")
    for metric in metrics:
        try:
            columns, ours = expected(folder / "observations" / f"{metric.stem}.csv")
            theirs = found(connection, metric.read_text(encoding="utf-8"), columns, metric)
        except (duckdb.Error, OSError, StopIteration, ValueError) as error:
            wrong += 1
            print(f"{metric.stem:<36} {'-':>8} {'error':>10}  {error}")
            continue
        differing = list(differences(ours, theirs))
        total += len(ours)
        wrong += len(differing)
        print(f"{metric.stem:<36} {len(ours):>8} {len(differing):>10}")
        for line in differing[:SHOWN]:
            print(f"    {line}")
    print(f"{len(metrics)} metrics, {total} rows compared with DuckDB {duckdb.__version__}, {wrong} differences")
    if total == 0:
        print("nothing was compared", file=sys.stderr)
    return 1 if wrong or total == 0 else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
