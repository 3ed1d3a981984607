-- ---
-- title.zh = "现行有效规范性文件"
-- title.en = "Normative documents in force"
-- group = "disclosure"
-- kind = "count"
-- unit.zh = "件"
-- unit.en = "documents"
-- direction = "neutral"
-- forms = ["cn-2021"]
-- tables = [2]
-- comparable = false
-- caveat.zh = "仅 2021 年格式要求；与“对外公开总数量”不可比。年末存量，区间仅反映计数的随机性。"
-- caveat.en = "Asked by the 2021 form only; not comparable with documents public in total. A stock at the end of the year: the interval speaks of chance in counting only."
-- ---
SELECT agency_id, year, normative_in_force AS num
FROM figures
WHERE normative_in_force IS NOT NULL
ORDER BY agency_id, year
