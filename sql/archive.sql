-- The schema of an archive: telegrams in ordinary tables.
--
--   sqlite3 cables.db '.read sql/archive.sql'
--
-- Needs no extension, and neither does reading an archive; sql/refresh.sql
-- fills it and does.  Running it again changes nothing: an archive that is
-- there keeps its rows.  Here are the indexes that a refresh itself asks; those
-- that only questions ask are made at the end of the first refresh.  SQLite 3.34
-- or newer, with FTS5 and JSON.

PRAGMA page_size = 2048; -- keeps long texts tight
PRAGMA application_id = 0x6361626c; -- "cabl": what `file cables.db` tells
BEGIN IMMEDIATE;
PRAGMA user_version = 1;

-- --- What is read -----------------------------------------------------------

CREATE TABLE IF NOT EXISTS source ( -- the folders, globs and files to read: you write these rows
  id INTEGER PRIMARY KEY, -- sources with lower numbers come first
  path TEXT NOT NULL UNIQUE, -- argument of cables(): a folder, a file, a glob, a JSON array
  refreshed_at TEXT, -- when the last refresh began, UTC; NULL before the first
  reading INTEGER NOT NULL DEFAULT 0 -- 1 inside a refresh, which fills the table search itself
);

CREATE TABLE IF NOT EXISTS file ( -- one row for each document: a file, or a member of an archive
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- number of this row; a file that changes gets a new one
  source INTEGER REFERENCES source(id) ON DELETE SET NULL, -- the first source that reaches it
  path TEXT NOT NULL, -- the file, as reached from the source
  entry TEXT NOT NULL DEFAULT '', -- member of an archive or number of a record; '' for a file
  bytes INTEGER, -- size of the file when it was read
  mtime TEXT, -- last change of the file when it was read, UTC
  read_at TEXT NOT NULL, -- when the refresh that read it began, UTC
  state TEXT NOT NULL CHECK (state IN ('read', 'empty', 'failed', 'gone')), -- read; empty: holds no telegram; failed: could not be read; gone: is there no more
  cable INTEGER REFERENCES cable(id) DEFERRABLE INITIALLY DEFERRED, -- the telegram in it; NULL if none
  format TEXT, -- telegram, page-text, page, bulk
  document_bytes INTEGER, -- size of the document itself
  created TEXT, -- when this document says it was sent
  released TEXT, -- when this document says it was published
  classification TEXT, -- level and handling that this document states
  complete INTEGER, -- 1 if nothing of the telegram is missing here
  redactions INTEGER, -- passages taken out here
  merit INTEGER, -- which of several files is the authority: the highest, then the first path
  text TEXT, -- the telegram in it where that differs from cable.text, else NULL
  anomalies TEXT, -- what was odd, JSON array; NULL when nothing was
  UNIQUE (path, entry)
);
CREATE INDEX IF NOT EXISTS file_cable ON file(cable) WHERE cable IS NOT NULL;
CREATE INDEX IF NOT EXISTS file_gone ON file(path) WHERE state = 'gone';

-- --- Telegrams --------------------------------------------------------------

CREATE TABLE IF NOT EXISTS cable ( -- one row for each telegram, from the file that is its authority
  id INTEGER PRIMARY KEY, -- number of this row; stays the same when the telegram is read again
  refid TEXT UNIQUE, -- canonical reference id: 06MOSCOW3687; NULL if it tells none
  post TEXT, -- its post: MOSCOW
  year INTEGER, -- its year: 2006
  serial INTEGER, -- its number: 3687
  created TEXT, -- when it was sent, UTC
  released TEXT, -- when the source published it
  classification TEXT, -- level and handling: SECRET//NOFORN
  rank INTEGER, -- 0 unclassified, 1 restricted handling, 2 confidential, 3 secret, 4 top secret
  origin TEXT, -- the sending post in words: Embassy Moscow
  precedence TEXT, -- of the message, the highest: IMMEDIATE
  dtg TEXT, -- date-time group as printed: 071707Z APR 06
  sender TEXT, -- address of the FM line: AMEMBASSY MOSCOW
  drafted_by TEXT, -- who drafted it, as printed (1970s)
  approved_by TEXT, -- who approved it, as printed (1970s)
  subject TEXT, -- on one line, without its portion marking
  subject_marking TEXT, -- portion marking that stood before the subject
  tags_printed TEXT, -- the TAGS line as printed; one by one in the table tag
  captions TEXT, -- handling captions, JSON array: ["SIPDIS","NOFORN"]
  pass TEXT, -- whom it is to be passed to, JSON array
  executive_order TEXT, -- the order by which it is classified: 12958
  declass_date TEXT, -- day on which its own marking declassifies it
  declass_kind TEXT, -- how that marking was read: date, schedule, event, exempt, ...
  declass_event TEXT, -- the event, where the marking names one
  declass_exemption TEXT, -- X1, 25X1, XGDS-2, OADR, ...
  declass_review TEXT, -- day set for a review, which declassifies nothing by itself
  declass_automatic TEXT, -- 31 December, 25 years on; NULL if it is not classified
  classified_by TEXT, -- name and office as printed
  reasons TEXT, -- classification reasons, JSON array: ["1.4(b)","1.4(d)"]
  sections INTEGER, -- number of sections that the header announces
  signer TEXT, -- signature at the end
  paragraphs INTEGER, -- number of numbered paragraphs
  redactions INTEGER, -- number of passages taken out
  complete INTEGER, -- 1 if every section is there and the text ends as a telegram ends
  attributes TEXT, -- the archive's own record of it, JSON object (1970s)
  file INTEGER NOT NULL UNIQUE REFERENCES file(id) DEFERRABLE INITIALLY DEFERRED, -- the authority: the file that all of this is from
  text TEXT NOT NULL -- the telegram as printed, without what stood around it
);

