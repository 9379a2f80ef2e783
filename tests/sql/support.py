"""What the SQL tests share: connections with the extension, and telegrams.

Every telegram here is invented.
"""

import os
import shutil
import sqlite3
import tempfile
import unittest

ROOT = os.path.dirname(
    os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
)
SO = os.path.abspath(
    os.environ.get("CABLES_SO") or os.path.join(ROOT, "cables.so")
)


def load(conn, entry=None):
    """Loads the extension into a connection."""
    conn.enable_load_extension(True)
    if entry is None:
        conn.load_extension(SO)
    else:
        # Python 3.11 names no entry point: the SQL function does.
        conn.execute("SELECT load_extension(?, ?)", (SO, entry)).fetchall()
    conn.enable_load_extension(False)
    return conn


def connect(path=":memory:"):
    """A connection with the extension."""
    return load(sqlite3.connect(path))


def telegram(serial, subject="A VISIT", post="MOSCOW", body=None):
    """A bare telegram of 7 April 2006."""
    if body is None:
        body = "1. (C) The minister came.\n\n2. (C) He left again.\n"
    return (
        "R 071707Z APR 06\n"
        f"FM AMEMBASSY {post}\n"
        "TO SECSTATE WASHDC PRIORITY 1234\n"
        "INFO AMEMBASSY KYIV\n"
        f"C O N F I D E N T I A L {post} {serial:06d}\n\n"
        "SIPDIS\n\n"
        "E.O. 12958: DECL: 04/07/2016\n"
        "TAGS: PREL, RS\n"
        f"SUBJECT: {subject}\n\n"
        f"{body}"
        "BURNS\n"
    )


def write(folder, name, text, mtime=None):
    """Writes a file (text or bytes) below a folder; gives its path."""
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as f:
        f.write(text if isinstance(text, bytes) else text.encode())
    if mtime is not None:
        os.utime(path, (mtime, mtime))
    return path


class Case(unittest.TestCase):
    """A test with a connection and a folder of its own, which is the current
    one."""

    def setUp(self):
        self.folder = os.path.realpath(tempfile.mkdtemp(prefix="cables-test-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(self.folder)
        os.environ.pop("CABLES_ROOT", None)
        self.conn = connect()
        self.addCleanup(self.conn.close)

    def write(self, name, text, mtime=None):
        return write(self.folder, name, text, mtime)

    def rows(self, sql, args=()):
        return self.conn.execute(sql, args).fetchall()

    def column(self, sql, args=()):
        return [row[0] for row in self.rows(sql, args)]

    def value(self, sql, args=()):
        rows = self.rows(sql, args)
        self.assertEqual(len(rows), 1, sql)
        return rows[0][0]

    def fails(self, sql, message, args=()):
        """Asserts that a statement fails with exactly this message."""
        with self.assertRaises(sqlite3.Error) as caught:
            self.conn.execute(sql, args).fetchall()
        self.assertEqual(str(caught.exception), message)

    def plan(self, sql, args=()):
        """The lines of EXPLAIN QUERY PLAN."""
        return [
            row[3] for row in self.rows("EXPLAIN QUERY PLAN " + sql, args)
        ]
