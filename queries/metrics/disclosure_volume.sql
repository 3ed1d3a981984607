-- ---
-- title.zh = "主动公开数量"
-- title.en = "Disclosure volume"
-- group = "disclosure"
-- kind = "count"
-- unit.zh = "件"
-- unit.en = "items"
-- direction = "neutral"
-- forms = ["cn-2019", "cn-2021"]
-- tables = [2]
-- comparable = true
-- caveat.zh = "数量多少本身不说明公开工作好坏。"
-- caveat.en = "More or fewer is not by itself better or worse."
-- parts = [
--   { key = "normative_made", zh = "规范性文件", en = "Normative documents" },
--   { key = "licence_decisions", zh = "行政许可", en = "Licensing decisions" },
--   { key = "penalty_decisions", zh = "行政处罚", en = "Penalty decisions" },
--   { key = "coercion_decisions", zh = "行政强制", en = "Coercion decisions" },
-- ]
--
-- [[chart]]
-- kind = "lines"
-- scope = "all"
-- panels = "each"
-- title.zh = "历年主动公开数量"
-- title.en = "Disclosure volume over the years"
-- note.zh = "各图纵轴不同。"
-- note.en = "Each panel has its own scale."
-- ---
SELECT agency_id, year, 'normative_made' AS part, normative_made AS num FROM figures WHERE normative_made IS NOT NULL
UNION ALL
SELECT agency_id, year, 'licence_decisions' AS part, licence_decisions AS num FROM figures WHERE licence_decisions IS NOT NULL
UNION ALL
SELECT agency_id, year, 'penalty_decisions' AS part, penalty_decisions AS num FROM figures WHERE penalty_decisions IS NOT NULL
UNION ALL
SELECT agency_id, year, 'coercion_decisions' AS part, coercion_decisions AS num FROM figures WHERE coercion_decisions IS NOT NULL
ORDER BY agency_id, year, part
