#!/bin/sh
# Runs a fuzz target that "make fuzz-build" made: run.sh TARGET SECONDS.
#
# What it finds is kept in tests/fuzz/findings/TARGET; inputs that reach new
# code go to build/fuzz/corpus/TARGET, from where the next run goes on.  The
# last lines are libFuzzer's own: inputs tried, and the time.
set -eu
cd "$(dirname "$0")/../.."
target=$1
corpus=build/fuzz/corpus/$target
findings=tests/fuzz/findings/$target
mkdir -p "$corpus" "$findings" "build/corpus/$target"
trap 'rmdir "$findings" 2>/dev/null || true' EXIT
dictionary=tests/fuzz/telegram.dict
if [ -f "tests/fuzz/$target.dict" ]; then
  dictionary=tests/fuzz/$target.dict
fi
echo "fuzz $target for $2 seconds"
build/fuzz/tests/fuzz/fuzz_"$target" -dict="$dictionary" -max_len=20000 \
  -timeout=60 -report_slow_units=60 -rss_limit_mb=2048 \
  -max_total_time="$2" -workers=0 \
  -print_final_stats=1 -verbosity=1 -artifact_prefix="$findings/" \
  "$corpus" "build/seeds/$target" "build/corpus/$target" "$findings"
