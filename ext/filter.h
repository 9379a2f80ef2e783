/*
** The constraints of one scan with their values: which files need not be
** opened.  A filter may let too much through, as SQLite tests again; it never
** holds back a row that SQL would give.
*/
#ifndef CABLES_FILTER_H
#define CABLES_FILTER_H

#include "api.h"
#include "base/arena.h"
#include "plan.h"
#include "source/list.h"

/* The value of one constraint. */
typedef struct CablesTest {
  CablesTerm term;
  CablesSpan text;   /* of GLOB (NUL-terminated), mtime and entry */
  CablesSpan *paths; /* of path = and IN, in byte order, each once */
  size_t n_paths;
  bool real;           /* of bytes: a number with a fraction */
  sqlite3_int64 whole; /* of bytes */
  double number;       /* of bytes, when real */
} CablesTest;

typedef struct CablesFilter {
  CablesArena arena; /* copies of the values */
  CablesTest tests[CABLES_PLAN_TERMS];
  int n_tests;
  bool nothing;    /* no row can pass: a value is NULL */
  bool needs_stat; /* some test needs mtime */
  CablesBuf shown; /* the path as text, where its bytes are none */
} CablesFilter;

/* Takes over the values that xFilter got for a plan; what the filter held
** before is forgotten.  Values of the source and LIMIT are passed over.
** SQLite's result code. */
int cables_filter_start(CablesFilter *filter, const CablesPlan *plan,
                        sqlite3_value **values);

/* The few paths that alone can pass, in byte order, each once: looking them up
** one by one is cheaper than listing.  NULL when there are no such. */
const CablesSpan *cables_filter_keys(const CablesFilter *filter, size_t *n);

/* Whether a file may hold a row: by its path, and where need be by its date,
** for which it is looked at.  False also when memory is out
** (filter->shown.oom). */
bool cables_filter_pass(CablesFilter *filter, CablesFile *file);

/* Whether a document of so many bytes may be a row.  The size of a file tells
** nothing as long as it may be an archive: the members count.  So a file has
** to be opened to be left out for its size, but no more is read of it than
** shows that it is no archive.  Any thread may ask. */
bool cables_filter_pass_bytes(const CablesFilter *filter, int64_t bytes);

/* The only entry that may be a row, or unknown.  Any thread may ask. */
CablesSpan cables_filter_entry(const CablesFilter *filter);

/* A path as a column gives it: itself, or with what is no UTF-8 repaired (then
** valid until the next call). */
CablesSpan cables_filter_shown(CablesFilter *filter, CablesSpan path);

/* Frees it. */
void cables_filter_free(CablesFilter *filter);

enum { CABLES_FILTER_KEYS = 32 }; /* so many paths are few */

enum { CABLES_MOMENT_SIZE = 32 };

/* Prints seconds since 1970 as "2006-04-07 17:07:00", UTC. */
void cables_moment_print(sqlite3_int64 seconds, char out[CABLES_MOMENT_SIZE]);

#endif
