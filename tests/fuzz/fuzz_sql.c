/*
** Fuzz target: SQL of a stranger, over an ordinary table and over files.  The
** input is the SQL; @ in it stands for the folder with the files.  What it
** writes stays in memory: ATTACH and VACUUM are forbidden, as are pragmas.
*/
#define _DEFAULT_SOURCE /* mkdtemp() */

#include <unistd.h>

#include "connection.h"
#include "fuzz.h"

static const char telegram[] =
    "R 071707Z APR 06\nFM AMEMBASSY OSLO\nTO RUEHC/SECSTATE WASHDC 12\n"
    "INFO RUEHRA/AMEMBASSY RIGA\n"
    "C O N F I D E N T I A L SECTION 01 OF 02 OSLO 000374\n\nSIPDIS\n\n"
    "E.O. 12958: DECL: 04/07/2016\nTAGS: PREL, NO\nSUBJECT: A LIGHTHOUSE\n\n"
    "REF: A. 05 RIGA 1234\n\nClassified By: Ann Noone, Reasons 1.4 (b).\n\n"
    "1. (C) SUMMARY: A lamp, see ref A.  END SUMMARY.\n\n"
    "2. (U) XXXXXXXXXXXX came; 06 KYIV 12 tells why.\nNOONE\n";
static const char record[] =
    "\"1\",\"4/7/2006 17:07\",\"06OSLO375\",\"Embassy Oslo\",\"SECRET\","
    "\"06RIGA1\",\"R 071707Z APR 06\nFM AMEMBASSY OSLO\",\"S E C R E T OSLO "
    "000375\n\nSUBJECT: A \\\"BUOY\\\"\n\n1. (S) It swims.\n\"\n";

static char folder[] = "/tmp/cables-fuzz-XXXXXX";

static void write_file(const char *name, const char *text) {
  char path[64];
  snprintf(path, sizeof(path), "%s/%s", folder, name);
  FILE *f = fopen(path, "w");
  CHECK(f != NULL);
  CHECK(fputs(text, f) >= 0 && fclose(f) == 0);
}

static void remove_files(void) {
  static const char *const names[] = {"a.txt", "b.csv", "c.html", "d.txt"};
  char path[64];
  for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
    snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
    (void)unlink(path);
  }
  (void)rmdir(folder);
}

static void make_files(void) {
  char page[sizeof(telegram) + 64];
  CHECK(mkdtemp(folder) != NULL);
  (void)atexit(remove_files);
  snprintf(page, sizeof(page), "<html><body><pre>%s</pre></body>", telegram);
  write_file("a.txt", telegram);
  write_file("b.csv", record);
  write_file("c.html", page);
  write_file("d.txt", "no telegram\n");
}

static int authorize(void *arg, int action, const char *a, const char *b,
                     const char *c, const char *d) {
  (void)arg, (void)a, (void)b, (void)c, (void)d;
  return action == SQLITE_ATTACH || action == SQLITE_DETACH ||
                 action == SQLITE_PRAGMA
             ? SQLITE_DENY
             : SQLITE_OK;
}

/* The input as SQL, with the folder in place of @. */
static char *make_sql(const uint8_t *data, size_t n) {
  size_t n_folder = strlen(folder);
  char *sql = malloc(n * n_folder + 1);
  size_t at = 0;
  CHECK(sql != NULL);
  for (size_t i = 0; i < n; i++) {
    if (data[i] == '@') {
      memcpy(sql + at, folder, n_folder);
      at += n_folder;
    } else {
      sql[at++] = (char)data[i];
    }
  }
  sql[at] = '\0';
  return sql;
}

/* Prepares and runs one statement; gives what comes behind it. */
static const char *run_one(sqlite3 *db, const char *sql) {
  sqlite3_stmt *statement = NULL;
  const char *rest = NULL;
  if (sqlite3_prepare_v2(db, sql, -1, &statement, &rest) != SQLITE_OK)
    return NULL;
  for (int i = 0; i < 1000 && sqlite3_step(statement) == SQLITE_ROW; i++) {
    for (int k = 0; k < sqlite3_column_count(statement); k++) {
      const char *z = (const char *)sqlite3_column_text(statement, k);
      if (z != NULL)
        fuzz_touch((CablesSpan){z, (size_t)sqlite3_column_bytes(statement, k)});
    }
  }
  CHECK(sqlite3_errmsg(db) != NULL);
  (void)sqlite3_finalize(statement);
  return rest;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
  static bool made;
  if (!made) make_files();
  made = true;
  sqlite3 *db = fuzz_open(50);
  char *setup = sqlite3_mprintf(
      "SELECT cables_config('root', %Q), cables_config('threads', 1);"
      "CREATE VIRTUAL TABLE temp.t USING cables(%Q);"
      "CREATE TABLE held(id INTEGER PRIMARY KEY, text);"
      "INSERT INTO held(text) VALUES (%Q), (%Q), (NULL), (x'00ff'), (7);",
      folder, folder, telegram, "SUBJECT: ONE LINE");
  CHECK(setup != NULL);
  fuzz_run(db, setup);
  sqlite3_free(setup);
  (void)sqlite3_set_authorizer(db, authorize, NULL);
  char *sql = make_sql(data, n);
  const char *rest = sql;
  for (int i = 0; i < 8 && rest != NULL && *rest != '\0'; i++)
    rest = run_one(db, rest);
  free(sql);
  fuzz_close(db);
  return 0;
}
