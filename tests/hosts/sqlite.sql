-- What test_sqlite.py asks every host, beside the examples of cables_help: a statement
-- a line.  Nothing here is newer than SQLite 3.31, and no message is SQLite's.
SELECT * FROM cables('examples/telegrams')
SELECT refid, item, parsed IS NULL, source FROM cables('build/seeds/files')
SELECT path, entry, offset, length, bytes, mtime, format, anomalies, text, body FROM cables('build/seeds/files')
SELECT path, bytes, mtime, error FROM cables_files('build/seeds/files')
SELECT count(*) FROM cables('build/seeds/telegram')
-- Constraints that are pushed down, one by one and together.
SELECT path FROM cables('examples/telegrams') WHERE path = 'examples/telegrams/embassies/10LIMA147.txt'
SELECT path FROM cables('examples/telegrams') WHERE path IN ('x', 'examples/telegrams/embassies/10LIMA147.txt', NULL, 'examples/telegrams/1970s/74NICOSIA912.txt')
SELECT path FROM cables('examples/telegrams') WHERE path IN (SELECT path FROM cables_files('examples/telegrams/state'))
SELECT path FROM cables('examples/telegrams') WHERE path GLOB '*LIMA*'
SELECT path FROM cables('examples/telegrams') WHERE path LIKE '%lima%'
SELECT path FROM cables('examples/telegrams') WHERE path > 'examples/telegrams/s' AND bytes < 2000
SELECT path FROM cables('examples/telegrams') WHERE bytes BETWEEN 1000 AND 2000 AND mtime > 0
SELECT path FROM cables('examples/telegrams') WHERE path GLOB '*LIMA*' OR bytes < 1500 ORDER BY path
SELECT path FROM cables('examples/telegrams') WHERE refid = '10LIMA147'
SELECT path FROM cables_files('examples/telegrams') WHERE path GLOB '*LIMA*' OR bytes IN (1, 2) ORDER BY path
SELECT path, entry FROM cables('build/seeds/files') WHERE entry = '1' OR entry IS NULL ORDER BY path, entry
-- Order, limits, distinct rows.
SELECT path FROM cables('examples/telegrams') ORDER BY path LIMIT 5
SELECT path FROM cables('examples/telegrams') ORDER BY path DESC LIMIT 5 OFFSET 2
SELECT path FROM cables('examples/telegrams') LIMIT 3 OFFSET 45
SELECT path FROM cables('examples/telegrams') WHERE path GLOB '*a*' LIMIT 3 OFFSET 1
SELECT path FROM cables('examples/telegrams') WHERE classification = 'SECRET' LIMIT 2
SELECT DISTINCT origin FROM cables('examples/telegrams') ORDER BY 1
SELECT DISTINCT path FROM cables('examples/telegrams') WHERE path IN ('examples/telegrams/embassies/10LIMA147.txt', 'x')
SELECT classification, count(*), min(created), max(created) FROM cables('examples/telegrams') GROUP BY 1 ORDER BY 1
-- Child tables, each whole, and joined both ways.
SELECT p.* FROM cables('examples/telegrams') c, cable_paragraphs(c.text, c.refid) p
SELECT r.* FROM cables('examples/telegrams') c, cable_references(c.text) r
SELECT a.* FROM cables('examples/telegrams') c, cable_addressees(c.text) a
SELECT k.* FROM cables('examples/telegrams') c, cable_citations(c.text) k
SELECT a.* FROM cables('build/seeds/files') c, cable_anomalies(c.text) a
SELECT e.* FROM cables('examples/telegrams') c, cable_explain(c.text) e
SELECT r.* FROM cables('examples/telegrams') c, cable_redactions(c.text) r
SELECT c.path, p.number, k.refid FROM cables('examples/telegrams') c JOIN cable_paragraphs(c.text) p ON p.kind = 'paragraph' LEFT JOIN cable_citations(c.text) k ON k.paragraph = p.number ORDER BY 1, 2, 3
SELECT a.path, b.path FROM cables('examples/telegrams') a JOIN cables('examples/telegrams') b ON a.path = b.path AND b.bytes < 1500
SELECT c.refid, t.value FROM cables('examples/telegrams') c, json_each(c.tags) t WHERE json_valid(c.attributes)
-- Reference tables, whole.
SELECT * FROM cable_posts
SELECT * FROM cable_countries
SELECT * FROM cable_tag_codes
SELECT * FROM cables_help
SELECT display FROM cable_posts WHERE post IN ('MOSCOW', 'LIMA') ORDER BY post
-- Named tables, and parsers in a schema.
CREATE VIRTUAL TABLE temp.n USING cables('examples/telegrams')
SELECT refid FROM n WHERE path GLOB '*LIMA*' OR bytes < 1500 ORDER BY path
DROP TABLE n
CREATE TABLE t(x TEXT, subject TEXT AS (cable_subject(x)) STORED, sender TEXT AS (cable_sender(x)))
CREATE INDEX i ON t(cable_refid(x))
INSERT INTO t(x) SELECT text FROM cables('examples/telegrams')
SELECT subject, sender FROM t WHERE cable_refid(x) = '10LIMA147'
CREATE VIEW v AS SELECT cable_refid(x) r, number, p.text FROM t, cable_paragraphs(x) p
SELECT * FROM v ORDER BY r, number
CREATE VIRTUAL TABLE temp.words USING fts5(key UNINDEXED, text)
INSERT INTO words SELECT p.key, p.text FROM cables('examples/telegrams') c JOIN cable_paragraphs(c.text, c.refid) p WHERE p.key IS NOT NULL
SELECT key FROM words('anchovy') ORDER BY key
-- Bad bytes, empty texts, wrong types.
SELECT cable_subject(x'ff00fe'), cable_refid(''), cable_tags(NULL), refid_normalize(7), cable_body(1.5)
SELECT * FROM cable_paragraphs(x'ff00fe')
-- Settings and the errors of the extension.
SELECT cables_config('max_bytes', 2000)
SELECT path, length(text), anomalies FROM cables('examples/telegrams/state')
SELECT cables_config('max_bytes', 67108864)
SELECT cables_config('threads', 1)
SELECT path, refid FROM cables('examples/telegrams')
SELECT cables_config('threads', 4)
SELECT path, refid FROM cables('examples/telegrams')
SELECT cables_config('nothing')
SELECT * FROM cables('nowhere')
SELECT * FROM cables
SELECT cables_config('root', 'examples')
SELECT * FROM cables('build')
SELECT count(*) FROM cables('examples/telegrams')
