/*
** report EXTENSION FOLDER <QUERY: runs a query over a folder of telegrams and
** prints its rows, with tabs between the columns and - for NULL.
*/
#include <sqlite3.h>
#include <stdio.h>

/* Says what went wrong, and ends. */
static int fail(sqlite3 *db) {
  fprintf(stderr, "report: %s\n", sqlite3_errmsg(db));
  sqlite3_close_v2(db);
  return 1;
}

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  char query[4096];
  int length = (int)fread(query, 1, sizeof query, stdin);

  sqlite3 *db;
  if (sqlite3_open(":memory:", &db) != SQLITE_OK) return fail(db);
  sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1, NULL);
  char *error = NULL;
  if (sqlite3_load_extension(db, argv[1], NULL, &error) != SQLITE_OK) {
    fprintf(stderr, "report: %s\n", error);
    sqlite3_free(error);
    sqlite3_close(db);
    return 1;
  }
  sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);

  sqlite3_stmt *statement;
  if (sqlite3_prepare_v2(db, query, length, &statement, NULL) != SQLITE_OK)
    return fail(db);
  sqlite3_bind_text(statement, 1, argv[2], -1, SQLITE_STATIC);
  int rc;
  while ((rc = sqlite3_step(statement)) == SQLITE_ROW) {
    for (int i = 0; i < sqlite3_column_count(statement); i++) {
      const unsigned char *text = sqlite3_column_text(statement, i);
      printf("%s%s", i == 0 ? "" : "\t", text == NULL ? "-" : (char *)text);
    }
    putchar('\n');
  }
  if (rc != SQLITE_DONE) return fail(db);
  sqlite3_finalize(statement);
  return sqlite3_close(db);
}
