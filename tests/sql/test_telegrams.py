"""Whole telegrams against values that were worked out by hand: the invented
ones of examples/ and fixtures/, and the real ones that lie beside the project
(read in place; skipped, and said so, where they are not there)."""

import csv
import json
import os
import unittest

import support

SHARED = os.environ.get("CABLES_SHARED") or os.path.join(
    support.ROOT, "..", "shared"
)
EXPECTED = os.path.join(support.ROOT, "tests", "expected")


def table(name):
    """The rows of a table of expected values, and its header."""
    path = os.path.join(EXPECTED, name)
    with open(path, encoding="utf-8", newline="") as f:
        rows = list(csv.reader(f, delimiter="\t", quoting=csv.QUOTE_NONE))
    return rows[0], rows[1:]


def folded(value):
    return " ".join(value.split())


class RootCase(support.Case):
    """The current folder is the project's."""

    def setUp(self):
        super().setUp()
        os.chdir(support.ROOT)


class Examples(RootCase):
    """Every column of every invented telegram."""

    FOLDER = "examples/telegrams"

    def test_every_file_is_one_row(self):
        _, expected = table("examples.tsv")
        self.assertGreaterEqual(len(expected), 44)
        paths = self.column("SELECT path FROM cables(?)", (self.FOLDER,))
        self.assertEqual(
            paths, sorted(f"{self.FOLDER}/{row[0]}" for row in expected)
        )

    def test_columns(self):
        header, expected = table("examples.tsv")
        names = ["summary" if n == "summary_start" else n for n in header[1:]]
        got = {
            row[0]: row[1:]
            for row in self.rows(
                f"SELECT path, {', '.join(names)} FROM cables(?)",
                (self.FOLDER,),
            )
        }
        checked = 0
        for row in expected:
            values = got[f"{self.FOLDER}/{row[0]}"]
            for name, value, want in zip(header[1:], values, row[1:]):
                with self.subTest(path=row[0], column=name):
                    if name == "summary_start" and value is not None:
                        value = value[: len(want)] if want else value
                    shown = None if value is None else str(value)
                    self.assertEqual(shown, want or None)
                    checked += 1
        self.assertEqual(checked, len(expected) * len(names))

    def test_graph_is_connected(self):
        edges = self.rows(
            "SELECT refid, value FROM cables(?), json_each(refs)",
            (self.FOLDER,),
        )
        held = set(self.column("SELECT refid FROM cables(?)", (self.FOLDER,)))
        seen, todo = set(), [min(held)]
        while todo:
            here = todo.pop()
            if here in seen:
                continue
            seen.add(here)
            todo += [b for a, b in edges if a == here]
            todo += [a for a, b in edges if b == here]
        self.assertEqual(held - seen, set())


class Fixtures(RootCase):
    """The nasty ones, an assertion a line."""

    def answer(self, path, column):
        source = "tests/fixtures/" + path
        if column == "rows":
            return self.value("SELECT count(*) FROM cables(?)", (source,))
        return self.value(f'SELECT "{column}" FROM cables(?)', (source,))

    def test_assertions(self):
        _, rows = table("fixtures.tsv")
        self.assertGreater(len(rows), 200)
        for path, column, want in rows:
            with self.subTest(path=path, column=column):
                got = self.answer(path, column)
                got = "NULL" if got is None else str(got)
                if column in ("body", "anomalies"):
                    self.assertIn(folded(want), folded(got))
                else:
                    self.assertEqual(got, want)

    def test_every_fixture_is_asserted(self):
        _, rows = table("fixtures.tsv")
        files = set(os.listdir("tests/fixtures"))
        files -= {".gitattributes"}
        self.assertEqual(files, {row[0] for row in rows})


