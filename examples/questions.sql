-- Questions that people ask of a collection of telegrams, each answered by one
-- statement over an archive (sql/README.md) of the invented telegrams here:
--
--   make archive SOURCE=examples/telegrams OUT=questions.db
--   make archive SOURCE=examples/release OUT=questions.db
--   sqlite3 questions.db '.read examples/questions.sql'
--
-- examples/release is what another site published: two telegrams more, and two
-- again.  Posts, names and dates in the statements are there to be changed; for
-- today write date('now').  Where it says "extension" the statement needs it
-- loaded, all others run in any SQLite.  The last part lists what no statement
-- answers, and why.

.load ./cables
CREATE TEMP TABLE missions(post TEXT, chief TEXT, since TEXT, until TEXT);
.import --csv --skip 1 --schema temp examples/missions.csv missions
CREATE VIRTUAL TABLE temp.term USING fts5vocab(main, search, instance);

-- === A journalist =============================================================

-- 1.1 Which paragraphs mention this ship or company, newest first?
SELECT refid, number, post, date(created) AS sent, marking, snippet
FROM hit
WHERE query = '"halcyon tern"' AND kind = 'paragraph'
ORDER BY created DESC, number;

-- 1.2 Which visits of congressional delegations went to posts in Russia, per year?
SELECT c.year, c.refid, c.subject
FROM cable c JOIN post p USING (post)
WHERE p.country = 'Russia' AND (c.subject LIKE '%CODEL%'
  OR c.id IN (SELECT cable FROM tag WHERE tag IN ('OREP', 'OVIP')))
ORDER BY c.year, c.created;

-- 1.3 Which secret or NOFORN telegrams does a public story cite, and to which
-- do they lead in one and two steps?  The story cites three.
WITH RECURSIVE step(start, refid, hop) AS (
  SELECT refid, refid, 0 FROM cable
  WHERE refid IN ('06MOSCOW2290', '09ATHENS455', '09MUSCAT512')
    AND (rank >= 3 OR classification LIKE '%NOFORN%')
  UNION
  SELECT s.start, e.cited, s.hop + 1
  FROM step s JOIN edge e ON e.citing = s.refid WHERE s.hop < 2
)
SELECT s.start, min(s.hop) AS hop, s.refid, c.id IS NOT NULL AS held
FROM step s LEFT JOIN cable c USING (refid)
WHERE s.hop > 0
GROUP BY s.start, s.refid
ORDER BY s.start, hop, s.refid;

-- 1.4 Which classified telegrams about a person were past their own date of
-- declassification on a day?
SELECT refid, c.classification, c.declass_date, count(*) AS paragraphs
FROM hit h JOIN cable c USING (refid)
WHERE query = 'randoja' AND c.rank >= 2 AND c.declass_date < '2017-01-01'
GROUP BY refid;

-- 1.5 Which posts wrote most about a tag in each month?
SELECT month, post, cables
FROM (
  SELECT substr(c.created, 1, 7) AS month, c.post, count(*) AS cables,
    rank() OVER (PARTITION BY substr(c.created, 1, 7) ORDER BY count(*) DESC) AS place
  FROM cable c JOIN tag t ON t.cable = c.id
  WHERE t.tag = 'PTER'
  GROUP BY 1, 2)
WHERE place = 1
ORDER BY month, post;

-- 1.6 Where exactly is this quotation?  Bytes count in the telegram's text.
SELECT h.refid, h.number, l.path, l.line, l.start
FROM hit h JOIN place l USING (passage)
WHERE h.query = '"silence is consent"';

-- 1.7 Which telegrams are here in two versions, and which lines differ?
SELECT refid, path, line, here, authority
FROM difference
WHERE what = 'line'
ORDER BY refid, line, here IS NULL;

-- 1.8 Which of my names are in which telegrams, addresses not counted?
WITH name(name) AS (
  VALUES ('Hautaniemi'), ('Randoja'), ('Severny Kanal'), ('Vilnius'))
SELECT n.name, h.refid, count(*) AS passages
FROM name n JOIN hit h ON h.query = '"' || n.name || '"'
GROUP BY n.name, h.refid
ORDER BY n.name, h.refid;

-- === A historian ==============================================================

