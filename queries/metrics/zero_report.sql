-- ---
-- title.zh = "全零报告占比"
-- title.en = "Share of all-zero reports"
-- group = "zero"
-- kind = "share"
-- unit.zh = "占比"
-- unit.en = "share of reports"
-- direction = "neutral"
-- forms = ["cn-2019", "cn-2021"]
-- comparable = true
-- caveat.zh = "全零依表二至表四判定：有任一非零数即不是；数字全为零才是；有表缺失、整表空白或有数字无法读取而又无非零数的，不计入分母。表内空格按零计。"
-- caveat.en = "A report with any figure that is not 0 is not all-zero; one whose figures are all known and 0 is; where tables are missing or wholly blank or figures unreadable and no other figure settles it, the report is not counted. Blank cells inside a filled table count as 0."
--
-- [[chart]]
-- kind = "lines"
-- scope = "level"
-- title.zh = "各层级全零报告占比"
-- title.en = "Share of all-zero reports by level"
-- note.zh = "表二至表四全部为零的报告；带 95% 区间。"
-- note.en = "Reports with 0 in every figure of tables 2 to 4; with 95 % intervals."
--
-- [[chart]]
-- id = "zero_report_map"
-- kind = "heatmap"
-- scope = "agency"
-- title.zh = "各机关历年全零报告"
-- title.en = "All-zero reports by agency and year"
-- note.zh = "空白表示无报告或不可评定。"
-- note.en = "Empty: no report, or not assessable."
-- ---
SELECT agency_id, year, zero_all AS num, 1 AS den
FROM zero_tables
WHERE zero_all IS NOT NULL
ORDER BY agency_id, year
