/*
** Tests of ext/source/json.c; the expected values are worked out by hand.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../ext/source/json.h"
#include "memory.h"

/* Appends an item and a bar to the CablesBuf arg. */
static CablesSourceResult keep(void *arg, CablesSpan item) {
  cables_buf_span(arg, item);
  cables_buf_byte(arg, '|');
  return CABLES_SOURCE_OK;
}

/* Compares the items, each followed by a bar, and the complaint behind them. */
static void check(const char *text, const char *want) {
  CablesBuf got = {0};
  CablesBuf error = {0};
  CablesSourceResult rc =
      cables_json_strings(cables_span(text), keep, &got, &error);
  assert_int_equal(rc, error.n > 0 ? CABLES_SOURCE_ERROR : CABLES_SOURCE_OK);
  cables_buf_span(&got, cables_buf_get(&error));
  cables_buf_byte(&got, '\0');
  assert_string_equal(got.z, want);
  cables_buf_free(&got);
  cables_buf_free(&error);
}

#define BAD(at, what) "malformed JSON array at byte " at ": " what " expected"

static void test_items(void **state) {
  (void)state;
  check("\r\n\t []\r\n\t ", "");
  check("\r[\n\"a\"\t,\r\"b\" ]", "a|b|");
  check("[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]", "\"\\/\b\f\n\r\t|");
  check("[\"\\u00E9\\u00e9\\u0041\"]",
        "\xc3\xa9\xc3\xa9"
        "A|");
  check("[\"\\uFFFF\\ud800\\udc00\\uDBFF\\uDFFF\"]",
        "\xef\xbf\xbf\xf0\x90\x80\x80\xf4\x8f\xbf\xbf|");
}

static void test_malformed(void **state) {
  (void)state;
  check("", BAD("1", "'['"));
  check("\"a\"", BAD("1", "'['"));
  check("[", BAD("2", "string"));
  check("[\"a\x1f\"]", BAD("4", "escaped control character"));
  check("[\"a\" \"b\"]", "a|" BAD("6", "',' or ']'"));
  check("[\"a\"", "a|" BAD("5", "',' or ']'"));
  check("[\"a\",\"b\"]x", "a|b|" BAD("10", "end"));
  check("[\"\\u00/0\"]", BAD("7", "hexadecimal digit"));
  check("[\"\\u00:0\"]", BAD("7", "hexadecimal digit"));
  check("[\"\\u00@0\"]", BAD("7", "hexadecimal digit"));
  check("[\"\\u00`0\"]", BAD("7", "hexadecimal digit"));
  check("[\"\\u00G0\"]", BAD("7", "hexadecimal digit"));
  check("[\"\\u00", BAD("7", "hexadecimal digit"));
  check("[\"\\udc00\"]", BAD("9", "leading surrogate"));
  check("[\"\\udfff\"]", BAD("9", "leading surrogate"));
  check("[\"\\ud800\\x\"]", BAD("9", "trailing surrogate"));
  check("[\"\\ud800\\u00x0\"]", BAD("13", "hexadecimal digit"));
  check("[\"\\ud800\\u0041\"]", BAD("15", "trailing surrogate"));
  check("[\"\\ud800\\ue000\"]", BAD("15", "trailing surrogate"));
}

/* Ends the array at the second item, whose result it is. */
static CablesSourceResult stop(void *arg, CablesSpan item) {
  (void)item;
  return ++*(int *)arg == 2 ? CABLES_SOURCE_STOP : CABLES_SOURCE_OK;
}

static void test_stop(void **state) {
  (void)state;
  int n = 0;
  CablesBuf error = {0};
  assert_int_equal(
      cables_json_strings(CABLES_LIT("[\"a\",\"b\",\"c\"]"), stop, &n, &error),
      CABLES_SOURCE_STOP);
  assert_int_equal(n, 2);
  assert_int_equal(error.n, 0);
}

/* Every allocation fails once. */
static void test_memory(void **state) {
  (void)state;
  static const char *const texts[] = {"[\"a\",\"\\u00e9\"]", "[\"a\"", "x"};
  for (size_t i = 0; i < 3; i++) {
    CablesSourceResult rc = CABLES_SOURCE_NOMEM;
    for (long nth = 1; rc == CABLES_SOURCE_NOMEM; nth++) {
      int n = 0;
      CablesBuf error = {0};
      test_memory_fail(nth, 0);
      rc = cables_json_strings(cables_span(texts[i]), stop, &n, &error);
      test_memory_fail(0, 0);
      cables_buf_free(&error);
      assert_int_equal(test_memory_live(), 0);
      assert_true(nth > 1 || rc == CABLES_SOURCE_NOMEM);
    }
    assert_int_equal(rc, i == 0 ? CABLES_SOURCE_STOP : CABLES_SOURCE_ERROR);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_items),
      cmocka_unit_test(test_malformed),
      cmocka_unit_test(test_stop),
      cmocka_unit_test(test_memory),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
