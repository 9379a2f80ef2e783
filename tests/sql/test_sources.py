"""Bulk files and archives: the telegrams in them, and damage.

Every telegram here is invented.
"""

import bz2
import gzip
import io
import json
import lzma
import random
import shutil
import subprocess
import tarfile
import unittest
import zipfile
import zlib

from support import Case, telegram

MTIME = 1000000000  # 2001-09-09 01:46:40
PARSED = (
    "refid, created, classification, sender, action, info, subject, tags, "
    "captions, declass_date, signer, paragraphs, body"
)


def escaped(value):
    """A field of the bulk file."""
    value = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + value + '"'


def record(number, text, refid="06MOSCOW3687"):
    """A record of the bulk file that holds a telegram."""
    header, body = text.split("SIPDIS\n", 1)
    fields = (
        str(number),
        "4/7/2006 17:07",
        refid,
        "Embassy Moscow",
        "CONFIDENTIAL",
        "06STATE1|06STATE2",
        header + "SIPDIS",
        body,
    )
    return ",".join(escaped(field) for field in fields) + "\n"


def in_zip(members, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as z:
        for name, data in members:
            info = zipfile.ZipInfo(name, (2001, 9, 9, 1, 46, 40))
            info.compress_type = method
            z.writestr(info, data)
    return out.getvalue()


def in_tar(members):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as t:
        for name, data in members:
            data = data if isinstance(data, bytes) else data.encode()
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(data), MTIME
            t.addfile(info, io.BytesIO(data))
    return out.getvalue()


def run(*command, data=None):
    """What a program gives; skips the test when there is none."""
    if shutil.which(command[0]) is None:
        raise unittest.SkipTest(f"there is no {command[0]}")
    done = subprocess.run(command, input=data, capture_output=True, check=True)
    return done.stdout


class Same(Case):
    """One telegram gives the same columns wherever it lies."""

    def setUp(self):
        super().setUp()
        self.text = telegram(3687, 'THE "SECOND" VISIT', body=(
            '1. (C) He said "no\\yes".\n\n2. (C) He left.\n'
        ))
        self.write("plain", self.text)
        (self.want,) = self.rows(f"SELECT {PARSED} FROM cables('plain')")
        self.assertEqual(self.want[0], "06MOSCOW3687")
        self.assertEqual(self.want[6], 'THE "SECOND" VISIT')

    def check(self, data, entries):
        self.write("f", data)
        rows = self.rows(f"SELECT entry, {PARSED} FROM cables('f')")
        self.assertEqual([row[0] for row in rows], entries)
        for row in rows:
            self.assertEqual(row[1:], self.want)
        for entry in entries:
            found = self.rows(
                f"SELECT entry, {PARSED} FROM cables('f') WHERE entry IS ?",
                (entry,),
            )
            self.assertEqual(found, [(entry,) + self.want])
        self.assertEqual(
            self.rows("SELECT 1 FROM cables('f') WHERE entry = 'none'"), []
        )

    def test_bulk(self):
        three = "".join(record(i, self.text) for i in (1, 2, 3))
        self.check(three, ["1", "2", "3"])
        self.check(b"\xef\xbb\xbf" + three.encode(), ["1", "2", "3"])
        self.check(three.replace("\n", "\r\n"), ["1", "2", "3"])
        self.check(three.replace('\\"', '""'), ["1", "2", "3"])
        self.check(gzip.compress(three.encode()), ["1", "2", "3"])
        entries = ["a.csv/1", "a.csv/2", "a.csv/3"]
        self.check(in_zip([("a.csv", three)]), entries)
        self.assertEqual(
            self.column("SELECT DISTINCT format FROM cables('f')"), ["bulk"]
        )

    def test_zip(self):
        for method in (
            zipfile.ZIP_STORED,
            zipfile.ZIP_DEFLATED,
            zipfile.ZIP_BZIP2,
            zipfile.ZIP_LZMA,
        ):
            data = in_zip([("b/x.txt", self.text), ("a", self.text)], method)
            self.check(data, ["b/x.txt", "a"])

    def test_tar(self):
        data = in_tar([("b/x.txt", self.text), ("é", self.text)])
        for pack in (bytes, gzip.compress, bz2.compress, lzma.compress):
            self.check(pack(data), ["b/x.txt", "é"])

    def test_tar_zst(self):
        data = in_tar([("b/x.txt", self.text), ("a", self.text)])
        self.check(run("zstd", "-c", data=data), ["b/x.txt", "a"])

    def test_7z(self):
        self.write("a.txt", self.text)
        self.write("b.txt", self.text)
        if shutil.which("bsdtar"):
            pack = ("bsdtar", "-c", "-f", "x", "--format", "7zip")
            run(*pack, "a.txt", "b.txt")
        else:
            run("7z", "a", "-t7z", "x", "a.txt", "b.txt")
            self.write("x", open("x.7z", "rb").read())
        self.check(open("x", "rb").read(), ["a.txt", "b.txt"])

    def test_single(self):
        for pack in (gzip.compress, bz2.compress, lzma.compress):
            self.check(pack(self.text.encode()), [None])

    def test_nested(self):
        single = gzip.compress(self.text.encode())
        inner = in_tar([("t.txt", self.text)])
        self.check(
            in_zip(
                [
                    ("a.txt.gz", single),
                    ("in.tar.xz", lzma.compress(inner)),
                    ("in.zip", in_zip([("t.txt", self.text)])),
                    ("last.txt", self.text),
                ]
            ),
            ["a.txt.gz", "in.tar.xz/t.txt", "in.zip/t.txt", "last.txt"],
        )

    def test_page(self):
        page = f"<html><body><pre>{self.text}</pre></body></html>"
        self.check(in_zip([("page.html", page)]), ["page.html"])

    def test_facts(self):
        self.write("f", in_zip([("a", self.text)]))
        self.write("g", record(1, self.text) + record(2, self.text))
        n = len(record(1, self.text))
        rows = self.rows(
            "SELECT entry, bytes, length, offset FROM cables('f') UNION ALL "
            "SELECT entry, bytes, length, offset FROM cables('g')"
        )
        self.assertEqual(
            rows,
            [
                ("a", len(self.text), None, None),
                ("1", n, n, 0),
                ("2", n, n, n),
            ],
        )


class LookUp(Case):
    """A record that is looked up by its number is sought."""

    def bytes_read(self):
        return json.loads(self.value("SELECT cables_stats()"))["bytes_read"]

    def test_seek(self):
        n = 2000
        self.write(
            "f.csv",
            "".join(
                record(i, telegram(i), f"06MOSCOW{i}") for i in range(1, n + 1)
            ),
        )
        sql = "SELECT refid, offset FROM cables('f.csv') WHERE entry = ?"
        first = self.rows(sql, ("1500",))
        self.assertEqual(first[0][0], "06MOSCOW1500")
        self.assertEqual(len(self.rows("SELECT 1 FROM cables('f.csv')")), n)
        before = self.bytes_read()
        self.assertEqual(self.rows(sql, ("1500",)), first)
        self.assertLess(self.bytes_read() - before, 200000)
        self.assertEqual(self.rows(sql, ("2001",)), [])


class Damage(Case):
    def odd(self, where="1"):
        """Entries and last anomalies of all rows."""
        return [
            (entry, refid, json.loads(odd)[-1] if odd else None)
            for entry, refid, odd in self.rows(
                "SELECT entry, refid, anomalies FROM cables('f') "
                f"WHERE {where}"
            )
        ]

    def test_record(self):
        good = [record(i, telegram(i), f"06MOSCOW{i}") for i in (1, 2, 3)]
        bad = good[1][:-2] + "\n"  # the last quote is missing
        self.write("f", good[0] + bad + good[2])
        rows = self.odd()
        self.assertEqual(
            [row[:2] for row in rows],
            [("1", "06MOSCOW1"), ("2", "06MOSCOW2"), ("3", "06MOSCOW3")],
        )
        self.assertIn(
            f"record 2 at byte {len(good[0])}: quotes do not match",
            str(rows[1][2]),
        )
        self.assertNotIn("record", str(rows[2][2]))

    def test_encrypted(self):
        data = bytearray(in_zip([("a.txt", telegram(1)), ("b", telegram(2))]))
        for magic, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
            data[data.index(magic) + at] |= 1
        self.write("f", bytes(data))
        rows = self.odd()
        self.assertEqual([row[:2] for row in rows],
                         [("a.txt", None), ("b", "06MOSCOW2")])
        self.assertIn(
            "member 'a.txt' cannot be read: encrypted", str(rows[0][2])
        )

    def test_cut(self):
        data = in_tar([(str(i), telegram(i)) for i in range(1, 4)])
        size = 512 + (len(telegram(1)) + 511) // 512 * 512
        self.write("f", data[: size + 600])
        rows = self.odd()
        self.assertEqual([row[:2] for row in rows],
                         [("1", "06MOSCOW1"), ("2", None)])
        self.assertIn(
            "archive cannot be read on: Truncated tar archive (member '2')",
            str(rows[1][2]),
        )

    def test_bomb(self):
        self.write(
            "f",
            in_zip([("a", telegram(1)), ("bomb", b"\0" * 30000000),
                    ("b", telegram(2))]),
        )
        self.value("SELECT cables_config('max_ratio', 100)")
        rows = self.odd()
        self.assertEqual([row[0] for row in rows], ["a", "bomb"])
        self.assertIn(
            "archive expands to more than 100 times its size", str(rows[1][2])
        )
        self.value("SELECT cables_config('max_ratio', 0)")
        self.value("SELECT cables_config('max_bytes', 100000)")
        self.assertEqual(self.column("SELECT entry FROM cables('f')"),
                         ["a", "b"])

    def test_cut_while_packed(self):
        """All members that lie wholly in what can be unpacked are there."""
        dice = random.Random(7)
        words = ["".join(dice.choices("abcdefghijklm", k=7)) for _ in range(999)]
        n = 40
        tar = in_tar(
            [
                (str(i), telegram(i, body="1. (C) " + " ".join(
                    dice.choices(words, k=900)) + "\n"))
                for i in range(1, n + 1)
            ]
        )
        with tarfile.open(fileobj=io.BytesIO(tar)) as t:
            ends = [m.offset_data + m.size for m in t.getmembers()]
        for name, data, unpacker in (
            ("gz", gzip.compress(tar), lambda: zlib.decompressobj(31)),
            ("bz2", bz2.compress(tar, 1), bz2.BZ2Decompressor),
            ("xz", lzma.compress(tar), lzma.LZMADecompressor),
        ):
            for i in range(1, 20):
                cut = data[: len(data) * i // 20]
                there = len(unpacker().decompress(cut))
                whole = sum(end <= there for end in ends)
                self.write("f", cut)
                rows = self.odd()
                with self.subTest((name, i)):
                    self.assertEqual(
                        [row[1] for row in rows if row[1]],
                        [f"06MOSCOW{k}" for k in range(1, whole + 1)],
                    )
                    self.assertIn("cannot be read", str(rows[-1][2]))

    def samples(self):
        """Files to be damaged: name, bytes, and where each row ends that
        nothing behind it can hurt; the second list only when the file is cut.
        """
        numbers = range(1, 5)
        members = [(str(i), telegram(i)) for i in numbers]
        bulk = "".join(
            record(i, telegram(i), f"06MOSCOW{i}") for i in numbers
        ).encode()
        every = [len(bulk) // 4 * i for i in numbers]
        yield "bulk", bulk, every, every
        tar = in_tar(members)
        block = 512 + (len(telegram(1)) + 511) // 512 * 512
        every = [block * i for i in numbers]
        yield "tar", tar, every, every
        # What lies behind the members of a zip tells where they are.
        data = in_zip(members)
        with zipfile.ZipFile(io.BytesIO(data)) as z:
            starts = [info.header_offset for info in z.infolist()]
        yield "zip", data, [], starts[1:]
        for name, data in (
            ("tar.gz", gzip.compress(tar)),
            ("tar.bz2", bz2.compress(tar)),
            ("tar.xz", lzma.compress(tar)),
            ("gz", gzip.compress(bulk)),
            ("bz2", bz2.compress(bulk)),
            ("xz", lzma.compress(bulk)),
            ("zip in zip", in_zip([("in.zip", data)])),
            ("tar.gz in zip", in_zip([("in.tar.gz", gzip.compress(tar))])),
        ):
            yield name, data, [], []
        if shutil.which("zstd"):
            yield "tar.zst", run("zstd", "-c", data=tar), [], []
            yield "zst", run("zstd", "-c", data=bulk), [], []
        if shutil.which("bsdtar"):
            for name, text in members:
                self.write(name, text)
            names = [name for name, _ in members]
            run("bsdtar", "-c", "-f", "x", "--format", "7zip", *names)
            with open("x", "rb") as f:
                yield "7z", f.read(), [], []

    def check_damaged(self, data, ends, at):
        """Rows that end before the damage are intact."""
        self.write("f", data)
        rows = self.rows("SELECT entry, refid, body FROM cables('f')")
        want = [str(i) for i, end in enumerate(ends, 1) if end <= at]
        self.assertEqual([row[0] for row in rows][: len(want)], want)
        for row in rows[: len(want)]:
            self.assertEqual(row[1], "06MOSCOW" + row[0])
            self.assertEqual(row[2], self.body)

    def test_anywhere(self):
        """Cut at 200 places, and changed at 1,000."""
        self.body = "1. (C) The minister came.\n\n2. (C) He left again."
        dice = random.Random(4)
        for name, data, ends, ends_cut in self.samples():
            with self.subTest(name):
                for i in range(200):
                    at = len(data) * i // 200
                    self.check_damaged(data[:at], ends_cut, at)
                for _ in range(1000):
                    bad = bytearray(data)
                    at = dice.randrange(len(bad))
                    bad[at] ^= dice.randrange(1, 256)
                    self.check_damaged(bytes(bad), ends, at)


if __name__ == "__main__":
    unittest.main()
