-- ---
-- title.zh = "不予公开率"
-- title.en = "Share refused"
-- group = "outcomes"
-- kind = "share"
-- unit.zh = "占办结申请的比例"
-- unit.en = "share of requests closed"
-- direction = "neutral"
-- forms = ["cn-2019", "cn-2021"]
-- tables = [3]
-- comparable = true
-- caveat.zh = "八项不予公开之和 ÷ 总计；高低本身不说明好坏。各项结果之和与总计（七）不符的报告不计入。"
-- caveat.en = "The eight grounds of refusal / closed; not by itself better or worse. Reports whose outcomes do not add up to the printed total are not counted."
--
-- [[chart]]
-- kind = "funnel"
-- scope = "agency"
-- title.zh = "不予公开率与办结数：哪些机关的差别超出偶然"
-- title.en = "Share refused by requests closed: who differs by more than chance"
-- note.zh = "高低取决于所申请的内容；超出控制限只说明与全部机关不同，不说明好坏。"
-- note.en = "It depends on what is asked for; being beyond a limit says different, not better or worse."
-- ---
SELECT agency_id, year, refused AS num, closed AS den
FROM outcomes
WHERE adds_up = 1
ORDER BY agency_id, year
