-- ---
-- title.zh = "政府集中采购项目"
-- title.en = "Government procurement projects"
-- group = "disclosure"
-- kind = "count"
-- unit.zh = "个"
-- unit.en = "projects"
-- direction = "neutral"
-- forms = ["cn-2019"]
-- tables = [2]
-- comparable = false
-- caveat.zh = "仅 2019 年格式要求。"
-- caveat.en = "Asked by the 2019 form only."
-- ---
SELECT agency_id, year, procurement_projects AS num
FROM figures
WHERE procurement_projects IS NOT NULL
ORDER BY agency_id, year
