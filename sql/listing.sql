-- Stands in for cables_files(source) in an extension that does not have it:
-- then each refresh opens every file, if only its head, and files without a
-- telegram are not told.
DROP TABLE IF EXISTS temp.cables_files;
CREATE TEMP TABLE cables_files AS
  SELECT s.path AS source, c.path, min(c.mtime) AS mtime, sum(c.bytes) AS bytes
  FROM source s CROSS JOIN cables c ON c.source = s.path
  GROUP BY s.path, c.path;
