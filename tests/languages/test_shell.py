"""The page on the shell: every session of it gives what it shows, with the
sqlite3 shell and with sqlite-utils; and what sqlpkg gets."""

import hashlib
import json
import os
import re
import shutil
import sqlite3
import tarfile
import unittest

from languages import (BUILD, EXAMPLES, ROOT, SO, blocks, environment, fresh,
                       get, link, output, read, run)

VENV = os.path.join(BUILD, "venv")


def sessions():
    """The commands of the page with what each prints, session by session."""
    for session in blocks(read("examples/shell/README.md"), "console"):
        yield [part.partition("\n")[::2]
               for part in re.split(r"^\$ ", session, flags=re.M)[1:]]


class Page(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = fresh("shell")
        link(EXAMPLES, os.path.join(cls.folder, "examples"))
        shutil.copy(SO, os.path.join(cls.folder, "cables.so"))
        cls.env = environment(HOME=cls.folder)
        cls.env["PATH"] = os.pathsep.join(
            [os.path.join(VENV, "bin"), cls.env["PATH"]])

    def check(self, *wanted):
        """Runs the sessions whose commands start with `wanted`."""
        checked = 0
        for session in sessions():
            if not session[0][0].startswith(wanted):
                continue
            for command, shows in session:
                done = run(command, self.folder, env=self.env)
                self.assertEqual((done.stdout, done.stderr), (shows, ""),
                                 command)
                checked += 1
        return checked

    def test_sqlite3(self):
        self.assertEqual(self.check("sqlite3", "printf"), 4)

    def test_sqlite_utils(self):
        python = os.path.join(VENV, "bin", "python")
        if not os.path.exists(python):
            get(["python3", "-m", "venv", VENV])
        get([python, "-m", "pip", "install", "--quiet", "sqlite-utils"])
        self.assertEqual(self.check("sqlite-utils"), 4)

    def test_sqliterc(self):
        """With its line in .sqliterc the shell has it from the start.  The
        shell asks the system for the home folder: the file is named here."""
        (line,) = blocks(read("examples/shell/README.md"), "")
        output(["make", "-s", "install", f"DESTDIR={self.folder}"])
        self.assertTrue(line.startswith(".load /usr/local/"))
        path = os.path.join(self.folder, ".sqliterc")
        with open(path, "w", encoding="utf-8") as f:
            command, where = line.split()
            f.write(f'{command} "{self.folder}{where}"\n')
        told = output(["sqlite3", "-batch", "-init", path, ":memory:",
                       "SELECT refid_year('06MOSCOW3687')"], env=self.env)
        self.assertEqual(told, "2006\n")


class Sqlpkg(unittest.TestCase):
    def setUp(self):
        output("make sqlpkg")
        self.folder = os.path.join(ROOT, "build", "sqlpkg")
        with open(os.path.join(self.folder, "sqlpkg.json"),
                  encoding="utf-8") as f:
            self.described = json.load(f)
        self.db = sqlite3.connect(":memory:")
        self.addCleanup(self.db.close)
        self.db.enable_load_extension(True)
        self.db.load_extension(SO)

    def test_description(self):
        """The version is the extension's, the symbols are there."""
        (version,), = self.db.execute("SELECT cables_version()")
        self.assertEqual(self.described["version"], version)
        known = {name for name, in self.db.execute(
            "SELECT name FROM cables_help")}
        self.assertLessEqual(set(self.described["symbols"]), known)

    def test_asset(self):
        """The file for this machine is named, whole, and holds the extension."""
        machine = {"x86_64": "amd64", "aarch64": "arm64"}.get(
            os.uname().machine)
        if machine is None:
            self.skipTest("the description names no file for this machine")
        name = self.described["assets"]["files"][f"linux-{machine}"]
        path = os.path.join(self.folder, name)
        with open(path, "rb") as f:
            digest = hashlib.sha256(f.read()).hexdigest()
        with open(os.path.join(self.folder, "checksums.txt"),
                  encoding="utf-8") as f:
            self.assertEqual(f.read(), f"{digest}  {name}\n")
        with tarfile.open(path) as packed:
            self.assertEqual(sorted(packed.getnames()),
                             ["LICENSE", "cables.so"])


if __name__ == "__main__":
    unittest.main()
