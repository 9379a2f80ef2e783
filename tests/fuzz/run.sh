#!/bin/sh
# Builds a fuzz target and runs it: run.sh TARGET [SECONDS | FILE...].
set -eu
cd "$(dirname "$0")/../.."
target=$1
what=${2-300}
out=build/fuzz
mkdir -p "$out/$target" "$out/seeds" build/gen
data=ext/telegram/data
LC_ALL=C awk -v out=$out/reference_data.c -f $data/generate.awk \
  $data/posts.tsv $data/countries.tsv $data/tags.tsv
# shellcheck disable=SC2046
clang -std=c99 -D_POSIX_C_SOURCE=200809L -g -O1 -fno-omit-frame-pointer \
  -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined \
  -I. -iquote ext/telegram $(pkg-config --cflags libpcre2-8 libxml-2.0) \
  -o "$out/$target.bin" "tests/fuzz/$target.c" tests/unit/memory.c \
  ext/base/*.c ext/source/*.c ext/telegram/*.c $out/reference_data.c \
  $(pkg-config --libs libpcre2-8 libxml-2.0)
case $what in
*[!0-9]*)
  shift
  exec "$out/$target.bin" -timeout=5 "$@" ;;
esac
find examples/telegrams tests/fixtures -type f -size -64k \
  -exec cp {} "$out/seeds/" \;
exec "$out/$target.bin" -dict=tests/fuzz/telegram.dict -max_len=20000 \
  -timeout=5 -rss_limit_mb=2048 -max_total_time="$what" \
  -artifact_prefix="$out/$target-" "$out/$target" "$out/seeds"
