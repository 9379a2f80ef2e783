-- chart: network
-- title: What one telegram rests on, and what rests on it
-- note: The neighbourhood of {first.refid} ({first.subject}). To its left stand the
--   telegrams that it refers to, and those that they refer to; to its right
--   those that refer to it, and those that refer to them, the earliest on top. A line runs to each
--   telegram, with the arrow, from one that refers to it in its REF line or in
--   its text. Dashed boxes are telegrams that are not in the archive. Of each
--   step the fifteen most cited are drawn.
WITH RECURSIVE most_cited AS (
  SELECT refid, count(*) AS n
  FROM (SELECT cable, refid FROM reference UNION SELECT cable, refid FROM citation) e
  WHERE refid IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM cable c WHERE c.id = e.cable AND c.refid = e.refid)
  GROUP BY refid
), focus AS ( -- the telegram asked for, else the most cited one, of those held if any is
  SELECT coalesce(:cable, (
    SELECT m.refid FROM most_cited m LEFT JOIN cable c ON c.refid = m.refid
    ORDER BY c.id IS NULL, m.n DESC, m.refid LIMIT 1)) AS refid
), reach(refid, step) AS ( -- step is negative towards what is referred to
  SELECT refid, 0 FROM focus WHERE refid IS NOT NULL
  UNION
  SELECT e.refid, r.step - 1
  FROM reach r JOIN cable c ON c.refid = r.refid JOIN reference e ON e.cable = c.id
  WHERE r.step IN (0, -1) AND e.refid IS NOT NULL
  UNION
  SELECT e.refid, r.step - 1
  FROM reach r JOIN cable c ON c.refid = r.refid JOIN citation e ON e.cable = c.id
  WHERE r.step IN (0, -1) AND e.refid IS NOT NULL
  UNION
  SELECT c.refid, r.step + 1
  FROM reach r JOIN reference e ON e.refid = r.refid JOIN cable c ON c.id = e.cable
  WHERE r.step IN (0, 1) AND c.refid IS NOT NULL
  UNION
  SELECT c.refid, r.step + 1
  FROM reach r JOIN citation e ON e.refid = r.refid JOIN cable c ON c.id = e.cable
  WHERE r.step IN (0, 1) AND c.refid IS NOT NULL
), nearest AS ( -- a telegram on both sides, or at two steps, stands at the nearest
  SELECT refid, step, min(abs(step) * 2 + (step > 0)) FROM reach GROUP BY refid
), counted AS (
  SELECT refid, step,
    (SELECT count(*) FROM (
      SELECT cable FROM reference WHERE refid = n.refid UNION SELECT cable FROM citation WHERE refid = n.refid) e
     JOIN cable c ON c.id = e.cable WHERE c.refid IS NOT n.refid) AS cited_by
  FROM nearest n
), ranked AS (
  SELECT *, count(*) OVER (PARTITION BY step) AS at_step,
    row_number() OVER (PARTITION BY step ORDER BY cited_by DESC, refid) AS place
  FROM counted
), drawn AS MATERIALIZED (
  SELECT * FROM ranked WHERE place <= 15
)
SELECT d.refid, d.step, date(c.created) AS sent, c.subject, c.classification,
  CASE WHEN c.id IS NULL THEN 'not_held'
    WHEN c.rank IS NULL THEN 'not_stated'
    ELSE json_extract('["unclassified", "official_use", "confidential", "secret", "top_secret"]', '$[' || c.rank || ']')
  END AS level,
  d.cited_by, d.at_step,
  (SELECT json_group_array(refid) FROM (
    SELECT refid FROM reference WHERE cable = c.id UNION SELECT refid FROM citation WHERE cable = c.id ORDER BY refid)
   WHERE refid IN (SELECT refid FROM drawn) AND refid <> d.refid) AS refers_to
FROM drawn d LEFT JOIN cable c ON c.refid = d.refid
ORDER BY abs(d.step), d.step, c.created IS NULL, c.created, d.refid;
