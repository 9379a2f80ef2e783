# Writes the C source of the reference tables (posts, countries, TAGS) from
# the three tsv files beside this script.  POSIX awk; run in the C locale:
#
#   LC_ALL=C awk -v out=build/gen/reference_data.c \
#     -f ext/telegram/data/generate.awk ext/telegram/data/posts.tsv \
#     ext/telegram/data/countries.tsv ext/telegram/data/tags.tsv
#
# out      the file to write, written only when all three tables are sound
# root     path from that file to the project's root (default ../..)
# verbose  1: tell on stderr which other spellings are left out, and why
#
# Fails (exit 1, nothing written) on a wrong header or number of columns, on
# lines that are not in byte order of the first column, and on control bytes.

BEGIN {
  FS = "\t"
  if (root == "") root = "../.."
  header["posts"] = "post plad kind display city country iso2 lat lon" \
    " aliases source"
  header["countries"] = "code name iso2 iso3 status source kind"
  header["tags"] = "code kind meaning standard status source"
  # The columns that go into the C arrays, in the order of the structs.
  columns["posts"] = "1 2 3 4 5 6 7 8 9 10"
  columns["countries"] = "1 2 3 4 5 7"
  columns["tags"] = "1 2 3 4 5"
  type["posts"] = "CablesPost"
  type["countries"] = "CablesCountry"
  type["tags"] = "CablesTag"
  order = "posts countries tags"
}

function complain(text) {
  print "generate.awk: " FILENAME ":" FNR ": " text > "/dev/stderr"
  failed = 1
}

# A cell as a C string literal, or NULL.
function quote(cell) {
  if (cell == "") return "NULL"
  if (cell ~ /[\001-\037\177]/) complain("control byte in a cell")
  gsub(/\\/, "\\\\", cell)
  gsub(/"/, "\\\"", cell)
  gsub(/\?/, "\\?", cell)
  return "\"" cell "\""
}

# The letters of a name in upper case, nothing else; zero is the letter O.
function letters(name) {
  name = toupper(name)
  gsub(/0/, "O", name)
  gsub(/[^A-Z]/, "", name)
  return name
}

# Notes that a post can be written so.  rank 1 is a spelling of the aliases
# column, rank 2 a full name; a full name never hides an alias.
function spelling(name, post, rank,    key) {
  key = letters(name)
  if (key == "" || key == code[post]) return
  spellings++
  spelt[spellings] = key
  meant[spellings] = post
  ranks[spellings] = rank
}

FNR == 1 {
  sub(/\r$/, "")
  table = FILENAME
  sub(/^.*[\/\\]/, "", table)
  sub(/\.tsv$/, "", table)
  if (!(table in header)) { complain("unknown table"); exit 1 }
  want = header[table]
  gsub(/ /, "\t", want)
  if ($0 != want) complain("other columns than " header[table])
  width = split(header[table], unused, " ")
  last = ""
  seen[table] = 1
  count[table] = 0
  next
}

{
  sub(/\r$/, "")
  if (NF != width) complain("has " NF " columns, not " width)
  if ($1 == "") complain("first column is empty")
  if (last != "" && !((last "") < ($1 "")))
    complain($1 " does not sort behind " last)
  if ($1 == last) complain("second line for " $1)
  last = $1
  key_of[table, count[table]] = $1
  n = split(columns[table], use, " ")
  line = ""
  for (i = 1; i <= n; i++) line = line (i > 1 ? ", " : "") quote($(use[i]))
  rows[table, count[table]] = line
}

table == "posts" {
  post = count[table]
  if ($1 !~ /^[A-Z]+$/) complain("post is not upper case letters: " $1)
  code[post] = $1
  index_of[$1] = post
  current[post] = $11 ~ /origin-list/ ? 1 : 0
  aliases[post] = $10
  plad[post] = $2
  display[post] = $4
  city[post] = $5
}

{ count[table]++ }

# The form of a post in ids of 1973 to 1979: the first six bytes of its spaced
# name less the blanks (NEW DELHI -> NEWDE).
function cut(p,    name, at) {
  for (name = plad[p]; name != ""; name = substr(name, at + 1)) {
    if (index(letters(name), code[p]) == 1) return substr(name, 1, 6)
    at = index(name, " ")
    if (at == 0) break
  }
  return substr(code[p], 1, 6)
}

# Collects every other spelling of every post.
function collect(    p, n, i, part) {
  for (p = 0; p < count["posts"]; p++) {
    n = split(aliases[p], part, ";")
    for (i = 1; i <= n; i++) spelling(part[i], p, 1)
    spelling(cut(p), p, 1)
    spelling(plad[p], p, 2)
    n = split(display[p], part, ";")
    for (i = 1; i <= n; i++) spelling(part[i], p, 2)
    # MEXICOCITY is MEXICO, but not every city names its post.
    if (index(letters(city[p]), code[p]) == 1) spelling(city[p], p, 2)
  }
}

