"""The archive of examples/telegrams/, and the guide in sql/README.md.

What is expected was worked out by hand from the telegrams.
"""

import os
import re
import shutil
import subprocess
import unittest

import archive
import support


class Examples(support.Case):
    """The archive of examples/telegrams/: 50 telegrams, a list and a note."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        os.chdir(support.ROOT)
        cls.archive = support.connect()
        archive.make(cls.archive, "examples/telegrams")

    @classmethod
    def tearDownClass(cls):
        cls.archive.close()

    def setUp(self):
        super().setUp()
        self.conn.close()
        self.conn = self.archive
        os.chdir(support.ROOT)

    def test_counts(self):
        archive.check(self, self.conn)
        self.assertEqual(self.rows("SELECT files, cables, empty, failed, gone,"
                                   " odd, first, last FROM inventory"),
                         [(52, 50, 2, 0, 0, 4, "1974-05-17", "2010-02-12")])

    def test_most_cited(self):
        self.assertEqual(
            self.rows("SELECT refid, cited_by FROM most_cited LIMIT 1"),
            [("08STATE71204", 14)])

    def test_same_as_the_functions(self):
        """Paragraphs cut out by SQL are those of the extension."""
        self.assertEqual(self.rows(
            "SELECT c.refid, p.ordinal, p.key, p.text FROM cable c"
            " JOIN cable_paragraphs(c.text, c.refid) p"
            " EXCEPT SELECT refid, ordinal, key, text FROM passage"), [])

    def test_search(self):
        self.assertEqual(
            self.rows("SELECT key FROM hit WHERE query ="
                      " '\"silence is consent\"'"), [("09ANKARA702#4",)])
        self.assertEqual(self.rows("SELECT key FROM hit WHERE query ="
                                   " '\"procession passed both barriers\"'"),
                         [("74NICOSIA912#3",)])
        for noise in ('"viewing cable"', '"leave a reply"', "VZCZCXRO4927",
                      '"required fields"'):
            self.assertEqual(
                self.rows("SELECT key FROM hit WHERE query = ?", (noise,)), [])


class Guide(support.Case):
    """sql/README.md does what it says."""

    def test_session(self):
        """Each command of the guide prints what stands below it."""
        if shutil.which("sqlite3") is None or os.environ.get("LD_PRELOAD"):
            self.skipTest("needs the sqlite3 shell, and no sanitizer")
        text = archive.script("README.md")
        for name in ("examples", "sql"):
            shutil.copytree(os.path.join(support.ROOT, name), name)
        shutil.copy(support.SO, "cables.so")
        checked = 0
        for block in re.findall(r"```console\n(.*?)```", text, re.S):
            for part in ("\n" + block).split("\n$ ")[1:]:
                lines = part.rstrip("\n").split("\n")
                command, want = lines[0], lines[1:]
                while command.endswith("\\"):
                    command = command[:-1] + want.pop(0).removeprefix(">")
                if "dot -T" in command and shutil.which("dot") is None:
                    continue
                if command.startswith("make "):
                    continue
                done = subprocess.run(["sh", "-c", command], text=True,
                                      capture_output=True, check=False)
                self.assertEqual(done.stderr, "", command)
                self.assertEqual(done.stdout.rstrip("\n").split("\n"),
                                 want or [""], command)
                checked += 1
        self.assertGreater(checked, 18)

    def test_make(self):
        """make archive makes an archive, and brings it up to date."""
        if support.SO != os.path.join(support.ROOT, "cables.so"):
            self.skipTest("make archive loads ./cables.so")
        if shutil.which("sqlite3") is None or os.environ.get("LD_PRELOAD"):
            self.skipTest("needs the sqlite3 shell, and no sanitizer")
        for name, refid in (("it's 1", 1), ("b", 2)):
            self.write(f"{name}/a.txt", support.telegram(refid), archive.OLD)
            env = {k: v for k, v in os.environ.items()
                   if not k.startswith("MAKE")}
            done = subprocess.run(
                ["make", "-C", support.ROOT, "--no-print-directory",
                 "-o", "cables.so", "archive",
                 f"SOURCE={self.folder}/{name}", f"OUT={self.folder}/a.db"],
                env=env, text=True, capture_output=True, check=False)
            self.assertEqual(done.stderr, "")
            self.assertEqual(
                done.stdout, f"{refid} telegrams from {refid} files; 0 files"
                " hold none, 0 cannot be read, 0 are gone\n")


if __name__ == "__main__":
    unittest.main()
