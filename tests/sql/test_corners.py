"""Rare values and rare questions, each worked out by hand."""

import csv
import io
import json
import os
import sqlite3
import tarfile
import unittest

import support
from support import telegram

HEADER = (
    "FM AMEMBASSY OSLO\nTO SECSTATE WASHDC\nUNCLAS OSLO 000123\n"
    "SUBJECT: {}\n\n1. Text.\n"
)


class Cite(support.Case):
    """Parts of a citation that are not known, or odd."""

    def cite(self, text, style):
        return self.value("SELECT cable_cite(?, ?)", (text, style))

    def test_a_day_that_does_not_exist(self):
        text = "R 311707Z FEB 06\n" + HEADER.format("NOW!")
        self.assertEqual(
            self.cite(text, "chicago"),
            'Embassy Oslo, "NOW!" telegram 06OSLO123, n.d.')
        self.assertEqual(
            self.cite(text, "nara"),
            'Telegram 123 from Embassy Oslo, "NOW!" n.d.; 06OSLO123.')
        self.assertEqual(
            self.cite(text, "bibtex"),
            "@misc{06OSLO123,\n  author = {{Embassy Oslo}},\n"
            "  title = {{NOW!}},\n"
            "  howpublished = {Telegram 06OSLO123}\n}")

    def test_before_and_behind_the_archives(self):
        for year in "72", "80":
            text = f"R 071707Z APR {year}\n" + HEADER.format("NOW")
            self.assertEqual(
                self.cite(text, "nara"),
                f'Telegram 123 from Embassy Oslo, "NOW," April 7, 19{year}; '
                f"{year}OSLO123.")

    def test_an_author_whom_no_table_knows(self):
        text = "R 071707Z APR 06\n" + HEADER.format("A}^~").replace(
            "OSLO 000123", "XYZZY 000123")
        sent = text.replace("AMEMBASSY OSLO", "XYZZYPOST NOWHERE")
        self.assertEqual(
            self.cite(sent, "chicago"),
            'XYZZYPOST NOWHERE, "A}^~," telegram 06XYZZY123, April 7, 2006.')
        self.assertEqual(
            self.cite(sent.replace("FM XYZZYPOST NOWHERE\n", ""), "bibtex"),
            "@misc{06XYZZY123,\n  author = {{XYZZY}},\n  title = "
            "{{A\\textbraceright{}\\textasciicircum{}\\textasciitilde{}}},\n"
            "  howpublished = {Telegram 06XYZZY123},\n"
            "  year = {2006},\n  month = {4},\n  day = {7}\n}")

    def test_letters_that_no_page_has(self):
        for ref in "74STATE262518_f", "74STATE262518_A", "74STATE262518":
            self.assertEqual(
                self.value("SELECT refid_url(?)", (ref,)),
                "https://wikileaks.org/plusd/cables/1974STATE262518_b.html")


class Json(support.Case):
    """Bytes that JSON writes in its own way, or not at all."""

    def test_quotes_backslashes_and_control_characters(self):
        text = telegram(1) + (
            "\nMessage Attributes\nFilm Number: D750123-0456\n"
            'Concepts: A"B\\C\x01D\n')
        self.assertEqual(
            self.value("SELECT cable_attributes(?)", (text,)),
            '{"Film Number":"D750123-0456",'
            '"Concepts":"A\\"B\\\\C\\u0001D"}')

    def test_bytes_that_are_no_text(self):
        text = telegram(1).encode().replace(b"SECSTATE", b"SEC\xffST\x02ATE")
        self.assertEqual(
            self.value("SELECT cable_action(?)", (text,)),
            '["SEC\ufffdST\\u0002ATE WASHDC"]')

    def test_line_ends_and_tabs(self):
        """In the name of a member, which an anomaly repeats."""
        out = io.BytesIO()
        text = telegram(1).encode() * 10
        with tarfile.open(fileobj=out, mode="w") as tar:
            info = tarfile.TarInfo("a\nb\tc.txt")
            info.size = len(text)
            tar.addfile(info, io.BytesIO(text))
        self.write("a.tar", out.getvalue()[:1800])
        self.assertEqual(
            self.value("SELECT anomalies FROM cables('a.tar')"),
            '["archive cannot be read on: Truncated tar archive '
            "(member 'a\\nb\\tc.txt')\"]")

    def test_an_addressee_without_an_address(self):
        text = telegram(1).replace("SECSTATE WASHDC PRIORITY 1234", "RUEHC")
        self.assertEqual(self.value("SELECT cable_action(?)", (text,)),
                         '["RUEHC"]')


