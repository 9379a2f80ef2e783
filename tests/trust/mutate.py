#!/usr/bin/env python3
"""Changes comparisons of the telegram parser, one at a time, and tells whether
a test notices: the tests are worth what they catch.

    make mutation [SAMPLE=400] [SEED=1] [MUTATE=text]

SAMPLE mutants, spread over the files as the comparisons are and drawn with
SEED; 0 takes all.  MUTATE: only files with that text in their names.

What is changed in ext/telegram/*.c (not in comments, texts, or lines of the
preprocessor):

    boundary   < and <=, > and >= change places
    opposite   < becomes >=, <= becomes >, == becomes !=, and the reverse
    logic      && and || change places

The sources stay as they are: a mutant is compiled from memory.  One that does
not compile without a warning is none, and one whose machine code is that of
the original (-O2) behaves as the original: neither counts.  Nor do those of
equivalent.tsv, which a reader found to do the same; each has its reason there.

A mutant is caught when a unit test of the parser, under the sanitizers for
addresses and undefined behaviour, fails or goes on for too long; or, if none
does, a test through SQL, or the accuracy test where the shared samples are.  Prints every survivor as file:line: old -> new: line,
and the counts, also when it is stopped (Ctrl-C); the exit status is 0 if at least 90 of 100 comparisons
(boundary and opposite) were caught.

The commands come from the Makefile: CABLES_COMPILE, CABLES_LINK, CABLES_LIBS
make the extension, those with CABLES_UNIT_ the unit tests CABLES_UNITS.
"""

import argparse
import csv
import glob
import os
import random
import re
import resource
import shlex
import signal
import subprocess
import sys

ROOT = os.path.dirname(
    os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
)
FOLDER = "ext/telegram"
EQUIVALENT = "tests/trust/equivalent.tsv"
BUILD = "build/mutation"
CABLES_SO = f"{BUILD}/cables.so"
UNIT_BUILD = f"{BUILD}/unit"
PARSER_SO = f"{UNIT_BUILD}/libparser.so"
BAR = 90  # of 100

CPU_SECONDS = 20  # of a test: the slowest takes four
CLOCK_SECONDS = 300  # for one that waits for ever

# Unit tests that are slow, and the files that they look at.
ONLY_OF = {"test_declass": "declass", "test_patterns": "patterns",
           "test_carrier": "carrier"}

# Tests through SQL that look at what the parser finds.
SQL_TESTS = ["telegrams", "declass", "parsed", "children", "cite"]

BOUNDARY = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=",
            "!=": "=="}
LOGIC = {"&&": "||", "||": "&&"}
KINDS = {"boundary": BOUNDARY, "opposite": OPPOSITE, "logic": LOGIC}

# What the scanner of C steps over, and the operators that it looks for.
TOKEN = re.compile(
    r"""(?P<skip> /\*.*?\*/ | //[^\n]* | "(?:\\.|[^"\\\n])*"
          | '(?:\\.|[^'\\\n])*' | ^[ \t]*\#(?:\\\n|[^\n])*
          | -> | <<=? | >>=? )
      | (?P<operator> <=|>=|==|!=|<|>|&&|\|\| )""",
    re.VERBOSE | re.DOTALL | re.MULTILINE)
FUNCTION = re.compile(r"^\w[^;=]*?\b(\w+)\(", re.MULTILINE)


class Mutant:
    """One operator of one file, and what stands in its place."""

    def __init__(self, path, source, at, old, kind):
        self.path, self.at, self.old, self.kind = path, at, old, kind
        self.new = KINDS[kind][old]
        self.original = source
        self.source = source[:at] + self.new + source[at + len(old):]
        self.line = source.count("\n", 0, at) + 1
        self.before = source.split("\n")[self.line - 1].strip()
        self.after = self.source.split("\n")[self.line - 1].strip()
        names = FUNCTION.findall(source, 0, at)
        self.function = names[-1] if names else ""

    def key(self):
        """What equivalent.tsv knows it by: lines move, their text stays."""
        return (os.path.basename(self.path), self.function, self.before,
                self.after)

    def __str__(self):
        return (f"{self.path}:{self.line}: {self.old} -> {self.new}: "
                f"{self.before}")


