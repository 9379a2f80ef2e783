"""Measures cables against other ways to the same, and prints one table.

    bench.py [N]

Needs ./cables.so (or $CABLES_SO); corpora are made once, below build/bench.
tests/bench/README.md says how each row is measured.
"""

import os
import shutil
import statistics
import subprocess
import sys
import time

import archive

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
SO = os.path.abspath(os.environ.get("CABLES_SO", "cables.so"))
BENCH = os.path.join("build", "bench")
DUCKDB = os.path.join(BENCH, "venv", "bin", "python")
RUNS = 5
MEMORY_BAR = 48  # MB

FIELDS = "refid, created, classification, subject, tags, declass_date"


class Failed(Exception):
    """A run that gave no measure; says why."""


# --- Runs -------------------------------------------------------------------


def run(command, output=subprocess.DEVNULL):
    """Runs a command; gives its seconds and its peak memory in MB."""
    error_path = os.path.join(BENCH, "error.txt")
    with open(error_path, "w+", encoding="utf-8", errors="replace") as error:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=error
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            error.seek(0)
            lines = error.read().strip().splitlines() or ["?"]
            raise Failed(f"{lines[-1][:120]} (status {process.returncode})")
    return seconds, usage.ru_maxrss / 1024


class Cables:
    """A query in the sqlite3 shell with the extension."""

    is_scan = True

    def __init__(self, query, threads=None, rows=None, repeat=1, net=False,
                 files=1):
        self.rows, self.repeat, self.net, self.files = (
            rows, repeat, net, files)
        self.peak = 0
        self.command = [
            "sqlite3", "-batch", "-bail", "-init", "/dev/null", ":memory:",
            f".load {SO}",
        ]  # fmt: skip
        if threads is not None:
            self.command.append(f"SELECT cables_config('threads', {threads})")
        self.extra_lines = 0 if threads is None else 1
        self.command += [query] * repeat

    def warm(self):
        """A run that is not measured; its number of rows is looked at."""
        out = os.path.join(BENCH, "out.txt")
        with open(out, "wb") as f:
            run(self.command, f)
        with open(out, "rb") as f:
            lines = sum(block.count(b"\n") for block in iter(
                lambda: f.read(1 << 16), b""))
        os.remove(out)
        lines -= self.extra_lines
        if self.rows is not None and lines != self.rows * self.repeat:
            raise Failed(f"{lines:,} rows instead of {self.rows:,}")

    def measure(self):
        """Seconds of one run."""
        seconds, peak = run(self.command)
        self.peak = max(self.peak, peak)
        if self.net:
            seconds = max(seconds - START.seconds, 1e-6)
        return seconds / self.repeat / self.files


class Peer:
    """Another program; its whole time, or what it prints as its last line."""

    def __init__(self, command, own_clock=False, needs=None):
        self.command, self.own_clock = command, own_clock
        self.needs = needs or command[0]

    def warm(self):
        """A run that is not measured."""
        if shutil.which(self.needs) is None:
            raise Failed(f"skipped: there is no {self.needs}")
        self.measure()

    def measure(self):
        """Seconds of one run."""
        out = os.path.join(BENCH, "peer.txt")
        with open(out, "w+", encoding="utf-8") as f:
            if not self.own_clock:
                return run(self.command)[0]
            run(self.command, f)
            f.seek(0)
            return float(f.read().splitlines()[-1])


def sh(script, needs):
    """A peer that is a line of shell."""
    return Peer(["sh", "-c", script], needs=needs)


class Start:
    """What the shell and .load take without a query."""

    def __init__(self):
        self.seconds = 0

    def measure(self):
        """Notes the median."""
        bare = Cables("SELECT 1", 1)
        self.seconds = statistics.median(
            bare.measure() for _ in range(4 * RUNS + 1)
        )


START = Start()

# --- Rows -------------------------------------------------------------------

COLUMNS = """refid created released classification origin precedence dtg sender
action info subject subject_marking tags tags_printed refs captions
executive_order declass_date declass_kind declass_event declass_exemption
declass_review classified_by reasons sections signer summary paragraphs
complete anomalies text body format path entry bytes mtime""".split()


