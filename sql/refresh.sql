-- Brings an archive (sql/archive.sql) up to date with the files of its table
-- source.  Needs the extension; run it whenever files have changed:
--
--   sqlite3 cables.db
--   sqlite> .load ./cables
--   sqlite> .read sql/refresh.sql
--
-- One transaction: ended at any moment, the archive is as it was before, and
-- the next refresh does all of it.  The same when a statement fails (a source
-- that is not there, a locked database), also in a host that goes on with the
-- next statement: see temp.guard.  A file is opened only
--
-- * when it is new, or its size or time of change is not what the table file
--   tells, or it could not be read the last time;
-- * when it changed in the very second of the last refresh or later, so that
--   its time of change would not show another change;
-- * when it holds the same telegram as a file that changed or went, and was
--   not its authority.
--
-- A file that is gone keeps its row, as state 'gone', and its telegram; to be
-- rid of those: DELETE FROM file WHERE state = 'gone', then refresh.  A member
-- that is missing in a changed archive goes with its row.
--
-- Of several files with the same reference id the authority is: one that is
-- there; then one that is complete; then the one with the fewest passages
-- taken out; then a bare telegram before a page, a record of a bulk file and a
-- copied page; then the first path in byte order.  All values of a row of
-- cable come from that file; the views version and difference show the others.

PRAGMA temp.cache_size = -16384; -- 16 MB: the list of all files fits in
BEGIN IMMEDIATE;
PRAGMA defer_foreign_keys = ON; -- lasts as long as the transaction, which shows that there is one

-- --- 1. What is to be read ----------------------------------------------------

UPDATE source SET refreshed_at = datetime('now');

-- Every file of every source, seen in one pass.  One that is as the table file
-- tells gives the number of its row and no more, so that where nothing changed
-- little is written; any other gives its path and what is known of it.
DROP TABLE IF EXISTS temp.found;
CREATE TEMP TABLE found(file INTEGER, source INTEGER, path TEXT, bytes INTEGER, mtime TEXT, error TEXT);
INSERT INTO temp.found
  SELECT f.id, s.id, CASE WHEN d.differs THEN l.path END, CASE WHEN d.differs THEN l.bytes END,
    CASE WHEN d.differs THEN l.mtime END, l.error
  FROM source s NOT INDEXED CROSS JOIN cables_files l ON l.source = s.path -- by s.id
    LEFT JOIN file f ON f.path = l.path LEFT JOIN (SELECT 1 AS differs) d ON NOT (
      f.bytes IS l.bytes AND f.mtime IS l.mtime AND coalesce(f.mtime < f.read_at, 1)
      AND f.state IN ('read', 'empty') AND l.error IS NULL)
  UNION ALL SELECT NULL, NULL, '', NULL, NULL, NULL; -- here only if all of it succeeded

-- The files that may have to be read; of two sources the first has a file.
DROP TABLE IF EXISTS temp.listing;
CREATE TEMP TABLE listing(path TEXT PRIMARY KEY, bytes INTEGER, mtime TEXT, source INTEGER, error TEXT) WITHOUT ROWID;
INSERT OR IGNORE INTO temp.listing
  SELECT path, bytes, mtime, source, error FROM temp.found WHERE path IS NOT NULL;

-- Has a row only where all went well so far; otherwise all is rolled back, the
-- tables in temp with it, so that no later statement finds them.
DROP TABLE IF EXISTS temp.guard;
CREATE TEMP TABLE guard(fine INTEGER NOT NULL CONSTRAINT "the refresh failed, nothing was changed" CHECK (fine));
INSERT OR ROLLBACK INTO temp.guard
  SELECT defer_foreign_keys AND EXISTS (SELECT 1 FROM temp.listing WHERE path = '')
  FROM pragma_defer_foreign_keys;
DELETE FROM temp.listing WHERE path = '';

