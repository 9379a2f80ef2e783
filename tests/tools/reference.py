#!/usr/bin/env python3
"""Writes ext/REFERENCE.md from the extension's own table cables_help.

    tests/tools/reference.py > ext/REFERENCE.md
"""
import os
import sqlite3

SO = os.path.abspath(os.environ.get("CABLES_SO") or "./cables.so")
KINDS = (("function", "Functions"), ("setting", "Settings"))


def rows():
    db = sqlite3.connect(":memory:")
    db.enable_load_extension(True)
    db.load_extension(SO)
    return db.execute(
        "SELECT kind, name, signature, meaning, example FROM cables_help"
    ).fetchall()


def cell(text):
    """Text for a cell of a Markdown table."""
    return text.replace("|", "\\|")


def page():
    """The whole page as text."""
    help_rows = rows()
    out = [
        "# Reference",
        "",
        "Made by `make reference` from `SELECT * FROM cables_help`, where each"
        " entry also has an example that runs.",
        "NULL in gives NULL out; unknown is NULL; JSON lists that would be"
        " empty are NULL. Offsets are bytes, counted from 0.",
    ]
    for kind, name, signature, meaning, _ in help_rows:
        if kind == "table":
            out += ["", "## `%s`" % signature, "", meaning[0].upper()
                    + meaning[1:] + ".", "", "| column | meaning |",
                    "| --- | --- |"]
        elif kind == "column":
            short = signature.replace(" NOT NULL", "")
            out.append("| `%s` | %s |" % (short, cell(meaning)))
    for kind, title in KINDS:
        found = [r for r in help_rows if r[0] == kind]
        if found:
            out += ["", "## " + title, "", "| %s | meaning |" % kind,
                    "| --- | --- |"]
            out += ["| `%s` | %s |" % (r[2], cell(r[3])) for r in found]
    return "\n".join(out) + "\n"


if __name__ == "__main__":
    print(page(), end="")
