"""The archive of sql/: its schema, refreshing, searching, the graph, reviews.

What is expected was worked out by hand, from the invented telegrams below and
from examples/telegrams/.
"""

import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import time
import unittest
import xml.etree.ElementTree

import support

SQL = os.path.join(support.ROOT, "sql")
OLD = 1136073600  # 2006-01-01: before any refresh


def script(name):
    with open(os.path.join(SQL, name), encoding="utf-8") as f:
        return f.read()


def list_files(source):
    """What cables_files(source) gives of a file or folder."""
    paths = [source]
    if os.path.isdir(source):
        paths = [os.path.join(top, name)
                 for top, _, names in os.walk(source) for name in names]
    for path in sorted(paths, key=os.fsencode):
        stat = os.stat(path)
        yield (path, stat.st_size,
               time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(stat.st_mtime)),
               source)


def stand_in(conn):
    """Makes a table cables_files where the extension has none."""
    if conn.execute("SELECT count(*) FROM pragma_module_list"
                    " WHERE name = 'cables_files'").fetchone()[0]:
        return
    conn.executescript(
        "DROP TABLE IF EXISTS temp.cables_files;"
        "CREATE TEMP TABLE cables_files(path, bytes, mtime, source);")
    for source, in conn.execute("SELECT path FROM source").fetchall():
        conn.executemany("INSERT INTO cables_files VALUES (?, ?, ?, ?)",
                         list_files(source))
    conn.commit()


def refresh(conn):
    stand_in(conn)
    try:
        conn.executescript(script("refresh.sql"))
    except sqlite3.Error:
        conn.rollback()
        raise


def make(conn, *sources):
    """Makes an archive of sources in the database of a connection."""
    for name in ("archive", "search", "graph", "review"):
        conn.executescript(script(name + ".sql"))
    conn.executemany("INSERT INTO source(path) VALUES (?)",
                     [(s,) for s in sources])
    conn.commit()
    refresh(conn)


def check(case, conn):
    """Asserts that an archive is whole."""
    case.assertEqual(conn.execute("PRAGMA integrity_check").fetchall(),
                     [("ok",)])
    case.assertEqual(conn.execute("PRAGMA foreign_key_check").fetchall(), [])
    conn.execute("INSERT INTO search(search, rank)"
                 " VALUES ('integrity-check', 1)")
    conn.commit()


def cable(post, serial, day="07", month="APR", year="06", subject="A VISIT",
          to="SECSTATE WASHDC PRIORITY 1234", info="AMEMBASSY KYIV",
          level="C O N F I D E N T I A L", decl="12958: DECL: 04/07/2016",
          tags="PREL, RS", captions="SIPDIS", refs="", classified="",
          body="1. (C) The minister came.\n\n2. (C) He left again.\n"):
    """A telegram of which a test chooses the parts."""
    return (
        f"R {day}1707Z {month} {year}\nFM AMEMBASSY {post}\nTO {to}\n"
        f"INFO {info}\n{level} {post} {serial:06d}\n\n{captions}\n\n"
        f"E.O. {decl}\nTAGS: {tags}\nSUBJECT: {subject}\n\n"
        + (f"REF: {refs}\n\n" if refs else "")
        + (f"Classified By: {classified}\n\n" if classified else "")
        + f"{body}BURNS\n")


class Archive(support.Case):
    """A test with an archive in memory, of the folder in/."""

    def add(self, name, text, mtime=OLD):
        self.write("in/" + name, text, mtime)

    def make(self):
        make(self.conn, "in")

    def refresh(self):
        refresh(self.conn)
        check(self, self.conn)

    def opened(self):
        return json.loads(self.value("SELECT cables_stats()"))["files_opened"]

    def files(self):
        return self.rows("SELECT path, state FROM file ORDER BY path")


class Schema(support.Case):
    def test_opens_without_the_extension(self):
        """All tables and views, the search and the triggers work in a plain
        connection."""
        self.write("in/a.txt", support.telegram(1), OLD)
        conn = support.connect("a.db")
        make(conn, "in")
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
        check(self, plain.execute("DELETE FROM file").connection)
        self.assertEqual(plain.execute("SELECT * FROM search('left')")
                         .fetchall(), [])

    def test_made_without_the_extension(self):
        plain = sqlite3.connect(":memory:")
        self.addCleanup(plain.close)
        for _ in range(2):  # twice: nothing changes
            for name in ("archive", "search", "graph", "review"):
                plain.executescript(script(name + ".sql"))
        check(self, plain)

    def test_comments(self):
        """Each column and each view has a comment of one line, which the
        database keeps."""
        make(self.conn)
        for kind, name, sql in self.rows(
                "SELECT type, name, sql FROM sqlite_schema"
                " WHERE name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_%'"
                " AND type IN ('table', 'view')"):
            if kind == "view":
                self.assertRegex(sql, r"^CREATE VIEW \w+ AS -- .+\n", name)
            elif name not in ("search", "word"):
                self.assertRegex(sql, r"^CREATE TABLE \w+ \( -- .+\n", name)
                for column, in self.rows(
                        "SELECT name FROM pragma_table_info(?)", (name,)):
                    self.assertRegex(sql, rf"\n  {column} .* -- .+\n",
                                     f"{name}.{column}")

    def test_reference_tables(self):
        make(self.conn)
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
        self.write("in/a.txt", support.telegram(1), OLD)
        make(self.conn, "in")
        self.fails("UPDATE cable SET text = 'x'",
                   "the text of a cable is not changed in place: change its"
                   " file and refresh")
        self.conn.execute("UPDATE cable SET subject = 'ANOTHER'")
        self.assertEqual(
            self.column("SELECT kind FROM hit WHERE query = 'another'"),
            ["subject"])
        check(self, self.conn)