-- Files that came back as they were are not read again.
UPDATE file SET state = CASE WHEN cable IS NULL THEN 'empty' ELSE 'read' END
WHERE state = 'gone' AND EXISTS (SELECT 1 FROM temp.guard) AND EXISTS (
  SELECT 1 FROM temp.listing l
  WHERE l.path = file.path AND l.bytes IS file.bytes AND l.mtime IS file.mtime)
AND (cable IS NULL OR EXISTS (SELECT 1 FROM cable c WHERE c.file = file.id));

DROP TABLE IF EXISTS temp.changed;
CREATE TEMP TABLE changed(path TEXT PRIMARY KEY) WITHOUT ROWID;
INSERT INTO temp.changed
  SELECT DISTINCT l.path
  FROM temp.guard CROSS JOIN temp.listing l LEFT JOIN file f ON f.path = l.path
  WHERE f.id IS NULL OR f.bytes IS NOT l.bytes OR f.mtime IS NOT l.mtime
    OR f.mtime >= f.read_at OR f.state IN ('failed', 'gone');

-- Files that are not there any more.  Of those in a folder that cannot be read,
-- whose path has a slash behind it, nobody knows.  A single source finds no file
-- twice: then the numbers tell whether it is worth looking.
DROP TABLE IF EXISTS temp.closed;
CREATE TEMP TABLE closed AS SELECT path FROM temp.listing WHERE error IS NOT NULL;
DROP TABLE IF EXISTS temp.missing;
CREATE TEMP TABLE missing(id INTEGER PRIMARY KEY);
INSERT INTO temp.missing
  SELECT f.id FROM temp.guard CROSS JOIN file f
  WHERE ((SELECT count(*) FROM source) > 1
      OR (SELECT count(*) FROM temp.found WHERE path IS NULL)
        < (SELECT count(*) FROM file) - (SELECT count(*) FROM file WHERE state = 'gone'))
    AND f.state <> 'gone' AND f.id NOT IN (SELECT file FROM temp.found WHERE path IS NULL)
    AND NOT EXISTS (SELECT 1 FROM temp.listing l WHERE l.path = f.path)
    AND NOT EXISTS (SELECT 1 FROM temp.closed c WHERE substr(f.path, 1, length(c.path)) = c.path);

-- Telegrams whose authority is read again, or went while another file is there.
DROP TABLE IF EXISTS temp.stale;
CREATE TEMP TABLE stale(id INTEGER PRIMARY KEY);
INSERT INTO temp.stale
  SELECT c.id FROM temp.changed CROSS JOIN file f USING (path) JOIN cable c ON c.file = f.id
  UNION
  SELECT c.id FROM temp.missing m CROSS JOIN file f ON f.id = m.id CROSS JOIN cable c ON c.file = f.id
  WHERE EXISTS (SELECT 1 FROM file o WHERE o.cable = c.id AND o.id IN (SELECT file FROM temp.found));
INSERT OR IGNORE INTO temp.listing
  SELECT f.path, f.bytes, f.mtime, n.source, NULL
  FROM temp.stale t CROSS JOIN file f ON f.cable = t.id CROSS JOIN temp.found n ON n.file = f.id;
INSERT OR IGNORE INTO temp.changed
  SELECT f.path FROM temp.stale t CROSS JOIN file f ON f.cable = t.id
    CROSS JOIN temp.listing l USING (path);
INSERT OR IGNORE INTO temp.stale
  SELECT c.id FROM temp.changed CROSS JOIN file f USING (path) JOIN cable c ON c.file = f.id;

UPDATE file SET state = 'gone', text = NULL WHERE id IN (SELECT id FROM temp.missing);

DROP TABLE IF EXISTS temp.before;
CREATE TEMP TABLE before AS SELECT file.* FROM temp.changed CROSS JOIN file USING (path);
UPDATE temp.before SET text = (SELECT c.text FROM cable c WHERE c.id = before.cable)
WHERE text IS NULL AND cable IN (SELECT cable FROM file GROUP BY cable HAVING count(*) > 1);
DELETE FROM file WHERE path IN (SELECT path FROM temp.changed);

