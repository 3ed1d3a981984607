#!/usr/bin/env python3
"""accuracy.py CORPUS GONGKAI: extracts and checks a corpus whose true figures and defects are known.

Fails when a figure of a readable style is wrong or missing, when a wrong figure appears anywhere, when an injected
defect is not found by the B rules, or when a clean report is accused by one.
"""
import csv
import subprocess
import sys
import tempfile
from pathlib import Path

corpus, program = Path(sys.argv[1]), Path(sys.argv[2])
# Styles that have to be read completely. A style is added here when its format becomes readable.
READABLE = ("html-", "txt-", "docx", "xlsx")
# What each injected defect breaks.
BREAKS = {"balance": "B001", "sum_outcomes": "B002"}

problems = []
with tempfile.TemporaryDirectory() as folder:
    extracted, findings = Path(folder) / "x.csv", Path(folder) / "findings.csv"
    done = subprocess.run([program, "extract", corpus / "docs", "-o", extracted], check=False).returncode
    if done not in (0, 4):
        sys.exit(f"extract ended with status {done}")
    score = subprocess.run(
        [sys.executable, corpus / "score.py", corpus / "truth.csv", extracted],
        check=True, capture_output=True, text=True,
    ).stdout
    print(score)
    with open(findings, "wb") as out:
        done = subprocess.run(
            [program, "check", corpus / "docs", "--select", "B", "--format", "csv"], check=False, stdout=out
        ).returncode
    if done not in (0, 4, 10):
        sys.exit(f"check ended with status {done}")
    with open(findings, encoding="utf-8-sig", newline="") as file:
        found = {(Path(r["path"]).name, r["code"]) for r in csv.DictReader(file)}

styles = 0
for line in score.splitlines():
    parts = line.split()
    if len(parts) != 10 or not parts[1].isdigit():
        continue
    style, right, missing, wrong, no_report, bad_year, bad_form = parts[0], *parts[3:6], *parts[7:10]
    if wrong != "0":
        problems.append(f"{style}: {wrong} figures wrong")
    if style.startswith(READABLE):
        styles += 1
        if (right, missing, no_report, bad_year, bad_form) != ("100.000", "0", "0", "0", "0"):
            problems.append(f"{style}: {line}")
if styles < 10:
    problems.append(f"only {styles} readable styles were scored")

injected = 0
with open(corpus / "truth.csv", encoding="utf-8-sig", newline="") as file:
    for row in csv.DictReader(file):
        if not row["style"].startswith(READABLE):
            continue
        name, defects = Path(row["path"]).name, row["defects"].split()
        for defect in defects:
            injected += 1
            if (name, BREAKS[defect]) not in found:
                problems.append(f"{name}: {defect} not found")
        accused = sorted(code for path, code in found if path == name)
        if not defects and accused:
            problems.append(f"{name}: clean, yet accused by {accused}")
if injected == 0:
    problems.append("no injected defect was looked for")

for problem in problems:
    print("FAILED:", problem)
print(f"{styles} styles scored, {injected} injected defects looked for, {len(problems)} problems")
sys.exit(1 if problems else 0)
