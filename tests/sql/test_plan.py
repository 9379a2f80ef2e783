"""What a query makes the table `cables` do: the plan that it shows, the files
that it opens and how far it reads them, and the same rows either way."""

import json
import os
import random
import shutil
import unittest

import support
from support import telegram

# 12:00 on 1 January of 2001, 2002 and 2003, UTC.
MTIMES = 978350400, 1009886400, 1041422400


class PlanCase(support.Case):
    """Six files: telegrams 1, 2 and 3 in archive/a, 4 in archive/b, and two
    that hold none."""

    def setUp(self):
        super().setUp()
        self.write("archive/a/1.txt", telegram(1), MTIMES[0])
        self.write("archive/a/2.txt", telegram(2, "A DINNER"), MTIMES[1])
        self.write("archive/a/3.txt", telegram(3), MTIMES[2])
        long = "".join(f"{i}. (C) Words.\n\n" for i in range(1, 20001))
        self.write("archive/b/4.txt", telegram(4, body=long), MTIMES[2])
        self.write("archive/index.txt", "no telegram\n", MTIMES[0])
        self.write("archive/empty.txt", "", MTIMES[0])
        self.conn.execute("CREATE VIRTUAL TABLE archive USING cables(archive)")
        self.conn.execute("CREATE TABLE folders(name)")
        self.conn.execute("INSERT INTO folders VALUES ('archive/a')")
        self.size = os.path.getsize("archive/a/1.txt")

    PATHS = [f"archive/{p}.txt" for p in ("a/1", "a/2", "a/3", "b/4")]

    def stats(self):
        return json.loads(self.value("SELECT cables_stats()"))

    def cost(self, sql, args=()):
        """Rows of a query, and by how much it raised the counters."""
        before = self.stats()
        rows = self.rows(sql, args)
        after = self.stats()
        return rows, {key: after[key] - before[key] for key in after}


