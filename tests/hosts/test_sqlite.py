"""The extension in SQLite libraries from the oldest that it takes to the newest,
in libSQL, and in two of them at once: the same answers as in the system's own.

The libraries are compiled from the sources that crates bundle; the linker gives
them to programs in place of the system's (LD_LIBRARY_PATH).

CABLES_HOSTS=all tries every library and every way to set it up, and runs the
tests of tests/sql in some; else it is the oldest and the newest.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import unittest

import host
from host import ROOT, SO

BUILD = os.path.join(ROOT, "build", "hosts", "sqlite")
HOST = os.path.join(ROOT, "build", "tests", "trust", "host")
CROWD = os.path.join(ROOT, "build", "tests", "trust", "crowd")
ALL = os.environ.get("CABLES_HOSTS") == "all"

# What the system's library is compiled with and Python or the tests need.
OPTIONS = ["-DSQLITE_ENABLE_" + name for name in (
    "COLUMN_METADATA", "DBSTAT_VTAB", "DESERIALIZE", "FTS5", "JSON1",
    "LOAD_EXTENSION", "UNLOCK_NOTIFY")]


class Library:
    """A SQLite library: the version it tells, the crate that has its source,
    and SQLITE_THREADSAFE."""

    def __init__(self, version, crate, threads=1, file="sqlite3/sqlite3.c"):
        self.version, self.threads, self.file = version, threads, file
        self.crate, self.crate_version = crate.split()
        self.name = f"{crate.replace(' ', '-')}-{threads}"
        self.folder = os.path.join(BUILD, self.name)

    def source(self):
        """The folder of the crate, which cargo gets."""
        os.makedirs(os.path.join(self.folder, "src"), exist_ok=True)
        host.run("touch", os.path.join(self.folder, "src", "lib.rs"))
        manifest = os.path.join(self.folder, "Cargo.toml")
        with open(manifest, "w", encoding="utf-8") as f:
            f.write('[package]\nname = "host"\nversion = "0.0.0"\n'
                    f'[dependencies]\n{self.crate} = {{ version = '
                    f'"={self.crate_version}", default-features = false }}\n')
        told = json.loads(host.run("cargo", "metadata", "-q", "--format-version",
                                   "1", "--manifest-path", manifest))
        return next(os.path.dirname(p["manifest_path"])
                    for p in told["packages"] if p["name"] == self.crate)

    def environment(self, **more):
        """That of a program that shall run with this library."""
        library = os.path.join(self.folder, "libsqlite3.so.0")
        if not os.path.exists(library):
            host.run("cc", "-w", "-O1", "-shared", "-fPIC", *OPTIONS,
                     f"-DSQLITE_THREADSAFE={self.threads}",
                     "-Wl,-soname,libsqlite3.so.0", "-o", library + ".new",
                     os.path.join(self.source(), self.file),
                     "-ldl", "-lm", "-lpthread")
            os.rename(library + ".new", library)
        return host.environment(LD_LIBRARY_PATH=self.folder, **more)


TOO_OLD = Library("3.29.0", "libsqlite3-sys 0.16.0")
OLDEST = Library("3.31.0", "libsqlite3-sys 0.17.3")
NEWEST = Library("3.54.1", "libsqlite3-sys 0.40.0")
LIBSQL = Library("3.47.0", "libsql-ffi 0.10.0", file="bundled/src/sqlite3.c")
FEW = [OLDEST, NEWEST]
MANY = [
    OLDEST,
    Library("3.35.4", "libsqlite3-sys 0.22.2"),
    Library("3.38.2", "libsqlite3-sys 0.24.2"),
    Library("3.46.0", "libsqlite3-sys 0.30.1"),
    NEWEST,
    Library("3.54.1", "libsqlite3-sys 0.40.0", threads=0),
    Library("3.54.1", "libsqlite3-sys 0.40.0", threads=2),
    LIBSQL,
]
LIBRARIES = MANY if ALL else FEW

# Ways to set a connection up: words of host.c.
SETUPS = [[], ["UTF-16le", "untrusting", "defensive", "multi"]]
if ALL:
    SETUPS += [["UTF-16be"], ["untrusting"], ["defensive"], ["single"],
               ["serialized"]]
MODES = {"single", "multi", "serialized"}


def ask(environment, statements, *words):
    """What the host prints: the line about its library, and the rest."""
    done = subprocess.run([HOST, SO, *words], cwd=ROOT, env=environment,
                          input=statements, capture_output=True, check=False)
    text = done.stdout.decode("utf-8", "surrogateescape")
    if done.returncode:
        raise AssertionError(f"exit status {done.returncode}: {text[:2000]}")
    return text.partition("\n")[::2]


def all_statements():
    """Every example of cables_help but for what tells of the host itself and
    of work done, and those of sqlite.sql; how many examples there are."""
    with open(os.path.join(ROOT, "tests", "hosts", "sqlite.sql"), "rb") as f:
        own = f.read()
    _, told = ask(host.environment(),
                  b"SELECT DISTINCT example FROM cables_help\n")
    examples = re.findall("^(SELECT .*)\x1f3\x1f$", told, re.M)
    examples = [x for x in examples
                if not re.search("cables_(stats|debug)", x)]
    return "\n".join([*examples, ""]).encode() + own, len(examples)


@unittest.skipUnless(shutil.which("cargo"), "cargo is not installed")
class Libraries(unittest.TestCase):
    """The answers of the system's library are those of each."""

    def test_answers(self):
        statements, n = all_statements()
        self.assertGreater(n, 150)
        _, want = ask(host.environment(), statements)
        self.assertGreater(want.count("\n"), 8000)
        asked = 0
        for library in LIBRARIES:
            for words in SETUPS:
                if library.threads == 0 and MODES & set(words):
                    continue  # it has one mode only
                with self.subTest(library.name, words=words):
                    what, got = ask(library.environment(), statements, *words)
                    self.assertEqual(what, f"SQLite {library.version}, "
                                     f"THREADSAFE={library.threads}")
                    self.same(got, want)
                    asked += want.count("\n> ") + 1
        print(f"# {asked} statements in {len(LIBRARIES)} libraries", flush=True)

    def test_set_ups_of_the_system(self):
        statements, _ = all_statements()
        _, want = ask(host.environment(), statements)
        for words in SETUPS[1:]:
            with self.subTest(words=words):
                self.same(ask(host.environment(), statements, *words)[1], want)

    def same(self, got, want):
        """Fails with the first statement whose answer differs."""
        for one, other in zip(got.split("\n> "), want.split("\n> ")):
            self.assertEqual(one, other)
        self.assertEqual(len(got), len(want))

    def test_many_threads(self):
        for library in LIBRARIES:
            if library.threads == 0:
                continue  # SQLite itself forbids it
            with self.subTest(library.name):
                out = host.run(CROWD, "2", SO, cwd=ROOT,
                               env=library.environment())
                self.assertEqual(out.count("\nok ") + out.startswith("ok "), 2)

    def test_too_old(self):
        done = subprocess.run([HOST, SO], cwd=ROOT, text=True, input="",
                              env=TOO_OLD.environment(), capture_output=True,
                              check=False)
        self.assertEqual(
            (done.returncode, done.stdout),
            (1, "SQLite 3.29.0, THREADSAFE=1\nnot loaded: error during "
             "initialization: cables: SQLite 3.31.0 or newer is needed, not 3.29.0\n"))


