"""The file system changes while it is read: every row is valid or tells of it,
and no scan hangs.

CABLES_SCANS is the number of scans beside a thread that changes files.
"""

import os
import random
import shutil
import tarfile
import threading
import unittest
import zipfile

from support import Case, telegram
from test_sources import record

SCANS = int(os.environ.get("CABLES_SCANS", "80"))
SHORTER = "file cannot be read: it became shorter meanwhile"


class Shortened(Case):
    """A file that is cut while it is read, between two of its rows."""

    N = 4000

    def bulk(self, path):
        """Writes a bulk file; gives the size of its first half."""
        records = [record(i, telegram(i), f"06MOSCOW{i}")
                   for i in range(1, self.N + 1)]
        self.write(path, "".join(records))
        return len("".join(records[:self.N // 2]))

    def rest(self, path, size):
        """The rows behind the first, before which the file is cut."""
        self.value("SELECT cables_config('threads', 1)")
        cursor = self.conn.execute(
            "SELECT refid, anomalies FROM cables(?)", (path,))
        self.assertEqual(cursor.fetchone(), ("06MOSCOW1", None))
        os.truncate(path, size)
        return cursor.fetchall()

    def test_bulk(self):
        """Cut between two records, what is left looks like a whole file."""
        rows = self.rest("a.csv", self.bulk("a.csv"))
        self.assertEqual([r[0] for r in rows[:-1]],
                         [f"06MOSCOW{i}" for i in range(2, self.N // 2 + 1)])
        self.assertEqual(rows[-1], (None, f'["{SHORTER}"]'))

    def test_tar(self):
        with tarfile.open("a.tar", "w", format=tarfile.USTAR_FORMAT) as t:
            self.write("x.txt", telegram(1))
            for i in range(1, self.N + 1):
                t.add("x.txt", f"{i}.txt")
        # Each member has two blocks, its head and its text.
        rows = self.rest("a.tar", self.N // 2 * 1024)
        self.assertEqual(len(rows), self.N // 2)
        self.assertIn(SHORTER, rows[-1][1] or "no anomaly")

    def test_other_files_are_there(self):
        self.bulk("in/a.csv")
        self.write("in/b.txt", telegram(1, post="LIMA"))
        self.value("SELECT cables_config('threads', 1)")
        cursor = self.conn.execute("SELECT refid FROM cables('in')")
        cursor.fetchone()
        os.truncate("in/a.csv", 100000)
        self.assertEqual(cursor.fetchall()[-1], ("06LIMA1",))


class Changing(Case):
    """A thread adds, removes, cuts, prolongs and replaces files all the time."""

    FILES = 24

    def setUp(self):
        super().setUp()
        self.full = {}
        for i in range(1, self.FILES + 1):
            path = f"in/{i % 5}/{i}.txt"
            body = f"1. (C) Word {i}.\n\n" * (30 if i % 3 else 20000)
            self.full[path] = telegram(i, f"VISIT {i}", body=body)
            self.write(path, self.full[path])
        with zipfile.ZipFile("pack.zip", "w", zipfile.ZIP_DEFLATED) as z:
            for i in range(1, 40):
                z.writestr(f"{i}.txt", telegram(i, f"VISIT {i}"))
        with open("pack.zip", "rb") as f:
            self.pack = f.read()
        self.write("in/z.zip", self.pack)
        self.write("outside.txt", telegram(99, "OUTSIDE"))

    def vanish(self, path):
        if os.path.isdir(path) and not os.path.islink(path):
            shutil.rmtree(path)
        elif os.path.lexists(path):
            os.remove(path)

    def change(self, rng):
        """Changes one file, by one of the ways that there are."""
        path = rng.choice(sorted(self.full))
        whole = self.full[path].encode()
        cut = rng.randrange(len(whole))
        way = rng.randrange(10)
        if way in (0, 1, 2) or not os.path.isfile(path) or \
                os.path.islink(path):
            self.vanish(path)
        if way == 0:
            return
        if way == 1:
            os.mkfifo(path)
        elif way == 2:
            rng.choice((os.mkdir, lambda p: os.symlink("../../outside.txt", p)
                        ))(path)
        elif way == 3 and os.path.isfile(path):
            os.truncate(path, min(cut, os.path.getsize(path)))
        elif way == 4:  # longer, as its end is written
            with open(path, "ab") as f:
                f.write(whole[f.tell():])
        elif way == 5:  # in place, from its start
            self.write(path, whole[:cut])
        elif way == 6:  # as who writes with care: at once
            self.write("new", whole)
            os.rename("new", path)
        elif way == 7:
            self.write("in/z.zip", self.pack[:rng.randrange(len(self.pack))])
        elif way == 8:
            self.write("in/z.zip", self.pack)
        else:
            self.write(f"in/{cut % 5}/added.txt", telegram(98, "ADDED"))

    def check(self, path, entry, size, refid, subject, text, anomalies):
        """A row of a text that there was, or that tells why there is none."""
        if path == "in/z.zip":
            if entry is None or anomalies is not None:
                self.assertIsNotNone(anomalies)
            else:
                self.assertEqual((refid, subject),
                                 (f"06MOSCOW{entry[:-4]}", f"VISIT {entry[:-4]}"))
            return
        self.assertNotEqual(subject, "OUTSIDE")
        if text is None:
            self.assertIn("cannot be read", anomalies)
            return
        whole = self.full.get(path) or telegram(98, "ADDED")
        self.assertTrue(whole.startswith(text.rstrip("\n")), path)
        # One that was empty has what came until it was read.
        if SHORTER not in (anomalies or "") and size > 0:
            self.assertEqual(text.rstrip(), whole[:size].rstrip())
        self.assertEqual(
            self.rows("SELECT cable_refid(?1), cable_subject(?1)", (text,)),
            [(refid, subject)])

    def test_scans(self):
        rng = random.Random(1)
        done = threading.Event()
        changes = []

        def run():
            while not done.is_set():
                self.change(rng)
                changes.append(1)

        thread = threading.Thread(target=run)
        thread.start()
        rows = trouble = 0
        try:
            for i in range(SCANS):
                self.value(f"SELECT cables_config('threads', {1 + i % 3})")
                for row in self.rows(
                        "SELECT path, entry, bytes, refid, subject, text, "
                        f"anomalies FROM cables('{('in', 'in/*/*.txt')[i % 2]}')"):
                    rows += 1
                    trouble += row[6] is not None
                    self.check(*row)
                self.rows("SELECT * FROM cables_files('in')")
        finally:
            done.set()
            thread.join()
        self.assertGreater(rows, SCANS * 5)
        self.assertGreater(trouble, 0)
        print(f"# {SCANS} scans, {len(changes)} changes, {rows} rows, "
              f"{trouble} of them with anomalies", flush=True)


if __name__ == "__main__":
    unittest.main()
