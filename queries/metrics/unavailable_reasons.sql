-- ---
-- title.zh = "无法提供的理由"
-- title.en = "Why information is not available"
-- group = "outcomes"
-- kind = "share"
-- unit.zh = "占无法提供的比例"
-- unit.en = "share of not available"
-- direction = "neutral"
-- forms = ["cn-2019", "cn-2021"]
-- tables = [3]
-- comparable = true
-- caveat.zh = "占三项之和；任一项无法读取的报告不计入。"
-- caveat.en = "Share of the three together; reports with one of them unreadable are not counted."
-- parts = [
--   { key = "not_held", zh = "不掌握", en = "Not held" },
--   { key = "not_compiled", zh = "需另行制作", en = "Would have to be compiled" },
--   { key = "unclear", zh = "补正后仍不明确", en = "Unclear after correction" },
-- ]
-- ---
WITH sums AS (
  SELECT
    *,
    unavailable_not_held_total + unavailable_not_compiled_total + unavailable_unclear_total AS whole
  FROM figures
)
SELECT agency_id, year, 'not_held' AS part, unavailable_not_held_total AS num, whole AS den FROM sums WHERE whole IS NOT NULL
UNION ALL
SELECT agency_id, year, 'not_compiled' AS part, unavailable_not_compiled_total AS num, whole AS den FROM sums WHERE whole IS NOT NULL
UNION ALL
SELECT agency_id, year, 'unclear' AS part, unavailable_unclear_total AS num, whole AS den FROM sums WHERE whole IS NOT NULL
ORDER BY agency_id, year, part
