"""What the tests of sql/ share: archives in memory, and telegrams for them.

Every telegram here is invented.
"""

import json
import os
import sqlite3

import support

SQL = os.path.join(support.ROOT, "sql")
OLD = 1136073600  # 2006-01-01: before any refresh


def script(name):
    with open(os.path.join(SQL, name), encoding="utf-8") as f:
        return f.read()


def statements(name):
    """The statements of a file of sql/, one by one."""
    text = ""
    for line in script(name).splitlines(keepends=True):
        text += line
        if sqlite3.complete_statement(text):
            yield text
            text = ""


def refresh(conn):
    try:
        conn.executescript(script("refresh.sql"))
    except sqlite3.Error:
        conn.rollback()
        raise


def make(conn, *sources):
    """Makes an archive of sources in the database of a connection."""
    for name in ("archive", "search", "graph", "review"):
        conn.executescript(script(name + ".sql"))
    conn.executemany("INSERT INTO source(path) VALUES (?)",
                     [(s,) for s in sources])
    conn.commit()
    refresh(conn)


def check(case, conn):
    """Asserts that an archive is whole."""
    case.assertEqual(conn.execute("PRAGMA integrity_check").fetchall(),
                     [("ok",)])
    case.assertEqual(conn.execute("PRAGMA foreign_key_check").fetchall(), [])
    conn.execute("INSERT INTO search(search, rank)"
                 " VALUES ('integrity-check', 1)")
    conn.commit()


def cable(post, serial, day="07", month="APR", year="06", subject="A VISIT",
          to="SECSTATE WASHDC PRIORITY 1234", info="AMEMBASSY KYIV",
          level="C O N F I D E N T I A L", decl="12958: DECL: 04/07/2016",
          tags="PREL, RS", captions="SIPDIS", refs="", classified="",
          body="1. (C) The minister came.\n\n2. (C) He left again.\n"):
    """A telegram of which a test chooses the parts."""
    return (
        f"R {day}1707Z {month} {year}\nFM AMEMBASSY {post}\nTO {to}\n"
        f"INFO {info}\n{level} {post} {serial:06d}\n\n{captions}\n\n"
        f"E.O. {decl}\nTAGS: {tags}\nSUBJECT: {subject}\n\n"
        + (f"REF: {refs}\n\n" if refs else "")
        + (f"Classified By: {classified}\n\n" if classified else "")
        + f"{body}BURNS\n")


class Archive(support.Case):
    """A test with an archive in memory, of the folder in/."""

    def add(self, name, text, mtime=OLD):
        self.write("in/" + name, text, mtime)

    def make(self):
        make(self.conn, "in")

    def refresh(self):
        refresh(self.conn)
        check(self, self.conn)

    def opened(self):
        return json.loads(self.value("SELECT cables_stats()"))["files_opened"]

    def files(self):
        return self.rows("SELECT path, state FROM file ORDER BY path")
