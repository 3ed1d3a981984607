-- ---
-- title.zh = "规范性文件存量"
-- title.en = "Stock of normative documents"
-- group = "disclosure"
-- kind = "count"
-- unit.zh = "件"
-- unit.en = "documents"
-- direction = "neutral"
-- forms = ["cn-2019", "cn-2021"]
-- tables = [2]
-- comparable = false
-- caveat.zh = "2019 年格式填“对外公开总数量”，2021 年格式填“现行有效件数”，两者不可比。年末存量，区间仅反映计数的随机性。"
-- caveat.en = "The 2019 form asks for documents public in total, the 2021 form for documents in force: the two do not compare. A stock at the end of the year: the interval speaks of chance in counting only."
-- parts = [
--   { key = "public", zh = "对外公开总数量", en = "Public in total", forms = ["cn-2019"] },
--   { key = "in_force", zh = "现行有效件数", en = "In force", forms = ["cn-2021"] },
-- ]
--
-- [[chart]]
-- kind = "lines"
-- scope = "all"
-- panels = "each"
-- title.zh = "历年规范性文件存量"
-- title.en = "Stock of normative documents over the years"
-- ---
SELECT agency_id, year, 'public' AS part, normative_public_stock AS num FROM figures WHERE normative_public_stock IS NOT NULL
UNION ALL
SELECT agency_id, year, 'in_force' AS part, normative_in_force AS num FROM figures WHERE normative_in_force IS NOT NULL
ORDER BY agency_id, year, part
