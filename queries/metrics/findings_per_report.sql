-- ---
-- title.zh = "每份报告的问题数"
-- title.en = "Findings per report"
-- group = "reporting"
-- kind = "mean"
-- unit.zh = "个/报告"
-- unit.en = "findings per report"
-- direction = "lower"
-- forms = ["cn-2019", "cn-2021"]
-- comparable = true
-- caveat.zh = "仅计经过检验的报告；一份报告的问题往往相互牵连，区间未计入这一点。"
-- caveat.en = "Tested reports only; findings on one report often hang together, which the interval does not count."
-- parts = [
--   { key = "error", zh = "错误", en = "Errors" },
--   { key = "warning", zh = "警告", en = "Warnings" },
--   { key = "info", zh = "提示", en = "Notes" },
-- ]
-- ---
WITH tested AS (
  SELECT agency_id, year FROM checks GROUP BY agency_id, year
),
found AS (
  SELECT
    agency_id,
    year,
    SUM(CASE WHEN severity = 'error' THEN 1 ELSE 0 END) AS errors,
    SUM(CASE WHEN severity = 'warning' THEN 1 ELSE 0 END) AS warnings,
    SUM(CASE WHEN severity = 'info' THEN 1 ELSE 0 END) AS infos
  FROM findings
  GROUP BY agency_id, year
),
counted AS (
  SELECT
    t.agency_id AS agency_id,
    t.year AS year,
    COALESCE(f.errors, 0) AS errors,
    COALESCE(f.warnings, 0) AS warnings,
    COALESCE(f.infos, 0) AS infos
  FROM tested AS t
  LEFT JOIN found AS f ON t.agency_id = f.agency_id AND t.year = f.year
)
SELECT agency_id, year, 'error' AS part, errors AS num, 1 AS den FROM counted
UNION ALL
SELECT agency_id, year, 'warning' AS part, warnings AS num, 1 AS den FROM counted
UNION ALL
SELECT agency_id, year, 'info' AS part, infos AS num, 1 AS den FROM counted
ORDER BY agency_id, year, part
