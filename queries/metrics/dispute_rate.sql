-- ---
-- title.zh = "复议诉讼率"
-- title.en = "Reconsiderations and lawsuits per request closed"
-- group = "remedies"
-- kind = "mean"
-- unit.zh = "件/办结申请"
-- unit.en = "cases per request closed"
-- direction = "neutral"
-- forms = ["cn-2019", "cn-2021"]
-- tables = [3, 4]
-- comparable = true
-- caveat.zh = "（行政复议 + 两类行政诉讼）÷ 总计；案件可能涉及往年申请，故可大于 1；复议后又起诉的计两次。"
-- caveat.en = "(Reconsiderations + both kinds of lawsuits) / closed. Cases may concern requests of earlier years, so it can exceed 1; a lawsuit after reconsideration counts twice."
-- ---
SELECT
  agency_id,
  year,
  reconsideration_total + litigation_direct_total + litigation_after_reconsideration_total AS num,
  closed_total AS den
FROM figures
WHERE reconsideration_total + litigation_direct_total + litigation_after_reconsideration_total + closed_total IS NOT NULL
ORDER BY agency_id, year
