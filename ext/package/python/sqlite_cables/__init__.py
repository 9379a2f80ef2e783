"""Diplomatic telegrams as SQLite tables.

    import sqlite3, sqlite_cables

    db = sqlite3.connect(":memory:")
    sqlite_cables.load(db)
    db.execute("SELECT refid, subject FROM cables('archive')")
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, Union

if TYPE_CHECKING:
    import sqlite3

    import apsw
    import sqlalchemy

    Loads = Union[sqlite3.Connection, apsw.Connection, sqlalchemy.Engine]

__all__ = ["load", "loadable_path"]

_ENTRY = "sqlite3_cables_init"
_ENTRY_NO_FILES = "sqlite3_cables_nofs_init"

_NO_LOADING = """\
This Python's sqlite3 module was built without extension loading. Three ways out:
  1. use a Python that has it: that of Debian, Ubuntu, Fedora, Homebrew or conda
     (for pyenv: PYTHON_CONFIGURE_OPTS=--enable-loadable-sqlite-extensions)
  2. pip install apsw, and give load() an apsw.Connection
  3. pip install pysqlite3-binary, and import pysqlite3 as sqlite3"""


def loadable_path() -> str:
    """The path of the extension, without its suffix: for load_extension() of
    any language, or .load of the sqlite3 shell."""
    return os.path.join(os.path.dirname(os.path.abspath(__file__)), "cables")


def load(conn: Loads, *, files: bool = True) -> None:
    """Loads the extension into a connection of sqlite3, pysqlite3 or apsw, or
    into every connection that an engine of SQLAlchemy opens from then on.

    With files=False what reads files is left out, the table cables() first of
    all: for programs that run the SQL of strangers.

    Afterwards the connection may load no other extension, as is the default.
    Raises RuntimeError where this Python cannot load extensions, and TypeError
    for what is no connection.
    """
    entry = _ENTRY if files else _ENTRY_NO_FILES
    if _is_engine(conn):
        _load_into_all_of(conn, entry)
    elif hasattr(conn, "enable_load_extension"):
        _load_into(conn, entry)
    elif hasattr(conn, "execute") and hasattr(conn, "cursor"):
        raise RuntimeError(_NO_LOADING)
    else:
        raise TypeError(
            "load() takes a connection of sqlite3 or apsw, or an engine of"
            f" SQLAlchemy, not {type(conn).__name__}"
        )


def _is_engine(conn: Any) -> bool:
    """Whether it is SQLAlchemy's, which is imported only if the caller did."""
    alchemy = sys.modules.get("sqlalchemy")
    return alchemy is not None and isinstance(conn, alchemy.engine.Engine)


def _load_into_all_of(engine: Any, entry: str) -> None:
    from sqlalchemy import event

    @event.listens_for(engine, "connect")
    def connected(raw: Any, _record: Any) -> None:
        _load_into(raw, entry)


def _load_into(conn: Any, entry: str) -> None:
    if not hasattr(conn, "enable_load_extension"):
        raise RuntimeError(_NO_LOADING)
    conn.enable_load_extension(True)
    try:
        # Python 3.11 and older name no entry point: the SQL function does.
        statement = "SELECT load_extension(?, ?)"
        conn.cursor().execute(statement, (loadable_path(), entry)).fetchall()
    finally:
        conn.enable_load_extension(False)