class Plans(PlanCase):
    def index(self, sql, args=()):
        """The plan's words, of a query over one table."""
        lines = self.plan(sql, args)
        self.assertEqual(len(lines), 1, lines)
        start = "SCAN cables VIRTUAL TABLE INDEX "
        self.assertTrue(lines[0].startswith(start), lines)
        return lines[0][len(start) :].split(":", 1)[1]

    def where(self, condition, rest="", columns="path"):
        return self.index(
            f"SELECT {columns} FROM cables('archive') "
            f"{'WHERE ' + condition if condition else ''} {rest}"
        )

    def test_depth(self):
        for columns, depth in (
            ("count(*)", "d0"),
            ("path, entry, offset, length, bytes, mtime, source", "d0"),
            ("subject", "d1"),
            ("format", "d1"),
            ("path, tags, declass_date", "d1"),
            ("text", "d2"),
            ("subject, paragraphs", "d2"),
            ("anomalies", "d2"),
            ("*", "d2"),
        ):
            self.assertEqual(
                self.where("", columns=columns), f"{depth} source", columns
            )

    def test_columns_of_a_condition_count(self):
        self.assertEqual(self.where("subject = 'A VISIT'"), "d1 source")
        self.assertEqual(self.where("summary IS NULL"), "d2 source")

    def words(self, condition, rest=""):
        """The words without depth and source, sorted."""
        words = self.where(condition, rest).split()
        self.assertEqual(words.pop(0), "d0")
        words.remove("source")
        return sorted(words)

    def test_pushed(self):
        for condition, words in (
            ("path = 'x'", ["path="]),
            ("'x' = path", ["path="]),
            ("path IN ('x', 'y')", ["path-in"]),
            ("path GLOB '*MOSCOW*'", ["path-glob"]),
            ("bytes = 5", ["bytes="]),
            ("bytes > 5 AND bytes <= 9", ["bytes<=", "bytes>"]),
            ("bytes BETWEEN 5 AND 9", ["bytes<=", "bytes>="]),
            ("mtime < '2002'", ["mtime<"]),
            ("mtime >= date('2002-01-01')", ["mtime>="]),
            ("path = 'x' AND bytes < 5", ["bytes<", "path="]),
        ):
            self.assertEqual(self.words(condition), words, condition)

    def test_not_pushed(self):
        for condition in (
            "path = 'x' COLLATE NOCASE",
            "mtime > 'x' COLLATE NOCASE",
            "path LIKE 'archive/A%'",
            "path > 'archive/a'",
            "path IS 'x'",
            "+path = 'x'",
            "entry > 'x'",
            "entry = 'x' COLLATE NOCASE",
            "bytes IS NOT NULL",
        ):
            self.assertEqual(self.words(condition), [], condition)

    def test_order(self):
        self.assertEqual(self.words("", "ORDER BY path"), ["sorted"])
        self.assertEqual(self.words("", "GROUP BY path"), ["sorted"])
        self.assertEqual(
            self.words("path IN ('x', 'y')", "ORDER BY path"),
            ["path-in", "sorted"],
        )
        for order in (
            "path DESC",
            "path COLLATE NOCASE",
            "path, entry",
            "bytes",
        ):
            lines = self.plan(
                f"SELECT path FROM cables('archive') ORDER BY {order}"
            )
            self.assertIn("USE TEMP B-TREE FOR ORDER BY", lines, order)
            self.assertNotIn("sorted", lines[0], order)

    def test_limit(self):
        self.assertEqual(self.words("", "LIMIT 3"), ["limit"])
        self.assertEqual(
            self.words("bytes > 3", "LIMIT 3"), ["bytes>", "limit"]
        )

    def test_join_by_path_is_a_look_up(self):
        """The table of paths is the outer one, whichever comes first."""
        self.conn.execute("CREATE TABLE wanted(path)")
        for tables in ("wanted w, archive c", "archive c, wanted w"):
            lines = self.plan(
                f"SELECT c.subject FROM {tables} WHERE c.path = w.path"
            )
            self.assertEqual(lines[0], "SCAN w")
            self.assertTrue(lines[1].endswith(":d1 path="), lines)

    def test_source_of_another_table(self):
        for tables in (
            "folders f, cables(f.name) c",
            "cables(f.name) c, folders f",
            "folders f LEFT JOIN cables(f.name) c",
        ):
            lines = self.plan(f"SELECT c.subject FROM {tables}")
            self.assertEqual(lines[0], "SCAN f", tables)
            self.assertIn(":d1 source", lines[1], tables)
            self.assertEqual(
                self.column(f"SELECT c.path FROM {tables} ORDER BY 1"),
                self.PATHS[:3],
            )

    def test_named_table_or(self):
        lines = self.plan(
            "SELECT path FROM archive "
            "WHERE path = 'archive/a/1.txt' OR bytes < 5"
        )
        self.assertEqual(lines[0], "MULTI-INDEX OR")
        self.assertEqual(len([x for x in lines if "path=" in x]), 1, lines)
        self.assertEqual(len([x for x in lines if "bytes<" in x]), 1, lines)


