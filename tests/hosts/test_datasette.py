"""The plugin datasette-cables, and the reading room in a browser.

What is expected was worked out by hand from examples/telegrams/ and from the
hostile telegrams below.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
import urllib.error
import urllib.parse
import urllib.request

import host
import support

try:
    import axe_playwright_python.sync_playwright as axe
    import datasette  # noqa: F401  (that it is there)
    from playwright.sync_api import sync_playwright
except ImportError as error:
    raise unittest.SkipTest(f"{error}: run make test-hosts") from error

EXAMPLE = os.path.join(host.ROOT, "examples", "datasette")
DATASETTE = os.path.join(os.path.dirname(sys.executable), "datasette")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}


def setUpModule():
    global scratch, packages
    scratch = tempfile.mkdtemp(prefix="cables-datasette-")
    unittest.addModuleCleanup(shutil.rmtree, scratch, ignore_errors=True)
    packages = install_plugin(scratch)


def install_plugin(folder):
    """Installs the plugin into a folder of its own, as pip does."""
    source, target = os.path.join(folder, "source"), os.path.join(folder, "py")
    shutil.copytree(os.path.join(EXAMPLE, "datasette-cables"), source)
    host.run(sys.executable, "-m", "pip", "install", "--quiet", "--no-deps",
             "--no-index", "--no-build-isolation", "--target", target, source)
    return target


def make_site(name, source):
    """A copy of the example with an archive of the source."""
    site = os.path.join(scratch, name)
    shutil.copytree(EXAMPLE, site)
    database = os.path.join(site, "cables.db")
    host.make_archive(source, database)
    host.run("sqlite3", database,
             f".read '{os.path.join(EXAMPLE, 'reading.sql')}'")
    return site


def command(*arguments, **env):
    """Runs datasette to its end; gives its status and all that it prints."""
    done = subprocess.run(
        [DATASETTE, *arguments], text=True, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env=host.environment(**{"PYTHONPATH": packages, **env}))
    return done.returncode, done.stdout


class Server:
    """A Datasette that serves a site until it is closed."""

    def __init__(self, *arguments, **env):
        port = host.free_port()
        self.url = f"http://127.0.0.1:{port}"
        # To a file: nobody reads a pipe, and a full one would stop it.
        self.log = open(os.path.join(scratch, f"{port}.log"), "wb")
        self.process = subprocess.Popen(
            [DATASETTE, *arguments, "-p", str(port)], stdout=self.log,
            stderr=subprocess.STDOUT,
            env=host.environment(PYTHONPATH=packages, **env))
        try:
            host.wait_for(self.answers, self.process)
        except AssertionError:
            self.close()
            raise

    def answers(self):
        try:
            return self.get("/-/versions.json")
        except OSError:
            return None

    def get(self, path):
        """Status and text of a page."""
        try:
            with urllib.request.urlopen(self.url + path) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as answer:
            with answer:
                return answer.code, answer.read().decode()

    def sql(self, sql, database="cables", **values):
        """Rows of a statement, or the error's text."""
        query = urllib.parse.urlencode(dict(values, sql=sql, _shape="arrays"))
        answer = json.loads(self.get(f"/{database}.json?{query}")[1])
        return answer["rows"] if answer["ok"] else answer["error"]

    def close(self):
        self.process.terminate()
        self.process.wait()
        self.log.close()


# --- The plugin ---------------------------------------------------------------


class Plugin(unittest.TestCase):
    """What SQL may do where nothing is set."""

    @classmethod
    def setUpClass(cls):
        cls.server = Server("--memory")
        cls.addClassCleanup(cls.server.close)

    def sql(self, sql, **values):
        return self.server.sql(sql, "_memory", **values)

    def test_functions(self):
        self.assertEqual(self.sql("select refid_normalize('10 Lima 147')"),
                         [["10LIMA147"]])
        self.assertEqual(
            self.sql("select number, text from cable_paragraphs(:t)"
                     " where kind = 'paragraph'", t=support.telegram(1)),
            [[1, "The minister came."], [2, "He left again."]])

    def test_no_files(self):
        """Neither the table nor its module is there."""
        for source in ("/etc", ".", host.ROOT):
            self.assertEqual(self.sql("select * from cables(:s)", s=source),
                             "no such table: cables")
        self.assertEqual(
            self.sql("select name from cables_help where name like 'cables%'"
                     " and kind = 'table'"), [["cables_help"]])

    def test_settings_are_the_servers(self):
        before = self.sql("select cables_config('max_bytes')")
        self.assertEqual(self.sql("select cables_config('max_bytes', 7)"),
                         "user-defined function raised exception")
        self.assertEqual(self.sql("select cables_config('max_bytes')"), before)

    def test_loading_stays_closed(self):
        self.assertEqual(self.sql("select load_extension(:p)", p=host.SO),
                         "not authorized")


