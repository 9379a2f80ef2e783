"""The Python package: the wheel is what its name says, and what is installed
from it works with sqlite3, apsw and SQLAlchemy."""

import glob
import os
import re
import subprocess
import unittest
import zipfile

from languages import (BUILD, EXAMPLES, ROOT, blocks, get, output, read, run)

VENV = os.path.join(BUILD, "venv")
PYTHON = os.path.join(VENV, "bin", "python")
STATE = os.path.join(EXAMPLES, "telegrams", "state")
NEEDS = ["apsw", "sqlalchemy", "pandas", "polars", "mypy"]

# The five files of examples/telegrams/state, by their names.
STATE_IDS = ["06STATE28841", "08STATE71204", "08USUNNEWYORK655",
             "09STATE40117", "10USUNNEWYORK88"]


def setUpModule():
    if not os.path.exists(PYTHON):
        get(["python3", "-m", "venv", VENV])
    get([PYTHON, "-m", "pip", "install", "--quiet", *NEEDS])
    if not os.path.exists(os.path.join(ROOT, "build/python-tools/ready")):
        get("make build/python-tools/ready")
    output("make wheel")
    output([PYTHON, "-m", "pip", "install", "--quiet", "--force-reinstall",
            "--no-deps", wheel()])


def wheel():
    """The path of the only wheel that was made."""
    (path,) = glob.glob(os.path.join(ROOT, "build", "wheel", "*.whl"))
    return path


def python(program, *arguments):
    """What a Python program prints with the package installed."""
    return output([PYTHON, "-c", program, *arguments])


class Wheel(unittest.TestCase):
    def test_name(self):
        """It is for any Python 3 on this machine's kind of Linux."""
        self.assertRegex(
            os.path.basename(wheel()),
            rf"^sqlite_cables-[\d.]+-py3-none-manylinux_2_\d+"
            rf"_{os.uname().machine}\.whl$")

    def test_auditwheel_agrees(self):
        """auditwheel finds the tag that the name has."""
        tag = wheel().rpartition("-")[2].removesuffix(".whl")
        told = output([os.path.join(ROOT, "build/python-tools/bin/auditwheel"),
                       "show", wheel()])
        self.assertIn(f'platform tag: "{tag}"', " ".join(told.split()))

    def test_contents(self):
        """The module, the extension, the licence, and libraries."""
        with zipfile.ZipFile(wheel()) as archive:
            names = [n for n in archive.namelist() if not n.endswith("/")]
        module = {n for n in names if n.startswith("sqlite_cables/")}
        self.assertEqual(module, {
            "sqlite_cables/__init__.py", "sqlite_cables/__main__.py",
            "sqlite_cables/cables.so", "sqlite_cables/py.typed"})
        self.assertTrue(any(n.endswith("/licenses/LICENSE") for n in names))
        libraries = {re.match(r"sqlite_cables\.libs/lib(\w+)", n)[1]
                     for n in names if n.startswith("sqlite_cables.libs/")}
        self.assertLessEqual({"archive", "pcre2", "xml2"}, libraries)

    def test_sources_come_along(self):
        """The archive of sources has all that compiles it."""
        (path,) = glob.glob(os.path.join(ROOT, "build", "wheel", "*.tar.gz"))
        names = output(["tar", "-tzf", path]).split()
        for name in ("cables.c", "cables.h", "setup.py", "pyproject.toml",
                     "LICENSE"):
            self.assertIn(name, [os.path.basename(n) for n in names])

    def test_version(self):
        """The package's version is the extension's."""
        told = python("import sqlite3, sqlite_cables, importlib.metadata as m\n"
                      "db = sqlite3.connect(':memory:')\n"
                      "sqlite_cables.load(db)\n"
                      "print(m.version('sqlite-cables'))\n"
                      "print(*db.execute('SELECT cables_version()').fetchone())")
        self.assertEqual(*told.split())


