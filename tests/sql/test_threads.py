"""Read-ahead by several threads: the same rows in the same order, nothing left
behind.

For data races, with the thread sanitizer (the first test then counts its own
thread as one too many):

    make CC=gcc BUILD=build/tsan SO=build/tsan/cables.so \\
      SANITIZE=-fsanitize=thread
    cd tests/sql && CABLES_SO=../../build/tsan/cables.so \\
      LD_PRELOAD=$(gcc -print-file-name=libtsan.so) \\
      setarch -R python3 -m unittest test_threads.py
"""

import gc
import json
import os
import sqlite3
import threading
import time
import unittest
import zipfile

import support
from support import telegram


def tasks():
    """The threads of this process."""
    return len(os.listdir("/proc/self/task"))


def tasks_settle_at(n):
    """Whether so many threads are left: one that was joined may still be
    listed for a moment."""
    end = time.monotonic() + 2
    while tasks() != n and time.monotonic() < end:
        time.sleep(0.001)
    return tasks() == n


def handles():
    return len(os.listdir("/proc/self/fd"))


@unittest.skipUnless(os.path.isdir("/proc/self/task"), "no /proc")
class Threads(support.Case):
    def setUp(self):
        super().setUp()
        self.n_tasks = tasks()

    def tearDown(self):
        gc.collect()
        self.assertTrue(tasks_settle_at(self.n_tasks))
        super().tearDown()

    def threads(self, n, conn=None):
        (conn or self.conn).execute(
            "SELECT cables_config('threads', ?)", (n,)
        ).fetchall()

    def fill(self, n=300):
        """Telegrams and all that can go wrong among them."""
        for i in range(n):
            self.write(f"a/{i % 7}/{i:04d}.txt", telegram(i + 1, f"NO {i}"))
        long = "".join(f"{i}. (C) Words.\n\n" for i in range(1, 40001))
        for i in range(4):
            self.write(f"a/3/1{i}00.txt", telegram(900 + i, body=long))
        self.write("a/2/0100.bin", bytes(range(256)) * 20000)
        self.write("a/1/empty.txt", "")
        self.write("a/5/1.html", "<p>no telegram</p>" * 1000)
        self.write("a/5/2.html", f"<pre>{telegram(77, 'A PAGE')}</pre>")
        self.write("a/6/cut.txt", telegram(78)[:150])
        self.write("a/6/latin.txt", telegram(79, "CAF\xc9").encode("latin-1"))
        os.symlink("nowhere", "a/4/dead")
        if os.geteuid() != 0:
            self.write("a/4/closed.txt", telegram(80))
            os.chmod("a/4/closed.txt", 0)

    ALL = (
        "SELECT path, entry, bytes, mtime, format, refid, subject, tags, "
        "paragraphs, complete, anomalies, length(text) FROM cables('a')"
    )

    def same(self, sql):
        """Asserts that a query gives the same rows by 1, 2 and 8 threads, and
        reads as much; gives them."""
        rows, costs = [], []
        for n in 1, 2, 3, 8:
            self.threads(n)
            before = json.loads(self.value("SELECT cables_stats()"))
            rows.append(self.rows(sql))
            after = json.loads(self.value("SELECT cables_stats()"))
            costs.append(
                [
                    after[k] - before[k]
                    for k in ("files_listed", "files_opened")
                ]
            )
        for other in rows[1:]:
            self.assertEqual(rows[0], other)
        for other in costs[1:]:
            self.assertEqual(costs[0], other)
        return rows[0]

    def test_same_rows_in_the_same_order(self):
        self.fill()
        rows = self.same(self.ALL)
        self.assertGreater(len(rows), 300)
        paths = [row[0].encode() for row in rows]
        self.assertEqual(paths, sorted(paths))
        self.same("SELECT count(*) FROM cables('a')")
        self.same("SELECT path FROM cables('a') WHERE path LIKE '%7%'")
        self.same("SELECT refid FROM cables('a') WHERE bytes > 1000")
        self.same("SELECT body FROM cables('a') WHERE subject = 'NO 99'")
        self.same("SELECT subject FROM cables('a/**/*.txt')")
        self.same("SELECT path FROM cables('[\"a/3\", \"a/1\", \"a/3\"]')")

    def test_an_archive_in_the_middle(self):
        self.fill(60)
        with zipfile.ZipFile("a/3/0005.zip", "w") as z:
            for i in range(200):
                z.writestr(f"{i:03d}.txt", telegram(5000 + i, f"ZIP {i}"))
                z.writestr(f"{i:03d}.bin", b"\0\1\2" * 100)
        rows = self.same(self.ALL)
        members = [row[6] for row in rows if row[1] is not None]
        if not members:
            self.skipTest("no archives")
        self.assertEqual(members, [f"ZIP {i}" for i in range(200)])
        self.same("SELECT count(*), max(entry) FROM cables('a')")
        self.threads(4)
        for _ in range(20):
            cursor = self.conn.execute("SELECT subject FROM cables('a/3')")
            for _ in range(30):
                cursor.fetchone()
            cursor.close()

    def test_bulk_records(self):
        with open("bulk.csv", "w") as f:
            for i in range(500):
                head = (
                    "R 071707Z APR 06\nFM AMEMBASSY MOSCOW\n"
                    "TO SECSTATE WASHDC\n"
                    f"C O N F I D E N T I A L MOSCOW {i + 1:06d}"
                )
                body = (
                    f"SUBJECT: RECORD {i}\n\n1. (C) He said \\\"no\\\".\nBURNS"
                )
                f.write(
                    f'"{i + 1}","4/7/2006 17:07","06MOSCOW{i + 1}",'
                    f'"Embassy Moscow","CONFIDENTIAL","","{head}","{body}"\n'
                )
        rows = self.same(
            "SELECT entry, offset, length, format, refid, created, origin, "
            "classification, subject FROM cables('bulk.csv')"
        )
        if not rows or rows[0][0] is None:
            self.skipTest("no bulk files")
        self.assertEqual(len(rows), 500)
        size = os.path.getsize("bulk.csv")
        for i, row in enumerate(rows):
            self.assertEqual(row[0], str(i + 1))
            self.assertLess(row[1] + row[2], size + 1)
            self.assertEqual(row[3], "bulk")
            self.assertEqual(row[4], f"06MOSCOW{i + 1}")
            self.assertEqual(row[5], "2006-04-07 17:07:00")
            self.assertEqual(row[6:8], ("Embassy Moscow", "CONFIDENTIAL"))
            self.assertEqual(row[8], f"RECORD {i}")
        self.assertEqual(
            self.rows("SELECT subject FROM cables('bulk.csv') WHERE entry = 7"),
            [("RECORD 6",)],
        )
        self.assertEqual(
            self.rows(
                "SELECT subject FROM cables('bulk.csv') "
                "WHERE path = 'bulk.csv' AND entry = '300'"
            ),
            [("RECORD 299",)],
        )

    def test_one_thread_makes_none_and_more_make_some(self):
        self.fill()
        for n, least, most in (1, 0, 0), (2, 1, 1), (8, 1, 7):
            self.threads(n)
            cursor = self.conn.execute(self.ALL)
            seen = 0
            for _ in range(100):
                cursor.fetchone()
                seen = max(seen, tasks() - self.n_tasks)
            cursor.close()
            self.assertGreaterEqual(seen, least)
            self.assertLessEqual(seen, most)
            self.assertTrue(tasks_settle_at(self.n_tasks))

    def test_short_scans_make_none(self):
        self.fill(30)
        self.threads(8)
        for sql in (
            "SELECT path FROM cables('a') LIMIT 20",
            "SELECT * FROM cables('a/0/0000.txt')",
        ):
            cursor = self.conn.execute(sql)
            while cursor.fetchone():
                self.assertEqual(tasks(), self.n_tasks)

    def test_closed_early(self):
        self.fill()
        self.threads(8)
        before = handles()
        for i in range(40):
            cursor = self.conn.execute(self.ALL)
            for _ in range(i * 3):
                cursor.fetchone()
            cursor.close()
            self.assertTrue(tasks_settle_at(self.n_tasks))
            self.assertEqual(handles(), before)

    def test_limit_opens_few(self):
        self.fill()
        self.threads(8)
        before = json.loads(self.value("SELECT cables_stats()"))
        self.rows("SELECT path FROM cables('a') LIMIT 3")
        self.rows("SELECT subject FROM cables('a') WHERE complete LIMIT 3")
        after = json.loads(self.value("SELECT cables_stats()"))
        self.assertLess(after["files_opened"] - before["files_opened"], 90)

    def test_interrupt(self):
        self.fill()
        conn = support.load(
            sqlite3.connect(":memory:", check_same_thread=False)
        )
        self.addCleanup(conn.close)
        self.threads(4, conn)
        sql = (
            "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 9999) "
            "SELECT count(*) FROM n, cables(iif(i > 0, 'a', 'a')) "
            "WHERE paragraphs < 0"
        )
        at = []

        def stop():
            at.append(time.monotonic())
            conn.interrupt()

        timer = threading.Timer(0.2, stop)
        timer.start()
        with self.assertRaisesRegex(sqlite3.OperationalError, "interrupted"):
            conn.execute(sql).fetchall()
        self.assertLess(time.monotonic() - at[0], 0.5)
        timer.join()
        conn.set_progress_handler(lambda: 1, 1000)
        with self.assertRaisesRegex(sqlite3.OperationalError, "interrupted"):
            conn.execute(sql).fetchall()
        conn.set_progress_handler(None, 0)
        self.assertEqual(
            conn.execute("SELECT count(*) FROM cables('a/0')").fetchall(),
            self.rows("SELECT count(*) FROM cables('a/0')"),
        )

    def test_many_cursors(self):
        self.fill(60)
        self.threads(3)
        expected = self.rows(self.ALL)
        cursors = [self.conn.execute(self.ALL) for _ in range(12)]
        rows = [[] for _ in cursors]
        for _ in range(len(expected)):
            for cursor, got in zip(cursors, rows):
                got.append(cursor.fetchone())
        for cursor, got in zip(cursors, rows):
            self.assertIsNone(cursor.fetchone())
            self.assertEqual(got, expected)

    def test_two_connections(self):
        self.fill()
        self.threads(1)
        expected = self.rows(self.ALL)
        results = []

        def scan():
            conn = support.connect()
            self.threads(4, conn)
            for _ in range(3):
                results.append(conn.execute(self.ALL).fetchall() == expected)
            conn.close()

        workers = [threading.Thread(target=scan) for _ in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        self.assertEqual(results, [True] * 6)

    def test_strict(self):
        self.fill(100)
        # Read as far as max_bytes, which is no failure; a folder where a file
        # was is one, but only a race makes it.  A FIFO named alone is one.
        os.mkfifo("fifo")
        sources = json.dumps(["a", "fifo"])
        for n in 1, 2, 8:
            self.threads(n)
            rows = self.rows("SELECT path FROM cables(?)", (sources,))
            self.assertEqual(rows[-1], ("fifo",))
            self.conn.execute("SELECT cables_config('strict', 1)").fetchall()
            with self.assertRaisesRegex(
                sqlite3.OperationalError,
                "^cables: 'fifo': file cannot be read: not a regular file$",
            ):
                self.rows(
                    "SELECT paragraphs FROM cables(?) "
                    "WHERE path NOT LIKE '%closed%'",
                    (json.dumps(["a/0", "a/1", "fifo"]),),
                )
            self.conn.execute("SELECT cables_config('strict', 0)").fetchall()

    FILES = "SELECT path, bytes, mtime, error FROM cables_files('a')"

    def fill_files(self, n=2000):
        """Files of which each tells its size and time; gives their rows."""
        rows = []
        for i in range(n):
            path = f"a/{i % 40:02d}/{i:05d}"
            self.write(path, b"x" * (i % 17), 1144429620 + i % 60)
            rows.append((path, i % 17, f"2006-04-07 17:07:{i % 60:02d}", None))
        os.mkfifo("a/20/fifo")
        os.symlink("00000", "a/20/link")
        return sorted(rows)

    def test_files_of_a_source(self):
        expected = self.fill_files()
        self.assertEqual(self.same(self.FILES), expected)
        self.assertEqual(self.same("SELECT path FROM cables_files('a')"),
                         [row[:1] for row in expected])
        sources = json.dumps(["a/07", "a/0*", "a/03/00003", "a"])
        self.assertEqual(
            self.same("SELECT path, bytes, mtime, error"
                      f" FROM cables_files('{sources}')"), expected)
        self.assertEqual(
            self.same("SELECT a.path, b.bytes FROM cables_files('a') a"
                      " JOIN cables_files('a/07') b USING (path)"),
            [row[:2] for row in expected if row[0].startswith("a/07/")])

    def test_files_make_threads(self):
        self.fill_files()  # more than the thread may be ahead
        for n, files, most in (1, 2000, 0), (8, 50, 0), (2, 2000, 1), \
                (8, 2000, 1):
            self.threads(n)
            cursor = self.conn.execute(self.FILES)
            seen = 0
            for _ in range(files):
                cursor.fetchone()
                seen = max(seen, tasks() - self.n_tasks)
            cursor.close()
            self.assertEqual(seen, most, (n, files))
            self.assertTrue(tasks_settle_at(self.n_tasks))

    def test_files_closed_early_or_stopped(self):
        self.fill_files()
        self.threads(8)
        before = handles()
        for i in (0, 63, 64, 65, 300, 1100, 1999):
            cursor = self.conn.execute(self.FILES)
            cursor.fetchmany(i)
            cursor.close()
            self.assertTrue(tasks_settle_at(self.n_tasks))
            self.assertEqual(handles(), before)
        self.conn.set_progress_handler(lambda: 1, 5000)
        with self.assertRaisesRegex(sqlite3.OperationalError, "interrupted"):
            self.rows("SELECT count(*) FROM cables_files('a') a,"
                      " cables_files('a') b WHERE a.bytes + b.bytes < 0")
        self.conn.set_progress_handler(None, 0)

    def test_a_file_that_went_meanwhile(self):
        """Its row has no size; the others have theirs."""
        for i in range(200):
            self.write(f"a/{i:03d}", "1234")
        left = list(range(200))
        for n, gone in (1, 198), (2, 197):
            self.threads(n)
            cursor = self.conn.execute(
                "SELECT path, bytes, mtime IS NULL FROM cables_files('a')")
            got = cursor.fetchmany(5)
            os.remove(f"a/{gone}")
            got += cursor.fetchall()
            self.assertEqual(got, [
                (f"a/{i:03d}", None if i == gone else 4, i == gone)
                for i in left])
            left.remove(gone)

    def test_deep_pages_fit_the_stack(self):
        deep = "<div>" * 50000 + f"<pre>{telegram(1)}</pre>"
        for i in range(40):
            self.write(f"deep/{i}.html", "<html><body>" + deep)
        self.same("SELECT path, length(body), anomalies FROM cables('deep')")

    def test_memory_is_given_back(self):
        self.fill()
        self.threads(8)

        def used():
            conn = support.connect()
            self.threads(8, conn)
            conn.execute(self.ALL).fetchall()
            cursor = conn.execute(self.ALL)
            cursor.fetchmany(50)
            cursor.close()
            conn.close()

        used()
        before = handles()
        used()
        self.assertEqual(handles(), before)


if __name__ == "__main__":
    unittest.main()
