"""The same answer whatever the plan: random queries over `cables`, as a named
table and as a table-valued function, give what they give over an ordinary table
that holds the same rows.

CABLES_QUERIES is the number of queries, CABLES_SEED where they start.
"""

import os
import random
import sqlite3
import unittest
import zipfile

from support import Case, telegram

QUERIES = int(os.environ.get("CABLES_QUERIES", "1500"))
SEED = int(os.environ.get("CABLES_SEED", "1"))
DAY = 86400
COLUMNS = ("path", "entry", "bytes", "mtime", "refid", "subject", "created",
           "classification", "tags", "paragraphs", "complete", "format")


def record(number, text):
    header, _, body = text.partition("SIPDIS\n")
    fields = (str(number), "4/7/2006 17:07", f"06OSLO{number}", "Embassy Oslo",
              "SECRET", "06RIGA1", header + "SIPDIS", body)
    return ",".join('"' + f.replace('"', '\\"') + '"' for f in fields) + "\n"


class Queries:
    """Makes queries over a table of that many columns; `{t}` in them is the
    table's place, `{u}` that of the same table joined to it."""

    def __init__(self, rng, values):
        self.rng = rng
        self.values = values

    def value(self, column):
        """A value of the column, or something near it."""
        kind = self.rng.randrange(10)
        if kind < 7:
            return self.values[column][
                self.rng.randrange(len(self.values[column]))]
        return self.rng.choice(
            ["NULL", "0", "-1", "1e2", "'x'", "''", "x'61'", "'2002'", "'1'",
             "9223372036854775807", "1.5", "'Z'"])

    def glob(self):
        value = self.rng.choice(self.values["path"]).strip("'")
        cut = self.rng.randrange(len(value) + 1)
        return "'" + self.rng.choice(
            [value[:cut] + "*", "*" + value[cut:], "*/*", "in/[ab]*", "*.t?t",
             value]) + "'"

    def term(self, a, other=None, glob=True):
        column = self.rng.choice(COLUMNS[:4] * 3 + COLUMNS)
        name = self.rng.choice(["", "", "", "", "+"]) + f"{a}.{column}"
        operator = self.rng.choice(
            ["=", "=", "=", "<", "<=", ">", ">=", "<>", "IS", "IS NOT", "IN",
             "IN", "NOT IN", "LIKE", "BETWEEN", "ISNULL", "NOTNULL",
             "IN SELECT"] + ["GLOB"] * glob)
        if other and self.rng.random() < 0.3:
            return f"{name} {self.rng.choice(['=', '<', '>=', 'IS'])} " \
                   f"{other}.{column}"
        if operator in ("ISNULL", "NOTNULL"):
            return f"{name} {operator}"
        if operator in ("GLOB", "LIKE"):
            pattern = self.glob()
            if operator == "LIKE":
                pattern = pattern.replace("*", "%").replace("?", "_")
            return f"{a}.path {operator} {pattern}"
        if operator == "BETWEEN":
            return f"{name} BETWEEN {self.value(column)} AND " \
                   f"{self.value(column)}"
        if operator == "IN SELECT":
            return f"{name} IN (SELECT {column} FROM plain WHERE " \
                   f"bytes % 2 = {self.rng.randrange(2)})"
        if operator.endswith("IN"):
            n = self.rng.choice([0, 1, 2, 3, 40])
            values = ", ".join(self.value(column) for _ in range(n))
            return f"{name} {operator} ({values})"
        collate = self.rng.choice([""] * 8 + [" COLLATE NOCASE",
                                              " COLLATE RTRIM"])
        return f"{name} {operator} {self.value(column)}{collate}"

    def clause(self, a, other=None, depth=None, glob=True):
        if depth is None:
            depth = self.rng.randrange(4)
        if depth == 0:
            return self.term(a, other, glob)
        left = self.clause(a, other, self.rng.randrange(depth), glob)
        right = self.clause(a, other, self.rng.randrange(depth), glob)
        negated = self.rng.choice(["", "", "", "NOT "])
        return f"{negated}({left} {self.rng.choice(['AND', 'OR'])} {right})"

    def columns(self, a):
        n = self.rng.randrange(1, 5)
        return ", ".join(f"{a}.{c}" for c in self.rng.sample(COLUMNS, n))

    def limit(self):
        limit = self.rng.choice([0, 1, 2, 3, 5, 100, -1])
        offset = self.rng.choice(["", "", f" OFFSET {self.rng.randrange(4)}"])
        return f" LIMIT {limit}{offset}"

    def query(self):
        """A query, and whether its rows have an order."""
        shape = self.rng.randrange(10)
        where = self.clause("a")
        if shape < 3:
            return f"SELECT {self.columns('a')} FROM {{t}} a WHERE {where}", 0
        if shape < 5:
            order = self.rng.choice(
                ["a.path, a.entry", "a.path DESC, a.entry DESC",
                 "a.bytes, a.path, a.entry", "a.mtime DESC, a.path, a.entry"])
            return (f"SELECT {self.columns('a')} FROM {{t}} a WHERE {where} "
                    f"ORDER BY {order}{self.limit()}"), 1
        if shape == 5:  # what the table itself orders
            return (f"SELECT a.path FROM {{t}} a WHERE {where} "
                    f"ORDER BY a.path{self.limit()}"), 1
        if shape == 6:
            return (f"SELECT a.format, count(*), min(a.path), max(a.bytes), "
                    f"count(DISTINCT a.subject) FROM {{t}} a WHERE {where} "
                    "GROUP BY a.format ORDER BY 1"), 1
        join = self.rng.choice(["JOIN", "LEFT JOIN", "CROSS JOIN"])
        on = self.rng.choice(
            ["a.path = b.path", "a.path = b.path AND a.entry IS b.entry",
             "a.bytes = b.bytes", self.clause("a", "b", 1, glob=False)])
        if shape == 7:
            return (f"SELECT a.path, a.entry, b.path, b.entry FROM {{t}} a "
                    f"{join} {{u}} b ON {on} WHERE {where}"), 0
        if shape == 8:
            return (f"SELECT w.name, a.path, a.entry FROM wanted w {join} "
                    f"{{t}} a ON a.path = w.name WHERE w.n > 1 OR {where}"), 0
        inner = self.clause("b", "a", 1)
        word = self.rng.choice(["EXISTS", "NOT EXISTS"])
        return (f"SELECT a.path, a.entry FROM {{t}} a WHERE {where} AND "
                f"{word} (SELECT 1 FROM {{u}} b WHERE {inner})"), 0


