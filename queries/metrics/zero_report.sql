-- ---
-- title.zh = "全零报告占比"
-- title.en = "Share of all-zero reports"
-- group = "zero"
-- kind = "share"
-- unit.zh = "占报告的比例"
-- unit.en = "share of reports"
-- direction = "neutral"
-- forms = ["cn-2019", "cn-2021"]
-- comparable = true
-- caveat.zh = "全零依表二至表四判定：有任一非零数即不是；数字全为零才是；有表缺失、整表空白或有数字无法读取而又无非零数的，不计入分母。表内空格按零计。"
-- caveat.en = "A report with any figure that is not 0 is not all-zero; one whose figures are all known and 0 is; where tables are missing or wholly blank or figures unreadable and no other figure settles it, the report is not counted. Blank cells inside a filled table count as 0."
--
-- [[chart]]
-- kind = "bars"
-- scope = "level"
-- title.zh = "各层级全零报告占比"
-- title.en = "Share of all-zero reports by level"
-- note.zh = "竖线为 95% 置信区间。"
-- note.en = "Whiskers: 95 % intervals."
--
-- [[chart]]
-- id = "zero_report_map"
-- kind = "heatmap"
-- scope = "agency"
-- title.zh = "各机关历年全零报告"
-- title.en = "All-zero reports by agency and year"
-- note.zh = "空白表示当年没有收到报告。"
-- note.en = "Empty: no report was found for the year."
-- ---
SELECT agency_id, year, zero_all AS num, 1 AS den
FROM zero_tables
WHERE zero_all IS NOT NULL
ORDER BY agency_id, year
