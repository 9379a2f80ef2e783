"""The README's session prints what it says, its SQL runs, and the reference
page is what the extension's own help gives."""

import os
import re
import subprocess
import sys
import unittest

import support

sys.path.insert(0, os.path.join(support.ROOT, "tests", "tools"))


class Readme(support.Case):
    def setUp(self):
        super().setUp()
        os.chdir(support.ROOT)
        with open("README.md", encoding="utf-8") as f:
            self.text = f.read()

    def blocks(self, language):
        return re.findall(r"```%s\n(.*?)```" % language, self.text, re.S)

    def test_session(self):
        """Each statement of the session gives the lines below it."""
        sessions = self.blocks("console")
        self.assertEqual(len(sessions), 1)
        checked = 0
        for part in sessions[0].split("sqlite> ")[1:]:
            statement, _, want = part.partition("\n")
            if statement.startswith(".load"):
                continue
            rows = self.rows(statement)
            got = "".join(
                "|".join("" if v is None else str(v) for v in row) + "\n"
                for row in rows
            )
            self.assertEqual(got, want)
            checked += 1
        self.assertEqual(checked, 3)

    def test_session_in_the_shell(self):
        """The sqlite3 shell loads it as the README says."""
        got = subprocess.run(
            ["sqlite3", "-batch", "-init", os.devnull, ":memory:"],
            input=f".load '{support.SO[:-3]}'\nSELECT cables_version();\n",
            capture_output=True, text=True, check=False)
        if "Sanitizer" in got.stderr or "asan" in got.stderr.lower():
            self.skipTest("a sanitized library does not load into the shell")
        self.assertRegex(got.stdout, r"^\d+\.\d+\.\d+\n$")

    def test_sql_runs(self):
        """Every statement of the recipes runs and gives rows, but for those
        that make tables."""
        statements = [s for b in self.blocks("sql")
                      for s in re.split(r";\n", b) if s.strip()]
        self.assertGreaterEqual(len(statements), 10)
        for statement in statements:
            with self.subTest(statement=statement):
                rows = self.rows(statement)
                if not re.match(r"(CREATE|INSERT)", statement):
                    self.assertGreater(len(rows), 0)

    def test_loading_errors_are_real(self):
        """Messages of ours that the table quotes stand in the code."""
        with open("ext/init.c", encoding="utf-8") as f:
            code = f.read()
        code = re.sub(r'"\s+"', "", code).replace("%s", "3.31.0", 1)
        found = re.findall(r"\| `cables: ([^`]*)`", self.text)
        self.assertEqual(len(found), 2)
        for message in found:
            self.assertIn(message, code)

    def test_reference_page(self):
        import reference

        with open("ext/REFERENCE.md", encoding="utf-8") as f:
            self.assertEqual(f.read(), reference.page())


if __name__ == "__main__":
    unittest.main()
