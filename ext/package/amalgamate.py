#!/usr/bin/env python3
"""Puts all C files of the extension into one.

    amalgamate.py ROOT GENERATED OUT

ROOT is the project's folder, GENERATED the C file of the reference tables (see
ext/telegram/data/generate.awk), OUT the folder that gets cables.c and
cables.h.

The file is made in four parts: what the compiler's options say elsewhere (the
feature macros), the system's headers, the project's headers in an order in
which each finds what it needs, the C files.  Files of their own may use the
same name twice, for example a static function peek() in two parsers: such a
name gets the file's in front.  A macro of a C file ends with it.
"""

import os
import re
import sys

PROLOGUE = """\
/*
** cables %(version)s: diplomatic telegrams as SQLite tables, in one C file.
** Made from the files of ext/ by "make amalgamation": change those instead.
**
** As an extension that SQLite loads:
**
**   cc -O2 -shared -fPIC -pthread cables.c -o cables.so \\
**     $(pkg-config --cflags --libs libpcre2-8 libxml-2.0 libarchive)
**
** Linked into a program, with -DSQLITE_CORE: see cables.h.
*/
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif
#ifndef _FILE_OFFSET_BITS
#define _FILE_OFFSET_BITS 64
#endif
#ifndef PCRE2_CODE_UNIT_WIDTH
#define PCRE2_CODE_UNIT_WIDTH 8
#endif
"""

TOKEN = re.compile(
    r"""(?P<comment>/\*.*?\*/|//[^\n]*)
      | (?P<string>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')
      | (?P<word>[A-Za-z_]\w*)
      | (?P<number>\.?\d(?:[eEpP][+-]|[\w.])*)
      | (?P<space>\s+)
      | (?P<mark>->|.)""",
    re.S | re.X,
)

INCLUDE = re.compile(r'^#include (?:<([^>]+)>|"([^"]+)").*\n', re.M)
GUARD = re.compile(r"^#ifndef (\w+_H)\n#define \1\n(.*)^#endif\n\s*\Z",
                   re.M | re.S)


class File:
    """A C file or a header: its path below the root, and its text."""

    def __init__(self, root, path, shown=None):
        self.path = os.path.abspath(path)
        self.shown = shown or os.path.relpath(self.path, root)
        with open(self.path, encoding="utf-8") as f:
            self.text = f.read()
        self.system = [m[1] for m in INCLUDE.finditer(self.text) if m[1]]
        folder = os.path.dirname(self.path)
        self.own = [
            os.path.normpath(os.path.join(folder, m[2]))
            for m in INCLUDE.finditer(self.text) if m[2]
        ]

    def prefix(self):
        return os.path.splitext(os.path.basename(self.path))[0] + "_"

    def body(self):
        """The text without its includes and the guard of a header."""
        text = INCLUDE.sub("", self.text)
        guard = GUARD.search(text)
        if guard:
            text = text[: guard.start()] + guard[2]
        return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def tokens(text):
    """Yields (kind, text) of all that stands in a C text."""
    return ((m.lastgroup, m[0]) for m in TOKEN.finditer(text))


def bare(text):
    """A C text without comments, strings and preprocessor lines."""
    text = re.sub(r"^[ \t]*#(?:[^\n\\]|\\.)*", "", text, flags=re.M | re.S)
    return "".join(
        {"comment": " ", "string": '""'}.get(kind, token)
        for kind, token in tokens(text)
    )


def outermost(text):
    """A bare C text without what stands in braces."""
    out, depth = [], 0
    for part in re.split(r"([{}])", text):
        if part == "{":
            depth += 1
        elif part == "}":
            depth -= 1
            out.append(" {} " if depth == 0 else "")
        elif depth == 0:
            out.append(part)
    return "".join(out)