-- --- 2. What to do with a row of cables() ---------------------------------------

-- Each row goes through this view, so that a text is read once; SQLite keeps
-- the rows in a temporary file until the scan is through.
DROP VIEW IF EXISTS temp.incoming;
CREATE TEMP VIEW incoming AS
SELECT 0 AS source, refid, created, released, classification, origin, precedence, dtg, sender,
  drafted_by, approved_by, subject, subject_marking, tags, tags_printed, captions, pass,
  executive_order, declass_date, declass_kind, declass_event, declass_exemption, declass_review,
  classified_by, reasons, sections, signer, paragraphs, redactions, complete, anomalies,
  attributes, text, parsed, format, path, entry, bytes, mtime
FROM cables(NULL);

CREATE TEMP TRIGGER incoming_end INSTEAD OF INSERT ON incoming WHEN NEW.path IS NULL BEGIN
  INSERT INTO contest(file) VALUES (-1);
  SELECT cables_progress(NULL, NULL);
END;
CREATE TEMP TRIGGER incoming_insert INSTEAD OF INSERT ON incoming WHEN NEW.path IS NOT NULL BEGIN
  INSERT INTO file(source, path, entry, bytes, mtime, read_at, state, cable, format, document_bytes,
    created, released, classification, complete, redactions, merit, anomalies)
  SELECT l.source, NEW.path, coalesce(NEW.entry, ''), l.bytes, l.mtime, s.refreshed_at,
    CASE WHEN NEW.text IS NULL THEN 'failed' ELSE 'read' END,
    CASE WHEN NEW.text IS NOT NULL THEN
      coalesce((SELECT id FROM cable WHERE refid = NEW.refid), (SELECT coalesce(max(id), 0) + 1 FROM cable))
    END,
    NEW.format, NEW.bytes, NEW.created, NEW.released, NEW.classification, NEW.complete, NEW.redactions,
    coalesce(NEW.complete, 0) * 1000000 + (9999 - min(coalesce(NEW.redactions, 9999), 9999)) * 10
      + CASE NEW.format WHEN 'telegram' THEN 3 WHEN 'page' THEN 2 WHEN 'bulk' THEN 1 ELSE 0 END,
    NEW.anomalies
  FROM listing l JOIN source s ON s.id = l.source
  WHERE l.path = NEW.path;
  SELECT cables_progress(last_insert_rowid() - n.before, n.total) FROM numbers n;

  -- A telegram that another file has brought: the better one stays, the other
  -- keeps its text where that differs.
  DELETE FROM contest;
  INSERT INTO contest
  SELECT f.id, f.cable,
    a.id IS NULL OR a.state = 'gone' OR f.merit > a.merit
      OR (f.merit = a.merit AND (f.path, f.entry) < (a.path, a.entry))
      OR c.id IN (SELECT id FROM stale),
    a.state IN ('read', 'failed') AND c.id NOT IN (SELECT id FROM stale) AND c.text <> NEW.text
  FROM file f JOIN cable c ON c.id = f.cable LEFT JOIN file a ON a.id = c.file
  WHERE f.path = NEW.path AND f.entry = coalesce(NEW.entry, '');
  UPDATE file SET text = (SELECT c.text FROM cable c WHERE c.id = file.cable)
  WHERE cable = (SELECT cable FROM contest WHERE wins AND differs)
    AND text IS NULL AND state <> 'gone' AND id <> (SELECT file FROM contest);
  UPDATE file SET text = NULL
  WHERE cable = (SELECT cable FROM contest WHERE wins AND differs) AND text = NEW.text;
  UPDATE file SET text = NEW.text
  WHERE id = (SELECT file FROM contest WHERE NOT wins AND differs);
  DELETE FROM cable WHERE id = (SELECT cable FROM contest WHERE wins);
  DELETE FROM stale WHERE id = (SELECT cable FROM contest WHERE wins);

  INSERT INTO cable(id, refid, post, year, serial, created, released, classification, rank, origin,
    precedence, dtg, sender, drafted_by, approved_by, subject, subject_marking, tags_printed,
    captions, pass, executive_order, declass_date, declass_kind, declass_event,
    declass_exemption, declass_review, declass_automatic, classified_by, reasons, sections,
    signer, paragraphs, redactions, complete, attributes, file, text)
  SELECT f.cable, NEW.refid, refid_post(NEW.refid), refid_year(NEW.refid), refid_serial(NEW.refid),
    NEW.created, NEW.released, NEW.classification, classification_rank(NEW.classification), NEW.origin,
    NEW.precedence, NEW.dtg, NEW.sender, NEW.drafted_by, NEW.approved_by, NEW.subject,
    NEW.subject_marking, NEW.tags_printed, NEW.captions, NEW.pass, NEW.executive_order,
    NEW.declass_date, NEW.declass_kind, NEW.declass_event, NEW.declass_exemption,
    NEW.declass_review,
    CASE WHEN classification_rank(NEW.classification) >= 2 THEN declass_automatic(NEW.created) END,
    NEW.classified_by, NEW.reasons, NEW.sections, NEW.signer, NEW.paragraphs, NEW.redactions,
    NEW.complete, NEW.attributes, f.id, NEW.text
  FROM file f
  WHERE f.path = NEW.path AND f.entry = coalesce(NEW.entry, '') AND f.cable IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM cable c WHERE c.id = f.cable);

  -- Its children, if this file became the authority.
  DELETE FROM contest;
  INSERT INTO contest(cable)
  SELECT c.id FROM file f JOIN cable c ON c.file = f.id
  WHERE f.path = NEW.path AND f.entry = coalesce(NEW.entry, '');

  INSERT INTO paragraph(cable, ordinal, kind, marking, rank, stored)
  SELECT cable, 0, 'subject', NEW.subject_marking, classification_rank(NEW.subject_marking), NEW.subject
  FROM contest WHERE NEW.subject IS NOT NULL;
  INSERT INTO paragraph(cable, ordinal, number, copy, kind, marking, rank, role, heading, section,
    start, length, shown, stored)
  SELECT t.cable, p.ordinal, p.number, p.copy, p.kind, p.marking, classification_rank(p.marking), p.role,
    p.heading, p.section, p.start, p.length,
    CASE WHEN p.plain THEN length(p.text) END, CASE WHEN NOT p.plain THEN p.text END
  FROM contest t CROSS JOIN cable_paragraphs(NEW.parsed) p;
  INSERT INTO search(rowid, text)
  SELECT p.id, p.stored FROM contest t JOIN paragraph p ON p.cable = t.cable AND p.ordinal = 0;
  INSERT INTO search(rowid, text)
  SELECT p.id, w.text FROM contest t CROSS JOIN cable_paragraphs(NEW.parsed) w
    CROSS JOIN paragraph p ON p.cable = t.cable AND p.ordinal = w.ordinal;
  INSERT INTO tag SELECT t.cable, j.key + 1, j.value
  FROM contest t CROSS JOIN json_each(NEW.tags) j;
  INSERT INTO reference SELECT t.cable, r.ordinal, r.label, r.kind, r.refid, r.note, r.printed
  FROM contest t CROSS JOIN cable_references(NEW.parsed) r;
  INSERT INTO citation SELECT t.cable, c.ordinal, c.paragraph, c.printed, c.refid, c.start, c.length
  FROM contest t CROSS JOIN cable_citations(NEW.parsed) c;
  INSERT INTO addressee SELECT t.cable, a.ordinal, a.role, a.precedence, a.routing, a.plad,
    coalesce((SELECT post FROM post WHERE plad = a.plad),
      (SELECT post FROM post WHERE post = refid_post(refid_normalize(
        '99' || replace(substr(a.plad, instr(a.plad, ' ') + 1), ' ', '') || '1')) AND (
        a.plad LIKE 'AMEMBASSY %' OR a.plad LIKE 'AMCONSUL %' OR a.plad LIKE 'USMISSION %'
        OR a.plad LIKE 'USINT %' OR a.plad LIKE 'USLO %' OR a.plad LIKE 'USOFFICE %'
        OR a.plad LIKE 'IRAN %'))),
    a.mcn, a.excluded
  FROM contest t CROSS JOIN cable_addressees(NEW.parsed) a;
  INSERT INTO anomaly
  SELECT t.cable, row_number() OVER (), a.part, a.message, a.start, a.length
  FROM contest t CROSS JOIN cable_anomalies(NEW.parsed) a
  WHERE NEW.anomalies IS NOT NULL;
  INSERT INTO anomaly
  SELECT t.cable, 1000 + j.key, NULL, j.value, NULL, NULL
  FROM contest t CROSS JOIN json_each(NEW.anomalies) j
  WHERE j.value NOT IN (SELECT message FROM anomaly WHERE cable = t.cable);
