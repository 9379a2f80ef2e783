"""The reading room: an archive of telegrams (see sql/) to search and to read.

Datasette serves the archive; this plugin adds a page for each telegram,
/cable/10LIMA147, full text search over passages to the view `telegram`, and
what the front page shows.  It reads what stands in the archive; of the
extension it uses declass_basis() and refid_normalize(), where it is loaded.
"""

import datetime
import json
import urllib.parse

from datasette import hookimpl
from datasette.database import QueryInterrupted
from datasette.filters import FilterArguments
from datasette.utils import escape_fts, tilde_encode
from datasette.utils.asgi import Forbidden, NotFound, Response
from datasette.utils.sqlite import sqlite3
from markupsafe import Markup, escape

DATABASE = "cables"
VIEW = "telegram"
NO_WORD = '""'  # a query that finds nothing
FOUND, END = "\x02", "\x03"  # around the words found, before they are escaped

LEVELS = ("unclassified", "restricted", "confidential", "secret", "top-secret")

# --- Links ------------------------------------------------------------------


def cable_path(datasette, refid, number=None):
    """Path of a telegram's page, or of a place on it."""
    anchor = f"#{number}" if number else ""
    return datasette.urls.path(
        "/cable/" + urllib.parse.quote(refid, safe="") + anchor)


def browse_path(datasette, **filters):
    """Path of the list of telegrams that have these values."""
    return (datasette.urls.table(DATABASE, VIEW)
            + "?" + urllib.parse.urlencode(filters))


def anchor(passage):
    """Name of a numbered paragraph on its page: p7, p7.2; or None."""
    if passage["number"] is None:
        return None
    copy = f".{passage['copy']}" if (passage["copy"] or 1) > 1 else ""
    return f"p{passage['number']}{copy}"


def post_name(display):
    """The first of a post's names, which the table of posts keeps in one."""
    return display and display.partition(";")[0]


def level(rank):
    """Name of a classification for the style sheet."""
    return LEVELS[rank] if rank is not None else "unknown"


# --- The archive ------------------------------------------------------------


async def rows(datasette, sql, args=(), log=True):
    """All rows of a statement on the archive, as dictionaries; with log=False
    an error is not written to the server's log."""
    results = await datasette.get_database(DATABASE).execute(
        sql, args, log_sql_errors=log)
    return [dict(row) for row in results.rows]


async def first(datasette, sql, args=()):
    """The first row, or None."""
    found = await rows(datasette, sql, args)
    return found[0] if found else None


async def from_extension(datasette, sql, args):
    """A value of an extension's function; None where it is not loaded."""
    try:
        found = await rows(datasette, sql, args, log=False)
    except sqlite3.OperationalError:
        return None
    return found[0]["value"]


async def may_read(datasette, request):
    """Stops who may not see the archive."""
    await datasette.ensure_permissions(request.actor, [
        ("view-table", (DATABASE, VIEW)),
        ("view-database", DATABASE),
        "view-instance",
    ])


# --- Declassification -------------------------------------------------------

WITHOUT_DATE = {
    "event": "until an event",
    "exempt": "exempt from declassification",
    "indefinite": "without an end",
    "review": "until a review",
    "downgrade": "downgraded, not declassified",
    "missing": "no marking",
}


def declassification(cable, today):
    """The state of a telegram on a day, by its own marking: a name for the
    style sheet, a headline, and sentences."""
    automatic = cable["declass_automatic"]
    rule = automatic and (
        f"The 25-year rule {'declassified' if automatic < today else 'reaches'}"
        f" it on {automatic}.")
    if cable["rank"] is None:
        return "unknown", "Classification unknown", []
    if cable["rank"] < 2:
        handling = ["Its handling was restricted."] if cable["rank"] else []
        return "open", "Not classified", handling
    notes = [rule] if rule else []
    date = cable["declass_date"]
    if date and date <= today:
        return "open", f"Declassified on {date}", notes
    if date:
        return "closed", f"Classified until {date}", notes
    kind = cable["declass_kind"] or "unknown"
    headline = "Classified: " + WITHOUT_DATE.get(
        kind, "no date (" + kind.replace("_", " ") + ")")
    for name, words in (("declass_event", "Event"),
                        ("declass_exemption", "Marking"),
                        ("declass_review", "Review")):
        if cable[name]:
            notes.insert(0, f"{words}: {cable[name]}.")
    return "closed", headline, notes


