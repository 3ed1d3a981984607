-- ---
-- title.zh = "诉讼败诉率"
-- title.en = "Share of lawsuits lost"
-- group = "remedies"
-- kind = "share"
-- unit.zh = "占审结诉讼的比例"
-- unit.en = "share of lawsuits concluded"
-- direction = "neutral"
-- forms = ["cn-2019", "cn-2021"]
-- tables = [4]
-- comparable = true
-- caveat.zh = "两类诉讼合计：结果纠正 ÷（总计 - 尚未审结）；各项之和与总计不符的报告不计入。"
-- caveat.en = "Both kinds of lawsuits: corrected / (total - pending); reports whose results do not add up to the total are not counted."
--
-- [[chart]]
-- kind = "funnel"
-- scope = "agency"
-- title.zh = "诉讼败诉率与审结件数：哪些机关的差别超出偶然"
-- title.en = "Share of lawsuits lost by lawsuits concluded: who differs by more than chance"
-- note.zh = "案件少时一件即可使比率大变，控制限因此很宽。"
-- note.en = "Where cases are few one of them moves the share far, so the limits are wide."
-- ---
SELECT
  agency_id,
  year,
  litigation_direct_corrected + litigation_after_reconsideration_corrected AS num,
  litigation_direct_total - litigation_direct_pending
    + litigation_after_reconsideration_total - litigation_after_reconsideration_pending AS den
FROM figures
WHERE
  litigation_direct_upheld + litigation_direct_corrected + litigation_direct_other + litigation_direct_pending
    = litigation_direct_total
  AND litigation_after_reconsideration_upheld + litigation_after_reconsideration_corrected
    + litigation_after_reconsideration_other + litigation_after_reconsideration_pending
    = litigation_after_reconsideration_total
ORDER BY agency_id, year
