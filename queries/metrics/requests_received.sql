-- ---
-- title.zh = "新收政府信息公开申请"
-- title.en = "Requests received"
-- group = "requests"
-- kind = "count"
-- unit.zh = "件"
-- unit.en = "requests"
-- direction = "neutral"
-- forms = ["cn-2019", "cn-2021"]
-- tables = [3]
-- comparable = true
-- caveat.zh = "数量多少本身不说明公开工作好坏。"
-- caveat.en = "More or fewer is not by itself better or worse."
-- ---
SELECT agency_id, year, received_total AS num
FROM figures
WHERE received_total IS NOT NULL
ORDER BY agency_id, year
