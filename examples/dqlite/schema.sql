-- An archive whose text is kept once: columns, paragraphs and references are
-- what the extension reads in it.

CREATE TABLE IF NOT EXISTS telegram (
  path TEXT PRIMARY KEY,
  text TEXT NOT NULL,
  refid TEXT AS (cable_refid(text)) STORED,
  created TEXT AS (cable_created(text)) STORED,
  classification TEXT AS (cable_classification(text)) STORED,
  subject TEXT AS (cable_subject(text)) STORED,
  declass_date TEXT AS (declass_date(text)) STORED
);

CREATE INDEX IF NOT EXISTS telegram_refid ON telegram(refid);

CREATE VIEW IF NOT EXISTS paragraph AS
SELECT t.refid, p.key, p.number, p.kind, p.marking, p.role, p.text
FROM telegram t JOIN cable_paragraphs(t.text, t.refid) p;

CREATE VIEW IF NOT EXISTS reference AS
SELECT t.refid, r.label, r.kind, r.refid AS cited, r.printed
FROM telegram t JOIN cable_references(t.text) r;
