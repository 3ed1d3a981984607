#!/usr/bin/env python3
"""What an analyst would write to read a folder of annual reports: parse with lxml, match row labels, take the numbers
behind them. One process, one core; the yardstick of `compare.sh`.

    pip install -r requirements.txt        # lxml==6.1.3
    python3 lxml_labels.py FOLDER OUT.csv

It reads HTML only, believes what it finds, and knows nothing of dropped spans, vanished cells, remarks or which form
a table carries: it is a measure of speed, and of what label matching alone is worth.
"""
import csv
import re
import sys
from pathlib import Path

from lxml import html

COLUMNS = ["natural", "business", "research", "nonprofit", "legal", "other", "total"]
# beginnings of the row labels of table 3, as printed, white space and brackets' width aside
ROWS = {
    "一、本年新收": "received", "二、上年结转": "carried_over", "(一)予以公开": "granted", "(二)部分公开": "granted_part",
    "1.属于国家秘密": "refused_state_secret", "2.其他法律": "refused_law", "3.危及": "refused_security",
    "4.保护第三方": "refused_third_party", "5.属于三类": "refused_internal", "6.属于四类": "refused_process",
    "7.属于行政执法": "refused_enforcement", "8.属于行政查询": "refused_inquiry", "1.本机关不掌握": "unavailable_not_held",
    "2.没有现成": "unavailable_not_compiled", "3.补正后": "unavailable_unclear", "1.信访举报": "unprocessed_petition",
    "2.重复申请": "unprocessed_duplicate", "3.要求提供": "unprocessed_publication", "4.无正当理由": "unprocessed_excessive",
    "5.要求行政机关": "unprocessed_reissue", "(六)其他处理": "other_outcome", "1.申请人无正当": "other_not_corrected",
    "2.申请人逾期": "other_unpaid", "3.其他": "other_misc", "(七)总计": "closed", "四、结转下年度": "carried_forward",
}
# rows of table 2: the figures of each form, told apart by how many there are
DOCUMENTS = {
    "规章": {3: ["rules_made", "rules_2", "rules_3"]},
    "行政规范性文件": {3: ["normative_made", "normative_repealed", "normative_in_force"]},
    "规范性文件": {3: ["normative_made", "normative_published", "normative_public_stock"]},
    "行政许可": {1: ["licence_decisions"], 3: ["licence_items_last_year", "licence_items_change", "licence_decisions"]},
    "行政处罚": {1: ["penalty_decisions"], 3: ["penalty_items_last_year", "penalty_items_change", "penalty_decisions"]},
    "行政强制": {1: ["coercion_decisions"], 3: ["coercion_items_last_year", "coercion_items_change", "coercion_decisions"]},
    "行政事业性收费": {1: ["fee_amount_wan"], 2: ["fee_items_last_year", "fee_items_change"]},
    "政府集中采购": {2: ["procurement_projects", "procurement_amount"]},
}
WAYS = ["reconsideration", "litigation_direct", "litigation_after_reconsideration"]
REMEDIES = [f"{way}_{end}" for way in WAYS for end in ["upheld", "corrected", "other", "pending", "total"]]
SPACE = re.compile(r"[\s\u3000\u00a0\u200b]+")
NUMBER = re.compile(r"-?[\d,]+(?:\.\d+)?$")
CHARSET = re.compile(rb"charset=[\"']?([\w-]+)", re.I)
YEAR = re.compile(r"(20\d\d)年")
DATE = re.compile(r"(?:发布|公开|发文)(?:日期|时间)[::]?\s*(\d{4})[-年./](\d{1,2})[-月./](\d{1,2})")
BRACKETS = str.maketrans("（）０１２３４５６７８９", "()0123456789")


def squeeze(text):
    return SPACE.sub("", text).translate(BRACKETS)


def number(text):
    return float(text.replace(",", "")) if NUMBER.match(text) else None


def read(path):
    raw = path.read_bytes()
    found = CHARSET.search(raw[:2048])
    charset = found.group(1).decode().lower() if found else "utf-8"
    tree = html.fromstring(raw.decode("gb18030" if charset.startswith("gb") else charset, "replace"))
    title = squeeze(tree.findtext(".//title") or "")
    year = YEAR.search(title)
    row = {"path": path.name, "title": title, "year": year.group(1) if year else ""}
    date = DATE.search(tree.text_content())
    if date:
        row["published"] = "%s-%02d-%02d" % (date.group(1), int(date.group(2)), int(date.group(3)))
    for tr in tree.iter("tr"):
        if tr.find(".//table") is not None:
            continue
        cells = [squeeze(cell.text_content()) for cell in tr if cell.tag in ("td", "th")]
        values = []
        while cells and (value := number(cells[-1])) is not None:
            values.insert(0, value)
            cells.pop()
        if len(values) == 15:
            row.update(zip(REMEDIES, values))
            continue
        label = next((cell for cell in reversed(cells) if cell), "")
        if len(values) == 7:
            for beginning, name in ROWS.items():
                if label.startswith(beginning):
                    row.update((f"{name}_{column}", value) for column, value in zip(COLUMNS, values))
                    break
        elif values and label in DOCUMENTS:
            row.update(zip(DOCUMENTS[label].get(len(values), []), values))
    return row


def main():
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    rows = [read(path) for path in sorted(folder.rglob("*.html"))]
    names = dict.fromkeys(name for row in rows for name in row)
    with out.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(rows)
    print(f"{len(rows)} reports, {sum(len(row) - 3 for row in rows)} values", file=sys.stderr)


main()
