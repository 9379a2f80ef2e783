/*
** Tests of ext/base/buf.c; the expected bytes are worked out by hand.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../ext/base/buf.h"

/* Compares what a buffer holds, and frees it. */
static void check(CablesBuf *b, const char *want) {
  assert_false(b->oom);
  assert_true(cables_equal(cables_buf_get(b), cables_span(want)));
  cables_buf_free(b);
}

static void too_large(void **state) {
  (void)state;
  CablesBuf b = {0};
  cables_buf_byte(&b, 'x');
  assert_false(cables_buf_reserve(&b, SIZE_MAX));
  assert_true(b.oom);
  cables_buf_byte(&b, 'y');
  cables_buf_span(&b, CABLES_LIT("z"));
  cables_buf_format(&b, "%d", 1);
  assert_int_equal(b.n, 1);
  cables_buf_free(&b);
}

static void decimal(void **state) {
  (void)state;
  static const struct {
    long n;
    size_t width;
    const char *want;
  } cases[] = {
      {0, 0, "0"},
      {0, 3, "000"},
      {7, 2, "07"},
      {2009, 4, "2009"},
      {2009, 2, "2009"},
      {9223372036854775807L, 0, "9223372036854775807"},
      {5, 99, "000000000000000000000005"}, /* 24 digits, at most */
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    CablesBuf b = {0};
    cables_buf_decimal(&b, cases[i].n, cases[i].width);
    check(&b, cases[i].want);
  }
}

/* What is no character becomes U+FFFD. */
static void utf8(void **state) {
  (void)state;
  static const struct {
    unsigned code;
    const char *want;
  } cases[] = {
      {'A', "A"},
      {0x7f, "\x7f"},
      {0x80, "\xc2\x80"},
      {0x7ff, "\xdf\xbf"},
      {0x800, "\xe0\xa0\x80"},
      {0xd7ff, "\xed\x9f\xbf"},
      {0xd800, "\xef\xbf\xbd"},
      {0xdfff, "\xef\xbf\xbd"},
      {0xe000, "\xee\x80\x80"},
      {0xffff, "\xef\xbf\xbf"},
      {0x10000, "\xf0\x90\x80\x80"},
      {0x10ffff, "\xf4\x8f\xbf\xbf"},
      {0x110000, "\xef\xbf\xbd"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    CablesBuf b = {0};
    cables_buf_utf8(&b, cases[i].code);
    check(&b, cases[i].want);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(too_large),
      cmocka_unit_test(decimal),
      cmocka_unit_test(utf8),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
