/*
** The constraints of one scan: see filter.h.
*/
#include "filter.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "result.h"

/* What stands in a path for bytes that are no text. */
static const CablesSpan replacement = {"\xEF\xBF\xBD", 3};

static int compare_paths(const void *a, const void *b) {
  return cables_compare(*(const CablesSpan *)a, *(const CablesSpan *)b);
}

/* Whether a sorted array, which is not empty, holds the path. */
static bool has_path(const CablesTest *test, CablesSpan path) {
  return bsearch(&path, test->paths, test->n_paths, sizeof(path),
                 compare_paths) != NULL;
}

/* Appends a value to the paths of a test, if a path can be equal to it: to
** NULL none is, and to a blob neither. */
static int add_path(CablesFilter *f, CablesTest *test, sqlite3_value *value) {
  CablesSpan path;
  int type = sqlite3_value_type(value);
  if (type == SQLITE_NULL || type == SQLITE_BLOB) return SQLITE_OK;
  if (cables_value_span(value, &path) != SQLITE_OK) return SQLITE_NOMEM;
  CablesSpan *grown = cables_arena_grow(&f->arena, test->paths, test->n_paths,
                                        sizeof(*test->paths));
  if (grown == NULL) return SQLITE_NOMEM;
  test->paths = grown;
  path = cables_arena_copy(&f->arena, path);
  if (path.z == NULL) return SQLITE_NOMEM;
  test->paths[test->n_paths++] = path;
  return SQLITE_OK;
}

/* The values of an IN, all at once: sorted, each once. */
static int add_in(CablesFilter *f, CablesTest *test, sqlite3_value *list) {
  sqlite3_value *value = NULL;
  int rc = cables_api_in_first(list, &value);
  while (rc == SQLITE_OK) {
    rc = add_path(f, test, value);
    if (rc == SQLITE_OK) rc = cables_api_in_next(list, &value);
  }
  if (rc != SQLITE_DONE) return rc;
  if (test->n_paths < 2) return SQLITE_OK;
  qsort(test->paths, test->n_paths, sizeof(*test->paths), compare_paths);
  size_t n = 1;
  for (size_t i = 1; i < test->n_paths; i++) {
    if (!cables_equal(test->paths[i], test->paths[n - 1]))
      test->paths[n++] = test->paths[i];
  }
  test->n_paths = n;
  return SQLITE_OK;
}

/* Whether a text column of a test can be compared with a value of that type as
** text; where not, SQLite has to decide, by rules of its own. */
static bool is_text(const CablesTest *test, int type) {
  return type == SQLITE_TEXT ||
         (test->term.column == CABLES_COLUMN_ENTRY && type == SQLITE_INTEGER);
}

/* The value of a test of bytes, mtime or entry, or of GLOB; *usable: false when
** it cannot be used. */
static int add_value(CablesFilter *f, CablesTest *test, sqlite3_value *value,
                     bool *usable) {
  int type = sqlite3_value_type(value);
  *usable = true;
  if (type == SQLITE_NULL) {
    f->nothing = true;
  } else if (test->term.column == CABLES_COLUMN_BYTES) {
    *usable = type == SQLITE_INTEGER || type == SQLITE_FLOAT;
    test->real = type == SQLITE_FLOAT;
    test->whole = sqlite3_value_int64(value);
    test->number = sqlite3_value_double(value);
  } else if (is_text(test, type)) {
    CablesSpan text;
    if (cables_value_span(value, &text) != SQLITE_OK) return SQLITE_NOMEM;
    text.n++; /* the NUL behind it, for sqlite3_strglob() */
    test->text = cables_arena_copy(&f->arena, text);
    if (test->text.z == NULL) return SQLITE_NOMEM;
    test->text.n--;
    f->needs_stat |= test->term.column == CABLES_COLUMN_MTIME;
  } else {
    *usable = false;
  }
  return SQLITE_OK;
}

static int add_test(CablesFilter *f, const CablesTerm *term,
                    sqlite3_value *value) {
  CablesTest *test = &f->tests[f->n_tests];
  bool usable = true;
  int rc = SQLITE_OK;
  *test = (CablesTest){.term = *term};
  if (term->all_in)
    rc = add_in(f, test, value);
  else if (term->op == SQLITE_INDEX_CONSTRAINT_EQ &&
           term->column == CABLES_COLUMN_PATH)
    rc = add_path(f, test, value);
  else
    rc = add_value(f, test, value, &usable);
  if (usable) f->n_tests++;
  return rc;
}

int cables_filter_start(CablesFilter *f, const CablesPlan *plan,
                        sqlite3_value **values) {
  int rc = SQLITE_OK;
  cables_arena_reset(&f->arena);
  f->n_tests = 0;
  f->nothing = false;
  f->needs_stat = false;
  cables_buf_free(&f->shown);
  for (int i = 0; rc == SQLITE_OK && i < plan->n_terms; i++) {
    int column = plan->terms[i].column;
    if (column == CABLES_COLUMN_PATH || column == CABLES_COLUMN_ENTRY ||
        column == CABLES_COLUMN_BYTES || column == CABLES_COLUMN_MTIME)
      rc = add_test(f, &plan->terms[i], values[i]);
  }
  for (int i = 0; i < f->n_tests; i++) {
    const CablesTest *test = &f->tests[i];
    if (test->term.column == CABLES_COLUMN_PATH &&
        test->term.op == SQLITE_INDEX_CONSTRAINT_EQ && test->n_paths == 0)
      f->nothing = true;
  }
  return rc;
}

