/*
** Tests of the words, codes and durations of a marking, in memory of just their
** size.  Expected values are worked out from declassification.md 3.2, 4,
*6, 7.2,
** 7.4.
*/
#include "../../ext/telegram/declass_parts.h"
#include "telegrams.h"

/* A value in memory of its own, until the next call. */
static CablesSpan value(const char *text) {
  telegram_case(text);
  return telegram_copy(text, strlen(text));
}

static void words(void **state) {
  (void)state;
  CablesSpan v = value(" (GDS, X1)");
  size_t i = 0;
  CHECK_TEXT(cables_declass_word(v, &i), "GDS");
  CHECK_NUMBER(i, 5);
  CHECK_TEXT(cables_declass_word(v, &i), "X1");
  CHECK_TEXT(cables_declass_word(v, &i), "");
  CHECK_NUMBER(i, v.n);
  v = value("GDS");
  i = 0;
  CHECK_TEXT(cables_declass_word(v, &i), "GDS");
  v = value("X GDS GDS");
  CHECK_NUMBER(cables_declass_find(v, 0, "GDS"), 2);
  CHECK_NUMBER(cables_declass_find(v, 3, "GDS"), 6);
  CHECK_NUMBER(cables_declass_find(v, 0, "GD"), -1);
}

static void leads(void **state) {
  (void)state;
  static const char *const yes[] = {"DECL", "DECLL", "DECLAS", "DECLASSIFY",
                                    "DECLASSIFICATION"};
  static const char *const no[] = {
      "DEC", "DECLA", "DECLLL", "DECLASSIFIED", "", "DECLASSIFICATIONS"};
  for (size_t i = 0; i < sizeof(yes) / sizeof(*yes); i++) {
    CHECK_NUMBER(cables_declass_is_lead(value(yes[i])), true);
  }
  for (size_t i = 0; i < sizeof(no) / sizeof(*no); i++) {
    CHECK_NUMBER(cables_declass_is_lead(value(no[i])), false);
  }
}

typedef struct Case {
  const char *value;
  const char *codes; /* NULL: none */
} Case;

static void check(const Case *cases, size_t n, int order) {
  CablesArena a = {0};
  for (size_t i = 0; i < n; i++) {
    CablesSpan v = value(cases[i].value);
    CHECK_TEXT(cables_declass_exemption(v, order, &a), cases[i].codes);
  }
  cables_arena_free(&a);
}
#define CHECK(cases, order) \
  check(cases, sizeof(cases) / sizeof(*(cases)), order)

/* Codes of four and seven categories; a date is no category. */
static void schedule_codes(void **state) {
  (void)state;
  static const Case cases[] = {
      {"XGDS", "XGDS"},
      {"XGDS-0", "XGDS"},
      {"XGDS-1", "XGDS-1"},
      {"XGDS-4", "XGDS-4"},
      {"XGDS-5", "XGDS"},
      {"XGDS4", "XGDS-4"},
      {"XGDS44", NULL},
      {"XGDSX", NULL},
      {"(XGDS 2)", "XGDS-2"},
      {"XGDS - 1", "XGDS-1"},
      {"XGDS - (1)", "XGDS"},
      {"XGDS 12", "XGDS"},
      {"XGDS 1/2", "XGDS"},
      {"XGDS 1-2", "XGDS-1"},
      {"XGDS 1-2-84", "XGDS"},
      {"XGDS-1-12-31-84", "XGDS-1"},
      {"XDS-7", "XDS-7"},
      {"XDS-8", "XDS"},
      {"RDS 7", "RDS-7"},
      {"RDS1", "RDS-1"},
      {"(RDS", NULL},
      {"(RDS-1", NULL},
      {"XGDS-1, XGDS-1, XDS", "XGDS-1, XDS"},
      {"GDS", NULL},
      {"", NULL},
  };
  CHECK(cases, 11652);
}

/* Marks of 25, 50 and 75 years with what may stand behind them. */
static void years_codes(void **state) {
  (void)state;
  static const Case cases[] = {
      {"25X", "25X"},
      {"25X0", NULL},
      {"25X1", "25X1"},
      {"25X9", "25X9"},
      {"25XA", NULL},
      {"25X11", NULL},
      {"75X", "75X"},
      {"50X1-HUM", "50X1-HUM"},
      {"50X1 HUMAN", "50X1-HUMAN"},
      {"50X2-WMD.", "50X2-WMD"},
      {"50X1-HUMANE", "50X1"},
      {"50X1-(HUM", "50X1"},
      {"50X1/HUM", "50X1"},
      {"50X1-", "50X1"},
  };
  CHECK(cases, 13526);
}

/* X1 to X8; the archive writes the first four for those of E.O. 11652. */
static void x_codes(void **state) {
  (void)state;
  static const Case cases[] = {
      {"X0", NULL},    {"X1", "X1"},       {"X8", "X8"},  {"X9", NULL},
      {"X", NULL},     {"X-", NULL},       {"X-8", "X8"}, {"X-9", NULL},
      {"X 1", NULL},   {"1.6X6", "X6"},    {"6X6", NULL}, {" 6X6", NULL},
      {".AX6", NULL},  {".6Y6", NULL},     {"X12", NULL}, {"Y1", NULL},
      {".6X66", NULL}, {"X1 X2", "X1, X2"}};
  static const Case archive[] = {
      {"X1", "XGDS-1"}, {"X4", "XGDS-4"}, {"X5", "X5"}};
  CHECK(cases, 12958);
  CHECK(archive, 11652);
}

