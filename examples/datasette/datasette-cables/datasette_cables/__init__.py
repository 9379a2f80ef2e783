"""The SQLite extension cables in Datasette.

Every connection gets the functions and tables that read no file.  Only with
the setting files.root it gets `cables(source)` too, confined to that folder.
"""

import importlib
import os

from datasette import hookimpl
from datasette.utils import StartupError
from datasette.utils.sqlite import sqlite3

NAME = "datasette-cables"
NO_FILES = "sqlite3_cables_nofs_init"  # the entry points of the extension
FILES = "sqlite3_cables_init"

NO_LIBRARY = """the extension is not found. Either
  pip install the wheel of sqlite-cables, which "make wheel" writes
or set the environment variable CABLES_SO to the path of cables.so
or give that path as "library" in the settings of this plugin."""

NO_LOADING = """this Python cannot load SQLite extensions. Either use the \
system's Python (/usr/bin/python3)
or pip install pysqlite3-binary, which Datasette uses when it is there
or build Python with --enable-loadable-sqlite-extensions."""


def library(config):
    """Path of the extension, or None."""
    if config.get("library"):
        return config["library"]
    if os.environ.get("CABLES_SO"):
        return os.environ["CABLES_SO"]
    try:
        return importlib.import_module("sqlite_cables").loadable_path()
    except ImportError:
        return None


def root(config):
    """The folder that may be read, links resolved; None: no file may be."""
    files = config.get("files")
    return os.path.realpath(files["root"]) if files else None


def problem(config):
    """What is wrong with the settings, or None."""
    for name in sorted(set(config) - {"library", "files"}):
        return f"there is no setting {name}: they are library and files"
    files = config.get("files")
    if files is not None:
        if not isinstance(files, dict) or set(files) != {"root"}:
            return "files takes one setting, root: the folder that may be read"
        if not isinstance(files["root"], str) or not os.path.isdir(
                files["root"]):
            return f"files.root is not a folder: {files['root']}"
    path = library(config)
    if path is None:
        return NO_LIBRARY
    if not any(os.path.isfile(path + suffix)
               for suffix in ("", ".so", ".dylib", ".dll")):
        return f"the extension is not there: {path}"
    if not hasattr(sqlite3.Connection, "enable_load_extension"):
        return NO_LOADING
    return None


def keep_settings(conn):
    """Lets nobody change the extension's settings on a connection, which other
    visitors use after him."""

    def refuse(_name, _value):
        raise ValueError("the settings of cables are the server's")

    conn.create_function("cables_config", 2, refuse)


def load(conn, config):
    """Loads the extension into a connection, and confines it."""
    folder = root(config)
    entry = NO_FILES if folder is None else FILES
    conn.enable_load_extension(True)
    try:
        # Before Python 3.12 only the SQL function takes an entry point.
        conn.execute("SELECT load_extension(?, ?)",
                     (library(config), entry)).fetchall()
    finally:
        conn.enable_load_extension(False)
    if folder is not None:
        conn.execute("SELECT cables_config('root', ?)", (folder,)).fetchall()
    keep_settings(conn)


def settings(datasette):
    return datasette.plugin_config(NAME) or {}


@hookimpl
def startup(datasette):
    """Stops Datasette when the settings are wrong or loading fails."""
    config = settings(datasette)
    wrong = problem(config)
    if wrong is None:
        conn = sqlite3.connect(":memory:")
        try:
            load(conn, config)
        except sqlite3.Error as error:
            wrong = str(error)
        finally:
            conn.close()
    if wrong:
        raise StartupError(f"{NAME}: {wrong}")


@hookimpl
def prepare_connection(conn, datasette):
    """Each connection that Datasette opens gets the extension."""
    load(conn, settings(datasette))
