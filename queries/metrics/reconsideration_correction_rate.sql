-- ---
-- title.zh = "复议纠错率"
-- title.en = "Share of reconsiderations corrected"
-- group = "remedies"
-- kind = "share"
-- unit.zh = "占审结复议的比例"
-- unit.en = "share of reconsiderations concluded"
-- direction = "neutral"
-- forms = ["cn-2019", "cn-2021"]
-- tables = [4]
-- comparable = true
-- caveat.zh = "结果纠正 ÷（总计 - 尚未审结）；各项之和与总计不符的报告不计入。"
-- caveat.en = "Corrected / (total - pending); reports whose results do not add up to the total are not counted."
--
-- [[chart]]
-- kind = "funnel"
-- scope = "agency"
-- title.zh = "复议纠错率与审结件数：哪些机关的差别超出偶然"
-- title.en = "Share corrected on reconsideration by cases concluded: who differs by more than chance"
-- note.zh = "案件少时一件即可使比率大变，控制限因此很宽。"
-- note.en = "Where cases are few one of them moves the share far, so the limits are wide."
-- ---
SELECT
  agency_id,
  year,
  reconsideration_corrected AS num,
  reconsideration_total - reconsideration_pending AS den
FROM figures
WHERE
  reconsideration_upheld + reconsideration_corrected + reconsideration_other + reconsideration_pending
    = reconsideration_total
ORDER BY agency_id, year
