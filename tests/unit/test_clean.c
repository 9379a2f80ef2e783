/*
** Tests of cleaned and of reflowed texts.  Expected values are worked out from
** telegram.h (cables_clean, cables_reflow) and shared/format/modern.md 0.4,
** 9.1, 9.3, 10.4.
*/
#include "memory.h"
#include "telegrams.h"

typedef bool Function(CablesSpan text, CablesBuf *out);

/* Checks what a function makes of n bytes. */
static void check(Function *function, const char *z, size_t n,
                  const char *want) {
  CablesBuf out = {0};
  telegram_case(z);
  assert_true(function(telegram_copy(z, n), &out));
  CHECK_TEXT(cables_buf_get(&out), want);
  cables_buf_free(&out);
}
#define CHECK_CLEAN(text, want) \
  check(cables_clean, (text), sizeof(text) - 1, (want))
#define CHECK_REFLOW(text, want) \
  check(cables_reflow, (text), sizeof(text) - 1, (want))

static void line_ends(void **state) {
  (void)state;
  CHECK_CLEAN("One\nTwo\n", "One\nTwo\n");
  CHECK_CLEAN("One\r\nTwo\r\n", "One\nTwo\n");
  CHECK_CLEAN("One \nTwo  \n", "One\nTwo\n");
  CHECK_CLEAN("One\\\nTwo \\\n", "One\nTwo\n");
  CHECK_CLEAN("One\\\r\nTwo\\\r\n", "One\nTwo\n");
  CHECK_CLEAN("One\n\nTwo\n", "One\n\nTwo\n");
  CHECK_CLEAN("One\n \nTwo\n", "One\n\nTwo\n");
  CHECK_CLEAN("One\n\\\nTwo\n", "One\n\nTwo\n");
}

/* Bytes that are no text; the rest is as printed. */
static void bytes(void **state) {
  (void)state;
  CHECK_CLEAN("One\n\0\0\0\n\0", "One\n");
  CHECK_CLEAN("One\0\nTwo\n", "One\nTwo\n");
  CHECK_CLEAN("  One   two\n", "  One   two\n");
  CHECK_CLEAN("Caf\xc3\xa9 \xe2\x80\x9c\n", "Caf\xc3\xa9 \xe2\x80\x9c\n");
  CHECK_CLEAN("", "");
  CHECK_CLEAN("\n\n", "");
  CHECK_CLEAN("C:\\path\\file is here\n", "C:\\path\\file is here\n");
}

/* telegram.h: no NUL, no carriage return, wherever it stood. */
static void no_nul_inside(void **state) {
  (void)state;
  static const char text[] = "One\0two\rthree\n";
  CablesBuf out = {0};
  assert_true(cables_clean((CablesSpan){text, sizeof(text) - 1}, &out));
  CHECK_NUMBER(memchr(out.z, '\0', out.n) == NULL, 1);
  CHECK_NUMBER(memchr(out.z, '\r', out.n) == NULL, 1);
  cables_buf_free(&out);
}

/* modern.md 9.1: the page's sign before numbers and capitals at line start. */
static void paragraph_signs(void **state) {
  (void)state;
  CHECK_CLEAN(
      "\xc2\xb6"
      "1. (C) One\n",
      "1. (C) One\n");
  CHECK_CLEAN(
      "     \xc2\xb6"
      "B. OSLO 44\n",
      "     B. OSLO 44\n");
  CHECK_CLEAN("One \xc2\xb6 two\n", "One \xc2\xb6 two\n");
}

/* Cleaning a clean text changes nothing. */
static void twice(void **state) {
  (void)state;
  static const char *const texts[] = {telegram_modern, telegram_old,
                                      telegram_page};
  for (size_t i = 0; i < 3; i++) {
    CablesBuf once = {0};
    CablesBuf again = {0};
    assert_true(cables_clean(cables_span(texts[i]), &once));
    assert_true(cables_clean(cables_buf_get(&once), &again));
    CHECK_NUMBER(cables_equal(cables_buf_get(&once), cables_buf_get(&again)),
                 1);
    cables_buf_free(&once);
    cables_buf_free(&again);
  }
}

