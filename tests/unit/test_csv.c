/*
** Tests of ext/source/csv.c; the expected values are worked out by hand.  Whole
** files are in test_bulk.c.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../ext/source/csv.h"
#include "inputs.h"
#include "memory.h"

static void test_start(void **state) {
  (void)state;
  static const char *const starts[] = {
      "\"1\",\"2/25/1972 9:30\",", "\"1\",\"12/5/1972 19:30:15\",",
      "\"123456789012345678\",\"2/25/1972 9:30\",\"x"};
  static const char *const others[] = {
      "",
      "1\",\"2/25/1972 9:30\",",
      "\"x\",\"2/25/1972 9:30\",",
      "\"1,\"2/25/1972 9:30\",",
      "\"1234567890123456789\",\"2/25/1972 9:30\",",
      "\"1\",\"/25/1972 9:30\",",
      "\"1\",\"2-25/1972 9:30\",",
      "\"1\",\"2//1972 9:30\",",
      "\"1\",\"2/25-1972 9:30\",",
      "\"1\",\"2/25/197 9:30\",",
      "\"1\",\"2/25/19729:30\",",
      "\"1\",\"2/25/1972 :30\",",
      "\"1\",\"2/25/1972 9-30\",",
      "\"1\",\"2/25/1972 9:3\",",
      "\"1\",\"2/25/1972 9:30:1\",",
      "\"1\",\"2/25/1972 9:30\"",
  };
  for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
    assert_true(cables_csv_is_start(cables_span(starts[i])));
  for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
    assert_false(cables_csv_is_start(cables_span(others[i])));
}

/* Compares the records of a file, read `step` bytes at a time: of each the
** number of columns and, where there are some, the first and the last of those
** that are kept; then the damage as a letter: Columns, Quotes, Ends. */
static void check_steps(CablesCsv *csv, CablesSpan bytes, size_t step,
                        const char *want) {
  TestInput input = test_input(bytes, step, CABLES_SOURCE_END);
  CablesWindow w = {0};
  CablesBuf got = {0};
  cables_window_start(&w, &input.input);
  csv->window = &w;
  while (cables_csv_skip_blank(csv)) {
    assert_int_equal(cables_csv_scan(csv), CABLES_SOURCE_OK);
    cables_buf_format(&got, "%zu", csv->columns);
    for (size_t i = 0; i < csv->columns && i < 2; i++) {
      size_t k = i == 0 ? 0 : csv->columns - 1;
      if (k >= CABLES_CSV_COLUMNS) k = CABLES_CSV_COLUMNS - 1;
      const CablesCsvField *field = &csv->fields[k];
      cables_buf_byte(&got, ' ');
      cables_buf_span(&got, cables_sub(cables_csv_bytes(csv), field->start,
                                       field->end - field->start));
    }
    cables_buf_byte(&got, " CQE"[csv->damage]);
    cables_buf_byte(&got, '|');
    cables_csv_use(csv);
  }
  cables_buf_byte(&got, '\0');
  assert_string_equal(got.z, want);
  cables_buf_free(&got);
  cables_window_free(&w);
  assert_int_equal(test_memory_live(), 0);
}

/* The same for a file whose columns have names, with n of them. */
static void check_named(size_t n, CablesSpan bytes, const char *want) {
  for (size_t step = 1; step < 1000; step *= 3)
    check_steps(
        &(CablesCsv){
            .form = CABLES_CSV_NAMED, .n_columns = n, .max_bytes = 1 << 20},
        bytes, step, want);
}

static void test_ends(void **state) {
  (void)state;
  check_named(2, CABLES_LIT("a,b"), "2 a b |");
  check_named(2, CABLES_LIT("a,b\r"), "2 a b\r |");
  check_named(2, CABLES_LIT("a,\"b\"\r"), "2 a b |");
  check_named(2, CABLES_LIT("a,\"b\"\rx\n"), "2 a bQ|");
  check_named(2, CABLES_LIT("\r\n\na,b\r\n\rc,\r\n"), "2 a b |2 c  |");
  check_named(2, CABLES_LIT("a,\r"), "2 a \r |");
  check_named(2, CABLES_LIT("a,\"b"), "2 a bE|");
  check_named(2, CABLES_LIT("a\nb,c,d\n"), "1 aC|3 b dC|");
}

