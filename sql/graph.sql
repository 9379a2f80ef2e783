-- Views on an archive (sql/archive.sql) as a graph: which telegram refers to
-- which, which tags go together, who writes to whom.
--
--   sqlite3 cables.db '.read sql/graph.sql'
--
-- They need no extension.  For a part of the graph write reference ids into
-- the table selection: chain goes from them in both directions, and graphml
-- and dot draw what it reaches; with an empty selection they draw everything.
--
--   INSERT INTO selection VALUES ('08STATE71204');
--   SELECT step, refid, via, created FROM chain ORDER BY step, created;
--
--   sqlite3 cables.db 'SELECT line FROM dot' | dot -Tsvg >chain.svg
--   sqlite3 cables.db 'SELECT line FROM graphml' >chain.graphml

BEGIN IMMEDIATE;

DROP VIEW IF EXISTS edge;
CREATE VIEW edge AS -- from a telegram to one that it refers to; held is 0 where that one is not here
SELECT c.id AS cable, c.refid AS citing, e.refid AS cited,
  max(e.referred) AS referred, sum(e.cited) AS citations,
  EXISTS (SELECT 1 FROM cable h WHERE h.refid = e.refid) AS held
FROM (
  SELECT cable, refid, 1 AS referred, 0 AS cited FROM reference WHERE refid IS NOT NULL
  UNION ALL
  SELECT cable, refid, 0, 1 FROM citation WHERE refid IS NOT NULL
) e JOIN cable c ON c.id = e.cable
WHERE c.refid IS NOT e.refid
GROUP BY c.id, e.refid;

DROP VIEW IF EXISTS answer;
CREATE VIEW answer AS -- a telegram that refers to another and goes to the post that sent it
SELECT c.refid, a.refid AS answers, c.post AS from_post, h.post AS to_post,
  h.created AS asked, c.created AS answered,
  round(julianday(c.created) - julianday(h.created), 1) AS days
FROM reference a JOIN cable c ON c.id = a.cable JOIN cable h ON h.refid = a.refid
WHERE c.post <> h.post AND c.created >= h.created
  AND EXISTS (
    SELECT 1 FROM addressee t
    WHERE t.cable = c.id AND t.post = h.post AND t.role = 'action' AND NOT t.excluded)
GROUP BY c.id, h.id;

DROP VIEW IF EXISTS chain;
CREATE VIEW chain AS -- what leads to and from the telegrams of selection, by fewest steps
WITH RECURSIVE reach(origin, refid, step, direction, via) AS (
  SELECT refid, refid, 0, 'self', NULL FROM selection
  UNION
  SELECT r.origin, e.refid, r.step + 1, 'earlier', r.refid
  FROM reach r JOIN cable c ON c.refid = r.refid JOIN reference e ON e.cable = c.id
  WHERE r.direction <> 'later' AND e.refid IS NOT NULL AND r.step < 20
  UNION
  SELECT r.origin, c.refid, r.step + 1, 'later', r.refid
  FROM reach r JOIN reference e ON e.refid = r.refid JOIN cable c ON c.id = e.cable
  WHERE r.direction <> 'earlier' AND c.refid IS NOT NULL AND r.step < 20
)
SELECT r.origin, min(r.step) AS step, r.direction, r.refid, r.via, c.created, c.subject, c.id IS NOT NULL AS held
FROM reach r LEFT JOIN cable c ON c.refid = r.refid
GROUP BY r.origin, r.refid;

DROP VIEW IF EXISTS missing;
CREATE VIEW missing AS -- telegrams that others cite and that are not here, the most cited first
SELECT e.cited AS refid, count(*) AS cited_by, min(c.created) AS first, max(c.created) AS last,
  json_group_array(e.citing) AS citing
FROM edge e JOIN cable c ON c.id = e.cable
WHERE NOT e.held
GROUP BY e.cited ORDER BY cited_by DESC, refid;

DROP VIEW IF EXISTS most_cited;
CREATE VIEW most_cited AS -- telegrams by how many others cite them, held or not
SELECT e.cited AS refid, count(*) AS cited_by, max(e.held) AS held, h.created, h.subject
FROM edge e LEFT JOIN cable h ON h.refid = e.cited
GROUP BY e.cited ORDER BY cited_by DESC, refid;

DROP VIEW IF EXISTS tag_pair;
CREATE VIEW tag_pair AS -- two tags on the same telegram, each pair once
SELECT a.tag AS tag, b.tag AS other, count(*) AS cables
FROM tag a JOIN tag b ON b.cable = a.cable AND b.tag > a.tag
GROUP BY a.tag, b.tag;

DROP VIEW IF EXISTS country_pair;
CREATE VIEW country_pair AS -- two countries tagged on the same telegram, with ISO codes for joins
SELECT x.iso3 AS iso3, y.iso3 AS other, x.name AS name, y.name AS other_name, count(*) AS cables
FROM tag a JOIN country x ON x.code = a.tag
JOIN tag b ON b.cable = a.cable AND b.tag > a.tag JOIN country y ON y.code = b.tag
GROUP BY a.tag, b.tag;

