"""Who refers to whom in an archive, and its drawings."""

import shutil
import subprocess
import unittest
import xml.etree.ElementTree

import archive


class Graph(archive.Archive):
    """STATE 1 asks, MOSCOW 2 and KYIV 3 answer, MOSCOW 4 goes on; KYIV 3 also
    cites RIGA 9, which is not here, twice, and MOSCOW 4 once."""

    def setUp(self):
        super().setUp()
        self.add("1.txt", archive.cable("X", 0).replace(
            "FM AMEMBASSY X", "FM SECSTATE WASHDC").replace(
            "X 000000", "STATE 000001").replace(
            "TO SECSTATE WASHDC PRIORITY 1234", "TO AMEMBASSY MOSCOW"))
        self.add("2.txt", archive.cable(
            "MOSCOW", 2, day="08", refs="STATE 1", tags="PREL, RS, UP",
            subject='HE SAID "YES" & <NO>'))
        self.add("3.txt", archive.cable(
            "KYIV", 3, day="10", refs="A. STATE 1\n     B. RIGA 9",
            info="AMEMBASSY RIGA", tags="PREL, UP",
            body="1. (C) See ref B, as said in ref B.\n"))
        self.add("4.txt", archive.cable(
            "MOSCOW", 4, day="12", refs="A. MOSCOW 2\n     B. RIGA 9"))
        self.make()

    def test_edge(self):
        self.assertEqual(
            self.rows("SELECT citing, cited, referred, citations, held"
                      " FROM edge ORDER BY 1, 2"),
            [("06KYIV3", "06RIGA9", 1, 2, 0), ("06KYIV3", "06STATE1", 1, 0, 1),
             ("06MOSCOW2", "06STATE1", 1, 0, 1),
             ("06MOSCOW4", "06MOSCOW2", 1, 0, 1),
             ("06MOSCOW4", "06RIGA9", 1, 0, 0)])

    def test_answer(self):
        self.assertEqual(
            self.rows("SELECT refid, answers, days FROM answer ORDER BY 1"),
            [("06KYIV3", "06STATE1", 3.0), ("06MOSCOW2", "06STATE1", 1.0)])

    def test_chain(self):
        self.conn.execute("INSERT INTO selection VALUES ('06MOSCOW2')")
        self.assertEqual(
            self.rows("SELECT step, direction, refid, via, held FROM chain"
                      " ORDER BY step, refid"),
            [(0, "self", "06MOSCOW2", None, 1),
             (1, "later", "06MOSCOW4", "06MOSCOW2", 1),
             (1, "earlier", "06STATE1", "06MOSCOW2", 1)])
        self.assertEqual(self.column("SELECT refid FROM drawn"),
                         ["06MOSCOW2", "06MOSCOW4", "06STATE1"])

    def test_missing(self):
        self.assertEqual(self.rows("SELECT refid, cited_by, citing FROM"
                                   " missing"),
                         [("06RIGA9", 2, '["06KYIV3","06MOSCOW4"]')])
        self.assertEqual(self.rows("SELECT refid, cited_by, held FROM"
                                   " most_cited"),
                         [("06RIGA9", 2, 0), ("06STATE1", 2, 1),
                          ("06MOSCOW2", 1, 1)])

    def test_pairs(self):
        self.assertEqual(
            self.rows("SELECT * FROM tag_pair ORDER BY 1, 2"),
            [("PREL", "RS", 3), ("PREL", "UP", 2), ("RS", "UP", 1)])
        self.assertEqual(self.rows("SELECT iso3, other, cables FROM"
                                   " country_pair"), [("RUS", "UKR", 1)])

    def test_flow(self):
        self.assertEqual(
            self.rows("SELECT post, addressee, role, year, cables FROM flow"
                      " WHERE role = 'action' ORDER BY 1, 2"),
            [("KYIV", "STATE", "action", 2006, 1),
             ("MOSCOW", "STATE", "action", 2006, 2),
             ("STATE", "MOSCOW", "action", 2006, 1)])

    def test_graphml(self):
        text = "\n".join(self.column("SELECT line FROM graphml"))
        tree = xml.etree.ElementTree.fromstring(text)
        ns = {"g": "http://graphml.graphdrawing.org/xmlns"}
        self.assertEqual(
            [n.get("id") for n in tree.findall("g:graph/g:node", ns)],
            ["06KYIV3", "06MOSCOW2", "06MOSCOW4", "06RIGA9", "06STATE1"])
        self.assertEqual(len(tree.findall("g:graph/g:edge", ns)), 5)
        self.assertIn('HE SAID "YES" & <NO>', [
            d.text for d in tree.findall("g:graph/g:node/g:data", ns)])

    def test_dot(self):
        text = "\n".join(self.column("SELECT line FROM dot"))
        self.assertEqual(text.count(" -> "), 5)
        self.assertIn('"06RIGA9" [style=dashed];', text)
        if shutil.which("dot") is None:
            self.skipTest("there is no Graphviz here")
        done = subprocess.run(["dot", "-Tsvg"], input=text, text=True,
                              capture_output=True, check=True)
        self.assertEqual(done.stderr, "")
        self.assertEqual(done.stdout.count('class="node"'), 5)
        self.assertEqual(done.stdout.count('class="edge"'), 5)


if __name__ == "__main__":
    unittest.main()
