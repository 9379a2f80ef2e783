/*
** What a query asks of the table `cables`, written down for the scan: pure
** translation of SQLite's constraints into a short text, and back.
**
** The text is what EXPLAIN QUERY PLAN shows, for example
**
**   d1 source path= bytes>= limit
**
** d0, d1, d2 is the depth (CablesDepth) that the columns need; then comes one
** word for each value that the scan gets, in their order; "sorted" stands for
** an ORDER BY path that is kept.  The plan's number holds CABLES_WANT_ flags.
*/
#ifndef CABLES_PLAN_H
#define CABLES_PLAN_H

#include "api.h"
#include "columns.h"

enum { CABLES_PLAN_TERMS = 32 }; /* constraints taken; SQLite tests the rest */

/* One constraint: column OP value. */
typedef struct CablesTerm {
  int column;  /* CablesColumnId; -1 for LIMIT */
  int op;      /* SQLITE_INDEX_CONSTRAINT_... */
  bool all_in; /* an IN, all its values at once */
} CablesTerm;

typedef struct CablesPlan {
  CablesDepth depth;
  unsigned want; /* CABLES_WANT_... */
  CablesTerm terms[CABLES_PLAN_TERMS];
  int n_terms;
} CablesPlan;

/* xBestIndex.  has_source: the table was made with a source, so that a query
** need not name one.  Fills info: SQLITE_OK; SQLITE_CONSTRAINT when the source
** is not usable in this order of tables; SQLITE_NOMEM.  That there is none is
** no error yet: SQLite also asks what each side of an OR would cost alone.  It
** is told a cost that it never takes, and the scan refuses such a plan. */
int cables_plan_best(sqlite3_index_info *info, bool has_source);

/* Reads what cables_plan_best() wrote. */
void cables_plan_read(const char *text, int number, CablesPlan *plan);

#endif
