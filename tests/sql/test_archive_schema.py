"""The schema of an archive: tables, comments, reference tables, and one
telegram column by column.
"""

import os
import re
import sqlite3
import unittest

import archive
import support


class Schema(support.Case):
    def test_opens_without_the_extension(self):
        """All tables and views, the search and the triggers work in a plain
        connection."""
        self.write("in/a.txt", support.telegram(1), archive.OLD)
        conn = support.connect("a.db")
        archive.make(conn, "in")
        conn.close()
        plain = sqlite3.connect("a.db")
        self.addCleanup(plain.close)
        for name, in plain.execute("SELECT name FROM sqlite_schema"
                                   " WHERE type IN ('table', 'view')"):
            plain.execute(f'SELECT * FROM "{name}" LIMIT 1').fetchall()
        self.assertEqual(
            plain.execute("SELECT refid, number FROM hit WHERE query = 'left'"
                          ).fetchall(), [("06MOSCOW1", 2)])
        plain.execute("DELETE FROM cable")
        archive.check(self, plain.execute("DELETE FROM file").connection)
        self.assertEqual(plain.execute("SELECT * FROM search('left')")
                         .fetchall(), [])

    def test_made_without_the_extension(self):
        plain = sqlite3.connect(":memory:")
        self.addCleanup(plain.close)
        for _ in range(2):  # twice: nothing changes
            for name in ("archive", "search", "graph", "review"):
                plain.executescript(archive.script(name + ".sql"))
        archive.check(self, plain)

    def test_indexes(self):
        """A refresh makes the indexes that questions ask."""
        self.write("in/a.txt", support.telegram(1))
        archive.make(self.conn, "in")
        for table, condition, index in (
                ("cable", "created > '2006'", "cable_created"),
                ("cable", "post = 'MOSCOW' AND year = 2006", "cable_post"),
                ("cable", "declass_date < '2016'", "cable_declass"),
                ("tag", "tag = 'PREL'", "tag_tag"),
                ("reference", "refid = '06MOSCOW1'", "reference_refid"),
                ("citation", "refid = '06MOSCOW1'", "citation_refid"),
                ("addressee", "post = 'MOSCOW'", "addressee_post"),
                ("anomaly", "message = 'no end'", "anomaly_message")):
            with self.subTest(index):
                plan = self.rows("EXPLAIN QUERY PLAN SELECT * FROM "
                                 f"{table} WHERE {condition}")
                self.assertRegex(plan[0][3], rf"SEARCH .*\b{index}\b")

    def test_comments(self):
        """Each column and each view has a comment of one line, which the
        database keeps."""
        archive.make(self.conn)
        self.conn.executescript(archive.script("timeline.sql"))
        for kind, name, sql in self.rows(
                "SELECT type, name, sql FROM sqlite_schema"
                " WHERE name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_%'"
                " AND type IN ('table', 'view') UNION ALL"
                " SELECT type, name, sql FROM sqlite_temp_schema"
                " WHERE type = 'view'"):
            if kind == "view":
                self.assertRegex(sql, r"^CREATE VIEW \w+ AS -- .+\n", name)
            elif name not in ("search", "word"):
                self.assertRegex(sql, r"^CREATE TABLE \w+ \( -- .+\n", name)
                for column, in self.rows(
                        "SELECT name FROM pragma_table_info(?)", (name,)):
                    self.assertRegex(sql, rf"\n  {column} .* -- .+\n",
                                     f"{name}.{column}")

    def test_nothing_newer_than_said(self):
        """No syntax and no function that came after SQLite 3.34."""
        newer = (r"MATERIALIZED|RETURNING|STRICT|DROP COLUMN|DISTINCT FROM"
                 r"|(RIGHT|FULL)( OUTER)? JOIN|->>?\s*['?\d]"
                 r"|\b(sign|pow|floor|ceil|unixepoch|format|concat|string_agg"
                 r"|octet_length|timediff|jsonb\w*|json_pretty|unistr)\(")
        for name in sorted(os.listdir(archive.SQL)):
            if name.endswith(".sql"):
                code = re.sub(r"--.*", "", archive.script(name))
                self.assertIsNone(re.search(newer, code), name)

    def test_reference_tables(self):
        archive.make(self.conn)
        for table, source in (("post", "cable_posts"),
                              ("country", "cable_countries"),
                              ("tag_code", "cable_tag_codes")):
            self.assertEqual(
                self.rows(f"SELECT * FROM {table} EXCEPT"
                          f" SELECT * FROM {source}"), [])
            self.assertEqual(self.value(f"SELECT count(*) FROM {table}"),
                             self.value(f"SELECT count(*) FROM {source}"))
        self.assertEqual(
            self.value("SELECT number FROM executive_order"
                       " WHERE '1990-01-01' BETWEEN since AND until"), "12356")
        self.assertEqual(
            self.value("SELECT meaning FROM reason_code WHERE letter = 'b'"),
            "foreign government information")
        self.assertEqual(
            self.column("SELECT precedence FROM precedence_code"
                        " ORDER BY rank LIMIT 2"), ["FLASH", "NIACT IMMEDIATE"])
        self.assertEqual(
            self.column("SELECT caption FROM caption_code WHERE restricts"
                        " ORDER BY 1"),
            ["CHEROKEE", "EXDIS", "LIMDIS", "NODIS", "ROGER CHANNEL",
             "STADIS"])

    def test_text_is_not_changed_in_place(self):
        self.write("in/a.txt", support.telegram(1), archive.OLD)
        archive.make(self.conn, "in")
        self.fails("UPDATE cable SET text = 'x'",
                   "the text of a cable is not changed in place: change its"
                   " file and refresh")
        self.conn.execute("UPDATE cable SET subject = 'ANOTHER'")
        self.assertEqual(
            self.column("SELECT kind FROM hit WHERE query = 'another'"),
            ["subject"])
        archive.check(self, self.conn)


