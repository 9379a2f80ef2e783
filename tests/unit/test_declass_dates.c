/*
** Tests of the search for a date in a marking, in memory of just its size.
** Expected values are worked out from declassification.md 9.1 and 9.2.
*/
#include "../../ext/telegram/declass_parts.h"
#include "telegrams.h"

enum {
  R = CABLES_DECLASS_REPAIRED,
  S = CABLES_DECLASS_SUSPICIOUS,
  LOOKS = 64 /* something looked like a date and was none */
};

typedef struct Case {
  const char *value;
  const char *date; /* ISO, or "" */
  unsigned flags;   /* and LOOKS */
} Case;

static void check(const Case *cases, size_t n, int order, CablesDate created) {
  for (size_t i = 0; i < n; i++) {
    telegram_case(cases[i].value);
    CablesSpan v = telegram_copy(cases[i].value, strlen(cases[i].value));
    CablesDeclassFound found = cables_declass_find_date(v, order, created);
    char z[CABLES_DATE_LENGTH];
    cables_date_write(z, found.date);
    CablesSpan date = {z, found.date.year == 0 ? 0 : sizeof(z)};
    CHECK_TEXT(date, cases[i].date);
    CHECK_NUMBER(found.flags | (found.looks ? LOOKS : 0u), cases[i].flags);
  }
}
#define CHECK(cases, order, year, month, day)             \
  check(cases, sizeof(cases) / sizeof(*(cases)), (order), \
        (CablesDate){year, month, day})

static void chains(void **state) {
  (void)state;
  static const struct {
    const char *value;
    size_t numbers;
  } cases[] = {{"", 0},          {"A", 0},          {"12", 1},
               {"12-", 1},       {"12-31", 2},      {"12.31", 2},
               {"12-31-84", 3},  {"12 / 31/84", 3}, {"12/ 31", 2},
               {"12 31", 1},     {"12 -31", 1},     {"12- 31", 1},
               {"1-2-3-4-5", 5}, {"1-2-3-4-5-6", 6}};
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    telegram_case(cases[i].value);
    CablesSpan v = telegram_copy(cases[i].value, strlen(cases[i].value));
    CHECK_NUMBER(cables_declass_chain(v, 0), cases[i].numbers);
  }
}

/* Which three numbers are a date, in which order. */
static void numbers(void **state) {
  (void)state;
  static const Case cases[] = {
      {"6/3/2019", "2019-06-03", 0},
      {"06/03/2019", "2019-06-03", 0},
      {"006/3/2019", "2019-06-03", R},
      {"6/003/2019", "2019-06-03", R},
      {"6/3/019", "2019-06-03", R},
      {"6/3/02019", "2019-06-03", R},
      {"6/3/19", "2019-06-03", 0},
      {"6/3/5", "", LOOKS},
      {"6/3/100", "", LOOKS},
      {"6/3/0019", "", LOOKS},
      {"6/3/999", "", LOOKS},
      {"6/3/1000", "1000-06-03", 0},
      {"1000/6/3", "1000-06-03", 0},
      {"0006/3/19", "2019-06-03", R},
      {"02019/6/3", "", LOOKS},
      {"2019/6/3", "2019-06-03", 0},
      {"6/3/9999", "9999-06-03", 0},
      {"6/3/10000", "", 0},
      {"6/9999/2019", "", LOOKS},
      {"6/10000/2019", "", 0},
      {"9999/6/3", "9999-06-03", 0},
      {"9999/13/3", "", LOOKS},
      {"10000/6/3", "", 0},
      {"100/3/2019", "", LOOKS},
      {"13/3/2019", "", LOOKS},
      {"6/31/2019", "", LOOKS},
      {"6.3.2019", "2019-06-03", 0},
      {"2019.6.3", "2019-06-03", 0},
      {"6.3.19", "", 0},
      {"6/3.19", "", 0},
      {"6/3", "", 0},
      {"13/3/2019, 6/3/2019, 6/4/2019", "2019-06-03", LOOKS},
  };
  CHECK(cases, 12958, 2009, 6, 3);
}

