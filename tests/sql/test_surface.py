"""What the extension adds to a connection, exactly: no more, no less."""

import ctypes
import json
import os
import re
import shutil
import sqlite3
import subprocess
import unittest

import support

DETERMINISTIC = 0x800
DIRECTONLY = 0x80000
INNOCUOUS = 0x200000
FLAGS = DETERMINISTIC | DIRECTONLY | INNOCUOUS

# Scalar functions that are pure: name -> numbers of arguments.
PURE = {
    "cable_action": [1],
    "cable_anomalies": [1],
    "cable_approved_by": [1],
    "cable_attributes": [1],
    "cable_body": [1],
    "cable_captions": [1],
    "cable_cite": [2],
    "cable_classification": [1],
    "cable_classified_by": [1],
    "cable_complete": [1],
    "cable_created": [1],
    "cable_drafted_by": [1],
    "cable_dtg": [1],
    "cable_executive_order": [1],
    "cable_info": [1],
    "cable_origin": [1],
    "cable_paragraphs": [1],
    "cable_pass": [1],
    "cable_precedence": [1],
    "cable_reasons": [1],
    "cable_redactions": [1],
    "cable_refid": [1],
    "cable_reflow": [1],
    "cable_repair": [1],
    "cable_refs": [1, 2],
    "cable_released": [1],
    "cable_sections": [1],
    "cable_sender": [1],
    "cable_signer": [1],
    "cable_subject": [1],
    "cable_subject_marking": [1],
    "cable_summary": [1],
    "cable_tags": [1],
    "cable_tags_printed": [1],
    "cable_text": [1],
    "cables_version": [0],
    "classification_rank": [1],
    "declass_automatic": [1],
    "declass_basis": [1],
    "declass_date": [1],
    "declass_event": [1],
    "declass_exemption": [1],
    "declass_kind": [1],
    "declass_review": [1],
    "declass_schedule": [4],
    "declass_schedule_kind": [4],
    "declass_schedule_review": [4],
    "refid_nara": [1],
    "refid_url": [1, 2, 3],
    "refid_normalize": [1, 2],
    "refid_post": [1],
    "refid_serial": [1],
    "refid_year": [1],
}

# The others: name -> (numbers of arguments, flags).
OTHERS = {
    "cables_config": ([1, 2], DIRECTONLY),
    "cables_debug": ([0], INNOCUOUS),
    "cables_progress": ([2], INNOCUOUS),
    "cables_stats": ([0], 0),
}

MODULES = {
    "cable_addressees",
    "cable_anomalies",
    "cable_citations",
    "cable_countries",
    "cable_explain",
    "cable_paragraphs",
    "cable_posts",
    "cable_redactions",
    "cable_references",
    "cable_tag_codes",
    "cables",
    "cables_files",
    "cables_help",
}

COLUMNS = """
    refid created released classification origin precedence dtg sender
    drafted_by approved_by action info subject subject_marking tags
    tags_printed refs captions pass executive_order declass_date declass_kind
    declass_event declass_exemption declass_review classified_by reasons
    sections signer summary paragraphs redactions complete anomalies attributes
    text body format path entry offset length bytes mtime
""".split()

CHILDREN = {
    "cable_paragraphs": "key ordinal number kind marking classification role "
    "heading section text printed start length copy plain",
    "cable_references": "ordinal label kind refid note printed",
    "cable_addressees": "ordinal role precedence routing plad mcn excluded "
    "printed",
    "cable_citations": "ordinal paragraph printed refid start length",
    "cable_anomalies": "part message start length",
    "cable_explain": "field value rule start length printed",
    "cable_redactions": "ordinal kind paragraph printed start length",
}


def functions(conn):
    return {
        (name, n_args, flags & FLAGS)
        for name, n_args, flags in conn.execute(
            "SELECT name, narg, flags FROM pragma_function_list"
        )
    }


def modules(conn):
    return {
        name for (name,) in conn.execute("SELECT * FROM pragma_module_list")
    }


def expected_functions(without=()):
    expected = {
        (name, n, DETERMINISTIC | INNOCUOUS)
        for name, numbers in PURE.items()
        for n in numbers
    }
    for name, (numbers, flags) in OTHERS.items():
        expected |= {(name, n, flags) for n in numbers}
    return {f for f in expected if f[0] not in without}


