"""The report of examples/report: what its queries count, how texts are
escaped, and how it behaves in a headless Chromium.

The archive of the first tests is written row by row below; what is expected
of it was counted by hand.
"""

import glob
import html.parser
import itertools
import json
import math
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import unittest

import archive
import support

sys.path.insert(0, os.path.join(support.ROOT, "tests", "tools"))
import browser  # noqa: E402

REPORT = os.path.join(support.ROOT, "examples", "report")
PAGE_JS = os.path.join(support.ROOT, "build", "report", "page.js")
TODAY = "2020-06-30"

# What must never be taken for a part of the page.
HOSTILE = (
    "</script><script>globalThis.hit = 1</script><img src=x onerror=hit=1>"
    "\"'&amp; <!-- \u2028\u2029 {telegrams} {{script}} \\u003c \x01"
)


# --- An archive by hand -----------------------------------------------------


def empty_archive(path):
    conn = sqlite3.connect(path)
    conn.executescript(archive.script("archive.sql"))
    return conn


def add(conn, refid, created=None, rank=None, **more):
    """A telegram: post, year and serial are those of its refid."""
    parts = re.fullmatch(r"(\d\d)([A-Z]+)(\d+)", refid)
    number = conn.execute("SELECT count(*) + 1 FROM cable").fetchone()[0]
    levels = (None, "UNCLASSIFIED", "UNCLASSIFIED//FOR OFFICIAL USE ONLY",
              "CONFIDENTIAL", "SECRET", "TOP SECRET")
    row = {
        "id": number, "file": number, "text": "", "refid": refid,
        "post": parts[2], "year": 2000 + int(parts[1]),
        "serial": int(parts[3]), "created": created, "rank": rank,
        "classification": levels[0 if rank is None else rank + 1], **more,
    }
    conn.execute(
        "INSERT INTO file(id, path, read_at, state, cable)"
        " VALUES (?, ?, '2020-01-01', 'read', ?)",
        (number, refid + ".txt", number))
    conn.execute(
        f"INSERT INTO cable({', '.join(row)})"
        f" VALUES ({', '.join('?' * len(row))})", list(row.values()))
    return number


def add_tags(conn, cable, *tags):
    conn.executemany("INSERT INTO tag VALUES (?, ?, ?)",
                     [(cable, at, tag) for at, tag in enumerate(tags, 1)])


def refer(conn, cable, *refids):
    conn.executemany(
        "INSERT INTO reference(cable, ordinal, kind, refid)"
        " VALUES (?, ?, 'cable', ?)",
        [(cable, at, refid) for at, refid in enumerate(refids, 1)])


def cite(conn, cable, *refids):
    conn.executemany(
        "INSERT INTO citation(cable, ordinal, refid) VALUES (?, ?, ?)",
        [(cable, at, refid) for at, refid in enumerate(refids, 1)])


def small_archive(path):
    """Five telegrams of three posts, one of which no table knows."""
    conn = empty_archive(path)
    conn.executemany(
        "INSERT INTO post(post, display, city, country, lat, lon)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        [("MOSCOW", "Embassy Moscow", "Moscow", "Russia", 55.75, 37.62),
         ("SUVA", "Embassy Suva", "Suva", "Fiji", -18.14, 178.44)])
    conn.execute("INSERT INTO country(code, name) VALUES ('RS', 'Russia')")
    conn.execute("INSERT INTO tag_code(code, meaning)"
                 " VALUES ('PREL', 'political relations')")
    one = add(conn, "06MOSCOW1", "2006-01-05 10:00:00", 0)
    two = add(conn, "06MOSCOW2", "2006-01-20 10:00:00", 2, subject="A VISIT",
              declass_date="2016-01-20", declass_automatic="2031-12-31")
    three = add(conn, "06SUVA3", "2006-03-01 10:00:00", 3,
                declass_automatic="2031-12-31")
    four = add(conn, "07NOWHERE4", "2007-02-02 10:00:00")
    five = add(conn, "08MOSCOW5", None, 1)
    add_tags(conn, one, "PREL", "RS", "PREL")  # one tag is there twice
    add_tags(conn, two, "PREL", "RS", "XYZZY")
    add_tags(conn, three, "PREL")
    refer(conn, one, "06MOSCOW1")  # to itself: not counted
    refer(conn, two, "06MOSCOW1", "05PARIS9")
    refer(conn, three, "06MOSCOW2")
    cite(conn, three, "06MOSCOW1", "06MOSCOW2")
    refer(conn, four, "06MOSCOW2")
    cite(conn, five, "06MOSCOW2", None)
    conn.commit()
    return conn


