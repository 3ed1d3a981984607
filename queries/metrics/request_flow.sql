-- ---
-- title.zh = "申请的收、办、转"
-- title.en = "Requests received, closed and carried forward"
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
-- parts = [
--   { key = "received", zh = "新收", en = "Received" },
--   { key = "closed", zh = "办结", en = "Closed" },
--   { key = "carried_forward", zh = "结转下年度", en = "Carried forward" },
-- ]
--
-- [[chart]]
-- kind = "lines"
-- scope = "all"
-- title.zh = "历年新收、办结和结转的申请"
-- title.en = "Requests received, closed and carried forward, by year"
-- ---
SELECT agency_id, year, 'received' AS part, received_total AS num FROM figures WHERE received_total IS NOT NULL
UNION ALL
SELECT agency_id, year, 'closed' AS part, closed_total AS num FROM figures WHERE closed_total IS NOT NULL
UNION ALL
SELECT agency_id, year, 'carried_forward' AS part, carried_forward_total AS num FROM figures WHERE carried_forward_total IS NOT NULL
ORDER BY agency_id, year, part
