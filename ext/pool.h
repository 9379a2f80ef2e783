/*
** The rows of one scan that are under way, and the threads that work on them.
**
** The thread of the connection lists files, gives them to the pool, and takes
** the rows out in the same order.  While it has to wait for one it works on
** others itself, so `threads` counts it: a pool of one thread makes none, and
** then does the same work in the same order.
**
**   cables_pool_begin(pool, db, &rules, cables_poll, &poll);
**   CablesRow *row = cables_pool_add(pool, file);
**   cables_pool_start(pool, threads);            // threads: from now on
**   rc = cables_pool_first(pool, &row);          // judged, perhaps parsed
**   cables_pool_remove(pool);
**   cables_pool_stop(pool);                      // no thread is left
**
** The documents of an archive or a bulk file are many rows of one file.  While
** it is the first of the pool they are read one after the other, by whichever
** thread is free, moved into rows of their own, decoded and parsed in parallel:
**
**   cables_pool_open_stream(pool);
**   rc = cables_pool_document(pool, &row);       // stage END: no more of them
**   cables_pool_remove_document(pool);
**   cables_pool_close_stream(pool);
**
** Rows change hands a few at a time, and the caller looks at the state of a row
** before it locks anything: what is done for a row takes no longer than a lock
** that others hold.
**
** What is in flight is bounded: CABLES_POOL_ROWS rows, CABLES_POOL_BYTES bytes.
** A row that would need more waits, half done, until it is the first.
**
** Workers use no part of SQLite but its allocator, which is safe for threads
** unless SQLite was set up otherwise: then no thread is made.  They take no
** signals.  fork() copies none of them: as SQLite forbids it anyway, a
** connection must not be carried over, and a pool that was is not waited for.
*/
#ifndef CABLES_POOL_H
#define CABLES_POOL_H

#include <pthread.h>
#include <sys/types.h>

#include "db.h"
#include "row.h"

enum {
  CABLES_POOL_ROWS = 64,        /* most rows in flight */
  CABLES_POOL_BYTES = 32 << 20, /* most bytes of documents in flight */
  CABLES_POOL_THREADS = 64      /* most threads */
};

/* Rows in order: a ring. */
typedef struct CablesRing {
  CablesRow *rows[CABLES_POOL_ROWS / 2]; /* each made when first needed */
  size_t first;                          /* index of the first row */
  size_t n;                              /* rows in it */
  size_t n_left;  /* the first of them, which the caller has left */
  size_t n_fresh; /* rows behind them that nobody knows of yet */
} CablesRing;

typedef struct CablesPool {
  CablesDb *db;
  const CablesRowRules *rules;
  int (*poll)(void *); /* of the connection's thread */
  void *poll_arg;

  pthread_mutex_t mutex;                   /* guards all below but what rings
                                           ** keep for the caller, and each
                                           ** row's reserved */
  pthread_cond_t work;                     /* there is some */
  pthread_cond_t done;                     /* the row waited for may be */
  pthread_t threads[CABLES_POOL_THREADS];  /* the workers */
  size_t n_threads;                        /* their number */
  bool started;                            /* the mutex exists */
  pid_t process;                           /* that made them */
  int stop;                                /* they have to end; atomic */
  CablesParser *parsers[CABLES_POOL_ROWS]; /* that no row uses */
  size_t n_parsers;                        /* their number */
  size_t n_idle;                           /* workers that wait */
  int is_waiting;                          /* the connection's thread waits;
                                           ** atomic */
  size_t cap;                              /* rows that a ring holds at most */
  int64_t in_flight;                       /* bytes, of all rows */
  CablesDepth depth;                       /* to which rows are parsed ahead */
  CablesRing files;                        /* one row each */
  CablesRing documents;                    /* of the stream */
  CablesRow *stream;                       /* the file they are of, or NULL */
  bool is_reading;                         /* somebody uses its reader */
  bool is_read;                            /* it has no document any more */
} CablesPool;

/* Starts over with no row, for a scan with these rules; the pool keeps the
** pointers.  poll: called by the connection's thread, at least every 5 ms. */
void cables_pool_begin(CablesPool *pool, CablesDb *db,
                       const CablesRowRules *rules, int (*poll)(void *),
                       void *poll_arg);

/* Makes threads, so that there are `threads` of them with the caller, 2 to
** CABLES_POOL_THREADS; fewer when the system allows no more.  Once a scan. From
*now on the list goes on while rows are
** there: files whose row was added without a folder are looked at a last time.
** False when it cannot do so at all. */
bool cables_pool_start(CablesPool *pool, size_t threads);

/* Whether SQLite's allocator may be called by several threads. */
bool cables_pool_is_possible(void);

/* How many files may be added: more than one only when it is started. */
size_t cables_pool_room(const CablesPool *pool);

/* Appends a row of the file; NULL when memory is out.  It is there from the
** next cables_pool_wake() on.  folder: what keeps the file's dir open, or
** NULL. */
CablesRow *cables_pool_add(CablesPool *pool, const CablesFile *file,
                           void *folder);

/* Lets the workers have what was added, to be parsed ahead to a depth. */
void cables_pool_wake(CablesPool *pool, CablesDepth depth);

/* The first row, once it is judged, or END when there is none, or why it
** failed.  It is the caller's until it is removed. */
CablesSourceResult cables_pool_first(CablesPool *pool, CablesRow **row);

/* Works on the caller's row: cables_row_run() by the connection's thread. */
void cables_pool_run(CablesPool *pool, CablesRow *row, CablesDepth depth);

/* Takes the first row out; gives its folder back. */
void *cables_pool_remove(CablesPool *pool);

/* The first row's other documents come as rows of their own from now on. */
bool cables_pool_open_stream(CablesPool *pool);

/* The next of them, or why it failed.  Its stage is END when it is no row;
** is_last: because there is none. */
CablesSourceResult cables_pool_document(CablesPool *pool, CablesRow **row);

/* Takes it out. */
void cables_pool_remove_document(CablesPool *pool);

/* Ends the stream; its file is still the first row. */
void cables_pool_close_stream(CablesPool *pool);

/* Adds a row's counters to the connection's. */
void cables_pool_count(CablesPool *pool, CablesRow *row);

/* Ends every thread, whatever it does.  The rows of files stay, for the caller
** to remove.  Harmless when nothing was started. */
void cables_pool_stop(CablesPool *pool);

/* Frees what a stopped pool keeps for the next scan. */
void cables_pool_free(CablesPool *pool);

#endif
