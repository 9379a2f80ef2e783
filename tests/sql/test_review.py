"""What a reviewer checks: anomalies of markings, roles over several paragraphs,
tables, and the join with the table of posts."""

import json
import unittest

import support


def cable(eo="12958: DECL: 02/11/2019", day="11", month="FEB", year="09",
          body="1. (C) The buoy is there.\n", level="C O N F I D E N T I A L",
          tags="PREL, NO"):
    return (
        f"P {day}1215Z {month} {year}\nFM AMEMBASSY OSLO\n"
        "TO RUEHC/SECSTATE WASHDC PRIORITY 0412\n"
        f"{level} OSLO 000071\n\nSIPDIS\n\nE.O. {eo}\nTAGS: {tags}\n"
        f"SUBJECT: A BUOY\n\n{body}\nHATHERLEY\n"
    )


class Anomalies(support.Case):
    def odd(self, **parts):
        text = self.value("SELECT cable_anomalies(?)", (cable(**parts),))
        return json.loads(text) if text else []

    def test_nothing(self):
        self.assertEqual(self.odd(), [])

    def test_marking_of_another_order(self):
        told = "declassification marking is of another order"
        self.assertIn(told, self.odd(eo="12958: DECL: OADR"))
        self.assertIn(told, self.odd(eo="12356: DECL: X1", year="90"))
        self.assertNotIn(told, self.odd(eo="12356: DECL: OADR", year="90"))

    def test_abolished_marking(self):
        told = "declassification marking was abolished on 22 September 2003"
        self.assertIn(told, self.odd(eo="12958: DECL: X5"))
        self.assertNotIn(told, self.odd(eo="12958: DECL: X5", year="02"))
        # The last day on which it could be used, and the day after.
        self.assertNotIn(told, self.odd(eo="12958: DECL: X5", day="22",
                                        month="SEP", year="03"))
        self.assertIn(told, self.odd(eo="12958: DECL: X5", day="23",
                                     month="SEP", year="03"))

    def test_impossible_dates(self):
        self.assertIn("declassification date is not after the telegram",
                      self.odd(eo="12958: DECL: 02/10/2009"))
        self.assertIn("declassification date is beyond the limit of its order",
                      self.odd(eo="12958: DECL: 02/12/2034"))
        self.assertNotIn(
            "declassification date is beyond the limit of its order",
            self.odd(eo="12958: DECL: 02/11/2034"))
        self.assertIn("declassification date does not exist",
                      self.odd(eo="12958: DECL: 02/30/2019"))

    def test_misprinted_order(self):
        self.assertIn("executive order misprinted: 12598",
                      self.odd(eo="12598: DECL: 02/11/2019"))

    def test_portion_above(self):
        told = "portion marking above the overall classification"
        self.assertIn(told, self.odd(body="1. (S) The buoy is there.\n"))
        self.assertNotIn(told, self.odd(body="1. (SBU) It is there.\n"))

    def test_unknown_tag(self):
        self.assertIn("unknown TAGS code: QQQQ", self.odd(tags="PREL, QQQQ"))

    def test_numbers(self):
        odd = self.odd(body="1. (C) One.\n\n3. (C) Three.\n\n3. (C) Again.\n")
        self.assertEqual(odd, ["paragraph 2 is missing",
                               "paragraph 3 is doubled"])

    def test_places(self):
        text = cable(body="1. (S) The buoy is there.\n")
        rows = self.rows(
            "SELECT part, message, substr(?1, start + 1, length)"
            " FROM cable_anomalies(?1)", (text,))
        self.assertEqual(rows, [
            ("body", "portion marking above the overall classification",
             "1. (S) The buoy is there.")])


class Roles(support.Case):
    def roles(self, body):
        return self.rows(
            "SELECT number, role FROM cable_paragraphs(?)"
            " WHERE number IS NOT NULL", (cable(body=body),))

    def test_comment_over_several_paragraphs(self):
        self.assertEqual(
            self.roles("1. (C) One.\n\n2. (C) COMMENT: Two.\n\n"
                       "3. (C) Three. END COMMENT.\n\n4. (C) Four.\n"),
            [(1, None), (2, "comment"), (3, "comment"), (4, None)])

    def test_comment_without_end(self):
        self.assertEqual(
            self.roles("1. (C) COMMENT: One.\n\n2. (C) Two.\n"),
            [(1, "comment"), (2, None)])

    def test_comment_closed_at_once(self):
        self.assertEqual(
            self.roles("1. (C) Comment: One. End comment.\n\n2. (C) Two.\n"),
            [(1, "comment"), (2, None)])

    def test_action_request(self):
        self.assertEqual(
            self.roles("1. (C) This is an action request. See below.\n\n"
                       "2. (C) ACTION REQUEST: Please look.\n"),
            [(1, "action request"), (2, "action request")])

    def test_headings(self):
        self.assertEqual(
            self.roles("SUMMARY\n-------\n\n1. (C) One.\n\n"
                       "THE BUOY\n--------\n\n2. (C) Two.\n\n"
                       "COMMENT\n-------\n\n3. (C) Three.\n"),
            [(1, "summary"), (2, None), (3, "comment")])


class Tables(support.Case):
    def test_left_as_printed(self):
        table = ("Buoy      Color     Depth\n"
                 "Anna      red       12\n"
                 "Bertha    green     7\n")
        rows = self.rows(
            "SELECT kind, text FROM cable_paragraphs(?) WHERE kind = 'table'",
            (cable(body="1. (C) The buoys:\n\n" + table + "\n2. (C) So.\n"),))
        self.assertEqual(rows, [("table", table.rstrip("\n"))])


class Places(support.Case):
    def test_join(self):
        self.write("in/a.txt", cable())
        self.assertEqual(
            self.rows("SELECT p.country, p.iso2, round(p.lat), round(p.lon)"
                      " FROM cables('in') c"
                      " JOIN cable_posts p ON p.post = refid_post(c.refid)"),
            [("Norway", "NO", 60.0, 11.0)])


if __name__ == "__main__":
    unittest.main()
