-- ---
-- title.zh = "按时发布率"
-- title.en = "Share published on time"
-- group = "reporting"
-- kind = "share"
-- unit.zh = "占报告的比例"
-- unit.en = "share of reports"
-- direction = "higher"
-- forms = ["cn-2019", "cn-2021"]
-- comparable = true
-- caveat.zh = "依规则 D001；没有发布日期的报告不计入。乡镇街道期限依各地规定，默认 1 月 31 日。"
-- caveat.en = "By rule D001; reports without a date of publication are not counted. Townships follow local rules, by default 31 January."
--
-- [[chart]]
-- kind = "bars"
-- scope = "all"
-- title.zh = "历年按时发布率"
-- title.en = "Share of reports published on time"
-- note.zh = "竖线为 95% 置信区间。"
-- note.en = "Whiskers: 95 % intervals."
-- ---
SELECT agency_id, year, CASE WHEN failed > 0 THEN 0 ELSE 1 END AS num, 1 AS den
FROM checks
WHERE rule = 'D001' AND passed + failed > 0
ORDER BY agency_id, year
