"""examples/joining.sql joins an archive with the table of another package.

The rows were counted by hand from the TAGS lines in examples/telegrams/.
"""

import os
import shutil
import subprocess
import unittest

import archive
import support

CODES = "/usr/share/iso-codes/json/iso_3166-1.json"
ROWS = """\
643|Russian Federation|10
233|Republic of Estonia|9
196|Republic of Cyprus|6
604|Republic of Peru|6
218|Republic of Ecuador|5
246|Republic of Finland|4
79MOSCOW6120|1979-03-08|USSR, Union of Soviet Socialist Republics|1992-08-30
RUS|10|4
EST|9|3
CYP|6|3
PER|6|3
ECU|5|1
FIN|4|1
"""


class Joining(support.Case):
    def test_rows(self):
        if shutil.which("sqlite3") is None:
            self.skipTest("there is no sqlite3 shell here")
        if not os.path.exists(CODES):
            self.skipTest("the package iso-codes is not here")
        shutil.copytree(os.path.join(support.ROOT, "examples"), "examples")
        conn = support.connect("cables.db")
        archive.make(conn, "examples/telegrams")
        conn.close()
        done = subprocess.run(
            ["sqlite3", "-batch", "-bail", "-init", os.devnull, "cables.db",
             ".read examples/joining.sql"],
            env={k: v for k, v in os.environ.items() if k != "LD_PRELOAD"},
            capture_output=True, text=True, check=False)
        self.assertEqual(done.stderr, "")
        self.assertEqual(done.stdout, ROWS)


if __name__ == "__main__":
    unittest.main()
