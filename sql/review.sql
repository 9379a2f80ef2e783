-- Views for reviewers and archivists of an archive (sql/archive.sql).
--
--   sqlite3 cables.db '.read sql/review.sql'
--
-- They need no extension.  Today is that of the host's clock: date('now').
-- declass_date is what the telegram's own marking says; declass_automatic is
-- the 25-year rule of E.O. 12958 and 13526, 31 December of the 25th year.

BEGIN IMMEDIATE;

DROP VIEW IF EXISTS due;
CREATE VIEW due AS -- classified telegrams with the day that their marking declassifies them: say WHERE due < '2027-01-01'
SELECT refid, post, created, classification, declass_date AS due, declass_kind, reasons,
  declass_automatic AS automatic, declass_date < date('now') AS past, subject
FROM cable WHERE rank >= 2 AND declass_date IS NOT NULL ORDER BY declass_date, refid;

DROP VIEW IF EXISTS past_due;
CREATE VIEW past_due AS -- classified telegrams that their own marking or the 25-year rule has declassified by today
SELECT refid, classification, created, declass_date AS due, declass_automatic AS automatic,
  CASE WHEN declass_date < date('now') THEN 'marking' ELSE 'automatic' END AS by, subject
FROM cable
WHERE rank >= 2 AND (declass_date < date('now') OR declass_automatic < date('now'))
ORDER BY coalesce(declass_date, declass_automatic), refid;

DROP VIEW IF EXISTS no_date;
CREATE VIEW no_date AS -- classified telegrams that their marking never declassifies by itself
SELECT refid, classification, created, executive_order, declass_kind AS kind,
  declass_exemption AS exemption, declass_event AS event, declass_review AS review,
  declass_automatic AS automatic, subject
FROM cable WHERE rank >= 2 AND declass_date IS NULL ORDER BY created, refid;

DROP VIEW IF EXISTS odd_marking;
CREATE VIEW odd_marking AS -- declassification markings that are impossible, obsolete, missing or not understood
SELECT c.refid, c.classification, c.created, c.executive_order, c.declass_kind AS kind,
  a.message, CAST(substr(CAST(c.text AS BLOB), a.start + 1, a.length) AS TEXT) AS printed
FROM anomaly a JOIN cable c ON c.id = a.cable
WHERE a.part = 'declassification'
ORDER BY c.refid, a.ordinal;

DROP VIEW IF EXISTS portion_above;
CREATE VIEW portion_above AS -- portions marked higher than their telegram
SELECT c.refid, c.classification, p.kind, p.number, p.marking
FROM paragraph p JOIN cable c ON c.id = p.cable
WHERE p.rank > c.rank ORDER BY c.refid, p.ordinal;

DROP VIEW IF EXISTS overclassified;
CREATE VIEW overclassified AS -- telegrams classified above every portion, where every numbered paragraph is marked
SELECT c.refid, c.classification, max(p.rank) AS highest, count(*) AS portions,
  json_group_array(DISTINCT p.marking) AS markings
FROM cable c JOIN paragraph p ON p.cable = c.id AND (p.number IS NOT NULL OR p.rank IS NOT NULL)
WHERE c.rank >= 2
GROUP BY c.id
HAVING count(*) = count(p.rank) AND max(p.rank) < c.rank
ORDER BY c.refid;

DROP VIEW IF EXISTS unmarked_portion;
CREATE VIEW unmarked_portion AS -- numbered paragraphs without a marking in classified telegrams that mark others
SELECT c.refid, c.classification, p.number
FROM paragraph p JOIN cable c ON c.id = p.cable
WHERE c.rank >= 2 AND p.number IS NOT NULL AND p.marking IS NULL
  AND EXISTS (SELECT 1 FROM paragraph o WHERE o.cable = c.id AND o.number IS NOT NULL AND o.marking IS NOT NULL)
ORDER BY c.refid, p.ordinal;

