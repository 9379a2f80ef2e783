"""An archive whose refresh is killed is as it was before, or as after.

What a killed process leaves behind changes with its system calls only.  So the
refresh runs under ptrace, is stopped where it enters and leaves each of them,
and is killed (kill -9) at one of these moments.  No clock decides which.
"""

import collections
import ctypes
import itertools
import mmap
import os
import random
import re
import shutil
import signal
import sqlite3
import unittest

import archive
import support

TRACE_ME, RUN_TO_SYSTEM_CALL = 0, 24  # the requests PTRACE_TRACEME and _SYSCALL
LARGE, SMALL = -2000, 5  # PRAGMA cache_size
STAGES = ("before", "reading", "tidying", "commit", "after")


def ptrace(request, pid=0):
    call = ctypes.CDLL(None, use_errno=True).ptrace
    call.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p,
                     ctypes.c_void_p]
    call.restype = ctypes.c_long
    if call(request, pid, None, None) != 0:
        raise OSError(ctypes.get_errno(), "ptrace")


def traced(work):
    """Runs work() in a child process; yields at its beginning and wherever it
    enters or leaves a system call.  Closing the generator kills it."""
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            ptrace(TRACE_ME)
            os.kill(os.getpid(), signal.SIGSTOP)
            work()
            status = 0
        finally:
            os._exit(status)
    status = os.waitpid(pid, 0)[1]
    try:
        while os.WIFSTOPPED(status):
            yield
            ptrace(RUN_TO_SYSTEM_CALL, pid)
            status = os.waitpid(pid, 0)[1]
        if status != 0:
            raise ChildProcessError(f"the refresh ended with status {status}")
    finally:
        if os.WIFSTOPPED(status):
            os.kill(pid, signal.SIGKILL)
            status = os.waitpid(pid, 0)[1]
            assert os.WTERMSIG(status) == signal.SIGKILL


class Kill(support.Case):
    FILES = 8
    TIMES = 100

    def setUp(self):
        super().setUp()
        try:
            for _ in traced(lambda: None):
                pass
        except (OSError, AttributeError) as error:
            self.skipTest(f"no process can be traced here: {error}")
        for n in range(1, self.FILES + 1):
            self.write(f"in/{n}.txt", support.telegram(n), archive.OLD)
        conn = support.connect("before.db")
        archive.make(conn, "in")
        conn.close()
        self.write("in/1.txt", support.telegram(1, subject="IT CHANGED"))
        self.write("in/3.txt", support.telegram(3, subject="IT CHANGED"))
        os.remove("in/2.txt")
        self.write("in/9.txt", support.telegram(9))
        self.stage = mmap.mmap(-1, 1)  # shared with the child
        self.addCleanup(self.stage.close)

    def refresh(self, cache):
        """Refreshes a.db, and tells in self.stage how far it is."""
        conn = support.connect("a.db")
        conn.isolation_level = None
        conn.execute("SELECT cables_config('threads', 1)")
        conn.execute(f"PRAGMA cache_size = {cache}")
        for statement in archive.statements("refresh.sql"):
            if re.search(r"^INSERT INTO incoming$", statement, re.M):
                self.stage[0] = STAGES.index("reading")
            elif statement.lstrip().startswith("COMMIT"):
                self.stage[0] = STAGES.index("commit")
            elif self.stage[0] == STAGES.index("reading"):
                self.stage[0] = STAGES.index("tidying")
            conn.execute(statement)
        self.stage[0] = STAGES.index("after")
        conn.close()

    def run_traced(self, cache):
        """Yields the stage at each stop of a refresh of a copy of before.db."""
        shutil.copy("before.db", "a.db")
        self.stage[0] = 0
        for _ in traced(lambda: self.refresh(cache)):
            yield STAGES[self.stage[0]]

    def state(self):
        conn = sqlite3.connect("a.db")
        try:
            archive.check(self, conn)
            return [conn.execute(query).fetchall() for query in (
                "SELECT refid, subject, text FROM cable ORDER BY 1",
                "SELECT path, state FROM file ORDER BY 1",
                "SELECT count(*) FROM paragraph",
                "SELECT count(*) FROM search('changed')")]
        finally:
            conn.close()

    def moments(self, cache):
        """Stages, one after the other, with the number of a stop in each; and
        the first stop after the commit."""
        stops = collections.Counter(self.run_traced(cache))
        del stops["after"]
        pick = random.Random(5)
        return [(stage, pick.randrange(stops[stage]))
                for _, stage in zip(range(self.TIMES // 2),
                                    itertools.cycle(stops))] + [("after", 0)]

    def kill(self, cache, stage, number):
        """Kills a refresh at such a moment, or at the end of the stage where
        this run has fewer stops; gives the stage."""
        run = self.run_traced(cache)
        for now in run:
            number -= now == stage
            if number < 0 or STAGES.index(now) > STAGES.index(stage):
                run.close()
                return now
        self.fail("the refresh was not killed")

    def test_killed_at_random_moments(self):
        """Half of the times with a cache of 5 pages, which SQLite has to write
        into the file long before the commit."""
        shutil.copy("before.db", "a.db")
        before = self.state()
        for _ in self.run_traced(LARGE):
            pass
        after = self.state()
        self.assertEqual(
            [(refid, subject) for refid, subject, _ in after[0]],
            [("06MOSCOW1", "IT CHANGED"), ("06MOSCOW2", "A VISIT"),
             ("06MOSCOW3", "IT CHANGED")]
            + [(f"06MOSCOW{n}", "A VISIT") for n in range(4, 10)])
        self.assertEqual(after[3], [(2,)])
        right = {"commit": (before, after), "after": (after,)}
        killed, journals = collections.Counter(), 0
        for cache in (LARGE, SMALL):
            for moment in self.moments(cache):
                with self.subTest(cache=cache, moment=moment):
                    stage = self.kill(cache, *moment)
                    killed[stage] += 1
                    journals += os.path.exists("a.db-journal")
                    self.assertIn(self.state(), right.get(stage, (before,)))
                    conn = support.connect("a.db")
                    archive.refresh(conn)
                    conn.close()
                    self.assertEqual(self.state(), after)
        self.assertEqual(sum(killed.values()), self.TIMES + 2)
        for stage in STAGES[:-1]:
            self.assertGreater(killed[stage], self.TIMES // 20, killed)
        self.assertGreater(journals, self.TIMES // 4)  # were in the middle


if __name__ == "__main__":
    unittest.main()