class Surface(support.Case):
    def added(self, entry):
        conn = sqlite3.connect(":memory:")
        self.addCleanup(conn.close)
        before = functions(conn), modules(conn)
        support.load(conn, entry)
        # load_extension() itself is listed before and after.
        return functions(conn) - before[0], modules(conn) - before[1]

    def test_functions_and_modules(self):
        added_functions, added_modules = self.added(None)
        self.assertEqual(added_functions, expected_functions())
        self.assertEqual(added_modules, MODULES)

    def test_entry_point_without_files(self):
        added_functions, added_modules = self.added("sqlite3_cables_nofs_init")
        self.assertEqual(
            added_functions, expected_functions(without={"cables_config"})
        )
        self.assertEqual(added_modules, MODULES - {"cables", "cables_files"})

    def test_entry_point_without_files_has_no_help_on_them(self):
        conn = sqlite3.connect(":memory:")
        self.addCleanup(conn.close)
        support.load(conn, "sqlite3_cables_nofs_init")
        names = {r[0] for r in conn.execute("SELECT name FROM cables_help")}
        self.assertIn("cable_subject", names)
        self.assertNotIn("cables", names)
        self.assertNotIn("cables_config", names)
        self.assertNotIn("root", names)

    def test_symbols(self):
        if shutil.which("nm") is None:
            self.skipTest("no nm")
        out = subprocess.run(
            ["nm", "-D", "--defined-only", support.SO],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        names = {line.split()[-1] for line in out.splitlines()}
        # Coverage and sanitizers export names of their own, all with "_".
        names = {n for n in names if not n.startswith("_")}
        self.assertEqual(
            names, {"sqlite3_cables_init", "sqlite3_cables_nofs_init"}
        )

    def test_columns_in_order(self):
        shown = self.column("SELECT name FROM pragma_table_info('cables')")
        self.assertEqual(shown, COLUMNS)
        hidden = self.column(
            "SELECT name FROM pragma_table_xinfo('cables') WHERE hidden = 1"
        )
        self.assertEqual(hidden, ["source", "parsed", "item"])

    def test_columns_of_children(self):
        for table, columns in CHILDREN.items():
            shown = self.column(
                "SELECT name FROM pragma_table_info(?)", (table,)
            )
            self.assertEqual(shown, columns.split(), table)

    def test_a_function_for_every_parsed_column(self):
        names = set(PURE)
        not_parsed = set(
            "format path entry offset length bytes mtime".split()
        )
        for column in set(COLUMNS) - not_parsed:
            name = column if "declass_" in column else "cable_" + column
            self.assertIn(name, names)

    def test_versions_agree(self):
        with open(os.path.join(support.ROOT, "ext", "cables.h")) as f:
            header = re.search(r'CABLES_VERSION "(.*)"', f.read()).group(1)
        self.assertRegex(header, r"^\d+\.\d+\.\d+$")
        self.assertEqual(self.value("SELECT cables_version()"), header)
        debug = self.value("SELECT cables_debug()")
        self.assertTrue(debug.startswith(f"cables {header}\n"), debug)
        self.assertIn(f"SQLite: {sqlite3.sqlite_version}", debug)
        self.assertIn("PCRE2: 10.", debug)

    def test_two_libraries_are_refused(self):
        """The entry point is called once more with another table of
        pointers, as a second SQLite library in the process would."""
        library = ctypes.CDLL(support.SO)
        init = library.sqlite3_cables_init
        init.restype = ctypes.c_int
        init.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p]
        other = ctypes.create_string_buffer(8192)
        self.assertEqual(init(None, None, ctypes.addressof(other)), 1)
        # The first library goes on to work.
        self.assertEqual(self.value("SELECT refid_year('06MOSCOW1')"), 2006)

    def test_reference_tables(self):
        post = self.rows(
            "SELECT plad, display, typeof(lat), aliases IS NOT NULL "
            "FROM cable_posts WHERE post = 'MOSCOW'"
        )
        self.assertEqual(
            [row[:3] for row in post],
            [("AMEMBASSY MOSCOW", "Embassy Moscow", "real")],
        )
        self.assertEqual(
            self.rows("SELECT name FROM cable_countries WHERE code = 'RS'"),
            [("Russia",)],
        )
        self.assertEqual(
            self.rows("SELECT kind FROM cable_tag_codes WHERE code = 'PREL'"),
            [("subject",)],
        )
        for table, column in (
            ("cable_posts", "post"),
            ("cable_countries", "code"),
            ("cable_tag_codes", "code"),
        ):
            # What is looked up is what a scan finds.
            where = f"SELECT * FROM {table} WHERE"
            scanned = self.rows(f"{where} +{column} = 'UN'")
            found = self.rows(f"{where} {column} = 'UN'")
            self.assertEqual(found, scanned)
            self.assertEqual(
                self.rows(f"SELECT * FROM {table} WHERE {column} = NULL"), []
            )
            self.assertGreater(
                self.value(f"SELECT count(*) FROM {table}"), 100
            )

    def test_aliases_are_json(self):
        aliases = self.value(
            "SELECT aliases FROM cable_posts WHERE post = 'ABIDJAN'"
        )
        self.assertIn("ABIDJA", json.loads(aliases))


