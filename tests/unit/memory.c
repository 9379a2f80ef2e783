/*
** The allocator of the unit tests: libc, with fault injection.
*/
#include "memory.h"

#include <stdint.h>
#include <stdlib.h>

#include "../../ext/base/mem.h"

static long countdown; /* allocations until the one that fails, 0 is never */
static int after;      /* whether all later ones fail too */
static long live;      /* allocations not freed yet */

void test_memory_fail(long nth, int forever) {
  countdown = nth;
  after = forever;
}

long test_memory_live(void) { return live; }

/* Whether the allocation of n bytes that is asked for now has to fail.  More
** than a pointer can count no libc gives; the sanitizer's would end the
** program. */
static int fails(size_t n) {
  if (n > PTRDIFF_MAX) return 1;
  if (countdown == 0) return 0;
  if (countdown > 1) {
    countdown--;
    return 0;
  }
  if (!after) countdown = 0;
  return 1;
}

void *cables_malloc(size_t n) {
  void *p = fails(n) ? NULL : malloc(n > 0 ? n : 1);
  if (p != NULL) live++;
  return p;
}

void *cables_realloc(void *p, size_t n) {
  if (p == NULL) return cables_malloc(n);
  return fails(n) ? NULL : realloc(p, n > 0 ? n : 1);
}

void cables_free(void *p) {
  if (p != NULL) live--;
  free(p);
}
