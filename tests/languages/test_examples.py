"""The programs in examples/: the commands of each README run as they stand and
print the same report, and what the READMEs tell of the programs is so.

They run in a copy of examples/ below build/, where what they build stays for
the next run.
"""

import os
import re
import shutil
import unittest

from languages import (BUILD, EXAMPLES, ROOT, SO, blocks, get, link, output,
                       read, report)

TREE = os.path.join(BUILD, "tree")

# Of each example: its program, what starts a comment in it, and a command that
# fails where its language or driver is missing.  What comes from a registry is
# fetched by that command, so that a test only fails by its own fault.
LANGUAGES = {
    "python": ("report.py", "#", "python3 -c 'import sqlite3'"),
    "node": ("report.js", "//", "npm install --silent --no-package-lock"),
    "go": ("main.go", "//", "go mod download"),
    "rust": ("src/main.rs", "//", "cargo fetch --quiet"),
    "java": ("Report.java", "//",
             "java --version && test -f /usr/share/java/sqlite-jdbc.jar"),
    "ruby": ("report.rb", "#", "ruby -rsqlite3 -e ''"),
    "perl": ("report.pl", "#", "perl -MDBD::SQLite -e 1"),
    "php": ("report.php", "//", "php -r 'new SQLite3(\":memory:\");'"),
    "r": ("report.R", "#", "Rscript -e 'library(RSQLite)'"),
    "tcl": ("report.tcl", "#", "echo 'package require sqlite3' | tclsh"),
    "c": ("report.c", "//", "cc --version && pkg-config sqlite3"),
    "c-static": ("report.c", "//", "cc --version && pkg-config sqlite3"),
}


def lay_tree():
    """Lays the copy: examples/ and the extension as files (PHP follows no link
    out of its folder), the rest of the project as links."""
    shutil.copytree(EXAMPLES, os.path.join(TREE, "examples"),
                    dirs_exist_ok=True)
    shutil.copy(SO, os.path.join(TREE, "cables.so"))
    for name in ("Makefile", "build", "ext", "tests"):
        link(os.path.join(ROOT, name), os.path.join(TREE, name))


def readme(language):
    return read("examples", language, "README.md")


def shown_lines(language):
    """The lines of a README that load the extension: its first block."""
    return blocks(readme(language))[0][1].splitlines()


def code_lines(text, comment):
    """How many lines are neither empty nor a comment."""
    text = re.sub(r"/\*.*?\*/|\A\"\"\".*?\"\"\"", "", text, flags=re.S)
    lines = (line.strip() for line in text.splitlines())
    return sum(1 for line in lines if line and not line.startswith(comment))


class Examples(unittest.TestCase):
    """One test for each language, made below."""

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        lay_tree()

    def prints_the_report(self, language):
        folder = os.path.join(TREE, "examples", language)
        get(LANGUAGES[language][2], folder)
        commands = blocks(readme(language), "sh")
        self.assertEqual(len(commands), 1, "one block of commands")
        self.assertEqual(output(commands[0], folder), report())


for name in LANGUAGES:
    setattr(Examples, "test_" + name.replace("-", "_"),
            lambda self, name=name: self.prints_the_report(name))


class Readmes(unittest.TestCase):
    def test_a_language_is_a_folder(self):
        """Every folder with a README that says "report.sql" is tested."""
        folders = {
            name for name in os.listdir(EXAMPLES)
            if os.path.exists(os.path.join(EXAMPLES, name, "README.md"))
            and "report.sql" in readme(name)
        }
        self.assertEqual(folders, set(LANGUAGES))

    def test_shown_lines_are_the_programs(self):
        """The lines that load it stand in the program, in this order."""
        for language, (program, _, _) in LANGUAGES.items():
            with self.subTest(language=language):
                text = read("examples", language, program)
                lines = [line.strip() for line in text.splitlines()]
                at = 0
                for line in shown_lines(language):
                    self.assertIn(line.strip(), lines[at:])
                    at = lines.index(line.strip(), at) + 1

    def test_table(self):
        """The overview has a row for each, with the lines counted."""
        rows = re.findall(r"^\| \[[^]]*\]\((\S+)/README.md\) .*"
                          r"\| (\d+) \| (\d+) \|$",
                          read("examples", "README.md"), re.M)
        counted = [
            (language, str(len(shown_lines(language))),
             str(code_lines(read("examples", language, program), comment)))
            for language, (program, comment, _) in LANGUAGES.items()
        ]
        self.assertEqual(rows, counted)

    def test_overview_shows_the_report(self):
        """The lines that it prints are the report's first."""
        shown = blocks(read("examples", "README.md"), "")[0]
        self.assertTrue(report().startswith(shown))


if __name__ == "__main__":
    unittest.main()