/* In an open field a line that starts with a word with a digit, and a comma, is
** the next record. */
static void test_next(void **state) {
  (void)state;
  check_named(2, CABLES_LIT("a1,\"b\nc-2,d\n"), "2 a1 b\nc-2,d\nE|");
  check_named(2, CABLES_LIT("a1,\"b\nc-2,\"d\"\n"), "2 a1 b\nQ|2 c-2 d |");
  check_named(2, CABLES_LIT("a1,\"b\n\"c2\",\"d\"\n"), "2 a1 b\nQ|2 c2 d |");
  check_named(2, CABLES_LIT("a1,\"b\"x\nno,d\n\"no\",d\n2_,d\n\"c2,\n9,d\n"),
              "2 a1 bQ|2 9 d |");
  check_named(2, CABLES_LIT("a1,\"b\"x\n-Z9,d\n"), "2 a1 bQ|2 -Z9 d |");
}

/* Columns behind the last that is told apart are counted. */
static void test_columns(void **state) {
  (void)state;
  char line[2000] = "first";
  for (int i = 1; i < 300; i++)
    strcat(line, i == CABLES_CSV_COLUMNS - 1 ? ",last" : ",x");
  strcat(line, "\n");
  check_named(300, cables_span(line), "300 first last |");
}

/* Of a record longer than max_bytes so much is kept, wherever it is damaged. */
static void test_long(void **state) {
  (void)state;
  enum { LONG = 300000 };
  char *bytes = malloc(LONG + 1000);
  assert_non_null(bytes);
  for (int i = 0; i < 5; i++) {
    /* A field that is quoted, one that is not, rubbish in front and behind,
    ** backslashes. */
    static const char *const heads[] = {"ab1,\"", "ab1,", "ab1,\"x\"y",
                                        "ab1,\"", "\""};
    static const char *const tails[] = {"\"\nc2,d\n", "\nc2,d\n", "\nc2,d\n",
                                        "\"y\nc2,d\n", "\"\n"};
    bool is_last = i == 4;
    size_t n = strlen(heads[i]);
    memcpy(bytes, heads[i], n);
    memset(bytes + n, is_last ? '\\' : 'x', LONG);
    n += LONG;
    strcpy(bytes + n, tails[i]);
    CablesCsv csv = {.form = is_last ? CABLES_CSV_CABLES : CABLES_CSV_NAMED,
                     .n_columns = is_last ? 1 : 2,
                     .max_bytes = is_last ? 0 : 10};
    TestInput input = test_input((CablesSpan){bytes, strlen(bytes)}, 70000,
                                 CABLES_SOURCE_END);
    CablesWindow w = {0};
    cables_window_start(&w, &input.input);
    csv.window = &w;
    assert_true(cables_csv_skip_blank(&csv));
    assert_int_equal(cables_csv_scan(&csv), CABLES_SOURCE_OK);
    size_t first = n + strlen(tails[i]) - (is_last ? 0 : strlen("c2,d\n"));
    assert_int_equal((size_t)csv.dropped + csv.at, first);
    assert_true(csv.dropped >= LONG - 2 * CABLES_ONE_READ - 1000);
    assert_true(w.buf.n < 3 * CABLES_ONE_READ);
    assert_int_equal(csv.damage == CABLES_CSV_QUOTES, i == 2 || i == 3);
    cables_csv_use(&csv);
    assert_int_equal(cables_csv_skip_blank(&csv), !is_last);
    cables_window_free(&w);
  }
  free(bytes);
}

/* What ends the reading ends the scan, wherever that is. */
static void test_stop(void **state) {
  (void)state;
  static const struct {
    CablesCsvForm form;
    const char *bytes;
  } cases[] = {
      {CABLES_CSV_NAMED, "a,\"b\"\"c\"\r\nd,e\r\n"},
      {CABLES_CSV_NAMED, "a,\"b\"x\ny\nz\n"},
      {CABLES_CSV_CABLES, "\"1\",\"2/25/1972 9:30\",\"a\\\"b\"\"c\"\r\n"},
      {CABLES_CSV_CABLES, "\"1\",x\n\"y\n\"z\n"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
    CablesSpan all = cables_span(cases[i].bytes);
    for (size_t n = 0; n <= all.n; n++) {
      TestInput input =
          test_input(cables_sub(all, 0, n), 1, CABLES_SOURCE_STOP);
      CablesWindow w = {0};
      cables_window_start(&w, &input.input);
      CablesCsv csv = {.window = &w,
                       .form = cases[i].form,
                       .n_columns = i < 2 ? 2 : 3,
                       .max_bytes = 100};
      while (cables_csv_skip_blank(&csv) &&
             cables_csv_scan(&csv) == CABLES_SOURCE_OK)
        cables_csv_use(&csv);
      assert_int_equal(csv.rc, CABLES_SOURCE_STOP);
      assert_int_equal(input.at, n);
      cables_window_free(&w);
    }
  }
  assert_int_equal(test_memory_live(), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_start), cmocka_unit_test(test_ends),
      cmocka_unit_test(test_next),  cmocka_unit_test(test_columns),
      cmocka_unit_test(test_long),  cmocka_unit_test(test_stop),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
