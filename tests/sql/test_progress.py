"""The progress line on standard error."""

import os
import pty
import re
import select
import subprocess
import sys
import time
import unittest

import support
from support import telegram

SCRIPT = """
import os, sqlite3, sys, time
conn = sqlite3.connect(":memory:")
conn.enable_load_extension(True)
conn.load_extension(sys.argv[1])
conn.execute("SELECT cables_config('progress', ?)", (int(sys.argv[2]),))
conn.execute("SELECT cables_config('threads', ?)", (int(sys.argv[3]),))
cursor = conn.execute("SELECT subject FROM cables('a')")
for row in cursor:
    time.sleep(float(sys.argv[4]))
"""

STORE = """
import sqlite3, sys, time
conn = sqlite3.connect(":memory:")
conn.enable_load_extension(True)
conn.load_extension(sys.argv[1])
conn.execute("SELECT cables_config('progress', ?)", (int(sys.argv[2]),))
for i in range(1, 51):
    for row in conn.execute("SELECT cables_progress(?, ?)",
                            (i, int(sys.argv[3]))):
        assert row == (i,)
    time.sleep(float(sys.argv[4]))
conn.execute("SELECT cables_progress(NULL, NULL)")
"""

STORED = (
    r"cables: (\d+)( of \d+)? stored, \d+/s(?:, (\d+:\d\d) left)?\x1b\[K"
)

LINE = (
    r"cables: (\d+) documents, [\d.]+ (?:bytes|kB|MB), \d+/s"
    r"(?:, (\d+:\d\d) left)?\x1b\[K"
)


class Progress(support.Case):
    FILES = 100

    def setUp(self):
        super().setUp()
        for i in range(self.FILES):
            self.write(f"a/{i % 5}/{i}.txt", telegram(i))

    def scan(self, progress=1, threads=2, pause=0.01, terminal=True):
        """What a scan writes on standard error, and how long it took."""
        return self.run_script(SCRIPT, (progress, threads, pause), terminal)

    def store(self, progress=1, total=50, pause=0.02, terminal=True):
        """The same of a statement that stores 50 rows."""
        return self.run_script(STORE, (progress, total, pause), terminal)

    def run_script(self, script, args, terminal):
        try:
            ours, theirs = pty.openpty() if terminal else os.pipe()
        except OSError as error:
            self.skipTest(f"no terminal can be made: {error}")
        start = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-c", script, support.SO]
            + [str(x) for x in args],
            stderr=theirs,
        )
        os.close(theirs)
        out = b""
        try:
            while select.select([ours], [], [], 30)[0]:
                piece = os.read(ours, 4096)
                if not piece:
                    break
                out += piece
        except OSError:  # a terminal whose other side is closed
            pass
        os.close(ours)
        self.assertEqual(process.wait(), 0, out)
        return out.decode(), time.monotonic() - start

    def test_on_a_terminal(self):
        for threads in 1, 2:
            out, seconds = self.scan(threads=threads)
            self.assertRegex(out, rf"^(\r{LINE})+\r*\n$")
            lines = re.findall(LINE, out)
            self.assertGreaterEqual(len(lines), 3)
            self.assertLessEqual(len(lines), 5 * seconds + 2)
            self.assertEqual(lines[-1], (str(self.FILES), ""))
            counts = [int(n) for n, _ in lines]
            self.assertEqual(counts, sorted(counts))
            self.assertRegex(lines[0][1], r"^0:0\d$")

    def test_a_short_scan_writes_nothing(self):
        self.check_short(*self.scan(pause=0))

    def check_short(self, out, seconds):
        """Nothing is written in the first fifth of a second, which a busy
        machine may need more than."""
        self.assertTrue(out == "" or seconds > 0.2, out)

    def test_off(self):
        self.assertEqual(self.scan(progress=0)[0], "")

    def test_not_on_a_pipe(self):
        self.assertEqual(self.scan(terminal=False)[0], "")

    def test_stored(self):
        out, seconds = self.store()
        self.assertRegex(out, rf"^(\r{STORED})+\r*\n$")
        lines = re.findall(STORED, out)
        self.assertGreaterEqual(len(lines), 3)
        self.assertLessEqual(len(lines), 5 * seconds + 2)
        self.assertEqual({of for _, of, _ in lines}, {" of 50"})
        self.assertEqual(lines[-1], ("50", " of 50", ""))
        counts = [int(n) for n, _, _ in lines]
        self.assertEqual(counts, sorted(counts))
        self.assertRegex(lines[0][2], r"^0:\d\d$")

    def test_more_stored_than_was_known(self):
        lines = re.findall(STORED, self.store(total=2)[0])
        self.assertEqual(lines[-1], ("50", "", ""))

    def test_stored_and_nobody_to_see_it(self):
        self.check_short(*self.store(pause=0))
        self.assertEqual(self.store(progress=0)[0], "")
        self.assertEqual(self.store(terminal=False)[0], "")


if __name__ == "__main__":
    unittest.main()
