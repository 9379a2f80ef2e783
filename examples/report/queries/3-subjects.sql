-- chart: bars
-- title: What it is about
-- note: The twenty most frequent TAGS that name a subject, an organization or a
--   program, by the telegrams that bear them, stacked by classification. A
--   telegram counts once for each of its tags. Without any tag: {untagged}.
SELECT t.tag, k.meaning,
  count(DISTINCT c.id) FILTER (WHERE c.rank = 0) AS unclassified,
  count(DISTINCT c.id) FILTER (WHERE c.rank = 1) AS official_use,
  count(DISTINCT c.id) FILTER (WHERE c.rank = 2) AS confidential,
  count(DISTINCT c.id) FILTER (WHERE c.rank = 3) AS secret,
  count(DISTINCT c.id) FILTER (WHERE c.rank = 4) AS top_secret,
  count(DISTINCT c.id) FILTER (WHERE c.rank IS NULL) AS not_stated,
  count(DISTINCT c.id) AS telegrams
FROM tag t JOIN cable c ON c.id = t.cable
LEFT JOIN tag_code k ON k.code = t.tag
WHERE t.tag NOT IN (SELECT code FROM country)
GROUP BY t.tag ORDER BY telegrams DESC, t.tag LIMIT 20;
