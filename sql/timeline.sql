-- Draws the telegrams of an archive (sql/archive.sql), month by month and by
-- classification, as bars in the terminal.
--
--   sqlite3 cables.db '.read sql/timeline.sql'
--
-- Needs no extension, and changes nothing: its views are temporary, so that it
-- works with an archive that may only be read.  In the same session a part:
--
--   SELECT line FROM timeline WHERE month >= '2008';
--
-- One block is a telegram, or several where a month has more than 60: then what
-- is left of a whole block is drawn as one, so that nothing is too few to see.

DROP VIEW IF EXISTS temp.monthly;
CREATE TEMP VIEW monthly AS -- telegrams of each month by classification, also of months without any
WITH RECURSIVE month(month, last) AS (
  SELECT date(min(created), 'start of month'), max(created) FROM main.cable
  UNION ALL
  SELECT date(month, '+1 month'), last FROM month WHERE date(month, '+1 month') <= last
)
SELECT substr(m.month, 1, 7) AS month, count(c.id) AS cables,
  count(*) FILTER (WHERE c.rank = 0) AS unclassified, count(*) FILTER (WHERE c.rank = 1) AS restricted,
  count(*) FILTER (WHERE c.rank = 2) AS confidential, count(*) FILTER (WHERE c.rank = 3) AS secret,
  count(*) FILTER (WHERE c.rank = 4) AS top_secret, count(c.id) - count(c.rank) AS unmarked
FROM month m LEFT JOIN main.cable c ON c.created >= m.month AND c.created < date(m.month, '+1 month')
WHERE m.month IS NOT NULL
GROUP BY m.month
UNION ALL
SELECT 'no date', count(*), sum(rank IS 0), sum(rank IS 1), sum(rank IS 2), sum(rank IS 3), sum(rank IS 4), sum(rank IS NULL)
FROM main.cable WHERE created IS NULL GROUP BY created;

DROP VIEW IF EXISTS temp.timeline;
CREATE TEMP VIEW timeline AS -- the chart line by line: of three or more empty months in a row only how many they are
WITH scale(size) AS (SELECT max(1, (coalesce(max(cables), 0) + 59) / 60) FROM monthly),
runs AS ( -- a month with telegrams begins a run, the empty ones after it follow
  SELECT *, count(*) OVER (PARTITION BY run) - 1 AS empty, row_number() OVER (PARTITION BY run ORDER BY month) AS place
  FROM (SELECT *, sum(cables > 0) OVER (ORDER BY month) AS run FROM monthly)
), bars AS (
  SELECT month, cables, empty, printf('%-7s %6d ', month, cables)
    || replace(printf('%*s', (unmarked + size - 1) / size, ''), ' ', '?')
    || replace(printf('%*s', (unclassified + size - 1) / size, ''), ' ', '·')
    || replace(printf('%*s', (restricted + size - 1) / size, ''), ' ', '░')
    || replace(printf('%*s', (confidential + size - 1) / size, ''), ' ', '▒')
    || replace(printf('%*s', (secret + size - 1) / size, ''), ' ', '▓')
    || replace(printf('%*s', (top_secret + size - 1) / size, ''), ' ', '█') AS bar
  FROM runs, scale WHERE cables > 0 OR empty < 3 OR place = 2
), lines(part, month, line) AS (
  SELECT 1, NULL, '? no level  · unclassified  ░ restricted  ▒ confidential  ▓ secret  █ top secret'
  UNION ALL
  SELECT 2, NULL, 'one block: ' || size || CASE size WHEN 1 THEN ' telegram' ELSE ' telegrams' END FROM scale
  UNION ALL
  SELECT 3, month, CASE WHEN cables = 0 AND empty > 2 THEN printf('    ...        %d months without', empty)
    ELSE rtrim(bar) END
  FROM bars
)
SELECT month, line FROM lines ORDER BY part, month;

SELECT line FROM timeline;
