/*
** Tests of the executive orders: misprinted numbers, times and limits.
** Expected values are worked out from declassification.md 1, 8.1, 9.2, 9.5.
*/
#include "../../ext/telegram/declass_parts.h"
#include "telegrams.h"

/* One letter too many, too few or another, and letters mixed up; the order in
** force on the day of creation where two are as near, or none is. */
static void misprints(void **state) {
  (void)state;
  static const struct {
    const char *printed;
    CablesDate created;
    int order;
    bool repaired;
  } cases[] = {
      {"12958", {1985, 1, 1}, 12958, false},
      {"E.O. 12958:", {1985, 1, 1}, 12958, false},
      {"E.O.", {1985, 1, 1}, 12356, false},
      {"", {1985, 1, 1}, 12356, false},
      {"", {0, 0, 0}, 0, false},
      /* one too few: the first, one inside, the last */
      {"2958", {1985, 1, 1}, 12958, true},
      {"1958", {1985, 1, 1}, 12958, true},
      {"1295", {1985, 1, 1}, 12958, true},
      /* one too many, everywhere */
      {"512958", {1985, 1, 1}, 12958, true},
      {"129758", {1985, 1, 1}, 12958, true},
      {"129583", {1985, 1, 1}, 12958, true},
      {"12958X", {1985, 1, 1}, 12958, true},
      /* another one, everywhere */
      {"72958", {1985, 1, 1}, 12958, true},
      {"12O65", {1985, 1, 1}, 12065, true},
      {"12953", {1985, 1, 1}, 12958, true},
      /* two are wrong */
      {"958", {1985, 1, 1}, 12356, true},
      {"1295833", {1985, 1, 1}, 12356, true},
      {"1295858", {1985, 1, 1}, 12356, true},
      {"77958", {1985, 1, 1}, 12356, true},
      {"12977", {1985, 1, 1}, 12356, true},
      {"1", {1985, 1, 1}, 12356, true},
      /* mixed up */
      {"85921", {1985, 1, 1}, 12958, true},
      {"85922", {1985, 1, 1}, 12356, true},
      {"8592X", {1985, 1, 1}, 12356, true},
      /* 12356 and 12958 are as near */
      {"12358", {1985, 1, 1}, 12356, true},
      {"12358", {2005, 1, 1}, 12958, true},
      {"12358", {0, 0, 0}, 12356, true},
      {"12358", {1974, 1, 1}, 12356, true},
      {"9999999999", {0, 0, 0}, 0, true},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    telegram_case(cases[i].printed);
    bool repaired = false;
    CablesSpan s = telegram_copy(cases[i].printed, strlen(cases[i].printed));
    CHECK_NUMBER(cables_declass_order(s, cases[i].created, &repaired),
                 cases[i].order);
    CHECK_NUMBER(repaired, cases[i].repaired);
  }
}

static void known(void **state) {
  (void)state;
  CHECK_NUMBER(cables_declass_order_known(10501), true);
  CHECK_NUMBER(cables_declass_order_known(13526), true);
  CHECK_NUMBER(cables_declass_order_known(0), false);
  CHECK_NUMBER(cables_declass_first_year(13526), 2009);
  CHECK_NUMBER(cables_declass_first_year(13292), 2003);
  CHECK_NUMBER(cables_declass_first_year(0), 1953);
  CHECK_NUMBER(cables_declass_order_in_force((CablesDate){2004, 1, 1}), 12958);
}

/* 31 December, 25 years on, in the years that there are. */
static void automatic(void **state) {
  (void)state;
  static const int years[][2] = {{0, 0},       {1, 26},   {2, 27},
                                 {9974, 9999}, {9975, 0}, {9973, 9998}};
  for (size_t i = 0; i < sizeof(years) / sizeof(*years); i++) {
    CablesDate d = cables_declass_automatic((CablesDate){years[i][0], 2, 3});
    CHECK_NUMBER(d.year, years[i][1]);
    CHECK_NUMBER(d.month, d.year ? 12 : 0);
    CHECK_NUMBER(d.day, d.year ? 31 : 0);
  }
}

static void limits(void **state) {
  (void)state;
  static const struct {
    int order;
    const char *exemption;
    CablesDate created, limit;
  } cases[] = {
      {11652, "", {1974, 5, 6}, {2004, 12, 31}},
      {11652, "", {0, 0, 0}, {0, 0, 0}},
      {12065, "", {1979, 5, 6}, {1999, 5, 6}},
      {12065, "XDS-1", {1979, 5, 6}, {2009, 5, 6}},
      {12065, "RDS-1", {1979, 5, 6}, {2009, 5, 6}},
      {12065, "RDS-2", {1979, 5, 6}, {1999, 5, 6}},
      {12356, "", {1985, 5, 6}, {0, 0, 0}},
      {12958, "", {2003, 3, 24}, {0, 0, 0}},
      {12958, "", {2003, 3, 25}, {2028, 3, 25}},
      {13292, "", {2003, 3, 24}, {2028, 3, 24}},
      {13526, "", {2010, 5, 6}, {2035, 5, 6}},
      {13526, "25X1", {2010, 5, 6}, {2060, 5, 6}},
      {13526, "50X1-HUM", {2010, 5, 6}, {2085, 5, 6}},
      {13526, "75X", {2010, 5, 6}, {0, 0, 0}},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    telegram_case(telegram_format("%d %s", cases[i].order, cases[i].exemption));
    CablesDate d = cables_declass_limit(
        cases[i].order, cables_span(cases[i].exemption), cases[i].created);
    CHECK_NUMBER(cables_date_compare(d, cases[i].limit), 0);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      telegram_test(misprints),
      telegram_test(known),
      telegram_test(automatic),
      telegram_test(limits),
  };
  return telegram_run(tests);
}
