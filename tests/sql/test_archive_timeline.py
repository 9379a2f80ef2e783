"""The chart of an archive's months in the terminal."""

import os
import shutil
import subprocess
import unittest

import archive
import support

LEGEND = ("? no level  · unclassified  ░ restricted  ▒ confidential"
          "  ▓ secret  █ top secret")


class Timeline(support.Case):
    """Rows of cable that a test writes itself."""

    def setUp(self):
        super().setUp()
        archive.make(self.conn)
        self.ids = iter(range(1, 1000))

    def add(self, created, *ranks):
        for rank in ranks:
            n = next(self.ids)
            self.conn.execute(
                "INSERT INTO cable(id, created, rank, file, text)"
                " VALUES (?, ?, ?, ?, 'x')", (n, created, rank, n))
        self.conn.commit()

    def drawn(self, where="1"):
        self.conn.executescript(archive.script("timeline.sql"))
        return self.column(f"SELECT line FROM timeline WHERE {where}")

    def test_nothing(self):
        self.assertEqual(self.drawn(), [LEGEND, "one block: 1 telegram"])

    def test_levels(self):
        """The first and the last moment of months of 29 and of 31 days."""
        self.add("2008-02-01 00:00:00", 4, 3, 2)
        self.add("2008-02-29 23:59:59", 2, 1, 0, None)
        self.add("2008-03-31 23:59:59", 0)
        self.assertEqual(self.drawn(), [
            LEGEND, "one block: 1 telegram",
            "2008-02      7 ?·░▒▒▓█",
            "2008-03      1 ·"])
        self.assertEqual(
            self.rows("SELECT * FROM monthly"),
            [("2008-02", 7, 1, 1, 2, 1, 1, 1),
             ("2008-03", 1, 1, 0, 0, 0, 0, 0)])

    def test_empty_months(self):
        """Two in a row are drawn, three are told; one without a date too."""
        self.add("2007-11-30 12:00:00", 0)
        self.add("2008-02-29 12:00:00", 0)
        self.add("2008-06-01 12:00:00", 0)
        self.add(None, 2)
        self.assertEqual(self.drawn()[2:], [
            "2007-11      1 ·",
            "2007-12      0",
            "2008-01      0",
            "2008-02      1 ·",
            "    ...        3 months without",
            "2008-06      1 ·",
            "no date      1 ▒"])
        self.assertEqual(self.drawn("month BETWEEN '2008-01' AND '2008-02'"),
                         ["2008-01      0", "2008-02      1 ·"])

    def test_scale(self):
        """60 in the largest month are 60 blocks.  125 make a block stand for
        3: 120 are 40 blocks, 4 are 2, and 1 is 1."""
        self.add("2008-02-29 12:00:00", *60 * [0])
        self.assertEqual(self.drawn()[1:], [
            "one block: 1 telegram", "2008-02     60 " + 60 * "·"])
        self.add("2008-03-01 12:00:00", *120 * [2], *4 * [3], 4)
        self.assertEqual(self.drawn()[1:], [
            "one block: 3 telegrams",
            "2008-02     60 " + 20 * "·",
            "2008-03    125 " + 40 * "▒" + "▓▓█"])

    def test_read_only_in_the_shell(self):
        """It draws in the sqlite3 shell, and changes nothing."""
        if shutil.which("sqlite3") is None:
            self.skipTest("there is no sqlite3 shell here")
        self.add("2008-02-29 12:00:00", 0, 2)
        self.conn.execute("VACUUM INTO 'a.db'")
        done = subprocess.run(
            ["sqlite3", "-batch", "-init", os.devnull, "-readonly", "a.db",
             f".read '{archive.SQL}/timeline.sql'"],
            env={k: v for k, v in os.environ.items() if k != "LD_PRELOAD"},
            capture_output=True, text=True, encoding="utf-8", check=True)
        self.assertEqual(done.stdout.splitlines(), [
            LEGEND, "one block: 1 telegram", "2008-02      2 ·▒"])
        self.assertEqual(done.stderr, "")


if __name__ == "__main__":
    unittest.main()
