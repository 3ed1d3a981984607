-- ---
-- title.zh = "主动公开全零报告占比"
-- title.en = "Share of reports with no disclosure"
-- group = "zero"
-- kind = "share"
-- unit.zh = "占报告的比例"
-- unit.en = "share of reports"
-- direction = "neutral"
-- forms = ["cn-2019", "cn-2021"]
-- tables = [2]
-- comparable = false
-- caveat.zh = "表二所列事项在两种格式中不同，2020 年与 2021 年之间不可直接比较。判定规则同全零报告。"
-- caveat.en = "The two forms ask different things in table 2: do not compare across 2020 and 2021. Told as for all-zero reports."
-- ---
SELECT agency_id, year, zero_2 AS num, 1 AS den
FROM zero_tables
WHERE zero_2 IS NOT NULL
ORDER BY agency_id, year
