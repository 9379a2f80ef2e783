/*
** An arena: many small pieces of memory that are given back together.  The
** parsers put every string and array of one telegram into one arena.  Failure
** is sticky: after memory was out once, every call gives NULL (or an empty
** result) and `oom` stays set until the arena is reset.
*/
#ifndef CABLES_BASE_ARENA_H
#define CABLES_BASE_ARENA_H

#include "span.h"

typedef struct CablesArenaBlock CablesArenaBlock;

typedef struct CablesArena {
  CablesArenaBlock *head; /* newest block, or NULL */
  bool oom;               /* memory was out since the last reset */
} CablesArena;

/* n bytes, aligned for any object, zeroed; NULL when memory is out. */
void *cables_arena_alloc(CablesArena *a, size_t n);

/* A copy of s; the unknown span stays unknown, and so it is when memory is
** out. */
CablesSpan cables_arena_copy(CablesArena *a, CablesSpan s);

/* Makes room for one more element in an array that lives in the arena.
** items: the array (NULL at first); count: its length; size: of one element.
** Gives the array to use from now on (moved when it had to grow: to twice its
** length each time), or NULL when memory is out.  Lengths that are a power of
** two, and 0, are the moments of growth. */
void *cables_arena_grow(CablesArena *a, void *items, size_t count, size_t size);

/* Forgets everything but keeps one block for the next telegram. */
void cables_arena_reset(CablesArena *a);

/* Gives all memory back. */
void cables_arena_free(CablesArena *a);

#endif
