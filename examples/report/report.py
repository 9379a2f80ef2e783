#!/usr/bin/env python3
"""Makes one HTML file with charts from an archive of telegrams.

    report.py ARCHIVE OUT [--title TEXT] [--cable REFID] [--step year|month]
        [--queries FOLDER]

Each chart is an SQL file of the folder queries/, or of another one.  Comments
at its head say what is drawn of its rows and what is written beside it:

    -- chart: columns | bars | map | network
    -- title: a heading
    -- note: a sentence below the chart; lines that go on are indented.
    --   {name} stands for a column of facts.sql, {first.name} for one of the
    --   first row here.
    -- mark: today         (columns only: a line at the year of today)

README.md says which columns each kind of chart reads.  The script and the
style of the page are put into the file, so that it opens without a network.
"""

import argparse
import base64
import datetime
import hashlib
import html
import json
import os
import pathlib
import re
import sqlite3
import sys
import urllib.parse

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
KINDS = ("bars", "columns", "map", "network")


class Problem(Exception):
    """What the user is told in one line."""


# --- Rows -------------------------------------------------------------------


def connect(path):
    """The archive, to be read only."""
    if not os.path.isfile(path):
        raise Problem(f"{path}: there is no such file")
    uri = "file:" + urllib.parse.quote(os.path.abspath(path)) + "?mode=ro"
    conn = sqlite3.connect(uri, uri=True)
    conn.text_factory = lambda raw: raw.decode("utf-8", "replace")
    try:
        conn.execute("SELECT id, refid FROM cable LIMIT 1")
    except sqlite3.Error as error:
        raise Problem(f"{path}: is not an archive ({error})") from error
    return conn


def heading(sql):
    """What the comments at the head of a query say: {"chart": ..., ...}."""
    said, key = {}, None
    for line in sql.splitlines():
        if not line.startswith("--"):
            break
        named = re.fullmatch(r"-- (\w+): *(.*)", line)
        if named:
            key, said[named[1]] = named[1], named[2]
        elif key and line.startswith("--   "):
            said[key] += " " + line[2:].strip()
    return said


def run(conn, path, parameters):
    """Columns and rows of a query; parameters that it does not name are left
    out."""
    try:
        sql = path.read_text(encoding="utf-8")
        cursor = conn.execute(sql, parameters)
        columns = [column[0] for column in cursor.description]
        return heading(sql), columns, [list(row) for row in cursor]
    except (sqlite3.Error, TypeError) as error:
        raise Problem(f"{path.name}: {error}") from error


def known(conn, refid):
    """Whether the archive holds a telegram or one that names it."""
    return conn.execute(
        "SELECT EXISTS (SELECT 1 FROM cable WHERE refid = :r)"
        " OR EXISTS (SELECT 1 FROM reference WHERE refid = :r)"
        " OR EXISTS (SELECT 1 FROM citation WHERE refid = :r)",
        {"r": refid},
    ).fetchone()[0]


# --- HTML -------------------------------------------------------------------


def words(name):
    """A column's name as people read it: top_secret is "top secret"."""
    return name.replace("_", " ")


def shown(value):
    """A value as text for people."""
    if value is None:
        return ""
    if isinstance(value, int):
        return f"{value:,}"
    return str(value)


def fill(text, facts):
    """Text as HTML, with its {names} replaced by facts."""

    def fact(match):
        if match[1] not in facts:
            return match[0]
        return html.escape(shown(facts[match[1]])) or "not known"

    return re.sub(r"\{([\w.]+)\}", fact, html.escape(text, quote=False))


def table(columns, rows):
    """Rows as an HTML table; numbers are set to the right."""

    def cell(value):
        kind = ' class="n"' if isinstance(value, (int, float)) else ""
        return f"<td{kind}>{html.escape(shown(value))}</td>"

    head = "".join(
        f'<th scope="col">{html.escape(words(name))}</th>' for name in columns
    )
    body = "\n".join(f"<tr>{''.join(map(cell, row))}</tr>" for row in rows)
    return (f"<table>\n<thead><tr>{head}</tr></thead>\n"
            f"<tbody>\n{body}\n</tbody>\n</table>")


