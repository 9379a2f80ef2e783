"""The extension inside its host: hardened schemas, encodings, types of
arguments, interrupts, limits, files that cannot be read."""

import json
import os
import sqlite3
import threading
import unittest

import support
from support import telegram


class Schemas(support.Case):
    """What a stranger's schema may do (trusted_schema off)."""

    def setUp(self):
        super().setUp()
        self.write("archive/1.txt", telegram(1))
        self.conn.execute("PRAGMA trusted_schema = OFF")
        self.assertEqual(self.value("PRAGMA trusted_schema"), 0)

    def test_parsers_in_a_view(self):
        self.conn.execute("CREATE TABLE t(x)")
        self.conn.execute("INSERT INTO t VALUES (?)", (telegram(1),))
        self.conn.execute(
            "CREATE VIEW v AS SELECT cable_subject(x) s, number, "
            "(SELECT display FROM cable_posts WHERE post = 'MOSCOW') d "
            "FROM t, cable_paragraphs(x) WHERE number IS NOT NULL"
        )
        self.assertEqual(
            self.rows("SELECT * FROM v"),
            [
                ("A VISIT", 1, "Embassy Moscow"),
                ("A VISIT", 2, "Embassy Moscow"),
            ],
        )

    def test_parsers_in_generated_columns_and_indexes(self):
        self.conn.execute(
            "CREATE TABLE t(x TEXT, "
            "subject TEXT AS (cable_subject(x)) STORED, "
            "year INTEGER AS (refid_year('06MOSCOW1')) VIRTUAL)"
        )
        self.conn.execute("CREATE INDEX i ON t(refid_normalize(x))")
        self.conn.execute("INSERT INTO t(x) VALUES (?)", (telegram(1),))
        self.assertEqual(
            self.rows("SELECT subject, year FROM t"), [("A VISIT", 2006)]
        )

    def test_files_not_in_a_view(self):
        self.conn.execute(
            "CREATE VIEW v AS SELECT path FROM cables('archive')"
        )
        self.fails("SELECT * FROM v", 'unsafe use of virtual table "cables"')
        self.conn.execute("PRAGMA trusted_schema = ON")
        self.fails("SELECT * FROM v", 'unsafe use of virtual table "cables"')

    def test_files_in_a_temporary_view(self):
        self.conn.execute(
            "CREATE TEMP VIEW v AS SELECT path FROM cables('archive')"
        )
        self.assertEqual(self.rows("SELECT * FROM v"), [("archive/1.txt",)])

    def test_settings_not_in_a_view(self):
        self.conn.execute("CREATE VIEW v AS SELECT cables_config('strict', 1)")
        self.fails("SELECT * FROM v", "unsafe use of cables_config()")
        self.assertEqual(self.value("SELECT cables_config('strict')"), 0)


