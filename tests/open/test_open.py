"""An archive opens in other programs, without the extension.

"make test-open" installs them; this is no part of "make test", as they are
large.  An archive of examples/telegrams/ is read by each.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
import unittest

ROOT = os.path.dirname(
    os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests", "sql"))

import archive  # noqa: E402
import support  # noqa: E402

VENV = os.path.join(ROOT, "build", "open", "venv", "bin")

# Reads tables and views, in a process of its own; tells how many rows each
# has.  ATTACH gives the tables, sqlite_scan() the views too.
DUCKDB = """
import json, sys
import duckdb, duckdb_extensions
conn = duckdb.connect()
duckdb_extensions.import_extension("sqlite_scanner", con=conn)
conn.execute("LOAD sqlite_scanner")
conn.execute("ATTACH 'a.db' AS archive (TYPE sqlite, READ_ONLY)")
tables, views = json.loads(sys.argv[1])
print(json.dumps([
    {name: len(conn.execute(f'SELECT * FROM archive."{name}"').fetchall())
     for name in tables},
    {name: len(conn.execute(f"SELECT * FROM sqlite_scan('a.db', '{name}')")
               .fetchall()) for name in tables + views},
    conn.execute("SELECT t.tag, count(*) FROM archive.cable c"
                 " JOIN archive.tag t ON t.cable = c.id WHERE c.post = 'LIMA'"
                 " GROUP BY ALL ORDER BY ALL").fetchall()]))
"""


class Open(support.Case):
    def setUp(self):
        super().setUp()
        os.chdir(ROOT)
        conn = support.connect(os.path.join(self.folder, "a.db"))
        archive.make(conn, "examples/telegrams")
        conn.close()
        os.chdir(self.folder)
        plain = sqlite3.connect("a.db")
        self.addCleanup(plain.close)
        self.plain = plain

    def names(self, kind):
        """Tables or views of the archive, but those of FTS5 itself."""
        return [name for name, in self.plain.execute(
            "SELECT name FROM sqlite_schema WHERE type = ? AND name NOT LIKE"
            " 'sqlite_%' AND name NOT LIKE 'search_%'", (kind,))]

    def count(self, names):
        return {name: self.plain.execute(f'SELECT count(*) FROM "{name}"')
                .fetchone()[0] for name in names}

    def test_duckdb(self):
        python = os.path.join(VENV, "python")
        if subprocess.run([python, "-c", "import duckdb, duckdb_extensions"],
                          capture_output=True, check=False).returncode:
            self.skipTest("DuckDB is not installed: make test-open does it")
        tables, views = self.names("table"), self.names("view")
        done = subprocess.run(
            [python, "-c", DUCKDB, json.dumps([tables, views])],
            capture_output=True, text=True, check=False)
        self.assertEqual(done.stderr, "")
        attached, scanned, tags = json.loads(done.stdout)
        self.assertEqual(attached, self.count(tables))
        self.assertEqual(scanned, self.count(tables + views))
        # Of 76LIMA4812, 01LIMA4417 and 10LIMA147.
        self.assertEqual(tags, [
            ["EC", 3], ["EFIS", 3], ["EINV", 1], ["ETRD", 1], ["PE", 3],
            ["PREL", 2], ["SENV", 2], ["TPHY", 1]])

    def test_datasette(self):
        program = os.path.join(VENV, "datasette")
        if not os.path.exists(program):
            self.skipTest("Datasette is not installed: make test-open does it")

        def get(path):
            done = subprocess.run([program, "a.db", "--get", path],
                                  capture_output=True, text=True, check=False)
            self.assertEqual(done.returncode, 0, done.stderr)
            return json.loads(done.stdout)

        counts = self.count(self.names("table"))
        del counts["search"]  # Datasette counts no full text index
        self.assertEqual(
            {table["name"]: table["count"] for table in get("/a.json")["tables"]
             if table["name"] in counts}, counts)
        self.assertEqual(
            [row["refid"] for row in get(
                "/a/cable.json?post=LIMA&_sort=created&_shape=array")],
            ["76LIMA4812", "01LIMA4417", "10LIMA147"])
        for view in self.names("view"):
            # Facets are suggested by GROUP BY, where FTS5 gives no snippet.
            get(f"/a/{view}.json?_size=1" + "&_nosuggest=1" * (view == "hit"))
        self.assertEqual(
            get("/a.json?_shape=array&sql=SELECT+key+FROM+hit+WHERE+query"
                "+%3D+'\"silence+is+consent\"'"), [{"key": "09ANKARA702#4"}])

    def test_db_browser(self):
        """It runs a script when it opens the archive, and does not end: the
        script writes into another database what it sees."""
        if shutil.which("sqlitebrowser") is None:
            self.skipTest("DB Browser for SQLite is not installed:"
                          " make test-open does it")
        out = sqlite3.connect("out.db", isolation_level=None)
        self.addCleanup(out.close)
        out.execute("CREATE TABLE told(what, seen)")
        self.write("script.sql", (
            f"ATTACH '{self.folder}/out.db' AS o;\n"
            "INSERT INTO o.told SELECT 'cables', count(*) FROM cable;\n"
            "INSERT INTO o.told SELECT 'edges', count(*) FROM edge;\n"
            "INSERT INTO o.told SELECT 'hit', key FROM hit"
            " WHERE query = '\"silence is consent\"';\n"))
        with subprocess.Popen(
                ["sqlitebrowser", "-s", "script.sql", "-t", "cable", "a.db"],
                env=dict(os.environ, QT_QPA_PLATFORM="offscreen",
                         HOME=self.folder, XDG_RUNTIME_DIR=self.folder),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL) as browser:
            try:
                for _ in range(300):
                    told = out.execute("SELECT * FROM told").fetchall()
                    if len(told) == 3 or browser.poll() is not None:
                        break
                    time.sleep(0.1)
            finally:
                browser.kill()
        edges = self.plain.execute("SELECT count(*) FROM edge").fetchone()[0]
        self.assertEqual(told, [("cables", 50), ("edges", edges),
                                ("hit", "09ANKARA702#4")])


if __name__ == "__main__":
    unittest.main()
