/*
** A host of the extension in the SQLite library that the dynamic linker finds:
**
**   host FILE.so [WORD]... <STATEMENTS
**
** runs each line of the input as a statement, and prints a line for each row
** and error.  A WORD sets the host up:
**
**   single multi serialized   SQLite's threading mode
**   UTF-16le UTF-16be         the encoding of the database
**   untrusting                trusted_schema off
**   defensive                 SQLITE_DBCONFIG_DEFENSIVE on
**   nofs                      the entry point that reads no files
**
** The first line tells the version of the library and how it was compiled, for
** threads.  Exit status 1: the host could not be set up.
*/
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST = 1 << 16 }; /* bytes of a statement */

/* Ends the program when a call of the setup fails. */
static void must(int rc, const char *what) {
  if (rc == SQLITE_OK) return;
  printf("%s: %s\n", what, sqlite3_errstr(rc));
  exit(1);
}

static bool has(char **words, const char *word) {
  for (; *words != NULL; words++)
    if (strcmp(*words, word) == 0) return true;
  return false;
}

/* Prints a value on one line, with its type: text of bad bytes, and an integer
** that became text, must not look the same. */
static void print_value(sqlite3_stmt *statement, int i) {
  int type = sqlite3_column_type(statement, i);
  if (type == SQLITE_BLOB) {
    const unsigned char *z = sqlite3_column_blob(statement, i);
    for (int n = sqlite3_column_bytes(statement, i); n > 0; n--)
      printf("%02x", *z++);
  } else if (type != SQLITE_NULL) {
    const unsigned char *z = sqlite3_column_text(statement, i);
    for (; *z != '\0'; z++) {
      if (*z == '\n')
        fputs("\\n", stdout);
      else
        putchar(*z);
    }
  }
  printf("\x1f%d\x1f", type);
}

/* Runs a statement and prints what it gives. */
static void ask(sqlite3 *db, const char *sql) {
  sqlite3_stmt *statement = NULL;
  int rc = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
  while (rc == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW) {
    for (int i = 0; i < sqlite3_column_count(statement); i++)
      print_value(statement, i);
    putchar('\n');
  }
  if (sqlite3_errcode(db) != SQLITE_DONE && sqlite3_errcode(db) != SQLITE_OK)
    printf("error: %s\n", sqlite3_errmsg(db));
  (void)sqlite3_finalize(statement);
}

/* A connection that is set up as the words say, with the extension. */
static sqlite3 *start(const char *library, char **words) {
  sqlite3 *db;
  char *error = NULL;
  must(sqlite3_open(":memory:", &db), "open");
  if (has(words, "UTF-16le")) ask(db, "PRAGMA encoding = 'UTF-16le'");
  if (has(words, "UTF-16be")) ask(db, "PRAGMA encoding = 'UTF-16be'");
  if (has(words, "untrusting"))
    must(sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL),
         "trusted_schema");
  if (has(words, "defensive"))
    must(sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL),
         "defensive");
  must(sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1, NULL),
       "load_extension");
  if (sqlite3_load_extension(
          db, library, has(words, "nofs") ? "sqlite3_cables_nofs_init" : NULL,
          &error) != SQLITE_OK) {
    printf("not loaded: %s\n", error);
    exit(1);
  }
  return db;
}

int main(int argc, char **argv) {
  static char line[LONGEST];
  if (argc < 2) return 1;
  if (has(argv, "single"))
    must(sqlite3_config(SQLITE_CONFIG_SINGLETHREAD), "single");
  if (has(argv, "multi"))
    must(sqlite3_config(SQLITE_CONFIG_MULTITHREAD), "multi");
  if (has(argv, "serialized"))
    must(sqlite3_config(SQLITE_CONFIG_SERIALIZED), "serialized");
  printf("SQLite %s, THREADSAFE=%d\n", sqlite3_libversion(),
         sqlite3_threadsafe());
  sqlite3 *db = start(argv[1], argv + 2);
  while (fgets(line, LONGEST, stdin) != NULL) {
    if (line[0] == '\n' || line[0] == '-') continue;
    printf("> %s", line);
    ask(db, line);
  }
  if (sqlite3_close(db) != SQLITE_OK) {
    printf("the connection is not let go\n");
    return 1;
  }
  return 0;
}
