-- ---
-- title.zh = "本年制发规章"
-- title.en = "Rules made"
-- group = "disclosure"
-- kind = "count"
-- unit.zh = "件"
-- unit.en = "documents"
-- direction = "neutral"
-- forms = ["cn-2019", "cn-2021"]
-- tables = [2]
-- comparable = true
-- caveat.zh = "只有国务院部门、省级和设区的市级政府可以制定规章；其他机关填报的多为误填。"
-- caveat.en = "Only State Council departments, provinces and prefecture-level governments may make rules; numbers of others are mostly mistakes."
-- ---
SELECT agency_id, year, rules_made AS num
FROM figures
WHERE rules_made IS NOT NULL
ORDER BY agency_id, year
