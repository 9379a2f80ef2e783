"""The rows of the bench about archives (sql/): building one, bringing it up to
date, searching it, its size."""

import json
import os
import sqlite3
import statistics
import subprocess
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
INSERT = os.path.join(HERE, "peers", "insert.sql")
SCHEMA = [f".read {os.path.join(ROOT, 'sql', name)}.sql"
          for name in ("archive", "search", "graph", "review")]
REFRESH = f".read {os.path.join(ROOT, 'sql', 'refresh.sql')}"
TABLES = ("source post country tag_code file cable paragraph tag reference"
          " citation addressee anomaly").split()
SEARCH = "council copper"
MEMORY_BAR = 200  # MB
SIZE_BAR = 2.2  # of the text
SEARCH_BAR = 0.020  # seconds


def shell(database, *commands):
    """The command of a sqlite3 shell on a database."""
    return ["sqlite3", "-batch", "-bail", "-init", "/dev/null", database,
            *commands]


def remove(database):
    """Removes a database with what may lie beside it."""
    for suffix in ("", "-journal", "-wal", "-shm"):
        if os.path.exists(database + suffix):
            os.remove(database + suffix)


CACHE = "PRAGMA cache_size = -16384"  # as make archive has it


class Shell:
    """A run of the sqlite3 shell that makes or changes a database."""

    is_scan = False  # its memory has a bar of its own

    def __init__(self, run, database, commands, anew):
        self.run, self.database, self.anew = run, database, anew
        self.command = shell(database, CACHE, *commands)
        self.peak = 0

    def warm(self):
        """A run that is not measured."""
        self.measure()

    def measure(self):
        """Seconds of one run."""
        if self.anew:
            remove(self.database)
        os.sync()  # what runs before have written is no cost of this one
        seconds, peak = self.run(self.command)
        self.peak = max(self.peak, peak)
        return seconds


def dump(database, parsed):
    """Copies the rows of an archive into plain tables."""
    remove(parsed)
    copies = [f"CREATE TABLE parsed.{t} AS SELECT * FROM main.{t}"
              for t in TABLES]
    subprocess.run(shell(database, f"ATTACH '{parsed}' AS parsed", *copies),
                   check=True)


def opened(so, database):
    """How many files a refresh with nothing changed opens."""
    done = subprocess.run(
        shell(database, f".load {so}", ".once /dev/null", REFRESH,
              "SELECT cables_stats()"),
        check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])["files_opened"]


def search(database, runs):
    """Median seconds of a ranked search with snippets, and its matches."""
    conn = sqlite3.connect(database)
    query = ("SELECT refid, number, snippet FROM hit WHERE query = ?"
             " ORDER BY rank LIMIT 10")
    seconds = []
    for _ in range(runs + 1):
        start = time.perf_counter()
        conn.execute(query, (SEARCH,)).fetchall()
        seconds.append(time.perf_counter() - start)
    matches, = conn.execute("SELECT count(*) FROM search(?)",
                            (SEARCH,)).fetchone()
    conn.close()
    return statistics.median(seconds[1:]), matches


def measure(table, run, so, corpus, folder, runs):
    """Adds the rows of archives of a corpus to the table; folder: where they
    are made."""
    ours = os.path.join(folder, "archive.db")
    other = os.path.join(folder, "inserted.db")
    parsed = os.path.join(folder, "parsed.db")
    build = Shell(run, ours, [
        f".load {so}", *SCHEMA,
        f"INSERT INTO source(path) VALUES ('{corpus}')", REFRESH], True)
    build.warm()
    dump(ours, parsed)
    insert = Shell(run, other, [
        *SCHEMA, f"ATTACH '{parsed}' AS parsed", f".read {INSERT}"], True)
    refresh = Shell(run, ours, [f".load {so}", REFRESH], False)
    table.row("an archive built", "its rows inserted, parsed before", build,
              insert, 1.25)
    n = opened(so, ours)
    table.row(f"refreshed with nothing changed, {n} files opened", "built",
              refresh, Shell(run, other, build.command[7:], True), 1 / 100)
    seconds, matches = search(ours, runs)
    table.fact(f"two words ranked, {matches:,} passages match, 10 snippets",
               f"{seconds * 1e3:.1f} ms", f"under {SEARCH_BAR * 1e3:.0f} ms",
               seconds < SEARCH_BAR)
    table.fact("peak memory of building it", f"{build.peak:.0f} MB",
               f"under {MEMORY_BAR} MB", build.peak < MEMORY_BAR)
    conn = sqlite3.connect(ours)
    text, = conn.execute("SELECT sum(length(CAST(text AS BLOB)))"
                         " FROM cable").fetchone()
    conn.close()
    ratio = os.path.getsize(ours) / text
    table.fact("size of the archive by that of its texts", f"{ratio:.2f}",
               f"at most {SIZE_BAR}", ratio <= SIZE_BAR)
    for database in (ours, other, parsed):
        remove(database)