/* Whether every path of a test stands for its own bytes only: one with a
** replacement character may be the text of others. */
static bool are_exact(const CablesTest *test) {
  for (size_t i = 0; i < test->n_paths; i++) {
    if (cables_find(test->paths[i], replacement) != (size_t)-1) return false;
  }
  return true;
}

const CablesSpan *cables_filter_keys(const CablesFilter *f, size_t *n) {
  for (int i = 0; i < f->n_tests; i++) {
    const CablesTest *test = &f->tests[i];
    if (test->n_paths > 0 && test->n_paths <= CABLES_FILTER_KEYS &&
        are_exact(test)) {
      *n = test->n_paths;
      return test->paths;
    }
  }
  *n = 0;
  return NULL;
}

CablesSpan cables_filter_shown(CablesFilter *f, CablesSpan path) {
  if (cables_is_text(path)) return path;
  f->shown.n = 0;
  cables_utf8_repair(path, &f->shown);
  cables_buf_byte(&f->shown, '\0');
  if (f->shown.oom) return CABLES_NO_SPAN;
  return (CablesSpan){f->shown.z, f->shown.n - 1};
}

/* Whether "c OP 0" holds. */
static bool holds(int op, int c) {
  switch (op) {
    case SQLITE_INDEX_CONSTRAINT_LT:
      return c < 0;
    case SQLITE_INDEX_CONSTRAINT_LE:
      return c <= 0;
    case SQLITE_INDEX_CONSTRAINT_EQ:
      return c == 0;
    case SQLITE_INDEX_CONSTRAINT_GE:
      return c >= 0;
    default:
      return c > 0;
  }
}

static bool pass_bytes(const CablesTest *test, int64_t bytes) {
  int c;
  if (test->real) {
    double b = (double)bytes;
    c = (b > test->number) - (b < test->number);
  } else {
    c = (bytes > test->whole) - (bytes < test->whole);
  }
  return holds(test->term.op, c);
}

static bool pass_mtime(const CablesTest *test, int64_t mtime) {
  char moment[CABLES_MOMENT_SIZE];
  cables_moment_print(mtime, moment);
  return holds(test->term.op, cables_compare(cables_span(moment), test->text));
}

static bool pass_path(const CablesTest *test, CablesSpan path) {
  if (test->term.op == SQLITE_INDEX_CONSTRAINT_GLOB)
    return sqlite3_strglob(test->text.z, path.z) == 0;
  return has_path(test, path);
}

bool cables_filter_pass(CablesFilter *f, CablesFile *file) {
  CablesSpan path = cables_filter_shown(f, file->path);
  if (path.z == NULL) return false;
  for (int i = 0; i < f->n_tests; i++) {
    const CablesTest *test = &f->tests[i];
    if (test->term.column == CABLES_COLUMN_PATH && !pass_path(test, path))
      return false;
  }
  if (!f->needs_stat) return true;
  cables_file_stat(file);
  if (!file->has_stat) return true;
  for (int i = 0; i < f->n_tests; i++) {
    const CablesTest *test = &f->tests[i];
    if (test->term.column == CABLES_COLUMN_MTIME &&
        !pass_mtime(test, file->mtime))
      return false;
  }
  return true;
}

bool cables_filter_pass_bytes(const CablesFilter *f, int64_t bytes) {
  for (int i = 0; i < f->n_tests; i++) {
    if (f->tests[i].term.column == CABLES_COLUMN_BYTES &&
        !pass_bytes(&f->tests[i], bytes))
      return false;
  }
  return true;
}

CablesSpan cables_filter_entry(const CablesFilter *f) {
  for (int i = 0; i < f->n_tests; i++) {
    if (f->tests[i].term.column == CABLES_COLUMN_ENTRY) return f->tests[i].text;
  }
  return CABLES_NO_SPAN;
}

void cables_filter_free(CablesFilter *f) {
  cables_arena_free(&f->arena);
  cables_buf_free(&f->shown);
}

void cables_moment_print(sqlite3_int64 seconds, char out[CABLES_MOMENT_SIZE]) {
  sqlite3_int64 day = seconds / 86400;
  sqlite3_int64 rest = seconds % 86400;
  if (rest < 0) {
    rest += 86400;
    day--;
  }
  /* Days since 0000-03-01, counted in eras of 400 years, whose years begin in
  ** March: the leap day comes last.  Eras are counted from one so long ago that
  ** no number of seconds lies before it. */
  const sqlite3_int64 eras = 1000000000;
  sqlite3_int64 z = day + 719468 + eras * 146097;
  sqlite3_int64 era = z / 146097 - eras;
  sqlite3_int64 of_era = z % 146097;
  sqlite3_int64 year_of_era =
      (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  sqlite3_int64 of_year =
      of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  sqlite3_int64 month = (5 * of_year + 2) / 153;
  sqlite3_int64 d = of_year - (153 * month + 2) / 5 + 1;
  sqlite3_int64 m = month < 10 ? month + 3 : month - 9;
  sqlite3_int64 y = year_of_era + era * 400 + (m <= 2);
  sqlite3_snprintf(CABLES_MOMENT_SIZE, out,
                   "%04lld-%02lld-%02lld "
                   "%02lld:%02lld:%02lld",
                   y, m, d, rest / 3600, rest / 60 % 60, rest % 60);
}
