/*
** Stopping long work: interrupts and progress handlers of the host, noticed
** inside one call of a table.
*/
#ifndef CABLES_POLL_H
#define CABLES_POLL_H

#include "api.h"
#include "source/source.h"

/* State of one cursor's polling. */
typedef struct CablesPoll {
  sqlite3 *db;
  sqlite3_stmt *statement; /* stepped to let SQLite look; NULL at first */
  sqlite3_int64 last;      /* when it was stepped, in microseconds */
  int rc;                  /* why work was stopped, or SQLITE_OK */
} CablesPoll;

/* SQLITE_OK to go on, or the result code to stop with (which stays in rc until
** the next cables_poll_start).  poll: a CablesPoll; the signature is that of
** CablesSourceOptions.poll.  Cheap: does something every 5 ms only. */
int cables_poll(void *poll);

/* Microseconds of a clock that only goes forward. */
sqlite3_int64 cables_poll_clock(void);

/* Before a scan: forgets why the last one stopped. */
void cables_poll_start(CablesPoll *poll, sqlite3 *db);

/* The result code for what a function of the source layer gave; SQLITE_ERROR
** where it has told the reason elsewhere. */
int cables_poll_code(const CablesPoll *poll, CablesSourceResult result);

/* Gives the statement back. */
void cables_poll_end(CablesPoll *poll);

#endif
