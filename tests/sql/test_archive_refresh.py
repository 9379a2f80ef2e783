"""An archive is brought up to date: what is read, kept, marked and dropped."""

import os
import random
import sqlite3
import time
import unittest

import archive
import support


class Refresh(archive.Archive):
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

    def test_progress(self):
        """Each telegram that is stored is told, and the end."""
        told = []
        self.conn.create_function("cables_progress", 2,
                                  lambda *args: told.append(args))
        self.refresh()
        self.assertEqual(told, [(None, None)])
        told.clear()
        for n in (4, 5, 6):
            self.add(f"{n}.txt", support.telegram(n))
        self.refresh()
        self.assertEqual(told, [(1, 3), (2, 3), (3, 3), (None, None)])

    def test_time_of_change_alone(self):
        os.utime("in/2.txt", (archive.OLD + 5, archive.OLD + 5))
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
        self.add("3.txt", support.telegram(33), archive.OLD + 5)
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
        os.utime("in/x.txt", (archive.OLD + 5, archive.OLD + 5))
        self.refresh()
        self.assertEqual(n, 2)
        self.assertEqual(n, self.value(
            "SELECT count(*) FROM cable WHERE refid IS NULL"))

    def test_cannot_be_read(self):
        """A file that cannot be read keeps the telegram that it gave before,
        and is tried again each time."""
        self.add("2.txt", b"PK\x03\x04 and no archive")
        for _ in range(2):
            before = self.opened()
            self.refresh()
            self.assertEqual(self.opened() - before, 1)
            self.assertEqual(self.files()[1], ("in/2.txt", "failed"))
            self.assertEqual(
                self.rows("SELECT refid, subject FROM cable WHERE serial = 2"),
                [("06MOSCOW2", "A VISIT")])
        self.add("2.txt", support.telegram(2, subject="A CHANGED ONE"))
        self.refresh()
        self.assertEqual(self.files()[1], ("in/2.txt", "read"))
        self.assertEqual(
            self.rows("SELECT refid, subject FROM cable WHERE serial = 2"),
            [("06MOSCOW2", "A CHANGED ONE")])

    def test_two_sources(self):
        """A file that two sources reach belongs to the first."""
        self.conn.execute("INSERT INTO source(path) VALUES ('in/1.txt')")
        self.write("other/a.txt", support.telegram(7), archive.OLD)
        self.conn.execute("INSERT INTO source(path) VALUES ('other')")
        self.conn.commit()
        self.refresh()
        self.assertEqual(self.rows("SELECT source, files, cables"
                                   " FROM inventory"),
                         [("in", 4, 3), ("in/1.txt", 0, 0), ("other", 1, 1)])
        before = self.opened()
        self.refresh()
        self.assertEqual(self.opened(), before)
        # One is found twice and one is not found: the numbers are as before.
        os.remove("in/2.txt")
        self.refresh()
        self.assertEqual(self.opened(), before)
        self.assertEqual(
            self.files()[:2], [("in/1.txt", "read"), ("in/2.txt", "gone")])
        self.assertEqual(len(self.files()), 5)

    def test_source_that_was_taken_out(self):
        """Its files are another's from when they are read again."""
        self.conn.execute("PRAGMA foreign_keys = ON")
        self.conn.execute("INSERT INTO source(path) VALUES ('in/*.txt')")
        self.conn.execute("DELETE FROM source WHERE path = 'in'")
        self.conn.commit()
        self.refresh()
        self.assertEqual({s for _, s in self.files()}, {"read", "empty"})
        self.add("9.txt", support.telegram(3, body="1. (C) Shorter.\n"))
        self.refresh()  # not the authority, which is in/3.txt
        self.add("3.txt", "Nothing any more.\n", archive.OLD + 5)
        self.refresh()
        self.assertEqual(
            self.rows("SELECT f.path, s.path FROM cable c"
                      " JOIN file f ON f.id = c.file"
                      " LEFT JOIN source s ON s.id = f.source"
                      " WHERE c.serial = 3"), [("in/9.txt", "in/*.txt")])

    def test_missing_source(self):
        """A source that is not there is an error that changes nothing."""
        os.rename("in", "out")
        self.conn.execute("INSERT INTO source(path) VALUES ('nowhere')")
        self.conn.commit()
        with self.assertRaises((sqlite3.Error, OSError)):
            self.refresh()
        self.assertEqual(len(self.files()), 4)
        self.assertEqual({s for _, s in self.files()}, {"read", "empty"})


    def test_folder_that_cannot_be_read(self):
        """Its files are not taken for gone, others that went are."""
        self.add("kept/5.txt", support.telegram(5))
        self.refresh()
        self.conn.execute(
            "CREATE TEMP VIEW cables_files AS SELECT 'in' AS source, path,"
            " bytes, mtime, NULL AS error FROM file WHERE path < 'in/2'"
            " UNION ALL SELECT 'in', 'in/kept/', NULL, NULL,"
            " 'folder cannot be read: Permission denied'")
        archive.refresh(self.conn)
        self.assertEqual(
            dict(self.files()),
            {"in/1.txt": "read", "in/2.txt": "gone", "in/3.txt": "gone",
             "in/kept/5.txt": "read", "in/kept/": "empty",
             "in/notes.txt": "gone"})
        self.conn.execute("DROP VIEW temp.cables_files")
        self.conn.execute("DELETE FROM file WHERE path = 'in/kept/'")
        self.refresh()
        self.assertEqual({s for _, s in self.files()}, {"read", "empty"})

    def test_index_is_as_before(self):
        """The settings of the index and its trigger outlast no refresh."""
        settings = self.rows("SELECT * FROM search_config")
        self.refresh()
        self.assertEqual(self.rows("SELECT * FROM search_config"), settings)
        self.assertEqual(dict(settings)["automerge"], 4)
        self.assertEqual(dict(settings)["hashsize"], 1 << 20)
        self.assertEqual(self.column("SELECT reading FROM source"), [0])
        (cable, n), = self.rows("SELECT cable, max(ordinal) FROM paragraph"
                                " GROUP BY cable LIMIT 1")
        self.conn.execute(
            "INSERT INTO paragraph(cable, ordinal, kind, stored)"
            " VALUES (?, ?, 'paragraph', 'added by hand')", (cable, n + 1))
        self.assertEqual(self.value("SELECT count(*) FROM search('hand')"), 1)


