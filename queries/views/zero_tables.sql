-- Whether the figures of tables 2, 3 and 4 of each report are all 0: 1 where they are all known and 0, 0 where one is
-- not 0, NULL where neither is certain (a table missing, blank or unreadable, or a figure unreadable).
WITH each_table AS (
  SELECT
    agency_id,
    year,
    CASE WHEN table_2_nonzero > 0 THEN 0 WHEN table_2_asked > 0 AND table_2_known = table_2_asked THEN 1 END AS zero_2,
    CASE WHEN table_3_nonzero > 0 THEN 0 WHEN table_3_asked > 0 AND table_3_known = table_3_asked THEN 1 END AS zero_3,
    CASE WHEN table_4_nonzero > 0 THEN 0 WHEN table_4_asked > 0 AND table_4_known = table_4_asked THEN 1 END AS zero_4
  FROM figures
)
SELECT
  agency_id,
  year,
  zero_2,
  zero_3,
  zero_4,
  CASE
    WHEN zero_2 = 0 OR zero_3 = 0 OR zero_4 = 0 THEN 0
    WHEN zero_2 = 1 AND zero_3 = 1 AND zero_4 = 1 THEN 1
  END AS zero_all
FROM each_table
ORDER BY agency_id, year
