"""The Node package: what is installed from the packed file works with libsql,
better-sqlite3 and node:sqlite, each where it is to be had."""

import glob
import os
import re
import unittest

from languages import (BUILD, EXAMPLES, ROOT, get, output, read, run)

FOLDER = os.path.join(BUILD, "npm")
STATE = os.path.join(EXAMPLES, "telegrams", "state")
INSTALL = ("npm install --loglevel=error --no-audit --no-fund"
           " --no-package-lock --no-save")
HEADERS = "/usr/include/node/node.h"

# Prints the first and the last id of five telegrams, by the files' names.
QUERY = """
const row = db.prepare('SELECT min(refid) AS a, max(refid) AS z FROM cables(?)')
  .get(process.argv[2]);
console.log(row.a, row.z);
"""
IDS = "06STATE28841 10USUNNEWYORK88\n"

BETTER = """
const Database = require('better-sqlite3');
const cables = require('sqlite-cables');
const db = new Database(':memory:');
"""
LIBSQL = BETTER.replace("better-sqlite3", "libsql")
NODE = """
const { DatabaseSync } = require('node:sqlite');
const cables = require('sqlite-cables');
const db = new DatabaseSync(':memory:', { allowExtension: true });
"""
TELLS = "try { %s } catch (error) { console.log(error.message); }\n"
WITHOUT_FILES = ("cables.load(db, { files: false });\n"
                 + TELLS % "db.prepare(\"SELECT * FROM cables('.')\")"
                 + "console.log(Object.values(db.prepare("
                   "\"SELECT refid_serial('06MOSCOW3687')\").get()).join());")


def setUpModule():
    get("npm --version")
    if not os.path.exists(os.path.join(ROOT, "build/python-tools/ready")):
        get("make build/python-tools/ready")
    output("make npm")


def packed():
    """The path of the package that was made."""
    (path,) = glob.glob(os.path.join(ROOT, "build", "npm", "*.tgz"))
    return path


def project(name, *packages):
    """The folder of a project with these packages and the package."""
    folder = os.path.join(FOLDER, name)
    if not os.path.isdir(os.path.join(folder, "node_modules")):
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "package.json"), "w",
                  encoding="utf-8") as f:
            f.write('{"private": true}\n')
        get(f"{INSTALL} {' '.join(packages)}", folder)
    # --no-save forgets what is not asked for again.
    get(f"{INSTALL} {' '.join(packages)} '{packed()}'", folder)
    return folder


def node(folder, program, *arguments, binary="node", name="program.js", **more):
    """Runs a program in a project's folder; gives what it did."""
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as f:
        f.write(program)
    return run([binary, "--no-warnings", path, *arguments], folder, **more)


class Driver(unittest.TestCase):
    """What the tests of one driver share."""

    binary = "node"

    def says(self, program, wanted, *arguments):
        done = node(self.folder, program, *arguments, binary=self.binary)
        self.assertEqual((done.stdout, done.stderr, done.returncode),
                         (wanted, "", 0))

    def readme(self, driver="better-sqlite3"):
        """The README's program prints a row for each telegram, with its own
        driver or with another."""
        (program,) = re.findall(r"```js\n(.*?)```",
                                read("ext/package/node/README.md"), re.S)
        for word, other in (("better-sqlite3", driver), ("archive", STATE)):
            self.assertEqual(program.count(f"'{word}'"), 1)
            program = program.replace(f"'{word}'", f"'{other}'")
        done = node(self.folder, program)
        self.assertEqual(done.stderr, "")
        self.assertEqual(re.findall(r"refid: '(\w+)'", done.stdout), [
            "06STATE28841", "08STATE71204", "08USUNNEWYORK655", "09STATE40117",
            "10USUNNEWYORK88"])


