"""examples/spark with two executors, each a process of its own: the same rows
as one SQLite reads, also when an executor is killed at work."""

import json
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
import unittest
import urllib.request
import zlib

import host
import support

try:
    import pyspark
except ImportError as error:
    raise unittest.SkipTest(f"{error}: run make test-hosts") from error

EXAMPLE = os.path.join(host.ROOT, "examples", "spark")
TELEGRAMS = 1500  # generated ones, 15 MB: dozens of shares
MASTER = "local-cluster[2,1,1024]"  # two executors, a core and 1 GiB each

os.environ.setdefault("SPARK_HOME", os.path.dirname(pyspark.__file__))
os.environ["PYSPARK_PYTHON"] = sys.executable
os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
sys.path.insert(0, EXAMPLE)
import job  # noqa: E402

# Columns of each table, as Spark and as SQLite name them: what is summed up.
COLUMNS = {
    "cables": "refid year post created classification rank subject"
              " declass_date declass_kind path entry",
    "paragraphs": "refid year key ordinal number kind marking rank role text",
    "refs": "refid year ordinal label kind cited printed",
}
YEAR = ("CAST(coalesce(refid_year(c.refid), strftime('%Y', c.created))"
        " AS INTEGER)")
SAME_ROWS = {
    "cables": f"""SELECT c.refid, {YEAR}, refid_post(c.refid), created,
        classification, classification_rank(classification), subject,
        declass_date, declass_kind, path, entry FROM cables(?) c""",
    "paragraphs": f"""SELECT c.refid, {YEAR}, p.key, p.ordinal, p.number,
        p.kind, p.marking, classification_rank(p.marking), p.role, p.text
        FROM cables(?) c JOIN cable_paragraphs(c.text, c.refid) p""",
    "refs": f"""SELECT c.refid, {YEAR}, r.ordinal, r.label, r.kind, r.refid,
        r.printed FROM cables(?) c JOIN cable_references(c.text) r""",
}


def checksum(rows):
    """Number of rows, and the sum of their checksums, in any order."""
    count = total = 0
    for row in rows:
        line = "\t".join("NULL" if v is None else str(v) for v in row)
        count += 1
        total += zlib.crc32(line.encode())
    return count, total


def spark_checksum(spark, out, name):
    """The same of a Parquet table, by Spark."""
    spark.read.parquet(os.path.join(out, name)).createOrReplaceTempView("t")
    columns = ", ".join(f"coalesce(CAST({c} AS STRING), 'NULL')"
                        for c in COLUMNS[name].split())
    row = spark.sql("SELECT count(*) n, sum(crc32(concat_ws('\\t', "
                    f"{columns}))) s FROM t").first()
    return row.n, row.s


def executors(spark):
    """Process ids of this application's executors."""
    wanted = spark.sparkContext.applicationId.encode()
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/cmdline", "rb") as f:
                words = f.read().split(b"\0")
        except OSError:
            continue
        if wanted in words and any(
                w.endswith(b"CoarseGrainedExecutorBackend") for w in words):
            found.append(int(pid))
    return found