# Keeps of the spellings those that mean one post; best[] maps them to it.
function choose(    i, key, clash) {
  for (i = 1; i <= spellings; i++) {
    key = spelt[i]
    if (key in index_of) {
      left_out(key, "is a post itself")
    } else if (!(key in best)) {
      best[key] = meant[i]
      best_rank[key] = ranks[i]
    } else if (best[key] != meant[i]) {
      if (ranks[i] < best_rank[key]) {
        best[key] = meant[i]
        best_rank[key] = ranks[i]
        delete clash[key]
      } else if (ranks[i] == best_rank[key]) {
        clash[key] = 1
      }
    }
  }
  for (key in clash) {
    left_out(key, "fits several posts")
    delete best[key]
  }
}

function left_out(key, why) {
  if (verbose) print "generate.awk: " key " left out: " why > "/dev/stderr"
}

# Sorts the keys a[1..n] in byte order (shell sort).
function sort(a, n,    gap, i, j, t) {
  for (gap = int(n / 2); gap > 0; gap = int(gap / 2)) {
    for (i = gap + 1; i <= n; i++) {
      t = a[i]
      for (j = i; j > gap && t < a[j - gap]; j -= gap) a[j] = a[j - gap]
      a[j] = t
    }
  }
}

# Where in a table of n keys, key[name, 0..n-1], those of each letter begin:
# element 0 for A, 26 behind Z.
function write_letters(name, n, key,    i, k) {
  i = 0
  print "const unsigned short cables_" name "_letters[27] = {" > out
  for (k = 65; k <= 91; k++) {
    while (i < n && substr(key[name, i], 1, 1) < sprintf("%c", k)) i++
    print "  " i "," > out
  }
  print "};\n" > out
}

# The TAGS entries that are persons: CLINTON, HILLARY.
function write_persons(    i, n) {
  print "const unsigned short cables_persons[] = {" > out
  for (i = 0; i < count["tags"]; i++) {
    if (key_of["tags", i] !~ /, /) continue
    print "  " i "," > out
    n++
  }
  print "};" > out
  print "const size_t cables_n_persons = " n + 0 ";\n" > out
}

function write_table(table,    i) {
  print "const " type[table] " cables_" table "[] = {" > out
  for (i = 0; i < count[table]; i++) print "  {" rows[table, i] "}," > out
  print "};" > out
  print "const size_t cables_n_" table " = " count[table] ";\n" > out
}

function write_aliases(    keys, n, key, i) {
  for (key in best) keys[++n] = key
  sort(keys, n)
  print "const CablesAlias cables_aliases[] = {" > out
  for (i = 1; i <= n; i++) {
    key = keys[i]
    key_of["aliases", i - 1] = key
    print "  {\"" key "\", " best[key] ", " best_rank[key] "}," > out
  }
  print "};" > out
  print "const size_t cables_n_aliases = " n ";\n" > out
  write_letters("aliases", n, key_of)
}

# Display names in upper case; of posts that share one, the current, then the
# first.
function write_displays(    p, n, part, i, key, of, keys, m) {
  for (p = 0; p < count["posts"]; p++) {
    n = split(display[p], part, ";")
    for (i = 1; i <= n; i++) {
      key = toupper(part[i])
      if (!(key in of) || (current[p] && !current[of[key]])) of[key] = p
    }
  }
  for (key in of) keys[++m] = key
  sort(keys, m)
  print "const CablesAlias cables_displays[] = {" > out
  for (i = 1; i <= m; i++) {
    print "  {" quote(keys[i]) ", " of[keys[i]] ", 2}," > out
  }
  print "};" > out
  print "const size_t cables_n_displays = " m ";\n" > out
}

function write_current(    p) {
  print "const unsigned char cables_post_current[] = {" > out
  for (p = 0; p < count["posts"]; p++) print "  " current[p] "," > out
  print "};" > out
}

END {
  for (table in header) {
    if (!(table in seen)) complain("table is missing: " table)
  }
  if (out == "") complain("no -v out=FILE")
  if (failed) exit 1
  collect()
  choose()
  print "/* Generated by ext/telegram/data/generate.awk; do not edit. */" > out
  print "#include \"" root "/ext/telegram/reference_index.h\"\n" > out
  n = split(order, tables, " ")
  for (i = 1; i <= n; i++) write_table(tables[i])
  write_letters("posts", count["posts"], key_of)
  write_letters("tags", count["tags"], key_of)
  write_persons()
  write_aliases()
  write_displays()
  write_current()
  close(out)
}
