"""make install, uninstall, amalgamation and dist: what they make is complete,
and works where it is put."""

import filecmp
import os
import re
import shlex
import shutil
import subprocess
import tarfile
import unittest

import support

ROOT = support.ROOT
REPORT = os.path.join(ROOT, "examples", "report.sql")
TELEGRAMS = os.path.join(ROOT, "examples", "telegrams")
STATIC_EXAMPLE = os.path.join(ROOT, "examples", "c-static", "report.c")
LIBRARIES = ["libpcre2-8", "libxml-2.0", "libarchive"]

# What a file of ours may need of the system, by its name for the linker.
NEEDED = {"libpcre2-8.so.0", "libxml2.so.2", "libarchive.so.13", "libc.so.6",
          "ld-linux-x86-64.so.2"}


def setUpModule():
    if os.environ.get("LD_PRELOAD"):
        raise unittest.SkipTest("packages are made without sanitizers")


def run(command, **options):
    """Runs a command; gives its output, or fails with its errors."""
    done = subprocess.run(command, capture_output=True, text=True, check=False,
                          **options)
    if done.returncode != 0:
        raise AssertionError(f"{command}:\n{done.stdout}{done.stderr}")
    return done.stdout


def make(*arguments):
    """Runs make in the project's root, with the variables of the make that
    runs the tests but not with its jobs."""
    env = dict(os.environ)
    outer = env.pop("MAKEFLAGS", "").partition("-- ")[2]
    for name in ("MFLAGS", "MAKELEVEL"):
        env.pop(name, None)
    return run(["make", "-C", ROOT, *shlex.split(outer), *arguments], env=env)


def pkg_config(*arguments, env=None):
    return run(["pkg-config", *arguments], env=env).split()


def files_below(folder):
    """The files below a folder, as paths relative to it."""
    return {
        os.path.relpath(os.path.join(here, name), folder)
        for here, _, names in os.walk(folder) for name in names
    }


def compile_c(out, *arguments):
    compiler = shlex.split(os.environ.get("CC", "cc"))
    run([*compiler, "-O0", "-pthread", "-o", out, *arguments])


def exported(library):
    """The names that a shared library exports."""
    lines = run(["nm", "-D", "--defined-only", library]).splitlines()
    return {line.split()[-1] for line in lines}


def needed(library):
    """The shared libraries that a file names."""
    return set(re.findall(r"\(NEEDED\).*\[(.*)\]",
                          run(["readelf", "-d", library])))


class Case(support.Case):
    def report_of(self, *command):
        """Asserts that a program prints the report."""
        with open(REPORT, encoding="utf-8") as query:
            got = run([*command], stdin=query)
        with open(os.path.join(ROOT, "tests", "expected", "report.tsv"),
                  encoding="utf-8") as f:
            self.assertEqual(got, f.read())

    def loads(self, library):
        """Asserts that a new connection of another process can load a file
        from its place, and reads telegrams with it."""
        got = run(["sqlite3", "-batch", "-init", os.devnull, ":memory:"],
                  input=f".load '{library[:-3]}'\nSELECT count(*), max(refid)"
                        f" FROM cables('{TELEGRAMS}/state');\n")
        # Five files; the highest id is that of 10USUNNEWYORK88.txt.
        self.assertEqual(got, "5|10USUNNEWYORK88\n")


class Install(Case):
    FILES = {
        "lib/sqlite3/cables.so",
        "lib/libcables.a",
        "lib/pkgconfig/cables.pc",
        "include/cables.h",
        "share/man/man7/cables.7",
    }

    def test_stage_and_remove(self):
        """With DESTDIR everything lands below it, and goes again; what others
        put beside it stays."""
        stage = os.path.join(self.folder, "stage")
        where = [f"DESTDIR={stage}", "prefix=/usr"]
        make("install", *where)
        self.assertEqual(files_below(os.path.join(stage, "usr")), self.FILES)
        self.loads(os.path.join(stage, "usr/lib/sqlite3/cables.so"))
        with open(os.path.join(stage, "usr/lib/pkgconfig/cables.pc"),
                  encoding="utf-8") as f:
            self.assertNotIn(stage, f.read())

        self.write("stage/usr/lib/sqlite3/pcre.so", "another's")
        make("uninstall", *where)
        self.assertEqual(files_below(stage), {"usr/lib/sqlite3/pcre.so"})

    def test_another_place(self):
        """Each folder can be named by itself."""
        make("install", f"DESTDIR={self.folder}", "prefix=/opt",
             "libdir=/opt/lib/x86_64-linux-gnu", "extensiondir=/opt/sqlite")
        self.assertLessEqual(
            {"opt/sqlite/cables.so", "opt/lib/x86_64-linux-gnu/libcables.a"},
            files_below(self.folder))

    def test_program_with_pkg_config(self):
        """A program is linked with what pkg-config tells, and nothing else."""
        make("install", f"prefix={self.folder}")
        env = dict(os.environ,
                   PKG_CONFIG_PATH=os.path.join(self.folder, "lib/pkgconfig"))
        tell = lambda *a: pkg_config(*a, "cables", env=env)
        self.assertEqual(tell("--variable=extensiondir"),
                         [os.path.join(self.folder, "lib/sqlite3")])
        self.assertEqual(tell("--modversion"),
                         [self.value("SELECT cables_version()")])
        compile_c("report", STATIC_EXAMPLE, *tell("--cflags", "--libs"))
        self.report_of("./report", TELEGRAMS)

    def test_names_in_the_static_library(self):
        """It takes no name that a program may want."""
        make("static")
        lines = run(["nm", "-g", "--defined-only",
                     os.path.join(ROOT, "build/static/libcables.a")])
        names = {line.split()[-1] for line in lines.splitlines()
                 if re.match(r"[0-9a-f]+ ", line)}
        self.assertIn("sqlite3_cables_init", names)
        for name in names:
            self.assertRegex(name, r"^(sqlite3_)?cables_")