class Values(support.Case):
    def functions(self):
        return self.rows(
            "SELECT DISTINCT name, narg FROM pragma_function_list WHERE "
            "name GLOB 'cable_*' OR name GLOB 'declass_*' "
            "OR name GLOB 'refid_*' OR name = 'classification_rank'"
        )

    def test_null_gives_null(self):
        functions = self.functions()
        self.assertGreater(len(functions), 45)
        for name, n in functions:
            nulls = ", ".join(["NULL"] * n)
            self.assertIsNone(self.value(f"SELECT {name}({nulls})"), name)

    def test_null_year_gives_null(self):
        self.assertIsNone(
            self.value("SELECT refid_normalize('06KYIV1', NULL)")
        )
        self.assertIsNone(self.value("SELECT cable_refs('REF: X', NULL)"))

    def test_wrong_number_of_arguments(self):
        for name, n in (
            ("cable_subject", 0),
            ("cable_subject", 2),
            ("cables_config", 3),
            ("cables_version", 1),
            ("refid_normalize", 3),
            ("declass_schedule", 3),
        ):
            arguments = ", ".join(["'x'"] * n)
            self.fails(
                f"SELECT {name}({arguments})",
                f"wrong number of arguments to function {name}()",
            )
        self.fails(
            "SELECT * FROM cable_addressees('x', 'y')",
            "too many arguments on cable_addressees() - max 1",
        )

    def test_text_or_blob(self):
        text = telegram(1)
        for argument in text, text.encode():
            self.assertEqual(
                self.value("SELECT cable_subject(?)", (argument,)), "A VISIT"
            )
            self.assertEqual(
                self.column(
                    "SELECT number FROM cable_paragraphs(?) "
                    "WHERE number IS NOT NULL",
                    (argument,),
                ),
                [1, 2],
            )

    def refuses(self, sql, value):
        with self.assertRaisesRegex(sqlite3.Error, "cables: .* no such .* '"):
            self.rows(sql, (value,))

    def test_strange_arguments(self):
        """Every function and table takes anything without a word; of what
        it must choose from a list, there is an error instead."""
        choices = {"cable_cite": "'bibtex'", "refid_url": "'plusd'"}
        strange = [b"", "", "\0", b"\xff\xfe", 0, -1, 1.5, "x" * 100000]
        strange += [telegram(1)[:n] for n in range(0, 300, 7)]
        for value in strange:
            for name, n in self.functions():
                marks = ["?1"] * n
                if n > 1 and name in choices:
                    self.refuses(f"SELECT {name}({', '.join(marks)})", value)
                    marks[1] = choices[name]
                marks = ", ".join(marks)
                result = self.value(f"SELECT {name}({marks})", (value,))
                if isinstance(result, str):
                    self.assertNotIn("\0", result, name)
            for table in (
                "paragraphs references addressees citations anomalies explain "
                "redactions"
            ).split():
                self.rows(f'SELECT * FROM "cable_{table}"(?)', (value,))

    def test_results_are_valid_utf8(self):
        text = telegram(1, "CAF\xc9 \xa0").encode("latin-1")
        subject = self.value(
            "SELECT CAST(cable_subject(?) AS BLOB)", (text,)
        )
        self.assertIn("CAF\ufffd", subject.decode("utf-8"))
        self.write("a.txt", text)
        rows = self.rows("SELECT subject, anomalies FROM cables('a.txt')")
        self.assertEqual(len(rows), 1)
        self.assertTrue(rows[0][0].startswith("CAF\xc9"), rows)
        self.assertIn(
            "text is not UTF-8: read as Windows-1252", json.loads(rows[0][1])
        )

    def test_json_nests(self):
        self.assertEqual(
            self.value("SELECT json_array(cable_tags(?))", (telegram(1),)),
            '[["PREL","RS"]]',
        )
        self.write("a.txt", telegram(1))
        self.assertEqual(
            self.value("SELECT json_object('t', tags) FROM cables('a.txt')"),
            '{"t":["PREL","RS"]}',
        )
        self.assertEqual(
            self.column(
                "SELECT t.value FROM cables('a.txt') c, json_each(c.tags) t"
            ),
            ["PREL", "RS"],
        )
        self.assertEqual(
            self.value("SELECT json_type(json_array(cables_stats()), '$[0]')"),
            "object",
        )

    def test_empty_lists_are_null(self):
        text = "R 071707Z APR 06\nFM AMEMBASSY MOSCOW\nUNCLAS MOSCOW 000001\n"
        self.assertEqual(
            self.rows("SELECT cable_tags(?1), cable_refs(?1)", (text,)),
            [(None, None)],
        )

    def test_printed_is_what_stands_there(self):
        """start and length count bytes of the argument, whatever they are."""
        raw = telegram(1, "CAF\xc9").replace("\n", "\r\n").encode("latin-1")
        rows = self.rows(
            "SELECT start, length, CAST(printed AS BLOB) "
            "FROM cable_paragraphs(?) WHERE number IS NOT NULL",
            (raw,),
        )
        self.assertEqual(len(rows), 2)
        for (start, length, printed), first in zip(rows, (b"1.", b"2.")):
            self.assertEqual(raw[start : start + length], printed)
            self.assertTrue(printed.startswith(first), printed)

    def test_hidden_columns_give_the_arguments(self):
        text = telegram(1)
        self.assertEqual(
            self.rows(
                "SELECT DISTINCT telegram, refid "
                "FROM cable_paragraphs(?, 'x')",
                (text,),
            ),
            [(text, "x")],
        )

    def test_declass_schedule(self):
        answer = "1982-12-31", "schedule"
        for arguments, date, kind in (
            ("'11652', 'GDS', 'SECRET', '1974-03-01'", *answer),
            ("11652, 'GDS', 'SECRET', '1974-03-01'", *answer),
            ("'11652', 'GDS', NULL, '1975-03-01'", None, "unknown_level"),
            ("'11652', 'GDS', 'SECRET', NULL", None, "unknown_date"),
            ("'11652', NULL, 'SECRET', '1974-03-01'", None, None),
        ):
            self.assertEqual(
                self.rows(
                    f"SELECT declass_schedule({arguments}), "
                    f"declass_schedule_kind({arguments})"
                ),
                [(date, kind)],
                arguments,
            )

    def test_refids(self):
        self.assertEqual(
            self.rows(
                "SELECT refid_normalize('06 MOSCOW 003687'), "
                "refid_normalize('MOSCOW 3510'), "
                "refid_normalize('MOSCOW 3510', 2006), "
                "refid_year('06MOSCOW3687'), refid_post('06MOSCOW3687'), "
                "refid_serial('06MOSCOW3687'), refid_nara('74STATE262518'), "
                "refid_normalize('a letter')"
            ),
            [
                (
                    "06MOSCOW3687",
                    None,
                    "06MOSCOW3510",
                    2006,
                    "MOSCOW",
                    3687,
                    "1974STATE262518",
                    None,
                )
            ],
        )

    def test_many_texts(self):
        """More texts than the cache holds, large ones too, in any order."""
        texts = [telegram(i, f"VISIT {i}") for i in range(7)]
        texts += [
            telegram(i, f"VISIT {i}", body="1. (C) Words.\n\n" * 80000)
            for i in range(7, 9)
        ]
        self.conn.execute("CREATE TABLE t(i, x)")
        self.conn.executemany("INSERT INTO t VALUES (?, ?)", enumerate(texts))
        for order in "i", "i DESC", "i % 3", "(i * 5) % 9, 1":
            rows = self.rows(
                "SELECT i, cable_subject(x), cable_sender(x), "
                "cable_subject(x) FROM (SELECT t.i, x FROM t, "
                f"(SELECT 1 UNION ALL SELECT 2) ORDER BY {order})"
            )
            self.assertEqual(len(rows), 18)
            for i, subject, sender, again in rows:
                self.assertEqual(subject, f"VISIT {i}")
                self.assertEqual(again, subject)
                self.assertEqual(sender, "AMEMBASSY MOSCOW")

    def test_one_row_is_parsed_once(self):
        self.conn.execute("CREATE TABLE t(x)")
        self.conn.executemany(
            "INSERT INTO t VALUES (?)", [(telegram(i),) for i in range(5)]
        )
        before = json.loads(self.value("SELECT cables_stats()"))
        rows = self.rows(
            "SELECT cable_subject(x), cable_tags(x), cable_sender(x) FROM t"
        )
        row = "A VISIT", '["PREL","RS"]', "AMEMBASSY MOSCOW"
        self.assertEqual(rows, [row] * 5)
        after = json.loads(self.value("SELECT cables_stats()"))
        self.assertEqual(after["parses"] - before["parses"], 5)


