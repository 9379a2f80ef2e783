/*
** Tests of ext/source/html.c with markup.c and charset.c; the expected texts
** are worked out by hand.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../../ext/base/utf8.h"
#include "../../ext/source/html.h"
#include "../../ext/source/markup.h"
#include "memory.h"

static CablesCounters counters;
static int polls; /* polls left until stop, 0 is never */

/* Stops when its turn has come. */
static int poll_once(void *arg) {
  (void)arg;
  return polls > 0 && --polls == 0;
}

static const CablesSourceOptions options = {
    .max_bytes = 1 << 30, .counters = &counters, .poll = poll_once};

/* Compares the text of a page. */
static void check(const char *page, const char *want) {
  CablesBuf out = {0};
  CablesHtml html;
  assert_int_equal(
      cables_html_text(cables_span(page), false, &options, &out, &html),
      CABLES_SOURCE_OK);
  cables_buf_byte(&out, '\0');
  assert_string_equal(out.z, want);
  cables_buf_free(&out);
}

/* The longest <pre> lies where the text has it. */
static void test_verbatim(void **state) {
  (void)state;
  static const struct {
    const char *page;
    const char *want;
  } cases[] = {
      {"<p>a</p><pre>bcd\nef</pre><p>g</p>", "\nbcd\nef"},
      {"<pre>a</pre><p>x</p><pre>bcd</pre>y<pre>ef</pre>", "\nbcd"},
      {"<pre>ab<pre>cd</pre>ef</pre>g", "ab\ncd\nef"},
      {"<p>a</p>", ""},
      {"<pre></pre>a", ""},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    CablesBuf out = {0};
    CablesHtml html;
    assert_int_equal(cables_html_text(cables_span(cases[i].page), false,
                                      &options, &out, &html),
                     CABLES_SOURCE_OK);
    CablesSpan got = cables_sub(cables_buf_get(&out), html.verbatim.from,
                                html.verbatim.to - html.verbatim.from);
    assert_int_equal(got.n, strlen(cases[i].want));
    assert_memory_equal(got.n > 0 ? got.z : "", cases[i].want, got.n);
    cables_buf_free(&out);
  }
}

static void test_blocks(void **state) {
  (void)state;
  check("", "");
  check(
      "<html><head><title>T</title><style>x</style></head><body>"
      "<div> a\n b <b>c</b></div><p>d</p><p>e<br>f<br><br>g</p>"
      "<script>if (a<b) x();</script><noscript>n</noscript></body></html>",
      "a b c\nd\ne\nf\n\ng");
  check("<div><div>a</div></div><hr><ul><li>b<li>c</ul>", "a\nb\nc");
  check("<title>never closed<body><p>seen</p>", "seen");
  check("a<noscript><p>n</p><table><tr><td>n</table></noscript>b", "ab");
  check("a</i>b</div>c", "abc");
  check("<p>a&#13;b\tc\r\nd\n</p>", "a b c d");
  check("<section>a</section><my-box>b</my-box><o:p>c</o:p>", "a\nbc");
}

static void test_pre(void **state) {
  (void)state;
  check("<code><pre>A&#x000A;  B \n\nC </pre></code>\n<code><pre>D</pre>",
        "A\n  B \n\nC \nD");
  check("<pre>a<br>b<br></pre>c", "a\nb\nc");
  check("<pre>\n\nx&#13;&#10;y&#13;z</pre>", "\nx\ny\nz");
  check(
      "<pre>a < b & c <5 MW> &one-stop <XXXX> <x@y.gov> AT&T &amp; &lt;</pre>",
      "a < b & c <5 MW> &one-stop <XXXX> <x@y.gov> AT&T & <");
  check("<pre>TAGS: <a href='/t?a=1&b=2' title=\"a<b>c\">PREL</a>\nq<b</pre>",
        "TAGS: PREL\nq<b");
  check("<pre>x <!-- gone --> y <!-- not closed</pre>", "x  y <!-- not closed");
}

static void test_table(void **state) {
  (void)state;
  check(
      "<p>x<table><tr><th>Id</th>\n<th>Day</th></tr>\n<tr>\n<td>\n"
      "<a href='#'>06MOSCOW1</a>\n</td>\n<td><p>1 May</p></td></tr></table>y",
      "x\nId\tDay\n06MOSCOW1\t1 May\ny");
  check("<table><tr><td>a<td><td>c<tr><td><td>b<td></table>", "a\t\tc\n\tb");
  check("<table><tr><td>a<td> b</td> <td><br>c</table>", "a\tb\tc");
  check("<table><tr><td><br></td><td>a<br>b<td>c</table>", "\ta\nb\tc");
  check("<table><tr><td>nav</td><td><pre>VZCZC\nPP</pre></td></tr></table>",
        "nav\nVZCZC\nPP");
}

static void test_entities(void **state) {
  (void)state;
  check("<p>&eacute;&#233;&#xE9;&nbsp;&euro;&bogus;&#0;</p>",
        "\xc3\xa9\xc3\xa9\xc3\xa9\xc2\xa0\xe2\x82\xac&bogus;");
}

