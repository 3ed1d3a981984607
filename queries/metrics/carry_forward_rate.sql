-- ---
-- title.zh = "结转率"
-- title.en = "Share carried forward"
-- group = "requests"
-- kind = "share"
-- unit.zh = "占新收与上年结转的比例"
-- unit.en = "share of requests received or carried over"
-- direction = "neutral"
-- forms = ["cn-2019", "cn-2021"]
-- tables = [3]
-- comparable = true
-- caveat.zh = "结转下年度 ÷（新收 + 上年结转）；不满足“新收 + 上年结转 = 总计 + 结转下年度”的报告不计入。"
-- caveat.en = "Carried forward / (received + carried over); reports in which received + carried over is not closed + carried forward are not counted."
--
-- [[chart]]
-- kind = "funnel"
-- scope = "agency"
-- title.zh = "结转率与应办件数：哪些机关的差别超出偶然"
-- title.en = "Share carried forward by requests in hand: who differs by more than chance"
-- note.zh = "年末集中收到的申请会抬高结转率。"
-- note.en = "Requests that come in late in the year raise it."
-- ---
SELECT agency_id, year, carried_forward_total AS num, received_total + carried_over_total AS den
FROM figures
WHERE received_total + carried_over_total = closed_total + carried_forward_total
ORDER BY agency_id, year
