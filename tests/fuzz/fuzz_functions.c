/*
** Fuzz target: the scalar functions, and the tables over a text.  The first
** byte of the input chooses one; the rest are its arguments, with FF between.
*/
#include "../../ext/base/utf8.h"
#include "connection.h"
#include "fuzz.h"

enum { MOST = 200, ARGUMENTS = 4 };

static sqlite3 *db;
static sqlite3_stmt *statements[MOST];
static size_t n_statements;

/* Every query whose one column is SQL, prepared. */
static void prepare_all(const char *sql) {
  sqlite3_stmt *names;
  CHECK(sqlite3_prepare_v2(db, sql, -1, &names, NULL) == SQLITE_OK);
  while (sqlite3_step(names) == SQLITE_ROW) {
    const char *z = (const char *)sqlite3_column_text(names, 0);
    CHECK(n_statements < MOST);
    if (sqlite3_prepare_v2(db, z, -1, &statements[n_statements++], NULL) !=
        SQLITE_OK) {
      fprintf(stderr, "%s: %s\n", z, sqlite3_errmsg(db));
      abort();
    }
  }
  CHECK(sqlite3_finalize(names) == SQLITE_OK);
}

/* The functions, as the connection knows them; the second column of their
** queries, and of all others, is 1 where it holds. */
static void set_up(void) {
  db = fuzz_open(0);
  sqlite3_progress_handler(db, 0, NULL, NULL);
  prepare_all(
      "SELECT 'SELECT ' || f || ', ' || CASE WHEN type = 'JSON' THEN "
      "  f || ' IS NULL OR json_valid(' || f || ')' ELSE '1' END "
      "FROM (SELECT DISTINCT l.name || substr('(?1, ?2, ?3, ?4', 1, "
      "        4 * l.narg - 1) || ')' AS f, c.type "
      "      FROM pragma_function_list l JOIN cables_help h "
      "        ON h.kind = 'function' AND h.name = l.name AND narg > 0 "
      "      LEFT JOIN pragma_table_info('cables') c "
      "        ON l.name = 'cable_' || c.name "
      "      WHERE l.name <> 'cables_config') ORDER BY 1");
  CHECK(n_statements > 40);
  prepare_all(
      "SELECT 'SELECT *, ordinal = row_number() OVER () FROM ' || name || "
      "'(?1)' FROM cables_help h WHERE kind = 'table' AND EXISTS (SELECT 1 "
      "FROM pragma_table_xinfo(h.name) WHERE name = 'ordinal') ORDER BY 1");
  /* What is no text is repaired there, and a NUL is a blank. */
  prepare_all(
      "SELECT 'SELECT printed, instr(printed, char(0xFFFD)) OR instr(CAST(?1 "
      "AS "
      "BLOB), x''00'') OR printed = CAST(substr(CAST(?1 AS BLOB), start + 1, "
      "length) AS TEXT) FROM cable_paragraphs(?1)'");
}

/* Whether the connection's error is one that we say in so many words: an
** argument names no site or style. */
static bool is_told(void) {
  const char *message = sqlite3_errmsg(db);
  CablesSpan s = {message, strlen(message)};
  return strncmp(message, "cables: ", 8) == 0 && cables_utf8_valid(s) == s.n;
}

/* Whether an argument is a blob of parsed rows, as the column `parsed` has it:
** one that somebody made up may hold any rows. */
static bool is_parsed(CablesSpan s) {
  return cables_starts(s, (CablesSpan){"\0cables", 7});
}

/* Runs a statement; its last column has to be 1, or nothing, in rows that were
** parsed here. */
static void run(sqlite3_stmt *statement, bool parsed_here) {
  int rc;
  int n = sqlite3_column_count(statement);
  while ((rc = sqlite3_step(statement)) == SQLITE_ROW) {
    for (int k = 0; k < n; k++) {
      if (sqlite3_column_type(statement, k) != SQLITE_TEXT) continue;
      CablesSpan s = {(const char *)sqlite3_column_text(statement, k),
                      (size_t)sqlite3_column_bytes(statement, k)};
      /* The argument comes back as it is. */
      if (strcmp(sqlite3_column_name(statement, k), "telegram") != 0)
        CHECK(cables_utf8_valid(s) == s.n);
    }
    if (parsed_here && sqlite3_column_type(statement, n - 1) != SQLITE_NULL &&
        sqlite3_column_int(statement, n - 1) != 1) {
      fprintf(stderr, "does not hold: %s\n", sqlite3_sql(statement));
      abort();
    }
  }
  if (rc != SQLITE_DONE && !(rc == SQLITE_ERROR && is_told())) {
    fprintf(stderr, "%s: %s\n", sqlite3_sql(statement), sqlite3_errmsg(db));
    abort();
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
  if (n < 1) return 0;
  if (db == NULL) set_up();
  sqlite3_stmt *statement = statements[data[0] % n_statements];
  CablesSpan copies[ARGUMENTS];
  int n_copies = 0;
  bool parsed_here = true;
  data++, n--;
  for (int i = 1; i <= sqlite3_bind_parameter_count(statement); i++) {
    const uint8_t *end = n > 0 ? memchr(data, 0xFF, n) : NULL;
    size_t used = end != NULL ? (size_t)(end - data) : n;
    CablesSpan s = fuzz_copy(data, used);
    copies[n_copies++] = s;
    if (is_parsed(s)) parsed_here = false;
    /* What is no text can be given as a blob only. */
    if (cables_utf8_valid(s) == s.n && memchr(s.z, '\0', s.n) == NULL)
      CHECK(sqlite3_bind_text64(statement, i, s.z, s.n, SQLITE_STATIC,
                                SQLITE_UTF8) == SQLITE_OK);
    else
      CHECK(sqlite3_bind_blob64(statement, i, s.z, s.n, SQLITE_STATIC) ==
            SQLITE_OK);
    data += used;
    n -= used;
    if (n > 0) data++, n--;
  }
  run(statement, parsed_here);
  sqlite3_reset(statement);
  CHECK(sqlite3_clear_bindings(statement) == SQLITE_OK);
  while (n_copies > 0) fuzz_free(copies[--n_copies]);
  return 0;
}
