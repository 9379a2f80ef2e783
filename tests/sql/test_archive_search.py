"""Full text search in an archive."""

import unittest

import archive


class Search(archive.Archive):
    def setUp(self):
        super().setUp()
        paged = (
            "CONFIDENTIAL\n\nPAGE 01        NICOSI  00912  171325Z\n\n44\n"
            "ACTION EUR-12\n\nINFO  OCT-01  NEA-06  ISO-00  /039 W\n"
            "                     --------------------- 070218\n"
            "R 171150Z MAY 74\nFM AMEMBASSY NICOSIA\nTO SECSTATE WASHDC 9940\n"
            "\nC O N F I D E N T I A L NICOSIA 912\n\nE.O. 11652: GDS\n"
            "TAGS: PFOR, CY\nSUBJECT: RESCUE OF A FLOCK\n\n"
            "1. THE RAM WOULD FOLLOW NOBODY BUT THE BOY. THE LONG PROCESSION\n"
            "                       CONFIDENTIAL\n\n"
            "                       CONFIDENTIAL\n\n"
            "PAGE 02        NICOSI  00912  171325Z\n\n"
            "PASSED BOTH BARRIERS, WHICH WERE OPENED AT THE SAME MOMENT.\n"
            "WHITLOCK\n\n                       CONFIDENTIAL\n\nNNN\n")
        self.add("a.txt", paged)
        self.add("b.txt", archive.cable(
            "LIMA", 5, tags="EFIS, PE", subject="FISH",
            body="1. (C) The caf\u00e9 sold\nanchovy and the anchovy\n"
                 "sold out.\n\n"
                 "2. (SBU) Fishermen count\nfish.\n"))
        self.add("c.txt", archive.cable(
            "QUITO", 6, day="09", tags="EFIS, EC",
            body="1. (C) Once an anchovy, he said, among many other\n"
                 "things of a long day.\n"))
        self.make()

    def hits(self, query):
        return self.column("SELECT refid FROM hit WHERE query = ?"
                           " ORDER BY rank", (query,))

    def test_over_line_breaks(self):
        self.assertEqual(self.hits('"sold anchovy"'), ["06LIMA5"])

    def test_over_page_breaks(self):
        self.assertEqual(self.hits('"long procession passed both barriers"'),
                         ["74NICOSIA912"])
        self.assertEqual(self.hits("NEAR(boy barriers, 6)"), ["74NICOSIA912"])
        self.assertEqual(self.hits("NEAR(boy barriers, 2)"), [])

    def test_noise_never_matches(self):
        for word in ("page", "nicosi", "00912", "confidential", "secstate",
                     "washdc", "171325Z", "NNN", "11652", "sipdis"):
            self.assertEqual(self.hits(word), [], word)

    def test_rank(self):
        self.assertEqual(self.hits("anchovy"), ["06LIMA5", "06QUITO6"])

    def test_words(self):
        self.assertEqual(self.hits("cafe"), ["06LIMA5"])
        self.assertEqual(self.hits("CAF\u00c9"), ["06LIMA5"])
        self.assertEqual(
            self.rows("SELECT kind FROM hit WHERE query = 'fis*'"
                      " ORDER BY kind"), [("paragraph",), ("subject",)])
        self.assertEqual(self.value("SELECT doc FROM word"
                                    " WHERE term = 'anchovy'"), 2)

    def test_snippet(self):
        self.assertEqual(
            self.rows("SELECT key, snippet, highlight FROM hit"
                      " WHERE query = '\"count fish\"'"),
            [("06LIMA5#2", "Fishermen [count fish].",
              "Fishermen [count fish].")])

    def test_restricted(self):
        def rows(where):
            return self.column("SELECT refid FROM hit WHERE query ="
                               f" 'anchovy' AND {where}")

        self.assertEqual(rows("post = 'QUITO'"), ["06QUITO6"])
        self.assertEqual(rows("created < '2006-04-08'"), ["06LIMA5"])
        self.assertEqual(rows("classified >= 3"), [])
        self.assertEqual(
            rows("cable IN (SELECT cable FROM tag WHERE tag = 'EC')"),
            ["06QUITO6"])

    def test_ranked_search_is_not_sorted_again(self):
        plan = self.plan("SELECT snippet FROM hit WHERE query = 'a'"
                         " ORDER BY rank LIMIT 3")
        self.assertFalse([p for p in plan if "TEMP B-TREE" in p], plan)


if __name__ == "__main__":
    unittest.main()