CREATE TABLE IF NOT EXISTS paragraph ( -- places of subjects, paragraphs, headings, lists, tables, signatures; the view passage has their text
  id INTEGER PRIMARY KEY, -- number of this row, rowid of the table search
  cable INTEGER NOT NULL REFERENCES cable(id) ON DELETE CASCADE, -- the telegram that it is in
  ordinal INTEGER NOT NULL, -- 0 for the subject, then 1, 2, 3 ... in the order printed
  number INTEGER, -- the printed number, NULL if none
  copy INTEGER, -- 1, or 2 for the second paragraph of the same number; NULL without one
  kind TEXT NOT NULL, -- subject, paragraph, heading, list, table, signature
  marking TEXT, -- portion marking as printed, without brackets: S/NF
  rank INTEGER, -- that marking as a number, like cable.rank
  role TEXT, -- summary, comment, action request
  heading TEXT, -- the heading that it stands under
  section INTEGER, -- the transmission section it starts in
  start INTEGER, -- where it lies in cable.text, bytes before it; NULL for the subject
  length INTEGER, -- its length in bytes; NULL for the subject
  shown INTEGER, -- characters of its text, which are the last of it when its lines are joined
  stored TEXT, -- its text where joining lines does not give it (page breaks, tables), else NULL
  UNIQUE (cable, ordinal)
);

