"""The files of a source: cables_files(source)."""

import json
import os
import unittest

import support

MTIME = 1144429620  # 2006-04-07 17:07:00


class Files(support.Case):
    def setUp(self):
        super().setUp()
        self.write("in/b.txt", "three bytes more", MTIME)
        self.write("in/a/x.txt", support.telegram(1), MTIME + 1)
        self.write("in/a-b/y", b"", MTIME + 60)
        self.write("other.txt", "12345", MTIME)

    def paths(self, source):
        return self.column("SELECT path FROM cables_files(?)", (source,))

    def test_columns(self):
        self.assertEqual(
            self.rows("SELECT * FROM cables_files('in')"),
            [("in/a-b/y", 0, "2006-04-07 17:08:00", None),
             ("in/a/x.txt", len(support.telegram(1)), "2006-04-07 17:07:01",
              None),
             ("in/b.txt", 16, "2006-04-07 17:07:00", None)])
        self.assertEqual(
            self.column("SELECT source FROM cables_files('other.txt')"),
            ["other.txt"])

    def test_same_as_cables(self):
        self.assertEqual(
            self.rows("SELECT path, bytes, mtime FROM cables('in')"),
            self.rows("SELECT path, bytes, mtime FROM cables_files('in')"
                      " WHERE path = 'in/a/x.txt'"))

    def test_sources(self):
        self.assertEqual(self.paths("in/*/*"), ["in/a-b/y", "in/a/x.txt"])
        self.assertEqual(self.paths("in/**"),
                         ["in/a-b/y", "in/a/x.txt", "in/b.txt"])
        self.assertEqual(self.paths("other.txt"), ["other.txt"])
        self.assertEqual(self.paths('["other.txt", "in/a", "in/a/x.txt"]'),
                         ["in/a/x.txt", "other.txt"])
        self.assertEqual(self.paths("none*"), [])
        self.assertEqual(self.paths(None), [])

    def test_order(self):
        query = "SELECT path FROM cables_files('in') ORDER BY path"
        self.assertEqual(self.column(query),
                         ["in/a-b/y", "in/a/x.txt", "in/b.txt"])
        self.assertNotIn("USE TEMP B-TREE FOR ORDER BY", self.plan(query))
        self.assertEqual(self.column(query + " DESC"),
                         ["in/b.txt", "in/a/x.txt", "in/a-b/y"])

    def test_join(self):
        self.conn.executescript(
            "CREATE TABLE source(id INTEGER PRIMARY KEY, path TEXT);"
            "INSERT INTO source VALUES (1, 'other.txt'), (2, 'in/a');")
        for join in ("source s CROSS JOIN cables_files f",
                     "cables_files f JOIN source s"):
            self.assertEqual(
                self.rows(f"SELECT s.id, f.path FROM {join}"
                          " ON f.source = s.path ORDER BY 1"),
                [(1, "other.txt"), (2, "in/a/x.txt")])

    def test_or(self):
        self.assertEqual(
            sorted(self.column("SELECT path FROM cables_files WHERE"
                               " source = 'other.txt' OR source = 'in/a'")),
            ["in/a/x.txt", "other.txt"])

    def test_opens_nothing(self):
        self.rows("SELECT * FROM cables_files('in')")
        stats = json.loads(self.value("SELECT cables_stats()"))
        self.assertEqual(stats["files_listed"], 3)
        for name in ("files_opened", "files_probed", "bytes_read",
                     "documents_parsed", "parses"):
            self.assertEqual(stats[name], 0, name)

    def test_missing(self):
        for source in ("nope", "in/nope.txt"):
            self.fails("SELECT * FROM cables_files(?)",
                       f"cables: no such file or folder: '{source}'",
                       (source,))
        self.fails("SELECT * FROM cables_files",
                   "cables: a source is needed: cables_files('folder')")

    def test_root(self):
        self.rows("SELECT cables_config('root', 'in')")
        self.fails("SELECT * FROM cables_files('other.txt')",
                   "cables: outside the root: 'other.txt'")
        self.assertEqual(self.paths("in/a"), ["in/a/x.txt"])

    def test_bytes_that_are_no_text(self):
        path = os.fsencode(self.folder) + b"/in/z\xff.txt"
        with open(path, "wb") as f:
            f.write(b"1234567")
        self.assertEqual(
            self.rows("SELECT path, bytes FROM cables_files('in')")[3],
            ("in/z\ufffd.txt", 7))

    def test_not_a_regular_file(self):
        os.mkfifo("in/pipe")
        self.assertEqual(len(self.paths("in")), 3)

    def test_folder_that_cannot_be_read(self):
        if os.geteuid() == 0:
            raise unittest.SkipTest("root reads every folder")
        os.chmod("in/a", 0)
        self.addCleanup(os.chmod, os.path.join(self.folder, "in/a"), 0o700)
        self.assertEqual(
            self.rows("SELECT * FROM cables_files('in')")[1],
            ("in/a/", None, None,
             "folder cannot be read: Permission denied"))
        self.rows("SELECT cables_config('strict', 1)")
        self.fails("SELECT * FROM cables_files('in')", "cables: 'in/a/':"
                   " folder cannot be read: Permission denied")

    def test_not_from_a_schema(self):
        self.fails("CREATE VIRTUAL TABLE t USING cables_files('in')",
                   "no such module: cables_files")
        self.conn.execute("CREATE VIEW v AS SELECT * FROM cables_files('in')")
        self.fails("SELECT * FROM v", "unsafe use of virtual table"
                   ' "cables_files"')


if __name__ == "__main__":
    unittest.main()
