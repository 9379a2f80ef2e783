/*
** Memory.  Every allocation of the project goes through these three
** functions.  The program that links the parsers defines them: the extension
** over sqlite3_malloc64 (ext/memory.c), the unit tests over libc with fault
** injection (tests/unit/memory.c).  Nothing below ext/ knows which.
*/
#ifndef CABLES_BASE_MEM_H
#define CABLES_BASE_MEM_H

#include <stddef.h>

/* n bytes, at least one, uninitialised; NULL when memory is out.  Free:
 * cables_free(). */
void *cables_malloc(size_t n);

/* p grown or shrunk to n bytes, at least one; NULL when memory is out, and then
 * p lives. */
void *cables_realloc(void *p, size_t n);

/* Frees p; NULL is harmless. */
void cables_free(void *p);

#endif