static void paragraphs(void **state) {
  (void)state;
  CHECK_REFLOW("One\nand a\nhalf.\n\nTwo.\n", "One and a half.\n\nTwo.");
  CHECK_REFLOW("One\r\nand a half.\r\n\r\nTwo.\r\n", "One and a half.\n\nTwo.");
  CHECK_REFLOW("One\nand a half.\n \n\n\nTwo.\n", "One and a half.\n\nTwo.");
  CHECK_REFLOW("\n\nOne.\n\n", "One.");
  CHECK_REFLOW("  One\n  two.\n", "One two.");
  CHECK_REFLOW("One.", "One.");
  CHECK_REFLOW("", "");
  CHECK_REFLOW("\n \n", "");
}

/* List items and table rows keep their lines. */
static void lists(void **state) {
  (void)state;
  CHECK_REFLOW("Grounds:\n-- it was wet;\n-- it was cold.\n\nThe end.\n",
               "Grounds:\n-- it was wet;\n-- it was cold.\n\nThe end.");
  CHECK_REFLOW("Grounds:\n-- it was\nwet;\n-- it was cold.\n",
               "Grounds:\n-- it was wet;\n-- it was cold.");
  CHECK_REFLOW("PORT     BUOYS\nOSLO     12\nBERGEN   11\n",
               "PORT     BUOYS\nOSLO     12\nBERGEN   11");
  CHECK_REFLOW("Grounds:\n* it was wet;\n* it was cold.\n",
               "Grounds:\n* it was wet;\n* it was cold.");
}

/* A numbered paragraph opens a line even without a blank line before it. */
static void numbers(void **state) {
  (void)state;
  CHECK_REFLOW("One\n. and\na half.\n", "One . and a half.");
  CHECK_REFLOW("One\n2.\nand\n3.5 tons.\n", "One 2. and 3.5 tons.");
  CHECK_REFLOW("One\n999. Two\n1000. Three", "One\n999. Two 1000. Three");
  CHECK_REFLOW(
      "One\n\xc2\xb6"
      "2. Two",
      "One\n\xc2\xb6"
      "2. Two");
  CHECK_REFLOW("1. (C) One\nand a half.\n2. (C) Two.\n",
               "1. (C) One and a half.\n2. (C) Two.");
}

static void any_bytes(void **state) {
  (void)state;
  static const char *const texts[] = {telegram_modern, telegram_old,
                                      telegram_page};
  for (size_t i = 0; i < 3; i++) {
    for (size_t n = 0; n <= strlen(texts[i]); n++) {
      CablesBuf out = {0};
      assert_true(cables_clean(telegram_copy(texts[i], n), &out));
      CHECK_NUMBER(out.n <= n + 1, 1);
      cables_buf_free(&out);
      assert_true(cables_reflow(telegram_copy(texts[i], n), &out));
      CHECK_NUMBER(out.n <= n + 1, 1);
      cables_buf_free(&out);
    }
  }
  for (int c = 0; c < 256; c++) {
    char z[3] = {(char)c, (char)c, '\0'};
    CablesBuf out = {0};
    assert_true(cables_clean(telegram_copy(z, 2), &out));
    assert_true(cables_reflow(telegram_copy(z, 2), &out));
    cables_buf_free(&out);
  }
}

static void without_memory(void **state) {
  (void)state;
  static Function *const functions[] = {cables_clean, cables_reflow};
  CablesSpan text = telegram_copy(telegram_modern, strlen(telegram_modern));
  for (int k = 0; k < 2; k++) {
    for (int forever = 0; forever < 2; forever++) {
      bool done = false;
      for (long n = 1; !done; n++) {
        CablesBuf out = {0};
        test_memory_fail(n, forever);
        done = functions[k](text, &out);
        test_memory_fail(0, 0);
        CHECK_NUMBER(done, !out.oom);
        cables_buf_free(&out);
        assert_true(n < 1000);
      }
    }
  }
  assert_int_equal(test_memory_live(), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      telegram_test(line_ends),     telegram_test(bytes),
      telegram_test(no_nul_inside), telegram_test(paragraph_signs),
      telegram_test(twice),         telegram_test(paragraphs),
      telegram_test(lists),         telegram_test(numbers),
      telegram_test(any_bytes),     telegram_test(without_memory),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  telegram_copy(NULL, 0);
  return failed;
}
