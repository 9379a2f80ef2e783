"""What the part "Security" of the README says: each sentence of it names the
tests of this file, and some elsewhere, that hold it.

Tests that need to see what the system is asked for run a child under strace.
"""

import json
import lzma
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tarfile
import textwrap
import threading
import unittest
import zipfile

import support
from support import Case, telegram

SECRET = "THE SECRET OUTSIDE"
CALLS = "trace=%file,%network,%process,read,write,getdents64,fstat,lseek"
BEGIN = re.compile(r'f?access.*"/marker/begin"')
END = re.compile(r'f?access.*"/marker/end"')


def strace_works():
    if shutil.which("strace") is None:
        return False
    done = subprocess.run(["strace", "-o", "/dev/null", "true"],
                          capture_output=True, check=False)
    return done.returncode == 0


STRACE = strace_works()
TABLES = "cables", "cables_files"  # those that read what lies on disk


class Traced(Case):
    """A test that reads the system calls of a piece of Python."""

    def trace(self, code, environment=None):
        """The system calls that the code makes between begin() and end(), one
        a line, without the times at which threads take turns; what it prints.
        """
        if not STRACE:
            self.skipTest("strace is not installed, or may trace nothing")
        prelude = f"""
            import os, sys, sqlite3, json
            sys.path.insert(0, {os.path.dirname(__file__)!r})
            import support
            def begin(): os.access("/marker/begin", 0)
            def end(): os.access("/marker/end", 0)
        """
        program = textwrap.dedent(prelude) + textwrap.dedent(code)
        log = os.path.join(self.outer, "strace.log")
        done = subprocess.run(
            ["strace", "-f", "-y", "-s", "4096", "-o", log, "-e", CALLS,
             sys.executable, "-B", "-c", program],
            capture_output=True, text=True, check=False,
            env=dict(os.environ, **(environment or {})),
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        with open(log, encoding="utf-8", errors="replace") as f:
            lines = [re.sub(r"^\d+ +", "", line.strip()) for line in f]
        starts = [i for i, x in enumerate(lines) if BEGIN.match(x)]
        ends = [i for i, x in enumerate(lines) if END.match(x)]
        self.assertEqual((len(starts), len(ends)), (1, 1))
        return lines[starts[0] + 1:ends[0]], done.stdout

    def setUp(self):
        super().setUp()
        self.outer = self.folder + "-log"
        os.mkdir(self.outer)
        self.addCleanup(shutil.rmtree, self.outer, ignore_errors=True)


class ReadsOnly(Traced):
    """Nothing is written, no network is used, no program is started."""

    def test_calls(self):
        self.write("in/a.txt", telegram(1))
        self.write("in/b/c.txt", telegram(2))
        with zipfile.ZipFile("in/d.zip", "w") as z:
            z.writestr("e.txt", telegram(3))
        calls, out = self.trace("""
            conn = support.connect()
            begin()
            rows = conn.execute("SELECT * FROM cables('in')").fetchall()
            conn.execute("SELECT * FROM cables_files('in')").fetchall()
            end()
            print(len(rows))
        """)
        self.assertEqual(out, "3\n")
        opened = [c for c in calls if c.startswith("open")]
        self.assertGreaterEqual(len(opened), 4)
        for call in calls:
            self.assertNotRegex(call, r"O_(WRONLY|RDWR|CREAT|TRUNC)")
            self.assertRegex(
                call,
                r"^(openat|read|getdents64|fstat|newfstatat|stat|lstat|lseek|"
                r"statx|fstatfs|clone3?|set_robust_list|rseq|exit|<\.\.\.|\+\+\+)",
            )


class StoredSchema(Case):
    """A database cannot read files when it is opened by somebody."""

    UNSAFE = 'unsafe use of virtual table "cables"'

    def setUp(self):
        super().setUp()
        self.write("in/a.txt", telegram(1))
        self.conn.close()

    def stored(self, sql):
        """A database with something of a stranger's, opened anew."""
        conn = sqlite3.connect("stranger.db")
        support.load(conn)
        conn.execute("CREATE TABLE t(x)")
        conn.execute("INSERT INTO t VALUES (1)")
        conn.execute(sql)
        conn.commit()
        conn.close()
        self.conn = support.connect("stranger.db")
        self.addCleanup(self.conn.close)

    def test_view(self):
        self.stored("CREATE VIEW v AS SELECT text FROM cables('in')")
        self.fails("SELECT * FROM v", self.UNSAFE)
        for setting in "ON", "OFF":
            self.conn.execute(f"PRAGMA trusted_schema = {setting}")
            self.fails("SELECT * FROM v", self.UNSAFE)

    def test_view_of_files(self):
        self.stored("CREATE VIEW v AS SELECT path FROM cables_files('in')")
        for setting in "ON", "OFF":
            self.conn.execute(f"PRAGMA trusted_schema = {setting}")
            self.fails("SELECT * FROM v",
                       'unsafe use of virtual table "cables_files"')

    def test_view_in_a_view(self):
        self.stored("CREATE VIEW v AS SELECT (SELECT count(*) FROM "
                    "(SELECT 1 FROM cables('in'))) n FROM t")
        self.fails("SELECT * FROM v", self.UNSAFE)

    def test_trigger(self):
        self.stored("CREATE TRIGGER g AFTER INSERT ON t BEGIN INSERT INTO t "
                    "SELECT text FROM cables('in'); END")
        with self.assertRaisesRegex(sqlite3.Error, "unsafe use"):
            self.conn.execute("INSERT INTO t VALUES (2)")

    def test_named_table_in_a_view(self):
        self.stored("CREATE VIRTUAL TABLE n USING cables('in')")
        self.conn.execute("CREATE VIEW v AS SELECT * FROM n")
        self.fails("SELECT * FROM v", 'unsafe use of virtual table "n"')

    def test_settings(self):
        self.stored("CREATE VIEW v AS SELECT cables_config('strict', 1) c")
        self.fails("SELECT * FROM v", "unsafe use of cables_config()")
        self.assertEqual(self.value("SELECT cables_config('strict')"), 0)


class WithoutFiles(Traced):
    """sqlite3_cables_nofs_init touches no file, whatever is asked of it."""

    def test_no_file_is_touched(self):
        calls, out = self.trace(
            """
            conn = sqlite3.connect(":memory:")
            support.load(conn, "sqlite3_cables_nofs_init")
            examples = [r[0] for r in conn.execute(
                "SELECT DISTINCT example FROM cables_help")]
            begin()
            for sql in examples:
                conn.execute(sql).fetchall()
            end()
            print(len(examples))
            """,
            # Not even the folder that is named there.
            {"CABLES_ROOT": "/nonexistent"},
        )
        self.assertGreater(int(out), 100)
        self.assertEqual(calls, [])

    def test_nothing_to_name_a_file_with(self):
        conn = sqlite3.connect(":memory:")
        self.addCleanup(conn.close)
        support.load(conn, "sqlite3_cables_nofs_init")
        for sql in (
            "SELECT * FROM cables('.')",
            "CREATE VIRTUAL TABLE temp.t USING cables('.')",
            "SELECT cables_config('root', '.')",
        ):
            with self.assertRaisesRegex(sqlite3.Error, "^no such "):
                conn.execute(sql)


class Confined(Case):
    """Nothing outside the root is read, by any way of naming it."""

    def setUp(self):
        super().setUp()
        self.write("root/a.txt", telegram(1))
        self.write("root/sub/b.txt", telegram(2))
        self.write("outside/secret.txt", telegram(3, SECRET))
        self.write("root-beside/secret.txt", telegram(3, SECRET))
        os.symlink("../outside", "root/folder-link")
        os.symlink("../outside/secret.txt", "root/file-link.txt")
        os.symlink(os.path.join(self.folder, "outside"), "root/absolute-link")
        os.symlink("sub/../../outside", "root/link-over-a-folder")
        os.symlink("folder-link/secret.txt", "root/link-to-a-link.txt")
        os.symlink("../root/sub", "root/link-out-and-in")
        self.value("SELECT cables_config('root', 'root')")

    def outside(self, source):
        """The source is refused as outside."""
        for table in TABLES:
            self.fails(f"SELECT * FROM {table}(?)", "cables: outside the root: "
                       f"'{source}'", (source,))

    def test_names(self):
        here = self.folder
        for source in (
            "outside", "outside/secret.txt", "..", "/", "/etc", ".",
            "root/..", "root/../outside", "root/sub/../../outside/secret.txt",
            f"{here}/outside", f"{here}/root/../outside", "root-beside",
            "root/folder-link", "root/folder-link/secret.txt",
            "root/file-link.txt", "root/absolute-link/secret.txt",
            "root/link-over-a-folder", "root/link-to-a-link.txt",
            f"//{here}/outside", "root//..//outside",
        ):
            with self.subTest(source):
                self.outside(source)

    def test_globs(self):
        for source in "outside/*", "*/secret.txt", "root/../outside/*", "/*":
            with self.subTest(source):
                self.outside(source)
        for source in "root/*/secret.txt", "root/**", "root/*":
            with self.subTest(source):
                for row in self.rows("SELECT * FROM cables(?)", (source,)):
                    self.assertNotIn(SECRET, str(row))
                for row in self.rows("SELECT * FROM cables_files(?)",
                                     (source,)):
                    self.assertNotIn("secret.txt", row[0])

    def test_lists(self):
        for item in "outside", "root/../outside", "root/folder-link", "../*":
            with self.subTest(item):
                for table in TABLES:
                    self.fails(f"SELECT * FROM {table}(?)",
                               f"cables: outside the root: '{item}'",
                               (json.dumps(["root/a.txt", item]),))

    def test_named_table(self):
        self.conn.execute("CREATE VIRTUAL TABLE temp.t USING cables('outside')")
        self.fails("SELECT * FROM t", "cables: outside the root: 'outside'")

    def test_links_while_walking(self):
        paths = self.column("SELECT path FROM cables('root')")
        self.assertEqual(paths, ["root/a.txt", "root/sub/b.txt"])
        self.value("SELECT cables_config('follow_links', 1)")
        rows = self.rows("SELECT path, subject FROM cables('root')")
        self.assertEqual(
            [row[0] for row in rows],
            ["root/a.txt", "root/link-out-and-in/b.txt", "root/sub/b.txt"],
        )
        self.assertNotIn(SECRET, str(rows))

    def test_path_condition(self):
        self.value("SELECT cables_config('follow_links', 1)")
        for path in ("root/file-link.txt", "root/../outside/secret.txt",
                     "root/folder-link/secret.txt", "outside/secret.txt"):
            self.assertEqual(self.rows(
                "SELECT * FROM cables('root') WHERE path = ?", (path,)), [])

    def test_working_folder_outside(self):
        os.chdir("outside")
        self.outside("secret.txt")
        self.assertEqual(
            self.column("SELECT path FROM cables('../root/a.txt')"),
            ["../root/a.txt"],
        )

    def test_members_names(self):
        """A member's name is a label: nothing of that name is opened."""
        names = ["../../outside/secret.txt", "/etc/passwd",
                 os.path.join(self.folder, "outside/secret.txt")]
        with zipfile.ZipFile("root/z.zip", "w") as z:
            for name in names:
                z.writestr(name, telegram(7))
        with tarfile.open("root/z.tar", "w") as t:
            link = tarfile.TarInfo("link.txt")
            link.type, link.linkname = tarfile.SYMTYPE, "../outside/secret.txt"
            t.addfile(link)
            hard = tarfile.TarInfo("hard.txt")
            hard.type, hard.linkname = tarfile.LNKTYPE, "/outside/secret.txt"
            t.addfile(hard)
            t.add("root/a.txt", "x.txt")
        rows = self.rows("SELECT entry, subject FROM cables('root') "
                         "WHERE entry IS NOT NULL")
        self.assertNotIn(SECRET, str(rows))
        self.assertEqual(len([r for r in rows if r[1] == "A VISIT"]), 4)

    def test_links_swapped_while_scanning(self):
        """A file and a folder are replaced by links that lead out, and back,
        all the time."""
        self.write("root/swap/in.txt", telegram(4))
        os.symlink("../outside/secret.txt", "root/out-file")
        os.symlink("../outside", "root/out-folder")
        self.value("SELECT cables_config('follow_links', 1)")
        done = threading.Event()

        def swap():
            while not done.is_set():
                os.rename("root/swap", "root/aside")
                os.rename("root/out-folder", "root/swap")
                os.rename("root/a.txt", "root/keep")
                os.rename("root/out-file", "root/a.txt")
                os.rename("root/a.txt", "root/out-file")
                os.rename("root/keep", "root/a.txt")
                os.rename("root/swap", "root/out-folder")
                os.rename("root/aside", "root/swap")

        thread = threading.Thread(target=swap)
        thread.start()
        try:
            seen = set()
            for i in range(400):
                source = ("root", "root/a.txt", "root/swap", "root/*/*")[i % 4]
                try:
                    rows = self.rows("SELECT path, subject FROM cables(?)",
                                     (source,))
                    rows += self.rows("SELECT path, path FROM cables_files(?)",
                                      (source,))
                except sqlite3.Error as error:
                    self.assertRegex(str(error), "^cables: (outside the root|"
                                                 "no such file or folder): ")
                    rows = []
                seen.update(row[1] for row in rows)
        finally:
            done.set()
            thread.join()
        self.assertIn("A VISIT", seen)
        self.assertNotIn(SECRET, seen)
        self.assertNotIn("root/swap/secret.txt", seen)

    def test_latch(self):
        for value in "/", "outside", None:
            with self.assertRaises(sqlite3.Error):
                self.rows("SELECT cables_config('root', ?)", (value,))
        self.outside("outside")


class Oracle(Traced):
    """An error does not tell what is outside, as nothing there is looked at."""

    def test_same_words(self):
        self.write("root/a.txt", telegram(1))
        self.write("outside/there.txt", telegram(2))
        os.mkfifo("outside/fifo")
        os.symlink("../outside/there.txt", "root/yes")
        os.symlink("../outside/not-there.txt", "root/no")
        self.value("SELECT cables_config('root', 'root')")
        said = set()
        for name in ("outside/there.txt", "outside/not-there.txt",
                     "outside/fifo", "outside", "nowhere/at/all",
                     "outside/there.txt/below", "root/yes", "root/no"):
            for table in TABLES:
                with self.assertRaises(sqlite3.Error) as caught:
                    self.rows(f"SELECT * FROM {table}(?)", (name,))
                said.add(str(caught.exception).replace(f"'{name}'", "'NAME'"))
        self.assertEqual(said, {"cables: outside the root: 'NAME'"})

    def test_calls(self):
        self.write("root/a.txt", telegram(1))
        self.write("outside/there.txt", telegram(2))
        os.symlink("../outside/there.txt", "root/link")
        calls, _ = self.trace("""
            conn = support.connect()
            conn.execute("SELECT cables_config('root', 'root')").fetchall()
            conn.execute("SELECT cables_config('follow_links', 1)").fetchall()
            sources = ["outside", "outside/there.txt", "root/../outside",
                       "root/link", "../x", "/etc/passwd", "outside/*",
                       '["root", "outside"]', "root", "root/*"]
            begin()
            for source in sources:
                for table in "cables", "cables_files":
                    try:
                        conn.execute(f"SELECT * FROM {table}(?)",
                                     (source,)).fetchall()
                    except sqlite3.Error:
                        pass
            end()
        """)
        root = os.path.join(self.folder, "root")
        self.assertTrue(any(f'"{root}"' in c or "a.txt" in c for c in calls))
        for call in calls:
            if call.startswith("readlinkat"):
                continue  # what a link of the root says
            self.assertNotIn("there.txt", call)
            self.assertNotIn("outside", call)
            self.assertNotIn("passwd", call)
            if re.match(r"(openat|newfstatat|statx|stat|lstat)\(", call):
                self.assertIn(root, call)


class OddFiles(Traced):
    """FIFOs, sockets, devices and what the kernel makes up are never read."""

    def test_named_and_met(self):
        os.mkdir("in")
        self.write("in/a.txt", telegram(1))
        os.mkfifo("in/fifo")
        with socket.socket(socket.AF_UNIX) as s:
            s.bind("in/socket")
            calls, out = self.trace("""
                conn = support.connect()
                q = "SELECT path, anomalies ->> 0 FROM cables(?)"
                begin()
                rows = []
                for source in ("in", "in/*", "in/fifo", "in/socket",
                               "/dev/zero", "/dev/tty", "/dev"):
                    rows += conn.execute(q, (source,)).fetchall()
                end()
                print(json.dumps(rows))
            """)
        why = "file cannot be read: not a regular file"
        found = [row for row in json.loads(out) if row[1] is not None]
        self.assertEqual(
            found,
            [[name, why] for name in ("in/fifo", "in/socket", "/dev/zero",
                                      "/dev/tty") if os.path.exists(name)],
        )
        for call in calls:
            # Folders and the file are opened; nothing else is, to be read.
            if call.startswith("read("):
                self.assertIn("a.txt", call)

    def test_kernel(self):
        if not os.path.exists("/proc/self/environ"):
            self.skipTest("there is no /proc")
        calls, out = self.trace("""
            conn = support.connect()
            q = "SELECT path, anomalies ->> 0 FROM cables(?)"
            begin()
            rows = []
            for source in ("/proc", "/proc/self", "/proc/self/environ",
                           "/proc/**/environ", "/proc/self/task/*"):
                rows += conn.execute(q, (source,)).fetchall()
            end()
            print(json.dumps(rows))
        """)
        self.assertEqual(len(json.loads(out)), 5)
        for path, why in json.loads(out):
            self.assertRegex(why, "^(file|folder) cannot be read: ")
        for call in calls:
            self.assertNotRegex(call, r"^(read|getdents64)\(")


class Readme(unittest.TestCase):
    """The README names every test of this file, and none that is not there."""

    def test_names(self):
        with open(os.path.join(support.ROOT, "README.md"),
                  encoding="utf-8") as f:
            part = f.read().partition("## Security")[2].partition("\n## ")[0]
        with open(__file__, encoding="utf-8") as f:
            classes = set(re.findall(r"^class (\w+)\(", f.read(), re.M))
        named = set(re.findall(r"`test_security\.(\w+)`", part))
        self.assertEqual(named, classes - {"Traced", "Readme"})
        for file, name in re.findall(r"`(test_\w+)\.(\w+)`", part):
            with open(os.path.join(support.ROOT, "tests", "sql", file + ".py"),
                      encoding="utf-8") as f:
                self.assertRegex(f.read(), rf"(class|def) {name}\(")


class Limits(Case):
    """Hostile content costs no more than it may."""

    def test_memory_limit(self):
        self.write("a.txt", telegram(1, body="1. (C) " + "word " * 2000000))
        with self.conn as conn:
            conn.execute("PRAGMA hard_heap_limit = 8000000").fetchall()
            self.addCleanup(conn.execute, "PRAGMA hard_heap_limit = 0")
            with self.assertRaises(MemoryError):
                conn.execute("SELECT body FROM cables('a.txt')").fetchall()

    def test_memory_of_unpacking(self):
        """SQLite's limit does not count it: here 64 MB for a dictionary."""
        text = telegram(1, body="1. (C) " + "word " * 1000 + "end.\n")
        self.write("a.txt.xz", lzma.compress(text.encode(), preset=9))
        with self.conn as conn:
            conn.execute("PRAGMA hard_heap_limit = 8000000").fetchall()
            self.addCleanup(conn.execute, "PRAGMA hard_heap_limit = 0")
            self.assertEqual(
                self.rows("SELECT subject, text, anomalies FROM "
                          "cables('a.txt.xz')"), [("A VISIT", text, None)])

    def test_patterns_do_not_run_away(self):
        """Texts that make bad patterns run away."""
        for unit in (" ", "1. ", "(", "A. ", "REF: A. ", "(C", "\n\n", "-",
                     "C O N F I ", "X", "\0", "¶", "05 ", "AND "):
            with self.subTest(unit):
                text = telegram(1, body=unit * 20000)
                self.assertEqual(
                    self.rows("SELECT cable_refid(?1), cable_subject(?1)",
                              (text,)),
                    [("06MOSCOW1", "A VISIT")],
                )
                self.assertEqual(
                    self.rows("SELECT message FROM cable_anomalies(?) WHERE "
                              "message LIKE '%limit%'", (text,)), [])


if __name__ == "__main__":
    unittest.main()
