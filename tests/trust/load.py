#!/usr/bin/env python3
"""A million telegrams in one tar file: read whole, and made into an archive.

    load.py [N]

does it with N / 10 and with N, 1,000,000 if not given: the counts are exact, the
peak memory is the same, and so is the time of the processor for each telegram.
Tells TAP lines.  What it writes, about 8 KB a telegram, lies in
build/trust/load-N and is removed.
"""

import os
import shutil
import subprocess
import sys
import tarfile

ROOT = os.path.dirname(
    os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
)
sys.path.insert(0, os.path.join(ROOT, "tests", "bench"))

import generate  # noqa: E402  (of tests/bench)

# Short telegrams: it is their number that is tried here.
MEDIAN, LONGEST = 1200, 8000
MORE_MEMORY = 1.2  # of that for a tenth, and this many bytes
MORE_BYTES = 8 << 20
MORE_TIME = 1.3  # for a telegram, of that for a tenth
SHELL = ["sqlite3", "-batch", "-bail", "-init", "/dev/null"]
SUMS = ("count(*), count(DISTINCT refid), sum(refid_serial(refid)), "
        "sum(length(subject))")
ALL = ("SELECT count(*), sum(refid_serial(refid)), sum(length(subject)), "
       "count(body), sum(paragraphs IS NULL), "
       "total(anomalies LIKE '%read%' OR anomalies LIKE '%cut%') "
       "FROM cables('{}')")


def write(n, path):
    """Writes n telegrams into a tar file; gives the sums of their serial
    numbers and of the lengths of their subjects, which are all different."""
    generate.MEDIAN, generate.LONGEST = MEDIAN, LONGEST
    serials = lengths = 0
    with open(path, "wb") as f:
        for t in generate.telegrams(n, n):
            text = (t.header + t.body).encode()
            info = tarfile.TarInfo(t.path)
            info.size = len(text)
            f.write(info.tobuf())
            f.write(text + bytes(-len(text) % 512))
            serials += t.serial
            lengths += len(t.subject)
        f.write(bytes(1024))
    return serials, lengths


def write_apart(n, path):
    """The same in a process of its own: the peak memory of who starts a command
    counts as the command's."""
    out = subprocess.run([sys.executable, __file__, "--write", str(n), path],
                         stdout=subprocess.PIPE, text=True, check=True).stdout
    return [int(x) for x in out.split()]


def run(*command):
    """Runs a command; gives what it prints, its peak memory in bytes, and its
    seconds of the processor.  Those of its children are among them."""
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE,
                          stdin=subprocess.DEVNULL, text=True) as process:
        out = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"Bail out! {command[0]} gave exit status "
                         f"{process.returncode}: {out}")
    return out, used.ru_maxrss * 1024, used.ru_utime + used.ru_stime


class Tap:
    """Results, numbered."""

    def __init__(self):
        self.told = self.failed = 0

    def tell(self, ok, name):
        self.told += 1
        self.failed += not ok
        print(f"{'ok' if ok else 'not ok'} {self.told} - {name}", flush=True)


def measure(n, folder, tap):
    """Reads n telegrams both ways; gives the memory and the time of each."""
    source = os.path.join(folder, f"{n}.tar")
    out = os.path.join(folder, f"{n}.db")
    serials, lengths = write_apart(n, source)
    scan, *scanned = run(*SHELL, ":memory:", ".load ./cables",
                         ALL.format(source))
    tap.tell(scan == f"{n}|{serials}|{lengths}|{n}|0|0.0\n",
             f"scan of {n:,}: {scan.strip()}")
    made, *built = run("make", "-s", "archive", f"SOURCE={source}",
                       f"OUT={out}")
    tap.tell(made.startswith(f"{n} telegrams from 1 files;"),
             f"archive of {n:,}: {made.strip()}")
    held, *_ = run(*SHELL, out, ".load ./cables",
                   f"SELECT {SUMS} FROM cable", "PRAGMA quick_check")
    tap.tell(held == f"{n}|{n}|{serials}|{lengths}\nok\n",
             f"it holds {held.split()[0]}")
    os.remove(source)
    os.remove(out)
    return {"scan": scanned, "archive": built}


def main():
    if sys.argv[1:2] == ["--write"]:
        print(*write(int(sys.argv[2]), sys.argv[3]))
        return 0
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    folder = os.path.join(ROOT, "build", "trust", f"load-{n}")
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    tap = Tap()
    try:
        few, many = measure(n // 10, folder, tap), measure(n, folder, tap)
    finally:
        shutil.rmtree(folder)
    for what in few:
        (memory, seconds), (peak, time) = few[what], many[what]
        tap.tell(peak <= memory * MORE_MEMORY + MORE_BYTES,
                 f"{what}: peak memory {memory / 1e6:.0f} MB with {n // 10:,}, "
                 f"{peak / 1e6:.0f} MB with {n:,}")
        one, other = seconds / (n // 10) * 1e6, time / n * 1e6
        tap.tell(other <= one * MORE_TIME,
                 f"{what}: {one:.0f} us a telegram with {n // 10:,}, "
                 f"{other:.0f} us with {n:,}")
    print(f"1..{tap.told}")
    return 0 if tap.failed == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