class Encodings(support.Case):
    def test_utf16_database(self):
        self.conn.close()
        self.conn = sqlite3.connect("a.db")
        self.addCleanup(self.conn.close)
        self.conn.execute("PRAGMA encoding = 'UTF-16le'")
        self.conn.execute("CREATE TABLE t(x)")
        support.load(self.conn)
        self.assertEqual(self.value("PRAGMA encoding"), "UTF-16le")
        self.conn.execute(
            "INSERT INTO t VALUES (?)", (telegram(1, "CAF\xc9"),)
        )
        self.write("caf\xe9/1.txt", telegram(1, "CAF\xc9"))
        self.assertEqual(
            self.rows("SELECT cable_subject(x), cable_tags(x) FROM t"),
            [("CAF\xc9", '["PREL","RS"]')],
        )
        number, start, length, printed = self.rows(
            "SELECT number, start, length, printed FROM t, "
            "cable_paragraphs(t.x) WHERE number = 1"
        )[0]
        text = telegram(1, "CAF\xc9").encode()
        self.assertEqual(number, 1)
        self.assertEqual(text[start : start + length], printed.encode())
        for condition in (
            "path = 'caf\xe9/1.txt'",
            "path IN ('caf\xe9/1.txt', 'x')",
            "path GLOB 'caf?/*'",
        ):
            self.assertEqual(
                self.rows(
                    "SELECT path, subject, source FROM cables('caf\xe9') "
                    f"WHERE {condition}"
                ),
                [("caf\xe9/1.txt", "CAF\xc9", "caf\xe9")],
            )
        self.conn.execute("CREATE VIRTUAL TABLE n USING cables('caf\xe9')")
        self.assertEqual(self.value("SELECT subject FROM n"), "CAF\xc9")

    def test_paths_that_are_no_text(self):
        raw = os.fsencode(self.folder) + b"/archive/\xff.txt"
        self.write("archive/a.txt", telegram(1))
        try:
            with open(raw, "wb") as f:
                f.write(telegram(2).encode())
        except OSError:
            self.skipTest("this file system takes no such name")
        paths = self.column("SELECT path FROM cables('archive')")
        self.assertEqual(paths, ["archive/a.txt", "archive/\ufffd.txt"])
        for condition in (
            "path = 'archive/\ufffd.txt'",
            "path IN ('x', 'archive/\ufffd.txt')",
            "path GLOB 'archive/\ufffd.txt'",
        ):
            self.assertEqual(
                self.column(
                    f"SELECT path FROM cables('archive') WHERE {condition}"
                ),
                ["archive/\ufffd.txt"],
            )


