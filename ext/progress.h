/*
** Progress lines on standard error, when that is a terminal.  That of one scan:
**
**   cables: 12345 documents, 83.2 MB, 5120/s, 0:42 left
**
** It is written at most five times a second, each time over the last one, and
** a line feed ends it.  How much is left is told once all files have been
** counted, which is done by and by with a list of its own.
*/
#ifndef CABLES_PROGRESS_H
#define CABLES_PROGRESS_H

#include "source/list.h"

typedef struct CablesProgress {
  bool is_on;                  /* there is somebody to see it */
  bool is_written;             /* a line stands there */
  int64_t began;               /* microseconds of a clock */
  int64_t next;                /* when it is written again */
  int64_t documents;           /* rows given out; the caller counts */
  int64_t files;               /* files taken from the list; the same */
  int64_t bytes;               /* bytes read; the caller sets it */
  int64_t total;               /* files counted so far */
  bool has_total;              /* that is all of them */
  CablesList *list;            /* of the files that are counted, or NULL */
  CablesSourceOptions options; /* of that list */
  CablesCounters counters;     /* the same */
  CablesBuf error;             /* the same */
} CablesProgress;

/* Starts the line of a scan, when wanted and somebody can see it.  list: the
** scan's source; options: of the scan, whose poll is called. */
void cables_progress_begin(CablesProgress *progress, bool is_wanted,
                           CablesSpan source,
                           const CablesSourceOptions *options);

/* Writes the line if it is time to; cheap when it is not. */
void cables_progress_tick(CablesProgress *progress);

/* Ends it with the last figures. */
void cables_progress_end(CablesProgress *progress);

/* The line of a statement that does something with the rows:
**
**   cables: 12345 of 25000 stored, 5120/s, 0:02 left
*/
typedef struct CablesTally {
  bool is_written; /* a line stands there */
  int64_t began;   /* microseconds of a clock */
  int64_t next;    /* when it is written again */
  int64_t done;    /* rows; 0 before the first */
  int64_t total;   /* how many there will be, if more than that */
} CablesTally;

/* So many rows are done, of so many; fewer than before begin another line.
** Writes if it is time to. */
void cables_tally(CablesTally *tally, int64_t done, int64_t total);

/* Ends the line with the last figures. */
void cables_tally_end(CablesTally *tally);

#endif