static void test_charset(void **state) {
  (void)state;
  static const struct {
    const char *page, *want, *charset;
    unsigned flags;
  } cases[] = {
      {"<html><meta charset=koi8-r><p>\xf0", "\xd0\x9f", "koi8-r", 0},
      {"<meta content='text/html; charset=Windows-1251'><p>\xcf", "\xd0\x9f",
       "windows-1251", 0},
      {"<meta charset=koi8-r><p>\xd0\x9f", "\xd0\x9f", "", 0},
      {"<meta charset=latin1><p>\x93", "\xe2\x80\x9c", "",
       CABLES_DECODE_CP1252},
      {"<meta charset='no/such//thing'><p>\x93", "\xe2\x80\x9c", "",
       CABLES_DECODE_CP1252},
      {"<?xml version='1.0' encoding='koi8-r'?><p>\xf0", "\xd0\x9f", "koi8-r",
       0},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
    CablesBuf out = {0};
    CablesHtml html;
    assert_int_equal(cables_html_text(cables_span(cases[i].page), false,
                                      &options, &out, &html),
                     CABLES_SOURCE_OK);
    assert_true(cables_equal(cables_buf_get(&out), cables_span(cases[i].want)));
    assert_string_equal(html.charset, cases[i].charset);
    assert_int_equal(html.flags, cases[i].flags);
    cables_buf_free(&out);
  }
}

static void test_recognised(void **state) {
  (void)state;
  static const char *const pages[] = {"<!DOCTYPE HTML PUBLIC>",
                                      " \n<html>",
                                      "<HEAD>",
                                      "<body class=x>",
                                      "<?xml version='1.0'?>\n<!DOCTYPE html>",
                                      "<!-- saved --><!-- x --><html>",
                                      "<div/>",
                                      "<pre>",
                                      "<p>",
                                      "<table >"};
  static const char *const texts[] = {"",
                                      "<",
                                      "<!-- x",
                                      "<!-- x -->UNCLAS",
                                      "VZCZC <html>",
                                      "<XXXX> <p>",
                                      "<?xml version='1.0'?><rss>",
                                      "<html",
                                      "<params>",
                                      "<div!x>"};
  for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++)
    assert_true(cables_is_html(cables_span(pages[i])));
  for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
    assert_false(cables_is_html(cables_span(texts[i])));
}

/* What begins with a comment longer than the head is a page; with another thing
** that never ends it is none. */
static void test_long_head(void **state) {
  (void)state;
  static char text[CABLES_HTML_HEAD + 100];
  memset(text, 'x', sizeof(text));
  memcpy(text, "<!--", 4);
  assert_true(cables_is_html((CablesSpan){text, sizeof(text)}));
  assert_false(cables_is_html((CablesSpan){text, CABLES_HTML_HEAD}));
  memcpy(text, "<?xml", 5);
  assert_false(cables_is_html((CablesSpan){text, sizeof(text)}));
}

/* n copies of a text with another behind them, and what is seen of it. */
static void check_many(const char *text, size_t n, const char *tail,
                       size_t want) {
  CablesBuf page = {0};
  CablesBuf out = {0};
  CablesHtml html;
  for (size_t i = 0; i < n; i++) cables_buf_text(&page, text);
  cables_buf_text(&page, tail);
  assert_int_equal(
      cables_html_text(cables_buf_get(&page), false, &options, &out, &html),
      CABLES_SOURCE_OK);
  assert_int_equal(out.n, want);
  cables_buf_free(&page);
  cables_buf_free(&out);
}

static void test_hostile(void **state) {
  (void)state;
  check_many("<div>", 1000000, "x", 1);
  check_many("<span>", 300000, "x</span></span>", 1);
  check_many("<a x=\"<a \" ", 100000, ">\"", 1099990);
  check_many("<!--", 100000, "", 400000);
  check_many("<b x='", 100000, "", 600000);
  check_many("12345678 ", 2000000, "", 17999999);
}

static void test_stop(void **state) {
  (void)state;
  CablesBuf page = {0};
  CablesBuf out = {0};
  CablesHtml html;
  for (size_t i = 0; i < 100000; i++) cables_buf_text(&page, "<p>text");
  polls = 5;
  assert_int_equal(
      cables_html_text(cables_buf_get(&page), false, &options, &out, &html),
      CABLES_SOURCE_STOP);
  page.n = 0;
  for (size_t i = 0; i < 100000; i++) cables_buf_text(&page, "<span>");
  polls = 5; /* the many that are open are closed after it */
  assert_int_equal(
      cables_html_text(cables_buf_get(&page), false, &options, &out, &html),
      CABLES_SOURCE_STOP);
  polls = 1; /* before the parser starts */
  assert_int_equal(
      cables_html_text(cables_buf_get(&page), false, &options, &out, &html),
      CABLES_SOURCE_STOP);
  polls = 0;
  cables_buf_free(&page);
  cables_buf_free(&out);
}

static void test_oom(void **state) {
  (void)state;
  const char *page = "<meta charset=koi8-r><p>a < \xf0<table><tr><td>b";
  CablesSourceResult rc = CABLES_SOURCE_NOMEM;
  for (long n = 1; rc != CABLES_SOURCE_OK; n++) {
    CablesBuf out = {0};
    CablesHtml html;
    test_memory_fail(n, 0);
    rc = cables_html_text(cables_span(page), false, &options, &out, &html);
    test_memory_fail(0, 0);
    assert_true(rc == CABLES_SOURCE_OK || rc == CABLES_SOURCE_NOMEM);
    cables_buf_free(&out);
    assert_int_equal(test_memory_live(), 0);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_blocks),     cmocka_unit_test(test_verbatim),
      cmocka_unit_test(test_pre),        cmocka_unit_test(test_table),
      cmocka_unit_test(test_entities),   cmocka_unit_test(test_charset),
      cmocka_unit_test(test_recognised), cmocka_unit_test(test_hostile),
      cmocka_unit_test(test_stop),       cmocka_unit_test(test_long_head),
      cmocka_unit_test(test_oom),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