-- 2.1 A footnote says "Telegram 4812 from Lima, April 20, 1976".  What is its
-- number here, and which file holds it?
SELECT c.refid, c.dtg, f.path
FROM cable c JOIN post p USING (post) JOIN file f ON f.cable = c.id
WHERE p.city = 'Lima' AND c.serial = 4812 AND date(c.created) = '1976-04-20';

-- 2.2 A conversation: what a telegram refers to, and what refers to it.
WITH talk(place, refid) AS (
  SELECT 'before', cited FROM edge WHERE citing = '09STATE40117'
  UNION ALL VALUES ('this', '09STATE40117')
  UNION ALL SELECT 'after', citing FROM edge WHERE cited = '09STATE40117')
SELECT t.place, t.refid, date(c.created) AS sent, c.subject
FROM talk t LEFT JOIN cable c USING (refid)
ORDER BY c.created, t.refid;

-- 2.3 Who signed, and was that the chief of mission then?
SELECT c.refid, c.signer, m.chief,
  upper(m.chief) LIKE '% ' || c.signer AS is_chief
FROM cable c LEFT JOIN missions m
  ON m.post = c.post AND date(c.created) BETWEEN m.since AND m.until
WHERE c.post IN ('MOSCOW', 'OTTAWA', 'LIMA')
ORDER BY c.post, c.created;

-- 2.4 Which telegrams are cited and not here, by post and by the month in which
-- they are first cited?
SELECT substr(first, 1, 7) AS month,
  rtrim(ltrim(refid, '0123456789'), '0123456789') AS post, refid, cited_by
FROM missing
WHERE first >= '2008-06'
ORDER BY month, post;

-- 2.5 What is not here in full?
SELECT f.state, f.path, c.refid
FROM file f LEFT JOIN cable c ON c.id = f.cable
WHERE f.state IN ('empty', 'failed') OR f.complete = 0
  OR f.anomalies LIKE '%"partial extract%'
ORDER BY f.path;

-- 2.6 A citation for each hit.
SELECT h.refid, c.origin || ', telegram ' || c.serial || ', "' || c.subject || '," '
  || rtrim(substr('January  February March    April    May      June     '
    || 'July     August   SeptemberOctober  November December ',
    9 * strftime('%m', c.created) - 8, 9))
  || strftime(' %d, %Y, ', c.created) || c.classification AS citation
FROM hit h JOIN cable c ON c.id = h.cable
WHERE h.query = '"silence is consent"';

-- 2.7 Which subjects go on in parts?
SELECT refid, subject
FROM cable
WHERE subject GLOB '*PART [0-9]*'
ORDER BY substr(subject, 1, instr(subject, 'PART ')), created;

-- 2.8 What did Washington send out, what did posts send in, week by week?
SELECT date(created, 'weekday 0', '-6 days') AS monday,
  count(*) FILTER (WHERE post = 'STATE') AS sent_out,
  count(*) FILTER (WHERE post <> 'STATE') AS sent_in
FROM cable
WHERE created BETWEEN '2008-06-23' AND '2008-07-28'
GROUP BY monday
ORDER BY monday;

-- === A political scientist ====================================================

-- 3.1 Telegrams by month, post and classification, also where there are none.
WITH RECURSIVE month(month) AS (
  VALUES ('2006-02-01')
  UNION ALL
  SELECT date(month, '+1 month') FROM month WHERE month < '2006-04-01')
SELECT substr(m.month, 1, 7) AS month, p.post, count(*) FILTER (WHERE c.rank = 0) AS unclassified,
  count(*) FILTER (WHERE c.rank = 1) AS restricted, count(*) FILTER (WHERE c.rank = 2) AS confidential,
  count(*) FILTER (WHERE c.rank = 3) AS secret
FROM month m JOIN post p ON p.post IN ('MOSCOW', 'TALLINN')
LEFT JOIN cable c ON c.post = p.post AND c.created >= m.month AND c.created < date(m.month, '+1 month')
GROUP BY m.month, p.post
ORDER BY m.month, p.post;

-- 3.2 Who writes to whom, with weights per year?
SELECT year, post, addressee, role, cables
FROM flow
WHERE post = 'TALLINN'
ORDER BY year, role, addressee;

-- 3.3 Which countries are tagged together, by ISO code?
SELECT iso3, other, cables
FROM country_pair
WHERE cables > 1
ORDER BY cables DESC, iso3, other;

-- 3.4 How many did a post send in a year, and what share is here?
SELECT post, year, held, highest, estimate, share
FROM serial_estimate
WHERE held > 1;