END;

-- The words of a paragraph come from the reading, not out of cable.text again,
-- so the trigger paragraph_insert stands still.  They go to the index by many at
-- once (32 MB, usually 1 MB) and without a merge, which is cheaper and smaller.
UPDATE source SET reading = 1 WHERE EXISTS (SELECT 1 FROM temp.changed) AND EXISTS (SELECT 1 FROM temp.guard);
INSERT INTO search(search, rank) SELECT 'hashsize', 33554432 WHERE EXISTS (SELECT 1 FROM source WHERE reading);
INSERT INTO search(search, rank) SELECT 'automerge', 0 WHERE EXISTS (SELECT 1 FROM source WHERE reading);

-- For one telegram at a time: its file, whether that takes the place of the
-- authority so far, and whether their texts differ.
DROP TABLE IF EXISTS temp.contest;
CREATE TEMP TABLE contest(file INTEGER, cable INTEGER, wins INTEGER, differs INTEGER);

-- What the progress line needs: numbers of file rows before, and files to read.
DROP TABLE IF EXISTS temp.numbers;
CREATE TEMP TABLE numbers AS
  SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'file'), 0) AS before,
    (SELECT count(*) FROM temp.changed) AS total;

-- --- 3. Read ------------------------------------------------------------------

INSERT INTO post SELECT * FROM cable_posts WHERE true
  ON CONFLICT(post) DO UPDATE SET plad = excluded.plad, kind = excluded.kind, display = excluded.display,
    city = excluded.city, country = excluded.country, iso2 = excluded.iso2, lat = excluded.lat,
    lon = excluded.lon, aliases = excluded.aliases WHERE aliases IS NOT excluded.aliases
    OR plad IS NOT excluded.plad OR lat IS NOT excluded.lat OR lon IS NOT excluded.lon;
