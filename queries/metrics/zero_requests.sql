-- ---
-- title.zh = "依申请公开全零报告占比"
-- title.en = "Share of reports with no request"
-- group = "zero"
-- kind = "share"
-- unit.zh = "占报告的比例"
-- unit.en = "share of reports"
-- direction = "neutral"
-- forms = ["cn-2019", "cn-2021"]
-- tables = [3]
-- comparable = true
-- caveat.zh = "表三全部为零，即无新收、无结转、无办结。判定规则同全零报告。"
-- caveat.en = "Every figure of table 3 is 0: nothing received, carried over or closed. Told as for all-zero reports."
-- ---
SELECT agency_id, year, zero_3 AS num, 1 AS den
FROM zero_tables
WHERE zero_3 IS NOT NULL
ORDER BY agency_id, year
