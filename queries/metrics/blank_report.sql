-- ---
-- title.zh = "空白报告占比"
-- title.en = "Share of blank reports"
-- group = "zero"
-- kind = "share"
-- unit.zh = "占报告的比例"
-- unit.en = "share of reports"
-- direction = "lower"
-- forms = ["cn-2019", "cn-2021"]
-- comparable = true
-- caveat.zh = "表二至表四或缺失或整表空白，没有一个数字；有表无法读取而其余各表无数字的，不计入。"
-- caveat.en = "Tables 2 to 4 are missing or wholly blank, without a single number; not counted where a table could not be read and no other has a number."
-- ---
SELECT
  agency_id,
  year,
  CASE WHEN table_2 = 'filled' OR table_3 = 'filled' OR table_4 = 'filled' THEN 0 ELSE 1 END AS num,
  1 AS den
FROM reports
WHERE
  table_2 = 'filled' OR table_3 = 'filled' OR table_4 = 'filled'
  OR (table_2 <> 'unreadable' AND table_3 <> 'unreadable' AND table_4 <> 'unreadable')
ORDER BY agency_id, year
