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
**
** It works alone at first.  When it lasts, threads are made that read and
** parse ahead (pool.h), as far as the rows before were asked for: a body that
** hardly any row needs is read only of those that do.
*/
#ifndef CABLES_SCAN_H
#define CABLES_SCAN_H

#include "api.h"
#include "db.h"
#include "filter.h"
#include "plan.h"
#include "poll.h"
#include "pool.h"
#include "progress.h"
#include "row.h"
#include "source/document.h"

/* A folder's handle, shared by the files in it that are under way. */
typedef struct CablesFolder {
  int fd;        /* our own */
  int dir;       /* the list's, while it was there */
  size_t n_refs; /* rows that use it, and one for the scan */
} CablesFolder;

typedef struct CablesScan {
  CablesDb *db;
  sqlite3 *sqlite;
  CablesPlan plan;
  CablesFilter filter;
  CablesPoll poll;
  CablesRowRules rules; /* settings as they were when the scan started */
  CablesPool pool;
  CablesProgress progress;
  CablesBuf error;   /* what went wrong */
  CablesBuf trouble; /* why the file that is added cannot be read */
  CablesSpan source; /* the argument; the caller keeps it */

  /* From here on reset by cables_scan_start(). */
  CablesList *list;           /* files to come; NULL: none is open */
  bool is_listed;             /* no file will come any more */
  size_t next_key;            /* of filter's keys: the next to look up */
  CablesFolder *folder;       /* of the last file, while there are threads */
  CablesBuf folder_path;      /* its path */
  CablesRow *row;             /* the row; NULL: none */
  bool is_document;           /* it is one of the pool's stream */
  bool at_end;                /* no row any more */
  CablesDepth asked;          /* to what depth the row was asked for */
  unsigned score[3];          /* how often rows were asked so deep, of late */
  unsigned n_steps;           /* files and documents so far, up to a few */
  sqlite3_int64 began;        /* microseconds of poll's clock */
  size_t threads;             /* that it may have */
  sqlite3_int64 bytes_before; /* the connection's counter at the start */
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

/* Size of the row's document and last change of its file: false when they are
** not known. */
bool cables_scan_bytes(CablesScan *scan, sqlite3_int64 *bytes);
bool cables_scan_mtime(CablesScan *scan, sqlite3_int64 *mtime);

/* Forgets the scan under way and ends its threads; what can be used again is
** kept. */
void cables_scan_stop(CablesScan *scan);

/* Frees what the scan holds. */
void cables_scan_free(CablesScan *scan);

#endif