class Seed(RootCase):
    """The page that a blog copied: the first input that has to be right."""

    NAME = "seed/000_20ec702c79fc5b8b.txt"

    def setUp(self):
        super().setUp()
        self.path = os.path.join(SHARED, self.NAME)
        if not os.path.exists(self.path):
            self.skipTest("../shared/seed is not there")

    def one(self, column):
        return self.value(f"SELECT {column} FROM cables(?)", (self.path,))

    def test_columns(self):
        want = {
            "refid": "06MOSCOW3687",
            "created": "2006-04-07 17:07:00",
            "released": "2011-08-30 01:44:00",
            "classification": "CONFIDENTIAL",
            "origin": "Embassy Moscow",
            "precedence": "IMMEDIATE",
            "dtg": "071707Z APR 06",
            "subject": None,
            "tags": None,
            "refs": '["06STATE51992","06MOSCOW3510"]',
            "executive_order": "12958",
            "declass_date": "2016-04-07",
            "classified_by": "DCM Daniel A. Russell",
            "reasons": '["1.4(b)","1.4(d)"]',
            "sections": 2,
            "paragraphs": 8,
            "complete": 0,
            "format": "page-text",
        }
        for column, value in want.items():
            with self.subTest(column=column):
                self.assertEqual(self.one(column), value)

    def test_end_is_missing(self):
        self.assertEqual(
            json.loads(self.one("anomalies")),
            ["text ends inside paragraph 8"],
        )

    def test_no_blog(self):
        text = self.one("text")
        self.assertTrue(text.startswith("DE RUEHMO #3687/01 0971707\n"))
        self.assertTrue(text.endswith("representatives early next\n"))
        for word in ("WikiLeaks Link", "Leave a Reply", "Reference ID"):
            self.assertNotIn(word, text)

    def test_paragraphs(self):
        rows = self.rows(
            "SELECT p.number, p.marking, p.section FROM cables(?) c"
            " JOIN cable_paragraphs(c.text, c.refid) p",
            (self.path,),
        )
        # The joint to section 2 stands inside paragraph 7.
        self.assertEqual(rows, [(n, "C", 2 if n == 8 else 1)
                                for n in range(1, 9)])

    def test_page_break(self):
        text = self.value(
            "SELECT p.text FROM cables(?) c"
            " JOIN cable_paragraphs(c.text, c.refid) p"
            " WHERE p.key = '06MOSCOW3687#7'",
            (self.path,),
        )
        self.assertIn(
            "in the immediate aftermath of the parliamentary election (ref B),"
            " he said", text)
        for text in self.column(
            "SELECT p.text FROM cables(?) c JOIN cable_paragraphs(c.text) p",
            (self.path,),
        ):
            self.assertNotIn("002 OF 002", text)

    def test_summary(self):
        summary = self.one("summary")
        self.assertTrue(summary.startswith("Charge d'Affaires delivered"))
        self.assertTrue(summary.endswith("take time."))

    def test_citation(self):
        self.assertIn(
            (1, "ref A", "06STATE51992"),
            self.rows(
                "SELECT k.paragraph, k.printed, k.refid FROM cables(?) c"
                " JOIN cable_citations(c.text) k", (self.path,)))


class Samples(RootCase):
    """The published pages: what each page itself says."""

    def setUp(self):
        super().setUp()
        self.list = os.path.join(SHARED, "samples", "pages.tsv")
        if not os.path.exists(self.list):
            self.skipTest("../shared/samples is not there")

    def test_metadata(self):
        with open(self.list, encoding="utf-8", newline="") as f:
            expected = list(csv.DictReader(f, delimiter="\t"))
        self.assertEqual(len(expected), 26)
        for row in expected:
            path = os.path.join(SHARED, "samples", row["file"])
            got = self.rows(
                "SELECT refid, created, released, classification, origin"
                " FROM cables(?)", (path,))
            with self.subTest(file=row["file"]):
                self.assertEqual(len(got), 1)
                refid, created, released, classification, origin = got[0]
                self.assertEqual(refid, row["refid"])
                # The page's minutes are false: day and hour count.
                self.assertEqual(created[:13], row["created"][:13])
                self.assertEqual(released, row["released"])
                self.assertEqual(classification, row["classification"])
                self.assertEqual(origin, row["origin"])


if __name__ == "__main__":
    unittest.main()
