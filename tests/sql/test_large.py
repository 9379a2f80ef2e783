"""Large files, most of them holes: sizes beyond 32 bits, and stopping in the
middle of what is one member, one record or one block.

Every telegram here is invented.
"""

import os
import sqlite3
import tarfile
import unittest
import zlib

from support import Case, telegram
from test_sources import record, run

GIB = 1 << 30


def gzip_of_lines(n):
    """Lines of n bytes as gzip, made without holding them."""
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    piece = b"no telegram....\n" * (1 << 16)
    out = [packer.compress(piece) for _ in range(n >> 20)]
    return b"".join(out) + packer.flush()


class Large(Case):
    def hole(self, name, start, size, end=b""):
        """Writes a file of a start, a hole and an end; where the end is."""
        with open(name, "wb") as f:
            f.write(start)
            f.truncate(len(start) + size)
            f.seek(0, os.SEEK_END)
            f.write(end)
        if os.stat(name).st_blocks * 512 > size // 2:
            self.skipTest("this file system has no holes")
        return len(start) + size

    def tar_of(self, size):
        """The start of a tar file whose member is so large."""
        info = tarfile.TarInfo("large.txt")
        info.size = size
        return info.tobuf()

    def test_sizes(self):
        """5 GB: the size of a text, and the place of a record."""
        text = telegram(1).encode()
        size = self.hole("a.txt", text, 5 * GIB)
        self.assertEqual(
            self.rows(
                "SELECT refid, bytes, length, anomalies FROM cables('a.txt') "
                f"WHERE bytes > {4 * GIB}"
            ),
            [("06MOSCOW1", size, size,
              f'["text holds NUL bytes","document is longer than max_bytes: '
              f'{size} bytes"]')],
        )
        self.assertEqual(
            self.rows(f"SELECT 1 FROM cables('a.txt') WHERE bytes < {GIB}"), []
        )
        first = record(1, telegram(1), "06MOSCOW1").encode()
        last = record(2, telegram(2), "06MOSCOW2").encode()
        at = self.hole("b.csv", first + b'"', 5 * GIB, last) - len(first)
        self.value("SELECT cables_config('max_bytes', 100000)")
        rows = self.rows(
            "SELECT entry, refid, offset, length FROM cables('b.csv')"
        )
        self.assertEqual(rows[0], ("1", "06MOSCOW1", 0, len(first)))
        self.assertEqual(
            rows[-1], ("2", "06MOSCOW2", len(first) + at, len(last))
        )
        # And it is sought there.
        self.assertEqual(
            self.rows(
                "SELECT entry, refid, offset, length FROM cables('b.csv') "
                "WHERE entry = '2'"
            ),
            [rows[-1]],
        )

    def test_a_large_member(self):
        """What follows a member of more than 4 GiB."""
        info = tarfile.TarInfo("b.txt")
        text = telegram(2).encode()
        info.size = len(text)
        end = info.tobuf() + text + bytes(512 + -len(text) % 512)
        self.hole("c.tar", self.tar_of(5 * GIB), 5 * GIB, end)
        self.value("SELECT cables_config('max_bytes', 100000)")
        for threads in 1, 2:
            self.value(f"SELECT cables_config('threads', {threads})")
            self.assertEqual(
                self.rows(
                    "SELECT entry, refid, bytes FROM cables('c.tar') "
                    "WHERE bytes IS NOT NULL"
                ),
                [("b.txt", "06MOSCOW2", len(text))],
            )

    def check_stops(self, source):
        """All of it happens inside one step of the statement; the host is
        asked again and again meanwhile, and heard."""
        calls = []
        sql = f"SELECT refid, body FROM cables('{source}')"
        for threads in 1, 2:
            self.value(f"SELECT cables_config('threads', {threads})")
            calls.clear()
            self.conn.set_progress_handler(lambda: calls.append(1), 50)
            self.rows(sql)
            self.assertGreater(len(calls), 5, source)
            calls.clear()
            self.conn.set_progress_handler(
                lambda: calls.append(1) or len(calls) >= 3, 50
            )
            with self.assertRaisesRegex(
                sqlite3.OperationalError, "^interrupted$"
            ):
                self.rows(sql)
            # Once more by the statement itself, perhaps.
            self.assertLessEqual(len(calls), 4, source)
            self.conn.set_progress_handler(None, 0)

    def test_stops_in_a_member(self):
        self.hole("c.tar", self.tar_of(GIB), GIB)
        self.check_stops("c.tar")

    def test_stops_in_a_record(self):
        first = record(1, telegram(1)).encode()
        self.hole("b.csv", first[:-20], GIB, b'"\n')
        self.check_stops("b.csv")

    def test_stops_in_a_packed_file(self):
        self.value("SELECT cables_config('max_ratio', 0)")
        self.write("a.gz", gzip_of_lines(400 << 20))
        self.check_stops("a.gz")

    def test_stops_in_a_solid_block(self):
        self.value("SELECT cables_config('max_ratio', 0)")
        self.hole("a", telegram(1).encode(), 300 << 20)
        self.write("b", telegram(2))
        run("bsdtar", "-c", "-f", "x.7z", "--format", "7zip", "--options",
            "7zip:compression-level=1", "a", "b")
        self.check_stops("x.7z")


if __name__ == "__main__":
    unittest.main()