INSERT OR IGNORE INTO country SELECT * FROM cable_countries;
INSERT OR IGNORE INTO tag_code SELECT * FROM cable_tag_codes;

INSERT INTO incoming
SELECT s.id, refid, created, released, classification, origin, precedence, dtg, sender,
  drafted_by, approved_by, subject, subject_marking, tags, tags_printed, captions, pass,
  executive_order, declass_date, declass_kind, declass_event, declass_exemption, declass_review,
  classified_by, reasons, sections, signer, paragraphs, redactions, complete, anomalies,
  attributes, text, parsed, format, c.path, entry, bytes, mtime
FROM source s CROSS JOIN cables c
WHERE c.source = s.path AND c.path IN (SELECT path FROM temp.changed)
  AND EXISTS (SELECT 1 FROM temp.changed)
  AND (SELECT l.source FROM temp.listing l WHERE l.path = c.path) = s.id
UNION ALL
SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL; -- comes only if all of it succeeded
INSERT OR ROLLBACK INTO temp.guard
  SELECT EXISTS (SELECT 1 FROM temp.contest WHERE file = -1);

-- --- 4. What is left over -------------------------------------------------------

-- A file that failed now keeps the telegrams that it gave before.
DROP TABLE IF EXISTS temp.unread;
CREATE TEMP TABLE unread AS
  SELECT DISTINCT f.path FROM file f JOIN temp.before b USING (path, entry)
  WHERE f.state = 'failed' AND b.cable IS NOT NULL;
