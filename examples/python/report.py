"""report.py EXTENSION FOLDER <QUERY: runs a query over a folder of telegrams
and prints its rows, with tabs between the columns and - for NULL."""

import sqlite3
import sys

extension, folder = sys.argv[1:]
db = sqlite3.connect(":memory:")
db.enable_load_extension(True)
db.load_extension(extension)
db.enable_load_extension(False)

for row in db.execute(sys.stdin.read(), {"folder": folder}):
    print(*("-" if value is None else value for value in row), sep="\t")