class Load(unittest.TestCase):
    def test_sqlite3(self):
        told = python(
            "import sqlite3, sqlite_cables, sys\n"
            "db = sqlite3.connect(':memory:')\n"
            "sqlite_cables.load(db)\n"
            "for row in db.execute('SELECT refid FROM cables(?)',"
            " sys.argv[1:]): print(*row)", STATE)
        self.assertEqual(told.split(), STATE_IDS)

    def test_apsw(self):
        told = python(
            "import apsw, sqlite_cables, sys\n"
            "db = apsw.Connection(':memory:')\n"
            "sqlite_cables.load(db)\n"
            "for row in db.execute('SELECT refid FROM cables(?)',"
            " sys.argv[1:]): print(*row)", STATE)
        self.assertEqual(told.split(), STATE_IDS)

    def test_sqlalchemy(self):
        """Two connections at once, both new, both have it."""
        told = python(
            "import sqlalchemy, sqlite_cables, sys\n"
            "engine = sqlalchemy.create_engine('sqlite:///' + sys.argv[2])\n"
            "sqlite_cables.load(engine)\n"
            "query = sqlalchemy.text('SELECT max(refid) FROM cables(:f)')\n"
            "with engine.connect() as one, engine.connect() as two:\n"
            "    for each in one, two:\n"
            "        print(each.execute(query, {'f': sys.argv[1]}).scalar())",
            STATE, os.path.join(BUILD, "alchemy.db"))
        self.assertEqual(told.split(), [STATE_IDS[-1]] * 2)

    def test_without_files(self):
        """What reads files is left out, parsers stay."""
        for module in ("sqlite3", "apsw"):
            told = python(
                f"import {module}, sqlite_cables\n"
                + ("db = sqlite3.connect(':memory:')\n" if module == "sqlite3"
                   else "db = apsw.Connection(':memory:')\n")
                + "sqlite_cables.load(db, files=False)\n"
                "print(*db.execute(\"SELECT refid_serial('06MOSCOW3687')\")"
                ".fetchone())\n"
                "try: db.execute(\"SELECT * FROM cables('.')\")\n"
                f"except {module}.Error as e: print(e)")
            self.assertRegex(
                told, r"^3687\n(SQLError: )?no such table: cables\n$")

    def test_loading_is_off_again(self):
        told = python(
            "import sqlite3, sqlite_cables\n"
            "db = sqlite3.connect(':memory:')\n"
            "sqlite_cables.load(db)\n"
            "try: db.execute(\"SELECT load_extension('x')\")\n"
            "except sqlite3.Error as e: print(e)")
        self.assertEqual(told, "not authorized\n")

    def test_no_connection(self):
        told = run([PYTHON, "-c", "import sqlite_cables\n"
                                  "sqlite_cables.load('cables.db')"]).stderr
        self.assertIn("TypeError: load() takes a connection", told)

    def test_path_for_others(self):
        """The sqlite3 shell loads the file from the path that it tells."""
        path = python("import sqlite_cables\n"
                      "print(sqlite_cables.loadable_path())").strip()
        done = subprocess.run(
            ["sqlite3", "-batch", "-init", os.devnull, ":memory:"],
            input=f".load '{path}'\nSELECT refid_year('06MOSCOW3687');\n",
            capture_output=True, text=True, check=False)
        self.assertEqual((done.stdout, done.stderr), ("2006\n", ""))

    def test_two_libraries_in_one_process(self):
        """The second library is refused in plain words: nothing crashes."""
        told = run([PYTHON, "-c",
                    "import sqlite3, apsw, sqlite_cables\n"
                    "sqlite_cables.load(sqlite3.connect(':memory:'))\n"
                    "sqlite_cables.load(apsw.Connection(':memory:'))"])
        self.assertEqual(told.returncode, 1)
        self.assertIn("another SQLite library of this process has loaded this"
                      " file", told.stderr)


