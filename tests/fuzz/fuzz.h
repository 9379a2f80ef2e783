/*
** What the fuzz targets share: the input in front of a page that nobody may
** touch, and checks that hold in every build.
**
** A target is one function, LLVMFuzzerTestOneInput(): libFuzzer calls it with
** inputs of its own, replay.c with those that are kept.
*/
#ifndef CABLES_TESTS_FUZZ_H
#define CABLES_TESTS_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../ext/base/span.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* Ends the run with the place when a condition does not hold. */
#define CHECK(condition)                                                       \
  do {                                                                         \
    if (!(condition)) {                                                        \
      fprintf(stderr, "%s:%d: %s: broken: %s\n", __FILE__, __LINE__, __func__, \
              #condition);                                                     \
      abort();                                                                 \
    }                                                                          \
  } while (0)

/* A copy whose last byte is the last of a page, with a page behind it that
** cannot be read: one byte too far ends the run in every build. */
CablesSpan fuzz_copy(const uint8_t *data, size_t n);

/* Gives a copy back. */
void fuzz_free(CablesSpan copy);

/* Reads every byte of a span, so that a dangling one is seen. */
void fuzz_touch(CablesSpan s);

/* Whether the bytes of part that are no white space stand in whole too, in
** this order and without regard to case; so do those of a text that was folded
** or had page breaks taken out. */
bool fuzz_is_taken_from(CablesSpan part, CablesSpan whole);

#endif
