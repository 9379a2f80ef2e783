/*
** Tests of ext/source/markup.c: which '<' and '&' of a page are data, and are
** escaped.  The expected texts are worked out by hand; whole pages are in
** test_html.c.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../ext/source/markup.h"

static void check(const char *page, const char *want) {
  CablesBuf out = {0};
  cables_markup_escape(cables_span(page), &out);
  cables_buf_byte(&out, '\0');
  assert_string_equal(out.z, want);
  cables_buf_free(&out);
}

/* A page that is all markup stays as it is. */
static void check_same(const char *page) { check(page, page); }

static void test_elements(void **state) {
  (void)state;
  assert_int_equal(cables_element(CABLES_LIT("FigCaption")),
                   CABLES_ELEMENT_BLOCK);
  assert_int_equal(cables_element(CABLES_LIT("bogus")), CABLES_ELEMENT_UNKNOWN);
  assert_int_equal(cables_element(CABLES_LIT("")), CABLES_ELEMENT_UNKNOWN);
  assert_int_equal(cables_element(CABLES_LIT("blockquote-blockquote")),
                   CABLES_ELEMENT_UNKNOWN);
  assert_int_equal(cables_element(CABLES_LIT("blockquote123456")),
                   CABLES_ELEMENT_UNKNOWN);
}

static void test_tags(void **state) {
  (void)state;
  check_same("<p>a</p><BR/><b\nc>");
  check("<p", "&lt;p");
  check("a<", "a&lt;");
  check("<p x", "&lt;p x");
  check("<p <b>", "&lt;p <b>");
  check("<p_>", "&lt;p_>");
  check("<bogus>", "&lt;bogus>");
  check("</>", "&lt;/>");
}

/* Names that HTML does not have: lower case with one joint inside. */
static void test_foreign(void **state) {
  (void)state;
  check_same("<o:p><my-box2>");
  check("<:p><o:><-a><a->", "&lt;:p>&lt;o:>&lt;-a>&lt;a->");
  check("<a-b-c><O:p><a_:b>", "&lt;a-b-c>&lt;O:p>&lt;a_:b>");
  /* A name of 40 bytes and one more. */
  check_same("<a:34567890123456789012345678901234567890>");
  check("<a:345678901234567890123456789012345678901>",
        "&lt;a:345678901234567890123456789012345678901>");
}

static void test_declarations(void **state) {
  (void)state;
  check_same("<!DOCTYPE html><?xml version='1'?><![CDATA[x]]>");
  check("<!", "&lt;!");
  check("<!>", "&lt;!>");
  check("<!1>", "&lt;!1>");
  check("<?>", "&lt;?>");
  check("<!DOCTYPE", "&lt;!DOCTYPE");
  check_same("<!---->");
  check("<!-- a <!-- b", "&lt;!-- a &lt;!-- b");
}

/* A quote that is never closed is no quote; one without '=' is none either. */
static void test_quotes(void **state) {
  (void)state;
  check_same("<a x='>'>");
  check_same("<a x=\"'>\" y='\">'>");
  check_same("<a x= '<'>");
  check("<a '<'>", "&lt;a '&lt;'>");
  check_same("<a x='>");
  check_same("<a x=\">b<a x='>c<a x=\">");
  check("<a x=\"", "&lt;a x=\"");
  check("<a x='b'", "&lt;a x='b'");
}

/* A tag may hold a '<' in sixteen of its values. */
static void test_many_quotes(void **state) {
  (void)state;
  char page[200];
  strcpy(page, "<a");
  for (int i = 0; i < 16; i++) strcat(page, " x='<'");
  strcat(page, ">");
  check_same(page);
  char want[400];
  strcpy(page, "<a");
  strcpy(want, "&lt;a");
  for (int i = 0; i < 17; i++) {
    strcat(page, " x='<'");
    strcat(want, " x='&lt;'");
  }
  strcat(page, ">");
  strcat(want, ">");
  check(page, want);
}

static void test_entities(void **state) {
  (void)state;
  check_same("&amp;&#38;&#x26;&eacute;");
  check("&", "&amp;");
  check("&#", "&amp;#");
  check("&;", "&amp;;");
  check("&#;", "&amp;#;");
  check("&amp", "&amp;amp");
  check("&a b;", "&amp;a b;");
  /* A name of 33 bytes and one more. */
  check_same("&a23456789012345678901234567890123;");
  check("&a234567890123456789012345678901234;",
        "&amp;a234567890123456789012345678901234;");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_elements), cmocka_unit_test(test_tags),
      cmocka_unit_test(test_foreign),  cmocka_unit_test(test_declarations),
      cmocka_unit_test(test_quotes),   cmocka_unit_test(test_many_quotes),
      cmocka_unit_test(test_entities),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