class Table:
    """The rows, printed as they are measured."""

    def __init__(self):
        self.peak, self.met, self.of = 0, 0, 0
        print("| query | against | cables | other | ratio | bar | met | MB |")
        print("| --- | --- | ---: | ---: | ---: | --- | --- | ---: |")

    def row(self, query, against, ours, other, bar, faster=False):
        """Measures a pair, in turns.  The bar is the most that our time may
        be of the other's, or with faster the least that the other's is of
        ours; scale multiplies our time before."""
        said = f"at least {bar:g}" if faster else f"at most {bar:g}"
        self.of += 1
        try:
            ours.warm()
            other.warm()
            pairs = [(ours.measure(), other.measure()) for _ in range(RUNS)]
        except Failed as why:
            print(f"| {query} | {against} | | | failed: {why} | {said} | no |"
                  " |", flush=True)
            return
        a = statistics.median(p[0] for p in pairs)
        b = statistics.median(p[1] for p in pairs)
        ratio = b / a if faster else a / b
        met = ratio >= bar if faster else ratio <= bar
        self.met += met
        if ours.is_scan:
            self.peak = max(self.peak, ours.peak)
        print(
            f"| {query} | {against} | {ms(a)} | {ms(b)} | {ratio:.3g} | {said}"
            f" | {'yes' if met else 'no'} | {ours.peak:.0f} |", flush=True)

    def fact(self, what, value, said, met):
        """A row of a figure that is compared with nothing."""
        self.of += 1
        self.met += met
        print(f"| {what} | | {value} | | | {said} |"
              f" {'yes' if met else 'no'} | |", flush=True)

    def end(self):
        """The count."""
        print(f"\n{self.met} of {self.of} bars met.")


def ms(seconds):
    """Time for people."""
    if seconds < 1e-3:
        return f"{seconds * 1e6:.1f} us"
    return f"{seconds * 1e3:,.{0 if seconds > 0.1 else 1}f} ms"


def measure(n, corpus, flat, copies):
    """All rows."""
    table = Table()
    c = f"'{corpus}'"
    header = f"SELECT {FIELDS} FROM cables({c})"
    rg = "rg -j{0} -c '^SUBJECT'"

    def grep(threads):
        return Peer(["rg", f"-j{threads}", "-c", "^SUBJECT", corpus])

    def duckdb(*args):
        script = os.path.join(HERE, "peers", "duckdb_fields.py")
        return Peer([DUCKDB, script, *args], own_clock=True)

    notebook = Peer(
        [sys.executable, os.path.join(HERE, "peers", "notebook.py"), corpus],
        own_clock=True)

    for threads in (1, 2):
        table.row(f"6 header fields, threads {threads}",
                  f"`{rg.format(threads)}`", Cables(header, threads, n),
                  grep(threads), 1.2)
    table.row("6 header fields, threads 2",
              "DuckDB read_text, regexp_extract, 2 threads",
              Cables(header, 2, n), duckdb("text", corpus), 4, faster=True)
    table.row("6 header fields, threads 2", "Python re, a pattern a field",
              Cables(header, 2, n), notebook, 6, faster=True)
    table.row("paragraphs counted by marking", "`wc -w`",
              Cables("SELECT p.marking, count(*), count(DISTINCT p.number) "
                     f"FROM cables({c}) t JOIN cable_paragraphs(t.text) p "
                     "GROUP BY p.marking"),
              sh(f"find {corpus} -type f -print0 | LC_ALL=C wc -w "
                 "--files0-from=-", "wc"), 2.0)
    table.row("count(*), threads 1", f"`{rg.format(1)}`",
              Cables(f"SELECT count(*) FROM cables({c})", 1, 1), grep(1), 0.9)
    like = "*07.txt"  # serials are drawn evenly
    table.row("path and bytes of 1 file in 100 by GLOB",
              "the sqlite3 shell's fsdir",
              Cables(f"SELECT path, bytes FROM cables({c}) "
                     f"WHERE path GLOB '{like}'"),
              Peer(["sqlite3", "-batch", "-init", "/dev/null", ":memory:",
                    f"SELECT name, length(data) FROM fsdir({c}) "
                    f"WHERE name GLOB '{like}'"]), 1.2)
    table.row("6 header fields of a bulk CSV, threads 2",
              "DuckDB read_csv, regexp_extract, 2 threads",
              Cables(f"SELECT {FIELDS} FROM cables('{corpus}.csv')", 2, n),
              duckdb("bulk", corpus + ".csv"), 3, faster=True)
    for suffix in ("7z", "tar.zst"):
        table.row(f"6 header fields of a {suffix}",
                  "`bsdtar -xOf`",
                  Cables(f"SELECT {FIELDS} FROM cables('{corpus}.{suffix}')",
                         None, n),
                  Peer(["bsdtar", "-xOf", f"{corpus}.{suffix}"]), 1.3)
    counts = ", ".join(f"count({column})" for column in COLUMNS)
    everything = f"SELECT {counts} FROM cables({c})"
    table.row("all columns, threads 2", "the same, threads 1",
              Cables(everything, 2, 1), Cables(everything, 1, 1), 1.7,
              faster=True)
    table.row("LIMIT 10", f"the full query of {n:,}",
              Cables(f"{header} LIMIT 10", None, 10, 20, net=True),
              Cables(header, None, n, net=True), 1 / 200)
    some, many = flat, flat * copies
    one = f"SELECT {FIELDS} FROM cables('{corpus}-flat/000')"
    all_ = f"SELECT {FIELDS} FROM cables('{corpus}-flat')"
    table.row(f"6 header fields of one file in {many:,}",
              f"of one in {some:,}",
              Cables(all_, None, many, net=True, files=many),
              Cables(one, None, some, 10, net=True, files=some), 1.1)
    table.fact("peak memory of all these", f"{table.peak:.0f} MB",
               f"under {MEMORY_BAR} MB", table.peak < MEMORY_BAR)
    archive.measure(table, run, SO, corpus, BENCH, RUNS)
    table.end()


