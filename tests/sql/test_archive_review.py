"""The views for reviewers of an archive."""

import unittest

import archive


class Review(archive.Archive):
    def setUp(self):
        super().setUp()
        marked = "1. (SBU) One of two.\n\n2. (U) Two of two.\n"
        long = ("1. (C) The very long paragraph that two telegrams share, word"
                " for word, as it\nhappens when a post reports twice.\n\n")
        self.add("a.txt", archive.cable(
            "MOSCOW", 10, classified="DCM Ann Lee. Reason 1.4 (b).",
            body="1. (C) Low.\n\n2. (S) High.\n"))
        self.add("b.txt", archive.cable(
            "MOSCOW", 14, day="09", decl="12958: DECL: OADR",
            tags="PREL, QQQQ", body=marked))
        self.add("c.txt", archive.cable(
            "MOSCOW", 15, day="10", decl="12958: DECL: 04/07/2999", body=long))
        self.add("d.txt", archive.cable(
            "MOSCOW", 19, day="12", captions="EXDIS",
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

    def test_past_due_by_the_rule_of_25_years(self):
        """Of 1990, without a date: 31 December 2015."""
        self.add("e.txt", archive.cable("KYIV", 1, year="90",
                                        decl="12356: DECL: OADR"))
        self.refresh()
        self.assertEqual(
            self.rows("SELECT refid, due, automatic FROM past_due"
                      " WHERE by = 'automatic'"),
            [("90KYIV1", None, "2015-12-31")])

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
        self.assertEqual(
            self.rows("SELECT tag, cables, date(first), date(last)"
                      " FROM unknown_tag"),
            [("QQQQ", 1, "2006-04-09", "2006-04-09")])

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


if __name__ == "__main__":
    unittest.main()
