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
        """Its structure: keys before the graph, each declared once with a type
        that its values have, nodes once, edges between nodes."""
        text = "\n".join(self.column("SELECT line FROM graphml"))
        self.assertRegex(text, r'^<\?xml version="1.0" encoding="UTF-8"\?>\n')
        ns = "{http://graphml.graphdrawing.org/xmlns}"
        root = xml.etree.ElementTree.fromstring(text)
        self.assertEqual(root.tag, ns + "graphml")
        self.assertEqual([e.tag for e in root],
                         [ns + "key"] * 8 + [ns + "graph"])
        keys = {(k.get("for"), k.get("id")): k.get("attr.type")
                for k in root.findall(ns + "key")}
        self.assertEqual(len(keys), 8)
        graph = root.find(ns + "graph")
        self.assertEqual(graph.get("edgedefault"), "directed")
        nodes, edges = graph.findall(ns + "node"), graph.findall(ns + "edge")
        self.assertEqual(list(graph), nodes + edges)
        held = {"06KYIV3", "06MOSCOW2", "06MOSCOW4", "06STATE1"}
        self.assertEqual([n.get("id") for n in nodes],
                         sorted(held | {"06RIGA9"}))
        self.assertEqual(
            [(e.get("source"), e.get("target"), self.data(e)) for e in edges],
            [("06KYIV3", "06RIGA9", {"referred": "true", "citations": "2"}),
             ("06KYIV3", "06STATE1", {"referred": "true", "citations": "0"}),
             ("06MOSCOW2", "06STATE1", {"referred": "true", "citations": "0"}),
             ("06MOSCOW4", "06MOSCOW2", {"referred": "true",
                                         "citations": "0"}),
             ("06MOSCOW4", "06RIGA9", {"referred": "true",
                                       "citations": "0"})])
        self.assertEqual(self.data(nodes[1]), {
            "label": "06MOSCOW2", "created": "2006-04-08 17:07:00",
            "post": "MOSCOW", "classification": "CONFIDENTIAL",
            "subject": 'HE SAID "YES" & <NO>', "held": "true"})
        self.assertEqual(self.data(nodes[3]),
                         {"label": "06RIGA9", "held": "false"})
        form = {"boolean": r"true|false", "int": r"\d+", "string": r".+"}
        for element, kind in ([(n, "node") for n in nodes]
                              + [(e, "edge") for e in edges]):
            for key, value in self.data(element).items():
                self.assertRegex(value, f"^({form[keys[kind, key]]})$", key)

    def test_graphml_of_control_characters(self):
        self.add("2.txt", archive.cable("MOSCOW", 2, refs="STATE 1",
                                        subject="A \x01B\x1bC"))
        self.refresh()
        text = "\n".join(self.column("SELECT line FROM graphml"))
        xml.etree.ElementTree.fromstring(text)
        self.assertIn('      <data key="subject">A  B C</data>',
                      text.split("\n"))

    def data(self, element):
        """Keys and values of a node or an edge of GraphML, each key once."""
        pairs = [(d.get("key"), d.text) for d in element]
        self.assertEqual(len(dict(pairs)), len(pairs))
        return dict(pairs)

    def test_dot(self):
        self.assertIn('  "06RIGA9" [style=dashed];',
                      self.column("SELECT line FROM dot"))
        nodes, edges = self.drawn()
        self.assertEqual(nodes, ["06KYIV3", "06MOSCOW2", "06MOSCOW4",
                                 "06RIGA9", "06STATE1"])
        self.assertEqual(edges, [
            "06KYIV3->06RIGA9", "06KYIV3->06STATE1", "06MOSCOW2->06STATE1",
            "06MOSCOW4->06MOSCOW2", "06MOSCOW4->06RIGA9"])

    def test_dot_of_a_selection(self):
        self.conn.execute("INSERT INTO selection VALUES ('06MOSCOW2')")
        self.assertEqual(self.drawn(), (
            ["06MOSCOW2", "06MOSCOW4", "06STATE1"],
            ["06MOSCOW2->06STATE1", "06MOSCOW4->06MOSCOW2"]))

    def drawn(self):
        """Titles of the nodes and edges that Graphviz draws."""
        if shutil.which("dot") is None:
            self.skipTest("there is no Graphviz here")
        done = subprocess.run(
            ["dot", "-Tsvg"], text=True, capture_output=True, check=True,
            input="\n".join(self.column("SELECT line FROM dot")))
        self.assertEqual(done.stderr, "")
        svg = "{http://www.w3.org/2000/svg}"
        root = xml.etree.ElementTree.fromstring(done.stdout)
        return tuple(
            sorted(g.find(svg + "title").text for g in root.iter(svg + "g")
                   if g.get("class") == kind) for kind in ("node", "edge"))


if __name__ == "__main__":
    unittest.main()
