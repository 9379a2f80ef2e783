"""One telegram gives the same columns from every kind of source, and a record
dump with named columns gives what its columns say.

Every telegram here is invented.
"""

import bz2
import csv
import gzip
import html
import io
import lzma
import unittest

from support import Case, telegram
from test_sources import in_tar, in_zip, record, run

BODY = (
    '1. (C) He said "yes\\no" & left.\n\n'
    "2. (C) Comment: The ferry was sold twice. End comment.\n"
)
TEXT = telegram(3687, "THE FERRY THAT WAS SOLD TWICE", body=BODY)
ENVELOPE, REST = TEXT.split("C O N F", 1)
REST = "C O N F" + REST
CELLS = (
    "06MOSCOW3687",
    "2006-04-07 17:07",
    "2011-08-30 01:44",
    "CONFIDENTIAL",
    "Embassy Moscow",
)
LABELS = ("Reference ID", "Created", "Released", "Classification", "Origin")
HINT = (
    "If you are new to these pages, please read an introduction on the "
    "structure of a cable as well as how to discuss them with others."
)

# What stands in the telegram, worked out by hand.
WANT = {
    "refid": "06MOSCOW3687",
    "created": "2006-04-07 17:07:00",
    "classification": "CONFIDENTIAL",
    "origin": "Embassy Moscow",
    "precedence": "ROUTINE",
    "dtg": "071707Z APR 06",
    "sender": "AMEMBASSY MOSCOW",
    "action": '["SECSTATE WASHDC"]',
    "info": '["AMEMBASSY KYIV"]',
    "subject": "THE FERRY THAT WAS SOLD TWICE",
    "tags": '["PREL","RS"]',
    "captions": '["SIPDIS"]',
    "executive_order": "12958",
    "declass_date": "2016-04-07",
    "declass_kind": "date",
    "signer": "BURNS",
    "sections": 1,
    "paragraphs": 2,
    "complete": 1,
    "body": BODY.strip(),
}


def table(cells, tag):
    inside = "".join(f"<{tag}>{html.escape(c)}</{tag}>\n" for c in cells)
    return f"<tr>\n{inside}</tr>\n"


def page_2010():
    """Two blocks, line ends as references, paragraphs with pilcrows."""

    def block(text):
        return f"<code><pre>{html.escape(text)}</pre></code>\n".replace(
            "\n", "&#x000A;"
        )

    return (
        "<?xml version='1.0' encoding='utf-8' ?>\n<html><body>\n"
        "<h3>Browse by origin</h3><a href='/o'>Embassy Muscat</a>\n"
        f"<h3>Viewing cable {CELLS[0]}, A VISIT</h3>\n<div>{HINT}</div>\n"
        f"<table class='cable'>\n{table(LABELS, 'th')}{table(CELLS, 'td')}"
        f"</table>\n{block(ENVELOPE)}{block(REST)}</body></html>\n"
    )


def page_2011():
    """The later layout: one block, links in the table."""
    linked = "".join(
        f"<td><a href='/x'>{html.escape(c)}</a></td>" for c in CELLS
    )
    return (
        "<!DOCTYPE html>\n<html><head><title>Cable</title></head><body>\n"
        "<p>Currently released so far... 251287 / 251,287</p>\n"
        f"<h3>Viewing cable {CELLS[0]}, A VISIT</h3>\n<p>{HINT}</p>\n"
        f"<table class='cable'><tr>{table(LABELS, 'th')}</tr>"
        f"<tr>{linked}</tr></table>\n"
        f"<pre>{html.escape(TEXT)}</pre>\n"
        "<script src='/viewer.js'></script></body></html>\n"
    )


def page_blog():
    """A copy in a blog: a line for each line."""
    lines = "<br />\n".join(html.escape(line) for line in TEXT.split("\n"))
    return (
        "<html><body><h1>The ferry, again</h1>\n<div class='post'>\n"
        f"<p>{lines}</p>\n</div></body></html>\n"
    )


def copied():
    """What a reader of the page copies."""
    return (
        f"Viewing cable {CELLS[0]}, A VISIT\n{HINT}\n"
        f"{' '.join(LABELS)}\n{' '.join(CELLS)}\n{TEXT}"
    )


