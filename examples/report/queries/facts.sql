-- One row of figures.  page/page.html and the notes of the other queries name them
-- in braces: {telegrams}.
SELECT
  (SELECT count(*) FROM cable) AS telegrams,
  (SELECT count(DISTINCT path) FROM file WHERE state = 'read') AS files,
  (SELECT count(DISTINCT post) FROM cable) AS posts,
  (SELECT count(*) FROM cable WHERE rank >= 2) AS classified,
  (SELECT count(*) FROM reference WHERE refid IS NOT NULL) AS "references",
  (SELECT count(DISTINCT tag) FROM tag) AS tags,
  (SELECT CASE WHEN min(created) IS NULL THEN 'none dated'
     WHEN substr(min(created), 1, 4) = substr(max(created), 1, 4) THEN substr(min(created), 1, 4)
     ELSE substr(min(created), 1, 4) || '–' || substr(max(created), 1, 4) END FROM cable) AS years,
  (SELECT count(*) FROM cable WHERE created IS NULL) AS undated,
  (SELECT count(*) FROM cable c LEFT JOIN post p USING (post) WHERE p.lat IS NULL OR p.lon IS NULL) AS unplaced,
  (SELECT count(*) FROM cable WHERE id NOT IN (SELECT cable FROM tag)) AS untagged,
  (SELECT count(*) FROM cable WHERE rank >= 2 AND declass_date IS NULL AND declass_automatic IS NULL) AS never_due;
