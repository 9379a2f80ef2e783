"""The header fields with DuckDB: duckdb_fields.py text FOLDER, or bulk FILE.

One regexp_extract a field, 2 threads, the result as CSV to /dev/null.  Prints
the seconds of the query alone: Python's start and DuckDB's import are a gift.
"""

import sys
import time

import duckdb

LEVEL = (
    "UNCLAS(?:SIFIED)?|C O N F I D E N T I A L|S E C R E T"
    "|LIMITED OFFICIAL USE"
)
SECTION = "(?: SECTION [0-9]+ OF [0-9]+)?"
SUBJECT = r"regexp_extract({0}, '(?m)^SUBJECT: ?(.*(?:\n.+)*)', 1)"
TAGS = r"regexp_extract({0}, '(?m)^TAGS:? ?(.*)', 1)"
DECLASS = r"regexp_extract({0}, '(?m)^E\.?O\.? [0-9]+:? ?(.*)', 1)"

TEXT = rf"""
  SELECT
    regexp_extract(content, '(?m)^(?:{LEVEL}){SECTION} ([A-Z ]+ [0-9]+)$', 1)
      AS refid,
    regexp_extract(content,
      '(?m)^[ZOPRY] (?:[ZOPRY] )?([0-9]{{6}}Z [A-Z]{{3}} [0-9]{{2}})', 1)
      AS created,
    regexp_extract(content, '(?m)^({LEVEL}){SECTION} [A-Z ]+ [0-9]+$', 1)
      AS classification,
    {SUBJECT.format("content")} AS subject,
    {TAGS.format("content")} AS tags,
    {DECLASS.format("content")} AS declass
  FROM read_text('%s/**/*.txt')
"""

BULK = rf"""
  SELECT refid, created, classification,
    {SUBJECT.format("body")} AS subject,
    {TAGS.format("body")} AS tags,
    {DECLASS.format("body")} AS declass
  FROM read_csv('%s', header = false, delim = ',', quote = '"',
    escape = '\', auto_detect = false, columns = {{'id': 'BIGINT',
    'created': 'VARCHAR', 'refid': 'VARCHAR', 'origin': 'VARCHAR',
    'classification': 'VARCHAR', 'refs': 'VARCHAR', 'header': 'VARCHAR',
    'body': 'VARCHAR'}})
"""


def main():
    kind, source = sys.argv[1:3]
    query = (TEXT if kind == "text" else BULK) % source
    db = duckdb.connect(":memory:", config={"threads": 2})
    db.execute("SET enable_progress_bar = false")
    start = time.perf_counter()
    db.execute(f"COPY ({query}) TO '/dev/null' (FORMAT csv)")
    seconds = time.perf_counter() - start
    if "check" in sys.argv:
        print(
            db.execute(
                f"SELECT count(*), count(*) FILTER (subject <> '' AND refid <>"
                f" '' AND created <> '' AND classification <> '' AND tags <>"
                f" '' AND declass <> '') FROM ({query})"
            ).fetchone(),
            duckdb.__version__,
        )
    print(seconds)


main()
