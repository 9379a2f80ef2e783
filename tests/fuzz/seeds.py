#!/usr/bin/env python3
"""Makes the inputs that fuzzing starts from, and that every test run replays:

    python3 tests/fuzz/seeds.py build/seeds

They are cut from the invented telegrams of examples/telegrams and
tests/fixtures, and packed the ways that each target reads.  The same files
give the same seeds.  The folders `files` and `odd` are no target's: they hold
one of each kind of file, and files with something wrong, for the tests of
faults.
"""

import bz2
import glob
import gzip
import io
import lzma
import os
import re
import sys
import tarfile
import zipfile

ROOT = os.path.dirname(
    os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
)
MOST = 20000  # bytes of a seed
MTIME = 1000000000


def documents():
    """Name and bytes of every invented document, in order of names."""
    for folder in ("examples/telegrams", "tests/fixtures"):
        pattern = os.path.join(ROOT, folder, "**", "*.*")
        for path in sorted(glob.glob(pattern, recursive=True)):
            if os.path.isfile(path) and not path.endswith((".png", ".md")):
                with open(path, "rb") as f:
                    yield os.path.basename(path), f.read()


def escaped(value):
    return b'"' + value.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'


def record(number, text):
    """A record of the bulk file: SIPDIS ends the header."""
    header, found, body = text.partition(b"SIPDIS\n")
    if not found:
        header, body = b"", text
    fields = [b"%d" % number, b"4/7/2006 17:07", b"06OSLO%d" % number,
              b"Embassy Oslo", b"CONFIDENTIAL", b"06RIGA1|05OSLO2",
              header + found, body]
    return b",".join(escaped(f) for f in fields) + b"\n"


def named(texts):
    """A bulk file with a row of names, quotes doubled."""
    out = b"docid,date,subject,body\n"
    for i, text in enumerate(texts):
        quoted = b'"' + text.replace(b'"', b'""') + b'"'
        out += b"06OSLO%d,2006-04-07,A LIGHTHOUSE,%s\n" % (i + 1, quoted)
    return out


def in_tar(members):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as t:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(data), MTIME
            t.addfile(info, io.BytesIO(data))
    return out.getvalue()


def in_zip(members, method):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as z:
        for name, data in members:
            info = zipfile.ZipInfo(name, (2001, 9, 9, 1, 46, 40))
            info.compress_type = method
            z.writestr(info, data)
    return out.getvalue()


def archives(small):
    """Archives of a few short documents, in each form that Python writes."""
    members = [("a.txt", small[0]), ("b/c.txt", small[1])]
    tar = in_tar(members)
    yield "tar", tar
    yield "zip", in_zip(members, zipfile.ZIP_DEFLATED)
    yield "zip-stored", in_zip(members, zipfile.ZIP_STORED)
    yield "tar.gz", gzip.compress(tar, mtime=0)
    yield "tar.bz2", bz2.compress(tar)
    yield "tar.xz", lzma.compress(tar)
    yield "gz", gzip.compress(small[0], mtime=0)
    yield "bulk.gz", gzip.compress(record(1, small[0]), mtime=0)
    yield "zip-in-tar", in_tar([("z", in_zip(members, zipfile.ZIP_DEFLATED))])
    yield "bulk-in-zip", in_zip([("b.csv", record(7, small[1]))],
                                zipfile.ZIP_DEFLATED)