class Same(Case):
    def setUp(self):
        super().setUp()
        for i, name in enumerate(
                ("a.txt", "a-b.txt", "a/1.txt", "a/2.txt", "b/ä.txt",
                 "b/c/3.txt")):
            self.write("in/" + name, telegram(i + 1, f"SUBJECT {i % 3}",
                                              body="1. (C) Word.\n" * (1 + i)),
                       1000000000 + i // 2 * DAY)
        self.write("in/bulk.csv", record(1, telegram(11)) +
                   record(2, telegram(12, "SUBJECT 1")), 1000000000)
        with zipfile.ZipFile("in/z.zip", "w") as z:
            z.writestr("m/1.txt", telegram(21))
            z.writestr("2.txt", telegram(22, "SUBJECT 2"))
        os.utime("in/z.zip", (1100000000, 1100000000))
        self.write("in/none.txt", "no telegram\n")
        os.mkfifo("in/fifo")
        names = ", ".join(COLUMNS)
        self.conn.execute("CREATE VIRTUAL TABLE temp.named USING cables('in')")
        self.conn.execute(f"CREATE TABLE plain AS SELECT {names} FROM named")
        self.conn.execute("CREATE TABLE wanted(name, n)")
        self.conn.executemany(
            "INSERT INTO wanted VALUES (?, ?)",
            [("in/a.txt", 1), ("in/z.zip", 2), ("in/none.txt", 3),
             ("nowhere", 4), (None, 5), ("in/a.txt", 6)])
        self.assertEqual(self.value("SELECT count(*) FROM plain"), 10)

    def values(self):
        # Before 3.32 a quoted number is a number.
        return {c: [str(x) for x in self.column(
            f"SELECT quote({c}) FROM plain")]
                for c in COLUMNS}

    def run_one(self, query, table, other):
        return self.rows(query.replace("{t}", table).replace("{u}", other))

    def test_random_queries(self):
        queries = Queries(random.Random(SEED), self.values())
        some = 0
        for i in range(QUERIES):
            query, ordered = queries.query()
            want = self.run_one(query, "plain", "plain")
            some += bool(want)
            for table, other in (("named", "named"), ("named", "plain"),
                                 ("cables('in')", "cables('in')")):
                got = self.run_one(query, table, other)
                if not ordered:
                    got.sort(key=repr)
                    want.sort(key=repr)
                self.assertEqual(got, want, f"{i}: {table}: {query}")
        # Most of them give something: they test more than nothing.
        self.assertGreater(some, QUERIES // 3)

    def test_glob_on_the_left_of_a_left_join(self):
        """A GLOB in ON keeps no row of the left table back."""
        if sqlite3.sqlite_version_info < (3, 51):
            self.skipTest("this SQLite gives the table a condition of ON as if "
                          "it stood in WHERE")
        for table in "plain", "named", "cables('in')":
            self.assertEqual(
                self.value(f"SELECT count(*) FROM {table} a LEFT JOIN "
                           "(SELECT 1) b ON a.path GLOB '*.zip'"), 10)


if __name__ == "__main__":
    unittest.main()