# --- A telegram's page ------------------------------------------------------


def linked(text, citations, datasette):
    """A passage's text as HTML, the telegrams that it mentions as links."""
    parts, at = [], 0
    for citation in citations:
        printed = citation["printed"]
        found = text.find(printed, at) if citation["refid"] and printed else -1
        if found < 0:
            continue
        parts.append(escape(text[at:found]))
        parts.append(Markup('<a class="cites" href="{}" title="{}">{}</a>')
                     .format(cable_path(datasette, citation["refid"]),
                             citation["refid"], printed))
        at = found + len(printed)
    parts.append(escape(text[at:]))
    return Markup("").join(parts)


def as_printed(text, passage):
    """A passage with its line breaks, from the start of its first line, so
    that columns stand below each other."""
    printed = text.encode()
    end = passage["start"] + passage["length"]
    start = printed.rfind(b"\n", 0, passage["start"]) + 1
    return printed[start:end].decode("utf-8", "replace").rstrip("\n")


async def passages_of(datasette, cable):
    """The passages of a telegram, each with its HTML and its anchor."""
    found = await rows(datasette, """
        SELECT a.number, p.copy, a.kind, a.marking, p.rank, a.role, a.start,
          a.length, a.text
        FROM passage a JOIN paragraph p ON p.id = a.id
        WHERE a.cable = ? AND a.kind <> 'subject' ORDER BY a.ordinal
        """, (cable["id"],))
    citations = await rows(datasette, """
        SELECT printed, refid, start FROM citation
        WHERE cable = ? ORDER BY start""", (cable["id"],))
    for passage in found:
        inside = [c for c in citations if passage["start"] <= c["start"]
                  < passage["start"] + passage["length"]]
        text = passage["text"] or ""
        if passage["kind"] == "table":
            text = as_printed(cable["text"], passage)
        passage["html"] = linked(text, inside, datasette)
        passage["anchor"] = anchor(passage)
        passage["level"] = level(passage["rank"])
    return found


async def neighbour(datasette, cable, later):
    """The next telegram of the same post that is held, or the one before."""
    if cable["post"] is None:
        return None
    than, order = (">", "ASC") if later else ("<", "DESC")
    return await first(datasette, f"""
        SELECT refid, subject FROM cable
        WHERE post = ? AND (year, serial) {than} (?, ?)
        ORDER BY year {order}, serial {order} LIMIT 1
        """, (cable["post"], cable["year"], cable["serial"]))


REFERENCES = """
    SELECT r.label, r.kind, r.refid, r.note, r.printed, h.subject,
      h.created, h.id IS NOT NULL AS held
    FROM reference r LEFT JOIN cable h ON h.refid = r.refid
    WHERE r.cable = ? ORDER BY r.ordinal"""

CITED_BY = """
    SELECT id, refid, subject, created FROM cable
    WHERE id IN (SELECT cable FROM reference WHERE refid = :refid
                 UNION SELECT cable FROM citation WHERE refid = :refid)
      AND refid IS NOT :refid
    ORDER BY created LIMIT 100"""

TAGS = """
    SELECT t.tag, coalesce(c.meaning, k.name) AS meaning
    FROM tag t LEFT JOIN tag_code c ON c.code = t.tag
      LEFT JOIN country k ON k.code = t.tag
    WHERE t.cable = ? ORDER BY t.ordinal"""

ADDRESSEES = """
    SELECT role, plad, precedence FROM addressee
    WHERE cable = ? AND NOT excluded ORDER BY ordinal"""

ANOMALIES = "SELECT message FROM anomaly WHERE cable = ? ORDER BY ordinal"

FILES = """
    SELECT path, entry, state, id = ? AS authority FROM file
    WHERE cable = ? ORDER BY authority DESC, path, entry"""


