-- What the reading room shows of an archive (see sql/): one row for each
-- telegram, with its tags as a list to count by.
--
--   sqlite3 cables.db '.read examples/datasette/reading.sql'

DROP VIEW IF EXISTS telegram;
CREATE VIEW telegram AS
SELECT c.id, c.refid, c.created, c.year, c.post, c.classification, c.rank,
  (SELECT json_group_array(t.tag) FROM tag t WHERE t.cable = c.id) AS tags,
  c.subject, c.origin, c.precedence, c.paragraphs, c.redactions, c.declass_date
FROM cable c;
