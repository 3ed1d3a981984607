-- ---
-- title.zh = "连续全零年数"
-- title.en = "Years running of all-zero reports"
-- group = "zero"
-- kind = "mean"
-- unit.zh = "年"
-- unit.en = "years"
-- direction = "neutral"
-- forms = ["cn-2019", "cn-2021"]
-- comparable = true
-- cumulative = true
-- interval = "none"
-- caveat.zh = "截至该年连续全零的年数，本年非全零为 0；中间缺一年或不可评定即中断。合并值为各报告平均。不给区间。"
-- caveat.en = "Years running, up to this one, of all-zero reports; 0 where this one is not. A year without a report, or one that cannot be assessed, ends a run. Pooled as the mean over reports; no interval."
-- ---
-- Inside a run of consecutive years, the year less the number of all-zero years so far stays the same.
WITH known AS (
  SELECT agency_id, year, zero_all
  FROM zero_tables
  WHERE zero_all IS NOT NULL
),
zeros AS (
  SELECT agency_id, year FROM known WHERE zero_all = 1
),
counted AS (
  SELECT z.agency_id AS agency_id, z.year AS year, SUM(CASE WHEN b.year <= z.year THEN 1 ELSE 0 END) AS so_far
  FROM zeros AS z
  INNER JOIN zeros AS b ON z.agency_id = b.agency_id
  GROUP BY z.agency_id, z.year
),
runs AS (
  SELECT agency_id, year, year - so_far AS run FROM counted
),
begun AS (
  SELECT agency_id, run, MIN(year) AS first_year FROM runs GROUP BY agency_id, run
),
streaks AS (
  SELECT r.agency_id AS agency_id, r.year AS year, r.year - b.first_year + 1 AS streak
  FROM runs AS r
  INNER JOIN begun AS b ON r.agency_id = b.agency_id AND r.run = b.run
)
SELECT k.agency_id AS agency_id, k.year AS year, COALESCE(s.streak, 0) AS num, 1 AS den
FROM known AS k
LEFT JOIN streaks AS s ON k.agency_id = s.agency_id AND k.year = s.year
ORDER BY agency_id, year
