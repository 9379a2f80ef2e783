#!/usr/bin/env python3
"""Runs what shows that the extension can be trusted, as far as half an hour
goes, and prints one table: check, amount, result.

    run.py [--fuzz SECONDS] [--crowd SECONDS] [--load N] [CHECK]...

--fuzz is for each target, --crowd for the connections in many threads, --load
how many telegrams are read at once.  CHECK is a part of the names of those that
shall run; "make trust" builds what they need.  The exit status is 0 only if
every check that ran passed.  What a check printed is in build/trust/.
"""

import argparse
import glob
import os
import re
import subprocess
import sys
import time

ROOT = os.path.dirname(
    os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
)
OUT = os.path.join(ROOT, "build", "trust")
LIMIT = 3600  # seconds for one command
TSAN = "suppressions=tests/trust/tsan.supp die_after_fork=0"


def log_of(name):
    """Where what a check printed is kept."""
    return os.path.join(OUT, re.sub(r"\W+", "-", name) + ".log")


def run(name, command, **environment):
    """Runs a command; gives its exit status and what it printed."""
    with open(log_of(name), "w+", encoding="utf-8", errors="replace") as log:
        try:
            code = subprocess.run(
                command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log,
                stderr=subprocess.STDOUT, timeout=LIMIT, check=False,
                env=dict(os.environ, CABLES_TIMEOUT=str(LIMIT),
                         **environment)).returncode
        except subprocess.TimeoutExpired:
            code = -1
        log.seek(0)
        return code, log.read()


def tests(name, *only, target="test", flags=(), **environment):
    """Tests of the suite: their number, and whether all passed."""
    passed = failed = 0
    for part in only:
        code, text = run(name + part, ["make", "-s", target, f"ONLY={part}",
                                       *flags], **environment)
        count = re.findall(r"^(\d+) passed, (\d+) failed", text, re.M)
        passed += int(count[-1][0]) if count else 0
        failed += int(count[-1][1]) if count and code == 0 else 1
    return f"{passed} tests", failed == 0


def faults(name):
    code, text = run(name, ["build/tests/trust/sweep", "full"])
    n = sum(int(x) for x in re.findall(r"^ok .*: (\d+) faults$", text, re.M))
    queries = len(re.findall(r"^ok ", text, re.M))
    wrong = code != 0 or "not ok" in text
    return f"{n:,} faults in {queries} sweeps", not wrong and n > 0


