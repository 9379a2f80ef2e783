/*
** A list that a thread walks ahead of its reader, looking at the size and the
** time of each file on the way: both take the kernel as long as SQLite takes
** over the rows.
**
** The thread uses no part of SQLite but its allocator (cables_pool_is_possible
** tells whether it may), and is never far ahead: BATCHES times FILES.
*/
#ifndef CABLES_AHEAD_H
#define CABLES_AHEAD_H

#include "source/list.h"

typedef struct CablesAhead CablesAhead;

/* Starts a thread that walks the rest of a list; NULL when there can be none:
** then the list is as it was.  options: those of the list.  Both belong to the
** thread until cables_ahead_stop(), which frees neither. */
CablesAhead *cables_ahead_start(CablesList *list, CablesSourceOptions *options);

/* Like cables_list_next(), by the poll and the counters that the options had;
** *file has no name, and bytes and mtime only if it could be looked at. */
CablesSourceResult cables_ahead_next(CablesAhead *ahead, CablesFile **file);

/* Ends the thread and frees what cables_ahead_start() gave; NULL is harmless.
** The list can only be closed then. */
void cables_ahead_stop(CablesAhead *ahead);

#endif