def plusd():
    """The page of the other archive: labels, the body, the raw text."""
    labels = (
        ("Date:", "2006 April 7, 17:07 (Friday)"),
        ("Canonical ID:", "06MOSCOW3687_a"),
        ("Original Classification:", "CONFIDENTIAL"),
        ("TAGS:", "PREL - External Political Relations | RS - Russia"),
        ("From:", "Russia Moscow"),
    )
    cells = "".join(
        f"<div class='label'>{name}</div><div class='value'>{value}</div>\n"
        for name, value in labels
    )
    return (
        f"<html><body><h2>A VISIT</h2>\n{cells}<h3>Content</h3>\n"
        f"<div>Show Headers</div><pre>{html.escape(BODY)}BURNS</pre>\n"
        f"<h3>Raw content</h3><pre>{html.escape(TEXT)}</pre>\n"
        "</body></html>\n"
    )


def national_archives():
    return (
        f"Message Text\n\n{TEXT}\n\nMessage Attributes\n\n"
        "Automatic Decaptioning: X\nDocument Number: 2006MOSCOW03687\n"
        "Draft Date: 07 APR 2006\n"
    )


def dump(names, *rows):
    """A CSV file with a row of names."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(names)
    writer.writerows(rows)
    return out.getvalue()


# What a page prints behind a telegram, and one copied as text.
BEHIND = (
    ("Appears in these articles: 1",),
    ("Comments (3)", "What a ferry.", "Jane"),
    ("Metadata", "Print", "Share"),
    ("Metadata / Print / share",),
    ("Leave a Reply",),
    ("What a ferry that was!", "Jane"),
)


class Kinds(Case):
    def test_what_a_page_prints_behind(self):
        for behind in BEHIND:
            text = "\n" + "\n".join(behind) + "\n"
            lines = "".join(f"<p>{line}</p>\n" for line in behind)
            self.check("page of 2010: " + text,
                       page_2010().replace("</body>", lines + "</body>"))
            self.check("page of 2011: " + text,
                       page_2011().replace("</body>", lines + "</body>"))
            self.check("PlusD page: " + text,
                       plusd().replace("</body>", lines + "</body>"))
            self.check("page copied as text: " + text, copied() + text)
            if "ferry that" not in text:
                self.check("telegram alone: " + text, TEXT + text)
                self.check("page of a blog: " + text,
                           page_blog().replace("</body>", lines + "</body>"))

    def check(self, kind, data, n=1):
        data = data if isinstance(data, bytes) else data.encode()
        self.write("f", data)
        with self.subTest(kind):
            rows = self.rows(f"SELECT {', '.join(WANT)} FROM cables('f')")
            self.assertEqual(len(rows), n)
            for row in rows:
                self.assertEqual(dict(zip(WANT, row)), WANT)

    def test_every_kind(self):
        for threads in 1, 2:
            self.value(f"SELECT cables_config('threads', {threads})")
            self.every_kind()

    def every_kind(self):
        raw = TEXT.encode()
        members = [("a/x.txt", TEXT), ("b", TEXT)]
        tar = in_tar(members)
        bulk = record(1, TEXT) + record(2, TEXT)
        named = dump(["Document Number", "Body"], ["06MOSCOW3687", TEXT])
        for kind, data in (
            ("text", TEXT),
            ("text, CRLF", TEXT.replace("\n", "\r\n")),
            ("page of 2010", page_2010()),
            ("page of 2011", page_2011()),
            ("page of a blog", page_blog()),
            ("page copied as text", copied()),
            ("PlusD page", plusd()),
            ("text of the National Archives", national_archives()),
            ("CSV with names", named),
            ("gzip", gzip.compress(raw)),
            ("bzip2", bz2.compress(raw)),
            ("xz", lzma.compress(raw)),
            (".txt.gz in zip", in_zip([("a.txt.gz", gzip.compress(raw))])),
            ("page in zip", in_zip([("a.html", page_2010())])),
            ("page in tar.gz",
             gzip.compress(in_tar([("a.html", page_2011())]))),
        ):
            self.check(kind, data)
        for kind, data in (
            ("bulk CSV", bulk),
            ("bulk CSV in gzip", gzip.compress(bulk.encode())),
            ("bulk CSV in zip", in_zip([("cables.csv", bulk)])),
            ("tar", tar),
            ("tar.gz", gzip.compress(tar)),
            ("tar.bz2", bz2.compress(tar)),
            ("tar.xz", lzma.compress(tar)),
            ("zip", in_zip(members)),
            ("tar in zip", in_zip([("in.tar", tar)])),
        ):
            self.check(kind, data, 2)

    def test_zst(self):
        self.check("zst", run("zstd", "-c", data=TEXT.encode()))
        tar = in_tar([("a", TEXT), ("b", TEXT)])
        self.check("tar.zst", run("zstd", "-c", data=tar), 2)

    def test_7z(self):
        self.write("a.txt", TEXT)
        self.write("b.html", page_2010())
        run("bsdtar", "-c", "-f", "x", "--format", "7zip", "a.txt", "b.html")
        with open("x", "rb") as f:
            self.check("7z", f.read(), 2)


class Named(Case):
    """The record dumps whose columns have names."""

    def one(self, names, *rows):
        self.write("f.csv", dump(names, *rows))
        return self.rows(
            "SELECT entry, refid, created, classification, origin, released, "
            "subject FROM cables('f.csv')"
        )

    # Nothing but the body tells a number, a date or a level here.
    PLAIN = "SUBJECT: A BUOY\n\n1. It was laid out on Monday.\nHATHERLEY\n"
    OLD = (
        "R 111215Z FEB 75\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC 4711\n"
        "C O N F I D E N T I A L OSLO 0071\n"
        "E.O. 11652: GDS\nTAGS: PFOR, NO\nSUBJECT: A BUOY\n"
        "1. IT WAS LAID OUT ON MONDAY.\nHATHERLEY\n"
    )
    # The envelope alone makes a telegram of it; it tells neither.
    BARE = "FM AMEMBASSY OSLO\nTO SECSTATE WASHDC\n"

    def test_every_name(self):
        text = "R 111215Z FEB 75\n" + self.BARE + self.PLAIN
        for name in (
            "Document Number", "Doc Nbr", "doc_number", "DocNo", "Doc ID",
            "Document ID", "MRN", "refid", "Reference ID",
        ):
            for body in ("Body", "MSGTEXT", "Message Text", "full_text"):
                with self.subTest((name, body)):
                    rows = self.one([name, body], ["1975OSLO00071", text])
                    self.assertEqual([row[1] for row in rows], ["75OSLO71"])
        text = "P O L A R\n" + self.BARE + "UNCLAS OSLO 71\n" + self.PLAIN
        for name in (
            "Created", "Date", "DateTime", "Doc Date", "Document Date",
            "Sent Date", "Date Sent", "Draft Date",
        ):
            for value, want in (
                ("1975-02-11 12:15", "1975-02-11 12:15:00"),
                ("2/11/1975 12:15", "1975-02-11 12:15:00"),
                ("11 FEB 1975", "1975-02-11 00:00:00"),
                ("11-Feb-1975 12:15:00", "1975-02-11 12:15:00"),
            ):
                with self.subTest((name, value)):
                    rows = self.one([name, "Body"], [value, text])
                    self.assertEqual([row[2] for row in rows], [want])
        text = "R 111215Z FEB 75\n" + self.BARE + self.PLAIN
        for name in (
            "Classification", "Orig Class", "Original Classification",
        ):
            with self.subTest(name):
                rows = self.one([name, "Body"], ["SECRET", text])
                self.assertEqual([row[3] for row in rows], ["SECRET"])
        rows = self.one(
            ["Origin", "Released", "Subject", "Body"],
            ["Embassy Oslo", "2006-07-05 00:00", "ANOTHER", text],
        )
        self.assertEqual(
            [row[4:] for row in rows],
            [("Embassy Oslo", "2006-07-05 00:00:00", "A BUOY")],
        )

    def test_a_dump(self):
        """Columns in any order, many that say nothing, quotes where need be,
        bodies of several lines, a record without a telegram."""
        names = (
            ["Locator", "Document Number", "Film Number", "Draft Date"]
            + [f"Disposition {i}" for i in range(70)]
            + ["Subject", "To", "MSGTEXT", "From", "Original Classification"]
        )

        def row(number, text):
            return (
                ["TEXT ON-LINE", number, "D750050-0123", "11 FEB 1975"]
                + ["n/a"] * 70
                + ['THE "BUOY", AGAIN', "STATE", text, "OSLO", "CONFIDENTIAL"]
            )

        rows = self.one(
            names,
            row("1975OSLO00071", self.OLD),
            row("1975OSLO00072", "n/a"),
            row("1975OSLO00073", self.OLD.replace("0071", "0073")),
        )
        self.assertEqual(
            [row[:4] + row[6:] for row in rows],
            [
                (str(i), f"75OSLO{n}", "1975-02-11 12:15:00", "CONFIDENTIAL",
                 "A BUOY")
                for i, n in ((1, 71), (3, 73))
            ],
        )


def load_tests(loader, _tests, _pattern):
    """Only those of this file: test_sources is imported for its helpers."""
    return unittest.TestSuite(
        loader.loadTestsFromTestCase(case) for case in (Kinds, Named)
    )


if __name__ == "__main__":
    unittest.main()
