-- ---
-- title.zh = "平均每家机关新收申请"
-- title.en = "Requests received per agency"
-- group = "requests"
-- kind = "mean"
-- unit.zh = "件/机关"
-- unit.en = "requests per agency"
-- direction = "neutral"
-- forms = ["cn-2019", "cn-2021"]
-- tables = [3]
-- comparable = true
-- caveat.zh = "机关自行填报；各机关申请量相差悬殊，区间未计入机关之间的差异。"
-- caveat.en = "Self-reported; agencies differ widely, and the interval does not count the variation between them."
-- ---
SELECT agency_id, year, received_total AS num, 1 AS den
FROM figures
WHERE received_total IS NOT NULL
ORDER BY agency_id, year
