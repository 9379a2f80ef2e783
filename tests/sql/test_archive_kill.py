"""An archive whose refresh is killed."""

import os
import random
import shutil
import signal
import sqlite3
import time
import unittest

import archive
import support


class Kill(support.Case):
    TIMES = 25

    def setUp(self):
        super().setUp()
        for n in range(60):
            self.write(f"in/{n:02}.txt", support.telegram(n), archive.OLD)
        conn = support.connect("before.db")
        archive.make(conn, "in")
        conn.close()
        for n in range(0, 60, 3):
            self.write(f"in/{n:02}.txt",
                       support.telegram(n, subject="IT CHANGED"), archive.OLD)
        for n in range(1, 60, 6):
            os.remove(f"in/{n:02}.txt")
        for n in range(60, 80):
            self.write(f"in/{n:02}.txt", support.telegram(n), archive.OLD)

    def state(self, path):
        conn = sqlite3.connect(path)
        try:
            archive.check(self, conn)
            return conn.execute(
                "SELECT (SELECT json_group_array(refid || subject) FROM"
                " (SELECT * FROM cable ORDER BY refid)),"
                " (SELECT json_group_array(path || state) FROM"
                " (SELECT * FROM file ORDER BY path)),"
                " (SELECT count(*) FROM paragraph),"
                " (SELECT count(*) FROM search('changed'))").fetchall()
        finally:
            conn.close()

    def test_killed_at_random_moments(self):
        """After kill -9 the archive is as before or as after, and the next
        refresh completes it."""
        before = self.state("before.db")
        shutil.copy("before.db", "after.db")
        conn = support.connect("after.db")
        start = time.monotonic()
        archive.refresh(conn)
        took = time.monotonic() - start
        conn.close()
        after = self.state("after.db")
        self.assertEqual(after[0][3], 20)
        moments, killed, seen = random.Random(5), 0, set()
        for _ in range(self.TIMES):
            shutil.copy("before.db", "a.db")
            out, into = os.pipe()
            child = os.fork()
            if child == 0:
                try:
                    mine = support.connect("a.db")
                    os.write(into, b"x")
                    archive.refresh(mine)
                finally:
                    os._exit(0)
            os.close(into)
            os.read(out, 1)
            os.close(out)
            time.sleep(moments.uniform(0, took * 1.1))
            os.kill(child, signal.SIGKILL)
            killed += os.WIFSIGNALED(os.waitpid(child, 0)[1])
            state = self.state("a.db")
            self.assertIn(state, (before, after))
            seen.add(state == after)
            mine = support.connect("a.db")
            archive.refresh(mine)
            mine.close()
            self.assertEqual(self.state("a.db"), after)
            os.remove("a.db")
        self.assertGreater(killed, 0)
        self.assertIn(False, seen)


if __name__ == "__main__":
    unittest.main()
