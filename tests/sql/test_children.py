"""Every column of the child tables, and that it is the right one."""

import unittest

import support

TEXT = """R 071707Z APR 06
FM AMEMBASSY MOSCOW
TO RUEHC/SECSTATE WASHDC PRIORITY 1234
INFO RUEHKV/AMEMBASSY KYIV 0012
XMT AMCONSUL YEKATERINBURG
C O N F I D E N T I A L MOSCOW 003687

SIPDIS

E.O. 12958: DECL: 04/07/2016
TAGS: PREL, RS
SUBJECT: A VISIT
REF: A. 05 MOSCOW 1234 (NOTAL)
     B. TELCON SMITH-JONES

1. (C) Summary: He recalled ref A and 06 KYIV 12. End summary.

2. (U) XXXXXXXXXXXX
agreed.
BURNS
"""


def place(printed):
    """Where this is printed, as start and length count."""
    return TEXT.index(printed), len(printed)


class Children(support.Case):
    def child(self, table, rest=""):
        return self.rows(f"SELECT * FROM {table}(?) {rest}", (TEXT,))

    def test_paragraphs(self):
        summary = "Summary: He recalled ref A and 06 KYIV 12. End summary."
        first = "1. (C) " + summary
        second = "2. (U) XXXXXXXXXXXX\nagreed."
        self.assertEqual(
            self.child("cable_paragraphs"),
            [
                (
                    "06MOSCOW3687#1",
                    1,
                    1,
                    "paragraph",
                    "C",
                    "CONFIDENTIAL",
                    "summary",
                    None,
                    1,
                    summary,
                    first,
                    *place(first),
                    1,
                    1,
                ),
                (
                    "06MOSCOW3687#2",
                    2,
                    2,
                    "paragraph",
                    "U",
                    "UNCLASSIFIED",
                    None,
                    None,
                    1,
                    "XXXXXXXXXXXX agreed.",
                    second,
                    *place(second),
                    1,
                    1,
                ),
                (
                    None,
                    3,
                    None,
                    "signature",
                    None,
                    None,
                    None,
                    None,
                    1,
                    "BURNS",
                    "BURNS",
                    *place("BURNS"),
                    None,
                    1,
                ),
            ],
        )

    def test_the_id_serves_where_the_text_tells_none(self):
        text = "SUBJECT: A VISIT\n\n1. (C) He came.\n\n2. (C) He left.\n"
        keys = "SELECT key FROM cable_paragraphs({}) WHERE number IS NOT NULL"
        self.assertEqual(
            self.column(keys.format("?"), (text,)), [None, None]
        )
        self.assertEqual(
            self.column(keys.format("?, '06KYIV12'"), (text,)),
            ["06KYIV12#1", "06KYIV12#2"],
        )
        self.assertEqual(
            self.column(keys.format("?, NULL"), (text,)), [None, None]
        )

    def test_references(self):
        self.assertEqual(
            self.child("cable_references"),
            [
                (1, "A", "cable", "05MOSCOW1234", "NOTAL", "05 MOSCOW 1234"),
                (2, "B", "telcon", None, None, "TELCON SMITH-JONES"),
            ],
        )

    def test_the_year_serves_where_the_text_tells_none(self):
        text = "SUBJECT: A VISIT\nREF: MOSCOW 3510\n"
        sql = "SELECT refid FROM cable_references(?, {})"
        self.assertEqual(
            self.column(sql.format(2006), (text,)), ["06MOSCOW3510"]
        )
        self.assertEqual(
            self.value("SELECT cable_refs(?, 2006)", (text,)),
            '["06MOSCOW3510"]',
        )

    def test_addressees(self):
        self.assertEqual(
            self.child("cable_addressees"),
            [
                (
                    1,
                    "action",
                    "PRIORITY",
                    "RUEHC",
                    "SECSTATE WASHDC",
                    "1234",
                    0,
                    "RUEHC/SECSTATE WASHDC PRIORITY 1234",
                ),
                (
                    2,
                    "info",
                    None,
                    "RUEHKV",
                    "AMEMBASSY KYIV",
                    "0012",
                    0,
                    "RUEHKV/AMEMBASSY KYIV 0012",
                ),
                (
                    3,
                    "info",
                    None,
                    None,
                    "AMCONSUL YEKATERINBURG",
                    None,
                    1,
                    "AMCONSUL YEKATERINBURG",
                ),
            ],
        )
        self.assertEqual(
            self.rows("SELECT cable_action(?1), cable_info(?1)", (TEXT,)),
            [('["SECSTATE WASHDC"]', '["AMEMBASSY KYIV"]')],
        )

    def test_citations(self):
        self.assertEqual(
            self.child("cable_citations"),
            [
                (1, 1, "ref A", "05MOSCOW1234", *place("ref A")),
                (2, 1, "06 KYIV 12", "06KYIV12", *place("06 KYIV 12")),
            ],
        )

    def test_redactions(self):
        crossed_out = "X" * 12
        self.assertEqual(
            self.child("cable_redactions"),
            [(1, "crossed out", 2, crossed_out, *place(crossed_out))],
        )
        self.assertEqual(
            self.value("SELECT cable_redactions(?)", (TEXT,)), 1
        )

    def test_explain(self):
        rows = self.child("cable_explain", "WHERE field IN ('subject', 'dtg')")
        self.assertEqual(
            {(r[0], r[1], *r[3:]) for r in rows},
            {
                ("subject", "A VISIT", *place("A VISIT"), "A VISIT"),
                (
                    "dtg",
                    "071707Z APR 06",
                    *place("071707Z APR 06"),
                    "071707Z APR 06",
                ),
            },
        )
        self.assertTrue(all(r[2] for r in rows))

    def test_anomalies(self):
        self.assertEqual(self.child("cable_anomalies"), [])
        text = TEXT.replace("2. (U)", "4. (U)")
        rows = self.rows("SELECT * FROM cable_anomalies(?)", (text,))
        self.assertGreater(len(rows), 0)
        for part, message, start, length in rows:
            self.assertIsInstance(part, str)
            self.assertEqual(message, message.strip())
            self.assertEqual(start is None, length is None)
            if start is not None:
                self.assertLessEqual(start + length, len(text))
        self.assertEqual(
            self.value("SELECT cable_anomalies(?)", (text,)),
            self.value(
                "SELECT json_group_array(message) FROM cable_anomalies(?)",
                (text,),
            ),
        )


if __name__ == "__main__":
    unittest.main()
