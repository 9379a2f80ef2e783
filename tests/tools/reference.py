#!/usr/bin/env python3
"""Writes ext/REFERENCE.md from the extension's own table cables_help, with
what each example there gives.

    tests/tools/reference.py > ext/REFERENCE.md

Runs in the project's root, since the examples read examples/telegrams.  What
holds for many entries at once is said in RULES; its errors are tried by
tests/sql/test_readme.py.
"""
import os
import re
import sqlite3

SO = os.path.abspath(os.environ.get("CABLES_SO") or "./cables.so")
KINDS = (("function", "Functions"), ("setting", "Settings"))

# What these give depends on the machine, and is not shown.
VARIES = {"cables.mtime", "cables_files.mtime", "cables_debug", "cables_stats",
          "threads"}

# Longest result shown, and the most rows of a table's example.
LONGEST, MOST_ROWS = 60, 3

# A telegram that an example has as a literal of many lines.
LITERAL = re.compile(r"'R 071707Z APR 06'(?: \|\| (?:char\(10\)|'[^']*'))+")

RULES = """\
# Reference

Made by `make reference` from `SELECT * FROM cables_help`, which says the same
inside SQLite. Each entry has an example there; what it gives (its first value that
is not NULL, cut where it is long) is shown here. `:telegram` stands for a telegram
that the example has in full. Everything is there since version 0.1.0.

## What holds everywhere

**NULL.** Unknown is NULL, never an empty text; a JSON list that would be empty is
NULL. A function with a NULL among its arguments gives NULL, unless its meaning
says otherwise; a table over a NULL text has no rows.

**Types.** Text or blob goes in, and numbers are taken as text. Dates are UTC text
as SQLite's own functions print them. Offsets are bytes, counted from 0.

**Errors.** A text that is no telegram is no error: it gives NULLs, or no rows. A
file that cannot be read is a row with an anomaly, unless `strict` is 1. These are
errors of the statement:

| statement | error |
| --- | --- |
| `SELECT refid_year()` | `wrong number of arguments to function refid_year()` |
| `SELECT * FROM cables` | `cables: a source is needed: cables('folder')` |
| `SELECT * FROM cables('nowhere')` | `cables: no such file or folder: 'nowhere'` |
| `SELECT cables_config('strict', 2)` | `cables: cannot set 'strict': a whole number from 0 to 1 is needed` |

**Cost.** A scalar function and a child table read the text that they are given,
once, in time proportional to its length; for columns of the header no more than
the header. `cables()` opens each file of the source that no constraint on `path`,
`bytes` or `mtime` excludes and reads its head; the header is parsed for columns of
the header, the whole file read for `signer`, `summary`, `paragraphs`,
`redactions`, `complete`, `anomalies`, `attributes`, `text` and `body`. The tables
of posts, countries and TAGS are in memory; equality on their first column is a
look-up.

**Where they may be used.** Functions of a text are deterministic and innocuous:
they work in indexes, generated columns, views and under `trusted_schema=OFF`.
`cables` and `cables_config()` are for SQL that you type: no view or trigger of a
database can use them."""


def connect():
    """A connection with the extension."""
    db = sqlite3.connect(":memory:")
    db.enable_load_extension(True)
    db.load_extension(SO)
    return db


def cell(text):
    """Text for a cell of a Markdown table."""
    return text.replace("|", "\\|")


def code(text):
    """Text as code in a cell of a Markdown table."""
    quote = "``" if "`" in text else "`"
    return cell(quote + text + quote)


def shown(value):
    """A value in one line, cut where it is long."""
    if value is None:
        return "NULL"
    text = str(value).replace("\n", "\\n")
    if len(text) > LONGEST:
        text = text[:LONGEST].rstrip() + "..."
    return text


def gives(db, name, example):
    """The first value that an example gives, for a cell: NULL where it gives
    no other."""
    if name in VARIES:
        return ""
    values = [row[0] for row in db.execute(example)]
    if not values:
        return "no rows"
    value = next((v for v in values if v is not None), None)
    text = shown(value)
    return "NULL" if value is None else code(text) if text.strip() else "''"


def short(example):
    """An example without the text of its telegram."""
    return LITERAL.sub(":telegram", example)


def table(db, signature, meaning, example):
    """The head of a table's part."""
    rows = db.execute(example).fetchall()
    lines = ["|".join(shown(value) for value in row)
             for row in rows[:MOST_ROWS]]
    if len(rows) > MOST_ROWS:
        lines.append("(%d rows more)" % (len(rows) - MOST_ROWS))
    return ["", "## `%s`" % signature, "", meaning[0].upper() + meaning[1:]
            + ".", "", "```sql", short(example) + ";", "```", "", "```text",
            *lines, "```", "", "| column | meaning | gives |",
            "| --- | --- | --- |"]


def page():
    """The whole page as text."""
    db = connect()
    rows = db.execute("SELECT kind, name, signature, meaning, example"
                      " FROM cables_help").fetchall()
    out = [RULES]
    for kind, name, signature, meaning, example in rows:
        if kind == "table":
            out += table(db, signature, meaning, example)
        elif kind == "column":
            out.append("| `%s` | %s | %s |" % (
                signature.replace(" NOT NULL", ""), cell(meaning),
                gives(db, name, example)))
    for kind, title in KINDS:
        out += ["", "## " + title, "", "| %s | meaning | example | gives |"
                % kind, "| --- | --- | --- | --- |"]
        out += ["| `%s` | %s | %s | %s |" % (
                    signature, cell(meaning),
                    code(short(example).replace("SELECT ", "")),
                    gives(db, name, example))
                for each, name, signature, meaning, example in rows
                if each == kind]
    return "\n".join(out) + "\n"


if __name__ == "__main__":
    print(page(), end="")
