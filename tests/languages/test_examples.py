"""The programs in examples/: the commands of each README run as they stand and
print the same report, and what the READMEs tell of the programs is so.

They run in a copy of examples/ below build/, where what they build stays for
the next run.
"""

import os
import re
import shutil
import subprocess
import sys
import unittest

ROOT = os.path.dirname(
    os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
)
EXAMPLES = os.path.join(ROOT, "examples")
TREE = os.path.join(ROOT, "build", "languages", "tree")
SO = os.path.abspath(
    os.environ.get("CABLES_SO") or os.path.join(ROOT, "cables.so")
)

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


def read(*path):
    with open(os.path.join(EXAMPLES, *path), encoding="utf-8") as f:
        return f.read()


def lay_tree():
    """Lays the copy: examples/ and the extension as files (PHP follows no link
    out of its folder), the rest of the project as links, and the Python that
    loads extensions as python3."""
    shutil.copytree(EXAMPLES, os.path.join(TREE, "examples"),
                    dirs_exist_ok=True)
    links = {name: os.path.join(ROOT, name)
             for name in ("Makefile", "build", "ext", "tests")}
    shutil.copy(SO, os.path.join(TREE, "cables.so"))
    links["bin/python3"] = sys.executable
    os.makedirs(os.path.join(TREE, "bin"), exist_ok=True)
    for name, target in links.items():
        path = os.path.join(TREE, name)
        if os.path.islink(path):
            os.unlink(path)
        os.symlink(target, path)


def environment():
    """What a user's shell has: nothing of the make that runs the tests."""
    env = {name: value for name, value in os.environ.items()
           if name not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "CABLES_ROOT")}
    env["PATH"] = os.path.join(TREE, "bin") + os.pathsep + env["PATH"]
    return env


def shell(language, commands):
    """Runs commands in an example's folder of the copy."""
    return subprocess.run(
        ["sh", "-e", "-c", commands], env=environment(), text=True,
        cwd=os.path.join(TREE, "examples", language), capture_output=True,
        stdin=subprocess.DEVNULL, check=False)


def blocks(text):
    """The code blocks of a Markdown text as (language, code)."""
    return re.findall(r"^```(\w*)\n(.*?)^```$", text, re.S | re.M)


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
        ready = shell(language, LANGUAGES[language][2])
        if ready.returncode != 0:
            last = (ready.stderr or ready.stdout).strip().splitlines()[-1:]
            self.skipTest("not installed here: " + " ".join(last))
        commands = [code for kind, code in blocks(read(language, "README.md"))
                    if kind == "sh"]
        self.assertEqual(len(commands), 1, "one block of commands")
        done = shell(language, commands[0])
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        with open(os.path.join(ROOT, "tests", "expected", "report.tsv"),
                  encoding="utf-8") as f:
            self.assertEqual(done.stdout, f.read())


for name in LANGUAGES:
    setattr(Examples, "test_" + name.replace("-", "_"),
            lambda self, name=name: self.prints_the_report(name))


class Readmes(unittest.TestCase):
    def test_a_language_is_a_folder(self):
        """Every folder with a README that says "report.sql" is tested."""
        folders = {
            name for name in os.listdir(EXAMPLES)
            if os.path.exists(os.path.join(EXAMPLES, name, "README.md"))
            and "report.sql" in read(name, "README.md")
        }
        self.assertEqual(folders, set(LANGUAGES))

    def test_shown_lines_are_the_programs(self):
        """The lines that load it stand in the program, in this order."""
        for language, (program, _, _) in LANGUAGES.items():
            with self.subTest(language=language):
                shown = blocks(read(language, "README.md"))[0][1]
                lines = [s.strip() for s in read(language, program).splitlines()]
                at = 0
                for line in shown.splitlines():
                    self.assertIn(line.strip(), lines[at:])
                    at = lines.index(line.strip(), at) + 1

    def test_table(self):
        """The overview has a row for each, with the lines counted."""
        rows = re.findall(r"^\| \[[^]]*\]\((\S+)/README.md\) .*"
                          r"\| (\d+) \| (\d+) \|$", read("README.md"), re.M)
        counted = [
            (language, str(blocks(read(language, "README.md"))[0][1]
                           .count("\n")),
             str(code_lines(read(language, program), comment)))
            for language, (program, comment, _) in LANGUAGES.items()
        ]
        self.assertEqual(rows, counted)

    def test_overview_shows_the_report(self):
        """The lines that it prints are the report's first."""
        shown = next(code for kind, code in blocks(read("README.md"))
                     if kind == "")
        with open(os.path.join(ROOT, "tests", "expected", "report.tsv"),
                  encoding="utf-8") as f:
            self.assertTrue(f.read().startswith(shown))


if __name__ == "__main__":
    unittest.main()
