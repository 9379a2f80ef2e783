"""Addresses and citations: refid_url and cable_cite, worked out by hand."""

import unittest

import support

OLD = (
    "PAGE 01        LIMA  04812  081820Z\n\n"
    "R 081820Z MAR 76\nFM AMEMBASSY LIMA\nTO SECSTATE WASHDC 1234\n"
    "C O N F I D E N T I A L LIMA 4812\n\n"
    "E.O. 11652: GDS\nTAGS: PFOR, PE\nSUBJECT: WHO OWNS THE FISH?\n\n"
    "1. NOBODY KNOWS.\nDEAN\n"
)


class Url(support.Case):
    def url(self, *args):
        marks = ", ".join("?" * len(args))
        return self.value(f"SELECT refid_url({marks})", args)

    def test_plusd(self):
        base = "https://wikileaks.org/plusd/cables/"
        for ref, page in (
            ("06MOSCOW3687", "06MOSCOW3687_a.html"),
            ("06 MOSCOW 003687", "06MOSCOW3687_a.html"),
            ("66BUENOSAIRES2481", "66BUENOSAIRES2481_a.html"),
            ("1973TOKYO13557", "1973TOKYO13557_b.html"),
            ("76 NEW DELHI 99", "1976NEWDE00099_b.html"),
            ("77TOKYO13557", "1977TOKYO13557_c.html"),
            ("1978STATE000012", "1978STATE000012_d.html"),
            ("79LIMA1", "1979LIMA00001_e.html"),
            ("80LIMA1", "80LIMA1_a.html"),
            ("1975NEWDE01234_c", "1975NEWDE01234_c.html"),
        ):
            self.assertEqual(self.url(ref), base + page, ref)
            self.assertEqual(self.url(ref, "plusd"), base + page, ref)

    def test_cablegate(self):
        for created in ("2004-12-15 09:30:00", "2004-12-15"):
            self.assertEqual(
                self.url("04 PARIS 8983", "cablegate", created),
                "http://cablegate.wikileaks.org/cable/2004/12/"
                "04PARIS8983.html")

    def test_null(self):
        for args in ((None,), ("no id",), (None, "plusd"),
                     ("06MOSCOW1", None), ("06MOSCOW1", "cablegate", None)):
            self.assertIsNone(self.url(*args), args)

    def test_errors(self):
        self.fails("SELECT refid_url('06MOSCOW1', 'PlusD')",
                   "cables: refid_url: no such site 'PlusD': there are plusd,"
                   " cablegate")
        for created in ("", ", 'soon'"):
            self.fails(f"SELECT refid_url('06MOSCOW1', 'cablegate'{created})",
                       "cables: refid_url: the site 'cablegate' needs a date:"
                       " refid_url(ref, 'cablegate', created)")


class Cite(support.Case):
    def cite(self, text, style):
        return self.value("SELECT cable_cite(?, ?)", (text, style))

    def test_chicago(self):
        self.assertEqual(
            self.cite(support.telegram(3687), "chicago"),
            'Embassy Moscow, "A VISIT," telegram 06MOSCOW3687, April 7, 2006.')
        self.assertEqual(
            self.cite(support.telegram(1, 'THE "SECOND" VISIT'), "chicago"),
            "Embassy Moscow, \"THE 'SECOND' VISIT,\" telegram 06MOSCOW1,"
            " April 7, 2006.")
        self.assertEqual(
            self.cite(OLD, "chicago"),
            'Embassy Lima, "WHO OWNS THE FISH?" telegram 1976LIMA04812,'
            " March 8, 1976.")

    def test_nara(self):
        self.assertEqual(
            self.cite(OLD, "nara"),
            'Telegram 4812 from Embassy Lima, "WHO OWNS THE FISH?" March 8,'
            " 1976; 1976LIMA04812; Central Foreign Policy Files, 1973-79;"
            " General Records of the Department of State, Record Group 59;"
            " National Archives.")
        self.assertEqual(
            self.cite(support.telegram(3687), "nara"),
            'Telegram 3687 from Embassy Moscow, "A VISIT," April 7, 2006;'
            " 06MOSCOW3687.")

    def test_bibtex(self):
        self.assertEqual(
            self.cite(support.telegram(3687), "bibtex"),
            "@misc{06MOSCOW3687,\n"
            "  author = {{Embassy Moscow}},\n"
            "  title = {{A VISIT}},\n"
            "  howpublished = {Telegram 06MOSCOW3687},\n"
            "  year = {2006},\n  month = {4},\n  day = {7}\n}")
        self.assertEqual(
            self.cite(OLD, "bibtex"),
            "@misc{76LIMA4812,\n"
            "  author = {{Embassy Lima}},\n"
            "  title = {{WHO OWNS THE FISH?}},\n"
            "  howpublished = {Telegram 1976LIMA04812},\n"
            "  year = {1976},\n  month = {3},\n  day = {8},\n"
            "  note = {National Archives, Record Group 59, Central Foreign"
            " Policy Files}\n}")

    def test_bibtex_escapes(self):
        subject = 'R&D: 5% OF #1_A, $2 \\ {X ~ Y^2 "Z"'
        self.assertIn(
            "  title = {{R\\&D: 5\\% OF \\#1\\_A, \\$2 \\textbackslash{}"
            " \\textbraceleft{}X \\textasciitilde{} Y\\textasciicircum{}2"
            " \\textquotedbl{}Z\\textquotedbl{}}},\n",
            self.cite(support.telegram(1, subject), "bibtex"))

    def test_what_is_missing(self):
        bare = "C O N F I D E N T I A L MOSCOW 003687\n\nE.O. 12958: N/A\n"
        text = "FM AMEMBASSY MOSCOW\n" + bare
        self.assertIsNone(self.value("SELECT cable_refid(?)", (text,)))
        for style in ("chicago", "nara", "bibtex"):
            self.assertIsNone(self.cite(text, style))
        table = ("Reference ID Created Released Classification Origin\n"
                 "06MOSCOW3687 2006-04-07 17:07 2010-12-01 12:12 CONFIDENTIAL"
                 " Embassy Moscow\n\n")
        self.assertEqual(
            self.cite(table + text, "chicago"),
            "Embassy Moscow, telegram 06MOSCOW3687, April 7, 2006.")

    def test_null_and_errors(self):
        self.assertIsNone(self.cite(None, "chicago"))
        self.assertIsNone(self.cite(support.telegram(1), None))
        self.assertIsNone(self.cite("no telegram", "chicago"))
        for text in (support.telegram(1), "no telegram"):
            self.fails("SELECT cable_cite(?, 'mla')",
                       "cables: cable_cite: no such style 'mla': there are"
                       " chicago, nara, bibtex", (text,))


if __name__ == "__main__":
    unittest.main()
