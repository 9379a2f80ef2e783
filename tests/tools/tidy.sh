#!/bin/sh
# Runs clang-tidy on the C file $1, compiled with $TIDY_FLAGS; prints in one
# piece what it found, without the count of what it suppressed.
set -u

# The flags are words.
# shellcheck disable=SC2086
found=$(clang-tidy --quiet "$1" -- $TIDY_FLAGS 2>&1)
status=$?
printf '%s\n' "$found" | grep -Ev '^[0-9]+ warnings? generated\.$|^$'
exit "$status"
