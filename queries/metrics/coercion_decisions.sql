-- ---
-- title.zh = "行政强制处理决定"
-- title.en = "Coercion decisions"
-- group = "disclosure"
-- kind = "count"
-- unit.zh = "件"
-- unit.en = "decisions"
-- direction = "neutral"
-- forms = ["cn-2019", "cn-2021"]
-- tables = [2]
-- comparable = true
-- caveat.zh = "数量多少本身不说明公开工作好坏。"
-- caveat.en = "More or fewer is not by itself better or worse."
-- ---
SELECT agency_id, year, coercion_decisions AS num
FROM figures
WHERE coercion_decisions IS NOT NULL
ORDER BY agency_id, year