class Stopping(support.Case):
    FILES = 600

    def setUp(self):
        super().setUp()
        for i in range(self.FILES):
            self.write(f"archive/{i % 30}/{i}.txt", "no telegram\n" * 50)

    def scan(self):
        return self.rows("SELECT path FROM cables('archive')")

    def opened(self):
        return json.loads(self.value("SELECT cables_stats()"))["files_opened"]

    def test_a_progress_handler_stops_a_scan(self):
        """All files are passed over inside one step of the statement: SQLite
        alone would look behind the last one only."""
        self.assertEqual(self.scan(), [])
        self.assertEqual(self.opened(), self.FILES)
        self.conn.set_progress_handler(lambda: 1, 50)
        with self.assertRaisesRegex(sqlite3.OperationalError, "^interrupted$"):
            self.scan()
        self.conn.set_progress_handler(None, 0)
        self.assertLess(self.opened(), 2 * self.FILES)

    def test_an_interrupt_stops_a_scan(self):
        self.conn.close()
        self.conn = sqlite3.connect(":memory:", check_same_thread=False)
        self.addCleanup(self.conn.close)
        support.load(self.conn)
        sources = json.dumps(["archive"])
        timer = threading.Timer(0.05, self.conn.interrupt)
        timer.start()
        self.addCleanup(timer.join)
        with self.assertRaisesRegex(sqlite3.OperationalError, "^interrupted$"):
            self.rows(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 "
                "FROM n LIMIT 1000) SELECT path FROM n CROSS JOIN cables(?)",
                (sources,),
            )
        # The connection goes on to work.
        self.assertEqual(self.value("SELECT refid_year('06MOSCOW1')"), 2006)

    def test_an_authorizer_that_forbids_statements(self):
        """Polling is not allowed then: no reason to fail."""
        statement = "SELECT count(*) FROM cables('archive')"
        depth = []

        def authorize(action, *_):
            if action == sqlite3.SQLITE_SELECT:
                depth.append(1)
                if len(depth) > 1:
                    return sqlite3.SQLITE_DENY
            return sqlite3.SQLITE_OK

        self.conn.set_authorizer(authorize)
        self.assertEqual(self.conn.execute(statement).fetchall(), [(0,)])