def body_of(text):
    """What stands behind the heading."""
    found = re.search(rb"\n\n(?=1\. |SUMMARY|\([A-Z]\))", text)
    return text[found.end():] if found else text[len(text) // 2:]


def refs_of(text):
    """The REF block, without its label."""
    found = re.search(rb"\nREFS?:(.*?)\n\n", text, re.DOTALL)
    return found.group(1) if found else None


def marking_of(text):
    """Order and marking, as the target reads them."""
    found = re.search(rb"\nE\.?O\.? *(\d{4,5}):? *([^\n]*)", text)
    return found.group(1) + b"\n" + found.group(2) if found else None


def refids_of(text):
    return re.findall(rb"\b\d\d *[A-Z]{4,14} *\d+\b|^TAGS:? *([^\n]+)", text,
                      re.MULTILINE)


def queries():
    """The SQL of the README, of the examples, and shapes that they lack."""
    with open(os.path.join(ROOT, "README.md"), encoding="utf-8") as f:
        blocks = re.findall(r"```sql\n(.*?)```", f.read(), re.DOTALL)
    for block in blocks:
        for query in block.split(";\n"):
            yield re.sub(r"cables\('examples[^']*'\)", "t", query)
    yield from SHAPES


SHAPES = [
    "SELECT path, entry, refid FROM cables('@') ORDER BY path LIMIT 2",
    "SELECT * FROM cables('@/b.csv') WHERE entry = '1'",
    "SELECT * FROM cables('@/*.txt')",
    "SELECT * FROM cables('@/**')",
    "SELECT * FROM cables('[\"@/a.txt\",\"@/c.html\"]')",
    "SELECT * FROM cables('@/../..')",
    "SELECT * FROM cables('/etc')",
    "SELECT path FROM t WHERE path IN ('@/a.txt', '@/b.csv') OR bytes > 9",
    "SELECT refid FROM t WHERE path GLOB '*a*' AND mtime > '2000-01-01'",
    "SELECT count(*), max(bytes) FROM t GROUP BY format HAVING count(*) > 0",
    "SELECT p.key FROM t JOIN cable_paragraphs(t.text) p WHERE p.number = 1",
    "SELECT k.* FROM held h LEFT JOIN cable_citations(h.text) k",
    "SELECT r.refid FROM held, cable_references(held.text, 2006) r",
    "SELECT a.* FROM held, cable_addressees(held.text) a ORDER BY a.ordinal",
    "SELECT x.message FROM held, cable_anomalies(held.text) x",
    "SELECT e.* FROM held, cable_explain(held.text) e WHERE e.length > 0",
    "SELECT cable_subject(text), cable_tags(text) ->> 0 FROM held",
    "SELECT a.path FROM t a, t b WHERE a.path = b.path AND a.rowid < 9",
    "SELECT EXISTS (SELECT 1 FROM t WHERE t.refid = held.text) FROM held",
    "CREATE VIEW v AS SELECT * FROM cables('@'); SELECT * FROM v",
    "CREATE TEMP VIEW v AS SELECT cable_body(text) b FROM held; TABLE v",
    "CREATE TABLE g(text, r AS (cable_refid(text)) STORED); INSERT INTO g "
    "SELECT text FROM held; CREATE INDEX i ON g(r); SELECT r FROM g",
    "CREATE VIRTUAL TABLE u USING cables('@/a.txt'); SELECT * FROM u; DROP "
    "TABLE u",
    "SELECT cables_config('root', '/'), cables_config('strict', 1)",
    "SELECT * FROM cable_posts WHERE post = 'OSLO' UNION SELECT * FROM "
    "cable_posts WHERE city LIKE 'R%'",
    "SELECT * FROM cables_help LIMIT 3",
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 9) "
    "SELECT refid_normalize(i || 'OSLO' || i) FROM n, t",
    "SELECT declass_schedule('11652', 'GDS', 'SECRET', '1974-03-01')",
    "SELECT sum(length(text)) OVER (ORDER BY path) FROM t",
    "DELETE FROM held; INSERT INTO held(text) SELECT text FROM t RETURNING id",
    "UPDATE t SET path = 1",
]


def seeds():
    """Target, name and bytes of each."""
    texts = [(name, data) for name, data in documents() if len(data) < MOST]
    plain = [(n, d) for n, d in texts if not n.endswith(".html")]
    for i, (name, data) in enumerate(texts):
        yield "telegram", name, data
        yield "page", name, data
        yield "reader", name, data
        yield "functions", name, bytes([i]) + data
    for name, data in plain:
        yield "bulk", name, record(12, data) + b"\x07"
        yield "body", name, body_of(data) + b"\0"
        refs, marking = refs_of(data), marking_of(data)
        if refs:
            yield "references", name, refs + b"\0"
        if marking:
            yield "declass", name, marking + b"\x03\x20\x40"
        for i, refid in enumerate(refids_of(data)):
            yield "refid", f"{name}-{i}", refid + b"\0"
        envelope = data.partition(b"SUBJ")[0][:2000]
        yield "references", "above-" + name, envelope + b"\1"
    small = sorted((d for _, d in plain if b"SIPDIS" in d), key=len)[:3]
    yield "bulk", "three", b"".join(
        record(i, d) for i, d in enumerate(small)) + b"\0"
    yield "bulk", "named", named(small) + b"\x11"
    for name, data in archives(small):
        yield "reader", name, data + b"\0"
        yield "reader", "moved-" + name, data + b"\x08"
    for i in range(120):
        yield "functions", f"short-{i}", (
            bytes([i]) + b"11652\xffGDS\xffSECRET\xff1974-03-01")
    for i, query in enumerate(queries()):
        yield "sql", f"query-{i:03}", query.encode()


def files():
    """One of each kind of file."""
    found = dict(documents())
    first, second = found["10LIMA147.txt"], found["06ACCRA931.txt"]
    packed = dict(archives([first, second]))
    yield "a.txt", first
    yield "b.csv", record(1, first) + record(2, second)
    yield "c.html", found["10TBILISI130.html"]
    yield "d.tar", packed["tar"]
    yield "e.zip", packed["zip"]
    yield "f.gz", packed["gz"]
    yield "none.txt", b"no telegram\n"
    yield "sub/g.txt", second
    yield "sub/sub/h.txt", found["1974NICOSI00912.txt"]
    yield "z.txt", found["cp1252.txt"]


def odd():
    """Names that are no UTF-8, and a file that cannot be read to its end."""
    found = dict(documents())
    first = found["10LIMA147.txt"]
    yield "caf\udce9.txt", first
    yield "cut.tar", dict(archives([first, first]))["tar"][:1500]


def write(path, data):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as f:
        f.write(data)
    os.utime(path, (MTIME, MTIME))


def main():
    out = sys.argv[1]
    for target, name, data in seeds():
        write(os.path.join(out, target, name), data)
    for name, data in files():
        write(os.path.join(out, "files", name), data)
    for name, data in odd():
        write(os.path.join(out, "odd", name), data)


if __name__ == "__main__":
    main()
