"""What the tests of hosts share: folders, commands, free ports, sessions of a
README."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "sql"))

import support  # noqa: E402  (of tests/sql)

ROOT = support.ROOT
SO = support.SO


def free_port():
    """A TCP port of this machine that nobody listens on."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def environment(**more):
    """The environment for a command: not that of make around the tests."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("MAKE")}
    env.pop("CABLES_ROOT", None)
    env["CABLES_SO"] = SO
    env.update(more)
    return env


def run(*command, **options):
    """Runs a command to its end; an error of it is an error of the test."""
    options.setdefault("env", environment())
    done = subprocess.run(command, text=True, capture_output=True,
                          check=False, **options)
    if done.returncode:
        raise AssertionError(
            f"{' '.join(command)}: exit status {done.returncode}\n"
            f"{done.stdout[-4000:]}{done.stderr[-4000:]}")
    return done.stdout


def wait_for(ready, process=None, seconds=60):
    """Waits until ready() gives a true value, and gives it."""
    for _ in range(seconds * 10):
        found = ready()
        if found:
            return found
        if process is not None and process.poll() is not None:
            raise AssertionError(f"ended with status {process.returncode}")
        time.sleep(0.1)
    raise AssertionError(f"not ready after {seconds} seconds")


def make_archive(source, out):
    """An archive as sql/README.md makes it: make archive."""
    run("make", "-C", ROOT, "--no-print-directory", "-o", "cables.so",
        "archive", f"SOURCE={source}", f"OUT={out}")


def copy_project(folder):
    """A folder in which the commands of a README run as in a clone."""
    for name in ("examples", "sql"):
        shutil.copytree(os.path.join(ROOT, name), os.path.join(folder, name))
    shutil.copy(SO, os.path.join(folder, "cables.so"))


def session(path):
    """The commands of a README, each with the lines that it prints."""
    with open(path, encoding="utf-8") as f:
        text = f.read()
    for block in re.findall(r"```console\n(.*?)```", text, re.S):
        for part in ("\n" + block).split("\n$ ")[1:]:
            lines = part.rstrip("\n").split("\n")
            command, want = lines[0], lines[1:]
            while command.endswith("\\"):
                command = command[:-1] + want.pop(0).removeprefix(">")
            yield command, want
