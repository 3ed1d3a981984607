#!/usr/bin/env python3
"""Writes traditional.txt from the character tables of OpenCC, as the PyPI package opencc-python-reimplemented has them.
Needs pip and Python 3.9 or later; run it anywhere. The package's version and hash are pinned.
"""
import hashlib
import io
import pathlib
import subprocess
import sys
import tarfile
import tempfile

NAME, VERSION = "opencc-python-reimplemented", "0.1.7"
SHA256 = "4f777ea3461a25257a7b876112cfa90bb6acabc6dfb843bf4d11266e43579dee"


def fetch():
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:"]
        subprocess.run([*command, f"{NAME}=={VERSION}"], cwd=folder, check=True)
        package = pathlib.Path(folder, f"{NAME}-{VERSION}.tar.gz").read_bytes()
    found = hashlib.sha256(package).hexdigest()
    if found != SHA256:
        raise SystemExit(f"{NAME} {VERSION} has another hash: {found}")
    return tarfile.open(fileobj=io.BytesIO(package))


def table(package, name):
    """Each character of a table with the first of those that it lists."""
    text = package.extractfile(f"{NAME}-{VERSION}/opencc/dictionary/{name}.txt").read().decode()
    rows = (line.split("\t") for line in text.splitlines() if "\t" in line)
    return {one: others.split()[0] for one, others in rows}


def main():
    package = fetch()
    simple, traditional = table(package, "TSCharacters"), table(package, "STCharacters")
    # Characters of the basic plane only: no report prints the others.
    kept = {t: s for t, s in simple.items() if t != s and ord(t) < 0x10000 and ord(s) < 0x10000}
    lines = [f"{t}{s}{'*' if traditional.get(s) == t else ''}" for t, s in sorted(kept.items())]
    path = pathlib.Path(__file__).with_name("traditional.txt")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} characters")


main()