DROP VIEW IF EXISTS caption_outside;
CREATE VIEW caption_outside AS -- telegrams with a handling caption that went to an address outside the Department
SELECT c.refid, CAST(k.value AS TEXT) AS caption, coalesce(q.restricts, 0) AS restricts, a.role, a.plad, c.classification
FROM cable c CROSS JOIN json_each(c.captions) k
JOIN addressee a ON a.cable = c.id
LEFT JOIN caption_code q ON q.caption = k.value
WHERE a.post IS NULL AND NOT a.excluded AND k.value <> 'SIPDIS'
  AND a.plad NOT LIKE 'AMEMB%' AND a.plad NOT LIKE 'AMCON%' AND a.plad NOT LIKE 'USMISSION%'
  AND a.plad NOT LIKE 'SECSTATE%' AND a.plad NOT LIKE '%COLLECTIVE%' AND a.plad NOT LIKE 'USINT %'
  AND a.plad NOT LIKE 'USLO %' AND a.plad NOT LIKE 'USOFFICE %'
ORDER BY c.refid, k.key, a.ordinal;

DROP VIEW IF EXISTS no_classifier;
CREATE VIEW no_classifier AS -- classified telegrams that give a reason and no classifier, or a classifier and no reason
SELECT refid, classification, created, classified_by, reasons FROM cable
WHERE rank >= 2 AND (classified_by IS NULL) <> (reasons IS NULL) ORDER BY refid;

DROP VIEW IF EXISTS serial_gap;
CREATE VIEW serial_gap AS -- numbers of a post and year that are missing between two telegrams here
SELECT post, year, before + 1 AS first, serial - 1 AS last, serial - before - 1 AS missing,
  sent_before AS after, created AS before
FROM (
  SELECT post, year, serial, created,
    lag(serial) OVER (PARTITION BY post, year ORDER BY serial) AS before,
    lag(created) OVER (PARTITION BY post, year ORDER BY serial) AS sent_before
  FROM cable WHERE serial IS NOT NULL)
WHERE serial - before > 1;

DROP VIEW IF EXISTS serial_estimate;
CREATE VIEW serial_estimate AS -- how many telegrams a post sent in a year, by the German tank estimator
SELECT post, year, count(*) AS held, max(serial) AS highest,
  round(max(serial) + max(serial) * 1.0 / count(*) - 1) AS estimate,
  round(count(*) / (max(serial) + max(serial) * 1.0 / count(*) - 1), 4) AS share
FROM cable WHERE serial IS NOT NULL GROUP BY post, year;

DROP VIEW IF EXISTS duplicate;
CREATE VIEW duplicate AS -- telegrams that are in several files, and whether their texts differ
SELECT c.refid, count(*) AS files, count(f.text) AS different,
  max(f.path) FILTER (WHERE f.id = c.file) AS authority, json_group_array(f.path) AS paths
FROM cable c JOIN file f ON f.cable = c.id AND f.state <> 'gone'
GROUP BY c.id HAVING count(*) > 1 ORDER BY c.refid;

DROP VIEW IF EXISTS near_duplicate;
CREATE VIEW near_duplicate AS -- two telegrams of different number that share paragraphs word for word
WITH long AS (
  SELECT cable, lower(text) AS text FROM passage WHERE kind = 'paragraph' AND length >= 80
), shared AS (
  SELECT a.cable AS cable, b.cable AS other, count(DISTINCT a.text) AS paragraphs
  FROM long a JOIN long b ON b.text = a.text AND b.cable > a.cable
  GROUP BY a.cable, b.cable
), size AS (SELECT cable, count(*) AS n FROM long GROUP BY cable)
SELECT c.refid, o.refid AS other, s.paragraphs AS shared,
  round(s.paragraphs * 1.0 / max(x.n, y.n), 2) AS similarity, c.created, o.created AS other_created
FROM shared s JOIN cable c ON c.id = s.cable JOIN cable o ON o.id = s.other
JOIN size x ON x.cable = s.cable JOIN size y ON y.cable = s.other
ORDER BY similarity DESC, c.refid, o.refid;

DROP VIEW IF EXISTS unknown_tag;
CREATE VIEW unknown_tag AS -- codes on telegrams that no list of TAGS has, and names
SELECT t.tag, count(*) AS cables, min(c.created) AS first, max(c.created) AS last
FROM tag t JOIN cable c ON c.id = t.cable
WHERE t.tag NOT IN (SELECT code FROM tag_code) AND t.tag NOT IN (SELECT code FROM country)
GROUP BY t.tag ORDER BY cables DESC, t.tag;

COMMIT;