def same(name):
    n = 20000
    amount, ok = tests(name, "test_same", CABLES_QUERIES=str(n),
                       CABLES_SEED=str(int(time.time()) // 86400))
    return f"{n:,} queries, 3 forms each", ok and amount != "0 tests"


def figures(name, pattern, *only, **options):
    """Tests that tell how much they did, after a "#"."""
    amount, ok = tests(name, *only, flags=["RUN_FLAGS=-v"], **options)
    with open(log_of(name + only[0]), encoding="utf-8") as log:
        told = re.findall(pattern, log.read(), re.M)
    return "; ".join(told) or amount, ok and bool(told)


def hosts(name):
    return figures(name, r"^ *# (\d+ (?:statements|tests) in .*)$", "sqlite",
                   target="test-hosts", CABLES_HOSTS="all")


def changing(name):
    return figures(name, r"^ *# (\d+ scans, \d+ changes, \d+ rows)",
                   "test_changing", CABLES_SCANS="1000")


def load(name, n):
    code, text = run(name, [sys.executable, "tests/trust/load.py", str(n)])
    told = re.findall(r"^ok \d+ - (\w+: .*)$", text, re.M)
    for line in told:
        print("    " + line, file=sys.stderr)
    return f"{n:,} telegrams", code == 0 and len(told) == 4


def crowd(name, program, *wrapper, rounds=20, library=(), **environment):
    code, text = run(name, [*wrapper, program, str(rounds), *library],
                     **environment)
    found = re.search(r"^ok 1 - (.*)$", text, re.M)
    ok = code == 0 and "not ok" not in text and "WARNING" not in text
    return found[1] if found else "none", ok and bool(found)


def threads(name, seconds):
    """Each connection loads the file, the last one lets it go."""
    return crowd(name, "build/tests/trust/crowd", rounds=f"{seconds}s",
                 library=["./cables.so"])


def thread_sanitizer(name):
    return crowd(name, "build/tsan/tests/trust/crowd", TSAN_OPTIONS=TSAN)


# What PCRE2 compiles to machine code looks at whole blocks, bytes behind a
# text's end included, and then forgets them: no use of what is not set is told.
MEMCHECK = ["valgrind", "-q", "--leak-check=full", "--error-exitcode=9",
            "--undef-value-errors=no"]


def valgrind(name):
    units = sorted(p for p in glob.glob(os.path.join(
        ROOT, "build/tests/unit/test_*")) if "." not in os.path.basename(p))
    _, ok = crowd(name, "build/tests/trust/crowd", *MEMCHECK, rounds=1)
    for unit in units:
        code, _ = run(name + os.path.basename(unit), [*MEMCHECK, unit])
        ok = ok and code == 0
    return f"{len(units) + 1} programs", ok and len(units) > 0


def analyzer(name):
    code, text = run(name, ["make", "-s", "analyze"])
    files = len(glob.glob(os.path.join(ROOT, "ext/**/*.c"), recursive=True))
    return f"{files} files", code == 0 and "-Wanalyzer" not in text


def fuzz_target(target, seconds):
    def check(name):
        code, text = run(name, ["sh", "tests/fuzz/run.sh", target,
                                str(seconds)])
        count = re.search(r"number_of_executed_units: (\d+)", text)
        cover = re.findall(r"cov: (\d+)", text)
        n = int(count[1]) if count else 0
        return (f"{n:,} inputs, {cover[-1] if cover else 0} edges",
                code == 0 and n > 0)
    return check


def all_checks(arguments):
    """Name of each check, and what runs it."""
    checks = [
        ("security", lambda name: tests(name, "security")),
        ("faults: memory, files, interrupts", faults),
        ("sanitizers: faults, kept inputs, threads", lambda name: tests(
            name, "trust/", "fuzz/", "test_threads", "test_security",
            target="test-sanitize")),
        ("same answer whatever the plan", same),
        ("plans of queries", lambda name: tests(name, "test_plan")),
        ("hosts: SQLite 3.31.0 to 3.54.1, libSQL", hosts),
        ("files that change while they are read", changing),
        ("load: flat memory, linear time",
         lambda name: load(name, arguments.load)),
        ("connections in many threads",
         lambda name: threads(name, arguments.crowd)),
        ("ThreadSanitizer: the same", thread_sanitizer),
        ("valgrind: no leak, no error", valgrind),
        ("gcc -fanalyzer", analyzer),
    ]
    targets = sorted(glob.glob(os.path.join(ROOT, "tests/fuzz/fuzz_*.c")))
    for path in targets:
        target = os.path.basename(path)[len("fuzz_"):-len(".c")]
        checks.append((f"fuzz {target}", fuzz_target(target, arguments.fuzz)))
    return checks


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--fuzz", type=int, default=45)
    parser.add_argument("--crowd", type=int, default=60)
    parser.add_argument("--load", type=int, default=200_000)
    parser.add_argument("checks", nargs="*")
    arguments = parser.parse_args()
    os.makedirs(OUT, exist_ok=True)
    rows, good = [("check", "amount", "result")], True
    for name, check in all_checks(arguments):
        if arguments.checks and not any(c in name for c in arguments.checks):
            continue
        print(f"... {name}", file=sys.stderr, flush=True)
        amount, ok = check(name)
        good = good and ok
        rows.append((name, amount, "passed" if ok else "FAILED"))
    widths = [max(len(row[i]) for row in rows) for i in range(3)]
    for row in rows:
        print("  ".join(x.ljust(w) for x, w in zip(row, widths)).rstrip())
    return 0 if good and len(rows) > 1 else 1


if __name__ == "__main__":
    sys.exit(main())
