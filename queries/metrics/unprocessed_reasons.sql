-- ---
-- title.zh = "不予处理的理由"
-- title.en = "Why requests are not processed"
-- group = "outcomes"
-- kind = "share"
-- unit.zh = "占不予处理的比例"
-- unit.en = "share of not processed"
-- direction = "neutral"
-- forms = ["cn-2019", "cn-2021"]
-- tables = [3]
-- comparable = true
-- caveat.zh = "占五项之和；任一项无法读取的报告不计入。"
-- caveat.en = "Share of the five together; reports with one of them unreadable are not counted."
-- parts = [
--   { key = "petition", zh = "信访举报投诉", en = "Petition or complaint" },
--   { key = "duplicate", zh = "重复申请", en = "Repeated request" },
--   { key = "publication", zh = "要求提供公开出版物", en = "Asks for a publication" },
--   { key = "excessive", zh = "大量反复申请", en = "Mass requests" },
--   { key = "reissue", zh = "要求确认或重新出具", en = "Asks to confirm or reissue" },
-- ]
-- ---
WITH sums AS (
  SELECT
    *,
    unprocessed_petition_total + unprocessed_duplicate_total + unprocessed_publication_total
      + unprocessed_excessive_total + unprocessed_reissue_total AS whole
  FROM figures
)
SELECT agency_id, year, 'petition' AS part, unprocessed_petition_total AS num, whole AS den FROM sums WHERE whole IS NOT NULL
UNION ALL
SELECT agency_id, year, 'duplicate' AS part, unprocessed_duplicate_total AS num, whole AS den FROM sums WHERE whole IS NOT NULL
UNION ALL
SELECT agency_id, year, 'publication' AS part, unprocessed_publication_total AS num, whole AS den FROM sums WHERE whole IS NOT NULL
UNION ALL
SELECT agency_id, year, 'excessive' AS part, unprocessed_excessive_total AS num, whole AS den FROM sums WHERE whole IS NOT NULL
UNION ALL
SELECT agency_id, year, 'reissue' AS part, unprocessed_reissue_total AS num, whole AS den FROM sums WHERE whole IS NOT NULL
ORDER BY agency_id, year, part
