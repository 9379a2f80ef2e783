"""examples/questions.sql answers what it says.

The answers in tests/expected/questions.txt were worked out by hand, from the
telegrams in examples/telegrams/ and examples/release/.
"""

import csv
import os
import re
import shutil
import subprocess
import unittest

import archive
import support

# Questions of each kind of user: a journalist has 8, ...
ASKED = {f"{user}.{number}"
         for user, last in enumerate((8, 8, 8, 8, 7, 8), start=1)
         for number in range(1, last + 1)}
QUESTION = re.compile(r"^-- (\d\.\d) .*\n(?:-- .*\n)*((?:[^-\n].*\n)+)", re.M)


def load(path):
    with open(path, encoding="utf-8") as f:
        return f.read()


def copy_examples():
    """Copies the examples below the current folder, each file as old as all
    others, and long before any refresh."""
    shutil.copytree(os.path.join(support.ROOT, "examples"), "examples")
    for top, _, names in os.walk("examples"):
        for name in names:
            os.utime(os.path.join(top, name), (archive.OLD, archive.OLD))


class Questions(support.Case):
    def setUp(self):
        """Two refreshes, the second of the second source; after that a file
        changes, and another comes."""
        super().setUp()
        copy_examples()
        self.script, answers = load("examples/questions.sql"), load(
            os.path.join(support.ROOT, "tests/expected/questions.txt"))
        self.statements = dict(QUESTION.findall(self.script))
        self.answers = {
            number: rows.splitlines() for number, rows in
            re.findall(r"^## (\d\.\d)\n((?:[^#\n].*\n)*)", answers, re.M)}
        self.conn.close()
        self.conn = support.connect("questions.db")
        archive.make(self.conn, "examples/telegrams")
        self.conn.execute("UPDATE file SET read_at = '2007-01-01 00:00:00'")
        self.conn.execute("INSERT INTO source(path)"
                          " VALUES ('examples/release')")
        self.conn.commit()
        archive.refresh(self.conn)
        os.utime("examples/release/06MOSCOW11821.txt",
                 (archive.OLD + 5, archive.OLD + 5))
        self.write("examples/release/new.txt", support.telegram(1))

    def test_each_question_is_answered_or_declined(self):
        part = self.script.partition("-- Not at all")[2]
        declined = set(re.findall(r"^-- (\d\.\d) ", part, re.M))
        self.assertEqual(declined, {"6.2", "6.6", "6.7"})
        self.assertEqual(set(self.statements), ASKED - declined)
        self.assertEqual(set(self.answers), set(self.statements))

    def test_answers(self):
        """Each is one statement, which gives the rows worked out by hand."""
        self.conn.execute("CREATE TEMP TABLE missions(post, chief, since,"
                          " until)")
        with open("examples/missions.csv", encoding="utf-8") as f:
            self.conn.executemany("INSERT INTO missions VALUES (?, ?, ?, ?)",
                                  list(csv.reader(f))[1:])
        self.conn.execute("CREATE VIRTUAL TABLE temp.term"
                          " USING fts5vocab(main, search, instance)")
        for number, statement in self.statements.items():
            with self.subTest(number):
                got = ["|".join("" if v is None else str(v) for v in row)
                       for row in self.rows(statement)]
                self.assertEqual(got, self.answers[number])

    def test_in_the_shell(self):
        """The whole file runs in the sqlite3 shell."""
        if shutil.which("sqlite3") is None or os.environ.get("LD_PRELOAD"):
            self.skipTest("needs the sqlite3 shell, and no sanitizer")
        self.conn.close()
        shutil.copy(support.SO, "cables.so")
        done = subprocess.run(
            ["sqlite3", "-batch", "-bail", "-init", os.devnull,
             "questions.db", ".read examples/questions.sql"],
            capture_output=True, text=True, check=False)
        self.assertEqual(done.stderr, "")
        self.assertEqual(
            done.stdout.splitlines(),
            [line for rows in self.answers.values() for line in rows])


if __name__ == "__main__":
    unittest.main()
