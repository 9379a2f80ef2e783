"""examples/dqlite: three nodes with the extension serve an archive; nodes are
killed, queries go on, and nothing is lost."""

import os
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import unittest

import host
import support

EXAMPLE = os.path.join(host.ROOT, "examples", "dqlite")
FOLDERS = ("embassies", "state")  # of examples/telegrams: bare texts
COLUMNS = "path, refid, created, classification, subject, declass_date"


def setUpModule():
    global scratch, program
    if shutil.which("go") is None:
        raise unittest.SkipTest("there is no go")
    version = host.run("go", "env", "GOVERSION").strip()
    if tuple(int(n) for n in re.findall(r"\d+", version)[:2]) < (1, 21):
        raise unittest.SkipTest(f"{version} is older than go1.21")
    try:
        host.run("go", "mod", "download", cwd=EXAMPLE)
    except AssertionError as error:
        raise unittest.SkipTest(f"its modules cannot be had: {error}") from error
    scratch = tempfile.mkdtemp(prefix="cables-dqlite-")
    unittest.addModuleCleanup(shutil.rmtree, scratch, ignore_errors=True)
    program = os.path.join(scratch, "archive")
    host.run("go", "build", "-tags", "libsqlite3,nosqlite3", "-o", program,
             ".", cwd=EXAMPLE,
             env=host.environment(CGO_LDFLAGS_ALLOW="-Wl,-z,now"))


class Node:
    """One node, a process with a folder and an address."""

    def __init__(self, folder, address, join=None):
        self.folder, self.address, self.join = folder, address, join
        self.process = None

    def start(self):
        # A node that was a member finds the others by what its folder tells.
        command = [program, "node", "-dir", self.folder, "-address",
                   self.address, "-library", host.SO]
        if self.join:
            command += ["-join", self.join]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        line = self.process.stdout.readline()
        if line != b"ready\n":
            raise AssertionError(line + self.process.stdout.read())

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()
        self.process = None


class Cluster(unittest.TestCase):
    def setUp(self):
        folder = tempfile.mkdtemp(dir=scratch)
        addresses = [f"127.0.0.1:{host.free_port()}" for _ in range(3)]
        self.servers = ",".join(addresses)
        self.nodes = []
        self.addCleanup(self.kill_all)
        for number, address in enumerate(addresses):
            node = Node(os.path.join(folder, str(number)), address,
                        addresses[0] if number else None)
            self.nodes.append(node)
            node.start()
        for name in FOLDERS:
            self.archive("load", os.path.join(EXAMPLE, "schema.sql"),
                         os.path.join(host.ROOT, "examples/telegrams", name))

    def kill_all(self):
        for node in self.nodes:
            if node.process:
                node.kill()

    def archive(self, command, *arguments):
        return host.run(program, command, "-servers", self.servers, *arguments)

    def query(self, sql):
        return self.archive("query", sql).splitlines()

    def leader(self):
        """The node that leads."""
        address = self.archive("nodes").split()[0]
        return next(n for n in self.nodes if n.address == address)

    def want(self):
        """The rows of table telegram as one SQLite reads them, as printed."""
        conn = support.connect()
        self.addCleanup(conn.close)
        rows = []
        for folder in FOLDERS:
            rows += conn.execute(
                f"SELECT {COLUMNS} FROM cables(?)",
                (os.path.join(host.ROOT, "examples/telegrams", folder),))
        rows.sort()
        return ["|".join("" if v is None else v for v in row) for row in rows]

    def assert_whole(self, more=0):
        """Nothing is lost of what was loaded, nor of `more` that were added
        later."""
        self.assertEqual(
            self.query(f"SELECT {COLUMNS} FROM telegram"
                       " WHERE path NOT LIKE '%/~%' ORDER BY path"),
            self.want())
        self.assertEqual(
            self.query("SELECT count(*) FROM paragraph WHERE number = 1"),
            [str(len(self.want()) + more)])

    def add(self, serial):
        """Adds a telegram."""
        folder = tempfile.mkdtemp(dir=scratch, prefix="~")
        path = support.write(folder, "1.txt", support.telegram(serial))
        self.archive("load", os.path.join(EXAMPLE, "schema.sql"), folder)
        return path

    def test_failures(self):
        self.assertEqual(len(self.want()), 28)
        self.assert_whole()

        # Queries run while the leader is killed.
        answers, stop = [], threading.Event()

        def ask():
            while not stop.is_set():
                answers.append(self.query("SELECT count(*) FROM telegram"))

        thread = threading.Thread(target=ask)
        thread.start()
        host.wait_for(lambda: len(answers) > 3)
        first = self.leader()
        first.kill()
        before = len(answers)
        host.wait_for(lambda: len(answers) > before + 5)
        stop.set()
        thread.join()
        self.assertEqual(answers, [["28"]] * len(answers))
        self.assert_whole()

        # Two can write; the third catches up, and then the next is killed.
        self.add(8001)
        first.start()
        self.wait_for_voters()
        second = self.leader()
        second.kill()
        self.assert_whole(more=1)
        self.add(8002)
        second.start()
        self.wait_for_voters()
        self.assertEqual(
            self.query("SELECT refid FROM telegram WHERE path LIKE '%/~%'"
                       " ORDER BY refid"), ["06MOSCOW8001", "06MOSCOW8002"])

        # All at once: the log on disk has everything.
        self.kill_all()
        starts = [threading.Thread(target=n.start) for n in self.nodes]
        for start in starts:
            start.start()
        for start in starts:
            start.join()
        self.assert_whole(more=2)

    def wait_for_voters(self):
        """Waits until the leader counts three that vote."""
        host.wait_for(lambda: self.archive("nodes").count("voter") == 2)

    def test_no_files(self):
        for _ in range(2):
            with self.assertRaisesRegex(AssertionError,
                                        "no such table: cables"):
                self.query("SELECT * FROM cables('/etc')")
            with self.assertRaises(AssertionError):
                self.query(f"SELECT load_extension('{host.SO}')")


class Guide(unittest.TestCase):
    """README.md prints what it says."""

    def test_session(self):
        folder = tempfile.mkdtemp(dir=scratch)
        host.copy_project(folder)
        place = os.path.join(folder, "examples", "dqlite")
        shutil.copy(program, place)
        self.addCleanup(self.kill, place)
        ports = {f"127.0.0.1:900{n}": f"127.0.0.1:{host.free_port()}"
                 for n in (1, 2, 3)}
        checked = 0
        for line, want in host.session(os.path.join(EXAMPLE, "README.md")):
            for printed, port in ports.items():
                line = line.replace(printed, port)
            with self.subTest(command=line):
                got = host.run("sh", "-c", line, cwd=place)
                self.assertEqual(got.rstrip("\n").split("\n"), want or [""])
                checked += 1
        self.assertEqual(checked, 10)

    def kill(self, folder):
        for n in (1, 2, 3):
            try:
                with open(os.path.join(folder, f"node{n}.pid"),
                          encoding="utf-8") as f:
                    os.kill(int(f.read()), signal.SIGKILL)
            except (OSError, ValueError):
                pass  # it is ended already


if __name__ == "__main__":
    unittest.main()
