-- chart: columns
-- title: Traffic over time
-- note: Telegrams by the year in which they were sent, or by the month where
--   all were sent within eight years, stacked by classification. Each telegram
--   counts once, however many files hold it. Without a date, and so not drawn:
--   {undated}.
WITH span AS (
  SELECT min(created) AS first, max(created) AS last FROM cable
), step(width) AS ( -- how much of 2006-04-07 names the period
  SELECT CASE coalesce(:step, iif(substr(last, 1, 4) - substr(first, 1, 4) > 8, 'year', 'month'))
    WHEN 'year' THEN 4 ELSE 7 END
  FROM span
)
SELECT substr(created, 1, width) AS period,
  count(*) FILTER (WHERE rank = 0) AS unclassified,
  count(*) FILTER (WHERE rank = 1) AS official_use,
  count(*) FILTER (WHERE rank = 2) AS confidential,
  count(*) FILTER (WHERE rank = 3) AS secret,
  count(*) FILTER (WHERE rank = 4) AS top_secret,
  count(*) FILTER (WHERE rank IS NULL) AS not_stated,
  count(*) AS telegrams
FROM cable, step
WHERE created IS NOT NULL
GROUP BY period ORDER BY period;