def file_names(text):
    """The names that a C file keeps to itself: of its static functions and
    variables, its types, and its enumeration constants."""
    text = bare(text)
    names = set(re.findall(r"\b(?:struct|union|enum)\s+(\w+)\s*{", text))
    for constants in re.findall(r"\benum\b[^{;()]*{([^}]*)}", text):
        names.update(re.findall(r"(?:^|,)\s*([A-Za-z_]\w*)", constants))
    top = re.sub(r"\b(struct|union|enum)((?:\s+\w+)?)\s*{}", r"\1\2",
                 outermost(text))
    names.update(re.findall(r"\btypedef\b[^;]*?\b(\w+)\s*;", top))
    names.update(re.findall(r"\btypedef\b[^;]*?\(\s*\*\s*(\w+)\s*\)", top))
    names.update(re.findall(r"\bstatic\b[^;={(]*?\b(\w+)\s*[\[\](;=]", top))
    return names


def names_of(files):
    return set().union(*(file_names(file.text) for file in files))


def rename(text, names, prefix):
    """The text with `prefix` in front of each of these names, but not where
    it is the name of a member."""
    out, before = [], ""
    for kind, token in tokens(text):
        if kind == "word" and token in names and before not in (".", "->"):
            out.append(prefix)
        out.append(token)
        if kind not in ("space", "comment"):
            before = token
    return "".join(out)


def renamed_in_macros(text, names, prefix):
    """rename(), for comments too: they speak of the names."""
    text = rename(text, names, prefix)
    for name in names:
        text = re.sub(r"(?<![\w.>])%s\(\)" % name, f"{prefix}{name}()", text)
    return text


def in_order(root, paths):
    """The headers that the files at these paths need, each after those that
    it needs itself."""
    order, seen = [], set()

    def visit(path):
        if path in seen:
            return
        seen.add(path)
        file = File(root, path)
        for needed in file.own:
            visit(needed)
        order.append(file)

    for path in paths:
        visit(path)
    return order


def section(file, text):
    return f"\n/* ---- {file.shown} ---- */\n\n{text}"


def amalgamate(root, generated):
    """The text of cables.c."""
    ext = os.path.join(root, "ext")
    paths = []
    for folder in ("base", "source", "telegram", ""):
        here = os.path.join(ext, folder)
        paths += sorted(os.path.join(here, name) for name in os.listdir(here)
                        if name.endswith(".c"))
    files = [File(root, path) for path in paths]
    files.append(File(root, generated, "the reference tables"))
    headers = in_order(root, [path for file in files for path in file.own])

    public = next(h for h in headers if h.shown == "ext/cables.h")
    version = re.search(r'CABLES_VERSION "([^"]+)"', public.text)[1]
    system = sorted({name for file in files + headers for name in file.system})

    names = [file_names(file.text) for file in files]
    known = names_of(headers)
    count = {}
    for own in names:
        for name in own:
            count[name] = count.get(name, 0) + 1

    out = [PROLOGUE % {"version": version}, '\n#include "cables.h"\n\n']
    out += [f"#include <{name}>\n" for name in system]
    out.append("\n#if defined(__GNUC__)\n"
               "#pragma GCC visibility push(hidden)\n#endif\n")
    out += [section(h, h.body()) for h in headers if h is not public]
    for file, own in zip(files, names):
        # What a header names is the same thing in all files that include it.
        shared = names_of(in_order(root, file.own))
        twice = {name for name in own - shared
                 if count[name] > 1 or name in known}
        text = renamed_in_macros(file.body(), twice, file.prefix())
        macros = re.findall(r"^#define (\w+)", text, re.M)
        text += "".join(f"#undef {name}\n" for name in dict.fromkeys(macros)
                        if not name.startswith("_")
                        and name != "PCRE2_CODE_UNIT_WIDTH")
        out.append(section(file, text))
    out.append("\n#if defined(__GNUC__)\n"
               "#pragma GCC visibility pop\n#endif\n")
    return "".join(out), public.text


def main():
    root, generated, folder = sys.argv[1:]
    source, header = amalgamate(os.path.abspath(root), generated)
    os.makedirs(folder, exist_ok=True)
    for name, text in (("cables.c", source), ("cables.h", header)):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as f:
            f.write(text)


if __name__ == "__main__":
    main()