-- 3.5 Telegrams and tags, by week.
SELECT date(c.created, 'weekday 0', '-6 days') AS monday, c.refid, t.tag
FROM cable c JOIN tag t ON t.cable = c.id
WHERE c.created BETWEEN '2006-03-01' AND '2006-04-01'
ORDER BY monday, c.refid, t.ordinal;

-- 3.6 Words of paragraphs with their number and the portion marking; here those
-- that are there twice.
SELECT p.key, p.marking, t.term, count(*) AS times
FROM passage p JOIN term t ON t.doc = p.id
WHERE p.refid = '08OTTAWA912' AND p.number = 5
GROUP BY p.id, t.term
HAVING times > 1
ORDER BY t.term;

-- 3.7 Which are classified above every portion that they contain?
SELECT refid, classification, portions, markings FROM overclassified;

-- 3.8 How many days until an answer, by posts?
SELECT to_post AS asked_by, from_post AS answered_by, count(*) AS answers,
  round(avg(days), 1) AS days
FROM answer
WHERE asked BETWEEN '2005-01-01' AND '2007-01-01'
GROUP BY 1, 2
ORDER BY 1, 2;

-- === A reviewer ===============================================================

-- 4.1 Which reach their date in the twelve months from a day, per post and reason?
SELECT d.post, r.value AS reason, count(*) AS cables, min(d.due) AS first
FROM due d JOIN json_each(d.reasons) r
WHERE d.due >= '2019-06-15' AND d.due < date('2019-06-15', '+12 months')
GROUP BY 1, 2
ORDER BY first, reason;

-- 4.2 Which have a declassification marking that is obsolete or impossible?
SELECT refid, created, printed, message FROM odd_marking;

-- 4.3 Which have a portion above the whole, or no portion marked although they
-- are classified?
SELECT refid, number, marking FROM portion_above
UNION ALL
SELECT refid, NULL, 'none' FROM cable c
WHERE rank >= 2 AND NOT EXISTS (
  SELECT 1 FROM paragraph p WHERE p.cable = c.id AND p.ordinal > 0 AND p.marking IS NOT NULL)
ORDER BY 1;

-- 4.4 Which name a reason and no classifier, or a classifier and no reason?
SELECT refid, classified_by, reasons FROM no_classifier;

-- 4.5 Which telegrams with a handling caption went to an info addressee outside
-- the Department?
SELECT refid, caption, plad
FROM caption_outside
WHERE role = 'info' AND caption IN (SELECT caption FROM caption_code);

-- 4.6 Which are in several files, so that one decision covers them?
SELECT refid, files, different, authority FROM duplicate;

-- 4.7 The lines on which a decision rests, with their bytes, and what the parser
-- warns of.  Extension.
SELECT e.start, e.length, e.field, e.printed, f.path
FROM cable c JOIN file f ON f.id = c.file JOIN cable_explain(c.text) e
WHERE c.refid = '09SUVA206'
  AND e.field IN ('classification', 'executive_order', 'classified_by', 'reasons')
UNION ALL
SELECT a.start, a.length, 'anomaly', a.message, f.path
FROM cable c JOIN file f ON f.id = c.file JOIN anomaly a ON a.cable = c.id
WHERE c.refid = '09SUVA206'
ORDER BY 1;

-- 4.8 What would the date be by its own marking, by the rule of 25 years, and by
-- the schedule of E.O. 11652?  Extension.
SELECT refid, classification, declass_date AS stated, declass_automatic AS after_25_years,
  declass_schedule('11652', 'GDS', classification, created) AS general_schedule
FROM cable
WHERE refid IN ('74NICOSIA912', '79MOSCOW6120', '06MOSCOW2290', '09TALLINN88')
ORDER BY created;

-- === A librarian ==============================================================

-- 5.1 An inventory, by source; by member of an archive, GROUP BY f.path, f.entry
-- over the table file gives the same.
SELECT source, files, cables, empty, odd, bytes, first, last FROM inventory;

-- 5.2 Which are in one collection and not in the other?
SELECT c.refid FROM cable c JOIN file f ON f.cable = c.id JOIN source s ON s.id = f.source
WHERE s.path = 'examples/release'
EXCEPT
SELECT c.refid FROM cable c JOIN file f ON f.cable = c.id JOIN source s ON s.id = f.source
WHERE s.path = 'examples/telegrams';

