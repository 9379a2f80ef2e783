/*
** Tests of ext/source/salvage.c over gzip files that are written by hand (RFC
** 1951, 1952).
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../ext/source/salvage.h"
#include "inputs.h"
#include "memory.h"

/* Compares what can be unpacked, and how it ends. */
static void check_end(CablesSpan bytes, size_t step, CablesSourceResult end,
                      const char *want) {
  TestInput fake = test_input(bytes, step, end);
  CablesWindow w = {0};
  CablesBuf got = {0};
  cables_window_start(&w, &fake.input);
  CablesSourceResult rc;
  CablesSalvage *salvage = cables_salvage_open(&w, &rc);
  if (salvage == NULL) {
    cables_buf_text(&got, "none");
    assert_int_equal(rc, end == CABLES_SOURCE_END ? CABLES_SOURCE_OK : end);
  } else {
    const void *z;
    size_t n;
    while ((n = cables_salvage_read(salvage, &z)) > 0)
      cables_buf_span(&got, (CablesSpan){z, n});
    assert_int_equal(cables_salvage_result(salvage),
                     end == CABLES_SOURCE_END ? CABLES_SOURCE_OK : end);
  }
  cables_salvage_close(salvage);
  cables_buf_byte(&got, '\0');
  assert_string_equal(got.z, want);
  cables_buf_free(&got);
  cables_window_free(&w);
  assert_int_equal(test_memory_live(), 0);
}

#define check(bytes, want) \
  check_end(CABLES_LIT(bytes), 100, CABLES_SOURCE_END, want)

/* A header with these flags, and a block that holds "text" as it is, of a
** file that is cut behind it. */
#define GZIP(flags) "\x1f\x8b\x08" flags "\0\0\0\0\0\x03"
#define STORED "\0\4\0\xfb\xfftext"

/* What a header may have: none of it is in a zip's. */
static void test_headers(void **state) {
  (void)state;
  check(GZIP("\0") STORED, "text");
  check(GZIP("\4") "\3\0abc" STORED, "text");
  check(GZIP("\10") "name\0" STORED, "text");
  check(GZIP("\20") "comment\0" STORED, "text");
  check(GZIP("\2") "hh" STORED, "text");
  check(GZIP("\36") "\1\0anaxx\0cc\0hh" STORED, "text");
}

/* Headers that are cut. */
static void test_cut(void **state) {
  (void)state;
  check("\x1f\x8b\x08", "");
  check(GZIP("\0"), "");
  check(GZIP("\4"), "");
  check(GZIP("\4") "\3", "");
  check(GZIP("\4") "\3\0a", "");
  check(GZIP("\10") "name", "");
  check(GZIP("\2") "h", "");
}

/* What is no compressed file, or cannot be started over. */
static void test_none(void **state) {
  (void)state;
  check("", "none");
  check("text", "none");
  check("\x28\xb5\x2f", "none");
  CablesWindow w = {0};
  TestInput fake =
      test_input(CABLES_LIT(GZIP("\0") STORED), 100, CABLES_SOURCE_END);
  fake.input.seek = NULL;
  cables_window_start(&w, &fake.input);
  CablesSourceResult rc;
  assert_null(cables_salvage_open(&w, &rc));
  assert_int_equal(rc, CABLES_SOURCE_OK);
  cables_window_free(&w);
  cables_salvage_close(NULL);
}

/* The reader stops, or its memory is out: at the head, and behind it. */
static void test_stop(void **state) {
  (void)state;
  CablesSpan bytes = CABLES_LIT(GZIP("\0") STORED);
  check_end(bytes, 100, CABLES_SOURCE_STOP, "text");
  check_end(bytes, 100, CABLES_SOURCE_NOMEM, "text");
  check_end(CABLES_LIT(""), 100, CABLES_SOURCE_STOP, "none");
  for (long nth = 1; nth <= 2; nth++) {
    CablesWindow w = {0};
    TestInput fake = test_input(bytes, 100, CABLES_SOURCE_END);
    cables_window_start(&w, &fake.input);
    test_memory_fail(nth, 0);
    CablesSourceResult rc;
    assert_null(cables_salvage_open(&w, &rc));
    assert_int_equal(rc, CABLES_SOURCE_NOMEM);
    test_memory_fail(0, 0);
    cables_window_free(&w);
    assert_int_equal(test_memory_live(), 0);
  }
}

/* A head that is in the window already is not read again. */
static void test_head(void **state) {
  (void)state;
  CablesBuf bytes = {0};
  CablesWindow w = {0};
  cables_buf_span(&bytes, CABLES_LIT(GZIP("\0") STORED));
  while (bytes.n < 20000) /* blocks without bytes */
    cables_buf_span(&bytes, CABLES_LIT("\0\0\0\xff\xff"));
  TestInput fake = test_input(cables_buf_get(&bytes), 20000, CABLES_SOURCE_END);
  cables_window_start(&w, &fake.input);
  assert_int_equal(cables_window_more(&w, CABLES_ONE_READ), CABLES_SOURCE_OK);
  cables_window_use(&w, 100);
  size_t at = fake.at;
  CablesSourceResult rc;
  CablesSalvage *salvage = cables_salvage_open(&w, &rc);
  assert_non_null(salvage);
  assert_int_equal(fake.at, at);
  const void *z;
  assert_int_equal(cables_salvage_read(salvage, &z), 4);
  assert_memory_equal(z, "text", 4);
  cables_salvage_close(salvage);
  cables_window_free(&w);
  cables_buf_free(&bytes);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_headers), cmocka_unit_test(test_cut),
      cmocka_unit_test(test_none),    cmocka_unit_test(test_stop),
      cmocka_unit_test(test_head),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
