-- What an archive holds, in one line.
SELECT printf('%d telegrams from %d files; %d files hold none, %d cannot be read, %d are gone',
  (SELECT count(*) FROM cable), count(DISTINCT path) FILTER (WHERE state = 'read'),
  count(*) FILTER (WHERE state = 'empty'), count(DISTINCT path) FILTER (WHERE state = 'failed'),
  count(DISTINCT path) FILTER (WHERE state = 'gone'))
FROM file;