class ManualPage(Case):
    def setUp(self):
        super().setUp()
        with open(os.path.join(ROOT, "ext/package/cables.7"),
                  encoding="utf-8") as f:
            self.text = f.read()

    def test_every_table(self):
        for name in self.column(
                "SELECT name FROM cables_help WHERE kind = 'table'"):
            self.assertIn(name, self.text)

    def test_examples_run(self):
        os.chdir(ROOT)
        examples = re.findall(r"^\.EX\n(SELECT.*?)\.EE", self.text, re.S | re.M)
        self.assertEqual(len(examples), 2)
        for sql in examples:
            self.assertGreater(len(self.rows(sql)), 0)


class Libraries(Case):
    def test_what_remains(self):
        """The extension names these system libraries and no others."""
        self.assertLessEqual(needed(support.SO), NEEDED)

    def test_static_pcre2(self):
        """STATIC_PCRE2=1 puts PCRE2 into the file, and lets none of it out."""
        build = os.path.join(self.folder, "build")
        library = os.path.join(self.folder, "cables.so")
        make("all", "STATIC_PCRE2=1", f"BUILD={build}", f"SO={library}",
             "CFLAGS=-O0")
        self.assertLessEqual(needed(library), NEEDED - {"libpcre2-8.so.0"})
        self.assertEqual(exported(library), exported(support.SO))
        self.loads(library)


class Amalgamation(Case):
    def setUp(self):
        super().setUp()
        make("amalgamation", f"AMALGAMATION={self.folder}")
        self.assertEqual(files_below(self.folder), {"cables.c", "cables.h"})

    def test_extension(self):
        """One command makes the extension, without a warning."""
        compile_c("cables.so", "-Wall", "-Wextra", "-Werror", "-shared",
                  "-fPIC", "cables.c",
                  *pkg_config("--cflags", "--libs", *LIBRARIES))
        self.assertEqual(exported("./cables.so"), exported(support.SO))
        self.loads(os.path.join(self.folder, "cables.so"))

    def test_program(self):
        """One command makes a program with SQLite in it."""
        compile_c("report", "-DSQLITE_CORE", "-I.", STATIC_EXAMPLE, "cables.c",
                  "-l:libsqlite3.a", "-lm",
                  *pkg_config("--cflags", "--libs", *LIBRARIES))
        self.assertNotIn("libsqlite3.so.0", needed("./report"))
        self.report_of("./report", TELEGRAMS)

    def test_both_standards_and_compilers(self):
        """C99 without extensions, and clang where it is."""
        flags = pkg_config("--cflags", *LIBRARIES)
        for compiler in ("gcc", "clang"):
            if shutil.which(compiler):
                run([compiler, "-std=c99", "-Wall", "-Wextra", "-Wpedantic",
                     "-Werror", "-fsyntax-only", *flags, "cables.c"])


class Tarball(Case):
    def test_same_bytes_twice(self):
        inside = subprocess.run(
            ["git", "-C", ROOT, "rev-parse", "--verify", "HEAD"],
            capture_output=True, check=False)
        if inside.returncode != 0:
            self.skipTest("this is no clone: there is no commit to pack")
        version = self.value("SELECT cables_version()")
        names = []
        for name in ("first", "second"):
            names.append(f"{name}.tar.gz")
            make("dist", "TARBALL=" + os.path.join(self.folder, names[-1]))
        self.assertTrue(filecmp.cmp(*names, shallow=False))
        with tarfile.open(names[0]) as tarball:
            self.assertLessEqual(
                {f"cables-{version}/{n}"
                 for n in ("Makefile", "README.md", "LICENSE", "ext/cables.h")},
                set(tarball.getnames()))


if __name__ == "__main__":
    unittest.main()
