-- ---
-- title.zh = "不予公开的理由"
-- title.en = "Grounds of refusal"
-- group = "outcomes"
-- kind = "share"
-- unit.zh = "占不予公开的比例"
-- unit.en = "share of refusals"
-- direction = "neutral"
-- forms = ["cn-2019", "cn-2021"]
-- tables = [3]
-- comparable = true
-- caveat.zh = "占八项之和；任一项无法读取的报告不计入。"
-- caveat.en = "Share of the eight together; reports with one of them unreadable are not counted."
-- parts = [
--   { key = "state_secret", zh = "国家秘密", en = "State secret" },
--   { key = "law", zh = "其他法律法规禁止", en = "Forbidden by another law" },
--   { key = "security", zh = "三安全一稳定", en = "Security and stability" },
--   { key = "third_party", zh = "第三方合法权益", en = "Rights of a third party" },
--   { key = "internal", zh = "内部事务信息", en = "Internal affairs" },
--   { key = "process", zh = "过程性信息", en = "Deliberative" },
--   { key = "enforcement", zh = "行政执法案卷", en = "Enforcement file" },
--   { key = "inquiry", zh = "行政查询事项", en = "Registry enquiry" },
-- ]
--
-- [[chart]]
-- kind = "stacked_shares"
-- scope = "all"
-- title.zh = "历年不予公开的理由"
-- title.en = "Grounds of refusal, by year"
-- ---
WITH sums AS (
  SELECT
    *,
    refused_state_secret_total + refused_law_total + refused_security_total
      + refused_third_party_total + refused_internal_total + refused_process_total
      + refused_enforcement_total + refused_inquiry_total AS whole
  FROM figures
)
SELECT agency_id, year, 'state_secret' AS part, refused_state_secret_total AS num, whole AS den FROM sums WHERE whole IS NOT NULL
UNION ALL
SELECT agency_id, year, 'law' AS part, refused_law_total AS num, whole AS den FROM sums WHERE whole IS NOT NULL
UNION ALL
SELECT agency_id, year, 'security' AS part, refused_security_total AS num, whole AS den FROM sums WHERE whole IS NOT NULL
UNION ALL
SELECT agency_id, year, 'third_party' AS part, refused_third_party_total AS num, whole AS den FROM sums WHERE whole IS NOT NULL
UNION ALL
SELECT agency_id, year, 'internal' AS part, refused_internal_total AS num, whole AS den FROM sums WHERE whole IS NOT NULL
UNION ALL
SELECT agency_id, year, 'process' AS part, refused_process_total AS num, whole AS den FROM sums WHERE whole IS NOT NULL
UNION ALL
SELECT agency_id, year, 'enforcement' AS part, refused_enforcement_total AS num, whole AS den FROM sums WHERE whole IS NOT NULL
UNION ALL
SELECT agency_id, year, 'inquiry' AS part, refused_inquiry_total AS num, whole AS den FROM sums WHERE whole IS NOT NULL
ORDER BY agency_id, year, part
