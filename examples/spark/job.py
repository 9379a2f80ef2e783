#!/usr/bin/env python3
"""Reads telegrams with as many machines as Spark has.

    job.py SOURCE... --out FOLDER [--library cables.so] [--master MASTER]

The driver lists the sources and hands them out in shares, each a JSON list of
paths. An executor loads the extension into an SQLite in memory, reads its share
with cables(), and streams rows. FOLDER gets three Parquet tables, each
partitioned by year: cables, paragraphs, refs. Then three questions are
asked of them.

The sources have to be seen by every machine under the same path.
"""

import argparse
import json
import os
import sqlite3
from functools import partial

import pyarrow
from pyspark import SparkFiles, StorageLevel
from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from pyspark.sql.pandas.types import from_arrow_schema

TABLES = ("cables", "paragraphs", "refs")
SHARE = 64 << 20  # bytes of a share: a minute of work at most
BATCH = 200  # rows that an executor hands over at a time

CABLES = """refid string, year int, post string, created string,
  classification string, rank int, subject string, declass_date string,
  declass_kind string, tags array<string>, anomalies array<string>,
  path string, entry string"""
PARAGRAPHS = """array<struct<key: string, ordinal: int, number: int,
  kind: string, marking: string, rank: int, role: string, text: string>>"""
REFERENCES = """array<struct<ordinal: int, label: string, kind: string,
  cited: string, printed: string>>"""

# One row for each telegram; what it has many of is JSON, which Spark unpacks.
QUERY = """
SELECT refid,
  CAST(coalesce(refid_year(refid), strftime('%Y', created)) AS INTEGER) AS year,
  refid_post(refid) AS post, created, classification,
  classification_rank(classification) AS rank, subject, declass_date,
  declass_kind, tags, anomalies, path, entry,
  (SELECT json_group_array(json_object('key', p.key, 'ordinal', p.ordinal,
     'number', p.number, 'kind', p.kind, 'marking', p.marking,
     'rank', classification_rank(p.marking), 'role', p.role, 'text', p.text))
   FROM cable_paragraphs(c.text, c.refid) p) AS paragraphs,
  (SELECT json_group_array(json_object('ordinal', r.ordinal, 'label', r.label,
     'kind', r.kind, 'cited', r.refid, 'printed', r.printed))
   FROM cable_references(c.text) r) AS refs
FROM cables(?) c
"""
STREAM = pyarrow.schema([
    (name, pyarrow.int32() if name in ("year", "rank") else pyarrow.string())
    for name in ("refid", "year", "post", "created", "classification", "rank",
                 "subject", "declass_date", "declass_kind", "tags",
                 "anomalies", "path", "entry", "paragraphs", "refs")])

# --- The driver: shares -----------------------------------------------------


def pieces(path, most):
    """Files and folders that make up path, in order, each with its bytes; a
    folder that is no more than `most` is one piece."""
    if not os.path.isdir(path):
        return [(path, os.path.getsize(path))]
    found = []
    for entry in sorted(os.scandir(path), key=lambda e: os.fsencode(e.name)):
        if entry.is_dir(follow_symlinks=False):
            found += pieces(entry.path, most)
        elif entry.is_file(follow_symlinks=False):
            found.append((entry.path, entry.stat().st_size))
    total = sum(size for _, size in found)
    return [(path, total)] if found and total <= most else found


def shares(sources, most=SHARE):
    """The sources as JSON lists of about `most` bytes each."""
    lists, size = [[]], 0
    for source in sources:
        for path, more in pieces(os.path.abspath(source), most):
            if lists[-1] and size + more > most:
                lists.append([])
                size = 0
            lists[-1].append(path)
            size += more
    return [json.dumps(each) for each in lists if each]


# --- An executor: rows ------------------------------------------------------


def connect(library):
    """An SQLite in memory with the extension."""
    conn = sqlite3.connect(":memory:")
    conn.enable_load_extension(True)
    conn.load_extension(library)
    conn.enable_load_extension(False)
    return conn


def read_shares(library, batches):
    """Rows of the shares in Arrow batches, as Arrow batches; library is the
    name of the extension's file, which the driver sent."""
    conn = connect(SparkFiles.get(library))
    # An executor has as many tasks as cores: each is one thread.
    conn.execute("SELECT cables_config('threads', 1)")
    for batch in batches:
        for share in batch.column(0).to_pylist():
            rows = conn.execute(QUERY, (share,))
            while chunk := rows.fetchmany(BATCH):
                yield pyarrow.RecordBatch.from_arrays(
                    [pyarrow.array(column, field.type) for column, field
                     in zip(zip(*chunk), STREAM)], schema=STREAM)