class Years(support.Case):
    def test_a_year_that_is_none_is_not_known(self):
        for year in -1, 0, 10000:
            self.assertIsNone(
                self.value("SELECT refid_normalize('OSLO 1', ?)", (year,)))
            self.assertEqual(
                self.column("SELECT refid FROM cable_references("
                            "'REF: OSLO 1', ?)", (year,)), [None])
        self.assertEqual(
            self.column("SELECT refid FROM cable_references('REF: OSLO 1', "
                        "9999)"), ["99OSLO1"])


class Records(support.Case):
    """Dates of a bulk file with names."""

    def created(self, date):
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        text = telegram(1).replace("R 071707Z APR 06\n", "")
        writer.writerow(["docid", "date", "n" * 40, "date", "subject", "body"])
        writer.writerow(["06OSLO1", date, "x", "1/1/2001", "S", text])
        self.write("f.csv", out.getvalue())
        return self.value("SELECT created FROM cables('f.csv')")

    def test_dates(self):
        for date, want in (
            ("31-Dec-1999", "1999-12-31 00:00:00"),
            ("31 DEC-1999 9:05", "1999-12-31 09:05:00"),
            ("12/31/1999", "1999-12-31 00:00:00"),
            ("1999-12-31T10:11:12Z", "1999-12-31 10:11:00"),
            ("1999-12-31 10:11", "1999-12-31 10:11:00"),
        ):
            self.assertEqual(self.created(date), want, date)

    def test_what_is_no_date_is_told_by_the_next_column(self):
        for date in (
            "12/31", "1999-12-31 25:00", "1999-12-31 10:60", "31 DEC 99x",
            "1999-12-31 10:11:60", "1999-12-31 10:11:", "1999-12-31 10",
            "1999-12-31 :11", "1999-12-31x", "999-01-01", "1999-02-30",
            "31 DE", "31 FOO 1999", "12-31", "12-", "1", "31 DEC/1999",
            "31-DEC-", "1999-12-31 10:11Z1", "12/x", "1999-x", "31-DEC 1999x",
            "soon", "1999-12", "1999-12-x", "12/31x1999", "1999-12-31 x:11",
        ):
            self.assertEqual(self.created(date), "2001-01-01 00:00:00", date)


class Times(support.Case):
    def test_before_1970(self):
        for mtime, want in (
            (0, "1970-01-01 00:00:00"),
            (-1, "1969-12-31 23:59:59"),
            (-86400, "1969-12-31 00:00:00"),
            (-86401, "1969-12-30 23:59:59"),
            (951782400, "2000-02-29 00:00:00"),  # 11016 days
        ):
            self.write("a.txt", telegram(1), mtime)
            self.assertEqual(self.value("SELECT mtime FROM cables('a.txt')"),
                             want)
            self.assertEqual(
                self.value("SELECT mtime FROM cables_files('a.txt')"), want)
            self.assertEqual(
                self.column("SELECT refid FROM cables('a.txt') WHERE "
                            "path = 'a.txt' AND mtime = ?", (want,)),
                ["06MOSCOW1"])


class Blobs(support.Case):
    """Blobs of parsed rows that somebody changed."""

    MAGIC = b"\0cables\1"

    def refused(self, blob):
        self.fails("SELECT count(*) FROM cable_references(?)",
                   "cables: a damaged blob of parsed rows: "
                   "cable_references(text [, year])", (self.MAGIC + blob,))

    def test_numbers_that_never_end(self):
        self.refused(b"\x80" * 20)
        self.refused(b"\x80" * 8 + b"\0")
        self.refused(b"\x80" * 9 + b"\0")

    def test_what_is_cut(self):
        self.refused(b"")
        self.refused(b"\0")
        self.refused(b"\0\0")
        self.refused(b"\0\0\1")
        self.refused(b"\0\0\1\2\0")      # two bytes of rows, one is there
        self.refused(b"\0\0\2\1\0")      # two rows in one byte
        self.refused(b"\0\0\1\1\x80")    # a cell that is cut
        self.refused(b"\0\0\1\1\x06")    # a text of two bytes, none there

    def test_no_rows(self):
        self.assertEqual(
            self.rows("SELECT * FROM cable_references(?)",
                      (self.MAGIC + b"\0\0\0\0",)), [])