class Values(archive.Archive):
    """One telegram, column by column."""

    def setUp(self):
        super().setUp()
        self.add("a.txt", archive.cable(
            "MOSCOW", 17, tags="PREL, PGOV, RS", captions="NOFORN\nSIPDIS",
            refs="A. KYIV 12\n     B. 05 MOSCOW 3",
            to="SECSTATE WASHDC PRIORITY 1234",
            info="AMEMBASSY KYIV\nCIA WASHDC",
            classified="DCM Ann Lee. Reason 1.4 (b).",
            body="1. (C) SUMMARY: One (ref A). END SUMMARY.\n\n"
                 "2. (S/NF) Two, and\non it went.\n"))
        self.make()

    def test_cable(self):
        self.assertEqual(self.rows(
            "SELECT refid, post, year, serial, created, classification, rank,"
            " sender, subject, captions, executive_order, declass_date,"
            " declass_automatic, classified_by, reasons, paragraphs, complete"
            " FROM cable"), [(
                "06MOSCOW17", "MOSCOW", 2006, 17, "2006-04-07 17:07:00",
                "CONFIDENTIAL//NOFORN", 2, "AMEMBASSY MOSCOW", "A VISIT",
                '["NOFORN","SIPDIS"]', "12958", "2016-04-07", "2031-12-31",
                "DCM Ann Lee", '["1.4(b)"]', 2, 1)])

    def test_children(self):
        self.assertEqual(
            self.rows("SELECT ordinal, number, key, kind, marking, rank, role,"
                      " text FROM passage ORDER BY ordinal"),
            [(0, None, None, "subject", None, None, None, "A VISIT"),
             (1, 1, "06MOSCOW17#1", "paragraph", "C", 2, "summary",
              "SUMMARY: One (ref A). END SUMMARY."),
             (2, 2, "06MOSCOW17#2", "paragraph", "S/NF", 3, None,
              "Two, and on it went."),
             (3, None, None, "signature", None, None, None, "BURNS")])
        self.assertEqual(self.value("SELECT printed FROM passage"
                                    " WHERE number = 2"),
                         "2. (S/NF) Two, and\non it went.")
        self.assertEqual(self.rows("SELECT ordinal, tag FROM tag"
                                   " ORDER BY ordinal"),
                         [(1, "PREL"), (2, "PGOV"), (3, "RS")])
        self.assertEqual(
            self.rows("SELECT label, kind, refid FROM reference"),
            [("A", "cable", "06KYIV12"), ("B", "cable", "05MOSCOW3")])
        self.assertEqual(
            self.rows("SELECT paragraph, printed, refid FROM citation"),
            [(1, "ref A", "06KYIV12")])
        self.assertEqual(
            self.rows("SELECT role, precedence, plad, post FROM addressee"),
            [("action", "PRIORITY", "SECSTATE WASHDC", "STATE"),
             ("info", None, "AMEMBASSY KYIV", "KYIV"),
             ("info", None, "CIA WASHDC", None)])
        self.assertEqual(
            self.rows("SELECT part, message FROM anomaly"),
            [("body", "portion marking above the overall classification")])
        self.assertEqual(
            self.rows("SELECT line, path FROM place WHERE number = 2"),
            [(22, "in/a.txt")])
        archive.check(self, self.conn)


if __name__ == "__main__":
    unittest.main()
