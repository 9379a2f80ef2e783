/*
** Tests of ext/source/glob.c; the expected values are worked out by hand.
** Whole globs over a folder are in test_list.c.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../ext/source/glob.h"

static bool matches(const char *pattern, const char *name) {
  return cables_glob_name(cables_span(pattern), cables_span(name));
}

/* A character has one to four bytes; what is none is a byte. */
static void test_characters(void **state) {
  (void)state;
  assert_true(matches("[\xe2\x82\xa0-\xe2\x82\xaf]", "\xe2\x82\xac"));
  assert_false(matches("[\xe2\x82\xa0-\xe2\x82\xab]", "\xe2\x82\xac"));
  assert_true(
      matches("[\xf0\x9f\x98\x80-\xf0\x9f\x98\x8f]", "\xf0\x9f\x98\x84"));
  assert_false(matches("[a-z]", "\xf0\x9f\x98\x84"));
  assert_true(matches("????", "a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"));
  assert_true(matches("?", "\xc3"));
  assert_false(matches("\xc3\xa9", "\xc3"));
  assert_true(matches("\xff?", "\xff\xfe"));
}

static void test_is_glob(void **state) {
  (void)state;
  assert_true(cables_is_glob(CABLES_LIT("a?")));
  assert_true(cables_is_glob(CABLES_LIT("a*")));
  assert_true(cables_is_glob(CABLES_LIT("a[")));
  assert_false(cables_is_glob(CABLES_LIT("a]b")));
  assert_false(cables_is_glob(CABLES_LIT("")));
}

/* Compares the base and the parts, which blanks separate. */
static void check_parts(const char *text, const char *base, const char *parts) {
  CablesGlob glob;
  assert_true(cables_glob_init(&glob, cables_span(text)));
  assert_true(cables_equal(glob.base, cables_span(base)));
  CablesSpan rest = cables_span(parts);
  for (unsigned i = 0; i < glob.n_parts; i++) {
    assert_true(cables_starts(rest, glob.parts[i]));
    rest = cables_sub(rest, glob.parts[i].n + 1, rest.n);
  }
  assert_int_equal(rest.n, 0);
}

static void test_parts(void **state) {
  (void)state;
  check_parts("", "", "");
  check_parts("a/b/", "a/b/", "**");
  check_parts("a/b", "a/", "b");
  check_parts("a//*", "a/", "*");
  check_parts("//*", "/", "*");
  check_parts("*/./b", "", "* b");
  check_parts("*/", "", "* **");
}

/* A glob of n names, and whether it is taken. */
static bool takes(size_t n, const char *tail) {
  char text[300] = "";
  CablesGlob glob;
  for (size_t i = 0; i < n; i++) strcat(text, i > 0 ? "/*" : "*");
  strcat(text, tail);
  return cables_glob_init(&glob, cables_span(text));
}

static void test_limit(void **state) {
  (void)state;
  assert_true(takes(63, ""));
  assert_false(takes(64, ""));
  assert_true(takes(62, "/"));
  assert_false(takes(63, "/")); /* the slash at the end is one more */
}

/* Without a part nothing matches, and nothing is entered. */
static void test_empty(void **state) {
  (void)state;
  CablesGlob glob;
  assert_true(cables_glob_init(&glob, CABLES_LIT("")));
  assert_false(cables_glob_file(&glob, glob.start, CABLES_LIT("a")));
  assert_int_equal(cables_glob_enter(&glob, glob.start, CABLES_LIT("a")), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_characters), cmocka_unit_test(test_is_glob),
      cmocka_unit_test(test_parts),      cmocka_unit_test(test_limit),
      cmocka_unit_test(test_empty),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