async def page(datasette, cable):
    """What the template cable.html shows of a telegram."""
    own = (cable["id"],)
    state, headline, notes = declassification(
        cable, datetime.date.today().isoformat())
    why = await from_extension(
        datasette, "SELECT declass_basis(?) AS value", (cable["text"],))
    return {
        "cable": cable,
        "level": level(cable["rank"]),
        "captions": json.loads(cable["captions"] or "[]"),
        "declass": {"state": state, "headline": headline, "notes": notes,
                    "why": why},
        "passages": await passages_of(datasette, cable),
        "references": await rows(datasette, REFERENCES, own),
        "cited_by": await rows(datasette, CITED_BY,
                               {"refid": cable["refid"]}),
        "tags": await rows(datasette, TAGS, own),
        "addressees": await rows(datasette, ADDRESSEES, own),
        "anomalies": await rows(datasette, ANOMALIES, own),
        "files": await rows(datasette, FILES, (cable["file"], cable["id"])),
        "before": await neighbour(datasette, cable, later=False),
        "after": await neighbour(datasette, cable, later=True),
    }


async def missing(datasette, request, refid):
    """The page of a telegram that is not here: who refers to it, where anyone
    does."""
    cited_by = await rows(datasette, CITED_BY, {"refid": refid})
    if not cited_by:
        raise NotFound(f"There is no telegram {refid}")
    html = await datasette.render_template(
        "missing.html", {"refid": refid, "cited_by": cited_by},
        request=request)
    return Response.html(html, status=404)


async def cable_page(datasette, request):
    """/cable/REFID, in any spelling of it; /cable/@ID where it has none."""
    await may_read(datasette, request)
    name = urllib.parse.unquote(request.url_vars["refid"])
    column, value = ("id", name[1:]) if name[:1] == "@" else ("refid", name)
    cable = await first(datasette, f"SELECT * FROM cable WHERE {column} = ?",
                        (value,))
    if cable is None:
        refid = await from_extension(
            datasette, "SELECT refid_normalize(?) AS value", (name,))
        if refid and refid != name:
            return Response.redirect(cable_path(datasette, refid))
        return await missing(datasette, request, name)
    html = await datasette.render_template(
        "cable.html", await page(datasette, cable), request=request)
    return Response.html(html)


@hookimpl
def register_routes():
    return [(r"^/cable/(?P<refid>[^/]+)$", cable_page)]


@hookimpl
def render_cell(value, column, table, database, datasette):
    """Reference ids in results are links to the telegrams."""
    name = value.partition("#") if isinstance(value, str) else ("", "", "")
    if (database != DATABASE or column not in ("refid", "answers", "key")
            or not name[0] or not name[0].isalnum()):
        return None
    place = name[2] and "p" + name[2]
    return Markup('<a href="{}">{}</a>').format(
        cable_path(datasette, name[0], place), value)


# --- Search -----------------------------------------------------------------


async def match(datasette, words):
    """What to ask the index for: the words as FTS5 understands them, or each
    as it stands where they are no query (U.S., fish-meal)."""
    try:
        await rows(datasette,
                   "SELECT 1 FROM search WHERE search MATCH ? LIMIT 1",
                   (words,), log=False)
    except QueryInterrupted:
        raise
    except sqlite3.OperationalError:
        return escape_fts(words) or NO_WORD
    return words


@hookimpl
def filters_from_request(request, database, table, datasette):
    """?_search= of the view telegram: those with a passage that matches."""
    words = (request.args.get("_search") or "").strip()
    if (database, table) != (DATABASE, VIEW) or not words:
        return None

    async def inner():
        return FilterArguments(
            ["id IN (SELECT p.cable FROM search s JOIN paragraph p"
             " ON p.id = s.rowid WHERE search MATCH :found)"],
            params={"found": await match(datasette, words)},
            human_descriptions=[f"with {words}"])

    return inner


def marked(text):
    """Text from the index as HTML, the words found marked."""
    return Markup(escape(text).replace(FOUND, Markup("<mark>"))
                  .replace(END, Markup("</mark>")))


