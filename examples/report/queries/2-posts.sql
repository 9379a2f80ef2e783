-- chart: map
-- title: Where it was sent from
-- note: One circle for each post, its area in proportion to the telegrams that
--   it sent; the largest is {first.place} with {first.telegrams}. It lies in the post's city, by the coordinates in the archive's
--   table of posts. Of no post that the table places, and so not drawn:
--   {unplaced} telegrams. Outlines of countries are those of Natural Earth.
SELECT c.post, coalesce(p.city, p.display, c.post) AS place, p.country,
  p.lat AS latitude, p.lon AS longitude, count(*) AS telegrams,
  count(*) FILTER (WHERE c.rank >= 2) AS classified,
  date(min(c.created)) AS first, date(max(c.created)) AS last
FROM cable c LEFT JOIN post p ON p.post = c.post
WHERE c.post IS NOT NULL
GROUP BY c.post ORDER BY telegrams DESC, c.post;