/* Letters and codes in front, more numbers than three. */
static void glued(void **state) {
  (void)state;
  static const Case cases[] = {
      {"GDS6/3/2019", "2019-06-03", 0},
      {"XA6/3/2019", "2019-06-03", 0},
      {"A6/3/2019", "", 0},
      {" A6/3/2019", "", 0},
      {"-6/3/2019", "2019-06-03", 0},
      {"XGDS-1-6-3-19", "2019-06-03", 0},
      {"X1-6-3-19", "2019-06-03", 0},
      {"1-6-3-19", "", 0},
      {"-1-6-3-19", "", 0},
      {"--1-6-3-19", "", 0},
      {" 1-6-3-19", "", 0},
      {"A-1-6-3-19-1", "", 0},
      {"1-2-3-4-5-20190603", "", 0},
      {"1-2-3-4-20190603", "2019-06-03", 0},
      {"20190603", "2019-06-03", 0},
      {"20190603-20200603", "2019-06-03", 0},
      {"20191303-20200603", "2020-06-03", LOOKS},
      {"020190603", "", 0},
      {"99999999999999999999/6/3", "", 0},
  };
  CHECK(cases, 12958, 2009, 6, 3);
}

/* Months by name. */
static void names(void **state) {
  (void)state;
  static const Case cases[] = {
      {"3 JUN 2019", "2019-06-03", 0},
      {"03JUN2019", "2019-06-03", 0},
      {"003 JUN 2019", "", 0},
      {"3 JUN 201", "", 0},
      {"3 JUN 20190", "", 0},
      {"3 JUN 2019/5", "", 0},
      {"3 JUN", "", 0},
      {"3 JU", "", 0},
      {"3RD JUN 2019", "2019-06-03", 0},
      {"3 SEPTEMBER 2019", "2019-09-03", 0},
      {"3 SEPTEMBERS 2019", "", 0},
      {"31 JUN 2019", "", LOOKS},
      {"JUNE 3, 2019", "2019-06-03", 0},
      {"JUNE 3, '19", "2019-06-03", 0},
      {"JUNE 3 , '19", "", 0},
      {"JUNE 03 19", "2019-06-03", 0},
      {"JUNE 3-2019", "2019-06-03", 0},
      {"JUNE 3/4/2019", "2019-03-04", 0},
      {"JUNE 030 2019", "", 0},
      {"JUNE 3 201", "", 0},
      {"JUNE 3RD, 2019", "2019-06-03", 0},
      {"JUNE 3TH 2019", "2019-06-03", 0},
      {"JUNE 3XX 2019", "", 0},
      {"JUNE 3RDX 2019", "", 0},
      {"JUNE 3RD", "", 0},
      {"JUNE", "", 0},
      {"MAYOR 3 2019", "", 0},
      {"13/3/19 JUNE 3 2019", "2019-06-03", LOOKS},
  };
  CHECK(cases, 12958, 2009, 6, 3);
}

/* The century of two digits: from the day of creation on, at most 75 years;
** else the nearer of both. */
static void centuries(void **state) {
  (void)state;
  static const Case in_1974[] = {
      {"1/2/74", "1974-01-02", 0},  {"1/1/74", "1974-01-01", S},
      {"1/2/49", "2049-01-02", 0},  {"1/3/49", "1949-01-03", S},
      {"2/29/00", "2000-02-29", 0}, {"2/29/01", "", LOOKS}};
  static const Case in_2009[] = {{"6/3/09", "2009-06-03", 0},
                                 {"6/2/09", "2009-06-02", S},
                                 {"2/29/00", "2000-02-29", S}};
  static const Case in_1910[] = {{"2/29/00", "2000-02-29", S},
                                 {"6/3/09", "1909-06-03", S}};
  static const Case unknown[] = {{"1/1/78", "1978-01-01", 0},
                                 {"1/1/77", "2077-01-01", 0}};
  CHECK(in_1974, 11652, 1974, 1, 2);
  CHECK(in_2009, 12958, 2009, 6, 3);
  CHECK(in_1910, 12958, 1910, 6, 3);
  CHECK(unknown, 12065, 0, 0, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      telegram_test(chains), telegram_test(numbers),   telegram_test(glued),
      telegram_test(names),  telegram_test(centuries),
  };
  return telegram_run(tests);
}
