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

    def test_recipes(self):
        """The rows of each recipe are those that the block below it shows."""
        recipes = re.findall(r"```sql\n(.*?)```\n(?:\n```text\n(.*?)```)?",
                             self.text, re.S)
        self.assertGreaterEqual(len(recipes), 7)
        for recipe, shown in recipes:
            rows = [row for statement in re.split(r";\n", recipe)
                    if statement.strip() for row in self.rows(statement)]
            got = "".join(
                "|".join("" if v is None else str(v) for v in row) + "\n"
                for row in rows)
            with self.subTest(recipe=recipe):
                self.assertEqual(got, shown)
                self.assertNotEqual(got, "")

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
        """It is what the help says, with what the examples there give."""
        import reference

        with open("ext/REFERENCE.md", encoding="utf-8") as f:
            self.assertEqual(f.read(), reference.page())

    def test_reference_errors(self):
        """The errors that the reference page lists are those that come."""
        import reference

        listed = re.findall(r"^\| `(SELECT .*)` \| `(.*)` \|$",
                            reference.RULES, re.M)
        self.assertEqual(len(listed), 4)
        for statement, message in listed:
            self.fails(statement, message)

    def test_reference_rules(self):
        """What its rules say of NULL holds for every function and table."""
        functions = self.rows(
            "SELECT DISTINCT name, narg FROM pragma_function_list"
            " WHERE name GLOB 'cable_*' OR name GLOB 'refid_*'"
            " OR name GLOB 'declass_*' OR name = 'classification_rank'")
        self.assertGreater(len(functions), 50)
        for name, count in functions:
            nulls = ", ".join(["NULL"] * count)
            self.assertEqual(self.rows(f"SELECT {name}({nulls})"), [(None,)])
        for table in self.column("SELECT name FROM cables_help WHERE"
                                 " kind = 'table' AND signature LIKE '%(text%'"):
            self.assertEqual(self.rows(f"SELECT * FROM {table}(NULL)"), [])


if __name__ == "__main__":
    unittest.main()
