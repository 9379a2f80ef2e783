/*
** Tests of ext/source/text.c over inputs of bytes; the expected texts are
** worked out by hand.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../ext/source/text.h"
#include "inputs.h"
#include "memory.h"

static CablesCounters counters;

/* Reads a document, `want` bytes more each time, and compares: its text, then
** behind a bar its notes and why it could not be read.  size: what is told of
** it, or -1; ahead: so many bytes are in the window before. */
static void check_steps(CablesSpan bytes, CablesSourceResult end, int64_t size,
                        int64_t max_bytes, size_t want, size_t ahead,
                        const char *text) {
  CablesSourceOptions options = {.max_bytes = max_bytes, .counters = &counters};
  TestInput input = test_input(bytes, 20000, end);
  if (size == (int64_t)bytes.n) input.input.size = size;
  CablesWindow w = {0};
  CablesText t = {0};
  cables_window_start(&w, &input.input);
  while (!w.ended && w.buf.n < ahead)
    assert_int_equal(cables_window_more(&w, ahead), CABLES_SOURCE_OK);
  cables_text_start(&t, &w, size);
  for (size_t n = want; !t.complete; n = t.text.n + want)
    assert_int_equal(cables_text_read(&t, n, &options), CABLES_SOURCE_OK);
  /* One that is complete is read no further. */
  size_t at = input.at;
  assert_int_equal(cables_text_read(&t, SIZE_MAX, &options), CABLES_SOURCE_OK);
  assert_int_equal(input.at, at);
  cables_buf_byte(&t.text, '|');
  cables_buf_text(&t.text, t.not_utf8);
  cables_buf_text(&t.text, t.too_long);
  if (t.failed) cables_buf_span(&t.text, t.failure);
  assert_int_equal(t.text.n, strlen(text));
  assert_memory_equal(t.text.z, text, t.text.n);
  cables_buf_free(&input.input.error);
  cables_text_free(&t);
  cables_window_free(&w);
  assert_int_equal(test_memory_live(), 0);
}

static void check(CablesSpan bytes, CablesSourceResult end, int64_t size,
                  int64_t max_bytes, const char *text) {
  check_steps(bytes, end, size, max_bytes, 1, 0, text);
  check_steps(bytes, end, size, max_bytes, 1, SIZE_MAX, text);
  check_steps(bytes, end, size, max_bytes, 100000, 0, text);
}

#define END CABLES_SOURCE_END
#define LONGER(n) "document is longer than max_bytes: " n " bytes"

/* The limit is met by a size that is known, or by reading one byte more. */
static void test_limit(void **state) {
  (void)state;
  check(CABLES_LIT("12345"), END, 5, 5, "12345|");
  check(CABLES_LIT("12345"), END, -1, 5, "12345|");
  check(CABLES_LIT("12345"), END, 5, 4, "1234|" LONGER("5"));
  check(CABLES_LIT("12345"), END, -1, 4, "1234|" LONGER("5"));
  check(CABLES_LIT("12345"), END, -1, 3, "123|" LONGER("4"));
  check(CABLES_LIT("12345"), END, 3, 3, "123|" LONGER("4")); /* it grew */
  check(CABLES_LIT("12345"), END, -1, 0, "|" LONGER("1"));
  check(CABLES_LIT("12345"), END, 5, -1, "|" LONGER("5"));
  check(CABLES_LIT("12\xc3\xa9"), END, -1, 3, "12|" LONGER("4"));
  check(CABLES_LIT("12\r\n"), END, -1, 3, "12|" LONGER("4"));
  check(CABLES_LIT("12\r"), END, -1, 3, "12\n|");
  check(CABLES_LIT("<p>ab"), END, -1, 4, "a|" LONGER("5"));
  check(CABLES_LIT("<p>ab"), END, -1, 5, "ab|");
}

/* What comes before the input breaks is kept. */
static void test_broken(void **state) {
  (void)state;
  check(CABLES_LIT("text"), CABLES_SOURCE_ERROR, -1, 100, "text|it broke");
  check(CABLES_LIT(""), CABLES_SOURCE_ERROR, -1, 100, "|it broke");
  check(CABLES_LIT("<p>text"), CABLES_SOURCE_ERROR, -1, 100, "text|it broke");
}

/* A long one, of which a character ends at no piece's end; 9397 * 3 bytes. */
static void test_long(void **state) {
  (void)state;
  static char bytes[28200];
  for (size_t i = 0; i < 28191; i += 3) memcpy(bytes + i, "\xe2\x82\xac", 3);
  static char text[28200];
  memcpy(text, bytes, 28191);
  strcpy(text + 28191, "|");
  CablesSpan all = {bytes, 28191};
  for (size_t ahead = 0; ahead < 60000; ahead += 20000) {
    check_steps(all, END, 28191, 1 << 20, 1, ahead, text);
    check_steps(all, END, -1, 1 << 20, 9000, ahead, text);
    check_steps(all, END, -1, 28191, 20000, ahead, text);
  }
}

/* Every allocation fails once, in plain text and in a page; so does the input,
** wherever it is. */
static void test_failures(void **state) {
  (void)state;
  static char bytes[20000];
  CablesSourceOptions options = {.max_bytes = 1 << 20, .counters = &counters};
  for (int i = 0; i < 2; i++) {
    memset(bytes, 'x', sizeof(bytes));
    if (i == 1) memcpy(bytes, "<p>", 3);
    CablesSourceResult rc = CABLES_SOURCE_NOMEM;
    for (long nth = 1; rc == CABLES_SOURCE_NOMEM; nth++) {
      TestInput input = test_input((CablesSpan){bytes, 20000}, 70000, END);
      CablesWindow w = {0};
      CablesText t = {0};
      cables_window_start(&w, &input.input);
      cables_text_start(&t, &w, -1);
      test_memory_fail(nth, 0);
      rc = cables_text_read(&t, 8192, &options);
      if (rc == CABLES_SOURCE_OK) rc = cables_text_read(&t, SIZE_MAX, &options);
      test_memory_fail(0, 0);
      if (rc == CABLES_SOURCE_OK)
        assert_int_equal(t.text.n, i == 0 ? 20000 : 19997);
      cables_text_free(&t);
      cables_window_free(&w);
      assert_int_equal(test_memory_live(), 0);
      assert_true(nth > 1 || rc == CABLES_SOURCE_NOMEM);
    }
    assert_int_equal(rc, CABLES_SOURCE_OK);
    for (size_t n = 0; n < 20000; n += 4000) {
      TestInput input =
          test_input((CablesSpan){bytes, n}, 3000, CABLES_SOURCE_STOP);
      CablesWindow w = {0};
      CablesText t = {0};
      cables_window_start(&w, &input.input);
      cables_text_start(&t, &w, -1);
      assert_int_equal(cables_text_read(&t, SIZE_MAX, &options),
                       CABLES_SOURCE_STOP);
      assert_false(t.complete);
      cables_text_free(&t);
      cables_window_free(&w);
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_limit),
      cmocka_unit_test(test_broken),
      cmocka_unit_test(test_long),
      cmocka_unit_test(test_failures),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
