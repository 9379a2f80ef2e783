/*
** Tests of ext/source/charset.c; the expected texts are worked out by hand.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../../ext/base/utf8.h"
#include "../../ext/source/charset.h"
#include "memory.h"

/* Compares the text of a page behind its last '>', and the charset that it was
** read by. */
static void check_cut(CablesSpan page, bool cut, CablesSpan want,
                      const char *charset) {
  CablesBuf out = {0};
  CablesHtml html;
  assert_int_equal(cables_charset_decode(page, cut, &out, &html),
                   CABLES_SOURCE_OK);
  CablesSpan text = cables_buf_get(&out);
  for (size_t i = text.n; i > 0; i--)
    if (text.z[i - 1] == '>') {
      text = cables_sub(text, i, text.n);
      break;
    }
  assert_int_equal(text.n, want.n);
  assert_memory_equal(text.z, want.z, want.n);
  assert_string_equal(html.charset, charset);
  cables_buf_free(&out);
}

static void check(const char *page, const char *want, const char *charset) {
  check_cut(cables_span(page), false, cables_span(want), charset);
}

/* The byte f0 is a Cyrillic letter in KOI8-R, and the e with an accent e9 in
** the Latin charsets. */
static void test_names(void **state) {
  (void)state;
  check("<meta charset = \"KOI8-R\" >\xf0", "\xd0\x9f", "koi8-r");
  check("<meta charset\t='koi8-r'>\xf0", "\xd0\x9f", "koi8-r");
  check("<META CHARSET=ISO_8859-5:1988>\xe9", "\xd1\x89", "iso_8859-5:1988");
  check("<meta charset=ISO_8859.5>\xe9", "\xc3\xa9", "");
  check("<meta charset=koi8-r/>\xf0", "\xd0\x9f", "koi8-r");
  check("<meta charset=koi8-r//translit>\xf0", "\xc3\xb0", "");
  check("<meta name=x>\xe9", "\xc3\xa9", "");
  check("<meta charset>\xe9", "\xc3\xa9", "");
  check("<meta charset=\xe9>\xe9", "\xc3\xa9", "");
  check("<p><meta name=x><meta charset=koi8-r><meta charset=cp866>\xf0",
        "\xd0\x9f", "koi8-r");
  check("<?XML version='1.0' encoding='koi8-r'?>\xf0", "\xd0\x9f", "koi8-r");
  check("\xe9<", "\xc3\xa9<", "");
  check("\xe9", "\xc3\xa9", "");
}

/* A name of 31 bytes may be one, a longer one is none. */
static void test_long_name(void **state) {
  (void)state;
  char page[200];
  (void)snprintf(page, sizeof(page), "<meta charset=koi8-r%0*d>\xe9",
                 CABLES_CHARSET_SIZE - 7, 0);
  check(page, "\xc3\xa9", "");
  (void)snprintf(page, sizeof(page), "<meta charset=koi8-r%0*d>\xe9",
                 CABLES_CHARSET_SIZE, 0);
  check(page, "\xc3\xa9", "");
}

/* Names that are not true of the bytes, or mean what is taken anyway. */
static void test_default(void **state) {
  (void)state;
  static const char *const names[] = {"utf-8",   "UTF-16", "ucs-2",
                                      "latin-1", "ASCII",  "no-such-charset"};
  for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
    char page[100];
    (void)snprintf(page, sizeof(page), "<meta charset=%s>\xe9", names[i]);
    check(page, "\xc3\xa9", "");
  }
}

/* A declaration behind the first 4096 bytes does not count. */
static void test_far(void **state) {
  (void)state;
  static char page[6000];
  memset(page, ' ', 4096);
  strcpy(page + 4096, "<meta charset=koi8-r>\xf0");
  check(page, "\xc3\xb0", "");
  memset(page, '<', 4096); /* tags that never end */
  check(page, "\xc3\xb0", "");
}

/* Bytes that are none of the charset: 81 starts a character of two bytes in
** Shift_JIS, and 20 does not go on with it; 82a0 is HIRAGANA LETTER A. */
static void test_wrong(void **state) {
  (void)state;
  const char *page = "<meta charset=shift_jis>\x82\xa0\x81 x\xff";
  check(page, "\xe3\x81\x82\xef\xbf\xbd x\xef\xbf\xbd", "shift_jis");
  page = "<meta charset=shift_jis>\x82\xa0\x82";
  check(page, "\xe3\x81\x82\xef\xbf\xbd", "shift_jis");
  check_cut(cables_span(page), true, CABLES_LIT("\xe3\x81\x82"), "shift_jis");
  /* Wrong bytes in a page that is cut, too. */
  check_cut(cables_span("<meta charset=shift_jis>\xff\x82\xa0"), true,
            CABLES_LIT("\xef\xbf\xbd\xe3\x81\x82"), "shift_jis");
}

/* Text that takes more room than there is at first: each f0 becomes two bytes,
** 4096 more than there were. */
static void test_long(void **state) {
  (void)state;
  static char page[10100];
  static char want[20001];
  strcpy(page, "<meta charset=koi8-r>");
  memset(page + 21, '\xf0', 10000);
  for (size_t i = 0; i < 20000; i += 2) memcpy(want + i, "\xd0\x9f", 2);
  check(page, want, "koi8-r");
}

static void test_utf16(void **state) {
  (void)state;
  check_cut(CABLES_LIT("\xff\xfe<\0p\0>\0\xe9\0"), false,
            CABLES_LIT("\xc3\xa9"), "");
}

/* Every allocation fails once.  The byte b1 is HALFWIDTH KATAKANA LETTER A, of
** three bytes; read as Windows-1252 it has two, which need less room. */
static void test_memory(void **state) {
  (void)state;
  static char page[12100];
  strcpy(page, "<meta charset=shift_jis>");
  memset(page + 24, '\xb1', 12000);
  CablesSourceResult rc = CABLES_SOURCE_NOMEM;
  for (long nth = 1; rc == CABLES_SOURCE_NOMEM; nth++) {
    CablesBuf out = {0};
    CablesHtml html;
    test_memory_fail(nth, 0);
    rc = cables_charset_decode(cables_span(page), false, &out, &html);
    test_memory_fail(0, 0);
    assert_true(nth > 2 || rc == CABLES_SOURCE_NOMEM);
    if (rc == CABLES_SOURCE_OK) assert_int_equal(out.n, 36024);
    cables_buf_free(&out);
    assert_int_equal(test_memory_live(), 0);
  }
  assert_int_equal(rc, CABLES_SOURCE_OK);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_names),   cmocka_unit_test(test_long_name),
      cmocka_unit_test(test_default), cmocka_unit_test(test_far),
      cmocka_unit_test(test_wrong),   cmocka_unit_test(test_long),
      cmocka_unit_test(test_utf16),   cmocka_unit_test(test_memory),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
