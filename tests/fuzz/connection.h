/*
** A connection with the extension, which is linked to the fuzz target, and
** with limits on what an input can cost.
*/
#ifndef CABLES_TESTS_FUZZ_CONNECTION_H
#define CABLES_TESTS_FUZZ_CONNECTION_H

#include <sqlite3.h>

/* Opens a database in memory.  Statements end with an error after so many
** thousand instructions of SQLite's machine, from now on. */
sqlite3 *fuzz_open(int thousands);

/* Closes it; nothing may be left of it. */
void fuzz_close(sqlite3 *db);

/* Runs SQL of the target's own, which has to succeed. */
void fuzz_run(sqlite3 *db, const char *sql);

#endif
