/*
** What the fuzz targets share: an argument with a red zone behind it, and
** checks that hold in every build.
*/
#ifndef CABLES_TESTS_FUZZ_COMMON_H
#define CABLES_TESTS_FUZZ_COMMON_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../ext/base/span.h"
#include "../unit/memory.h"

/* Ends the run with the place when a condition does not hold. */
#define CHECK(condition)                                             \
  do {                                                               \
    if (!(condition)) {                                              \
      fprintf(stderr, "%s:%d: %s: broken: %s\n", __FILE__, __LINE__, \
              __func__, #condition);                                 \
      abort();                                                       \
    }                                                                \
  } while (0)

/* A copy of exactly n bytes, so that one byte too far is seen. */
static inline CablesSpan exact_copy(const uint8_t *data, size_t n) {
  char *z = malloc(n > 0 ? n : 1);
  CHECK(z != NULL);
  if (n > 0) memcpy(z, data, n);
  return (CablesSpan){z, n};
}

/* Reads every byte of a span, so that a dangling one is seen. */
static inline void touch(CablesSpan s) {
  volatile unsigned char sum = 0;
  CHECK(s.z != NULL || s.n == 0);
  for (size_t i = 0; i < s.n; i++) sum = (unsigned char)(sum ^ (unsigned char)s.z[i]);
}

#endif
