/*
** What the fuzz targets share: see fuzz.h.
*/
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */

#include "fuzz.h"

#include <sys/mman.h>
#include <unistd.h>

/* Bytes of the pages that hold n bytes: one page at least. */
static size_t pages_of(size_t n) {
  size_t page = (size_t)sysconf(_SC_PAGESIZE);
  size_t pages = (n + page - 1) / page;
  return (pages > 0 ? pages : 1) * page;
}

CablesSpan fuzz_copy(const uint8_t *data, size_t n) {
  size_t used = pages_of(n);
  size_t page = pages_of(1);
  char *z = mmap(NULL, used + page, PROT_READ | PROT_WRITE,
                 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK(z != MAP_FAILED);
  CHECK(mprotect(z + used, page, PROT_NONE) == 0);
  z += used - n;
  if (n > 0) memcpy(z, data, n);
  return (CablesSpan){z, n};
}

void fuzz_free(CablesSpan copy) {
  size_t used = pages_of(copy.n);
  char *z = (char *)copy.z + copy.n - used;
  CHECK(munmap(z, used + pages_of(1)) == 0);
}

void fuzz_touch(CablesSpan s) {
  volatile unsigned char sum = 0;
  CHECK(s.z != NULL || s.n == 0);
  for (size_t i = 0; i < s.n; i++)
    sum = (unsigned char)(sum ^ (unsigned char)s.z[i]);
}

bool fuzz_is_taken_from(CablesSpan part, CablesSpan whole) {
  size_t k = 0;
  for (size_t i = 0; i < part.n; i++) {
    char c = part.z[i];
    if (cables_is_space(c)) continue;
    while (k < whole.n && cables_to_upper(whole.z[k]) != cables_to_upper(c))
      k++;
    if (k++ >= whole.n) return false;
  }
  return true;
}
