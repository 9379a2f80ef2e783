#!/usr/bin/env python3
"""What the job costs against one process that reads the same rows.

    cost.py SOURCE [--library cables.so] [--master MASTER]

Prints for each the seconds of processor time that all its processes took, the
highest sum of their memory, and for Spark the bytes of the tables.  Processor
time, since a clock measures what else the machine does.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TICK = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")

ONE_PROCESS = """
import sys
sys.path.insert(0, sys.argv[3])
import job
conn = job.connect(sys.argv[2])
conn.execute("SELECT cables_config('threads', 1)")
print(sum(1 for row in conn.execute(job.QUERY, (sys.argv[1],))), "telegrams")
"""


class Meter(threading.Thread):
    """Adds up what the processes of a session (setsid) use while it lasts."""

    def __init__(self, leader):
        super().__init__(daemon=True)
        self.leader = leader
        self.seconds = {}  # processor time of each process seen
        self.memory = 0  # the highest sum of resident memory, in bytes
        self.done = False

    def run(self):
        while not self.done:
            self.look()
            time.sleep(0.5)

    def look(self):
        memory = 0
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{pid}/stat", encoding="utf-8") as f:
                    fields = f.read().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == self.leader:
                self.seconds[pid] = (int(fields[11]) + int(fields[12])) / TICK
                memory += int(fields[21]) * PAGE
        self.memory = max(self.memory, memory)


def measure(name, command):
    """Runs a command, and prints what it used."""
    process = subprocess.Popen(command, start_new_session=True,
                               stderr=subprocess.DEVNULL)
    meter = Meter(process.pid)
    meter.start()
    status = process.wait()
    meter.done = True
    meter.join()
    if status:
        sys.exit(f"{name}: exit status {status}")
    print(f"{name}: {sum(meter.seconds.values()):.0f} s of processor time,"
          f" {meter.memory / 1e6:.0f} MB of memory", flush=True)


def size(folder):
    """Bytes of all files below a folder."""
    return sum(os.path.getsize(os.path.join(top, name))
               for top, _, names in os.walk(folder) for name in names)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("source")
    parser.add_argument("--library", default="cables.so")
    parser.add_argument("--master", default="local-cluster[2,1,1024]")
    args = parser.parse_args()
    measure("one process", [sys.executable, "-c", ONE_PROCESS, args.source,
                            os.path.abspath(args.library), HERE])
    with tempfile.TemporaryDirectory(prefix="cables-spark-") as out:
        measure("Spark", [sys.executable, os.path.join(HERE, "job.py"),
                          args.source, "--out", out, "--master", args.master,
                          "--library", args.library])
        for table in sorted(os.listdir(out)):
            print(f"{table}: {size(os.path.join(out, table)) / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