-- 5.3 Which references name a post by another name than its own, and what is
-- right?  The rule is the list of other names in the table post.
SELECT c.refid, r.printed, r.refid AS correct
FROM reference r JOIN cable c ON c.id = r.cable
WHERE replace(r.printed, ' ', '') NOT LIKE '%' || rtrim(ltrim(r.refid, '0123456789'), '0123456789') || '%';

-- 5.4 Which documents hold the same, but for what stands around the telegram?
SELECT c.refid, f.path, a.path AS authority,
  CASE WHEN f.text IS NOT NULL THEN 'differs'
    WHEN f.document_bytes = a.document_bytes THEN 'the same text and size'
    ELSE 'the same text' END AS how
FROM cable c JOIN file f ON f.cable = c.id AND f.id <> c.file JOIN file a ON a.id = c.file
ORDER BY c.refid;

-- 5.5 Which tags are in no list?
SELECT u.tag, c.refid
FROM unknown_tag u JOIN tag t USING (tag) JOIN cable c ON c.id = t.cable;

-- 5.6 Which files are new or changed since they were loaded?  Extension.
SELECT DISTINCT c.path, f.id IS NULL AS new
FROM source s JOIN cables c ON c.source = s.path LEFT JOIN file f ON f.path = c.path
WHERE f.id IS NULL OR f.mtime IS NOT c.mtime
ORDER BY c.path;

-- 5.7 Every value with the file, the rule and the bytes that it comes from.
-- Extension.
SELECT c.refid, e.field, e.value, e.rule, e.start, e.length, f.path
FROM cable c JOIN file f ON f.id = c.file JOIN cable_explain(c.text) e
WHERE c.refid = '08SKOPJE402' AND e.field IN ('classification', 'tags_printed', 'signer')
ORDER BY e.start;

-- === A developer ==============================================================

-- 6.1 A telegram by its number, without an archive.  Extension.
SELECT refid, date(created) AS sent, subject
FROM cables('examples/telegrams')
WHERE refid = '09SUVA206';

-- 6.3 Fields of a text in a column of my own table.  Extension.
SELECT cable_subject(body) AS subject, cable_tags(body) AS tags
FROM (SELECT text AS body FROM cable WHERE refid = '09SUVA206') AS my_table;

-- 6.4 What is odd, and where?
SELECT c.refid, a.part, a.message, a.start
FROM anomaly a JOIN cable c ON c.id = a.cable
ORDER BY c.refid, a.start;

-- 6.5 What came with the last refresh?
SELECT c.refid, f.path
FROM file f JOIN cable c ON c.id = f.cable
WHERE f.read_at = (SELECT max(refreshed_at) FROM source)
ORDER BY f.path;

-- 6.8 From where to where do fields stand in the text?  Extension.
SELECT e.field, e.start, e.start + e.length AS end, e.printed
FROM cable c JOIN cable_explain(c.text) e
WHERE c.refid = '09SUVA206' AND e.field IN ('subject', 'tags_printed', 'signer')
ORDER BY e.start;

-- === What no statement answers ================================================

-- In part:
--
-- 1.6 The byte in the file, where the telegram stands in a page or an archive:
-- offsets count in the telegram's own text.
--
-- 2.5 Withdrawal cards and records of microfilm: their files hold no telegram
-- and are told as 'empty' among others; what they say is not read.
--
-- 3.3 COW codes: they are in no table here; examples/joining joins by ISO code.
--
-- 4.4 Derivative sources without a "derived from": that line is not read by
-- itself.
--
-- 4.6 Sections that lie in files of their own, if they have the same number:
-- they look like versions of one telegram.
--
-- 5.3 Misspelled numbers of telegrams themselves: the archive keeps the correct
-- form only; cable_explain tells what is printed.
--
-- 5.4 Whether two files are the same byte by byte: no checksum is kept.
--
-- 5.5 In no list of their year: the lists tell whether a code is current or
-- retired, not from when to when.
--
-- Not at all, as these are no questions to the data:
--
-- 6.2 The same from Python, Node, Go, Ruby, Rust, Java, WASM, Datasette: the
-- archive opens wherever SQLite does, see sql/README.md.
--
-- 6.6 A web server that only reads: a matter of the host.
--
-- 6.7 How fast: see the README and make bench.
