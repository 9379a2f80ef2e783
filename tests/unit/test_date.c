/*
** Tests of ext/telegram/date.h.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../ext/telegram/date.h"
#include "memory.h"
#include "telegrams.h"

static const CablesDate unknown = {0, 0, 0};

static void assert_date(CablesDate d, int year, int month, int day) {
  assert_int_equal(d.year, year);
  assert_int_equal(d.month, month);
  assert_int_equal(d.day, day);
}

static void days_in_month(void **state) {
  (void)state;
  assert_int_equal(cables_days_in_month(2007, 1), 31);
  assert_int_equal(cables_days_in_month(2007, 2), 28);
  assert_int_equal(cables_days_in_month(2008, 2), 29);
  assert_int_equal(cables_days_in_month(1900, 2), 28);
  assert_int_equal(cables_days_in_month(2000, 2), 29);
  assert_int_equal(cables_days_in_month(2000, 4), 30);
  assert_int_equal(cables_days_in_month(2000, 12), 31);
  assert_int_equal(cables_days_in_month(2000, 0), 0);
  assert_int_equal(cables_days_in_month(2000, 13), 0);
  assert_int_equal(cables_days_in_month(2000, -1), 0);
}

static void valid(void **state) {
  (void)state;
  assert_true(cables_date_valid((CablesDate){2008, 2, 29}));
  assert_false(cables_date_valid((CablesDate){2018, 2, 29}));
  assert_false(cables_date_valid((CablesDate){2018, 13, 5}));
  assert_false(cables_date_valid((CablesDate){2018, 4, 31}));
  assert_false(cables_date_valid((CablesDate){2018, 4, 0}));
  assert_false(cables_date_valid(unknown));
  assert_false(cables_date_valid((CablesDate){-1, 1, 1}));
  assert_false(cables_date_valid((CablesDate){10000, 1, 1}));
}

static void compare(void **state) {
  (void)state;
  CablesDate d = {1974, 8, 25};
  assert_int_equal(cables_date_compare(d, d), 0);
  assert_true(cables_date_compare(d, (CablesDate){1975, 1, 1}) < 0);
  assert_true(cables_date_compare(d, (CablesDate){1974, 7, 31}) > 0);
  assert_true(cables_date_compare(d, (CablesDate){1974, 8, 26}) < 0);
  assert_true(cables_date_compare(d, (CablesDate){1974, 8, 24}) > 0);
  assert_true(cables_date_compare(d, (CablesDate){1973, 9, 26}) > 0);
  assert_true(cables_date_compare(d, (CablesDate){1974, 9, 1}) < 0);
}

static void add_years(void **state) {
  (void)state;
  CablesDate leap_day = {2008, 2, 29};
  assert_date(cables_date_add_years(leap_day, 10), 2018, 2, 28);
  assert_date(cables_date_add_years(leap_day, 4), 2012, 2, 29);
  assert_date(cables_date_add_years((CablesDate){1875, 12, 31}, 25), 1900, 12,
              31);
  assert_date(cables_date_add_years((CablesDate){1996, 2, 29}, -96), 1900, 2,
              28);
  assert_date(cables_date_add_years((CablesDate){9989, 1, 1}, 10), 9999, 1, 1);
  assert_date(cables_date_add_years((CablesDate){9990, 1, 1}, 10), 0, 0, 0);
  assert_date(cables_date_add_years((CablesDate){11, 1, 1}, -10), 1, 1, 1);
  assert_date(cables_date_add_years((CablesDate){10, 1, 1}, -10), 0, 0, 0);
  assert_date(cables_date_add_years(leap_day, 2147483647), 0, 0, 0);
  assert_date(cables_date_add_years(unknown, 10), 0, 0, 0);
}

static void days(void **state) {
  (void)state;
  assert_int_equal(cables_date_days((CablesDate){1970, 1, 1}), 0);
  assert_int_equal(cables_date_days((CablesDate){1970, 1, 2}), 1);
  assert_int_equal(cables_date_days((CablesDate){1969, 12, 31}), -1);
  assert_int_equal(cables_date_days((CablesDate){2000, 3, 1}), 11017);
  assert_int_equal(cables_date_days((CablesDate){1, 1, 1}), -719162);
  assert_int_equal(cables_date_days((CablesDate){9999, 12, 31}), 2932896);
}

/* Every day of four centuries is one more than the day before it. */
static void days_in_a_row(void **state) {
  (void)state;
  long n = cables_date_days((CablesDate){1800, 1, 1});
  for (int y = 1800; y < 2201; y++) {
    for (int m = 1; m <= 12; m++) {
      for (int d = 1; d <= cables_days_in_month(y, m); d++) {
        assert_int_equal(cables_date_days((CablesDate){y, m, d}), n++);
      }
    }
  }
}

