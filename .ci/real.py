#!/usr/bin/env python3
"""real.py REPORTS TRANSCRIBED GONGKAI: reads published reports in the formats in which they were published.

Fails when one cannot be read, when a figure differs from the transcription in TRANSCRIBED (the project's data/real),
or when the B rules find anything else than what is known to be wrong in them.
"""
import csv
import subprocess
import sys
from pathlib import Path

published, transcribed, program = (Path(argument) for argument in sys.argv[1:4])
# What these reports print wrongly, by year and agency: rule and how often.
KNOWN = {("2023", "320813"): ["B004", "B004"]}


def lines(*arguments):
    done = subprocess.run([program, *arguments], check=False, capture_output=True, text=True)
    if done.returncode not in (0, 10):
        sys.exit(f"gongkai {arguments[0]} ended with status {done.returncode}:\n{done.stderr}")
    return list(csv.DictReader(done.stdout.removeprefix("\ufeff").splitlines()))


def panel(folder):
    rows = lines("extract", folder)
    return {(row["year"], row["agency_id"]): row for row in rows}


problems = []
found, expected = panel(published), panel(transcribed)
figures = 0
for key, row in expected.items():
    other = found.get(key)
    if other is None:
        problems.append(f"{key}: no such report among {sorted(found)}")
        continue
    names = list(row)[list(row).index("rules_made"):]
    for name in names:
        figures += row[name] != ""
        if name in other and row[name] != other[name]:
            problems.append(f"{row['agency']} {row['year']}: {name} is {row[name]!r}, read {other[name]!r}")
accused = {}
for row in lines("check", published, "--select", "B", "--format", "csv", "--fail-on", "never"):
    accused.setdefault((row["year"], row["agency_id"]), []).append(row["code"])
if accused != KNOWN:
    problems.append(f"the B rules find {accused}, known is {KNOWN}")
if figures < 1000:
    problems.append(f"only {figures} figures were compared")
for problem in problems:
    print("FAILED:", problem)
print(f"{len(expected)} published reports, {figures} figures compared, {len(problems)} problems")
sys.exit(1 if problems else 0)
