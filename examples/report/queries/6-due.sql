-- chart: columns
-- title: When its classification ends
-- mark: today
-- note: Classified telegrams by the year in which their own marking
--   declassifies them. Those whose marking sets no date are drawn hatched, in
--   the year of the 25-year rule: on 31 December of the 25th year after
--   sending. Neither can be told, and so not drawn: {never_due}. Nothing here says that a
--   telegram was in fact released.
SELECT substr(coalesce(declass_date, declass_automatic), 1, 4) AS year,
  count(*) FILTER (WHERE declass_date IS NOT NULL AND rank = 2) AS confidential,
  count(*) FILTER (WHERE declass_date IS NOT NULL AND rank = 3) AS secret,
  count(*) FILTER (WHERE declass_date IS NOT NULL AND rank = 4) AS top_secret,
  count(*) FILTER (WHERE declass_date IS NULL) AS "25_year_rule",
  count(*) AS telegrams
FROM cable
WHERE rank >= 2 AND coalesce(declass_date, declass_automatic) IS NOT NULL
GROUP BY 1 ORDER BY 1; -- not "year", which is a column of cable
