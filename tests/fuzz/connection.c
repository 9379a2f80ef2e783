/*
** A connection with the extension: see connection.h.
*/
#include "connection.h"

#include "fuzz.h"

int sqlite3_cables_init(sqlite3 *, char **,
                        const struct sqlite3_api_routines *);

static int left; /* thousands of instructions that may still be run */

static int count(void *arg) {
  (void)arg;
  return left-- <= 0;
}

sqlite3 *fuzz_open(int thousands) {
  sqlite3 *db = NULL;
  CHECK(sqlite3_auto_extension((void (*)(void))sqlite3_cables_init) ==
        SQLITE_OK);
  CHECK(sqlite3_open(":memory:", &db) == SQLITE_OK);
  sqlite3_limit(db, SQLITE_LIMIT_LENGTH, 1 << 18);
  sqlite3_limit(db, SQLITE_LIMIT_SQL_LENGTH, 50000);
  sqlite3_limit(db, SQLITE_LIMIT_VDBE_OP, 25000);
  sqlite3_limit(db, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 50);
  sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_limit(db, SQLITE_LIMIT_EXPR_DEPTH, 60);
  sqlite3_limit(db, SQLITE_LIMIT_WORKER_THREADS, 0);
  left = thousands;
  sqlite3_progress_handler(db, 1000, count, NULL);
  return db;
}

void fuzz_close(sqlite3 *db) {
  CHECK(sqlite3_next_stmt(db, NULL) == NULL);
  CHECK(sqlite3_close(db) == SQLITE_OK);
  sqlite3_reset_auto_extension();
  CHECK(sqlite3_memory_used() == 0);
}

void fuzz_run(sqlite3 *db, const char *sql) {
  char *error = NULL;
  if (sqlite3_exec(db, sql, NULL, NULL, &error) == SQLITE_OK) return;
  fprintf(stderr, "%s: %s\n", sql, error);
  abort();
}