def example_archive(path):
    conn = support.connect(path)
    archive.make(conn,
                      os.path.join(support.ROOT, "examples", "telegrams"))
    return conn


# --- The page, as text ------------------------------------------------------


class Reader(html.parser.HTMLParser):
    """Reads the parts of a page that are tested."""

    def __init__(self, text):
        super().__init__()
        self.tables, self.headings, self.notes = {}, {}, {}
        self.scripts, self.attributes = [], []
        self.figure = self.into = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.attributes.append((tag, attrs))
        if tag == "figure":
            self.figure = attrs["id"]
        elif tag == "table":
            self.tables[self.figure] = []
        elif tag == "tr":
            self.tables[self.figure].append([])
        elif tag in ("td", "th"):
            self.tables[self.figure][-1].append("")
        elif tag == "h2":
            self.headings[self.figure] = ""
        elif tag == "p" and self.figure:
            self.notes[self.figure] = ""
        elif tag == "script":
            self.scripts.append("")
        self.into = tag

    def handle_endtag(self, tag):
        self.into = None
        if tag == "figure":
            self.figure = None

    def handle_data(self, data):
        if self.into in ("td", "th"):
            self.tables[self.figure][-1][-1] += data
        elif self.into == "h2":
            self.headings[self.figure] += data
        elif self.into == "p" and self.figure:
            self.notes[self.figure] += data
        elif self.into == "script":
            self.scripts[-1] += data


def make_report(folder, archive, *options, script=None):
    """Runs report.py as a person does; gives the process and the file."""
    out = os.path.join(folder, "report.html")
    if script is None:
        script = support.write(folder, "page.js", "0;\n")
    process = subprocess.run(
        [sys.executable, os.path.join(REPORT, "report.py"),
         "--script=" + script, "--today=" + TODAY, *options, "--", archive,
         out],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        check=False)
    return process, out


