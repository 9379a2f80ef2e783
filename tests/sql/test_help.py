"""cables_help: tells of everything that is there, and its examples run."""

import os
import re
import sqlite3
import unittest

import support
import test_surface


class Help(unittest.TestCase):
    def setUp(self):
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(support.ROOT)
        os.environ.pop("CABLES_ROOT", None)
        self.conn = support.connect()
        self.addCleanup(self.conn.close)

    def rows(self, kind=None):
        sql = "SELECT name, kind, signature, meaning, example FROM cables_help"
        if kind is not None:
            sql += f" WHERE kind = '{kind}'"
        return self.conn.execute(sql).fetchall()

    def names(self, kind):
        names = [row[0] for row in self.rows(kind)]
        self.assertEqual(len(names), len(set(names)))
        return set(names)

    def test_every_table(self):
        self.assertEqual(self.names("table"), test_surface.MODULES)

    def test_every_column(self):
        columns = {
            f"{table}.{name}"
            for table in test_surface.MODULES
            for (name,) in self.conn.execute(
                "SELECT name FROM pragma_table_xinfo(?)", (table,)
            )
        }
        self.assertGreater(len(columns), 100)
        self.assertEqual(self.names("column"), columns)

    def test_every_function(self):
        self.assertEqual(
            self.names("function"),
            set(test_surface.PURE) | set(test_surface.OTHERS),
        )

    def test_every_setting(self):
        self.assertEqual(
            self.names("setting"),
            {
                "root",
                "strict",
                "threads",
                "progress",
                "max_bytes",
                "max_ratio",
                "follow_links",
            },
        )

    def test_every_row_is_filled(self):
        rows = self.rows()
        self.assertGreater(len(rows), 150)
        for row in rows:
            for text in row:
                self.assertTrue(text and text.strip() == text, row)
            self.assertRegex(row[4], "^SELECT ", row)

    def test_signatures_name_what_they_are(self):
        for name, kind, signature, _, _ in self.rows():
            if kind == "column":
                name = name.split(".")[1]
            if kind == "setting":
                name = f"cables_config('{name}'"
            self.assertTrue(signature.startswith(name), signature)

    def test_signatures_have_the_right_arguments(self):
        numbers = dict(test_surface.PURE)
        numbers.update({k: v[0] for k, v in test_surface.OTHERS.items()})
        for name, _, signature, _, _ in self.rows("function"):
            inside = re.fullmatch(r"\w+\((.*)\)", signature).group(1)
            least = inside.split(" [")[0]
            n = len(least.split(", ")) if least else 0
            most = n + inside.count("[")
            self.assertEqual(numbers[name], list(range(n, most + 1)),
                             signature)

    def test_every_example_runs(self):
        n = 0
        for name, kind, _, _, example in self.rows():
            with self.subTest(example):
                conn = support.connect()
                try:
                    rows = conn.execute(example).fetchall()
                finally:
                    conn.close()
                if kind == "function":
                    self.assertEqual(len(rows), 1)
                n += 1
        self.assertGreater(n, 150)

    def test_every_example_shows_something(self):
        """A function gives a value, a table gives rows.  NULL is only the
        root that nobody set."""
        for name, kind, _, _, example in self.rows():
            with self.subTest(example):
                rows = self.conn.execute(example).fetchall()
                self.assertTrue(rows)
                if kind in ("function", "setting"):
                    self.assertEqual(rows[0][0] is None, name == "root")

    def test_examples_without_files(self):
        conn = sqlite3.connect(":memory:")
        self.addCleanup(conn.close)
        support.load(conn, "sqlite3_cables_nofs_init")
        examples = conn.execute("SELECT example FROM cables_help").fetchall()
        self.assertGreater(len(examples), 100)
        for (example,) in examples:
            with self.subTest(example):
                conn.execute(example).fetchall()


if __name__ == "__main__":
    unittest.main()
