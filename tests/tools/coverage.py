#!/usr/bin/env python3
"""How much of ext/ the tests run, in lines and branches:

    coverage.py BUILD

BUILD holds objects that were compiled with --coverage and were run.  Prints one
line a folder, then each line with a branch that was never taken and for which
tests/coverage.tsv gives no reason: of each such line it has the file, the text
and why no test takes all of its branches.  Fails when a folder has fewer
branches taken or explained than its bar, and when tests/coverage.tsv explains
what is not there, or is taken; a reason that begins with "sometimes:" is of a
branch that is taken by chance, or on other machines.  Branches of a line are
counted as gcov counts them; those of a function in a header in all the files
that have it.
"""

import csv
import glob
import gzip
import json
import os
import subprocess
import sys
import tempfile

BARS = {"ext/telegram/": 100, "ext/source/": 95, "ext/base/": 95, "ext/": 96}
REASONS = os.path.join(os.path.dirname(__file__), "..", "coverage.tsv")


def folder_of(path):
    return next(f for f in BARS if path.startswith(f))


def read(build):
    """File -> line -> [times run, branches taken, branches]."""
    found = {}
    data = [os.path.abspath(p) for p in glob.glob(
        os.path.join(build, "ext", "**", "*.gcda"), recursive=True)]
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run(["gcov", "--json-format", "--branch-probabilities",
                        *data], cwd=scratch, check=True, capture_output=True)
        for path in glob.glob(os.path.join(scratch, "*.gz")):
            with gzip.open(path) as f:
                for file in json.load(f)["files"]:
                    name = os.path.normpath(file["file"])
                    if name.startswith("ext/"):
                        add(found.setdefault(name, {}), file["lines"])
    return found


def add(lines, more):
    for line in more:
        taken = [b["count"] > 0 for b in line["branches"]]
        old = lines.setdefault(line["line_number"], [0, []])
        old[0] += line["count"]
        if len(old[1]) == len(taken):
            old[1] = [a or b for a, b in zip(old[1], taken)]
        else:
            old[1] += taken


def explained():
    """(file, text of a line) -> reason."""
    with open(REASONS, encoding="utf-8", newline="") as f:
        rows = list(csv.reader(f, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {(file, text): reason for file, text, reason in rows[1:]}


def is_optional(key, reason, found):
    """Whether the line is there, and its branches may be taken."""
    path, text = key
    if path not in found or not reason.startswith("sometimes:"):
        return False
    with open(path, encoding="utf-8") as f:
        return text in (line.strip() for line in f)


def missing(found):
    """(file, line number, text, what is missing) of each line with any."""
    for path in sorted(found):
        with open(path, encoding="utf-8") as f:
            source = f.read().split("\n")
        for number, (n, branches) in sorted(found[path].items()):
            if n == 0 or not all(branches):
                what = "never run" if n == 0 else (
                    f"{branches.count(False)} of {len(branches)} branches "
                    "never taken")
                yield path, number, source[number - 1].strip(), what


def main():
    found = read(sys.argv[1])
    reasons = explained()
    lacking = list(missing(found))
    excused = {path: set() for path in found}
    for path, number, text, _ in lacking:
        if (path, text) in reasons:
            excused[path].add(number)
    good = True
    print(f"{'folder':14} {'lines':>14} {'branches':>16} {'explained':>22}")
    for folder, bar in BARS.items():
        lines = [(n, bs, number in excused[path])
                 for path, all_lines in found.items()
                 if folder_of(path) == folder
                 for number, (n, bs) in all_lines.items()]
        run = sum(1 for n, _, _ in lines if n > 0)
        total = max(1, sum(len(bs) for _, bs, _ in lines))
        taken = sum(sum(bs) for _, bs, _ in lines)
        why = sum(bs.count(False) for _, bs, listed in lines if listed)
        enough = 100 * (taken + why) >= bar * total
        good = good and enough
        print(f"{folder:14} {run:5} of {len(lines):5} {taken:6} of {total:6}"
              f"  {100 * taken / total:5.1f} in 100 {why:5}"
              f"  {100 * (taken + why) / total:5.1f} in 100, bar {bar}"
              + ("" if enough else ": below"))
    for path, number, text, what in lacking:
        if number not in excused[path]:
            print(f"{path}:{number}: {what}: {text}")
    listed = {key for key, why in reasons.items()
              if not is_optional(key, why, found)}
    for path, text in sorted(listed - {(p, t) for p, _, t, _ in lacking}):
        good = False
        print(f"tests/coverage.tsv: {path} has no such line, or all of it is "
              f"taken: {text}")
    if not good:
        sys.exit("coverage: below a bar, or tests/coverage.tsv is not up to "
                 "date")


if __name__ == "__main__":
    main()
