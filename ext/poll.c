/*
** Stopping long work: see poll.h.
**
** SQLite itself looks for interrupts and calls progress handlers only between
** the steps of its own programs, and a scan can spend minutes inside one step.
** So we run a program of our own now and then: a statement on the same
** connection fails when the host wants the work stopped, on every version.
*/
#include "poll.h"

#include <time.h>

enum {
  INTERVAL = 5000, /* microseconds between two looks */
  STEPS = 16       /* runs per look: a progress handler counts instructions,
                   ** and one run has only a few */
};

sqlite3_int64 cables_poll_clock(void) {
  struct timespec t;
  if (clock_gettime(CLOCK_MONOTONIC, &t) != 0) return 0;
  return (sqlite3_int64)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* Runs the statement a few times.  A host that forbids it (an authorizer) is
** not polled: that is no reason to stop. */
static int look(CablesPoll *poll) {
  int rc = SQLITE_OK;
  if (cables_api_interrupted(poll->db)) return SQLITE_INTERRUPT;
  if (poll->statement == NULL) {
    rc = sqlite3_prepare_v2(poll->db, "SELECT 1 -- cables: poll", -1,
                            &poll->statement, NULL);
    if (rc != SQLITE_OK) return rc == SQLITE_INTERRUPT ? rc : SQLITE_OK;
  }
  for (int i = 0; i < STEPS && rc == SQLITE_OK; i++) {
    rc = sqlite3_step(poll->statement);
    if (rc == SQLITE_ROW) rc = sqlite3_step(poll->statement);
    if (rc == SQLITE_DONE) rc = SQLITE_OK;
    sqlite3_reset(poll->statement);
  }
  return rc;
}

int cables_poll(void *p) {
  CablesPoll *poll = p;
  if (poll->rc != SQLITE_OK) return poll->rc;
  sqlite3_int64 t = cables_poll_clock();
  if (t - poll->last < INTERVAL) return SQLITE_OK;
  poll->rc = look(poll);
  poll->last = t;
  return poll->rc;
}

void cables_poll_start(CablesPoll *poll, sqlite3 *db) {
  poll->db = db;
  poll->rc = SQLITE_OK;
}

int cables_poll_code(const CablesPoll *poll, CablesSourceResult result) {
  switch (result) {
    case CABLES_SOURCE_OK:
    case CABLES_SOURCE_END:
      return SQLITE_OK;
    case CABLES_SOURCE_NOMEM:
      return SQLITE_NOMEM;
    case CABLES_SOURCE_STOP:
      return poll->rc != SQLITE_OK ? poll->rc : SQLITE_INTERRUPT;
    default:
      return SQLITE_ERROR;
  }
}

void cables_poll_end(CablesPoll *poll) {
  sqlite3_finalize(poll->statement);
  poll->statement = NULL;
}