class Files(unittest.TestCase):
    """What SQL may read where a root is set."""

    @classmethod
    def setUpClass(cls):
        cls.root = os.path.join(scratch, "root")
        support.write(cls.root, "in/1.txt", support.telegram(1))
        support.write(scratch, "outside.txt", support.telegram(2))
        os.symlink(os.path.join(scratch, "outside.txt"),
                   os.path.join(cls.root, "link.txt"))
        settings = support.write(scratch, "files.json", json.dumps(
            {"plugins": {"datasette-cables": {"files": {"root": cls.root}}}}))
        cls.server = Server("--memory", "--metadata", settings,
                            "--setting", "sql_time_limit_ms", "400")
        cls.addClassCleanup(cls.server.close)

    def sql(self, sql, **values):
        return self.server.sql(sql, "_memory", **values)

    def test_below_the_root(self):
        self.assertEqual(
            self.sql("select refid from cables(cables_config('root'))"),
            [["06MOSCOW1"]])

    def test_nothing_else(self):
        for source in (os.path.join(scratch, "outside.txt"), "/etc/passwd",
                       os.path.join(self.root, "..", "outside.txt"),
                       os.path.join(self.root, "link.txt"),
                       os.path.join(scratch, "not-there.txt")):
            with self.subTest(source=source):
                answer = self.sql("select refid from cables(:s)", s=source)
                self.assertNotIn("06MOSCOW2", json.dumps(answer))
                if isinstance(answer, list):
                    self.assertEqual([row for row in answer if row[0]], [])

    def test_outside_tells_nothing(self):
        """The same error, be a file there or not."""
        there, absent = (
            self.sql("select refid from cables(:s)",
                     s=os.path.join(scratch, name))
            for name in ("outside.txt", "absent.txt"))
        self.assertEqual(there.replace("outside.txt", "X"),
                         absent.replace("absent.txt", "X"))

    def test_root_stays(self):
        self.assertEqual(self.sql("select cables_config('root', '/')"),
                         "user-defined function raised exception")
        self.assertEqual(self.sql("select cables_config('root')"),
                         [[os.path.realpath(self.root)]])

    def test_time_limit(self):
        """Datasette's limit ends a query in the middle of the extension."""
        answer = self.sql(
            "with recursive n(i) as (select 1 union all select i + 1 from n)"
            " select count(*) from n, cables(cables_config('root'))")
        self.assertIn("SQL query took too long", answer)


class Start(unittest.TestCase):
    """What is wrong is told at the start."""

    def start(self, settings, **env):
        path = support.write(scratch, "start.json", json.dumps(
            {"plugins": {"datasette-cables": settings}}))
        return command("--memory", "--metadata", path, "--get",
                       "/-/versions.json", **env)

    def test_wrong_settings(self):
        for settings, message in (
            ({"root": "/"},
             "there is no setting root: they are library and files"),
            ({"files": True},
             "files takes one setting, root: the folder that may be read"),
            ({"files": {"root": "/no/such"}},
             "files.root is not a folder: /no/such"),
            ({"library": "/no/such.so"},
             "the extension is not there: /no/such.so"),
        ):
            with self.subTest(settings=settings):
                status, output = self.start(settings)
                self.assertNotEqual(status, 0)
                self.assertIn("datasette-cables: " + message, output)

    def test_no_library(self):
        status, output = self.start({}, CABLES_SO="")
        self.assertNotEqual(status, 0)
        self.assertIn("pip install the wheel of sqlite-cables", output)

    def test_library_by_setting(self):
        status, output = self.start({"library": host.SO}, CABLES_SO="")
        self.assertEqual(status, 0, output)

    def test_no_library_that_is_one(self):
        path = support.write(scratch, "text.so", "no library")
        status, output = self.start({"library": path})
        self.assertNotEqual(status, 0)
        self.assertIn("datasette-cables: ", output)


