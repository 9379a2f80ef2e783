/*
** report FOLDER <QUERY: runs a query over a folder of telegrams and prints its
** rows, with tabs between the columns and - for NULL.  The extension is a part
** of the program: there is no file to load, and no loading to be allowed.
*/
#include <cables.h>
#include <sqlite3.h>
#include <stdio.h>

/* Says what went wrong, and ends. */
static int fail(sqlite3 *db) {
  fprintf(stderr, "report: %s\n", sqlite3_errmsg(db));
  sqlite3_close_v2(db);
  return 1;
}

int main(int argc, char **argv) {
  if (argc != 2) return 2;
  char query[4096];
  int length = (int)fread(query, 1, sizeof query, stdin);

  /* Once for the process: every connection opened from here on has it. */
  sqlite3_auto_extension((void (*)(void))sqlite3_cables_init);

  sqlite3 *db;
  if (sqlite3_open(":memory:", &db) != SQLITE_OK) return fail(db);
  sqlite3_stmt *statement;
  if (sqlite3_prepare_v2(db, query, length, &statement, NULL) != SQLITE_OK)
    return fail(db);
  sqlite3_bind_text(statement, 1, argv[1], -1, SQLITE_STATIC);
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
