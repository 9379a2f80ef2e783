#!/bin/sh
# What the project needs on a machine, and how to get it.
#
#   sh tests/tools/setup.sh [--check] LEVEL...
#
# Levels:
#   build      the extension
#   shell      the sqlite3 shell, for the tour
#   test       the tests; sanitize, lint, fuzz, trust: what else is done with
#              the code
#   bench      what the extension is measured against
#   open       what else opens an archive
#   report     what examples/report is made with; browser: for its test
#   languages  those of examples/, with their SQLite drivers
#   python, wheel, npm, dist   what these targets of make need
#   sqlite, datasette, spark, dqlite   for the tests of hosts
#
# Installs through apt-get what is missing; is quick and silent, and uses no
# network, when nothing is.  With --check it only says what is missing.  CC,
# PKG_CONFIG and PYTHON are used when they are set.
set -eu

: "${PKG_CONFIG:=pkg-config}"
tools=$(dirname "$0")

# --- Is it there? -----------------------------------------------------------

has() { command -v "$1" >/dev/null 2>&1; }
has_library() { "$PKG_CONFIG" --exists "$1" 2>/dev/null; }
has_python() { sh "$tools/python.sh" >/dev/null; }
has_iso_codes() { [ -e /usr/share/iso-codes/json/iso_3166-1.json ]; }

# Any that tests/tools/browser.py finds.
has_browser() { has chromium || has chromium-browser || has google-chrome; }

# Whether that Python can make a virtual environment with pip.
has_venv() {
  python=$(sh "$tools/python.sh") && "$python" -c 'import ensurepip, venv' \
    2>/dev/null
}

# Whether the SQLite driver of Java or Tcl is there.
has_jdbc() { [ -e /usr/share/java/sqlite-jdbc.jar ]; }
has_tcl_sqlite() { echo 'package require sqlite3' | tclsh >/dev/null 2>&1; }

# Whether a command runs and succeeds.
runs() { "$@" >/dev/null 2>&1; }

# Whether compiler $1 finds the headers of the C library.
has_headers() {
  has "${1%% *}" && echo '#include <stdlib.h>' | $1 -E - >/dev/null 2>&1
}

# Whether compiler $1 links sanitized programs.
has_sanitizer() {
  has "$1" && scratch=$(mktemp -d) || return 1
  if echo 'int main(void) { return 0; }' |
    "$1" -fsanitize=address,undefined -x c -o "$scratch/program" - 2>/dev/null
  then found=0; else found=1; fi
  rm -r "$scratch"
  return "$found"
}

# Whether clang links fuzz targets.
has_fuzzer() {
  has clang && scratch=$(mktemp -d) || return 1
  if echo 'int LLVMFuzzerTestOneInput(void) { return 0; }' |
    clang -fsanitize=fuzzer,address,undefined -x c -o "$scratch/program" - \
      2>/dev/null
  then found=0; else found=1; fi
  rm -r "$scratch"
  return "$found"
}

# The compiler that make uses when nobody names one (see Makefile).
compiler() {
  for each in ${CC:+"$CC"} cc gcc clang; do
    if [ -n "${CC:-}" ] || has "$each"; then break; fi
  done
  echo "$each"
}

# --- What is missing? -------------------------------------------------------

names=    # of what is missing, for people: "libxml2, sqlite3"
packages= # that have it
need() {  # need NAME "PACKAGES" TEST...: notes NAME when TEST fails
  name=$1 wanted=$2
  shift 2
  if ! "$@"; then
    names="$names${names:+, }$name"
    packages="$packages $wanted"
  fi
}

