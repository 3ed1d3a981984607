-- ---
-- title.zh = "申请人构成"
-- title.en = "Who requests"
-- group = "requests"
-- kind = "share"
-- unit.zh = "占新收申请的比例"
-- unit.en = "share of requests received"
-- direction = "neutral"
-- forms = ["cn-2019", "cn-2021"]
-- tables = [3]
-- comparable = true
-- caveat.zh = "六类申请人之和与总计不符的报告不计入。"
-- caveat.en = "Reports whose six kinds of applicants do not add up to the printed total are not counted."
-- parts = [
--   { key = "natural", zh = "自然人", en = "Natural persons" },
--   { key = "business", zh = "商业企业", en = "Businesses" },
--   { key = "research", zh = "科研机构", en = "Research bodies" },
--   { key = "nonprofit", zh = "社会公益组织", en = "Non-profits" },
--   { key = "legal", zh = "法律服务机构", en = "Legal services" },
--   { key = "other", zh = "其他", en = "Others" },
-- ]
--
-- [[chart]]
-- kind = "stacked_shares"
-- scope = "all"
-- title.zh = "历年申请人构成"
-- title.en = "Who requests, by year"
-- ---
WITH consistent AS (
  SELECT *
  FROM figures
  WHERE
    received_natural + received_business + received_research + received_nonprofit
      + received_legal + received_other = received_total
)
SELECT agency_id, year, 'natural' AS part, received_natural AS num, received_total AS den FROM consistent
UNION ALL
SELECT agency_id, year, 'business' AS part, received_business AS num, received_total AS den FROM consistent
UNION ALL
SELECT agency_id, year, 'research' AS part, received_research AS num, received_total AS den FROM consistent
UNION ALL
SELECT agency_id, year, 'nonprofit' AS part, received_nonprofit AS num, received_total AS den FROM consistent
UNION ALL
SELECT agency_id, year, 'legal' AS part, received_legal AS num, received_total AS den FROM consistent
UNION ALL
SELECT agency_id, year, 'other' AS part, received_other AS num, received_total AS den FROM consistent
ORDER BY agency_id, year, part