class Libsql(Driver):
    @classmethod
    def setUpClass(cls):
        cls.folder = project("libsql", "libsql@0.5.29", "typescript@5",
                             "@types/node@22")

    def test_load(self):
        self.says(LIBSQL + "cables.load(db);" + QUERY, IDS, STATE)

    def test_readme(self):
        self.readme("libsql")

    def test_without_files(self):
        """It cannot, and says so instead of ending the process."""
        self.says(LIBSQL + TELLS % "cables.load(db, { files: false })",
                  "libsql cannot leave out what reads files: use"
                  " better-sqlite3\n")

    def test_as_a_module(self):
        """Named imports work."""
        done = node(self.folder,
                    "import Database from 'libsql';\n"
                    "import { load, getLoadablePath } from 'sqlite-cables';\n"
                    "const db = new Database(':memory:');\n"
                    "load(db);\n" + QUERY, STATE, name="program.mjs")
        self.assertEqual(done.stdout, IDS, done.stderr)

    def test_no_database(self):
        self.says("const cables = require('sqlite-cables');\n"
                  + TELLS % "cables.load('cables.db')",
                  "load() takes a database of better-sqlite3, libsql or"
                  " node:sqlite\n")

    def test_another_machine(self):
        """Where there is no file, the message says what to do; another file
        can be named, with its suffix or without."""
        ask = (LIBSQL + "Object.defineProperty(process, 'platform',"
               " { value: 'sunos' });\n" + TELLS %
               "console.log(cables.getLoadablePath())")
        done = node(self.folder, ask)
        self.assertRegex(done.stdout, r"^sqlite-cables has no file for sunos-"
                         r"\w+: build .* SQLITE_CABLES_PATH to its path\n$")
        for name in ("/opt/cables", "/opt/cables.so"):
            done = node(self.folder, f"process.env.SQLITE_CABLES_PATH = '{name}'"
                        + ask)
            self.assertEqual(done.stdout, "/opt/cables\n")

    def test_types(self):
        """A type checker knows what load() takes, and what it does not."""
        lines = ["import { load, getLoadablePath } from 'sqlite-cables';",
                 "import { DatabaseSync } from 'node:sqlite';",
                 "load(new DatabaseSync(':memory:', { allowExtension: true }));",
                 "load({ loadExtension(path: string) {} }, { files: false });",
                 "const path: string = getLoadablePath();",
                 "load('cables.db');",
                 "load({ loadExtension(path: string) {} }, { file: false });"]
        with open(os.path.join(self.folder, "user.ts"), "w",
                  encoding="utf-8") as f:
            f.write("\n".join(lines) + "\n")
        told = run("npx tsc --noEmit --strict --module nodenext --types node"
                   " user.ts", self.folder).stdout
        errors = re.findall(r"user\.ts\((\d+),\d+\): error", told)
        self.assertEqual(errors, ["6", "7"], told)


class Better(Driver):
    @classmethod
    def setUpClass(cls):
        if not os.environ.get("SLOW"):
            raise unittest.SkipTest("better-sqlite3 takes a minute to compile:"
                                    " make test-languages SLOW=1")
        if not os.path.exists(HEADERS):
            raise unittest.SkipTest("better-sqlite3 is compiled, and the"
                                    f" headers of Node are not here: {HEADERS}")
        os.environ.update(npm_config_nodedir="/usr",
                          npm_config_build_from_source="true")
        cls.folder = project("better", "better-sqlite3@12")

    def test_load(self):
        self.says(BETTER + "cables.load(db);" + QUERY, IDS, STATE)

    def test_without_files(self):
        self.says(BETTER + WITHOUT_FILES, "no such table: cables\n3687\n")

    def test_readme(self):
        self.readme()


class NodeSqlite(Driver):
    """With a Node that has it: this machine's, or one from the registry."""

    @classmethod
    def setUpClass(cls):
        has_it = run(["node", "-e", "require('node:sqlite').DatabaseSync"
                      ".prototype.loadExtension.name"]).returncode == 0
        cls.folder = project("node", *([] if has_it else ["node@22"]))
        if not has_it:
            cls.binary = os.path.join(cls.folder, "node_modules/.bin/node")

    def test_load(self):
        self.says(NODE + "cables.load(db);" + QUERY, IDS, STATE)

    def test_without_files(self):
        self.says(NODE + WITHOUT_FILES, "no such table: cables\n3687\n")

    def test_loading_is_off_again(self):
        self.says(NODE + "cables.load(db);\n" + TELLS % "cables.load(db)",
                  "extension loading is not allowed\n")

    def test_entry_point_passed_over(self):
        """A driver that knows no entry point is found out, and closed."""
        self.says(NODE + "const real = db.loadExtension.bind(db);\n"
                  "db.loadExtension = (path) => real(path);\n"
                  + TELLS % "cables.load(db, { files: false })"
                  + TELLS % "db.prepare('SELECT 1')",
                  "this SQLite driver cannot leave out what reads files: use a"
                  " newer one\ndatabase is not open\n")


if __name__ == "__main__":
    unittest.main()