DROP VIEW IF EXISTS flow;
CREATE VIEW flow AS -- how many telegrams a post sent to each address, by year
SELECT c.post, coalesce(a.post, a.plad) AS addressee, a.post IS NOT NULL AS is_post, a.role, c.year,
  count(DISTINCT c.id) AS cables
FROM addressee a JOIN cable c ON c.id = a.cable
WHERE NOT a.excluded AND c.post IS NOT NULL AND a.plad IS NOT NULL
GROUP BY c.post, coalesce(a.post, a.plad), a.role, c.year;

DROP VIEW IF EXISTS drawn;
CREATE VIEW drawn AS -- what graphml and dot draw: the chain of selection, or everything
SELECT refid FROM chain
UNION
SELECT refid FROM (SELECT citing AS refid FROM edge UNION SELECT cited FROM edge)
WHERE refid IS NOT NULL AND NOT EXISTS (SELECT 1 FROM selection);

DROP VIEW IF EXISTS dot;
CREATE VIEW dot AS -- the graph for Graphviz, line by line
WITH node AS (SELECT refid FROM drawn),
lines(part, name, other, line) AS (
  VALUES (0, '', '', 'digraph cables {'), (1, '', '', '  rankdir=LR; node [shape=box, fontname="Helvetica"];'), (9, '', '', '}')
  UNION ALL
  SELECT 2, n.refid, '', '  "' || n.refid || '"' ||
    CASE WHEN c.id IS NULL THEN ' [style=dashed]'
    ELSE ' [tooltip="' || replace(replace(coalesce(c.subject, ''), '\', '\\'), '"', '\"') || '"]' END || ';'
  FROM node n LEFT JOIN cable c ON c.refid = n.refid
  UNION ALL
  SELECT 3, e.citing, e.cited, '  "' || e.citing || '" -> "' || e.cited || '"' ||
    CASE WHEN e.referred THEN ';' ELSE ' [style=dotted];' END
  FROM edge e JOIN node a ON a.refid = e.citing JOIN node b ON b.refid = e.cited
)
SELECT line FROM lines ORDER BY part, name, other;

DROP VIEW IF EXISTS graphml;
CREATE VIEW graphml AS -- the graph for Gephi and others, line by line
WITH node AS (SELECT refid FROM drawn),
field(name, at, type) AS (
  VALUES ('label', 'node', 'string'), ('created', 'node', 'string'), ('post', 'node', 'string'),
    ('classification', 'node', 'string'), ('subject', 'node', 'string'), ('held', 'node', 'boolean'),
    ('referred', 'edge', 'boolean'), ('citations', 'edge', 'int')),
data(refid, name, value) AS (
  SELECT n.refid, 'label', n.refid FROM node n
  UNION ALL SELECT n.refid, 'held', CASE WHEN c.id IS NULL THEN 'false' ELSE 'true' END
    FROM node n LEFT JOIN cable c ON c.refid = n.refid
  UNION ALL SELECT n.refid, 'created', c.created FROM node n JOIN cable c ON c.refid = n.refid
  UNION ALL SELECT n.refid, 'post', c.post FROM node n JOIN cable c ON c.refid = n.refid
  UNION ALL SELECT n.refid, 'classification', c.classification FROM node n JOIN cable c ON c.refid = n.refid
  UNION ALL SELECT n.refid, 'subject', c.subject FROM node n JOIN cable c ON c.refid = n.refid
),
plain(refid, name, value) AS ( -- without control characters, which XML cannot hold
  SELECT refid, name, CASE WHEN value NOT GLOB '*[' || char(1) || '-' || char(31) || ']*' THEN value ELSE (
    WITH RECURSIVE cut(code, text) AS (
      SELECT 1, value UNION ALL SELECT code + 1, replace(text, char(code), ' ') FROM cut WHERE code < 32)
    SELECT text FROM cut WHERE code = 32) END
  FROM data
),
lines(part, name, other, place, line) AS (
  VALUES (0, '', '', 0, '<?xml version="1.0" encoding="UTF-8"?>'),
    (1, '', '', 0, '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'),
    (3, '', '', 0, '  <graph id="cables" edgedefault="directed">'),
    (8, '', '', 0, '  </graph>'), (9, '', '', 0, '</graphml>')
  UNION ALL
  SELECT 2, name, '', 0, '  <key id="' || name || '" for="' || at || '" attr.name="' || name || '" attr.type="' || type || '"/>'
  FROM field
  UNION ALL SELECT 4, refid, '', 0, '    <node id="' || refid || '">' FROM node
  UNION ALL
  SELECT 4, refid, name, 1, '      <data key="' || name || '">' ||
    replace(replace(replace(value, '&', '&amp;'), '<', '&lt;'), '>', '&gt;') || '</data>'
  FROM plain WHERE value IS NOT NULL
  UNION ALL SELECT 4, refid, '', 2, '    </node>' FROM node
  UNION ALL
  SELECT 5, e.citing, e.cited, 0, '    <edge source="' || e.citing || '" target="' || e.cited || '"><data key="referred">' ||
    CASE WHEN e.referred THEN 'true' ELSE 'false' END || '</data><data key="citations">' || e.citations || '</data></edge>'
  FROM edge e JOIN node a ON a.refid = e.citing JOIN node b ON b.refid = e.cited
)
SELECT line FROM lines ORDER BY part, name, place, other;

COMMIT;
