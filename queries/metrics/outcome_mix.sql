-- ---
-- title.zh = "办理结果构成"
-- title.en = "Outcomes of requests"
-- group = "outcomes"
-- kind = "share"
-- unit.zh = "占办结申请的比例"
-- unit.en = "share of requests closed"
-- direction = "neutral"
-- forms = ["cn-2019", "cn-2021"]
-- tables = [3]
-- comparable = true
-- caveat.zh = "各项结果之和与总计（七）不符的报告不计入。"
-- caveat.en = "Reports whose outcomes do not add up to the printed total are not counted."
-- parts = [
--   { key = "granted", zh = "予以公开", en = "Granted" },
--   { key = "granted_part", zh = "部分公开", en = "Granted in part" },
--   { key = "refused", zh = "不予公开", en = "Refused" },
--   { key = "unavailable", zh = "无法提供", en = "Not available" },
--   { key = "unprocessed", zh = "不予处理", en = "Not processed" },
--   { key = "other", zh = "其他处理", en = "Other" },
-- ]
--
-- [[chart]]
-- kind = "stacked_shares"
-- scope = "all"
-- title.zh = "历年办理结果构成"
-- title.en = "Outcomes of requests, by year"
-- ---
SELECT agency_id, year, 'granted' AS part, granted AS num, closed AS den FROM outcomes WHERE adds_up = 1
UNION ALL
SELECT agency_id, year, 'granted_part' AS part, granted_part AS num, closed AS den FROM outcomes WHERE adds_up = 1
UNION ALL
SELECT agency_id, year, 'refused' AS part, refused AS num, closed AS den FROM outcomes WHERE adds_up = 1
UNION ALL
SELECT agency_id, year, 'unavailable' AS part, unavailable AS num, closed AS den FROM outcomes WHERE adds_up = 1
UNION ALL
SELECT agency_id, year, 'unprocessed' AS part, unprocessed AS num, closed AS den FROM outcomes WHERE adds_up = 1
UNION ALL
SELECT agency_id, year, 'other' AS part, other_outcome AS num, closed AS den FROM outcomes WHERE adds_up = 1
ORDER BY agency_id, year, part