# --- The reading room ----------------------------------------------------------


@unittest.skipIf(CHROMIUM is None, "there is no chromium")
class Browser(unittest.TestCase):
    """Tests with a browser and a site of SOURCE."""

    SOURCE = "examples/telegrams"

    @classmethod
    def setUpClass(cls):
        cls.site = make_site(cls.__name__, cls.SOURCE)
        cls.server = Server(cls.site)
        cls.addClassCleanup(cls.server.close)
        playwright = sync_playwright().start()
        cls.addClassCleanup(playwright.stop)
        cls.browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"])
        cls.addClassCleanup(cls.browser.close)

    def open(self, path="/", viewport=None, scheme="light"):
        """A page in a window of its own; errors in it are errors of the
        test."""
        context = self.browser.new_context(
            viewport=viewport or DESKTOP, color_scheme=scheme)
        self.addCleanup(context.close)
        page = context.new_page()
        page.on("pageerror", lambda e: self.fail(f"error in the page: {e}"))
        page.goto(self.server.url + path)
        return page

    def submit(self, page):
        """Presses Enter in a form, and waits for the answer."""
        with page.expect_navigation():
            page.keyboard.press("Enter")

    def heading(self, page):
        return page.locator("h1").inner_text()


class Reading(Browser):
    def test_search_read_follow(self):
        """Search a word, open the hit, follow a reference, jump to a
        paragraph."""
        page = self.open("/")
        page.get_by_label("Words in subjects and paragraphs").fill("Havbris")
        self.submit(page)
        self.assertEqual(self.heading(page), "1 telegram with “Havbris”")
        self.assertEqual(page.locator(".snippet mark").first.inner_text(),
                         "Havbris")
        page.get_by_role("link", name="THE NEUTRAL COUNT").click()
        self.assertTrue(page.url.endswith("/cable/10LIMA147"))
        page.locator("aside").get_by_role("link", name="01LIMA4417").click()
        self.assertEqual(self.heading(page),
                         "PERU AND ECUADOR COUNT THE SAME FISH TWICE")
        page.get_by_role("link", name="Paragraph 3, link to it").click()
        self.assertTrue(page.url.endswith("/cable/01LIMA4417#p3"))
        target = page.locator(":target")
        self.assertEqual(target.get_attribute("id"), "p3")
        self.assertNotEqual(
            target.evaluate("e => getComputedStyle(e).backgroundColor"),
            page.locator("#p2").evaluate(
                "e => getComputedStyle(e).backgroundColor"))

    def test_paragraph_link(self):
        """A link to a paragraph opens there: it is on the screen."""
        page = self.open("/cable/10LIMA147#p7", viewport=PHONE)
        top = page.locator("#p7").bounding_box()["y"]
        self.assertTrue(0 <= top < PHONE["height"], top)
        self.assertIn("A closure of six months",
                      page.locator("#p7").inner_text())

    def test_hit_leads_to_its_paragraph(self):
        page = self.open("/cables/telegram?_search=Havbris")
        page.locator(".snippet a").click()
        self.assertTrue(page.url.endswith("/cable/10LIMA147#p2"), page.url)

    def test_mention_is_a_link(self):
        """Ref B in paragraph 4 of 10LIMA147 is 08 QUITO 455."""
        page = self.open("/cable/10LIMA147")
        page.locator("#p4").get_by_role("link", name="ref B").click()
        self.assertTrue(page.url.endswith("/cable/08QUITO455"))

    def test_table(self):
        """The columns of a table stand below each other as printed."""
        lines = self.open("/cable/08COLOMBO744").locator(
            ".text > pre").inner_text().split("\n")
        self.assertEqual([line.strip().split("  ")[0] for line in lines],
                         ["DONDRA HEAD", "GREAT BASSES", "GALLE", "COLOMBO",
                          "BATTICALOA"])
        self.assertEqual({line.index(line.strip()) for line in lines}, {2})
        self.assertEqual(len({len(line.rstrip()) for line in lines}), 1)

    def test_back_links(self):
        """08QUITO455 is referred to by 10LIMA147."""
        page = self.open("/cable/08QUITO455")
        page.locator("section", has=page.get_by_role(
            "heading", name="Referred to by")).get_by_role(
                "link", name="10LIMA147").click()
        self.assertIn("NEUTRAL COUNT", self.heading(page))

    def test_not_held(self):
        """A telegram that is only cited tells by whom; others are unknown."""
        status, html = self.server.get("/cable/08MUSCAT702")
        self.assertEqual(status, 404)
        self.assertIn("is not held", html)
        self.assertIn('href="/cable/09STATE40117"', html)
        status, html = self.server.get("/cable/08MUSCAT9999")
        self.assertEqual(status, 404)
        self.assertIn("There is no telegram 08MUSCAT9999", html)

    def test_any_spelling(self):
        """The extension's function finds a telegram by any spelling."""
        page = self.open("/cable/10%20Lima%20147")
        self.assertTrue(page.url.endswith("/cable/10LIMA147"))

    def test_declassification(self):
        for refid, state in (
            ("10LIMA147", "Declassified on 2020-01-13"),
            ("02NICOSIA1388", "Classified: exempt from declassification"),
            ("09NICOSIA318", "Classified: until an event"),
            ("08WINDHOEK266", "Not classified"),
        ):
            with self.subTest(refid=refid):
                page = self.open("/cable/" + refid)
                self.assertEqual(
                    page.locator(".declass .state").inner_text(), state)

    def test_facets(self):
        """Three telegrams are SECRET//NOFORN: 06MOSCOW2290, 09ATHENS455 and
        10RIGA61; the newest comes first; one of them is of 2009."""
        page = self.open("/cables/telegram")
        self.assertEqual(self.heading(page), "50 telegrams")
        page.locator(".facets").get_by_role(
            "link", name="SECRET//NOFORN", exact=True).click()
        self.assertEqual(
            page.locator(".cards .refid").all_inner_texts(),
            ["10RIGA61", "09ATHENS455", "06MOSCOW2290"])
        page.locator(".facets").get_by_role("link", name="2009").click()
        self.assertEqual(page.locator(".cards .refid").all_inner_texts(),
                         ["09ATHENS455"])
        page.locator(".facets").get_by_role("link", name="2009").click()
        self.assertEqual(self.heading(page), "3 telegrams")
        names = page.locator(".facets h2").all_inner_texts()
        self.assertEqual(names, ["Year", "Classification", "Post", "Tag"])

    def test_search_keeps_facets(self):
        """Of the telegrams with the tag PE those with the word count."""
        page = self.open("/cable/10LIMA147")
        page.get_by_label("Tags").get_by_role("link", name="PE").click()
        page.get_by_label("Words in subjects and paragraphs").fill("Havbris")
        self.submit(page)
        self.assertIn("tags__arraycontains=PE", page.url)
        self.assertEqual(self.heading(page), "1 telegram with “Havbris”")

    def test_words_that_are_no_query(self):
        """What FTS5 would refuse is taken word by word."""
        for words in ("U.S.", "fish-meal", '"', "AND", "a:b", "(", "*"):
            with self.subTest(words=words):
                status, _ = self.server.get(
                    "/cables/telegram?_search=" + urllib.parse.quote(words))
                self.assertEqual(status, 200)

    def test_questions(self):
        """Every question of the front page can be asked; two have answers
        that are known."""
        page = self.open("/")
        links = page.locator(".questions a")
        self.assertEqual(links.count(), 9)
        for href in [each.get_attribute("href") for each in links.all()]:
            with self.subTest(href=href):
                status, html = self.server.get(href)
                self.assertEqual(status, 200)
                self.assertNotIn('role="alert"', html)
        page = self.open("/cables/declassified")
        page.get_by_label("from day").fill("2018-01-01")
        page.get_by_label("to day").fill("2018-07-15")
        page.get_by_role("button", name="Ask").click()
        self.assertEqual(
            page.locator('td[data-column="refid"]').all_inner_texts(),
            ["08RPODUBAI31", "08USUNNEWYORK655", "08ACCRA877", "08OTTAWA912",
             "08BUENOSAIRES981"])
        page = self.open("/cables/find")
        page.get_by_label("number").fill("#10Lima000147")
        page.get_by_role("button", name="Ask").click()
        page.get_by_role("link", name="10LIMA147").click()
        self.assertTrue(page.url.endswith("/cable/10LIMA147"))

    def test_private(self):
        """Who may not see the archive sees no telegram."""
        settings = support.write(scratch, "private.json", json.dumps(
            {"databases": {"cables": {"allow": False}}}))
        for path in ("/cable/10LIMA147", "/cable/08MUSCAT702", "/"):
            with self.subTest(path=path):
                _, html = command(
                    os.path.join(self.site, "cables.db"), "--metadata",
                    settings, "--plugins-dir", self.site + "/plugins",
                    "--template-dir", self.site + "/templates",
                    "--get", path)
                self.assertNotIn("COUNT", html)
                self.assertNotIn("09STATE40117", html)

    def test_without_the_extension(self):
        """The archive is read without it, too."""
        for path, text in (("/cable/10LIMA147", "Declassified on 2020-01-13"),
                           ("/cable/08MUSCAT702", "is not held"),
                           ("/cables/telegram?_search=fish*", "12 telegrams")):
            with self.subTest(path=path):
                _, html = command(self.site, "--get", path, PYTHONPATH="")
                self.assertIn(text, html)
                self.assertNotIn("ERROR", html)