class Settings(support.Case):
    def config(self, *args):
        marks = ", ".join("?" * len(args))
        return self.value(f"SELECT cables_config({marks})", args)

    def refused(self, message, *args):
        marks = ", ".join("?" * len(args))
        self.fails(f"SELECT cables_config({marks})", message, args)

    def test_defaults(self):
        self.assertIsNone(self.config("root"))
        self.assertEqual(self.config("strict"), 0)
        self.assertEqual(self.config("progress"), 0)
        self.assertEqual(self.config("max_bytes"), 64 * 1024 * 1024)
        self.assertEqual(self.config("follow_links"), 0)
        self.assertEqual(self.config("max_ratio"), 100)
        self.assertIn(self.config("threads"), range(1, 9))

    def test_set(self):
        self.assertEqual(self.config("strict", 1), 1)
        self.assertEqual(self.config("strict"), 1)
        self.assertEqual(self.config("max_bytes", "1000"), 1000)

    def test_refused(self):
        self.refused(
            "cables: no such setting 'speed': known are root, strict, "
            "threads, progress, max_bytes, max_ratio, follow_links",
            "speed",
        )
        number = (
            "cables: cannot set '%s': a whole number from %d to %d is needed"
        )
        self.refused(number % ("strict", 0, 1), "strict", 2)
        self.refused(number % ("strict", 0, 1), "strict", None)
        self.refused(number % ("threads", 1, 64), "threads", 0)
        self.refused(number % ("max_bytes", 1, 2147483647), "max_bytes", 1.5)
        self.assertEqual(self.config("strict"), 0)

    def test_null_name(self):
        self.assertIsNone(self.config(None))

    def test_connections_do_not_share(self):
        self.config("strict", 1)
        other = support.connect()
        self.addCleanup(other.close)
        self.assertEqual(
            other.execute("SELECT cables_config('strict')").fetchone(), (0,)
        )

    def test_root_is_a_latch(self):
        self.write("in/a.txt", support.telegram(1))
        self.write("out/b.txt", support.telegram(2))
        nowhere = "cables: cannot set 'root': a folder that exists is needed"
        self.refused(nowhere, "root", "nowhere")
        self.refused(nowhere, "root", None)
        self.refused(nowhere, "root", "in/a.txt")
        inside = os.path.join(self.folder, "in")
        self.assertEqual(self.config("root", "in"), inside)
        self.assertEqual(self.config("root", inside), inside)
        closed = (
            "cables: cannot set 'root': it is set already and cannot be "
            "changed"
        )
        self.refused(closed, "root", "out")
        self.refused(closed, "root", "nowhere")
        self.refused(closed, "root", None)
        self.refused(closed, "root", "/")
        self.assertEqual(self.config("root"), inside)
        self.assertEqual(
            self.column("SELECT path FROM cables('in')"), ["in/a.txt"]
        )
        for path in "out", "out/b.txt", "out/none", "none":
            with self.assertRaises(sqlite3.Error) as caught:
                self.rows("SELECT path FROM cables(?)", (path,))
            self.assertEqual(
                str(caught.exception), f"cables: outside the root: '{path}'"
            )

    def test_root_of_the_environment(self):
        self.addCleanup(os.environ.pop, "CABLES_ROOT", None)
        os.environ["CABLES_ROOT"] = self.folder
        conn = support.connect()
        self.addCleanup(conn.close)
        self.assertEqual(
            conn.execute("SELECT cables_config('root')").fetchone(),
            (self.folder,),
        )
        os.environ["CABLES_ROOT"] = os.path.join(self.folder, "nowhere")
        with self.assertRaises(sqlite3.Error) as caught:
            support.connect()
        self.assertIn("CABLES_ROOT", str(caught.exception))
        self.assertNotIn("nowhere", str(caught.exception))


if __name__ == "__main__":
    unittest.main()
