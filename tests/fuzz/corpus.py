#!/usr/bin/env python3
"""The corpora that are kept: for each target the inputs that reach most.

    corpus.py keep TARGET...    packs tests/fuzz/corpus/TARGET.tar.xz
    corpus.py unpack FOLDER     unpacks all into FOLDER/TARGET

`keep` takes what build/fuzz/corpus/TARGET and build/corpus/TARGET hold and lets
libFuzzer choose few inputs that reach the same code as all of them.  All come
from the invented telegrams of seeds.py.  The same inputs give the same file.
"""

import glob
import io
import os
import shutil
import subprocess
import sys
import tarfile

ROOT = os.path.dirname(
    os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
)
KEPT = os.path.join(ROOT, "tests", "fuzz", "corpus")
MOST = 20000  # bytes of an input


def choose(target, out):
    """Fills the folder `out` with the inputs of a target to keep.  Paths are
    relative: libFuzzer starts itself again, and a blank would part them."""
    shutil.rmtree(out, ignore_errors=True)
    os.makedirs(out)
    whole = [f"build/fuzz/corpus/{target}", f"build/corpus/{target}"]
    subprocess.run(
        [f"build/fuzz/tests/fuzz/fuzz_{target}",
         "-set_cover_merge=1", f"-max_len={MOST}", "-timeout=60",
         "-rss_limit_mb=2048", out, *filter(os.path.isdir, whole)],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if not os.listdir(out):
        sys.exit(f"{target}: no input was chosen, what is kept stays")


def keep(target):
    out = f"build/fuzz/kept/{target}"
    choose(target, out)
    names = sorted(os.listdir(out))
    os.makedirs(KEPT, exist_ok=True)
    path = os.path.join(KEPT, target + ".tar.xz")
    with tarfile.open(path, "w:xz", format=tarfile.USTAR_FORMAT) as t:
        for name in names:
            with open(os.path.join(out, name), "rb") as f:
                data = f.read()
            info = tarfile.TarInfo(name[:12])  # libFuzzer's, a digest
            info.size = len(data)
            t.addfile(info, io.BytesIO(data))
    print(f"{target}: {len(names)} inputs, {os.path.getsize(path)} bytes")


def unpack(folder):
    shutil.rmtree(folder, ignore_errors=True)
    for path in sorted(glob.glob(os.path.join(KEPT, "*.tar.xz"))):
        out = os.path.join(folder, os.path.basename(path).split(".")[0])
        os.makedirs(out)
        with tarfile.open(path) as t:
            for member in t:
                with open(os.path.join(out, os.path.basename(member.name)),
                          "wb") as f:
                    shutil.copyfileobj(t.extractfile(member), f)


def main():
    os.chdir(ROOT)
    if sys.argv[1:2] == ["keep"]:
        for target in sys.argv[2:]:
            keep(target)
    elif sys.argv[1:2] == ["unpack"] and len(sys.argv) == 3:
        unpack(sys.argv[2])
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