PAGES = ("/", "/cables/telegram", "/cables/telegram?_search=fish*",
         "/cable/10LIMA147", "/cable/75STATE188204", "/cable/02NICOSIA1388",
         "/cable/08MUSCAT702", "/cables/declassified", "/cables/answers",
         "/cables?sql=select+refid+from+cable", "/nothing")


class Everybody(Browser):
    """The pages for people with a phone, a keyboard, a reader of screens."""

    def test_axe(self):
        """axe-core finds nothing, light and dark, wide and narrow."""
        checked = 0
        for path in PAGES:
            for scheme, viewport in (("light", DESKTOP), ("dark", PHONE),
                                     ("dark", DESKTOP)):
                with self.subTest(path=path, scheme=scheme):
                    page = self.open(path, viewport, scheme)
                    found = axe.Axe().run(page).response["violations"]
                    self.assertEqual(
                        [(v["id"], [n["target"] for n in v["nodes"]])
                         for v in found], [])
                    checked += 1
                    page.context.close()
        self.assertEqual(checked, 3 * len(PAGES))

    def test_nothing_is_wider_than_a_phone(self):
        for path in PAGES:
            with self.subTest(path=path):
                page = self.open(path, PHONE)
                self.assertLessEqual(
                    page.evaluate("document.documentElement.scrollWidth"),
                    PHONE["width"])
                page.context.close()

    def test_filters_on_a_phone(self):
        """They start closed there, and open when asked."""
        page = self.open("/cables/telegram", PHONE)
        link = page.locator(".facets").get_by_role("link", name="2009")
        self.assertFalse(link.is_visible())
        page.get_by_text("Narrow down").click()
        self.assertTrue(link.is_visible())

    def test_keyboard(self):
        """The first Tab offers to skip to the content, and Enter does it."""
        page = self.open("/cable/10LIMA147")
        page.keyboard.press("Tab")
        self.assertEqual(
            page.evaluate("document.activeElement.textContent"),
            "Skip to the content")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        self.assertTrue(page.evaluate(
            "document.querySelector('main').contains(document.activeElement)"))