@unittest.skipUnless(ALL, "CABLES_HOSTS=all runs them")
class Suite(unittest.TestCase):
    """The tests of tests/sql in other libraries."""

    # The shell takes no library but that which it was compiled with; what a
    # scan tells of its progress depends on a clock, not on the library.
    LEFT_OUT = ("archive_guide", "archive_joining", "archive_questions",
                "archive_readme", "archive_timeline", "install", "progress",
                "readme")
    # The SQL of these, or the plans that they read, is newer than 3.31.
    NEWER = ("archive_", "plan", "report", "security", "threads")

    def run_in(self, library, but=()):
        folder = os.path.join(ROOT, "tests", "sql")
        files = sorted(f for f in os.listdir(folder) if f.startswith("test_")
                       and not f[5:].startswith((*self.LEFT_OUT, *but)))
        done = subprocess.run(
            [sys.executable, os.path.join(ROOT, "tests", "run"),
             *(os.path.join(folder, f) for f in files)],
            env=library.environment(), capture_output=True, text=True,
            cwd=ROOT, check=False)
        self.assertEqual(done.returncode, 0, done.stdout[-4000:])
        count = re.findall(r"^(\d+) passed, 0 failed", done.stdout, re.M)
        print(f"# {count[-1]} tests in {library.name}", flush=True)

    def test_oldest(self):
        self.run_in(OLDEST, self.NEWER)

    def test_newest(self):
        self.run_in(NEWEST)

    def test_libsql(self):
        self.run_in(LIBSQL)


