-- ---
-- title.zh = "勾稽平衡率"
-- title.en = "Share of balanced reports"
-- group = "reporting"
-- kind = "share"
-- unit.zh = "占报告的比例"
-- unit.en = "share of reports"
-- direction = "higher"
-- forms = ["cn-2019", "cn-2021"]
-- comparable = true
-- caveat.zh = "全部 B 类规则均通过为平衡，有一项不通过即不平衡；其余（有空白或无法读取而未能全部检验）不计入。"
-- caveat.en = "Balanced where every B rule passes, not where one fails; others, in which blanks or unreadable cells left a test undone, are not counted."
-- ---
WITH sums AS (
  SELECT
    agency_id,
    year,
    SUM(passed) AS passed,
    SUM(failed) AS failed,
    SUM(not_assessable) AS not_assessable
  FROM checks
  WHERE rule LIKE 'B%'
  GROUP BY agency_id, year
)
SELECT agency_id, year, CASE WHEN failed > 0 THEN 0 ELSE 1 END AS num, 1 AS den
FROM sums
WHERE failed > 0 OR (passed > 0 AND not_assessable = 0)
ORDER BY agency_id, year