static void from_iso(void **state) {
  (void)state;
  static const char *const good[] = {
      "2006-04-07",           "2006-04-07 17:07:00", "2006-04-07 17:07",
      "2006-04-07T17:07:00Z", " 2006-04-07 ",        "2006-04-07 17:07:00.5"};
  static const char *const bad[] = {
      "",           "2006-04",          "2006-4-7",
      "2006-02-29", "2006-13-01",       "2006/04/07",
      "20060407",   "2006-04-07x",      "2006-04-07 25:00",
      "0000-01-01", "2006-04-07 17:61", "2006-04-07 17:07:99",
      "-006-04-07", "2006-04-07 17h07", "2006-04-07 17:07:00 x"};
  for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
    CablesSpan s = telegram_copy(good[i], strlen(good[i]));
    assert_date(cables_date_from_iso(s), 2006, 4, 7);
  }
  for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
    CablesSpan s = telegram_copy(bad[i], strlen(bad[i]));
    assert_date(cables_date_from_iso(s), 0, 0, 0);
  }
  telegram_copy(NULL, 0);
  assert_date(cables_date_from_iso(CABLES_NO_SPAN), 0, 0, 0);
  assert_date(
      cables_date_from_iso(CABLES_LIT("\xff\xff\xff\xff-\xff\xff-\0\0")), 0, 0,
      0);
}

static void print(void **state) {
  (void)state;
  CablesBuf b = {0};
  cables_date_print(&b, unknown);
  assert_int_equal(b.n, 0);
  cables_date_print(&b, (CablesDate){2006, 4, 7});
  cables_date_print(&b, (CablesDate){33, 12, 31});
  assert_int_equal(b.n, 20);
  assert_memory_equal(b.z, "2006-04-070033-12-31", 20);
  cables_buf_free(&b);
  test_memory_fail(1, 1);
  cables_date_print(&b, (CablesDate){2006, 4, 7});
  test_memory_fail(0, 0);
  assert_true(b.oom);
  cables_buf_free(&b);
  assert_int_equal(test_memory_live(), 0);
}

static void month_names(void **state) {
  (void)state;
  static const struct {
    const char *name;
    int month;
  } names[] = {{"JAN", 1},    {"Sept", 9},       {"FEBRUARY", 2},  {"mar", 3},
               {"April", 4},  {"MAY", 5},        {"June", 6},      {"jul", 7},
               {"August", 8}, {"OCT", 10},       {"november", 11}, {"Dec", 12},
               {"JA", 0},     {"", 0},           {"JUNES", 0},     {"MAYOR", 0},
               {"DECL", 0},   {"SEPTEMBERS", 0}, {"XYZ", 0}};
  for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
    assert_int_equal(cables_month_from_name(cables_span(names[i].name)),
                     names[i].month);
  }
  assert_int_equal(cables_month_from_name(CABLES_NO_SPAN), 0);
  assert_int_equal(cables_month_from_name(CABLES_LIT("JA\0")), 0);
}

/* A day and a time as ISO 8601 writes them; anything else is none. */
static void iso_times(void **state) {
  (void)state;
  static const struct {
    const char *text;
    bool good;
  } cases[] = {
      {"2006-04-07 17:07", true},
      {"2006-04-07T17:07", true},
      {"2006-04-07 17:07:00", true},
      {"2006-04-07 17:07:60", true},
      {"2006-04-07T17:07:00Z", true},
      {"2006-04-07 17:07Z", true},
      {"2006-04-07T17:07:00.5", true},
      {"2006-04-07T17:07:00.125Z", true},
      {"2006-04-07T17:07:00.", true},
      {"2006-04-07 00:00", true},
      {"2006-04-07 23:59", true},
      {"2006-04-07 24:00", false},
      {"2006-04-07 17:60", false},
      {"2006-04-07 17:07:61", false},
      {"2006-04-07 17:07:", false},
      {"2006-04-07 17:07:0", false},
      {"2006-04-07 17:07:xx", false},
      {"2006-04-07 xx:07", false},
      {"2006-04-07 17:xx", false},
      {"2006-04-07 1707", false},
      {"2006-04-07 17.07", false},
      {"2006-04-07_17:07", false},
      {"2006-04-07 17:07 x", false},
      {"2006-04-07 17:07:00.x", false},
      {"2006-04/07", false},
      {"2006/04-07", false},
      {"2006-04-0", false},
      {"2006-13-07", false},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    CablesDate d = cables_date_from_iso(cables_span(cases[i].text));
    if (cases[i].good) {
      assert_date(d, 2006, 4, 7);
    } else {
      assert_date(d, 0, 0, 0);
    }
  }
  assert_date(cables_date_add_years((CablesDate){2006, 4, 7}, -10000), 0, 0, 0);
  assert_date(cables_date_add_years((CablesDate){2006, 4, 7}, 10000), 0, 0, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(iso_times),     cmocka_unit_test(days_in_month),
      cmocka_unit_test(valid),         cmocka_unit_test(compare),
      cmocka_unit_test(add_years),     cmocka_unit_test(days),
      cmocka_unit_test(days_in_a_row), cmocka_unit_test(from_iso),
      cmocka_unit_test(print),         cmocka_unit_test(month_names),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