# Adds to names and packages what the levels $@ lack.
look() {
  names= packages=
  for level; do
    case $level in
      build)
        need "a C compiler" "gcc libc6-dev" has_headers "$(compiler)"
        need make make has make
        need pkg-config pkg-config has "$PKG_CONFIG"
        need "the SQLite headers" libsqlite3-dev has_library sqlite3
        need PCRE2 libpcre2-dev has_library libpcre2-8
        need libxml2 libxml2-dev has_library libxml-2.0
        need libarchive libarchive-dev has_library libarchive
        ;;
      shell) need "the sqlite3 shell" sqlite3 has sqlite3 ;;
      test)
        need "a Python that loads SQLite extensions" python3 has_python
        need cmocka libcmocka-dev has_library cmocka
        need Graphviz graphviz has dot
        need "the ISO codes" iso-codes has_iso_codes
        need strace strace has strace
        ;;
      sanitize)
        need "gcc with sanitizers" "gcc libc6-dev" has_sanitizer gcc
        ;;
      lint)
        need gcc "gcc libc6-dev" has_headers gcc
        need clang "clang libc6-dev" has_headers clang
        need clang-tidy clang-tidy has clang-tidy
        need clang-format clang-format has clang-format
        ;;
      bench)
        need "a Python that loads SQLite extensions" python3 has_python
        need "Python's venv" python3-venv has_venv
        need ripgrep ripgrep has rg
        need bsdtar libarchive-tools has bsdtar
        ;;
      open)
        need "Python's venv" python3-venv has_venv
        need "DB Browser for SQLite" sqlitebrowser has sqlitebrowser
        ;;
      report)
        need Python python3 has "${PYTHON:-python3}"
        need Node.js nodejs has node
        need npm npm has npm
        ;;
      browser) need Chromium chromium has_browser ;;
      trust) need valgrind valgrind has valgrind ;;
      fuzz)
        need "clang with fuzzing" "clang libc6-dev" has_fuzzer
        ;;
      python)
        need "a Python that loads SQLite extensions" python3 has_python
        ;;
      wheel)
        need "a Python that loads SQLite extensions" python3 has_python
        need "Python's venv" python3-venv has_venv
        ;;
      npm) need Node "nodejs npm" has npm ;;
      dist) need git git has git ;;
      languages)
        need Node "nodejs npm" has npm
        need Go golang-go has go
        need Rust cargo has cargo
        need Java default-jdk-headless has javac
        need "Java's SQLite driver" libxerial-sqlite-jdbc-java has_jdbc
        need "Ruby with SQLite" "ruby ruby-sqlite3" runs ruby -rsqlite3 -e ''
        need "Perl with SQLite" "perl libdbd-sqlite3-perl" \
          runs perl -MDBD::SQLite -e 1
        need "PHP with SQLite" "php-cli php-sqlite3" \
          runs php -r 'new SQLite3(":memory:");'
        need "R with SQLite" "r-base-core r-cran-rsqlite" \
          runs Rscript -e 'library(RSQLite)'
        need "Tcl with SQLite" "tcl libsqlite3-tcl" has_tcl_sqlite
        need "Python's venv" python3-venv has_venv
        ;;
      sqlite)
        need "a Python that loads SQLite extensions" python3 has_python
        need "Python's venv" python3-venv has_venv
        need "a C compiler" "gcc libc6-dev" has_headers "$(compiler)"
        need Rust cargo has cargo
        need Node "nodejs npm" has npm
        ;;
      datasette)
        need "a Python that loads SQLite extensions" python3 has_python
        need "Python's venv" python3-venv has_venv
        need Chromium chromium has chromium
        ;;
      spark)
        need "a Python that loads SQLite extensions" python3 has_python
        need "Python's venv" python3-venv has_venv
        need Java default-jre-headless has java
        ;;
      dqlite)
        need "a Python that loads SQLite extensions" python3 has_python
        need "Python's venv" python3-venv has_venv
        need "a C compiler" "gcc libc6-dev" has_headers "$(compiler)"
        need dqlite libdqlite-dev has_library dqlite
        need raft libraft-dev has_library raft
        ;;
      clang-sanitize)
        need "clang with sanitizers" "clang libc6-dev" has_sanitizer clang
        ;;
      *) echo "setup.sh: there is no level $level" >&2; exit 2 ;;
    esac
  done
}

# --- Install it -------------------------------------------------------------

# The package with clang's sanitizers, named after clang's version, or nothing
# where clang's own packages hold them.  Asks the lists of apt-get.
clang_runtime() {
  version=$(apt-cache depends clang | sed -n 's/.* clang-\([0-9]*\)$/\1/p')
  package=libclang-rt-$(echo "$version" | head -n 1)-dev
  if apt-cache show "$package" >/dev/null 2>&1; then echo "$package"; fi
}

# The package with a cargo that reads the index of crates (1.68 or newer): Debian
# 12 has it under a name of its own.
cargo_package() {
  if apt-cache show cargo-web >/dev/null 2>&1; then echo cargo-web
  else echo cargo; fi
}

# Runs a command as root; fails when there is no way to.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif has sudo && { sudo -n true 2>/dev/null || { [ -t 0 ] && sudo -v; }; }
  then
    sudo "$@"
  else
    return 77
  fi
}

apt() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get \
    -q -y -o DPkg::Lock::Timeout=600 -o Acquire::Retries=3 "$@" </dev/null
}

# Says what to do by hand, and stops.
give_up() {
  echo "$names: missing, and $1. Please type:" >&2
  echo "  sudo apt-get update && sudo apt-get install$packages" >&2
  exit 1
}

check=no
if [ "${1:-}" = --check ]; then
  check=yes
  shift
fi
look "$@"
if [ -z "$names" ]; then exit 0; fi
if [ "$check" = yes ]; then
  echo "$names: missing. Please type: make setup" >&2
  exit 1
fi

if ! has apt-get; then
  echo "$names: missing, and there is no apt-get here." \
    "Please install what your system calls$packages" >&2
  exit 1
fi
as_root true || give_up "only root can install it"
echo "missing: $names"
apt update || echo "setup.sh: the package lists could not be renewed" >&2
case $packages in
  *clang\ *) packages="$packages $(clang_runtime)" ;;
esac
case $packages in
  *\ cargo*) packages=$(echo "$packages" | sed "s/ cargo/ $(cargo_package)/") ;;
esac
# Each package is one word.
# shellcheck disable=SC2086
apt install --no-install-recommends $packages || give_up "apt-get failed"
look "$@"
if [ -n "$names" ]; then
  echo "$names: still missing after apt-get install." >&2
  exit 1
fi
