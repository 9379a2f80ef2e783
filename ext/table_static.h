/*
** Tables that are compiled in: the reference tables and the help.  One
** read-only, eponymous module for all of them.
*/
#ifndef CABLES_TABLE_STATIC_H
#define CABLES_TABLE_STATIC_H

#include "db.h"
#include "schema.h"

typedef struct CablesStatic {
  CablesTable table;
  bool sorted; /* by the first column, in byte order: an equality on it is
               ** looked up */
  size_t (*count)(void);
  /* The first column of row i; of a sorted table. */
  CablesSpan (*key)(size_t i);
  /* Gives a column of row i. */
  void (*emit)(sqlite3_context *context, size_t i, int column);
} CablesStatic;

/* Registers one.  SQLite's result code. */
int cables_static_register(sqlite3 *sqlite, CablesDb *db,
                           const CablesStatic *table);

#endif