def figure(name, said, columns, rows, facts):
    """One chart with its heading, its sentence and its rows as a table."""
    if rows:
        facts = dict(facts)
        for column, value in zip(columns, rows[0]):
            facts["first." + column] = value
        chart = f'<div class="chart" role="img" id="chart-{name}"></div>'
        note = f"<p>{fill(said.get('note', ''), facts)}</p>"
        count = f"{len(rows):,} row" + ("s" if len(rows) > 1 else "")
        more = (f"<details><summary>The same as a table: {count}</summary>\n"
                f'<div class="scroll" tabindex="0" role="region"'
                f' aria-labelledby="title-{name}">'
                f"{table(columns, rows)}</div></details>")
    else:
        chart = '<p class="empty">The archive has nothing to draw here.</p>'
        note = more = ""
    title = html.escape(said.get("title", name))
    return (f'<figure id="{name}" class="{html.escape(said["chart"])}"'
            f' aria-labelledby="title-{name}">\n'
            f'<h2 id="title-{name}">{title}</h2>\n{chart}\n'
            f"<figcaption>{note}{more}</figcaption>\n</figure>")


def as_data(value):
    """JSON that can stand inside a script element, whatever its texts are."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return re.sub("[<>&]", lambda c: f"\\u{ord(c[0]):04x}", text)


def page(parts):
    """page/page.html with its {{names}} replaced, all in one pass."""
    template = (HERE / "page" / "page.html").read_text(encoding="utf-8")
    return re.sub(r"\{\{(\w+)\}\}", lambda m: parts[m[1]], template)


def script(path):
    """The bundled script; a browser must not find its end too early."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise Problem(f"{path}: {error.strerror}; make report makes it") \
            from error
    if re.search(r"</script|<!--", text, re.IGNORECASE):
        raise Problem(f"{path}: cannot stand inside a page")
    return text


# --- All of it --------------------------------------------------------------


def report(arguments):
    """The page, as text."""
    conn = connect(arguments.archive)
    cable = arguments.cable and arguments.cable.strip().upper()
    if cable and not known(conn, cable):
        raise Problem(f"{cable}: is not in {arguments.archive}")
    asked = {"cable": cable, "step": arguments.step}

    _, columns, rows = run(conn, arguments.queries / "facts.sql", asked)
    facts = dict(zip(columns, rows[0]))
    title = html.escape(arguments.title or "Telegrams in figures")
    charts, figures = [], []
    for path in sorted(arguments.queries.glob("[0-9]*.sql")):
        said, columns, rows = run(conn, path, asked)
        if said.get("chart") not in KINDS:
            raise Problem(f"{path.name}: its head must say -- chart: and one"
                          f" of {', '.join(KINDS)}")
        figures.append(figure(path.stem, said, columns, rows, facts))
        if rows:
            charts.append({"name": path.stem, "said": said,
                           "columns": columns, "rows": rows})
    code = script(arguments.script)
    digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
    parts = {
        "title": title,
        "archive": html.escape(os.path.basename(arguments.archive)),
        "today": html.escape(arguments.today),
        "style": (HERE / "page" / "page.css").read_text(encoding="utf-8"),
        "figures": "\n".join(figures),
        "data": as_data({"today": arguments.today, "charts": charts}),
        "script": code,
        "digest": digest,
    }
    for name, value in facts.items():
        parts["fact_" + name] = html.escape(shown(value))
    return page(parts)


def arguments_of(argv):
    parser = argparse.ArgumentParser(
        description="Makes one HTML file with charts from an archive.")
    parser.add_argument("archive", help="what make archive made")
    parser.add_argument("out", help="the HTML file to write")
    parser.add_argument("--title", help="heading of the page")
    parser.add_argument("--cable", metavar="REFID", help="whose references "
                        "are drawn; the most cited telegram if not given")
    parser.add_argument("--step", choices=["year", "month"],
                        help="of the traffic; by its length if not given")
    parser.add_argument("--queries", type=pathlib.Path, metavar="FOLDER",
                        default=HERE / "queries",
                        help="where the queries are")
    parser.add_argument("--today", metavar="DATE",
                        default=datetime.date.today().isoformat(),
                        help="day of the report, 2026-01-31")
    parser.add_argument("--script", type=pathlib.Path, metavar="FILE",
                        default=ROOT / "build" / "report" / "page.js",
                        help="the bundled script")
    return parser.parse_args(argv)


def main(argv):
    arguments = arguments_of(argv)
    try:
        if os.path.exists(arguments.out) and os.path.exists(
                arguments.archive) and os.path.samefile(
                arguments.out, arguments.archive):
            raise Problem(f"{arguments.out}: is the archive itself")
        text = report(arguments)
        with open(arguments.out, "w", encoding="utf-8", newline="\n",
                  errors="replace") as out:
            out.write(text)
    except OSError as error:
        print(f"report.py: {error.filename}: {error.strerror}",
              file=sys.stderr)
        return 1
    except (Problem, sqlite3.Error) as error:
        print(f"report.py: {error}", file=sys.stderr)
        return 1
    print(f"{arguments.out}: {len(text.encode('utf-8', 'replace')):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