CREATE TABLE IF NOT EXISTS tag ( -- TAGS: one row for each of a telegram
  cable INTEGER NOT NULL REFERENCES cable(id) ON DELETE CASCADE, -- the telegram
  ordinal INTEGER NOT NULL, -- 1, 2, 3 ... in the order printed
  tag TEXT NOT NULL, -- put right: PREL; what it means is in tag_code
  PRIMARY KEY (cable, ordinal)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS reference ( -- items of the REF line
  cable INTEGER NOT NULL REFERENCES cable(id) ON DELETE CASCADE, -- the telegram that refers
  ordinal INTEGER NOT NULL, -- 1, 2, 3 ... in the order printed
  label TEXT, -- A, B, ..., NULL if none
  kind TEXT, -- cable, dtg, email, telcon, report, other
  refid TEXT, -- the telegram referred to, held or not; NULL if it is none
  note TEXT, -- NOTAL, AND PREVIOUS
  printed TEXT, -- as printed, on one line
  PRIMARY KEY (cable, ordinal)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS citation ( -- mentions of other telegrams in the body
  cable INTEGER NOT NULL REFERENCES cable(id) ON DELETE CASCADE, -- the telegram that mentions
  ordinal INTEGER NOT NULL, -- 1, 2, 3 ... in the order printed
  paragraph INTEGER, -- number of the paragraph, NULL if none
  printed TEXT, -- as printed, on one line: ref A, 05 MOSCOW 1234
  refid TEXT, -- the telegram mentioned, held or not; NULL if unknown
  start INTEGER, -- where it lies in cable.text, bytes before it
  length INTEGER, -- its length in bytes
  PRIMARY KEY (cable, ordinal)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS addressee ( -- addressees of TO, INFO and XMT
  cable INTEGER NOT NULL REFERENCES cable(id) ON DELETE CASCADE, -- the telegram
  ordinal INTEGER NOT NULL, -- 1, 2, 3 ... in the order printed
  role TEXT, -- action, info
  precedence TEXT, -- of the copy for this addressee
  routing TEXT, -- routing indicator: RUEHC
  plad TEXT, -- plain-language address: SECSTATE WASHDC
  post TEXT, -- the post of that address, as in post.post; NULL if it is none
  mcn TEXT, -- message continuity number
  excluded INTEGER, -- 1 for an address that gets no copy (XMT), else 0
  PRIMARY KEY (cable, ordinal)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS anomaly ( -- what is odd in a telegram
  cable INTEGER NOT NULL REFERENCES cable(id) ON DELETE CASCADE, -- the telegram
  ordinal INTEGER NOT NULL, -- 1, 2, 3 ...; from 1000 on: told by the file, not by the text
  part TEXT, -- envelope, heading, body, references, declassification; NULL: told by the file
  message TEXT NOT NULL, -- a short sentence, the same for the same oddity
  start INTEGER, -- where it lies in cable.text, bytes before it; NULL if nowhere
  length INTEGER, -- its length in bytes
  PRIMARY KEY (cable, ordinal)
) WITHOUT ROWID;

-- Telegrams that you work with: the views chain, graphml and dot start here.
CREATE TABLE IF NOT EXISTS selection ( -- telegrams to follow: you write these rows
  refid TEXT PRIMARY KEY -- canonical reference id, held or not
) WITHOUT ROWID;

-- --- Reference tables: the first three are filled by a refresh ---------------

CREATE TABLE IF NOT EXISTS post ( -- posts, one row for each code in reference ids
  post TEXT PRIMARY KEY, -- code in reference ids: MOSCOW
  plad TEXT, -- plain-language address: AMEMBASSY MOSCOW
  kind TEXT, -- embassy, consulate, ...
  display TEXT, -- name: Embassy Moscow
  city TEXT, -- city
  country TEXT, -- country
  iso2 TEXT, -- its ISO 3166 code of two letters
  lat REAL, -- latitude of the city, degrees north
  lon REAL, -- longitude of the city, degrees east
  aliases TEXT -- other spellings of the code, JSON array
);
CREATE INDEX IF NOT EXISTS post_plad ON post(plad);

CREATE TABLE IF NOT EXISTS country ( -- countries by their TAGS code
  code TEXT PRIMARY KEY, -- TAGS code: RS
  name TEXT, -- name
  iso2 TEXT, -- ISO 3166 code of two letters
  iso3 TEXT, -- ISO 3166 code of three letters
  status TEXT, -- current, former, variant
  kind TEXT -- country, territory, region
);

CREATE TABLE IF NOT EXISTS tag_code ( -- TAGS codes and what they stand for
  code TEXT PRIMARY KEY, -- TAGS code: PREL
  kind TEXT, -- subject, geographic, organization, program, ...
  meaning TEXT, -- what it stands for
  standard TEXT, -- the code that a wrong or old one stands for
  status TEXT -- current, retired, nonstandard
);

CREATE TABLE IF NOT EXISTS executive_order ( -- the orders on classification
  number TEXT PRIMARY KEY, -- as in cable.executive_order: 12958
  signed TEXT, -- day of its signature
  since TEXT, -- first day in force
  until TEXT, -- last day in force; NULL if it still is
  rule TEXT -- how long a classification lasts, in short
);
INSERT OR IGNORE INTO executive_order VALUES
  ('10501', '1953-11-05', '1953-12-15', '1972-05-31', 'Groups 1 to 4 from 1961; Group 4 after 12 years'),
  ('11652', '1972-03-08', '1972-06-01', '1978-11-30', 'GDS: 31 December after 10, 8 or 6 full years; XGDS without a date'),
  ('12065', '1978-06-28', '1978-12-01', '1982-07-31', 'a date within 6 years, within 20 by high authority, or a review'),
  ('12356', '1982-04-02', '1982-08-01', '1995-10-13', 'a date or event if one can be set, else OADR'),
  ('12958', '1995-04-17', '1995-10-14', '2010-06-26', 'a date within 10 years, 25 from 2003; X1 to X8 until 22 September 2003'),
  ('13526', '2009-12-29', '2010-06-27', NULL, 'a date within 25 years; 50X1-HUM and 50X2-WMD without');

CREATE TABLE IF NOT EXISTS reason_code ( -- classification reasons of section 1.4 (1.5 before 2003)
  letter TEXT PRIMARY KEY, -- the letter in cable.reasons: b of 1.4(b)
  meaning TEXT -- what kind of information it is
);
INSERT OR IGNORE INTO reason_code VALUES
  ('a', 'military plans, weapons systems, or operations'),
  ('b', 'foreign government information'),
  ('c', 'intelligence activities, sources or methods, or cryptology'),
  ('d', 'foreign relations or foreign activities, including confidential sources'),
  ('e', 'scientific, technological, or economic matters'),
  ('f', 'programs for safeguarding nuclear materials or facilities'),
  ('g', 'vulnerabilities or capabilities of systems, installations, projects or plans'),
  ('h', 'weapons of mass destruction');

CREATE TABLE IF NOT EXISTS caption_code ( -- handling captions
  caption TEXT PRIMARY KEY, -- as in cable.captions: EXDIS
  meaning TEXT, -- what it says
  restricts INTEGER -- 1 if such a telegram is for the Department and its posts first of all
);
INSERT OR IGNORE INTO caption_code VALUES
  ('NODIS', 'no distribution but to the addressee', 1),
  ('EXDIS', 'exclusive distribution, to few officers', 1),
  ('STADIS', 'distribution inside the Department of State only', 1),
  ('LIMDIS', 'limited distribution', 1),
  ('ROGER CHANNEL', 'to the Bureau of Intelligence and Research only', 1),
  ('CHEROKEE', 'for the Secretary and few others', 1),
  ('NOFORN', 'not for foreign nationals', 0),
  ('SENSITIVE', 'sensitive but unclassified', 0),
  ('SIPDIS', 'posted on the classified network SIPRNet', 0),
  ('TERREP', 'report on terrorism', 0);

CREATE TABLE IF NOT EXISTS precedence_code ( -- precedences, the most urgent first
  rank INTEGER PRIMARY KEY, -- 1 is the most urgent
  precedence TEXT NOT NULL UNIQUE, -- as in cable.precedence
  prosign TEXT -- the letter in the heading: O
);
INSERT OR IGNORE INTO precedence_code VALUES
  (1, 'FLASH', 'Z'), (2, 'NIACT IMMEDIATE', 'O'), (3, 'IMMEDIATE', 'O'),
  (4, 'PRIORITY', 'P'), (5, 'ROUTINE', 'R');

-- --- Text and full text search -----------------------------------------------

-- A telegram is kept once, in cable.text.  A passage is cut out of it, its
-- lines joined, and number and marking left off at the front; what cannot be
-- had so (page breaks inside, tables) stands in paragraph.stored.
DROP VIEW IF EXISTS passage;
CREATE VIEW passage AS -- subjects, paragraphs, headings, lists, tables and signatures with their text
SELECT p.id, p.cable, c.refid,
  c.refid || '#' || p.number || CASE WHEN p.copy > 1 THEN '.' || p.copy ELSE '' END AS key,
  p.ordinal, p.number, p.kind, p.marking, p.rank, p.role, p.heading, p.section, p.start, p.length,
  CASE WHEN p.stored IS NOT NULL THEN p.stored ELSE
    substr(replace(replace(CAST(substr(CAST(c.text AS BLOB), p.start + 1, p.length) AS TEXT),
      char(10), ' '), '  ', ' '), -p.shown) END AS text,
  CAST(substr(CAST(c.text AS BLOB), p.start + 1, p.length) AS TEXT) AS printed
FROM paragraph p JOIN cable c ON c.id = p.cable;

CREATE VIRTUAL TABLE IF NOT EXISTS search USING fts5( -- full text of passage.text, rowid is passage.id
  text, -- what is searched; diacritics do not count
  content = 'passage', content_rowid = 'id', prefix = '3',
  tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TRIGGER IF NOT EXISTS paragraph_insert AFTER INSERT ON paragraph
WHEN NOT EXISTS (SELECT 1 FROM source WHERE reading) BEGIN
  INSERT INTO search(rowid, text) SELECT id, text FROM passage WHERE id = NEW.id;
END;
CREATE TRIGGER IF NOT EXISTS paragraph_delete BEFORE DELETE ON paragraph BEGIN
  INSERT INTO search(search, rowid, text) SELECT 'delete', id, text FROM passage WHERE id = OLD.id;
END;
CREATE TRIGGER IF NOT EXISTS paragraph_before_update BEFORE UPDATE ON paragraph BEGIN
  INSERT INTO search(search, rowid, text) SELECT 'delete', id, text FROM passage WHERE id = OLD.id;
END;
CREATE TRIGGER IF NOT EXISTS paragraph_after_update AFTER UPDATE ON paragraph BEGIN
  INSERT INTO search(rowid, text) SELECT id, text FROM passage WHERE id = NEW.id;
END;
CREATE TRIGGER IF NOT EXISTS cable_subject_update AFTER UPDATE OF subject ON cable BEGIN
  UPDATE paragraph SET stored = NEW.subject WHERE cable = NEW.id AND ordinal = 0;
END;
CREATE TRIGGER IF NOT EXISTS cable_text_update BEFORE UPDATE OF id, text ON cable
WHEN OLD.id IS NOT NEW.id OR OLD.text IS NOT NEW.text BEGIN
  SELECT RAISE(ABORT, 'the text of a cable is not changed in place: change its file and refresh');
END;
-- Works also where PRAGMA foreign_keys is off.
CREATE TRIGGER IF NOT EXISTS cable_delete BEFORE DELETE ON cable BEGIN
  DELETE FROM paragraph WHERE cable = OLD.id;
  DELETE FROM tag WHERE cable = OLD.id;
  DELETE FROM reference WHERE cable = OLD.id;
  DELETE FROM citation WHERE cable = OLD.id;
  DELETE FROM addressee WHERE cable = OLD.id;
  DELETE FROM anomaly WHERE cable = OLD.id;
END;

-- --- Files ------------------------------------------------------------------

DROP VIEW IF EXISTS version;
CREATE VIEW version AS -- telegrams that several files hold, one row for each file
SELECT c.refid, f.path, f.entry, f.id = c.file AS authority, f.state, f.format,
  f.created, f.released, f.classification, f.complete, f.redactions,
  CASE f.state WHEN 'read' THEN coalesce(f.text, c.text) END AS text
FROM cable c JOIN file f ON f.cable = c.id
WHERE (SELECT count(*) FROM file o WHERE o.cable = c.id) > 1;

DROP VIEW IF EXISTS difference;
CREATE VIEW difference AS -- lines and fields in which a file of a telegram differs from the authority
WITH RECURSIVE pair AS (
  SELECT c.refid, c.text AS authority_text, f.*, a.path AS authority_path,
    a.created AS authority_created, a.released AS authority_released,
    a.classification AS authority_classification
  FROM file f JOIN cable c ON c.id = f.cable AND c.file <> f.id JOIN file a ON a.id = c.file
  WHERE f.state = 'read'
), split(id, here, line, text, rest) AS ( -- the lines of both texts, one after the other
  SELECT id, 1, 0, NULL, text || char(10) FROM pair WHERE text IS NOT NULL
  UNION ALL
  SELECT id, 0, 0, NULL, authority_text || char(10) FROM pair WHERE text IS NOT NULL
  UNION ALL
  SELECT id, here, line + 1, substr(rest, 1, instr(rest, char(10)) - 1), substr(rest, instr(rest, char(10)) + 1)
  FROM split WHERE rest <> ''
), lines AS (SELECT id, here, line, text FROM split WHERE text <> '')
SELECT p.refid, p.path, p.entry, p.authority_path, 'line' AS what, l.line,
  CASE WHEN l.here THEN l.text END AS here, CASE WHEN NOT l.here THEN l.text END AS authority
FROM lines l JOIN pair p ON p.id = l.id
WHERE NOT EXISTS (SELECT 1 FROM lines o WHERE o.id = l.id AND o.here <> l.here AND o.text = l.text)
UNION ALL
SELECT refid, path, entry, authority_path, 'created', NULL, created, authority_created
FROM pair WHERE created IS NOT authority_created
UNION ALL
SELECT refid, path, entry, authority_path, 'released', NULL, released, authority_released
FROM pair WHERE released IS NOT authority_released
UNION ALL
SELECT refid, path, entry, authority_path, 'classification', NULL, classification, authority_classification
FROM pair WHERE classification IS NOT authority_classification;

DROP VIEW IF EXISTS lost;
CREATE VIEW lost AS -- telegrams of which no file is there any more
SELECT c.refid, c.subject, f.path, f.entry, f.read_at
FROM cable c JOIN file f ON f.id = c.file
WHERE NOT EXISTS (SELECT 1 FROM file o WHERE o.cable = c.id AND o.state <> 'gone');

DROP VIEW IF EXISTS inventory;
CREATE VIEW inventory AS -- files, telegrams, dates and oddities of each source
SELECT s.path AS source, count(DISTINCT f.path) AS files, count(DISTINCT f.cable) AS cables,
  count(*) FILTER (WHERE f.state = 'empty') AS empty, count(*) FILTER (WHERE f.state = 'failed') AS failed,
  count(*) FILTER (WHERE f.state = 'gone') AS gone, count(f.anomalies) AS odd,
  sum(f.document_bytes) AS bytes, date(min(f.created)) AS first, date(max(f.created)) AS last
FROM source s LEFT JOIN file f ON f.source = s.id
GROUP BY s.id;

COMMIT;
