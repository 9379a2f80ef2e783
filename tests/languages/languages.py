"""What the tests of languages and packages share: the project's folders, the
shell that a user has, and code blocks of Markdown."""

import os
import re
import shutil
import subprocess
import sys
import unittest

ROOT = os.path.dirname(
    os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
)
EXAMPLES = os.path.join(ROOT, "examples")
BUILD = os.path.join(ROOT, "build", "languages")
SO = os.path.abspath(
    os.environ.get("CABLES_SO") or os.path.join(ROOT, "cables.so")
)


def read(*path):
    """The text of a file of the project."""
    with open(os.path.join(ROOT, *path), encoding="utf-8") as f:
        return f.read()


def report():
    """What every program in examples/ prints."""
    return read("tests", "expected", "report.tsv")


def link(target, path):
    """Makes a symbolic link, in place of one that may be there."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    if os.path.islink(path):
        os.unlink(path)
    os.symlink(target, path)


def environment(**more):
    """The environment of a user's shell: nothing of the make that runs the
    tests, and the Python that runs them as python3."""
    link(sys.executable, os.path.join(BUILD, "bin", "python3"))
    env = {name: value for name, value in os.environ.items()
           if name not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "CABLES_ROOT")}
    env["PATH"] = os.path.join(BUILD, "bin") + os.pathsep + env["PATH"]
    return {**env, **more}


def run(command, folder=ROOT, **options):
    """Runs a command, a list or text for the shell; gives what it did."""
    if isinstance(command, str):
        command = ["sh", "-e", "-c", command]
    options.setdefault("env", environment())
    options.setdefault("stdin", subprocess.DEVNULL)
    return subprocess.run(command, cwd=folder, text=True, check=False,
                          capture_output=True, **options)


def output(command, folder=ROOT, **options):
    """Runs a command that has to succeed; gives what it printed."""
    done = run(command, folder, **options)
    if done.returncode != 0:
        raise AssertionError(f"{command}:\n{done.stdout}{done.stderr}")
    return done.stdout


def get(command, folder=ROOT, **options):
    """Runs a command that brings what a test needs; the test is skipped where
    it cannot."""
    done = run(command, folder, **options)
    if done.returncode != 0:
        told = (done.stderr or done.stdout).strip().splitlines()
        raise unittest.SkipTest("not to be had here: " + " ".join(told[-1:]))


def fresh(*path):
    """An empty folder below build/languages."""
    folder = os.path.join(BUILD, *path)
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    return folder


def blocks(text, wanted=None):
    """The code blocks of a Markdown text as (language, code); the code alone
    of those in one language when that is given."""
    found = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.S | re.M)
    if wanted is None:
        return found
    return [code for language, code in found if language == wanted]
