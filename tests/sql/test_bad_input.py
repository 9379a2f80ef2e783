"""Bad input is the normal case: a row with an anomaly, no row, or a clear
error, and the other files' rows all the same."""

import json
import os
import socket
import unittest

from support import Case, telegram


class BadInput(Case):
    """A folder with two good telegrams; each test puts something bad between
    them and asserts that both are still there."""

    GOOD = ["06MOSCOW1", "06MOSCOW2"]

    def setUp(self):
        super().setUp()
        self.write("in/a.txt", telegram(1))
        self.write("in/z.txt", telegram(2))

    def refids(self):
        return self.column("SELECT refid FROM cables('in')")

    def anomalies(self, path):
        text = self.value(
            "SELECT anomalies FROM cables('in') WHERE path = ?", (path,))
        return json.loads(text) if text else []

    def ignored(self):
        """What was put there gives no row and hides no other."""
        self.assertEqual(self.refids(), self.GOOD)

    # Sources.

    def test_missing_source(self):
        self.fails("SELECT * FROM cables('nowhere')",
                   "cables: no such file or folder: 'nowhere'")

    def test_folder_without_cables(self):
        self.write("empty/notes.txt", "Remember the milk.\n")
        self.assertEqual(self.rows("SELECT * FROM cables('empty')"), [])

    def test_folder_without_files(self):
        os.mkdir("bare")
        self.assertEqual(self.rows("SELECT * FROM cables('bare')"), [])

    # Files that cannot be read.

    def test_unreadable_file(self):
        path = self.write("in/m.txt", telegram(9))
        os.chmod(path, 0)
        if os.access(path, os.R_OK):
            self.skipTest("root may read every file")
        self.assertEqual(self.refids(), ["06MOSCOW1", None, "06MOSCOW2"])
        self.assertEqual(self.anomalies("in/m.txt"),
                         ["file cannot be read: Permission denied"])
        self.conn.execute("SELECT cables_config('strict', 1)").fetchall()
        self.fails("SELECT refid FROM cables('in')",
                   "cables: 'in/m.txt': file cannot be read: "
                   "Permission denied")

    def test_fifo(self):
        os.mkfifo("in/m.txt")
        self.ignored()

    def test_fifo_itself(self):
        os.mkfifo("pipe")
        rows = self.rows("SELECT refid, anomalies FROM cables('pipe')")
        self.assertIn(rows, (
            [], [(None, '["file cannot be read: not a regular file"]')]))

    def test_socket(self):
        s = socket.socket(socket.AF_UNIX)
        self.addCleanup(s.close)
        s.bind("in/m.txt")
        self.ignored()

    def test_loop_of_links(self):
        os.symlink("../in", "in/loop")
        os.symlink("m2", "in/m1")
        os.symlink("m1", "in/m2")
        self.ignored()
        self.conn.execute("SELECT cables_config('follow_links', 1)").fetchall()
        self.ignored()

    # Files that hold no telegram.

    def test_empty_file(self):
        self.write("in/m.txt", "")
        self.ignored()

    def test_binary(self):
        self.write("in/m.txt", bytes(range(256)) * 4096)
        self.ignored()

    def test_image(self):
        self.write("in/m.png", b"\x89PNG\r\n\x1a\n" + bytes(5000))
        self.ignored()

    def test_100_megabytes_of_text(self):
        line = b"The quick brown fox jumps over the lazy dog, once more.\n"
        self.write("in/m.txt", line * (100 * 1024 * 1024 // len(line)))
        self.ignored()

    def test_mail(self):
        self.write("in/m.txt", "From: a@example.org\nSubject: Lunch\n\nHi!\n")
        self.ignored()

    # Telegrams that are damaged.

    def test_cut_in_the_header(self):
        whole = telegram(9)
        cut = whole[:whole.index("SUBJECT")]
        self.write("in/m.txt", cut)
        self.assertEqual(self.refids(),
                         ["06MOSCOW1", "06MOSCOW9", "06MOSCOW2"])
        row = self.rows("SELECT subject, complete, tags FROM cables('in/m.txt')")
        self.assertEqual(row, [(None, 0, '["PREL","RS"]')])
        self.assertIn("no text", self.anomalies("in/m.txt"))

    def test_carriage_returns(self):
        self.write("in/m.txt", telegram(9).replace("\n", "\r\n"))
        columns = "subject, tags, signer, body, classification, paragraphs"
        one = self.rows(f"SELECT {columns} FROM cables('in/m.txt')")
        self.assertEqual(one, self.rows(
            f"SELECT {columns} FROM cables('in/a.txt')"))
        self.assertNotIn("\r", self.value("SELECT text FROM cables('in/m.txt')"))

    def test_latin_1(self):
        text = telegram(9, subject="CAF\u00c9 SOCIETY")
        self.write("in/m.txt", text.encode("latin-1"))
        self.assertEqual(
            self.value("SELECT subject FROM cables('in/m.txt')"),
            "CAF\u00c9 SOCIETY")
        self.assertEqual(self.anomalies("in/m.txt"),
                         ["text is not UTF-8: read as Windows-1252"])

    def test_cp1252(self):
        text = telegram(9, subject="THE \u201cTHAW\u201d \u2013 AND AFTER")
        self.write("in/m.txt", text.encode("cp1252"))
        self.assertEqual(
            self.value("SELECT subject FROM cables('in/m.txt')"),
            "THE \u201cTHAW\u201d \u2013 AND AFTER")

    def test_nul_bytes(self):
        text = telegram(9, subject="A\0VISIT")
        self.write("in/m.txt", text.encode() + bytes(100))
        self.assertEqual(
            self.value("SELECT subject FROM cables('in/m.txt')"), "A VISIT")
        self.assertEqual(
            self.value("SELECT signer FROM cables('in/m.txt')"), "BURNS")
        self.assertEqual(self.anomalies("in/m.txt"), ["text holds NUL bytes"])

    def test_longer_than_max_bytes(self):
        self.write("in/m.txt", telegram(9, body="1. (C) Words.\n" * 20000))
        self.conn.execute("SELECT cables_config('max_bytes', 65536)").fetchall()
        self.assertEqual(self.refids(),
                         ["06MOSCOW1", "06MOSCOW9", "06MOSCOW2"])
        size = os.path.getsize("in/m.txt")
        self.value("SELECT length(text) FROM cables('in/m.txt')")
        told = self.value("SELECT anomalies FROM cables('in/m.txt')")
        self.assertIn(f"document is longer than max_bytes: {size} bytes",
                      json.loads(told))

    def test_vanished_between_list_and_read(self):
        self.write("in/m.txt", telegram(9))
        cursor = self.conn.execute("SELECT refid FROM cables('in')")
        self.assertEqual(cursor.fetchone(), ("06MOSCOW1",))
        os.remove("in/m.txt")
        rest = [row[0] for row in cursor]
        self.assertEqual(rest[-1], "06MOSCOW2")
        self.assertLessEqual(len(rest), 2)


if __name__ == "__main__":
    unittest.main()