class Files(support.Case):
    def test_a_file_that_cannot_be_read_is_a_row(self):
        self.write("archive/1.txt", telegram(1))
        os.chmod(self.write("archive/2.txt", telegram(2)), 0)
        self.write("archive/locked/3.txt", telegram(3))
        os.chmod("archive/locked", 0)
        self.addCleanup(os.chmod, "archive/locked", 0o700)
        if os.geteuid() == 0:  # who reads everything
            os.chmod(self.folder, 0o755)
            os.seteuid(65534)
            self.addCleanup(os.seteuid, 0)
        size = os.path.getsize("archive/2.txt")
        rows = self.rows(
            "SELECT path, refid IS NULL, bytes, mtime IS NULL, format, "
            "anomalies, text FROM cables('archive') WHERE refid IS NULL"
        )
        self.assertEqual(
            [r for r in rows if r[0] == "archive/2.txt"],
            [
                (
                    "archive/2.txt",
                    1,
                    size,
                    0,
                    None,
                    '["file cannot be read: Permission denied"]',
                    None,
                )
            ],
        )
        locked = [r for r in rows if r[0] == "archive/locked/"]
        self.assertEqual(len(locked), 1)
        self.assertEqual(
            locked[0][5], '["folder cannot be read: Permission denied"]'
        )
        self.assertEqual(self.value("SELECT cables_config('strict', 1)"), 1)
        self.fails(
            "SELECT * FROM cables('archive')",
            "cables: 'archive/2.txt': file cannot be read: Permission denied",
        )

    def test_max_bytes(self):
        self.write("a.txt", telegram(1, body="1. (C) Words.\n\n" * 1000))
        self.value("SELECT cables_config('max_bytes', 5000)")
        rows = self.rows(
            "SELECT subject, length(text), bytes, anomalies "
            "FROM cables('a.txt')"
        )
        self.assertEqual(len(rows), 1)
        subject, length, size, anomalies = rows[0]
        self.assertEqual(subject, "A VISIT")
        # The last line, which is cut, may get its end.
        self.assertIn(length, (5000, 5001))
        self.assertEqual(size, os.path.getsize("a.txt"))
        self.assertIn(
            f"document is longer than max_bytes: {size} bytes",
            json.loads(anomalies),
        )

    def test_no_telegram_no_row(self):
        self.write("archive/empty.txt", "")
        image = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
        self.write("archive/image.png", image)
        self.write("archive/index.txt", "an index\n")
        self.write("archive/1.txt", telegram(1))
        self.assertEqual(
            self.column("SELECT path FROM cables('archive')"),
            ["archive/1.txt"],
        )

    def test_nothing_there(self):
        self.fails(
            "SELECT * FROM cables('nowhere')",
            "cables: no such file or folder: 'nowhere'",
        )
        os.mkdir("empty")
        self.assertEqual(self.rows("SELECT * FROM cables('empty')"), [])
        self.assertEqual(self.rows("SELECT * FROM cables('*.nothing')"), [])

    def test_the_length_limit(self):
        if not hasattr(self.conn, "setlimit"):
            self.skipTest("this Python sets no limits")
        self.write("a.txt", telegram(1, body="1. (C) Words.\n\n" * 1000))
        self.conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 10000)
        self.fails(
            "SELECT text FROM cables('a.txt')", "string or blob too big"
        )
        self.assertEqual(
            self.value("SELECT subject FROM cables('a.txt')"), "A VISIT"
        )

    def test_formats(self):
        self.write("a.txt", telegram(1))
        html = "<html><body><pre>" + telegram(2) + "</pre></body></html>"
        self.write("b.html", html)
        self.assertEqual(
            self.rows("SELECT path, format FROM cables('[a-b].*')"),
            [("a.txt", "telegram"), ("b.html", "page")],
        )


if __name__ == "__main__":
    unittest.main()
