-- Fills an archive (sql/archive.sql) from the database `parsed`, which holds
-- the same rows in plain tables without indexes.
BEGIN IMMEDIATE;
PRAGMA defer_foreign_keys = ON;
INSERT INTO source SELECT * FROM parsed.source;
INSERT INTO post SELECT * FROM parsed.post;
INSERT INTO country SELECT * FROM parsed.country;
INSERT INTO tag_code SELECT * FROM parsed.tag_code;
INSERT INTO file SELECT * FROM parsed.file;
INSERT INTO cable SELECT * FROM parsed.cable;
INSERT INTO paragraph SELECT * FROM parsed.paragraph;
INSERT INTO tag SELECT * FROM parsed.tag;
INSERT INTO reference SELECT * FROM parsed.reference;
INSERT INTO citation SELECT * FROM parsed.citation;
INSERT INTO addressee SELECT * FROM parsed.addressee;
INSERT INTO anomaly SELECT * FROM parsed.anomaly;
COMMIT;