async def best_passages(datasette, results, words):
    """The best passage of each telegram of a page of results, by its id."""
    ids = [row["id"] for row in results]
    marks = ",".join("?" * len(ids))
    found = await rows(datasette, f"""
        SELECT p.cable, p.number, p.copy, p.kind, s.rank,
          snippet(search, 0, char(2), char(3), '…', 28) AS snippet
        FROM paragraph p CROSS JOIN search s ON s.rowid = p.id
        WHERE p.cable IN ({marks}) AND search MATCH ?
        ORDER BY p.kind = 'subject', s.rank
        """, (*ids, await match(datasette, words)))
    best = {}
    for row in found:
        best.setdefault(row["cable"], {
            "html": marked(row["snippet"]), "anchor": anchor(row),
            "number": row["number"], "kind": row["kind"]})
    return best


async def meanings(datasette):
    """What codes stand for: tags and posts."""
    tags = await rows(datasette, """
        SELECT code, meaning FROM tag_code WHERE code IN (SELECT tag FROM tag)
        UNION SELECT code, name FROM country
          WHERE code IN (SELECT tag FROM tag)""")
    posts = await rows(datasette, """
        SELECT post, display FROM post
        WHERE post IN (SELECT post FROM cable)""")
    return {"tags": {row["code"]: row["meaning"] for row in tags},
            "post": {row["post"]: post_name(row["display"]) for row in posts}}


# --- What the templates are given -------------------------------------------


async def overview(datasette):
    """What the front page counts; None where it takes too long."""
    try:
        years = await rows(datasette, """
            SELECT year, count(*) AS cables FROM cable
            WHERE year IS NOT NULL GROUP BY year ORDER BY year""")
        return {
            "years": years,
            "most": max((each["cables"] for each in years), default=1),
            "total": await first(datasette, """
                SELECT count(*) AS cables, date(min(created)) AS first,
                  date(max(created)) AS last, count(DISTINCT post) AS posts
                FROM cable"""),
            "levels": await rows(datasette, """
                SELECT classification, rank, count(*) AS cables FROM cable
                WHERE classification IS NOT NULL
                GROUP BY classification ORDER BY rank DESC, cables DESC"""),
            "posts": await rows(datasette, """
                SELECT c.post, p.display, count(*) AS cables FROM cable c
                LEFT JOIN post p USING (post) WHERE c.post IS NOT NULL
                GROUP BY c.post ORDER BY cables DESC, c.post LIMIT 12"""),
        }
    except QueryInterrupted:
        return None


async def visible_queries(datasette, request):
    """The canned queries that the visitor may run."""
    actor = getattr(request, "actor", None)
    queries = await datasette.get_canned_queries(DATABASE, actor)
    return [query for name, query in queries.items()
            if await datasette.permission_allowed(
                actor, "view-query", (DATABASE, name), default=True)]


@hookimpl
def prepare_jinja2_environment(env, datasette):
    """Names that every template has, that of an error too."""
    env.globals.update(
        archive=DATABASE,
        level_of=level,
        post_name=post_name,
        cable_path=lambda *args: cable_path(datasette, *args),
        browse_path=lambda **filters: browse_path(datasette, **filters),
        query_path=lambda name: datasette.urls.path(
            f"/{DATABASE}/{tilde_encode(name)}"),
    )


@hookimpl
def extra_template_vars(datasette, request, view_name, table):
    async def inner():
        given = {}
        if view_name == "index":
            try:
                await may_read(datasette, request)
            except Forbidden:
                return given
            given["overview"] = await overview(datasette)
            given["queries"] = await visible_queries(datasette, request)
        elif view_name == "table" and table == VIEW:
            words = (request.args.get("_search") or "").strip()
            given["words"] = words
            given["meanings"] = await meanings(datasette)
            given["best_passages"] = lambda results: best_passages(
                datasette, results, words)
            given["kept_filters"] = [
                (key, value) for key in request.args
                for value in request.args.getlist(key)
                if key not in ("_search", "_next")]
        return given

    return inner