class Plain(support.Case):
    """The column plain: whether text is the end of printed."""

    def plain(self, body):
        text = telegram(1, body=body)
        rows = self.rows("SELECT plain, text, replace(replace(printed, "
                         "char(10), ' '), '  ', ' ') FROM cable_paragraphs(?) "
                         "WHERE number = 1", (text,))
        (plain, text, printed), = rows
        self.assertEqual(plain, int(printed.endswith(text)), rows)
        return plain

    def test_plain(self):
        for body in ("1. (C) He came\nand left.\n", "1. One  two.\n"):
            self.assertEqual(self.plain(body), 1, body)

    def test_not_plain(self):
        for body in ("1. (C) One   two.\n", "1. One\n\n\n   two.\n",
                     "1. One\n\x0c\ntwo.\n", "1. One\ttwo.\n"):
            self.assertEqual(self.plain(body), 0, body)


class Arguments(support.Case):
    """The argument of CREATE VIRTUAL TABLE."""

    def test_quotes(self):
        for argument, path in (
            ("[a b]", "a b"), ('"a""b"', 'a"b'), ("`a`", "a"),
            ("'a''b'", "a'b"), ("'a'b", "'a'b"), ("a", "a"), (" a ", "a"),
            ("'a' 'b'", "a' 'b"), ("'a' ''", "a' '"),
        ):
            self.conn.execute(
                f"CREATE VIRTUAL TABLE temp.n USING cables({argument})")
            self.fails("SELECT path FROM n",
                       f"cables: no such file or folder: '{path}'")
            self.conn.execute("DROP TABLE n")

    def test_nothing(self):
        for argument in "", "''", '""', " ":
            self.fails(
                f"CREATE VIRTUAL TABLE temp.n USING cables({argument})",
                "cables: a source is needed: CREATE VIRTUAL TABLE name "
                "USING cables('folder')")