class Values(Archive):
    """One telegram, column by column."""

    def setUp(self):
        super().setUp()
        self.add("a.txt", cable(
            "MOSCOW", 17, tags="PREL, PGOV, RS", refs="A. KYIV 12\n     B. 05 MOSCOW 3",
            captions="NOFORN\nSIPDIS", to="SECSTATE WASHDC PRIORITY 1234",
            info="AMEMBASSY KYIV\nCIA WASHDC", classified="DCM Ann Lee. Reason 1.4 (b).",
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
        check(self, self.conn)


class Refresh(Archive):
    def setUp(self):
        super().setUp()
        for n in (1, 2, 3):
            self.add(f"{n}.txt", support.telegram(n))
        self.add("notes.txt", "Nothing here.\n")
        self.make()

    def test_states(self):
        self.assertEqual(self.files(), [
            ("in/1.txt", "read"), ("in/2.txt", "read"), ("in/3.txt", "read"),
            ("in/notes.txt", "empty")])
        self.assertEqual(self.rows("SELECT files, cables, empty, gone, first"
                                   " FROM inventory"),
                         [(4, 3, 1, 0, "2006-04-07")])

    def test_unchanged_are_not_opened(self):
        before = self.opened()
        self.refresh()
        self.assertEqual(self.opened(), before)

    def test_add_change_delete(self):
        ids = dict(self.rows("SELECT refid, id FROM cable"))
        self.add("4.txt", support.telegram(4, subject="A NEW ONE"))
        self.add("2.txt", support.telegram(2, subject="A CHANGED ONE"))
        os.remove("in/3.txt")
        before = self.opened()
        self.refresh()
        self.assertEqual(self.opened() - before, 2)
        self.assertEqual(self.rows("SELECT refid, subject FROM cable"
                                   " ORDER BY refid"),
                         [("06MOSCOW1", "A VISIT"),
                          ("06MOSCOW2", "A CHANGED ONE"),
                          ("06MOSCOW3", "A VISIT"),
                          ("06MOSCOW4", "A NEW ONE")])
        self.assertEqual(self.value("SELECT id FROM cable WHERE serial = 2"),
                         ids["06MOSCOW2"])
        self.assertEqual(self.files()[2:4], [("in/3.txt", "gone"),
                                             ("in/4.txt", "read")])
        self.assertEqual(self.rows("SELECT refid, path FROM lost"),
                         [("06MOSCOW3", "in/3.txt")])
        self.assertEqual(self.column("SELECT refid FROM hit WHERE query ="
                                     " 'changed'"), ["06MOSCOW2"])
        self.conn.execute("DELETE FROM file WHERE state = 'gone'")
        self.conn.commit()
        self.refresh()
        self.assertEqual(self.value("SELECT count(*) FROM cable"), 3)

    def test_time_of_change_alone(self):
        os.utime("in/2.txt", (OLD + 5, OLD + 5))
        before = self.opened()
        self.refresh()
        self.assertEqual(self.opened() - before, 1)

    def test_written_while_it_was_read(self):
        """A change in the second of the refresh does not show in mtime."""
        now = time.time()
        self.add("2.txt", support.telegram(2), now)
        self.refresh()
        self.add("2.txt", support.telegram(2, subject="B VISIT"), now)
        self.refresh()
        self.assertEqual(self.value("SELECT subject FROM cable"
                                    " WHERE serial = 2"), "B VISIT")

    def test_came_back(self):
        os.rename("in/3.txt", "3.txt")
        self.refresh()
        os.rename("3.txt", "in/3.txt")
        before = self.opened()
        self.refresh()
        self.assertEqual(self.opened(), before)
        self.assertEqual(self.files()[2], ("in/3.txt", "read"))

    def test_moved(self):
        os.rename("in/3.txt", "in/9.txt")
        self.refresh()
        self.assertEqual(self.value("SELECT count(*) FROM cable"), 3)
        self.assertEqual(
            self.rows("SELECT f.path FROM cable c JOIN file f ON f.id = c.file"
                      " WHERE c.serial = 3"), [("in/9.txt",)])
        self.assertEqual(self.rows("SELECT * FROM lost"), [])

    def test_another_telegram_in_the_file(self):
        self.add("3.txt", support.telegram(33), OLD + 5)
        self.refresh()
        self.assertEqual(self.column("SELECT serial FROM cable ORDER BY 1"),
                         [1, 2, 33])

    def test_becomes_empty(self):
        self.add("3.txt", "Nothing any more.\n")
        self.refresh()
        self.assertEqual(self.files()[2], ("in/3.txt", "empty"))
        self.assertEqual(self.value("SELECT count(*) FROM cable"), 2)

    def test_without_id(self):
        """A telegram that tells no id is one of its own."""
        text = support.telegram(5).replace("MOSCOW 000005", "")
        self.add("x.txt", text)
        self.add("y.txt", text)
        self.refresh()
        n = self.value("SELECT count(*) FROM cable WHERE refid IS NULL")
        os.utime("in/x.txt", (OLD + 5, OLD + 5))
        self.refresh()
        self.assertEqual(n, 2)
        self.assertEqual(n, self.value(
            "SELECT count(*) FROM cable WHERE refid IS NULL"))

    def test_cannot_be_read(self):
        if os.geteuid() == 0:
            self.skipTest("root reads every file")
        self.add("2.txt", support.telegram(2, subject="A CHANGED ONE"))
        os.chmod("in/2.txt", 0)
        self.refresh()
        self.assertEqual(self.files()[1], ("in/2.txt", "failed"))
        self.assertEqual(self.value("SELECT count(*) FROM cable"), 3)
        os.chmod("in/2.txt", 0o644)
        self.refresh()
        self.assertEqual(self.files()[1], ("in/2.txt", "read"))

    def test_two_sources(self):
        """A file that two sources reach belongs to the first."""
        self.conn.execute("INSERT INTO source(path) VALUES ('in/1.txt')")
        self.write("other/a.txt", support.telegram(7), OLD)
        self.conn.execute("INSERT INTO source(path) VALUES ('other')")
        self.conn.commit()
        self.refresh()
        self.assertEqual(self.rows("SELECT source, files, cables"
                                   " FROM inventory"),
                         [("in", 4, 3), ("in/1.txt", 0, 0), ("other", 1, 1)])

    def test_missing_source(self):
        """A source that is not there is an error that changes nothing."""
        os.rename("in", "out")
        self.conn.execute("INSERT INTO source(path) VALUES ('nowhere')")
        self.conn.commit()
        with self.assertRaises((sqlite3.Error, OSError)):
            self.refresh()
        self.assertEqual(len(self.files()), 4)
        self.assertEqual({s for _, s in self.files()}, {"read", "empty"})


class Failure(Archive):
    """Refreshing in a host that goes on after an error, as the sqlite3 shell
    does unless told to bail."""

    def setUp(self):
        super().setUp()
        for n in (1, 2, 3):
            self.add(f"{n}.txt", support.telegram(n))
        self.conn.close()
        self.conn = support.connect("a.db")
        self.conn.isolation_level = None
        self.make()
        self.before = self.state()
        self.add("1.txt", support.telegram(1, subject="IT CHANGED"))
        self.add("4.txt", support.telegram(4))
        os.remove("in/3.txt")

    def state(self):
        return self.rows("SELECT path, state, cable FROM file ORDER BY 1"), \
            self.rows("SELECT id, refid, subject FROM cable ORDER BY 1")

    def run_all(self, at=None, then=None, listed=False):
        """Runs every statement, whatever becomes of those before; calls
        `then` after the first that begins with `at`.  Gives the errors."""
        if not listed:
            stand_in(self.conn)
        errors, text = [], ""
        for line in script("refresh.sql").splitlines(keepends=True):
            text += line
            if not sqlite3.complete_statement(text):
                continue
            try:
                self.conn.execute(text).fetchall()
            except sqlite3.Error as error:
                errors.append(str(error))
            if at and at in text:
                then()
                at = None
            text = ""
        self.assertFalse(self.conn.in_transaction)
        return errors

    def again(self):
        """The next refresh does it all."""
        self.refresh()
        self.assertEqual(
            self.rows("SELECT refid, subject FROM cable ORDER BY 1"),
            [("06MOSCOW1", "IT CHANGED"), ("06MOSCOW2", "A VISIT"),
             ("06MOSCOW3", "A VISIT"), ("06MOSCOW4", "A VISIT")])

    def test_none(self):
        self.assertEqual(self.run_all(), [])
        self.again()

    def test_listing(self):
        self.conn.executescript(
            "DROP TABLE IF EXISTS temp.cables_files;"
            "CREATE TEMP VIEW cables_files AS SELECT 'in' AS source,"
            " abs(-9223372036854775807 - 1) AS path, 1 AS bytes, 1 AS mtime")
        errors = self.run_all(listed=True)
        self.assertIn("the refresh failed, nothing was changed",
                      " ".join(errors))
        self.assertEqual(self.state(), self.before)
        self.conn.execute("DROP VIEW temp.cables_files")
        self.again()

    def test_reading(self):
        errors = self.run_all("CREATE TEMP TABLE before",
                              lambda: os.rename("in", "out"))
        self.assertIn("the refresh failed, nothing was changed",
                      " ".join(errors))
        self.assertEqual(self.state(), self.before)
        os.rename("out", "in")
        self.again()

    def test_locked(self):
        """Another connection has the archive at the beginning, not later."""
        other = sqlite3.connect("a.db", isolation_level=None)
        self.addCleanup(other.close)
        self.conn.execute("PRAGMA busy_timeout = 0")
        stand_in(self.conn)
        other.execute("BEGIN IMMEDIATE")
        errors = self.run_all("BEGIN", lambda: other.execute("COMMIT"))
        self.assertEqual(errors[0], "database is locked")
        self.assertEqual(self.state(), self.before)
        self.again()


class Versions(Archive):
    """The same telegram in several files."""

    def setUp(self):
        super().setUp()
        self.whole = support.telegram(1)
        self.cut = support.telegram(
            1, body="1. (C) The minister came.\n\n2. (C) XXXXXXXXXXXX.\n")
        self.add("a.txt", self.cut)
        self.add("b.txt", self.whole)
        self.add("c.txt", self.whole)
        self.make()

    def authority(self):
        return self.rows("SELECT c.refid, f.path FROM cable c"
                         " JOIN file f ON f.id = c.file")

    def test_one_cable(self):
        self.assertEqual(self.authority(), [("06MOSCOW1", "in/b.txt")])
        self.assertEqual(
            self.rows("SELECT path, authority, redactions, text = ?1, text = ?2"
                      " FROM version ORDER BY path", (self.whole, self.cut)),
            [("in/a.txt", 0, 1, 0, 1), ("in/b.txt", 1, 0, 1, 0),
             ("in/c.txt", 0, 0, 1, 0)])
        check(self, self.conn)

    def test_difference(self):
        self.assertEqual(
            self.rows("SELECT path, authority_path, what, line, here,"
                      " authority FROM difference ORDER BY here"),
            [("in/a.txt", "in/b.txt", "line", 15, None,
              "2. (C) He left again."),
             ("in/a.txt", "in/b.txt", "line", 15, "2. (C) XXXXXXXXXXXX.",
              None)])

    def test_duplicate(self):
        self.assertEqual(
            self.rows("SELECT * FROM duplicate"),
            [("06MOSCOW1", 3, 1, "in/b.txt",
              '["in/a.txt","in/b.txt","in/c.txt"]')])

    def test_authority_goes(self):
        os.remove("in/b.txt")
        self.refresh()
        self.assertEqual(self.authority(), [("06MOSCOW1", "in/c.txt")])
        os.remove("in/c.txt")
        self.refresh()
        self.assertEqual(self.authority(), [("06MOSCOW1", "in/a.txt")])
        self.assertEqual(self.value("SELECT text FROM cable"), self.cut)
        self.assertEqual(self.rows("SELECT * FROM difference"), [])
        os.remove("in/a.txt")
        self.refresh()
        self.assertEqual(self.authority(), [("06MOSCOW1", "in/a.txt")])
        self.add("b.txt", self.whole)
        self.refresh()
        self.assertEqual(self.authority(), [("06MOSCOW1", "in/b.txt")])

    def test_authority_changes(self):
        self.add("b.txt", self.cut.replace("XXXX.", "XXXX XXXX."))
        self.refresh()
        self.assertEqual(self.authority(), [("06MOSCOW1", "in/c.txt")])
        self.add("b.txt", support.telegram(2))
        self.add("c.txt", support.telegram(3), OLD + 5)
        self.refresh()
        self.assertEqual(self.authority(), [
            ("06MOSCOW1", "in/a.txt"), ("06MOSCOW2", "in/b.txt"),
            ("06MOSCOW3", "in/c.txt")])

    def test_another_goes(self):
        os.remove("in/a.txt")
        before = self.opened()
        self.refresh()
        self.assertEqual(self.opened(), before)
        self.assertEqual(self.rows("SELECT * FROM difference"), [])


class Model(Archive):
    """Refreshed again and again, an archive is what a new one would be."""

    ROUNDS = 30
    HELD = (
        "SELECT c.refid, c.text, a.path,"
        " (SELECT json_group_array(text) FROM passage WHERE cable = c.id)"
        " FROM cable c JOIN file a ON a.id = c.file"
        " WHERE a.state = 'read' ORDER BY 1, 3",
        "SELECT c.refid, f.path, f.state, coalesce(f.text, c.text)"
        " FROM file f LEFT JOIN cable c ON c.id = f.cable"
        " WHERE f.state <> 'gone' ORDER BY 2")

    def test_random_changes(self):
        pick = random.Random(11)
        bodies = ["1. (C) One.\n\n2. (C) Two.\n", "1. (C) One.\n",
                  "1. (C) One.\n\n2. (C) XXXXXXXXXXXX.\n"]
        os.mkdir("in")
        self.make()
        for round_ in range(self.ROUNDS):
            for _ in range(pick.randint(0, 4)):
                name = f"{pick.randrange(9)}.txt"
                if pick.random() < 0.3:
                    if os.path.exists("in/" + name):
                        os.remove("in/" + name)
                elif pick.random() < 0.1:
                    self.add(name, "Nothing.\n", OLD + round_)
                else:
                    self.add(name, support.telegram(
                        pick.randint(1, 4), body=pick.choice(bodies)),
                        OLD + round_)
            if pick.random() < 0.2:
                self.conn.execute("DELETE FROM file WHERE state = 'gone'")
                self.conn.commit()
            self.refresh()
            fresh = support.connect()
            make(fresh, "in")
            for query in self.HELD:
                self.assertEqual(self.rows(query),
                                 fresh.execute(query).fetchall(), round_)
            fresh.close()


class Bulk(Archive):
    """Many telegrams in one file."""

    def csv(self, *serials):
        return "".join(
            '"{0}","4/7/2006 17:07","06MOSCOW{0}","Embassy Moscow",'
            '"CONFIDENTIAL","","","{1}"\n'.format(
                n, support.telegram(n).replace('"', '\\"')) for n in serials)

    def setUp(self):
        super().setUp()
        self.add("bulk.csv", self.csv(1, 2, 3))
        self.add("one.txt", support.telegram(2))
        if not self.column("SELECT 1 FROM cables('in/bulk.csv') LIMIT 1 OFFSET"
                           " 2"):
            self.skipTest("this build reads no bulk files")
        self.make()

    def test_entries(self):
        self.assertEqual(self.column("SELECT refid FROM cable ORDER BY 1"),
                         ["06MOSCOW1", "06MOSCOW2", "06MOSCOW3"])
        self.assertEqual(
            self.rows("SELECT path, count(*), count(DISTINCT entry),"
                      " max(bytes) = ? FROM file GROUP BY path",
                      (os.path.getsize("in/bulk.csv"),))[0],
            ("in/bulk.csv", 3, 3, 1))
        self.assertEqual(self.column("SELECT path FROM version WHERE"
                                     " authority"), ["in/one.txt"])
        before = self.opened()
        self.refresh()
        self.assertEqual(self.opened(), before)

    def test_changed(self):
        self.add("bulk.csv", self.csv(1, 3), OLD + 5)
        self.refresh()
        self.assertEqual(self.column("SELECT refid FROM cable ORDER BY 1"),
                         ["06MOSCOW1", "06MOSCOW2", "06MOSCOW3"])
        os.remove("in/one.txt")
        self.add("bulk.csv", self.csv(1, 2), OLD + 7)
        self.refresh()
        self.assertEqual(
            self.rows("SELECT c.refid, f.path FROM cable c JOIN file f"
                      " ON f.id = c.file ORDER BY 1"),
            [("06MOSCOW1", "in/bulk.csv"), ("06MOSCOW2", "in/bulk.csv")])


class Kill(support.Case):
    TIMES = 25

    def setUp(self):
        super().setUp()
        for n in range(60):
            self.write(f"in/{n:02}.txt", support.telegram(n), OLD)
        conn = support.connect("before.db")
        make(conn, "in")
        conn.close()
        for n in range(0, 60, 3):
            self.write(f"in/{n:02}.txt",
                       support.telegram(n, subject="IT CHANGED"), OLD)
        for n in range(1, 60, 6):
            os.remove(f"in/{n:02}.txt")
        for n in range(60, 80):
            self.write(f"in/{n:02}.txt", support.telegram(n), OLD)

    def state(self, path):
        conn = sqlite3.connect(path)
        try:
            check(self, conn)
            return conn.execute(
                "SELECT (SELECT json_group_array(refid || subject) FROM"
                " (SELECT * FROM cable ORDER BY refid)),"
                " (SELECT json_group_array(path || state) FROM"
                " (SELECT * FROM file ORDER BY path)),"
                " (SELECT count(*) FROM paragraph),"
                " (SELECT count(*) FROM search('changed'))").fetchall()
        finally:
            conn.close()

    def test_killed_at_random_moments(self):
        """After kill -9 the archive is as before or as after, and the next
        refresh completes it."""
        before = self.state("before.db")
        shutil.copy("before.db", "after.db")
        conn = support.connect("after.db")
        start = time.monotonic()
        refresh(conn)
        took = time.monotonic() - start
        conn.close()
        after = self.state("after.db")
        self.assertEqual(after[0][3], 20)
        moments, killed, seen = random.Random(5), 0, set()
        for _ in range(self.TIMES):
            shutil.copy("before.db", "a.db")
            out, into = os.pipe()
            child = os.fork()
            if child == 0:
                try:
                    mine = support.connect("a.db")
                    os.write(into, b"x")
                    refresh(mine)
                finally:
                    os._exit(0)
            os.close(into)
            os.read(out, 1)
            os.close(out)
            time.sleep(moments.uniform(0, took * 1.1))
            os.kill(child, signal.SIGKILL)
            killed += os.WIFSIGNALED(os.waitpid(child, 0)[1])
            state = self.state("a.db")
            self.assertIn(state, (before, after))
            seen.add(state == after)
            mine = support.connect("a.db")
            refresh(mine)
            mine.close()
            self.assertEqual(self.state("a.db"), after)
            os.remove("a.db")
        self.assertGreater(killed, 0)
        self.assertIn(False, seen)


class Search(Archive):
    def setUp(self):
        super().setUp()
        paged = (
            "CONFIDENTIAL\n\nPAGE 01        NICOSI  00912  171325Z\n\n44\n"
            "ACTION EUR-12\n\nINFO  OCT-01  NEA-06  ISO-00  /039 W\n"
            "                     --------------------- 070218\n"
            "R 171150Z MAY 74\nFM AMEMBASSY NICOSIA\nTO SECSTATE WASHDC 9940\n"
            "\nC O N F I D E N T I A L NICOSIA 912\n\nE.O. 11652: GDS\n"
            "TAGS: PFOR, CY\nSUBJECT: RESCUE OF A FLOCK\n\n"
            "1. THE RAM WOULD FOLLOW NOBODY BUT THE BOY. THE LONG PROCESSION\n"
            "                       CONFIDENTIAL\n\n"
            "                       CONFIDENTIAL\n\n"
            "PAGE 02        NICOSI  00912  171325Z\n\n"
            "PASSED BOTH BARRIERS, WHICH WERE OPENED AT THE SAME MOMENT.\n"
            "WHITLOCK\n\n                       CONFIDENTIAL\n\nNNN\n")
        self.add("a.txt", paged)
        self.add("b.txt", cable("LIMA", 5, tags="EFIS, PE", subject="FISH",
                                body="1. (C) The caf\u00e9 sold\nanchovy and the"
                                     " anchovy\nsold out.\n\n"
                                     "2. (SBU) Fishermen count\nfish.\n"))
        self.add("c.txt", cable("QUITO", 6, day="09", tags="EFIS, EC",
                                body="1. (C) Once an anchovy, he said, among"
                                     " many other things of a long day.\n"))
        self.make()

    def hits(self, query):
        return self.column("SELECT refid FROM hit WHERE query = ?"
                           " ORDER BY rank", (query,))

    def test_over_line_breaks(self):
        self.assertEqual(self.hits('"sold anchovy"'), ["06LIMA5"])

    def test_over_page_breaks(self):
        self.assertEqual(self.hits('"long procession passed both barriers"'),
                         ["74NICOSIA912"])
        self.assertEqual(self.hits("NEAR(boy barriers, 6)"), ["74NICOSIA912"])
        self.assertEqual(self.hits("NEAR(boy barriers, 2)"), [])

    def test_noise_never_matches(self):
        for word in ("page", "nicosi", "00912", "confidential", "secstate",
                     "washdc", "171325Z", "NNN", "11652", "sipdis"):
            self.assertEqual(self.hits(word), [], word)

    def test_rank(self):
        self.assertEqual(self.hits("anchovy"), ["06LIMA5", "06QUITO6"])

    def test_words(self):
        self.assertEqual(self.hits("cafe"), ["06LIMA5"])
        self.assertEqual(self.hits("CAF\u00c9"), ["06LIMA5"])
        self.assertEqual(
            self.rows("SELECT kind FROM hit WHERE query = 'fis*'"
                      " ORDER BY kind"), [("paragraph",), ("subject",)])
        self.assertEqual(self.value("SELECT doc FROM word"
                                    " WHERE term = 'anchovy'"), 2)

    def test_snippet(self):
        self.assertEqual(
            self.rows("SELECT key, snippet, highlight FROM hit"
                      " WHERE query = '\"count fish\"'"),
            [("06LIMA5#2", "Fishermen [count fish].",
              "Fishermen [count fish].")])

    def test_restricted(self):
        def rows(where):
            return self.column("SELECT refid FROM hit WHERE query ="
                               f" 'anchovy' AND {where}")

        self.assertEqual(rows("post = 'QUITO'"), ["06QUITO6"])
        self.assertEqual(rows("created < '2006-04-08'"), ["06LIMA5"])
        self.assertEqual(rows("classified >= 3"), [])
        self.assertEqual(
            rows("cable IN (SELECT cable FROM tag WHERE tag = 'EC')"),
            ["06QUITO6"])

    def test_ranked_search_is_not_sorted_again(self):
        plan = self.plan("SELECT snippet FROM hit WHERE query = 'a'"
                         " ORDER BY rank LIMIT 3")
        self.assertFalse([p for p in plan if "TEMP B-TREE" in p], plan)


class Graph(Archive):
    """STATE 1 asks, MOSCOW 2 and KYIV 3 answer, MOSCOW 4 goes on; KYIV 3 also
    cites RIGA 9, which is not here, twice, and MOSCOW 4 once."""

    def setUp(self):
        super().setUp()
        self.add("1.txt", cable("X", 0).replace(
            "FM AMEMBASSY X", "FM SECSTATE WASHDC").replace(
            "X 000000", "STATE 000001").replace(
            "TO SECSTATE WASHDC PRIORITY 1234", "TO AMEMBASSY MOSCOW"))
        self.add("2.txt", cable("MOSCOW", 2, day="08", refs="STATE 1",
                                subject='HE SAID "YES" & <NO>',
                                tags="PREL, RS, UP"))
        self.add("3.txt", cable(
            "KYIV", 3, day="10", refs="A. STATE 1\n     B. RIGA 9",
            info="AMEMBASSY RIGA", tags="PREL, UP",
            body="1. (C) See ref B, as said in ref B.\n"))
        self.add("4.txt", cable("MOSCOW", 4, day="12", refs="A. MOSCOW 2\n     B. RIGA 9"))
        self.make()

    def test_edge(self):
        self.assertEqual(
            self.rows("SELECT citing, cited, referred, citations, held"
                      " FROM edge ORDER BY 1, 2"),
            [("06KYIV3", "06RIGA9", 1, 2, 0), ("06KYIV3", "06STATE1", 1, 0, 1),
             ("06MOSCOW2", "06STATE1", 1, 0, 1),
             ("06MOSCOW4", "06MOSCOW2", 1, 0, 1),
             ("06MOSCOW4", "06RIGA9", 1, 0, 0)])

    def test_answer(self):
        self.assertEqual(
            self.rows("SELECT refid, answers, days FROM answer ORDER BY 1"),
            [("06KYIV3", "06STATE1", 3.0), ("06MOSCOW2", "06STATE1", 1.0)])

    def test_chain(self):
        self.conn.execute("INSERT INTO selection VALUES ('06MOSCOW2')")
        self.assertEqual(
            self.rows("SELECT step, direction, refid, via, held FROM chain"
                      " ORDER BY step, refid"),
            [(0, "self", "06MOSCOW2", None, 1),
             (1, "later", "06MOSCOW4", "06MOSCOW2", 1),
             (1, "earlier", "06STATE1", "06MOSCOW2", 1)])
        self.assertEqual(self.column("SELECT refid FROM drawn"),
                         ["06MOSCOW2", "06MOSCOW4", "06STATE1"])

    def test_missing(self):
        self.assertEqual(self.rows("SELECT refid, cited_by, citing FROM"
                                   " missing"),
                         [("06RIGA9", 2, '["06KYIV3","06MOSCOW4"]')])
        self.assertEqual(self.rows("SELECT refid, cited_by, held FROM"
                                   " most_cited"),
                         [("06RIGA9", 2, 0), ("06STATE1", 2, 1),
                          ("06MOSCOW2", 1, 1)])

    def test_pairs(self):
        self.assertEqual(
            self.rows("SELECT * FROM tag_pair ORDER BY 1, 2"),
            [("PREL", "RS", 3), ("PREL", "UP", 2), ("RS", "UP", 1)])
        self.assertEqual(self.rows("SELECT iso3, other, cables FROM"
                                   " country_pair"), [("RUS", "UKR", 1)])

    def test_flow(self):
        self.assertEqual(
            self.rows("SELECT post, addressee, role, year, cables FROM flow"
                      " WHERE role = 'action' ORDER BY 1, 2"),
            [("KYIV", "STATE", "action", 2006, 1),
             ("MOSCOW", "STATE", "action", 2006, 2),
             ("STATE", "MOSCOW", "action", 2006, 1)])

    def test_graphml(self):
        text = "\n".join(self.column("SELECT line FROM graphml"))
        tree = xml.etree.ElementTree.fromstring(text)
        ns = {"g": "http://graphml.graphdrawing.org/xmlns"}
        self.assertEqual(
            [n.get("id") for n in tree.findall("g:graph/g:node", ns)],
            ["06KYIV3", "06MOSCOW2", "06MOSCOW4", "06RIGA9", "06STATE1"])
        self.assertEqual(len(tree.findall("g:graph/g:edge", ns)), 5)
        self.assertIn('HE SAID "YES" & <NO>', [
            d.text for d in tree.findall("g:graph/g:node/g:data", ns)])

    def test_dot(self):
        text = "\n".join(self.column("SELECT line FROM dot"))
        self.assertEqual(text.count(" -> "), 5)
        self.assertIn('"06RIGA9" [style=dashed];', text)
        if shutil.which("dot") is None:
            self.skipTest("there is no Graphviz here")
        done = subprocess.run(["dot", "-Tsvg"], input=text, text=True,
                              capture_output=True, check=True)
        self.assertEqual(done.stderr, "")
        self.assertEqual(done.stdout.count('class="node"'), 5)
        self.assertEqual(done.stdout.count('class="edge"'), 5)


class Review(Archive):
    def setUp(self):
        super().setUp()
        marked = "1. (SBU) One of two.\n\n2. (U) Two of two.\n"
        long = ("1. (C) The very long paragraph that two telegrams share, word"
                " for word, as it\nhappens when a post reports twice.\n\n")
        self.add("a.txt", cable("MOSCOW", 10, classified="DCM Ann Lee. Reason 1.4 (b).",
                                body="1. (C) Low.\n\n2. (S) High.\n"))
        self.add("b.txt", cable("MOSCOW", 14, day="09", body=marked,
                                decl="12958: DECL: OADR", tags="PREL, QQQQ"))
        self.add("c.txt", cable("MOSCOW", 15, day="10", body=long,
                                decl="12958: DECL: 04/07/2999"))
        self.add("d.txt", cable("MOSCOW", 19, day="12", captions="EXDIS",
                                info="AMEMBASSY KYIV\nCIA WASHDC\nEU COLLECTIVE",
                                classified="DCM Ann Lee.",
                                body=long + "2. (C) More.\n\n3. Bare.\n"))
        self.make()

    def test_due(self):
        self.assertEqual(
            self.rows("SELECT refid, due, automatic, past FROM due"),
            [("06MOSCOW10", "2016-04-07", "2031-12-31", 1),
             ("06MOSCOW19", "2016-04-07", "2031-12-31", 1),
             ("06MOSCOW15", "2999-04-07", "2031-12-31", 0)])
        self.assertEqual(
            self.rows("SELECT refid, by FROM past_due WHERE by = 'marking'"),
            [("06MOSCOW10", "marking"), ("06MOSCOW19", "marking")])
        self.assertEqual(self.rows("SELECT refid, kind, exemption"
                                   " FROM no_date"),
                         [("06MOSCOW14", "indefinite", "OADR")])

    def test_markings(self):
        self.assertEqual(
            self.rows("SELECT refid, message, printed FROM odd_marking"),
            [("06MOSCOW14", "declassification marking is of another order",
              "DECL: OADR"),
             ("06MOSCOW15", "declassification date is beyond the limit of its"
              " order", "DECL: 04/07/2999")])
        self.assertEqual(
            self.rows("SELECT refid, number, marking FROM portion_above"),
            [("06MOSCOW10", 2, "S")])
        self.assertEqual(
            self.rows("SELECT refid, highest, portions, markings"
                      " FROM overclassified"),
            [("06MOSCOW14", 1, 2, '["SBU","U"]')])
        self.assertEqual(self.rows("SELECT refid, number FROM"
                                   " unmarked_portion"), [("06MOSCOW19", 3)])
        self.assertEqual(self.rows("SELECT refid, classified_by FROM"
                                   " no_classifier"),
                         [("06MOSCOW19", "DCM Ann Lee")])
        self.assertEqual(self.rows("SELECT tag, cables FROM unknown_tag"),
                         [("QQQQ", 1)])

    def test_captions(self):
        self.assertEqual(
            self.rows("SELECT refid, caption, restricts, plad"
                      " FROM caption_outside"),
            [("06MOSCOW19", "EXDIS", 1, "CIA WASHDC")])

    def test_serials(self):
        """10, 14, 15 and 19: 11 to 13 and 16 to 18 are missing, and the
        estimate is 19 + 19 / 4 - 1 = 22.75."""
        self.assertEqual(
            self.rows("SELECT first, last, missing, date(after), date(before)"
                      " FROM serial_gap"),
            [(11, 13, 3, "2006-04-07", "2006-04-09"),
             (16, 18, 3, "2006-04-10", "2006-04-12")])
        self.assertEqual(self.rows("SELECT * FROM serial_estimate"),
                         [("MOSCOW", 2006, 4, 19, 23.0, 0.1758)])

    def test_near_duplicate(self):
        self.assertEqual(
            self.rows("SELECT refid, other, shared, similarity"
                      " FROM near_duplicate"),
            [("06MOSCOW15", "06MOSCOW19", 1, 1.0)])


class Examples(support.Case):
    """The archive of examples/telegrams/: 50 telegrams, a list and a note."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        os.chdir(support.ROOT)
        cls.archive = support.connect()
        make(cls.archive, "examples/telegrams")

    @classmethod
    def tearDownClass(cls):
        cls.archive.close()

    def setUp(self):
        super().setUp()
        self.conn.close()
        self.conn = self.archive
        os.chdir(support.ROOT)

    def test_counts(self):
        check(self, self.conn)
        self.assertEqual(self.rows("SELECT files, cables, empty, failed, gone,"
                                   " odd, first, last FROM inventory"),
                         [(52, 50, 2, 0, 0, 4, "1974-05-17", "2010-02-12")])

    def test_most_cited(self):
        self.assertEqual(
            self.rows("SELECT refid, cited_by FROM most_cited LIMIT 1"),
            [("08STATE71204", 14)])

    def test_same_as_the_functions(self):
        """Paragraphs cut out by SQL are those of the extension."""
        self.assertEqual(self.rows(
            "SELECT c.refid, p.ordinal, p.key, p.text FROM cable c"
            " JOIN cable_paragraphs(c.text, c.refid) p"
            " EXCEPT SELECT refid, ordinal, key, text FROM passage"), [])

    def test_search(self):
        self.assertEqual(
            self.rows("SELECT key FROM hit WHERE query ="
                      " '\"silence is consent\"'"), [("09ANKARA702#4",)])
        self.assertEqual(self.rows("SELECT key FROM hit WHERE query ="
                                   " '\"procession passed both barriers\"'"),
                         [("74NICOSIA912#3",)])
        for noise in ('"viewing cable"', '"leave a reply"', "VZCZCXRO4927",
                      '"required fields"'):
            self.assertEqual(
                self.rows("SELECT key FROM hit WHERE query = ?", (noise,)), [])


class Guide(support.Case):
    """sql/README.md does what it says."""

    def test_session(self):
        """Each command of the guide prints what stands below it."""
        if shutil.which("sqlite3") is None or os.environ.get("LD_PRELOAD"):
            self.skipTest("needs the sqlite3 shell, and no sanitizer")
        with open(os.path.join(SQL, "README.md"), encoding="utf-8") as f:
            text = f.read()
        for name in ("examples", "sql"):
            shutil.copytree(os.path.join(support.ROOT, name), name)
        shutil.copy(support.SO, "cables.so")
        checked = 0
        for block in re.findall(r"```console\n(.*?)```", text, re.S):
            for part in ("\n" + block).split("\n$ ")[1:]:
                lines = part.rstrip("\n").split("\n")
                command, want = lines[0], lines[1:]
                while command.endswith("\\"):
                    command = command[:-1] + want.pop(0).removeprefix(">")
                if "dot -T" in command and shutil.which("dot") is None:
                    continue
                if command.startswith("make "):
                    continue
                done = subprocess.run(["sh", "-c", command], text=True,
                                      capture_output=True, check=False)
                self.assertEqual(done.stderr, "", command)
                self.assertEqual(done.stdout.rstrip("\n").split("\n"),
                                 want or [""], command)
                checked += 1
        self.assertGreater(checked, 5)

    def test_make(self):
        """make archive makes an archive, and brings it up to date."""
        if support.SO != os.path.join(support.ROOT, "cables.so"):
            self.skipTest("make archive loads ./cables.so")
        if shutil.which("sqlite3") is None or os.environ.get("LD_PRELOAD"):
            self.skipTest("needs the sqlite3 shell, and no sanitizer")
        for name, refid in (("it's 1", 1), ("b", 2)):
            self.write(f"{name}/a.txt", support.telegram(refid), OLD)
            env = {k: v for k, v in os.environ.items()
                   if not k.startswith("MAKE")}
            done = subprocess.run(
                ["make", "-C", support.ROOT, "--no-print-directory",
                 "-o", "cables.so", "archive",
                 f"SOURCE={self.folder}/{name}", f"OUT={self.folder}/a.db"],
                env=env, text=True, capture_output=True, check=False)
            self.assertEqual(done.stderr, "")
            self.assertEqual(
                done.stdout, f"{refid} telegrams from {refid} files; 0 files"
                " hold none, 0 cannot be read, 0 are gone\n")


if __name__ == "__main__":
    unittest.main()
