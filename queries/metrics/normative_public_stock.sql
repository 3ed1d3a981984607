-- ---
-- title.zh = "对外公开规范性文件总数"
-- title.en = "Normative documents public in total"
-- group = "disclosure"
-- kind = "count"
-- unit.zh = "件"
-- unit.en = "documents"
-- direction = "neutral"
-- forms = ["cn-2019"]
-- tables = [2]
-- comparable = false
-- caveat.zh = "仅 2019 年格式要求；与“现行有效件数”不可比。年末存量，区间仅反映计数的随机性。"
-- caveat.en = "Asked by the 2019 form only; not comparable with documents in force. A stock at the end of the year: the interval speaks of chance in counting only."
-- ---
SELECT agency_id, year, normative_public_stock AS num
FROM figures
WHERE normative_public_stock IS NOT NULL
ORDER BY agency_id, year