class Reading(PlanCase):
    def test_every_row_needs_its_head_and_no_more(self):
        rows, cost = self.cost("SELECT count(*) FROM cables('archive')")
        self.assertEqual(rows, [(4,)])
        self.assertEqual(cost["files_listed"], 6)
        self.assertEqual(cost["files_opened"], 6)
        self.assertEqual(cost["documents_parsed"], 0)
        self.assertLess(cost["bytes_read"], 100000)

    def test_a_header_needs_no_body(self):
        rows, cost = self.cost("SELECT subject FROM cables('archive/b')")
        self.assertEqual(rows, [("A VISIT",)])
        self.assertEqual(cost["documents_parsed"], 1)
        self.assertEqual(cost["parses"], 1)
        self.assertLess(cost["bytes_read"], 100000)
        self.assertGreater(os.path.getsize("archive/b/4.txt"), 300000)

    def test_a_body_needs_the_whole(self):
        rows, cost = self.cost("SELECT length(text) FROM cables('archive/b')")
        size = os.path.getsize("archive/b/4.txt")
        self.assertEqual(rows, [(size,)])
        self.assertEqual(cost["bytes_read"], size)
        self.assertEqual(cost["parses"], 1)

    def test_one_parse_serves_all(self):
        cost = self.cost(
            "SELECT body, paragraphs, summary, signer, text, subject, refid "
            "FROM cables('archive/a/1.txt')"
        )[1]
        self.assertEqual(cost["parses"], 1)
        self.assertEqual(cost["documents_parsed"], 1)

    def test_a_body_is_read_only_of_rows_that_pass(self):
        rows, cost = self.cost(
            "SELECT length(body) > 0 FROM cables('archive') "
            "WHERE subject = 'A DINNER'"
        )
        self.assertEqual(rows, [(1,)])
        self.assertLess(cost["bytes_read"], 100000)

    def opened(self, condition):
        rows, cost = self.cost(
            "SELECT path FROM cables('archive') "
            f"WHERE {condition} ORDER BY path"
        )
        return [row[0] for row in rows], cost["files_opened"]

    def test_what_a_path_excludes_is_not_opened(self):
        p = self.PATHS
        for condition, paths, n_opened in (
            (f"path = '{p[0]}'", [p[0]], 1),
            ("path = 'archive/a'", [], 0),
            ("path = 'nowhere'", [], 0),
            ("path = NULL", [], 0),
            ("path = 5", [], 0),
            (f"path = CAST('{p[0]}' AS BLOB)", [], 0),
            (f"path IN ('{p[3]}', '{p[0]}', '{p[0]}', 'x')", [p[0], p[3]], 2),
            (f"path IN ('{p[3]}', NULL)", [p[3]], 1),
            ("path IN (SELECT NULL)", [], 0),
            ("path GLOB 'archive/b/*'", [p[3]], 1),
            ("path GLOB '*/[12].txt'", p[:2], 2),
            ("path GLOB NULL", [], 0),
            (f"path = '{p[0]}' AND path = '{p[1]}'", [], 0),
            (f"path = '{p[0]}' AND path GLOB '*1*'", [p[0]], 1),
        ):
            self.assertEqual(
                self.opened(condition), (paths, n_opened), condition
            )

    def test_many_paths(self):
        marks = ",".join("?" * 100)
        paths = [f"archive/a/{i}.txt" for i in range(100, 0, -1)]
        rows, cost = self.cost(
            "SELECT path FROM cables('archive') "
            f"WHERE path IN ({marks}) ORDER BY path",
            paths,
        )
        self.assertEqual([row[0] for row in rows], self.PATHS[:3])
        self.assertEqual(cost["files_opened"], 3)

    def test_what_bytes_exclude_is_not_opened(self):
        p = self.PATHS
        for condition, paths, n_opened in (
            (f"bytes = {self.size}", [p[0], p[2]], 2),
            (f"bytes = {self.size}.0", [p[0], p[2]], 2),
            (f"bytes < {self.size}.5 AND bytes > 12", [p[0], p[2]], 2),
            ("bytes > 1e5", [p[3]], 1),
            ("bytes > 100000", [p[3]], 1),
            ("bytes > '100000'", [p[3]], 6),
            ("bytes < 'x'", p, 6),
            ("bytes > 'x'", [], 6),
            ("bytes < x'00'", p, 6),
            ("bytes > NULL", [], 0),
        ):
            self.assertEqual(
                self.opened(condition), (paths, n_opened), condition
            )

    def test_what_mtime_excludes_is_not_opened(self):
        p = self.PATHS
        for condition, paths, n_opened in (
            ("mtime = '2002-01-01 12:00:00'", [p[1]], 1),
            ("mtime < '2002-01-01 12:00:00'", [p[0]], 3),
            ("mtime <= '2002-01-01 12:00:00'", p[:2], 4),
            ("mtime > '2002-01-01 12:00:00'", p[2:], 2),
            ("mtime >= datetime('2002-01-01 12:00:00')", p[1:], 3),
            # The column's affinity makes it '2002'.
            ("mtime > 2002", p[1:], 6),
            ("mtime < NULL", [], 0),
        ):
            self.assertEqual(
                self.opened(condition), (paths, n_opened), condition
            )

    def test_limit_stops_the_reading(self):
        rows, cost = self.cost("SELECT path FROM cables('archive') LIMIT 1")
        self.assertEqual(rows, [(self.PATHS[0],)])
        self.assertEqual(cost["files_opened"], 1)

    def test_an_or_gives_no_row_twice(self):
        sql = (
            "SELECT path FROM {} WHERE path = 'archive/a/2.txt' "
            "OR bytes > 12 OR mtime > '2001' ORDER BY path"
        )
        for table in "archive", "cables('archive')":
            self.assertEqual(self.column(sql.format(table)), self.PATHS)

    def test_an_or_keeps_rows_of_two_texts(self):
        """The sides of the OR have arguments of their own, and both give
        their first row."""
        one, two = telegram(1), telegram(2)
        sql = (
            "SELECT DISTINCT telegram FROM cable_paragraphs "
            "WHERE (telegram = ?1 AND ordinal = 1) "
            "OR (telegram = ?2 AND start > 0 AND ordinal = 1)"
        )
        self.assertIn("MULTI-INDEX OR", self.plan(sql, (one, two)))
        self.assertEqual(
            set(self.column(sql, (one, two))), {one, two}
        )

    def test_entry_is_null_and_the_rows_are_found_by_it(self):
        self.assertEqual(
            self.column("SELECT path FROM archive WHERE entry IS NULL"),
            self.PATHS,
        )
        self.assertEqual(
            self.column("SELECT path FROM archive WHERE entry IS NOT NULL"), []
        )

    def test_source_comes_back(self):
        self.assertEqual(
            self.rows("SELECT DISTINCT source FROM cables('archive')"),
            [("archive",)],
        )
        self.assertEqual(
            self.rows("SELECT DISTINCT source FROM archive"), [("archive",)]
        )

    def test_several_sources(self):
        rows = self.column(
            "SELECT path FROM cables(?)", ('["archive/b", "archive/a"]',)
        )
        self.assertEqual(rows, self.PATHS)

    def test_the_rows_of_a_cursor_start_over(self):
        rows = self.rows(
            "SELECT value, (SELECT count(*) FROM cables(value)) FROM "
            "json_each('[\"archive/a\", \"archive/b\", \"archive/a\"]')"
        )
        self.assertEqual(
            rows, [("archive/a", 3), ("archive/b", 1), ("archive/a", 3)]
        )

    def test_same_rows_as_an_ordinary_table(self):
        """Whatever the WHERE clause: pushed or not, the rows are the same."""
        columns = "path, entry, bytes, mtime, subject"
        self.conn.execute(
            f"CREATE TABLE plain AS SELECT {columns} FROM archive"
        )
        self.assertEqual(self.value("SELECT count(*) FROM plain"), 4)
        random.seed(1)
        values = {
            "path": [*map(repr, self.PATHS), "'x'", "NULL", "1", "x'61'"],
            "bytes": [str(self.size), f"{self.size}.5", "1e3", "'99'", "NULL"],
            "mtime": ["'2002-01-01 12:00:00'", "'2002'", "2002", "NULL"],
        }
        operators = "= < <= > >= IS <> GLOB LIKE IN".split()
        patterns = ["'archive/[ab]/*'", "'archive/A%'"]
        rests = "ORDER BY path", "ORDER BY path LIMIT 2", "ORDER BY path DESC"

        def term():
            column = random.choice(sorted(values))
            operator = random.choice(operators)
            value = random.choice(values[column])
            if operator == "IN":
                value = f"({value}, {random.choice(values[column])})"
            elif operator in ("GLOB", "LIKE"):
                value = random.choice([*patterns, value])
            return f"{column} {operator} {value}"

        def clause(depth):
            if depth == 0:
                return term()
            a, b = clause(depth - 1), clause(depth - 1)
            joined = f"({a} {random.choice(['AND', 'OR'])} {b})"
            return random.choice(["", "", "NOT "]) + joined

        for _ in range(400):
            where = clause(random.randrange(3))
            condition = f"WHERE {where} {random.choice(rests)}"
            rows = [
                self.rows(f"SELECT {columns} FROM {table} {condition}")
                for table in ("plain", "archive", "cables('archive')")
            ]
            self.assertEqual(rows[1], rows[0], where)
            self.assertEqual(rows[2], rows[0], where)


