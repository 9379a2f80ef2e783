/*
** Inputs of the source layer that are made of bytes in memory.
*/
#ifndef CABLES_TESTS_INPUTS_H
#define CABLES_TESTS_INPUTS_H

#include "../../ext/source/input.h"

/* An input over bytes. */
typedef struct TestInput {
  CablesInput input;
  CablesSpan bytes;       /* all of them */
  size_t at;              /* offset of the next */
  size_t step;            /* most of one read */
  CablesSourceResult end; /* what comes behind them; CABLES_SOURCE_ERROR with
                          ** the reason "it broke" */
  bool fails;             /* a seek fails */
} TestInput;

/* An input that can seek, and tells no size.  The bytes are the caller's; so is
** input.error, to be freed. */
TestInput test_input(CablesSpan bytes, size_t step, CablesSourceResult end);

#endif