class NoLoading(unittest.TestCase):
    """A Python whose sqlite3 cannot load extensions."""

    def ways_out(self, text):
        self.assertIn("built without extension loading", text)
        for number, way in enumerate(("a Python that has it", "apsw",
                                      "pysqlite3-binary"), 1):
            self.assertRegex(text, rf"  {number}\. .*{way}")

    def test_message(self):
        """A stand-in for its connection, as it lacks the one method."""
        told = run([PYTHON, "-c",
                    "import sqlite_cables\n"
                    "class Connection:\n"
                    "    def execute(self): pass\n"
                    "    def cursor(self): pass\n"
                    "sqlite_cables.load(Connection())"]).stderr
        self.assertIn("RuntimeError", told)
        self.ways_out(told)

    def test_real(self):
        """One that is installed here, where there is one."""
        for folder in os.environ["PATH"].split(os.pathsep):
            path = os.path.join(folder, "python3")
            if os.path.exists(path) and run([
                    path, "-c", "import sqlite3, sys\n"
                    "sys.exit(hasattr(sqlite3.Connection,"
                    " 'enable_load_extension'))"]).returncode == 0:
                break
        else:
            self.skipTest("every Python here can load extensions")
        (site,) = glob.glob(os.path.join(VENV, "lib", "python3*",
                                         "site-packages"))
        done = run([path, "-c", "import sys\n"
                    f"sys.path.append({site!r})\n"
                    "from sqlite_cables.__main__ import main\n"
                    "sys.exit(main())"])
        self.assertEqual(done.returncode, 1)
        self.ways_out(done.stderr)


class Documented(unittest.TestCase):
    def test_readme(self):
        """The session of the README gives what it shows."""
        (session,) = blocks(read("ext/package/python/README.md"), "python")
        told = output([PYTHON, "-c",
                       "import doctest, sys\n"
                       "test = doctest.DocTestParser().get_doctest("
                       "sys.argv[1], {}, 'README', None, 0)\n"
                       "print(doctest.DocTestRunner().run(test))", session])
        self.assertEqual(told, "TestResults(failed=0, attempted=5)\n")

    def test_doctor(self):
        told = output([PYTHON, "-m", "sqlite_cables"])
        self.assertRegex(told, r"extension: /.*/sqlite_cables/cables\.so\n")
        self.assertIn("\ncables ", told)

    def test_frames(self):
        """Years counted by the names of the files, markings in 10LIMA147."""
        told = output([PYTHON, os.path.join(EXAMPLES, "python", "frames.py"),
                       os.path.join(EXAMPLES, "telegrams")])
        lines = [line.split() for line in told.splitlines()]
        self.assertEqual(lines, [
            ["created"], ["2001", "1"], ["2002", "1"], ["2003", "1"],
            ["2005", "1"], ["2006", "3"], ["2007", "3"], ["2008", "7"],
            ["2009", "4"], ["2010", "2"], ["SBU", "1"], ["C", "2"],
            ["C/NF", "4"]])

    def test_types(self):
        """A type checker knows what load() takes, and what it does not."""
        folder = os.path.join(BUILD, "types")
        os.makedirs(folder, exist_ok=True)
        lines = ["import sqlite3, apsw, sqlalchemy, sqlite_cables",
                 "sqlite_cables.load(sqlite3.connect(''))",
                 "sqlite_cables.load(apsw.Connection(''), files=False)",
                 "sqlite_cables.load(sqlalchemy.create_engine('sqlite://'))",
                 "path: str = sqlite_cables.loadable_path()",
                 "sqlite_cables.load(5)"]
        with open(os.path.join(folder, "user.py"), "w", encoding="utf-8") as f:
            f.write("\n".join(lines) + "\n")
        told = run([PYTHON, "-m", "mypy", "--strict", "user.py"], folder).stdout
        errors = re.findall(r"^user\.py:(\d+): error: .*\[(.*)\]", told, re.M)
        self.assertEqual(errors, [("6", "arg-type")], told)


if __name__ == "__main__":
    unittest.main()
