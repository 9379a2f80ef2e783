.load ./cables
-- A tour of the invented telegrams in examples/telegrams.
-- Run it from the project's root:  sqlite3 :memory: < examples/tour.sql
-- (a shell that may load extensions and has .mode box, SQLite 3.35 or later).
.headers on
.mode box

-- 1. What is in the folder? No import: the files are read as they lie.
SELECT format, count(*) AS cables, min(date(created)) AS first, max(date(created)) AS last
FROM cables('examples/telegrams')
GROUP BY format;

SELECT refid, date(created) AS sent, substr(classification, 1, 22) AS classification,
       substr(subject, 1, 36) AS subject
FROM cables('examples/telegrams')
WHERE created >= '2009-01-01'
ORDER BY created
LIMIT 12;

-- 2. One telegram of two sections, paragraph by paragraph: paragraph 4
--    is whole, although a page break fell into the middle of its sentence.
SELECT p.key, p.section AS sec, p.marking AS mark, p.role, substr(p.text, 1, 48) AS text
FROM cables('examples/telegrams/embassies/05TALLINN1123.txt') c
JOIN cable_paragraphs(c.text) p
WHERE p.number IS NOT NULL
ORDER BY p.ordinal;

-- 3. Your own data beside it: who was chief of mission when it was sent,
--    and did the chief sign it?
CREATE TEMP TABLE missions(post TEXT, chief TEXT, since TEXT, until TEXT);
.import --csv --skip 1 --schema temp examples/missions.csv missions

SELECT c.refid, date(c.created) AS sent, m.chief, c.signer,
       CASE WHEN upper(m.chief) LIKE '% ' || upper(c.signer) THEN 'chief' ELSE 'other' END AS signed_by
FROM cables('examples/telegrams') c
JOIN missions m ON m.post = refid_post(c.refid)
               AND date(c.created) BETWEEN m.since AND m.until
WHERE refid_post(c.refid) IN ('TALLINN', 'MOSCOW', 'LIMA', 'OTTAWA', 'TBILISI')
ORDER BY c.created;

-- 4. What did its own marking declassify by the end of 2016?
SELECT refid, substr(classification, 1, 20) AS classification, declass_date,
       declass_kind AS kind, declass_automatic(created) AS automatic
FROM cables('examples/telegrams')
WHERE classification_rank(classification) >= 2
  AND declass_date <= '2016-12-31'
ORDER BY declass_date, refid;

-- 5. And what carries no date at all, and why not?
SELECT refid, declass_kind AS kind, declass_exemption AS code,
       substr(declass_event, 1, 40) AS event
FROM cables('examples/telegrams')
WHERE classification_rank(classification) >= 2 AND declass_date IS NULL
ORDER BY refid;

-- 6. The references most often cited, and whether we hold them.
WITH held AS MATERIALIZED (SELECT refid, refs FROM cables('examples/telegrams'))
SELECT r.value AS cited, count(*) AS times,
       CASE WHEN r.value IN (SELECT refid FROM held) THEN 'held' ELSE 'dangling' END AS state
FROM held h, json_each(h.refs) r
GROUP BY r.value
HAVING count(*) > 1
ORDER BY times DESC, cited;

-- 7. Cited by ours and missing here: what to ask for next.
WITH held AS MATERIALIZED (SELECT refid, refs FROM cables('examples/telegrams'))
SELECT refid_post(r.value) AS post, r.value AS missing, h.refid AS cited_by
FROM held h, json_each(h.refs) r
WHERE r.value NOT IN (SELECT refid FROM held)
ORDER BY post, missing;
