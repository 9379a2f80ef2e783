-- chart: bars
-- title: Which countries it is about
-- note: The twenty most frequent TAGS that name a country, a territory or a
--   region, counted in the same way. They tell what a telegram is about, not
--   where it was sent from.
SELECT t.tag, k.name AS meaning,
  count(DISTINCT c.id) FILTER (WHERE c.rank = 0) AS unclassified,
  count(DISTINCT c.id) FILTER (WHERE c.rank = 1) AS official_use,
  count(DISTINCT c.id) FILTER (WHERE c.rank = 2) AS confidential,
  count(DISTINCT c.id) FILTER (WHERE c.rank = 3) AS secret,
  count(DISTINCT c.id) FILTER (WHERE c.rank = 4) AS top_secret,
  count(DISTINCT c.id) FILTER (WHERE c.rank IS NULL) AS not_stated,
  count(DISTINCT c.id) AS telegrams
FROM tag t JOIN country k ON k.code = t.tag
JOIN cable c ON c.id = t.cable
GROUP BY t.tag ORDER BY telegrams DESC, t.tag LIMIT 20;
