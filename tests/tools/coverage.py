#!/usr/bin/env python3
"""How much of ext/ the tests run, in lines and branches:

    coverage.py BUILD

BUILD holds objects that were compiled with --coverage and were run.  Prints one
line a folder, then each line with a branch that was never taken, in files of
ext/ alone.  Branches of a line are counted as gcov counts them.
"""

import glob
import gzip
import json
import os
import subprocess
import sys
import tempfile

FOLDERS = ("ext/telegram/", "ext/source/", "ext/base/", "ext/")


def folder_of(path):
    return next(f for f in FOLDERS if path.startswith(f))


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
                    if file["file"].startswith("ext/"):
                        add(found.setdefault(file["file"], {}), file["lines"])
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


def main():
    found = read(sys.argv[1])
    print(f"{'folder':14} {'lines':>14} {'branches':>16}")
    for folder in FOLDERS:
        lines = [v for path, all_lines in found.items()
                 if folder_of(path) == folder for v in all_lines.values()]
        run = sum(1 for n, _ in lines if n > 0)
        branches = [b for _, bs in lines for b in bs]
        print(f"{folder:14} {run:5} of {len(lines):5} "
              f"{sum(branches):6} of {len(branches):6}"
              f"  {100 * sum(branches) / max(1, len(branches)):5.1f} in 100")
    for path in sorted(found):
        for number, (n, branches) in sorted(found[path].items()):
            if n == 0 or not all(branches):
                missing = branches.count(False)
                print(f"{path}:{number}: " + (
                    "never run" if n == 0 else f"{missing} of "
                    f"{len(branches)} branches never taken"))


if __name__ == "__main__":
    main()