class Guide(unittest.TestCase):
    """README.md prints what it says."""

    def test_session(self):
        folder = os.path.join(scratch, "clone")
        host.copy_project(folder)
        site = os.path.join(folder, "examples", "datasette")
        shutil.rmtree(site)
        os.rename(make_site("guide", "examples/telegrams"), site)
        env = host.environment(PYTHONPATH=packages)
        env["PATH"] = os.path.dirname(DATASETTE) + ":" + env["PATH"]
        checked = 0
        for line, want in host.session(os.path.join(EXAMPLE, "README.md")):
            with self.subTest(command=line):
                printed = host.run("sh", "-c", line, cwd=folder, env=env)
                self.assertEqual(printed.rstrip("\n").split("\n"), want)
                checked += 1
        self.assertEqual(checked, 4)


HOSTILE = """R 071707Z APR 06
FM AMEMBASSY MOSCOW
TO SECSTATE WASHDC PRIORITY <b>1234</b>
INFO AMEMBASSY <img src=x onerror=window.hacked=1>
C O N F I D E N T I A L MOSCOW 000077

SIPDIS

E.O. 12958: DECL: UPON <script>window.hacked=2</script>
TAGS: PREL, <svg/onload=window.hacked=3>
SUBJECT: <script>window.hacked=4</script> "QUOTED" {{ 7 * 7 }}

REF: A. MOSCOW 76 (<img src=x onerror=window.hacked=5>)
     B. E-MAIL <script>window.hacked=6</script>

Classified By: <script>window.hacked=7</script>.  Reason: 1.4 (b).

1. (C) Wallpaper <script>window.hacked=8</script> {{ 7 * 7 }}
\x02</main> ref A <img src=x onerror=window.hacked=9>\x03

2. (<b>) <iframe src="javascript:window.hacked=10"></iframe>
<a href="javascript:window.hacked=11">click</a>

<script>window.hacked=12</script>
BURNS
"""