class TwoLibraries(unittest.TestCase):
    """Two SQLite libraries in one process, the system's and that of apsw: the
    second needs a copy of the file, and then both work at the same time."""

    PROGRAM = """
        import os, shutil, sqlite3, sys, tempfile, threading
        import apsw
        so, examples = sys.argv[1:]
        assert apsw.sqlitelibversion() != sqlite3.sqlite_version

        def first():
            conn = sqlite3.connect(":memory:")
            conn.enable_load_extension(True)
            conn.load_extension(so)
            return conn

        def second(file):
            conn = apsw.Connection(":memory:")
            conn.enable_load_extension(True)
            conn.load_extension(file)
            return conn

        query = ("SELECT c.path, c.subject, p.text FROM cables(?) c, "
                 "cable_paragraphs(c.text) p")
        one = first()
        want = one.execute(query, (examples,)).fetchall()
        try:
            second(so)
        except Exception as error:
            print(error)
        with tempfile.TemporaryDirectory() as folder:
            copy = shutil.copy(so, os.path.join(folder, "cables.so"))
            right = []

            def work(make, *args):
                for _ in range(10):
                    conn = make(*args)
                    rows = conn.execute(query, (examples,)).fetchall()
                    right.append(rows == want)
                    conn.close()

            threads = [threading.Thread(target=work, args=args) for args in
                       ((first,), (second, copy), (first,), (second, copy))]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            print(len(want) > 100, len(right), all(right))
    """

    def test_one_process(self):
        program = re.sub("^        ", "", self.PROGRAM, flags=re.M)
        out = host.run(sys.executable, "-c", program, SO,
                       os.path.join(ROOT, "examples", "telegrams"))
        said, result = out.strip().split("\n")
        self.assertIn("cables: another SQLite library of this process has "
                      "loaded this file: load a copy of it", said)
        self.assertEqual(result, "True 40 True")


@unittest.skipUnless(ALL and shutil.which("npm"), "CABLES_HOSTS=all, with npm")
class LibsqlInNode(unittest.TestCase):
    """libSQL as its own package has it."""

    PROGRAM = """
        const Database = require('libsql');
        const db = new Database(':memory:');
        db.loadExtension(process.argv[1]);
        const row = db.prepare("SELECT count(*) n, sum(length(text)) b FROM " +
          "cables('examples/telegrams')").get();
        console.log(row.n, row.b);
    """

    def test_package(self):
        folder = os.path.join(BUILD, "node")
        os.makedirs(folder, exist_ok=True)
        host.run("npm", "install", "--silent", "--no-audit", "--no-fund",
                 "--prefix", folder, "libsql@0.5.29")
        out = host.run("node", "-e", self.PROGRAM, SO, cwd=ROOT,
                       env=host.environment(
                           NODE_PATH=os.path.join(folder, "node_modules")))
        _, want = ask(host.environment(), b"SELECT count(*), sum(length(text)) "
                      b"FROM cables('examples/telegrams')\n")
        self.assertEqual(out.split(), re.findall("(\\d+)\x1f1", want))


if __name__ == "__main__":
    unittest.main()