class NamedTables(support.Case):
    def test_no_file_is_touched_but_by_a_query(self):
        self.write("archive/1.txt", telegram(1))
        self.conn.close()
        self.conn = support.connect("a.db")
        self.addCleanup(self.conn.close)
        self.conn.execute("CREATE VIRTUAL TABLE t USING cables('archive')")
        self.conn.execute("CREATE VIRTUAL TABLE gone USING cables('nowhere')")
        self.assertEqual(
            self.column("SELECT path FROM t"), ["archive/1.txt"]
        )
        self.fails(
            "SELECT * FROM gone", "cables: no such file or folder: 'nowhere'"
        )
        shutil.rmtree("archive")
        self.conn.close()
        self.conn = support.connect("a.db")
        self.addCleanup(self.conn.close)
        self.assertEqual(self.value("PRAGMA integrity_check"), "ok")
        self.conn.execute("DROP TABLE t")
        self.conn.execute("DROP TABLE gone")
        self.assertEqual(self.column("SELECT name FROM sqlite_schema"), [])
        stats = json.loads(self.value("SELECT cables_stats()"))
        self.assertEqual(stats["files_opened"], 0)
        self.assertEqual(stats["files_listed"], 0)

    def test_arguments(self):
        self.write("it's/1.txt", telegram(1))
        for i, argument in enumerate(
            ("'it''s'", '"it\'s"', "[it's]", "`it's`")
        ):
            self.conn.execute(
                f"CREATE VIRTUAL TABLE t{i} USING cables({argument})"
            )
            self.assertEqual(
                self.column(f"SELECT path FROM t{i}"), ["it's/1.txt"]
            )
        needed = (
            "cables: a source is needed: CREATE VIRTUAL TABLE name "
            "USING cables('folder')"
        )
        self.fails("CREATE VIRTUAL TABLE t USING cables", needed)
        self.fails("CREATE VIRTUAL TABLE t USING cables()", needed)
        self.fails("CREATE VIRTUAL TABLE t USING cables('')", needed)
        self.fails(
            "CREATE VIRTUAL TABLE t USING cables('a', 'b')",
            "cables: one source is needed: several go into a JSON array: "
            "cables('[\"1973\",\"1974\"]')",
        )

    def test_a_source_is_needed(self):
        self.fails(
            "SELECT * FROM cables",
            "cables: a source is needed: cables('folder')",
        )
        self.fails(
            "SELECT * FROM cables WHERE path = 'x' OR bytes > 3",
            "cables: a source is needed: cables('folder')",
        )
        self.fails(
            "SELECT * FROM cable_paragraphs",
            "cables: a text is needed: cable_paragraphs(text [, refid])",
        )
        self.assertEqual(self.rows("SELECT * FROM cables(NULL)"), [])
        self.assertEqual(self.rows("SELECT * FROM cable_paragraphs(NULL)"), [])


if __name__ == "__main__":
    unittest.main()
