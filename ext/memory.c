/*
** The allocator of base/mem.h over SQLite's own: its limits, statistics and
** fault injection see every byte of the extension, PCRE2's included.
*/
#include "api.h"
#include "base/mem.h"

void *cables_malloc(size_t n) { return sqlite3_malloc64(n); }

void *cables_realloc(void *p, size_t n) { return sqlite3_realloc64(p, n); }

void cables_free(void *p) { sqlite3_free(p); }
