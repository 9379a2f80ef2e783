/*
** The scalar functions.
*/
#ifndef CABLES_FUNCTIONS_H
#define CABLES_FUNCTIONS_H

#include "db.h"

/* One scalar function beside those of the columns. */
typedef struct CablesFunction {
  const char *name;
  int n_args; /* of this form; one with an optional argument has two
              ** entries, and only the first is described */
  int flags;  /* SQLITE_DETERMINISTIC ... */
  bool files; /* has to do with reading files */
  void (*call)(sqlite3_context *, int, sqlite3_value **);
  const char *signature; /* NULL for a form described already */
  const char *meaning;
  const char *example; /* SQL that runs */
} CablesFunction;

extern const CablesFunction cables_functions[];
extern const size_t cables_n_functions;

/* Registers them all, those of the columns included; without `files` only
** those that have nothing to do with files.  SQLite's result code. */
int cables_functions_register(sqlite3 *sqlite, CablesDb *db, bool files);

#endif
