"""python -m sqlite_cables: tells whether the extension works here, and if not,
what to do."""

import sqlite3
import sys

from sqlite_cables import load, loadable_path


def main() -> int:
    print("extension:", loadable_path() + ".so")
    print("Python:", sys.version.split()[0], "with SQLite",
          sqlite3.sqlite_version)
    db = sqlite3.connect(":memory:")
    try:
        load(db)
    except (RuntimeError, sqlite3.Error) as error:
        print(error, file=sys.stderr)
        return 1
    print(db.execute("SELECT cables_debug()").fetchone()[0].strip())
    return 0


if __name__ == "__main__":
    sys.exit(main())