# --- Corpora ----------------------------------------------------------------


def generate(n, folder, *more):
    """A corpus, unless it is there."""
    done = folder + ".done"
    if not os.path.exists(done):
        print(f"(writing {n:,} telegrams to {folder})", flush=True)
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run(
            [sys.executable, os.path.join(HERE, "generate.py"), str(n), folder,
             *more], check=True)
        open(done, "w").close()


def check(n, corpus):
    """Says how many telegrams are read right: a fast wrong answer is none."""
    out = os.path.join(BENCH, "out.txt")
    names = ", ".join(FIELDS.split(", ")[:-1])
    with open(out, "wb") as f:
        run(["sqlite3", "-batch", "-bail", "-init", "/dev/null", "-separator",
             "\t", ":memory:", f".load {SO}",
             f"SELECT substr(path, {len(corpus) + 2}), {names}, "
             f"ifnull(declass_date, '') FROM cables('{corpus}')"], f)
    right = 0
    with open(out, "rb") as ours, open(corpus + ".tsv", "rb") as truth:
        right = sum(a == b for a, b in zip(ours, truth))
    os.remove(out)
    print(f"{n:,} telegrams; all 6 fields right in {right:,}.\n", flush=True)


def versions():
    """Says what is measured against what."""
    said = [f"{os.cpu_count()} processors"]
    for command in (["sqlite3", "--version"], ["rg", "--version"],
                    ["bsdtar", "--version"],
                    [DUCKDB, "-c", "import duckdb; print('DuckDB', "
                     "duckdb.__version__)"]):
        if shutil.which(command[0]):
            out = subprocess.run(command, capture_output=True, text=True,
                                 check=False).stdout.split()
            name = os.path.basename(command[0])
            said.append(f"{name} {out[0]}" if name == "sqlite3"
                        else " ".join(out[:2]))
    print("; ".join([*said, f"Python {sys.version.split()[0]}"]) + ".")


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 25_000
    os.makedirs(BENCH, exist_ok=True)
    corpus = os.path.join(BENCH, f"telegrams-{n}")
    generate(n, corpus, "--bulk", corpus + ".csv", "--archive",
             corpus + ".7z", "--archive", corpus + ".tar.zst")
    flat, copies = max(n // 25, 10), 200
    folder = corpus + "-flat"
    if not os.path.exists(folder + ".done"):
        shutil.rmtree(folder, ignore_errors=True)
        generate(flat, corpus + "-some")
        print(f"({copies} copies of them in {folder})", flush=True)
        for i in range(copies):
            shutil.copytree(corpus + "-some", f"{folder}/{i:03d}")
        open(folder + ".done", "w").close()
    try:
        versions()
        check(n, corpus)
        START.measure()
    except Failed as why:
        sys.exit(f"bench: {why}")
    measure(n, corpus, flat, copies)


if __name__ == "__main__":
    main()
