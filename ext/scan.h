/*
** One scan of a source: from files to rows, each a telegram that is parsed no
** further than it is asked for.
**
**   rc = cables_scan_start(scan, source, values);
**   while (rc == SQLITE_OK && !scan->at_end) {
**     rc = cables_scan_telegram(scan, CABLES_DEPTH_HEADER, &t);
**     rc = cables_scan_next(scan);
**   }
**
** Every function gives SQLite's result code; with SQLITE_ERROR the buffer
** scan->error says what, where and why.
*/
#ifndef CABLES_SCAN_H
#define CABLES_SCAN_H

#include "api.h"
#include "db.h"
#include "filter.h"
#include "plan.h"
#include "poll.h"
#include "source/document.h"

typedef struct CablesScan {
  CablesDb *db;
  sqlite3 *sqlite;
  CablesPlan plan;
  CablesFilter filter;
  CablesPoll poll;
  CablesSourceOptions options; /* as they were when the scan started */
  CablesReader *reader;        /* NULL at first */
  CablesParser *parser;        /* NULL at first */
  CablesBuf error;             /* what went wrong */
  CablesSpan source;           /* the argument; the caller keeps it */

  /* From here on reset by cables_scan_start(). */
  CablesList *list;         /* files to come; NULL: none is open */
  size_t next_key;          /* of filter's keys: the next to look up */
  bool in_file;             /* the reader has a file open */
  bool at_end;              /* no row any more */
  CablesFile *file;         /* of the row */
  CablesDocument *document; /* of the row; NULL: file->error says why */
  bool is_telegram;         /* the row holds one; else it tells a failure */
  const CablesTelegram *telegram; /* as far as it is parsed; NULL: not yet */
  CablesDepth depth;              /* to which it is parsed */
} CablesScan;

/* Starts over, with scan->plan set, at the first row. */
int cables_scan_start(CablesScan *scan, CablesSpan source,
                      sqlite3_value **values);

/* The next row, or at_end. */
int cables_scan_next(CablesScan *scan);

/* The telegram of the row, parsed to a depth at least; NULL for a row that
** tells a failure.  Valid until the next call on the scan. */
int cables_scan_telegram(CablesScan *scan, CablesDepth depth,
                         const CablesTelegram **telegram);

/* Size and last change of the row's document: false when they are not known. */
bool cables_scan_facts(CablesScan *scan, sqlite3_int64 *bytes,
                       sqlite3_int64 *mtime);

/* Forgets the scan under way; what can be used again is kept. */
void cables_scan_stop(CablesScan *scan);

/* Frees what the scan holds. */
void cables_scan_free(CablesScan *scan);

#endif
