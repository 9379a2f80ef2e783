-- Views for full text search in an archive (sql/archive.sql).
--
--   sqlite3 cables.db '.read sql/search.sql'
--
-- They need no extension.  What is searched are the subjects, paragraphs,
-- headings, lists, tables and signatures, each on one line, so that a phrase is
-- found over line breaks and page breaks; page headings, web chrome and the
-- envelope are no passages and never match.  The language is that of FTS5:
--
--   query = 'anchovy'                  a word; case and diacritics do not count
--   query = '"silence is consent"'     a phrase
--   query = 'fish*'                    words that begin so
--   query = 'NEAR(buoy islet, 10)'     two words, at most 10 between them
--   query = 'buoy NOT lunch'           AND, OR, NOT in capitals
--
-- Best first, within a post and a year:
--
--   SELECT refid, number, snippet FROM hit
--   WHERE query = 'fish*' AND post = 'LIMA' AND created >= '2010'
--   ORDER BY rank LIMIT 10;
--
-- With a tag, and of a classification; rank is ascending, the best is lowest:
--
--   SELECT refid, key, highlight FROM hit
--   WHERE query = 'buoy' AND classified >= 2
--     AND cable IN (SELECT cable FROM tag WHERE tag = 'TU')
--   ORDER BY rank;
--
-- Telegrams instead of passages:
--
--   SELECT refid, subject, count(*) AS passages, min(rank) AS best FROM hit
--   WHERE query = 'fish*' GROUP BY refid ORDER BY best;

BEGIN IMMEDIATE;

DROP VIEW IF EXISTS hit;
CREATE VIEW hit AS -- passages that match: say WHERE query = '...', and ORDER BY rank
SELECT s.search AS query, s.rank AS rank,
  snippet(search, 0, '[', ']', '...', 12) AS snippet,
  highlight(search, 0, '[', ']') AS highlight,
  c.refid, c.refid || '#' || p.number || CASE WHEN p.copy > 1 THEN '.' || p.copy ELSE '' END AS key,
  p.number, p.kind, p.marking, p.role, c.post, c.year, c.created, c.classification,
  c.rank AS classified, c.subject, p.cable, p.id AS passage
FROM search s CROSS JOIN paragraph p ON p.id = s.rowid CROSS JOIN cable c ON c.id = p.cable;

DROP VIEW IF EXISTS place;
CREATE VIEW place AS -- where a passage stands: file, member, line and byte of the telegram's text
SELECT p.id AS passage, c.refid, p.number, f.path, f.entry, f.state,
  1 + length(CAST(substr(CAST(c.text AS BLOB), 1, p.start) AS TEXT))
    - length(replace(CAST(substr(CAST(c.text AS BLOB), 1, p.start) AS TEXT), char(10), '')) AS line,
  p.start, p.length
FROM paragraph p JOIN cable c ON c.id = p.cable JOIN file f ON f.id = c.file;

DROP TABLE IF EXISTS word;
CREATE VIRTUAL TABLE word USING fts5vocab(search, row); -- every word: term, doc (passages), cnt (times)

COMMIT;