def mutants_of(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as f:
        source = f.read()
    return [Mutant(path, source, found.start(), found["operator"], kind)
            for found in TOKEN.finditer(source) if found["operator"]
            for kind in KINDS if found["operator"] in KINDS[kind]]


def sample(files, size, seed):
    """Draws mutants, of each file its share, at least one; in any order, so
    that a run that is stopped has drawn as well."""
    total = sum(len(mutants) for mutants in files)
    if size <= 0 or size >= total:
        return [m for mutants in files for m in mutants]
    chance = random.Random(seed)
    drawn = []
    for mutants in files:
        share = min(len(mutants), max(1, round(size * len(mutants) / total)))
        drawn += chance.sample(mutants, share)
    chance.shuffle(drawn)
    return drawn


def known_equivalent():
    """Keys of the mutants that do the same, of equivalent.tsv."""
    with open(os.path.join(ROOT, EQUIVALENT), encoding="utf-8",
              newline="") as f:
        rows = csv.reader(f, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        return {tuple(row[:4]) for row in rows}


def limits():
    """In the child: what a test may use."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run(command, text=None, limited=False, environment=None):
    """Runs a command; gives whether it succeeded, and what it printed."""
    try:
        done = subprocess.run(
            command, cwd=ROOT, input=text or "", encoding="utf-8",
            errors="replace", stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, timeout=CLOCK_SECONDS, check=False,
            preexec_fn=limits if limited else None, env=environment)
    except subprocess.TimeoutExpired as late:
        return False, str(late)
    return done.returncode == 0, done.stdout


def words(name):
    return shlex.split(os.environ[name])


def must(command):
    ok, printed = run(command)
    if not ok:
        sys.exit(f"{shlex.join(command)}\n{printed}")


def compiles(command, path, source, out, *options):
    """Compiles a source as if it lay at path; gives whether that went without
    a warning."""
    ok, _ = run(words(command) + [
        *options, "-Werror", "-iquote", os.path.dirname(path), "-c", "-x", "c", "-o",
        out, "-"], text=source)
    return ok


def content(path):
    with open(os.path.join(ROOT, path), "rb") as f:
        return f.read()


def objects(folder, *parts):
    """The objects below a folder of build/, of those parts of the project."""
    return sorted(o for part in parts for o in glob.glob(
        f"{folder}/{part}/*.o", root_dir=ROOT))


class Workshop:
    """The objects of the whole, and how a changed one is put among them."""

    EXTENSION = f"{BUILD}/mutant.o"
    PARSER = f"{UNIT_BUILD}/mutant.o"

    def __init__(self):
        self.originals = {}  # bytes of the unchanged object of each file
        self.extension = objects(BUILD, "ext", "ext/base", "ext/source",
                                 FOLDER, "gen")
        self.parser = objects(UNIT_BUILD, "ext/base", FOLDER, "gen")

    def original(self, mutant):
        """The object of a mutant's unchanged file, compiled in the same
        way."""
        path = mutant.path
        if path not in self.originals:
            if not compiles("CABLES_COMPILE", path, mutant.original,
                            self.EXTENSION):
                sys.exit(f"{path} does not compile")
            self.originals[path] = content(self.EXTENSION)
        return self.originals[path]

    def make_parser(self, mutant):
        """Compiles a mutant for the unit tests, without optimising, which is
        quicker; gives whether it is C without a warning."""
        return compiles("CABLES_UNIT_COMPILE", mutant.path, mutant.source,
                        self.PARSER, "-O0")

    def make_extension(self, mutant):
        """Compiles it for the extension; gives whether that makes another
        program than the original."""
        original = self.original(mutant)
        return (compiles("CABLES_COMPILE", mutant.path, mutant.source,
                         self.EXTENSION)
                and content(self.EXTENSION) != original)

    def link_parser(self, mutant=None):
        """Links the library of the unit tests, with a mutant if there is one,
        which make_parser() has compiled."""
        linked = self.parser
        if mutant is not None:
            old = f"{UNIT_BUILD}/{mutant.path[:-2]}.o"
            linked = [self.PARSER if o == old else o for o in linked]
        must(words("CABLES_UNIT_LINK") + ["-shared", "-o", PARSER_SO, *linked])

    def link_extension(self, mutant=None):
        """The same for the extension and make_extension()."""
        linked = self.extension
        if mutant is not None:
            old = f"{BUILD}/{mutant.path[:-2]}.o"
            linked = [self.EXTENSION if o == old else o for o in linked]
        must(words("CABLES_LINK") + ["-shared", "-o", CABLES_SO, *linked,
                                     *words("CABLES_LIBS")])

    def link_units(self):
        """Links the unit tests of the parser, once: each takes the parser from
        the library; gives their paths."""
        folder = f"{UNIT_BUILD}/tests/unit"
        helpers = [o for o in objects(folder, "")
                   if not os.path.basename(o).startswith("test_")]
        programs = [f"{folder}/{name}" for name in words("CABLES_UNITS")]
        for program in programs:
            must(words("CABLES_UNIT_LINK") + [
                "-rdynamic", f"-Wl,-rpath,{os.path.join(ROOT, UNIT_BUILD)}",
                "-o", program, program + ".o", *helpers, PARSER_SO,
                *words("CABLES_UNIT_LIBS")])
        return programs


class Tests:
    """The tests, and which of them have caught what."""

    def __init__(self, units):
        tests_run = [sys.executable, "tests/run"]
        self.units = {u: [u] for u in units}
        self.sql = {t: [*tests_run, f"tests/sql/test_{t}.py"]
                    for t in SQL_TESTS}
        shared = os.path.abspath(os.environ.get("CABLES_SHARED")
                                 or os.path.join(ROOT, "..", "shared"))
        self.environment = dict(
            os.environ, CABLES_SO=os.path.join(ROOT, CABLES_SO),
            CABLES_SHARED=shared)
        if os.path.isdir(shared):
            self.sql["accuracy"] = [sys.executable, "tests/accuracy/run.py"]
        self.equivalent = known_equivalent()
        self.catches = {}  # (file, test): how many

    def passes(self, command):
        return run(command, limited=True, environment=self.environment)[0]

    def catcher(self, tests, path):
        """The first test that fails, those first that caught most of this
        file, and of all; or None."""
        stem = os.path.basename(path)[:-2]

        def promise(test):
            return (-self.catches.get((path, test), 0),
                    not test.endswith("test_" + stem),
                    -self.catches.get(test, 0))

        for test in sorted(tests, key=promise):
            if not stem.startswith(ONLY_OF.get(os.path.basename(test), "")):
                continue
            if not self.passes(tests[test]):
                for key in ((path, test), test):
                    self.catches[key] = self.catches.get(key, 0) + 1
                return test
        return None

    def check_original(self):
        """Without a mutant everything has to pass, or all would be caught."""
        for test, command in [*self.units.items(), *self.sql.items()]:
            if not self.passes(command):
                sys.exit(f"{test} fails without a mutant")


def judge(workshop, tests, mutant, count):
    """Tests a mutant, if it is one, and tells of it when it survives."""
    if mutant.key() in tests.equivalent or not workshop.make_parser(mutant):
        return
    workshop.link_parser(mutant)
    caught = tests.catcher(tests.units, mutant.path)
    if caught is None:
        if not workshop.make_extension(mutant):
            return
        workshop.link_extension(mutant)
        caught = tests.catcher(tests.sql, mutant.path)
    count.add(mutant.kind, caught is not None)
    if caught is None:
        print(f"survived {mutant}", flush=True)


class Count:
    """Mutants of each kind: caught and all."""

    def __init__(self):
        self.kinds = {kind: [0, 0] for kind in KINDS}

    def add(self, kind, caught):
        self.kinds[kind][0] += caught
        self.kinds[kind][1] += 1

    def total(self, kinds=tuple(KINDS)):
        return sum(self.kinds[k][1] for k in kinds)

    def line(self, label, kinds):
        caught, total = sum(self.kinds[k][0] for k in kinds), self.total(kinds)
        share = 100 * caught / total if total else 0.0
        print(f"{label:<12} {caught:5} of {total:5} caught, "
              f"{share:.1f} in 100")
        return total > 0 and share >= BAR

    def report(self):
        """Prints the table; gives whether comparisons meet the bar."""
        for kind in KINDS:
            self.line(kind, [kind])
        self.line("all", list(KINDS))
        return self.line("comparisons", ["boundary", "opposite"])


def main():
    parser = argparse.ArgumentParser(
        usage=__doc__.partition("\n\n")[2])
    parser.add_argument("--sample", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--file", default="")
    arguments = parser.parse_args()
    paths = sorted(p for p in glob.glob(f"{FOLDER}/*.c", root_dir=ROOT)
                   if arguments.file in p)
    chosen = sample([mutants_of(p) for p in paths], arguments.sample,
                    arguments.seed)
    workshop = Workshop()
    workshop.link_parser()
    workshop.link_extension()
    tests = Tests(workshop.link_units())
    tests.check_original()

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    drawn, count = 0, Count()
    try:
        for drawn, mutant in enumerate(chosen, 1):
            judge(workshop, tests, mutant, count)
    except KeyboardInterrupt:
        drawn -= 1
    print(f"{drawn} of {len(chosen)} drawn with seed {arguments.seed}; "
          f"{drawn - count.total()} do not compile or do the same")
    return 0 if count.report() else 1


if __name__ == "__main__":
    sys.exit(main())
