-- An archive joined with data of somebody else by ISO code.
--
--   make archive SOURCE=examples/telegrams OUT=cables.db
--   sqlite3 cables.db '.read examples/joining.sql'
--
-- TAGS name countries by codes of their own (Russia is RS, Estonia EN); the table
-- country has the ISO codes that go with them, and post those of a post's host.
-- By these an archive joins with whatever has a column iso2 or iso3: population,
-- trade, votes, indices of democracy.
--
-- The data here are those of the package iso-codes, which Debian and others carry:
-- the official name of each country, its number in statistics of the United
-- Nations, and the countries that are no more.  A CSV file comes in by
-- .import --csv --schema temp data.csv data instead.

CREATE TEMP TABLE iso AS
SELECT value ->> 'alpha_3' AS iso3, value ->> 'numeric' AS un_number,
  coalesce(value ->> 'official_name', value ->> 'name') AS name, NULL AS until
FROM json_each(readfile('/usr/share/iso-codes/json/iso_3166-1.json'), '$."3166-1"')
UNION ALL
SELECT value ->> 'alpha_3', value ->> 'numeric', value ->> 'name', value ->> 'withdrawal_date'
FROM json_each(readfile('/usr/share/iso-codes/json/iso_3166-3.json'), '$."3166-3"');

-- Which countries are written about most, by the number of their statistics?
SELECT i.un_number, i.name, count(*) AS cables
FROM cable c JOIN tag t ON t.cable = c.id
JOIN country k ON k.code = t.tag JOIN iso i USING (iso3)
GROUP BY i.iso3
HAVING count(*) > 3
ORDER BY cables DESC, i.name;

-- Which telegrams are about a country that is no more?
SELECT c.refid, date(c.created) AS sent, i.name, i.until
FROM cable c JOIN tag t ON t.cable = c.id
JOIN country k ON k.code = t.tag JOIN iso i USING (iso3)
WHERE i.until IS NOT NULL
ORDER BY c.created;

-- Which share of the telegrams about a country come from posts in it?
SELECT k.iso3, count(*) AS cables, count(*) FILTER (WHERE p.iso2 = k.iso2) AS from_there
FROM cable c JOIN post p USING (post) JOIN tag t ON t.cable = c.id
JOIN country k ON k.code = t.tag JOIN iso i USING (iso3)
WHERE i.until IS NULL
GROUP BY k.iso3
HAVING count(*) > 3
ORDER BY cables DESC, k.iso3;