DELETE FROM file WHERE state = 'failed' AND path IN (SELECT path FROM temp.unread);
INSERT INTO file
  SELECT id, source, path, entry, bytes, mtime, read_at, 'failed', cable, format, document_bytes,
    created, released, classification, complete, redactions, merit,
    nullif(text, (SELECT c.text FROM cable c WHERE c.id = b.cable)), anomalies
  FROM temp.before b
  WHERE path IN (SELECT path FROM temp.unread) AND cable IN (SELECT id FROM cable)
    AND NOT EXISTS (SELECT 1 FROM file f WHERE f.path = b.path AND f.entry = b.entry);

-- Files without a telegram.
INSERT INTO file(source, path, bytes, mtime, read_at, state)
  SELECT l.source, l.path, l.bytes, l.mtime, s.refreshed_at, 'empty'
  FROM temp.changed JOIN temp.listing l USING (path) JOIN source s ON s.id = l.source
  WHERE NOT EXISTS (SELECT 1 FROM file f WHERE f.path = l.path);

-- Telegrams that no file has any more, and those whose authority has another
-- telegram now while a file that is gone had it too.
DROP TABLE IF EXISTS temp.astray;
CREATE TEMP TABLE astray AS SELECT id FROM cable WHERE file NOT IN (SELECT id FROM file);
DELETE FROM cable WHERE id IN (
  SELECT a.id FROM temp.astray a WHERE NOT EXISTS (SELECT 1 FROM file f WHERE f.cable = a.id));
UPDATE cable SET file = (
  SELECT f.id FROM file f WHERE f.cable = cable.id ORDER BY f.merit DESC, f.path, f.entry LIMIT 1)
WHERE id IN (SELECT id FROM temp.astray);

INSERT INTO search(search, rank) SELECT 'hashsize', 1048576 WHERE EXISTS (SELECT 1 FROM source WHERE reading);
INSERT INTO search(search, rank) SELECT 'automerge', 4 WHERE EXISTS (SELECT 1 FROM source WHERE reading);
UPDATE source SET reading = 0 WHERE reading;

-- --- 5. Indexes -----------------------------------------------------------------

-- Sorted at once behind the first refresh, they cost the same for each telegram
-- whether there are a thousand or a million; filled row by row they cost more
-- the larger they are.  Later refreshes keep them up.
CREATE INDEX IF NOT EXISTS cable_created ON cable(created);
CREATE INDEX IF NOT EXISTS cable_post ON cable(post, year, serial);
CREATE INDEX IF NOT EXISTS cable_declass ON cable(declass_date) WHERE declass_date IS NOT NULL;
CREATE INDEX IF NOT EXISTS tag_tag ON tag(tag, cable);
CREATE INDEX IF NOT EXISTS reference_refid ON reference(refid) WHERE refid IS NOT NULL;
CREATE INDEX IF NOT EXISTS citation_refid ON citation(refid) WHERE refid IS NOT NULL;
CREATE INDEX IF NOT EXISTS addressee_post ON addressee(post) WHERE post IS NOT NULL;
CREATE INDEX IF NOT EXISTS anomaly_message ON anomaly(message);

DROP VIEW temp.incoming;
DROP TABLE temp.contest;
DROP TABLE temp.numbers;
DROP TABLE temp.astray;
DROP TABLE temp.unread;
DROP TABLE temp.before;
DROP TABLE temp.stale;
DROP TABLE temp.changed;
DROP TABLE temp.missing;
DROP TABLE temp.closed;
DROP TABLE temp.listing;
DROP TABLE temp.found;
DROP TABLE temp.guard;
COMMIT;
