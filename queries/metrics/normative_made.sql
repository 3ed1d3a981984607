-- ---
-- title.zh = "本年制发规范性文件"
-- title.en = "Normative documents made"
-- group = "disclosure"
-- kind = "count"
-- unit.zh = "件"
-- unit.en = "documents"
-- direction = "neutral"
-- forms = ["cn-2019", "cn-2021"]
-- tables = [2]
-- comparable = true
-- caveat.zh = "机关自行填报；2019 年格式为“本年新制作数量”，2021 年格式为“本年制发件数”，口径大致相同。"
-- caveat.en = "Self-reported. The 2019 form asks for documents newly drawn up, the 2021 form for documents issued: nearly the same."
-- ---
SELECT agency_id, year, normative_made AS num
FROM figures
WHERE normative_made IS NOT NULL
ORDER BY agency_id, year