class Cluster(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if shutil.which("java") is None:
            raise unittest.SkipTest("there is no java")
        cls.folder = tempfile.mkdtemp(prefix="cables-spark-")
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.corpus = os.path.join(cls.folder, "corpus")
        host.run(sys.executable, os.path.join(
            host.ROOT, "tests", "bench", "generate.py"), str(TELEGRAMS),
            cls.corpus, "--seed", "7")
        # One that is no telegram, and one that is cut off.
        support.write(cls.corpus, "note.txt", "Nothing to report.\n")
        support.write(cls.corpus, "cut.txt", support.telegram(9999)[:-60])
        cls.spark = job.session(MASTER)
        cls.addClassCleanup(cls.spark.stop)
        cls.spark.sparkContext.setLogLevel("FATAL")
        conn = support.connect()
        cls.want = {name: checksum(conn.execute(sql, (cls.corpus,)))
                    for name, sql in SAME_ROWS.items()}
        conn.close()

    def read(self):
        telegrams = job.read(self.spark, [self.corpus], host.SO, 1 << 19)
        self.assertGreater(telegrams.rdd.getNumPartitions(), 20)
        return telegrams

    def assert_whole(self, out):
        """The tables in a folder hold what one SQLite reads."""
        got = {name: spark_checksum(self.spark, out, name)
               for name in job.TABLES}
        self.assertEqual(got, self.want)
        self.assertEqual(got["cables"][0], TELEGRAMS + 1)

    def test_same_rows(self):
        out = os.path.join(self.folder, "same")
        job.write(self.read(), out)
        self.assert_whole(out)
        years = [name for name in os.listdir(os.path.join(out, "cables"))
                 if name.startswith("year=")]
        self.assertIn("year=1975", years)
        self.assertIn("year=2006", years)
        self.questions(out)
        self.both_worked()

    def both_worked(self):
        """Each of the two executors did tasks."""
        context = self.spark.sparkContext
        with urllib.request.urlopen(
                f"{context.uiWebUrl}/api/v1/applications/"
                f"{context.applicationId}/executors") as answer:
            done = [e["completedTasks"] for e in json.load(answer)
                    if e["id"] != "driver"]
        self.assertEqual(len(done), 2)
        self.assertGreater(min(done), 0)

    def questions(self, out):
        """The answers of Spark SQL are those of SQLite over the files."""
        job.open_tables(self.spark, out, host.SO)
        conn = support.connect()
        self.addCleanup(conn.close)
        conn.executescript(f"""
            CREATE TEMP TABLE held AS SELECT refid, created, declass_date,
              classification_rank(classification) AS rank, text
            FROM cables('{self.corpus}');""")
        own = (
            "SELECT refid_year(refid) + 0, count(*) FROM held WHERE rank >= 2"
            " AND declass_date < '2020-01-01' GROUP BY 1 ORDER BY 1",
            "SELECT r.refid, count(DISTINCT h.refid) n FROM held h"
            " JOIN cable_references(h.text) r WHERE r.refid IS NOT NULL"
            " AND r.refid NOT IN (SELECT refid FROM held)"
            " GROUP BY 1 ORDER BY n DESC, 1 LIMIT 5",
            "SELECT country, count(*) n FROM held h"
            " JOIN cable_posts p ON p.post = refid_post(h.refid)"
            " JOIN cable_paragraphs(h.text) a"
            " WHERE classification_rank(a.marking) >= 2"
            " GROUP BY 1 ORDER BY n DESC, 1 LIMIT 5")
        for sql, (question, asked) in zip(own, job.QUESTIONS.items()):
            with self.subTest(question=question):
                want = conn.execute(sql).fetchall()
                self.assertGreater(len(want), 4)
                self.assertEqual(
                    [tuple(row) for row in self.spark.sql(asked).collect()],
                    want)

    def test_lost_executor(self):
        """Two are killed while they work, in the stage that reads and in the
        next: Spark starts others, and no row is lost or doubled."""
        before = executors(self.spark)
        self.assertEqual(len(before), 2)
        out = os.path.join(self.folder, "lost")
        telegrams = self.read()
        failed = []

        def work():
            try:
                job.write(telegrams, out)
            except Exception as error:  # told in the main thread
                failed.append(error)

        thread = threading.Thread(target=work)
        known = set(self.stages())
        thread.start()
        killed = 0
        while thread.is_alive() and killed < 2:
            stage = self.in_the_middle(known)
            if stage is not None:
                os.kill(executors(self.spark)[0], signal.SIGKILL)
                known.add(stage)
                killed += 1
            time.sleep(0.05)
        thread.join()
        self.assertEqual(failed, [])
        self.assertEqual(killed, 2)
        self.assert_whole(out)
        after = host.wait_for(
            lambda: len(executors(self.spark)) == 2 and executors(self.spark))
        self.assertNotEqual(sorted(before), sorted(after))

    def stages(self):
        return self.spark.sparkContext.statusTracker().getActiveStageIds()

    def in_the_middle(self, known):
        """A stage, not one of those known, of which tasks are done and others
        run; or None."""
        tracker = self.spark.sparkContext.statusTracker()
        for stage in tracker.getActiveStageIds():
            info = tracker.getStageInfo(stage)
            if (stage not in known and info and info.numCompletedTasks > 1
                    and info.numActiveTasks > 0):
                return stage
        return None


class Shares(unittest.TestCase):
    """How the driver divides sources."""

    def setUp(self):
        self.folder = os.path.realpath(tempfile.mkdtemp(prefix="cables-test-"))
        self.addCleanup(shutil.rmtree, self.folder)
        for name, size in (("a/1", 10), ("a/2", 10), ("b/1", 50), ("b/2", 60),
                           ("c", 5)):
            support.write(self.folder, name, "x" * size)

    def shares(self, most, *names):
        sources = [os.path.join(self.folder, n) for n in names or ("",)]
        return [[os.path.relpath(p, self.folder) for p in json.loads(share)]
                for share in job.shares(sources, most)]

    def test_by_size(self):
        """Folders that fit stay whole, larger ones are taken apart."""
        self.assertEqual(self.shares(60), [["a"], ["b/1"], ["b/2"], ["c"]])
        self.assertEqual(self.shares(120), [["a"], ["b", "c"]])
        self.assertEqual(self.shares(1000), [["."]])

    def test_a_file_is_not_cut(self):
        self.assertEqual(self.shares(1, "b/2"), [["b/2"]])

    def test_several_sources(self):
        self.assertEqual(self.shares(60, "c", "a"), [["c", "a"]])

    def test_nothing(self):
        os.mkdir(os.path.join(self.folder, "empty"))
        self.assertEqual(self.shares(60, "empty"), [])


class Guide(unittest.TestCase):
    """README.md prints what it says."""

    def test_session(self):
        folder = tempfile.mkdtemp(prefix="cables-spark-")
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        host.copy_project(folder)
        env = host.environment()
        env["PATH"] = os.path.dirname(sys.executable) + ":" + env["PATH"]
        checked = 0
        for line, want in host.session(os.path.join(EXAMPLE, "README.md")):
            with self.subTest(command=line):
                printed = host.run("sh", "-c", line, cwd=folder, env=env)
                self.assertEqual(printed.rstrip("\n").split("\n"), want)
                checked += 1
        self.assertEqual(checked, 1)


if __name__ == "__main__":
    unittest.main()
