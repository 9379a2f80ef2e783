#!/bin/sh
# Prints the Python to run the tests with: $PYTHON, or the first python3 of the
# PATH whose sqlite3 module can load extensions (some are built without that).
# Prints nothing and fails when there is none.
set -eu

# Whether Python $1 is fit.
loads_extensions() {
  "$1" -c 'import sqlite3; sqlite3.connect("").enable_load_extension(True)' \
    2>/dev/null
}

if [ -n "${PYTHON:-}" ]; then
  loads_extensions "$PYTHON"
  echo "$PYTHON"
  exit
fi
IFS=:
set -f
for folder in $PATH; do
  python=${folder:-.}/python3
  if [ -x "$python" ] && loads_extensions "$python"; then
    echo "$python"
    exit
  fi
done
exit 1
