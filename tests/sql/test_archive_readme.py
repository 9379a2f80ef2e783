"""The README's section on archives does what it says."""

import os
import re
import shutil
import subprocess
import unittest

import support


class Readme(support.Case):
    def test_session(self):
        """Each command prints what stands below it."""
        if support.SO != os.path.join(support.ROOT, "cables.so"):
            self.skipTest("make archive loads ./cables.so")
        if shutil.which("sqlite3") is None or os.environ.get("LD_PRELOAD"):
            self.skipTest("needs the sqlite3 shell, and no sanitizer")
        with open(os.path.join(support.ROOT, "README.md"),
                  encoding="utf-8") as f:
            session, = re.findall(r"```shell-session\n(.*?)```", f.read(),
                                  re.S)
        env = {k: v for k, v in os.environ.items()
               if not k.startswith("MAKE")}
        commands = ("\n" + session).split("\n$ ")[1:]
        for part in commands:
            command, _, want = part.partition("\n")
            command = command.replace(
                "make ", "make --no-print-directory -o cables.so ")
            command = command.replace("cables.db",
                                      f"'{self.folder}/cables.db'")
            done = subprocess.run(
                command, shell=True, cwd=support.ROOT, env=env, text=True,
                capture_output=True, check=False)
            self.assertEqual(done.stderr, "", command)
            self.assertEqual(done.stdout.rstrip("\n"), want.rstrip("\n"),
                             command)
        self.assertEqual(len(commands), 4)


if __name__ == "__main__":
    unittest.main()
