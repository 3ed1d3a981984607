-- ---
-- title.zh = "其他处理的构成"
-- title.en = "Other outcomes"
-- group = "outcomes"
-- kind = "share"
-- unit.zh = "占其他处理的比例"
-- unit.en = "share of other outcomes"
-- direction = "neutral"
-- forms = ["cn-2021"]
-- tables = [3]
-- comparable = false
-- caveat.zh = "仅 2021 年格式分列；占三项之和。"
-- caveat.en = "Listed by the 2021 form only; share of the three together."
-- parts = [
--   { key = "not_corrected", zh = "逾期不补正", en = "Not corrected in time" },
--   { key = "unpaid", zh = "逾期不缴费", en = "Fee not paid in time" },
--   { key = "misc", zh = "其他", en = "Other" },
-- ]
-- ---
WITH sums AS (
  SELECT
    *,
    other_not_corrected_total + other_unpaid_total + other_misc_total AS whole
  FROM figures
)
SELECT agency_id, year, 'not_corrected' AS part, other_not_corrected_total AS num, whole AS den FROM sums WHERE whole IS NOT NULL
UNION ALL
SELECT agency_id, year, 'unpaid' AS part, other_unpaid_total AS num, whole AS den FROM sums WHERE whole IS NOT NULL
UNION ALL
SELECT agency_id, year, 'misc' AS part, other_misc_total AS num, whole AS den FROM sums WHERE whole IS NOT NULL
ORDER BY agency_id, year, part