static void groups(void **state) {
  (void)state;
  static const Case cases[] = {
      {"GROUP 1", "GROUP 1"}, {"GROUP3", "GROUP 3"}, {"GROUP 4", NULL},
      {"GROUP 0", NULL},      {"GROUP44", NULL},     {"GP-2", "GROUP 2"},
      {"GRP 3", "GROUP 3"},   {"GROUP", NULL},       {"GP 5", NULL}};
  CHECK(cases, 10501);
  CHECK_NUMBER(cables_declass_group(value("GROUP 4")), 4);
  CHECK_NUMBER(cables_declass_group(value("A GROUP, GP-4")), 4);
  CHECK_NUMBER(cables_declass_group(value("GROUP 5")), 0);
}

/* As many codes are kept as there is room for: sixteen. */
static void many_codes(void **state) {
  (void)state;
  static const Case cases[] = {
      {"X1 X2 X3 X4 X5 X6 X7 X8 25X1 25X2 25X3 25X4 25X5 25X6 25X7 25X8 25X9",
       "X1, X2, X3, X4, X5, X6, X7, X8, 25X1, 25X2, 25X3, 25X4, 25X5, 25X6, "
       "25X7, 25X8"},
      {"50X1-HUMAN 50X2-HUMAN 50X3-HUMAN 50X4-HUMAN 50X5-HUMAN 50X6-HUMAN "
       "50X7-HUMAN 50X8-HUMAN 50X9-HUMAN 25X1-HUMAN 25X2-HUMAN 25X3-HUMAN "
       "25X4-HUMAN 25X5-HUMAN 25X6-HUMAN 25X7-HUMAN",
       "50X1-HUMAN, 50X2-HUMAN, 50X3-HUMAN, 50X4-HUMAN, 50X5-HUMAN, "
       "50X6-HUMAN, 50X7-HUMAN, 50X8-HUMAN, 50X9-HUMAN, 25X1-HUMAN, "
       "25X2-HUMAN, 25X3-HUMAN, 25X4-HUMAN, 25X5-HUMAN, 25X6-HUMAN, "
       "25X7-HUMAN"}};
  CHECK(cases, 12958);
}

static void reviews(void **state) {
  (void)state;
  static const char *const yes[] = {"RDS",    "RDS1",     "GDS RDS-1",
                                    "REVIEW", "REVW 1/2", "RVW"};
  static const char *const no[] = {"",           "GDS",  "(RDS", "GDS (X) RDS",
                                   "GDS REVIEW", "RDSX", "RDS12"};
  for (size_t i = 0; i < sizeof(yes) / sizeof(*yes); i++) {
    CHECK_NUMBER(cables_declass_is_review(value(yes[i])), true);
  }
  for (size_t i = 0; i < sizeof(no) / sizeof(*no); i++) {
    CHECK_NUMBER(cables_declass_is_review(value(no[i])), false);
  }
}

static void codes_ahead(void **state) {
  (void)state;
  static const struct {
    const char *value;
    size_t bytes;
  } cases[] = {{"UPON", 0},           {"GDS", 3},
               {"GDS, UPON", 5},      {"ADS, UPON", 5},
               {"AGDS - UPON", 7},    {"XGDS UPON", 5},
               {"XGDS-3, UPON", 8},   {"XGDS3 UPON", 6},
               {"XGDS (2) UPON", 7},  {"25X1 UPON", 5},
               {"XDS-1 RDS-2 A", 12}, {"XGDSY", 0}};
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    CHECK_NUMBER(cables_declass_codes_ahead(value(cases[i].value)),
                 cases[i].bytes);
  }
}

static void years(void **state) {
  (void)state;
  static const struct {
    const char *value;
    int years; /* 0: it is no such thing */
  } cases[] = {
      {"1 YEAR", 1},
      {"9 YRS", 9},
      {"10YR", 10},
      {"9999 YEARS", 9999},
      {"10000 YEARS", 0},
      {"0 YEARS", 0},
      {"00YEARS", 0},
      {"ONE YEAR", 1},
      {"NINETEEN YEARS", 19},
      {"TWENTY YEARS", 20},
      {"THIRTY YEARS", 30},
      {"NINETY YEARS", 90},
      {"NINETY-NINE YEARS", 99},
      {"TWENTY ONE YEARS", 21},
      {"TWENTY NINE YEARS", 29},
      {"TWENTY TEN YEARS", 0},
      {"NINETEEN ONE YEARS", 0},
      {"HUNDRED YEARS", 0},
      {"TEN (10) YEARS", 10},
      {"10 (10) YEARS", 10},
      {"TEN (11) YEARS", 0},
      {"10 DAYS", 0},
      {"10", 0},
      {"TEN", 0},
      {"YEARS", 0},
      {"", 0},
      {"10 YEARS ON", 0},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    CHECK_NUMBER(cables_declass_years(value(cases[i].value)), cases[i].years);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      telegram_test(words),          telegram_test(leads),
      telegram_test(schedule_codes), telegram_test(years_codes),
      telegram_test(x_codes),        telegram_test(groups),
      telegram_test(many_codes),     telegram_test(reviews),
      telegram_test(codes_ahead),    telegram_test(years),
  };
  return telegram_run(tests);
}