class Questions(support.Case):
    """Conditions that a scan does not expect."""

    def setUp(self):
        super().setUp()
        self.write("in/1.txt", telegram(1))
        self.write("in/2.txt", telegram(2))

    def test_more_conditions_than_a_scan_takes(self):
        terms = " AND ".join(f"bytes <> {n} AND bytes > {n}"
                             for n in range(40))
        sql = f"SELECT refid FROM cables('in') WHERE {terms}"
        self.assertEqual(self.column(sql), ["06MOSCOW1", "06MOSCOW2"])
        # With the source, 32 are taken.
        self.assertEqual(self.plan(sql)[0].count(" bytes>"), 31)

    def test_two_sources(self):
        self.write("x/3.txt", telegram(3))
        for sql in ("SELECT refid FROM cables('in') WHERE source = 'x'",
                    "SELECT path FROM cables_files('in') "
                    "WHERE source = 'x'"):
            self.assertEqual(self.rows(sql), [])
        self.assertEqual(
            self.column("SELECT refid FROM cables('in') WHERE source = 'in'"),
            ["06MOSCOW1", "06MOSCOW2"])

    def test_a_source_that_is_compared_too(self):
        self.conn.execute("CREATE TABLE t(s)")
        self.conn.execute("INSERT INTO t VALUES ('in'), ('x')")
        for tables in "t, cables_files('in') f", "cables_files('in') f, t":
            self.assertEqual(
                self.column(f"SELECT path FROM {tables} WHERE f.source = t.s "
                            "ORDER BY path"), ["in/1.txt", "in/2.txt"])

    def test_one_thread(self):
        self.conn.execute("SELECT cables_config('threads', 1)")
        self.assertEqual(
            self.column("SELECT bytes FROM cables_files('in')"),
            [len(telegram(1)), len(telegram(2))])

    def test_no_source(self):
        self.assertEqual(self.rows("SELECT * FROM cables(NULL)"), [])
        self.assertEqual(self.rows("SELECT * FROM cables_files(NULL)"), [])
        self.assertEqual(self.rows("SELECT * FROM cable_paragraphs(NULL)"),
                         [])

    def test_sources_of_another_table(self):
        self.conn.execute("CREATE TABLE t(s, y)")
        self.conn.execute("INSERT INTO t VALUES ('in', 1974)")
        for order in "t, f", "f, t":
            tables = order.replace("f", "cables_files(t.s) f")
            self.assertEqual(
                self.column(f"SELECT path FROM {tables} ORDER BY path DESC"),
                ["in/2.txt", "in/1.txt"])
            tables = order.replace(
                "f", "cable_references('REF: OSLO 5', t.y) f")
            self.assertEqual(self.column(f"SELECT refid FROM {tables}"),
                             ["74OSLO5"])

    def test_order_of_files(self):
        for order, want in (
            ("path", ["in/1.txt", "in/2.txt"]),
            ("path DESC", ["in/2.txt", "in/1.txt"]),
            ("error, path DESC", ["in/2.txt", "in/1.txt"]),
            ("length(path)", ["in/1.txt", "in/2.txt"]),
            ("bytes", ["in/1.txt", "in/2.txt"]),
        ):
            self.assertEqual(
                self.column("SELECT path FROM cables_files('in') "
                            f"ORDER BY {order}"), want, order)

    def test_limits(self):
        for limit in "1", "'1'", "-1", "1000", "1 OFFSET 0":
            rows = self.rows(f"SELECT refid FROM cables('in') LIMIT {limit}")
            self.assertEqual(len(rows), 2 if limit in ("-1", "1000") else 1)

    def test_the_same_path_twice_in_utf16(self):
        """Two values that are one once they are UTF-8: the second has a
        surrogate of the wrong half."""
        path = "in/\U0001f600.txt"
        self.write(path, telegram(3))
        conn = support.load(sqlite3.connect(":memory:"))
        self.addCleanup(conn.close)
        conn.execute("PRAGMA encoding = 'UTF-16le'")
        good = path.encode("utf-16-le")
        bad = good.replace(b"\x00\xde", b"\x00\x02")
        self.assertEqual(len(bad), len(good))
        self.assertNotEqual(bad, good)
        rows = conn.execute(
            "SELECT refid FROM cables('in') WHERE path IN "
            f"(CAST(x'{good.hex()}' AS TEXT), CAST(x'{bad.hex()}' AS TEXT))"
        ).fetchall()
        self.assertEqual(rows, [("06MOSCOW3",)])

    def test_places_in_the_reference_tables(self):
        """Their rowids are 1, 2, 3 ..., in the order of their keys."""
        for table, key in (("cable_posts", "post"), ("cable_tag_codes",
                                                     "code")):
            rows = self.rows(f"SELECT rowid, {key} FROM {table}")
            self.assertEqual([n for n, _ in rows],
                             list(range(1, len(rows) + 1)))
            self.assertEqual([k for _, k in rows],
                             sorted(k for _, k in rows))

    def test_keys_that_are_looked_up_otherwise(self):
        post = "SELECT post FROM cable_posts WHERE "
        for where in ("post = 'oslo' COLLATE NOCASE", "post = 'OSLO'",
                      "post > 'OSLN' AND post < 'OSLP'",
                      "city = 'Oslo' AND post = 'OSLO'"):
            self.assertEqual(self.column(post + where), ["OSLO"], where)
        self.assertEqual(self.column(post + "post = NULL"), [])
        self.assertEqual(
            self.column("SELECT p.post FROM cable_posts o, cable_posts p "
                        "WHERE o.post = 'OSLO' AND p.post = o.post"),
            ["OSLO"])

    def test_a_post_whose_place_is_not_known(self):
        rows = self.rows("SELECT lat, lon, city FROM cable_posts "
                         "WHERE lat IS NULL OR lon IS NULL")
        self.assertGreater(len(rows), 0)
        for lat, lon, _ in rows:
            self.assertIsNone(lat)
            self.assertIsNone(lon)

    def test_rowids_of_child_tables(self):
        """They differ between places and between arguments."""
        text = telegram(1, body="1. (C) One.\n\n2. (C) Two.\n")
        rowids = [self.column("SELECT rowid FROM cable_paragraphs(?, ?)",
                              (text, refid)) for refid in ("X", "Y", None)]
        self.assertEqual([len(each) for each in rowids], [3, 3, 3])
        self.assertEqual(len(set(sum(rowids, []))), 9)
        for first, second, third in rowids:
            self.assertEqual((second - first, third - second), (1, 1))


