-- ---
-- title.zh = "行政事业性收费金额"
-- title.en = "Administrative fees collected"
-- group = "disclosure"
-- kind = "count"
-- unit.zh = "万元"
-- unit.en = "10,000 CNY"
-- direction = "neutral"
-- forms = ["cn-2021"]
-- tables = [2]
-- comparable = false
-- interval = "none"
-- caveat.zh = "仅 2021 年格式要求；有的机关按元填报（见 V005）。金额不是计数，不给区间。"
-- caveat.en = "Asked by the 2021 form only; some agencies enter CNY instead (see V005). An amount is not a count and has no interval."
-- ---
SELECT agency_id, year, fee_amount_wan AS num
FROM figures
WHERE fee_amount_wan IS NOT NULL
ORDER BY agency_id, year
