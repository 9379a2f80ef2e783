"""frames.py FOLDER: telegrams as a pandas and a polars frame, cell by cell.

The cells are those that Jupyter, VS Code and Spyder know: run them one by one,
or the file as a whole.  Needs sqlite-cables, pandas and polars.
"""

# %% A connection: whatever opened it, load() does the rest.
import sqlite3
import sys

import sqlite_cables

folder = sys.argv[1] if len(sys.argv) > 1 else "examples/telegrams"
db = sqlite3.connect(":memory:")
sqlite_cables.load(db)

# %% pandas: how many telegrams of each year?  Moments are UTC.
import pandas

cables = pandas.read_sql_query(
    "SELECT refid, created, classification FROM cables(?)",
    db,
    params=[f"{folder}/embassies"],
    parse_dates=["created"],
)
print(cables.groupby(cables["created"].dt.year).size().to_string())

# %% polars: how many paragraphs of one telegram bear which marking?
import polars

paragraphs = polars.read_database(
    """SELECT p.number, p.marking, p.text
       FROM cables(?) c JOIN cable_paragraphs(c.text) p
       WHERE p.number IS NOT NULL""",
    db,
    execute_options={"parameters": [f"{folder}/embassies/10LIMA147.txt"]},
)
for marking, count in paragraphs["marking"].value_counts().sort("count").rows():
    print(marking, count)
