/*
** Tests of ext/base/utf8.c; the expected bytes are worked out by hand.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../ext/base/utf8.h"
#include "memory.h"

/* Decodes raw whole, and cut in two at every place, and compares. */
static void check(CablesSpan raw, CablesSpan want, unsigned flags) {
  for (size_t cut = 0; cut <= raw.n; cut++) {
    CablesBuf out = {0};
    CablesDecoder d = {0};
    size_t used = 0;
    used = cables_decode_piece(&d, cables_sub(raw, 0, cut), false, &out);
    assert_true(used <= cut);
    used += cables_decode_piece(&d, cables_sub(raw, used, raw.n), true, &out);
    assert_int_equal(used, raw.n);
    assert_true(cables_equal(cables_buf_get(&out), want));
    assert_int_equal(d.flags, flags);
    cables_buf_free(&out);
  }
  CablesBuf whole = {0};
  assert_int_equal(cables_decode(raw, &whole), flags);
  assert_true(cables_equal(cables_buf_get(&whole), want));
  cables_buf_free(&whole);
}

static void test_valid(void **state) {
  (void)state;
  static const struct {
    CablesSpan text;
    size_t valid;
  } cases[] = {
      {{"", 0}, 0},
      {{"plain", 5}, 5},
      {{"sixteen bytes of plain \xe2\x82\xac", 26}, 26},
      {{"sixteen bytes of plain \xe2\x82", 25}, 23},
      {{"\xc0\x80", 2}, 0},         /* overlong NUL */
      {{"a\xe0\x9f\xbf", 4}, 1},    /* overlong U+07FF */
      {{"\xed\x9f\xbf", 3}, 3},     /* U+D7FF */
      {{"\xed\xa0\x80", 3}, 0},     /* surrogate */
      {{"\xf0\x8f\xbf\xbf", 4}, 0}, /* overlong U+FFFF */
      {{"\xf4\x8f\xbf\xbf", 4}, 4}, /* U+10FFFF */
      {{"\xf4\x90\x80\x80", 4}, 0}, /* above */
      {{"\xf5\x80\x80\x80", 4}, 0}, /* no lead byte */
      {{"12345678\xff", 9}, 8},
      {{"a\0b", 3}, 3},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
    assert_int_equal(cables_utf8_valid(cases[i].text), cases[i].valid);
}

static void test_decode(void **state) {
  (void)state;
  check(CABLES_LIT("plain\n"), CABLES_LIT("plain\n"), 0);
  check(CABLES_LIT(""), CABLES_LIT(""), 0);
  check(CABLES_LIT("a\r\nb\rc\r\r\nd\r"), CABLES_LIT("a\nb\nc\n\nd\n"), 0);
  check(CABLES_LIT("\xef\xbb\xbfx\xef\xbb\xbfy"), CABLES_LIT("x\xef\xbb\xbfy"),
        0);
  check(CABLES_LIT("\xef\xbb"), CABLES_LIT("\xc3\xaf\xc2\xbb"),
        CABLES_DECODE_CP1252);
  check((CablesSpan){"a\0b\r\n\0", 6}, CABLES_LIT("a b\n "), CABLES_DECODE_NUL);
  /* Euro, quote, e acute, and the undefined 0x81. */
  check(CABLES_LIT("\x80 \x93 \xe9 \x81"),
        CABLES_LIT("\xe2\x82\xac \xe2\x80\x9c \xc3\xa9 \xc2\x81"),
        CABLES_DECODE_CP1252);
  /* Good UTF-8 beside a stray byte, and a sequence that the end cuts. */
  check(CABLES_LIT("\xc3\xa9\xe9\xe2\x82\xac"),
        CABLES_LIT("\xc3\xa9\xc3\xa9\xe2\x82\xac"), CABLES_DECODE_CP1252);
  check(CABLES_LIT("x\xe2\x82"), CABLES_LIT("x\xc3\xa2\xe2\x80\x9a"),
        CABLES_DECODE_CP1252);
  /* A longer form than needed is no sequence, cut or not. */
  check(CABLES_LIT("x\xe0\x80"), CABLES_LIT("x\xc3\xa0\xe2\x82\xac"),
        CABLES_DECODE_CP1252);
  check(CABLES_LIT("\r\x80\r"), CABLES_LIT("\n\xe2\x82\xac\n"),
        CABLES_DECODE_CP1252);
}

static void test_utf16(void **state) {
  (void)state;
  check((CablesSpan){"\xff\xfe"
                     "A\0\r\0\n\0\xac\x20\r\0",
                     12},
        CABLES_LIT("A\n\xe2\x82\xac\n"), CABLES_DECODE_UTF16);
  check((CablesSpan){"\xfe\xff\xd8\x3d\xde\x00\0\0\xdc\x00", 10},
        CABLES_LIT("\xf0\x9f\x98\x80 \xef\xbf\xbd"),
        CABLES_DECODE_UTF16 | CABLES_DECODE_NUL);
  check((CablesSpan){"\xff\xfe\x3d\xd8"
                     "A\0B",
                     7},
        CABLES_LIT("\xef\xbf\xbd"
                   "A\xef\xbf\xbd"),
        CABLES_DECODE_UTF16);
  /* Half a pair before the first character behind the halves. */
  check((CablesSpan){"\xfe\xff\xd8\x00\xe0\x00", 6},
        CABLES_LIT("\xef\xbf\xbd\xee\x80\x80"), CABLES_DECODE_UTF16);
}

static void test_repair(void **state) {
  (void)state;
  CablesBuf out = {0};
  cables_utf8_repair((CablesSpan){"a\0\xff\xc3\xa9\xe2\x82\0", 8}, &out);
  assert_true(cables_equal(
      cables_buf_get(&out),
      CABLES_LIT("a \xef\xbf\xbd\xc3\xa9\xef\xbf\xbd\xef\xbf\xbd ")));
  cables_buf_free(&out);
  cables_utf8_repair(CABLES_NO_SPAN, &out);
  assert_int_equal(out.n, 0);
}

static void test_oom(void **state) {
  (void)state;
  test_memory_fail(1, 0);
  CablesBuf out = {0};
  cables_decode(CABLES_LIT("text \x80"), &out);
  assert_true(out.oom);
  cables_buf_free(&out);
  test_memory_fail(0, 0);
  assert_int_equal(test_memory_live(), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_valid), cmocka_unit_test(test_decode),
      cmocka_unit_test(test_utf16), cmocka_unit_test(test_repair),
      cmocka_unit_test(test_oom),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