class Page(support.Case):
    """Without a browser and without Node.js: the script is a stub."""

    def page(self, archive, *options):
        process, out = make_report(self.folder, archive, *options)
        self.assertEqual((process.returncode, process.stderr), (0, ""))
        with open(out, encoding="utf-8", newline="") as f:
            text = f.read()
        reader = Reader(text)
        self.assertEqual(len(reader.scripts), 2)
        return text, reader, json.loads(reader.scripts[0])

    def small(self, *options):
        conn = small_archive("small.db")
        self.addCleanup(conn.close)
        _, reader, data = self.page("small.db", *options)
        return reader, {c["name"]: c["rows"] for c in data["charts"]}

    def refused(self, archive, message, *options):
        process, _ = make_report(self.folder, archive, *options)
        self.assertEqual(process.returncode, 1)
        self.assertEqual(process.stderr, "report.py: " + message + "\n")

    def test_counts(self):
        reader, rows = self.small()
        self.assertEqual(rows["1-traffic"], [
            ["2006-01", 1, 0, 1, 0, 0, 0, 2],
            ["2006-03", 0, 0, 0, 1, 0, 0, 1],
            ["2007-02", 0, 0, 0, 0, 0, 1, 1],
        ])
        self.assertEqual(rows["2-posts"], [
            ["MOSCOW", "Moscow", "Russia", 55.75, 37.62, 3, 1,
             "2006-01-05", "2006-01-20"],
            ["NOWHERE", "NOWHERE", None, None, None, 1, 0,
             "2007-02-02", "2007-02-02"],
            ["SUVA", "Suva", "Fiji", -18.14, 178.44, 1, 1,
             "2006-03-01", "2006-03-01"],
        ])
        self.assertEqual(rows["3-subjects"], [
            ["PREL", "political relations", 1, 0, 1, 1, 0, 0, 3],
            ["XYZZY", None, 0, 0, 1, 0, 0, 0, 1],
        ])
        self.assertEqual(rows["4-countries"], [
            ["RS", "Russia", 1, 0, 1, 0, 0, 0, 2],
        ])
        self.assertEqual(rows["6-due"], [
            ["2016", 1, 0, 0, 0, 1],
            ["2031", 0, 0, 0, 1, 1],
        ])
        self.assertIn("not drawn: 1.", reader.notes["1-traffic"])
        self.assertIn("not drawn: 1 telegrams.", reader.notes["2-posts"])
        self.assertIn("Without any tag: 2.", reader.notes["3-subjects"])
        self.assertIn("not drawn: 0.", reader.notes["6-due"])

    def test_network(self):
        reader, rows = self.small()
        secret = ["2006-03-01", None, "SECRET", "secret"]
        self.assertEqual(
            [row[:8] + [json.loads(row[8])] for row in rows["5-network"]], [
                ["06MOSCOW2", 0, "2006-01-20", "A VISIT", "CONFIDENTIAL",
                 "confidential", 3, 1, ["05PARIS9", "06MOSCOW1"]],
                ["06MOSCOW1", -1, "2006-01-05", None, "UNCLASSIFIED",
                 "unclassified", 2, 2, []],
                ["05PARIS9", -1, None, None, None, "not_held", 1, 2, []],
                ["06SUVA3", 1, *secret, 0, 3, ["06MOSCOW1", "06MOSCOW2"]],
                ["07NOWHERE4", 1, "2007-02-02", None, None, "not_stated", 0,
                 3, ["06MOSCOW2"]],
                ["08MOSCOW5", 1, None, None,
                 "UNCLASSIFIED//FOR OFFICIAL USE ONLY", "official_use", 0, 3,
                 ["06MOSCOW2"]],
            ])
        self.assertIn("06MOSCOW2 (A VISIT)", reader.notes["5-network"])

    def test_network_of_one_telegram(self):
        # That is not held, in lower case, and with spaces around it.
        _, rows = self.small("--cable= 05paris9 ")
        self.assertEqual(
            [row[:2] for row in rows["5-network"]],
            [["05PARIS9", 0], ["06MOSCOW2", 1], ["06SUVA3", 2],
             ["07NOWHERE4", 2], ["08MOSCOW5", 2]])

    def test_network_has_an_end(self):
        # 40 telegrams refer to one; the last is itself referred to.
        conn = empty_archive("hub.db")
        self.addCleanup(conn.close)
        add(conn, "06MOSCOW1", "2006-01-01 00:00:00", 0)
        for serial in range(2, 42):
            refer(conn, add(conn, f"06MOSCOW{serial}", "2006-02-01 00:00:00",
                            0), "06MOSCOW1")
        refer(conn, add(conn, "06SUVA1", "2006-03-01 00:00:00", 0),
              "06MOSCOW41")
        conn.commit()
        _, _, data = self.page("hub.db")
        rows = {c["name"]: c["rows"] for c in data["charts"]}["5-network"]
        self.assertEqual([row[1] for row in rows], [0] + [1] * 15 + [2])
        self.assertEqual({row[7] for row in rows if row[1] == 1}, {40})
        # The cited one is among those drawn; the others are the first of the
        # rest, as texts.
        self.assertEqual(sorted(row[0] for row in rows if row[1] == 1),
                         [f"06MOSCOW{n}" for n in
                          (*range(10, 20), 2, 20, 21, 22, 41)])

    def test_step(self):
        _, rows = self.small("--step=year")
        self.assertEqual(rows["1-traffic"], [
            ["2006", 1, 0, 1, 1, 0, 0, 3],
            ["2007", 0, 0, 0, 0, 0, 1, 1],
        ])

    def test_tables_have_the_rows(self):
        conn = example_archive("examples.db")
        self.addCleanup(conn.close)
        _, reader, data = self.page("examples.db")
        self.assertEqual(len(data["charts"]), 6)
        for chart in data["charts"]:
            name = chart["name"]
            with open(os.path.join(REPORT, "queries", name + ".sql"),
                      encoding="utf-8") as f:
                sql = f.read()
            rows = conn.execute(sql, {"cable": None, "step": None}).fetchall()
            self.assertEqual(chart["rows"], [list(row) for row in rows])
            cells = [["" if v is None else str(v) for v in row]
                     for row in rows]
            self.assertEqual(reader.tables[name][1:], cells)
            self.assertEqual(
                reader.tables[name][0],
                [column.replace("_", " ") for column in chart["columns"]])
        self.assertEqual(
            sum(row[-1] for row in data["charts"][0]["rows"]), 50)

    def test_hostile_texts(self):
        conn = small_archive("hostile.db")
        self.addCleanup(conn.close)
        for change in ("UPDATE cable SET subject = ?",
                       "UPDATE cable SET classification = ?",
                       "UPDATE post SET city = ?",
                       "UPDATE tag SET tag = ? WHERE tag = 'XYZZY'",
                       "UPDATE tag_code SET meaning = ?"):
            conn.execute(change, (HOSTILE,))
        conn.commit()
        text, reader, data = self.page("hostile.db", "--title=" + HOSTILE[:-1])
        rows = {c["name"]: c["rows"] for c in data["charts"]}
        self.assertEqual(rows["5-network"][0][3], HOSTILE)
        self.assertEqual(reader.tables["5-network"][1][3], HOSTILE)
        self.assertEqual(reader.tables["2-posts"][1][1], HOSTILE)
        self.assertEqual(reader.tables["3-subjects"][2][0], HOSTILE)
        self.assertIn(HOSTILE, reader.notes["5-network"])
        self.assertNotIn("img", [tag for tag, _ in reader.attributes])
        self.assertEqual(text.count("<script"), 2)
        self.assertNotIn("\u2028", reader.scripts[0])

    def test_invalid_utf8(self):
        conn = small_archive("bytes.db")
        self.addCleanup(conn.close)
        conn.execute("UPDATE cable SET subject = CAST(x'41ff42' AS TEXT)")
        conn.commit()
        _, reader, _ = self.page("bytes.db")
        self.assertEqual(reader.tables["5-network"][1][3], "A\ufffdB")

    def test_empty(self):
        empty_archive("empty.db").close()
        _, reader, data = self.page("empty.db")
        self.assertEqual(data["charts"], [])
        self.assertEqual(reader.tables, {})
        self.assertEqual(
            set(reader.notes.values()),
            {"The archive has nothing to draw here."})
        self.assertEqual(len(reader.headings), 6)

    def test_is_told_what_is_wrong(self):
        small_archive("small.db").close()
        support.write(self.folder, "text.db", "no database " * 100)
        sqlite3.connect("other.db").execute("CREATE TABLE t(x)")
        self.refused("none.db", "none.db: there is no such file")
        self.refused("text.db", "text.db: is not an archive"
                     " (file is not a database)")
        self.refused("other.db", "other.db: is not an archive"
                     " (no such table: cable)")
        self.refused("small.db", "06ROME1: is not in small.db",
                     "--cable=06ROME1")

    def test_query_of_ones_own(self):
        # The one in the guide, beside one of the project's.
        with open(os.path.join(REPORT, "README.md"), encoding="utf-8") as f:
            sql = re.search("```sql\n(.*?)```", f.read(), re.DOTALL)[1]
        os.mkdir("mine")
        for name in ("facts.sql", "2-posts.sql"):
            shutil.copy(os.path.join(REPORT, "queries", name), "mine")
        support.write(self.folder, "mine/9-signers.sql", sql)
        conn = small_archive("small.db")
        self.addCleanup(conn.close)
        conn.execute("UPDATE cable SET signer = 'BURNS' WHERE post = 'MOSCOW'")
        conn.execute("UPDATE cable SET signer = 'HALE' WHERE post = 'SUVA'")
        conn.commit()
        _, reader, data = self.page("small.db", "--queries=mine")
        self.assertEqual([c["name"] for c in data["charts"]],
                         ["2-posts", "9-signers"])
        self.assertEqual(data["charts"][1]["rows"], [["BURNS", 3],
                                                     ["HALE", 1]])
        self.assertEqual(reader.headings["9-signers"], "Who signs")
        self.assertEqual(
            reader.notes["9-signers"], "The ten names that stand most often at"
            " the end of the 5 telegrams.")
        self.assertIn("the largest is Moscow with 3.",
                      reader.notes["2-posts"])
        support.write(self.folder, "mine/9-signers.sql", "SELECT 1")
        self.refused("small.db", "9-signers.sql: its head must say -- chart:"
                     " and one of bars, columns, map, network",
                     "--queries=mine")
        support.write(self.folder, "mine/9-signers.sql",
                      "-- chart: bars\nSELECT nought")
        self.refused("small.db", "9-signers.sql: no such column: nought",
                     "--queries=mine")

    def test_never_writes_over_the_archive(self):
        small_archive("report.html").close()
        before = pathlib.Path("report.html").read_bytes()
        process, out = make_report(self.folder, "report.html")
        self.assertEqual(process.stderr,
                         f"report.py: {out}: is the archive itself\n")
        self.assertEqual(pathlib.Path("report.html").read_bytes(), before)

    def test_lock_names_no_host(self):
        with open(os.path.join(REPORT, "package-lock.json"),
                  encoding="utf-8") as f:
            packages = json.load(f)["packages"]
        self.assertGreater(len(packages), 5)
        for name, package in packages.items():
            self.assertNotIn("resolved", package, name)
            if name:
                self.assertIn("integrity", package, name)


