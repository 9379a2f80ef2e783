"""The worked examples of the declassification rules, as functions of the parts
and on a telegram that carries the marking."""

import csv
import os
import unittest

import support

SHARED = os.environ.get("CABLES_SHARED") or os.path.join(
    support.ROOT, "..", "shared"
)
MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
LEVELS = {
    "TOP SECRET": "T O P  S E C R E T",
    "SECRET": "S E C R E T",
    "CONFIDENTIAL": "C O N F I D E N T I A L",
    "LIMITED OFFICIAL USE": "LIMITED OFFICIAL USE",
    "UNCLASSIFIED": "UNCLAS",
}


def carrier(order, marking, level, created):
    """A telegram with the marking; level and created may be missing."""
    lines = []
    if created:
        year, month, day = created.split("-")
        lines.append(f"R {day}1200Z {MONTHS[int(month) - 1]} {year[2:]}")
    lines.append("FM AMEMBASSY OSLO")
    if level:
        lines.append(f"{LEVELS[level]} OSLO 001234")
    lines += ["", f"E.O. {order}: {marking}", "TAGS: PREL, NO",
              "SUBJECT: LIGHTHOUSES", "", "1. The light was lit.", ""]
    return "\n".join(lines)


class Examples(support.Case):
    def setUp(self):
        super().setUp()
        path = os.path.join(SHARED, "format", "declass-examples.tsv")
        if not os.path.exists(path):
            self.skipTest("../shared/format is not there")
        with open(path, encoding="utf-8", newline="") as f:
            reader = csv.DictReader(f, delimiter="\t",
                                    quoting=csv.QUOTE_NONE)
            self.examples = [
                {k: None if v == "NULL" else v for k, v in row.items()}
                for row in reader
            ]
        self.assertEqual(len(self.examples), 74)

    def expected(self, row):
        return (row["declass_date"] or None, row["review_date"] or None,
                row["kind"])

    def test_schedule(self):
        for row in self.examples:
            with self.subTest(marking=row["marking"], order=row["order"]):
                got = self.rows(
                    "SELECT declass_schedule(?1, ?2, ?3, ?4),"
                    " declass_schedule_review(?1, ?2, ?3, ?4),"
                    " declass_schedule_kind(?1, ?2, ?3, ?4)",
                    (row["order"], row["marking"] or "", row["level"],
                     row["created"]))
                self.assertEqual(got, [self.expected(row)])

    def test_on_a_telegram(self):
        for row in self.examples:
            text = carrier(row["order"], row["marking"] or "", row["level"],
                           row["created"])
            with self.subTest(marking=row["marking"], order=row["order"]):
                got = self.rows(
                    "SELECT declass_date(?1), declass_review(?1),"
                    " declass_kind(?1)", (text,))
                self.assertEqual(got, [self.expected(row)])

    def test_every_answer_has_a_basis(self):
        for row in self.examples:
            text = carrier(row["order"], row["marking"] or "", row["level"],
                           row["created"])
            basis = self.value("SELECT declass_basis(?)", (text,))
            with self.subTest(marking=row["marking"]):
                self.assertGreater(len(basis), 10)


class Basis(support.Case):
    """declass_basis names the rule and the order."""

    def basis(self, *parts):
        return self.value("SELECT declass_basis(?)", (carrier(*parts),))

    def test_schedule(self):
        self.assertIn("11652 sec. 5(A)",
                      self.basis("11652", "GDS", "SECRET", "1974-08-25"))

    def test_six_years(self):
        self.assertIn("12065 sec. 1-401",
                      self.basis("12065", "GDS (DOE, J.)", "CONFIDENTIAL",
                                 "1979-05-05"))

    def test_oadr(self):
        self.assertIn("12356",
                      self.basis("12356", "DECL: OADR", "SECRET",
                                 "1989-12-13"))

    def test_no_order(self):
        self.assertIsNone(self.value("SELECT declass_basis('1. Words.')"))


if __name__ == "__main__":
    unittest.main()
