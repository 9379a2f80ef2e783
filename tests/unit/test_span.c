/*
** Tests of ext/base/span.h.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../ext/base/span.h"

static void finds(void **state) {
  (void)state;
  CablesSpan s = CABLES_LIT("a buoy, a Buoy");
  size_t none = (size_t)-1;
  assert_int_equal(cables_find(s, CABLES_LIT("buoy")), 2);
  assert_int_equal(cables_find(s, CABLES_LIT("Buoy")), 10);
  assert_int_equal(cables_find(s, CABLES_LIT("BUOY")), none);
  assert_int_equal(cables_find_nocase(s, CABLES_LIT("BUOY")), 2);
  assert_int_equal(cables_find_nocase(s, CABLES_LIT("ferry")), none);
  /* nothing is in no text, and a text is not in a shorter one */
  assert_int_equal(cables_find(s, CABLES_LIT("")), none);
  assert_int_equal(cables_find_nocase(s, CABLES_LIT("")), none);
  assert_int_equal(cables_find(CABLES_LIT("bu"), CABLES_LIT("buoy")), none);
  assert_int_equal(cables_find_nocase(CABLES_LIT("bu"), CABLES_LIT("buoy")),
                   none);
}

static void numbers(void **state) {
  (void)state;
  assert_int_equal(cables_number(CABLES_LIT("0")), 0);
  assert_int_equal(cables_number(CABLES_LIT("000071")), 71);
  assert_int_equal(cables_number(CABLES_LIT("2147483647")), 2147483647);
  assert_int_equal(cables_number(CABLES_LIT("2147483648")), -1);
  assert_int_equal(cables_number(CABLES_LIT("999999999999")), -1);
  assert_int_equal(cables_number(CABLES_LIT("0000000000001")), -1);
  assert_int_equal(cables_number(CABLES_LIT("")), -1);
  assert_int_equal(cables_number(CABLES_LIT("7a")), -1);
}

static void prefixes(void **state) {
  (void)state;
  CablesSpan s = CABLES_LIT("Refs");
  assert_true(cables_starts(s, CABLES_LIT("Ref")));
  assert_true(cables_starts(s, CABLES_NO_SPAN));
  assert_false(cables_starts(s, CABLES_LIT("REF")));
  assert_true(cables_starts_nocase(s, CABLES_LIT("REF")));
  assert_false(cables_starts_nocase(s, CABLES_LIT("Referees")));
  assert_true(cables_equal_nocase(s, CABLES_LIT("rEFS")));
  assert_false(cables_equal_nocase(s, CABLES_LIT("REF")));
}

static void trims(void **state) {
  (void)state;
  assert_true(cables_equal(
      cables_trim((CablesSpan){"\0 \t\n\v\f\r a b\x0e \r\n\0", 16}),
      CABLES_LIT("a b\x0e")));
  assert_int_equal(cables_trim(CABLES_LIT(" \t")).n, 0);
  assert_null(cables_trim(CABLES_NO_SPAN).z);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(finds),
      cmocka_unit_test(numbers),
      cmocka_unit_test(prefixes),
      cmocka_unit_test(trims),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