class Long(support.Case):
    """What is longer than what is read at first."""

    def test_headers(self):
        """Of 16 kB with many addressees, and of 100 kB of empty lines."""
        names = [f"COMMANDER {i} ".ljust(100, "X") for i in range(160)]
        many = telegram(1).replace("AMEMBASSY KYIV", "\n".join(names))
        empty = telegram(1).replace("SIPDIS\n", "SIPDIS\n" + "\n" * 100000)
        for text, info in (many, names), (empty, ["AMEMBASSY KYIV"]):
            for i in range(12):
                self.write(f"in/{i}.txt", text)
            for threads in 1, 4:
                self.conn.execute("SELECT cables_config('threads', ?)",
                                  (threads,))
                for columns in "subject, info", "subject, info, body":
                    rows = self.rows(f"SELECT {columns} FROM cables('in')")
                    self.assertEqual(len(rows), 12)
                    for row in rows:
                        self.assertEqual(row[0], "A VISIT")
                        self.assertEqual(json.loads(row[1]), info)

    def test_a_text_of_a_megabyte(self):
        """The next one is not cut, nor has it more."""
        body = "1. (C) " + "He came. " * 130000 + "\n"
        self.write("in/1.txt", telegram(1, body=body))
        self.write("in/2.txt", telegram(2))
        rows = self.rows("SELECT text, length(parsed) > 250 FROM cables('in')")
        self.assertEqual([row[1] for row in rows], [1, 1])
        self.assertEqual(rows[1][0], telegram(2))
        lines = telegram(1, body=body).split("\n")
        self.assertEqual(rows[0][0],
                         "\n".join(line.rstrip() for line in lines))
        first = self.column("SELECT cable_subject(text) FROM cables('in')")
        self.assertEqual(first, ["A VISIT"] * 2)

    def test_the_cache_gives_up_large_texts(self):
        large = [telegram(i, subject=f"S{i}", body="1. " + "x " * 600000)
                 for i in range(3)]
        small = [telegram(i, subject=f"T{i}") for i in range(6)]
        for text, want in (
            (large[0], "S0"), (small[0], "T0"), (large[1], "S1"),
            (small[1], "T1"), (small[2], "T2"), (small[3], "T3"),
            (small[4], "T4"), (large[2], "S2"), (small[5], "T5"),
            (small[0], "T0"), (large[0], "S0"),
        ):
            self.assertEqual(self.value("SELECT cable_subject(?)", (text,)),
                             want)

    def test_more_line_ends_than_are_counted(self):
        """A line with a blank behind it, 65,537 times."""
        body = "1. (C) x\n" + "y \n" * 65537 + "\n2. (C) He left.\n"
        self.write("a.txt", telegram(3, body=body))
        (text, parsed), = self.rows("SELECT text, parsed FROM cables('a.txt')")
        rows = [
            self.rows("SELECT number, start, length, text FROM "
                      "cable_paragraphs(?)", (argument,))
            for argument in (text, parsed)
        ]
        self.assertEqual(rows[0], rows[1])
        self.assertEqual(rows[1][0][0], 1)
        self.assertEqual(len(rows[1][0][3]), 2 * 65538 - 1)
        start = text.index("2. (C) He left.")
        self.assertEqual(rows[1][1],
                         (2, start, len("2. (C) He left."), "He left."))

    def test_parsed_rows_of_records_and_what_has_no_place(self):
        """A record that tells more than its text, and sections that are
        missing."""
        with open(os.path.join(support.ROOT, "tests", "fixtures",
                               "section-missing.txt"), "rb") as f:
            self.write("a.txt", f.read())
        out = io.StringIO()
        csv.writer(out).writerows([["docid", "subject", "body"],
                                   ["06OSLO1", "S", telegram(1)]])
        self.write("b.csv", out.getvalue())
        self.write("c.txt", telegram(1) + (
            "\nMessage Attributes\nFilm Number: D750123-0456\n"))
        for path in "a.txt", "b.csv", "c.txt":
            (text, parsed), = self.rows("SELECT text, parsed FROM cables(?)",
                                        (path,))
            for table in "anomalies", "citations", "addressees":
                rows = [self.rows(f"SELECT * FROM cable_{table}(?)",
                                  (argument,)) for argument in (text, parsed)]
                self.assertEqual(rows[0], rows[1], (path, table))
        parsed = self.value("SELECT parsed FROM cables('a.txt')")
        self.assertIn(
            ("section 2 of 3 is missing", None, None),
            self.rows("SELECT message, start, length FROM cable_anomalies(?)",
                      (parsed,)))

    def test_signs_that_the_text_has_not(self):
        """A paragraph sign before a number is taken out."""
        body = "\u00b61. (C) He came.\n\n\u00b62. (C) He left.\n"
        self.write("a.txt", telegram(3, body=body))
        (text, parsed), = self.rows("SELECT text, parsed FROM cables('a.txt')")
        self.assertIn("\n2. (C) He left.", text)
        for argument in text, parsed:
            self.assertEqual(
                self.rows("SELECT start, length FROM cable_paragraphs(?) "
                          "WHERE number = 2", (argument,)),
                [(text.index("2. (C)"), len("2. (C) He left."))])


if __name__ == "__main__":
    unittest.main()