# --- The job ----------------------------------------------------------------


def session(master=None):
    """A Spark session; without a master that of spark-submit, or all cores of
    this machine."""
    builder = (SparkSession.builder.appName("cables")
               .config("spark.ui.showConsoleProgress", "false"))
    if master:
        builder = builder.master(master)
    return builder.getOrCreate()


def read(spark, sources, library, most=SHARE):
    """All telegrams of the sources, with their paragraphs and references."""
    context = spark.sparkContext
    context.addFile(os.path.abspath(library))  # the executors get a copy
    context.addPyFile(os.path.abspath(__file__))  # and this, if it is imported
    lists = shares(sources, most)
    # One task for each share: that is what is done again when a machine is lost.
    tasks = context.parallelize([(each,) for each in lists],
                                max(1, len(lists)))
    return (spark.createDataFrame(tasks, "share string")
            .mapInArrow(partial(read_shares, os.path.basename(library)),
                        from_arrow_schema(STREAM))
            .withColumn("tags", F.from_json("tags", "array<string>"))
            .withColumn("anomalies", F.from_json("anomalies", "array<string>"))
            .withColumn("paragraphs", F.from_json("paragraphs", PARAGRAPHS))
            .withColumn("refs", F.from_json("refs", REFERENCES)))


def write(telegrams, out):
    """Writes the three tables below a folder.  The telegrams are kept on the
    executors' disks meanwhile, to parse each once."""
    telegrams = telegrams.persist(StorageLevel.DISK_ONLY)
    parts = (telegrams.drop("paragraphs", "refs"),
             telegrams.select("refid", "year", F.inline("paragraphs")),
             telegrams.select("refid", "year", F.inline("refs")))
    for name, table in zip(TABLES, parts):
        (table.write.mode("overwrite").partitionBy("year")
         .parquet(os.path.join(out, name)))
    telegrams.unpersist()


def open_tables(spark, out, library):
    """The tables as views for Spark SQL, with the extension's table of
    posts."""
    for name in TABLES:
        spark.read.parquet(os.path.join(out, name)).createOrReplaceTempView(
            name)
    posts = connect(os.path.abspath(library)).execute(
        "SELECT post, country FROM cable_posts").fetchall()
    spark.createDataFrame(
        posts, "post string, country string").createOrReplaceTempView("posts")


QUESTIONS = {
    "What did its own marking declassify before 2020, by year of the telegram?":
    """SELECT year, count(*) AS cables FROM cables
       WHERE rank >= 2 AND declass_date < '2020-01-01'
       GROUP BY year ORDER BY year""",
    "Which telegrams are referred to most, and not held?":
    """SELECT r.cited, count(DISTINCT r.refid) AS referred_by FROM refs r
       LEFT ANTI JOIN cables c ON c.refid = r.cited
       WHERE r.cited IS NOT NULL
       GROUP BY r.cited ORDER BY referred_by DESC, r.cited LIMIT 5""",
    "How many classified paragraphs does each country's traffic have?":
    """SELECT p.country, count(*) AS paragraphs
       FROM paragraphs a JOIN cables c ON c.refid = a.refid
       JOIN posts p ON p.post = c.post
       WHERE a.rank >= 2
       GROUP BY p.country ORDER BY paragraphs DESC, p.country LIMIT 5""",
}


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("source", nargs="+")
    parser.add_argument("--out", required=True)
    parser.add_argument("--library", default="cables.so")
    parser.add_argument("--master")
    parser.add_argument("--share-bytes", type=int, default=SHARE)
    args = parser.parse_args()

    spark = session(args.master)
    spark.sparkContext.setLogLevel("ERROR")
    write(read(spark, args.source, args.library, args.share_bytes), args.out)
    open_tables(spark, args.out, args.library)
    for name in TABLES:
        print(f"{name}: {spark.table(name).count()} rows")
    for question, sql in QUESTIONS.items():
        print(f"\n{question}")
        for row in spark.sql(sql).collect():
            print("|".join(str(value) for value in row))
    spark.stop()


if __name__ == "__main__":
    main()
