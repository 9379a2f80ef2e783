"""Builds the extension from its single C file.

The file is no module of Python: SQLite loads it, so that one wheel serves every
Python 3 of a platform.  What remains is said in pyproject.toml.
"""

import os
import re
import shlex
import subprocess

from setuptools import Extension, setup
from setuptools.command.bdist_wheel import bdist_wheel
from setuptools.command.build_ext import build_ext


def pkg_config(what):
    """What pkg-config says of the libraries that are needed."""
    command = [*shlex.split(os.environ.get("PKG_CONFIG", "pkg-config")), what]
    command += ["libpcre2-8", "libxml-2.0", "libarchive"]
    return shlex.split(subprocess.check_output(command, text=True))


def version():
    """The version that the header states."""
    with open("cables.h", encoding="utf-8") as f:
        return re.search(r'CABLES_VERSION "(.*)"', f.read())[1]


class BuildLoadable(build_ext):
    """Gives the file the name that SQLite looks for."""

    def get_ext_filename(self, fullname):
        return os.path.join(*fullname.split(".")) + ".so"

    def get_export_symbols(self, ext):
        return []

    def build_extension(self, ext):
        ext.extra_compile_args += pkg_config("--cflags")
        ext.extra_link_args += pkg_config("--libs")
        super().build_extension(ext)


class WheelForAnyPython(bdist_wheel):
    """Needs no certain Python, but a certain platform."""

    def get_tag(self):
        return "py3", "none", super().get_tag()[2]


setup(
    version=version(),
    ext_modules=[
        Extension(
            "sqlite_cables.cables",
            ["cables.c"],
            depends=["cables.h"],
            extra_compile_args=["-pthread"],
            extra_link_args=["-pthread", "-Wl,-z,defs"],
        )
    ],
    cmdclass={"build_ext": BuildLoadable, "bdist_wheel": WheelForAnyPython},
)
