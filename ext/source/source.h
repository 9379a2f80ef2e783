/*
** What the source layer shares: its settings, its counters, its errors.
**
** ext/source/ turns what lies on disk into documents (decoded text).  It
** knows no telegrams and no SQL.  list.h turns a source argument into files
** in byte order of their paths; document.h turns a file into documents.
*/
#ifndef CABLES_SOURCE_SOURCE_H
#define CABLES_SOURCE_SOURCE_H

#include <stdint.h>

#include "../base/buf.h"
#include "../base/span.h"

/* Counters that the layer adds to; the caller owns them (cables_stats()). */
typedef struct CablesCounters {
  int64_t files_listed; /* directory entries that became files */
  int64_t files_opened; /* files opened for reading */
  int64_t bytes_read;   /* bytes that read() gave */
} CablesCounters;

/* Settings of one scan; the caller owns everything they point to and keeps it
** alive while a list or reader uses it. */
typedef struct CablesSourceOptions {
  const char *root;  /* resolved folder nothing may leave, or NULL */
  int64_t max_bytes; /* largest document read, in bytes */
  double max_ratio;  /* bytes out of an archive for each byte of it that
                     ** are read at most; 0 is no limit */
  struct CablesOffsets
      *offsets;             /* record offsets of bulk files that were read
                             ** through, kept by the connection; may be NULL
                             ** (offsets.h) */
  bool follow_links;        /* follow symbolic links inside folders */
  CablesCounters *counters; /* never NULL */
  /* Called at least once per file and per 64 KiB read.  Anything but 0 stops
  ** the work: the function that called it gives CABLES_SOURCE_STOP. */
  int (*poll)(void *poll_arg);
  void *poll_arg; /* handed to poll */
} CablesSourceOptions;

/* Results of the layer's functions. */
typedef enum CablesSourceResult {
  CABLES_SOURCE_OK = 0,    /* done, or one more item */
  CABLES_SOURCE_END = 1,   /* no more items */
  CABLES_SOURCE_ERROR = 2, /* the error buffer says what, where and why */
  CABLES_SOURCE_NOMEM = 3, /* memory is out */
  CABLES_SOURCE_STOP = 4   /* poll() asked to stop */
} CablesSourceResult;

#endif