class Failure(archive.Archive):
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

    def run_all(self, at=None, then=None):
        """Runs every statement, whatever becomes of those before; calls
        `then` after the first that begins with `at`.  Gives the errors."""
        errors = []
        for statement in archive.statements("refresh.sql"):
            try:
                self.conn.execute(statement).fetchall()
            except sqlite3.Error as error:
                errors.append(str(error))
            if at and at in statement:
                then()
                at = None
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
            "CREATE TEMP VIEW cables_files AS SELECT 'in' AS source,"
            " abs(-9223372036854775807 - 1) AS path, 1 AS bytes, 1 AS mtime,"
            " NULL AS error")
        errors = self.run_all()
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
        other.execute("BEGIN IMMEDIATE")
        errors = self.run_all("BEGIN", lambda: other.execute("COMMIT"))
        self.assertEqual(errors[0], "database is locked")
        self.assertEqual(self.state(), self.before)
        self.again()


class Bulk(archive.Archive):
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
        self.add("bulk.csv", self.csv(1, 3), archive.OLD + 5)
        self.refresh()
        self.assertEqual(self.column("SELECT refid FROM cable ORDER BY 1"),
                         ["06MOSCOW1", "06MOSCOW2", "06MOSCOW3"])
        os.remove("in/one.txt")
        self.add("bulk.csv", self.csv(1, 2), archive.OLD + 7)
        self.refresh()
        self.assertEqual(
            self.rows("SELECT c.refid, f.path FROM cable c JOIN file f"
                      " ON f.id = c.file ORDER BY 1"),
            [("06MOSCOW1", "in/bulk.csv"), ("06MOSCOW2", "in/bulk.csv")])


class Model(archive.Archive):
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
                    self.add(name, "Nothing.\n", archive.OLD + round_)
                else:
                    self.add(name, support.telegram(
                        pick.randint(1, 4), body=pick.choice(bodies)),
                        archive.OLD + round_)
            if pick.random() < 0.2:
                self.conn.execute("DELETE FROM file WHERE state = 'gone'")
                self.conn.commit()
            self.refresh()
            fresh = support.connect()
            archive.make(fresh, "in")
            for query in self.HELD:
                self.assertEqual(self.rows(query),
                                 fresh.execute(query).fetchall(), round_)
            fresh.close()


if __name__ == "__main__":
    unittest.main()
