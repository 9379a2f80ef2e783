"""The header fields the notebook way: notebook.py FOLDER.

Python's re, one compiled pattern a field, over each file of the folder.
Prints the seconds without Python's own start.
"""

import os
import re
import sys
import time

LEVEL = (
    "(UNCLAS(?:SIFIED)?|C O N F I D E N T I A L|S E C R E T"
    "|LIMITED OFFICIAL USE)"
)
SECTION = "(?: SECTION [0-9]+ OF [0-9]+)?"
FIELDS = [
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        rf"^{LEVEL}{SECTION} ([A-Z ]+ [0-9]+)$",  # refid
        r"^[ZOPRY] (?:[ZOPRY] )?([0-9]{6}Z [A-Z]{3} [0-9]{2})",  # created
        rf"^{LEVEL}{SECTION} [A-Z ]+ [0-9]+$",  # classification
        r"^SUBJECT: ?(.*(?:\n.+)*)",
        r"^TAGS:? ?(.*)",
        r"^E\.?O\.? [0-9]+:? ?(.*)",  # declass_date
    )
]


def main():
    start = time.perf_counter()
    rows = []
    for folder, folders, names in os.walk(sys.argv[1]):
        folders.sort()
        for name in sorted(names):
            with open(os.path.join(folder, name), encoding="utf-8") as f:
                text = f.read()
            found = [pattern.search(text) for pattern in FIELDS]
            rows.append([m and m.group(m.lastindex) for m in found])
    seconds = time.perf_counter() - start
    if "check" in sys.argv:
        print(len(rows), sum(None not in row for row in rows))
    print(seconds)


main()
