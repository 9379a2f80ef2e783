"""The page "Coming from": every block is run, and gives what the page shows."""

import os
import re
import sqlite3
import unittest

from languages import BUILD, ROOT, SO, get, output, read

VENV = os.path.join(BUILD, "venv")
PYTHON = os.path.join(VENV, "bin", "python")


def shown(language):
    """The blocks of a language, each with the result below it."""
    found = re.findall(r"^```%s\n(.*?)^```\n\n```text\n(.*?)^```" % language,
                       read("examples", "coming-from.md"), re.S | re.M)
    return found


class ComingFrom(unittest.TestCase):
    maxDiff = None

    def test_grep(self):
        ((commands, result),) = shown("sh")
        self.assertEqual(output(commands), result)

    def test_pandas_and_duckdb(self):
        if not os.path.exists(PYTHON):
            get(["python3", "-m", "venv", VENV])
        get([PYTHON, "-m", "pip", "install", "--quiet", "pandas", "duckdb"])
        blocks = shown("python")
        self.assertEqual(len(blocks), 2)
        for program, result in blocks:
            self.assertEqual(output([PYTHON, "-c", program]), result)

    def test_here(self):
        db = sqlite3.connect(":memory:")
        self.addCleanup(db.close)
        db.enable_load_extension(True)
        db.load_extension(SO)
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(ROOT)
        queries = shown("sql")
        self.assertEqual(len(queries), 2)
        for query, result in queries:
            got = "".join("|".join(row) + "\n" for row in db.execute(query))
            self.assertEqual(got, result)


if __name__ == "__main__":
    unittest.main()