# --- Colours ----------------------------------------------------------------

# How red, green and blue (linear) look without one of the three cones:
# Machado, Oliveira and Fernandes 2009, severity 1.
VISION = {
    "three cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868),
                   (0.114503, 0.786281, 0.099216),
                   (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968),
                     (0.280085, 0.672501, 0.047413),
                     (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779),
                   (-0.078411, 0.930809, 0.147602),
                   (0.004733, 0.691367, 0.303900)),
}


def linear(colour):
    values = [int(colour[at:at + 2], 16) / 255 for at in (1, 3, 5)]
    return [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4
            for v in values]


def lab(rgb):
    """CIE L*a*b* of linear red, green and blue, white being D65."""
    r, g, b = [min(1, max(0, v)) for v in rgb]
    x, y, z = [
        v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116
        for v in ((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047,
                  0.2126 * r + 0.7152 * g + 0.0722 * b,
                  (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883)]
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


class Colours(unittest.TestCase):
    LEVELS = ("unclassified", "official-use", "confidential", "secret",
              "top-secret")

    def palettes(self):
        with open(os.path.join(REPORT, "page", "page.css"),
                  encoding="utf-8") as f:
            css = f.read()
        light, dark = css.split("prefers-color-scheme: dark", 1)
        for part in (light, dark):
            yield [re.search(f"--{level}: (#[0-9a-f]{{6}});", part)[1]
                   for level in self.LEVELS]

    def test_levels_differ_for_every_eye(self):
        for palette, (vision, matrix) in itertools.product(
                self.palettes(), VISION.items()):
            seen = [lab([sum(m * v for m, v in zip(row, linear(colour)))
                         for row in matrix]) for colour in palette]
            for (a, one), (b, other) in itertools.combinations(
                    zip(self.LEVELS, seen), 2):
                with self.subTest(vision=vision, one=a, other=b):
                    self.assertGreater(math.dist(one, other), 20)


# --- In a browser -----------------------------------------------------------


def why_not():
    """Why the page cannot be tried in a browser here, or None."""
    hint = "; make test-report sees to it"
    if browser.find() is None:
        return "there is no Chromium" + hint
    if not os.path.exists(PAGE_JS):
        return "the page's script is not bundled" + hint
    sources = glob.glob(os.path.join(REPORT, "page", "*.js"))
    if os.path.getmtime(PAGE_JS) < max(map(os.path.getmtime, sources)):
        return "the page's script is older than its sources" + hint
    return None


# The marks of a chart: elements of its picture with this filling.
MARKS = """(name, colour) => {
  const same = document.createElement("i");
  same.style.color = colour;
  const place = document.getElementById("chart-" + name);
  return [...place.querySelectorAll("svg [fill]")].filter((mark) => {
    const own = document.createElement("i");
    own.style.color = mark.getAttribute("fill");
    const box = mark.getBoundingClientRect();
    return own.style.color === same.style.color && box.width && box.height;
  });
}"""

COLOUR = """(name) => getComputedStyle(document.documentElement)
  .getPropertyValue("--" + name.replaceAll("_", "-")).trim()"""

# Waits until something is true, for a hundred frames at most.
UNTIL = """async (true_yet) => {
  for (let frame = 0; frame < 100; frame++) {
    const value = true_yet();
    if (value) return value;
    await new Promise((next) => setTimeout(next, 30));
  }
  return null;
}"""

TIP = """() => {
  const tip = [...document.querySelectorAll(".tip")].find((tip) =>
    tip.checkVisibility({ visibilityProperty: true, opacityProperty: true }));
  return tip && tip.innerText;
}"""


class InBrowser(support.Case):
    @classmethod
    def setUpClass(cls):
        reason = why_not()
        if reason:
            raise unittest.SkipTest(reason)
        cls.browser = browser.Browser(browser.find())
        cls.addClassCleanup(cls.browser.close)

    def setUp(self):
        super().setUp()
        self.browser.size(1280, 900)
        self.browser.prefers("light")

    def open(self, archive, *options):
        """Makes a report and opens it; gives the rows of each chart."""
        process, out = make_report(self.folder, archive, *options,
                                   script=PAGE_JS)
        self.assertEqual((process.returncode, process.stderr), (0, ""))
        self.url = pathlib.Path(out).as_uri()
        self.browser.open(self.url)
        data = json.loads(self.browser.run(
            "document.getElementById('data').textContent"))
        return {chart["name"]: chart for chart in data["charts"]}

    def examples(self):
        example_archive("examples.db").close()
        return self.open("examples.db")

    def run_js(self, function, *arguments):
        listed = ", ".join(json.dumps(a) for a in arguments)
        return self.browser.run(f"({function})({listed})")

    def marks(self, name, column):
        """How many marks of a column's colour a chart shows."""
        colour = self.run_js(COLOUR, column)
        self.assertRegex(colour, r"^#[0-9a-f]{6}$")
        return self.browser.run(
            f"({MARKS})({json.dumps(name)}, {json.dumps(colour)}).length")

    def hover(self, name, mark):
        """Points at a mark, a JavaScript expression of place (the chart) and
        marks(colour); gives the tip that is shown."""
        x, y = self.browser.run(f"""(() => {{
          const place = document.getElementById("chart-{name}");
          place.scrollIntoView({{ block: "center" }});
          const marks = (column) =>
            ({MARKS})("{name}", ({COLOUR})(column));
          const box = ({mark}).getBoundingClientRect();
          return [box.x + box.width / 2, box.y + box.height / 2];
        }})()""")
        self.browser.point(0, 0)
        self.browser.run(f"({UNTIL})(() => !({TIP})())")
        self.browser.point(x - 1, y)
        self.browser.point(x, y)
        shown = self.browser.run(f"({UNTIL})({TIP})")
        self.assertIsNotNone(shown, name)
        return shown.split("\n")

    def quiet(self):
        """Asserts that the page neither complained nor asked for anything."""
        self.assertEqual(self.browser.complaints(), [])
        self.assertEqual(self.browser.requests(), [self.url])

    def test_every_chart_has_its_marks(self):
        charts = self.examples()
        self.assertEqual(len(charts), 6)
        self.assertEqual(self.browser.run("charts.size"), 6)
        for name in ("1-traffic", "3-subjects", "4-countries", "6-due"):
            columns, rows = charts[name]["columns"], charts[name]["rows"]
            for at, column in enumerate(columns):
                if column in ("unclassified", "official_use", "confidential",
                              "secret"):
                    filled = sum(1 for row in rows if row[at])
                    self.assertGreater(filled, 0)
                    with self.subTest(chart=name, column=column):
                        # One more stands in the legend.
                        self.assertEqual(self.marks(name, column), filled + 1)
        self.assertEqual(self.marks("2-posts", "accent"),
                         len(charts["2-posts"]["rows"]))
        levels = [row[5] for row in charts["5-network"]["rows"]]
        for level in set(levels) - {"not_held"}:
            with self.subTest(level=level):
                self.assertEqual(self.marks("5-network", level),
                                 levels.count(level) + 1)
        self.quiet()

    def test_charts_hold_the_rows(self):
        charts = self.examples()
        total = self.browser.run("""charts.get("1-traffic").getOption().series
          .flatMap(({ data }) => data).reduce((sum, n) => sum + n, 0)""")
        self.assertEqual(total, 50)  # telegrams, all with a date
        labels = self.browser.run(
            'charts.get("1-traffic").getOption().xAxis[0].data')
        self.assertEqual(labels, [str(y) for y in range(1974, 2011)])
        network = charts["5-network"]
        lines = sum(len(json.loads(row[8])) for row in network["rows"])
        self.assertEqual(self.browser.run(
            'charts.get("5-network").getOption().series[0].data.length'),
            lines)

    def test_tips(self):
        self.examples()
        # The first column of all: one confidential telegram of 1974.
        tip = self.hover("1-traffic", "marks('confidential').find((m) =>"
                         " m.tagName === 'path' &&"
                         " m.getBoundingClientRect().y >"
                         " place.getBoundingClientRect().y + 30)")
        self.assertEqual(tip[:3], ["1974", "confidential", "1"])
        # The largest circle comes first: four telegrams of Moscow.
        tip = self.hover("2-posts", "marks('accent')[0]")
        self.assertEqual(tip[:2], ["Moscow", "Russia"])
        self.assertEqual(tip[-4:],
                         ["telegrams", "4", "of them classified", "3"])
        tip = self.hover("5-network", "[...place.querySelectorAll('text')]"
                         ".find((t) => t.textContent === '08USUNNEWYORK655')")
        self.assertEqual(tip[0], "08USUNNEWYORK655")
        self.assertEqual(tip[2], "2008-06-24 · CONFIDENTIAL")
        self.quiet()

    def test_parts_of_the_map(self):
        self.examples()
        self.browser.run("""[...document.querySelectorAll(".zoom button")]
          .find((button) => button.textContent === "Europe").click()""")
        self.assertEqual(self.browser.run(
            'charts.get("2-posts").getOption().geo[0].zoom'), 5)
        self.assertEqual(self.browser.run(
            """document.querySelector(".zoom [aria-pressed=true]")
               .textContent"""), "Europe")
        self.quiet()

    def test_dark_and_light(self):
        self.examples()
        light = self.run_js(COLOUR, "secret")
        self.browser.prefers("dark")
        dark = self.browser.run(f"({UNTIL})(() => ({COLOUR})('secret') !=="
                                f" '{light}' && ({COLOUR})('secret'))")
        self.assertIsNotNone(dark)
        drawn = self.browser.run(
            f"({UNTIL})(() => ({MARKS})('1-traffic', '{dark}').length)")
        self.assertEqual(drawn, 4)  # 2006, 2009, 2010 and the legend
        self.quiet()

    def test_phone(self):
        self.browser.size(360, 740, phone=True)
        self.examples()
        self.assertEqual(self.browser.run(
            "document.documentElement.scrollWidth"), 360)
        self.assertEqual(self.browser.run(
            """[...document.querySelectorAll(".across")].filter((frame) =>
                 frame.scrollWidth > frame.clientWidth + 1)
               .map((frame) => frame.firstElementChild.id
                 || frame.lastElementChild.id)"""), ["chart-5-network"])
        self.quiet()

    def test_paper(self):
        self.browser.prefers("dark")
        self.examples()
        self.browser.print(os.path.join(self.folder, "report.pdf"))
        with open(os.path.join(self.folder, "report.pdf"), "rb") as f:
            self.assertEqual(f.read(5), b"%PDF-")
        # Afterwards it is as before: dark, and as wide as the window.
        self.assertFalse(self.browser.run(
            "document.documentElement.classList.contains('printing')"))
        self.assertGreater(self.browser.run(
            "charts.get('1-traffic').getWidth()"), 800)
        self.quiet()

    def test_for_those_who_cannot_see_it(self):
        self.examples()
        labels = self.browser.run(
            """[...document.querySelectorAll("[role=img]")]
               .map((chart) => chart.getAttribute("aria-label"))""")
        self.assertEqual(len(labels), 6)
        self.assertEqual(
            labels[0], "Stacked columns: Traffic over time. 13 bars from 1974"
            " to 2010; the longest is 2008 with 14. The table below has all"
            " values.")
        self.assertIn("34 posts; Moscow sent the most, 4.", labels[1])
        self.assertEqual(self.browser.run(
            "document.querySelectorAll('details table th[scope=col]').length"
            " > 30 && document.documentElement.lang"), "en")

    def test_hostile_texts(self):
        conn = small_archive("hostile.db")
        for change in ("UPDATE cable SET subject = ?",
                       "UPDATE post SET city = ?",
                       "UPDATE tag SET tag = ? WHERE tag = 'XYZZY'",
                       "UPDATE tag_code SET meaning = ?"):
            conn.execute(change, (HOSTILE,))
        conn.commit()
        conn.close()
        self.open("hostile.db", "--title=" + HOSTILE[:-1])
        cell = self.browser.run(
            """document.querySelector("[id='5-network'] tbody td:nth-child(4)")
               .textContent""")
        self.assertEqual(cell, HOSTILE)
        tip = self.hover("2-posts", "marks('accent')[0]")
        self.assertIn("<img src=x onerror=hit=1>", tip[0])
        tip = self.hover("5-network", "[...place.querySelectorAll('text')]"
                         ".find((t) => t.textContent === '06MOSCOW2')")
        self.assertIn("</script>", tip[1])
        self.assertIsNone(self.browser.run("globalThis.hit"))
        self.assertEqual(self.browser.run(
            "document.querySelectorAll('img').length"), 0)
        self.quiet()

    def test_empty(self):
        empty_archive("empty.db").close()
        self.open("empty.db")
        self.assertEqual(self.browser.run("charts.size"), 0)
        self.assertEqual(self.browser.run(
            "document.querySelectorAll('figure .empty').length"), 6)
        self.quiet()

    def test_many_columns_can_be_zoomed(self):
        conn = empty_archive("long.db")
        for year in range(1973, 2011):
            add(conn, f"{year % 100:02}MOSCOW{year}", f"{year}-05-01 00:00:00",
                0)
        conn.commit()
        conn.close()
        self.open("long.db", "--step=month")
        months = self.browser.run(
            'charts.get("1-traffic").getOption().xAxis[0].data')
        # From May 1973 to May 2010.
        self.assertEqual((len(months), months[0], months[8], months[-1]),
                         (37 * 12 + 1, "1973-05", "1974-01", "2010-05"))
        self.assertEqual(self.browser.run(
            'charts.get("1-traffic").getOption().dataZoom.length'), 1)
        self.assertEqual(self.marks("1-traffic", "unclassified"), 38 + 1)
        self.quiet()


if __name__ == "__main__":
    unittest.main()
