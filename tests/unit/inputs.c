/*
** Inputs that are made of bytes: see inputs.h.
*/
#include "inputs.h"

#include <string.h>

static CablesSourceResult read_bytes(CablesInput *input, char *z, size_t n,
                                     size_t *got) {
  TestInput *test = (TestInput *)(void *)input;
  CablesSpan s = cables_sub(test->bytes, test->at, n);
  s = cables_sub(s, 0, test->step);
  *got = s.n;
  if (s.n == 0) {
    if (test->end == CABLES_SOURCE_ERROR)
      cables_buf_text(&input->error, "it broke");
    return test->end;
  }
  memcpy(z, s.z, s.n);
  test->at += s.n;
  return CABLES_SOURCE_OK;
}

static bool seek_bytes(CablesInput *input, int64_t offset) {
  TestInput *test = (TestInput *)(void *)input;
  if (test->fails) return false;
  test->at = (size_t)offset;
  return true;
}

TestInput test_input(CablesSpan bytes, size_t step, CablesSourceResult end) {
  return (TestInput){
      .input = {.read = read_bytes, .seek = seek_bytes, .size = -1},
      .bytes = bytes,
      .step = step,
      .end = end};
}