class Hostile(Browser):
    """Texts that would be pages are shown as texts."""

    @classmethod
    def setUpClass(cls):
        cls.SOURCE = os.path.join(scratch, "hostile")
        support.write(cls.SOURCE, "<script>window.hacked=13<.txt", HOSTILE)
        # A telegram of which nothing tells the number.
        support.write(cls.SOURCE, "2.txt", HOSTILE.replace(
            "C O N F I D E N T I A L MOSCOW 000077", "C O N F I D E N T I A L"
        ).replace("AMEMBASSY MOSCOW", "AMEMBASSY <i>NOWHERE"))
        super().setUpClass()

    PATHS = ("/", "/cables/telegram", "/cables/telegram?_search=wallpaper",
             "/cables/telegram?_search=%3Cscript%3Ewindow.hacked%3D14"
             "%3C%2Fscript%3E", "/cable/06MOSCOW77", "/cable/@1", "/cable/@2",
             "/cable/%3Cscript%3Ewindow.hacked%3D15%3C%2Fscript%3E",
             "/cable/@%3Cscript%3E", "/cables/ranked?words=wallpaper",
             "/cables/no_date", "/cables/missing",
             "/cables/why?refid=06MOSCOW77")

    def test_nothing_runs(self):
        for path in self.PATHS:
            with self.subTest(path=path):
                page = self.open(path)
                page.on("dialog", lambda d: self.fail("a dialog"))
                page.wait_for_load_state("networkidle")
                self.assertIsNone(page.evaluate("window.hacked ?? null"))
                self.assertEqual(page.locator(
                    "main :is(img, iframe, svg, b, i, script)").count(), 0)
                self.assertEqual(page.locator(
                    "a[href^='javascript' i]").count(), 0)
                page.context.close()

    def test_shown_as_printed(self):
        page = self.open("/cable/06MOSCOW77")
        self.assertIn("<script>window.hacked=4</script>", self.heading(page))
        self.assertIn("{{ 7 * 7 }}", self.heading(page))
        self.assertIn("<script>window.hacked=8</script>",
                      page.locator("#p1").inner_text())

    def test_a_telegram_without_number(self):
        page = self.open("/cables/telegram")
        links = page.locator(".cards h2 a")
        self.assertEqual(links.count(), 2)
        for href in [each.get_attribute("href") for each in links.all()]:
            self.assertEqual(self.server.get(href)[0], 200)


if __name__ == "__main__":
    unittest.main()
