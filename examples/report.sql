/*
** The report that every program in examples/ prints: the posts with two or
** more telegrams, how many they are, the days of the first and the last, and
** the day on which the first of them is declassified (NULL: none by a date).
*/
SELECT refid_post(refid) AS post, count(*) AS cables,
       date(min(created)) AS first, date(max(created)) AS last,
       min(declass_date) AS declassified
FROM cables(:folder)
GROUP BY post
HAVING count(*) >= 2
ORDER BY cables DESC, post;
