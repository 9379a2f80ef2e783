"""The same telegram in several files of an archive."""

import os
import unittest

import archive
import support


class Versions(archive.Archive):
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
        archive.check(self, self.conn)

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
        self.add("c.txt", support.telegram(3), archive.OLD + 5)
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


if __name__ == "__main__":
    unittest.main()
