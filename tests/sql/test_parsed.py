"""Parsing once: what a scan hands to the child tables, and their cache."""

import glob
import json
import os
import sqlite3
import unittest

import support

TABLES = ("paragraphs", "references", "addressees", "citations", "anomalies",
          "redactions")
EXAMPLES = os.path.join(support.ROOT, "examples", "telegrams")


class Case(support.Case):
    def parses(self):
        return json.loads(self.value("SELECT cables_stats()"))["parses"]

    def children(self, table, argument):
        columns = "*" if table != "paragraphs" else (
            "key, ordinal, number, kind, marking, classification, role,"
            " heading, section, text, start, length, copy, plain")
        return self.rows(f"SELECT {columns} FROM cable_{table}(?)",
                         (argument,))


class Parsed(Case):
    """The column parsed stands for the text."""

    def same(self, path, tables=TABLES):
        rows = self.rows("SELECT text, parsed FROM cables(?)", (path,))
        for text, parsed in rows:
            for table in tables:
                self.assertEqual(self.children(table, parsed),
                                 self.children(table, text), (path, table))
        return len(rows)

    def test_examples(self):
        n = 0
        for part in ("embassies", "state", "1970s"):
            for path in glob.glob(os.path.join(EXAMPLES, part, "*.txt")):
                n += self.same(path)
        self.assertGreater(n, 30)

    def test_blanks_that_the_text_has_not(self):
        """Places are those of the text, whatever stood at line ends."""
        text = support.telegram(1, body=(
            "1. (C) Ref A and 06 KYIV 12\nsaw XXXXXXXXXXXX.\n\n\n"
            "2. (S) He left\nagain.\n"))
        odd = "\n  \n" + text.replace("\n", "  \n").replace(
            "saw", "  saw") + " \n\n"
        self.write("a.txt", odd)
        self.assertEqual(self.same("a.txt"), 1)
        parsed, = self.column("SELECT parsed FROM cables('a.txt')")
        clean = self.value("SELECT text FROM cables('a.txt')")
        (start, length), = self.rows(
            "SELECT start, length FROM cable_paragraphs(?) WHERE number = 2",
            (parsed,))
        self.assertEqual(clean[start:start + length],
                         "2. (S) He left\nagain.")
        self.assertEqual(
            [(clean[s:s + n], p) for s, n, p in self.rows(
                "SELECT start, length, printed FROM cable_citations(?)",
                (parsed,)) if p != "Ref A"],
            [("06 KYIV 12", "06 KYIV 12")])

    def test_page(self):
        """What only the page tells serves the child rows too."""
        for path in glob.glob(os.path.join(EXAMPLES, "pages", "0*.html")):
            (refid, parsed), = self.rows(
                "SELECT refid, parsed FROM cables(?)", (path,))
            keys = self.column("SELECT key FROM cable_paragraphs(?)"
                               " WHERE number = 1", (parsed,))
            self.assertEqual(keys[:1], [refid + "#1"])

    def test_parsed_once(self):
        self.write("a.txt", support.telegram(1))
        before = self.parses()
        for table in TABLES[:2]:
            self.rows("SELECT count(*) FROM cables('a.txt') c"
                      f" CROSS JOIN cable_{table}(c.parsed)")
        self.assertEqual(self.parses() - before, 2)

    def test_printed_is_left_out(self):
        self.write("a.txt", support.telegram(1))
        parsed, = self.column("SELECT parsed FROM cables('a.txt')")
        self.assertEqual(self.column(
            "SELECT DISTINCT printed FROM cable_paragraphs(?)", (parsed,)),
            [None])

    def test_explain_needs_the_text(self):
        self.write("a.txt", support.telegram(1))
        self.fails("SELECT x.field FROM cables('a.txt') c"
                   " JOIN cable_explain(c.parsed) x",
                   "cables: a text is needed: cable_explain(text)")

    def test_damaged(self):
        """A blob cut or changed anywhere gives rows or an error, no more."""
        self.write("a.txt", support.telegram(1))
        parsed, = self.column("SELECT parsed FROM cables('a.txt')")
        broken = [parsed[:n] for n in range(8, len(parsed))]
        broken += [parsed[:i] + b"\xff" + parsed[i + 1:]
                   for i in range(8, len(parsed))]
        refused = 0
        for blob in broken:
            for table in TABLES:
                try:
                    self.children(table, blob)
                except sqlite3.OperationalError as error:
                    self.assertIn("cables: a damaged blob of parsed rows:",
                                  str(error))
                    refused += 1
        self.assertGreater(refused, len(parsed))


class Cache(Case):
    """Child tables over the same text share what was parsed."""

    JOIN = " CROSS JOIN ".join(f"cable_{t}(?1) AS of_{t}" for t in TABLES[:4])

    def test_one_parse(self):
        text = support.telegram(1, body="1. (C) As 06 KYIV 12 says.\n")
        text = text.replace("\n\n1.", "\n\nREF: 06 KYIV 12\n\n1.")
        self.rows(f"SELECT count(*) FROM {self.JOIN}", (text,))
        for n in range(2, 12):
            before = self.parses()
            other = text.replace("MOSCOW 000001", f"MOSCOW 0000{n:02d}")
            self.assertGreater(self.value(
                f"SELECT count(*) FROM {self.JOIN}", (other,)), 0)
            self.assertEqual(self.parses() - before, 1)

    def test_second_argument(self):
        """It counts where the text does not tell what it says."""
        text = "SUBJECT: A VISIT\nREF: KYIV 12\n\n1. (C) He came.\n"
        query = "SELECT refid FROM cable_references(?, ?)"
        for year in (2006, 2007, 2006, None):
            want = None if year is None else f"{year % 100:02d}KYIV12"
            self.assertEqual(self.column(query, (text, year)), [want])
        query = "SELECT key FROM cable_paragraphs(?, ?) WHERE number = 1"
        for refid in ("06KYIV1", "06KYIV2", None):
            want = None if refid is None else refid + "#1"
            self.assertEqual(self.column(query, (text, refid)), [want])

    def test_many_at_once(self):
        """Cursors over more texts than the cache holds, read in turns."""
        texts = [support.telegram(n, body="".join(
            f"{k}. (C) Paragraph {k} of {n}.\n\n" for k in range(1, 5)))
            for n in range(1, 10)]
        cursors = [self.conn.execute(
            "SELECT text FROM cable_paragraphs(?) WHERE number", (t,))
            for t in texts]
        for k in range(1, 5):
            for n, cursor in enumerate(cursors, 1):
                self.assertEqual(cursor.fetchone(),
                                 (f"Paragraph {k} of {n}.",))

    def test_scan_under_way(self):
        """A scan that goes on takes nothing from rows that are read."""
        for n in range(1, 9):
            self.write(f"in/{n}.txt", support.telegram(n))
        scan = self.conn.execute("SELECT text, parsed FROM cables('in')")
        text, parsed = scan.fetchone()
        for argument in (text, parsed):
            rows = self.conn.execute(
                "SELECT text FROM cable_paragraphs(?) WHERE number",
                (argument,))
            self.assertEqual(rows.fetchone(), ("The minister came.",))
            scan.fetchmany(3)
            self.assertEqual(rows.fetchone(), ("He left again.",))


if __name__ == "__main__":
    unittest.main()
