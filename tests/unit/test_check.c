/*
** Tests of anomalies and completeness, and of the parser without memory.
** Expected values are worked out from interface.md (anomalies, complete) and
** shared/format/modern.md 2.5, 9.1, 11.2.
*/
#include "memory.h"
#include "telegrams.h"

/* A telegram in which everything agrees has no anomaly. */
static void sound(void **state) {
  (void)state;
  static const char *const texts[] = {
      HEADER PARAGRAPHS SIGNATURE, telegram_modern, telegram_page,
      ENVELOPE CLASS_LINE EO_LINE TAGS_LINE SUBJECT_LINE
      "\n" CLASSIFIED "(C) One text without number.\n\n" SIGNATURE};
  for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
    telegram_case(texts[i]);
    const CablesTelegram *t = parse(texts[i]);
    CHECK_NUMBER(t->n_anomalies, 0);
    for (size_t k = 0; k < t->n_anomalies; k++) {
      CHECK_TEXT(t->anomalies[k].message, "");
    }
    CHECK_NUMBER(t->complete, 1);
  }
}

/* A telegram from its parts. */
static const CablesTelegram *telegram(const char *top, const char *class_line,
                                      const char *heading, const char *body) {
  return parse(telegram_format("%s%s%s\n" CLASSIFIED "%s", top, class_line,
                               heading, body));
}
#define HEADING EO_LINE TAGS_LINE SUBJECT_LINE
#define TEXT PARAGRAPHS SIGNATURE

/* modern.md 11.2: DE line against group and serial. */
static void de_line(void **state) {
  (void)state;
  static const char top[] =
      "VZCZCXRO0071\nPP RUEHLO\nDE RUEHNY #%s\nZNY CCCCC ZZH\n"
      "P 111215Z FEB 09\nFM AMEMBASSY OSLO\nTO RUEHC/SECSTATE WASHDC\n";
  static const struct {
    const char *line;
    const char *message; /* or NULL */
  } cases[] = {
      {"0071/01 0421215", NULL},
      {"0071/01 0430015", NULL}, /* sent past midnight */
      {"0071/01 0520015",
       "day of the DE line and date-time group differ by 10 "
       "days"},
      {"0072/01 0421215",
       "serial of the DE line is not that of the classification line"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    char head[300];
    telegram_case(cases[i].line);
    snprintf(head, sizeof(head), top, cases[i].line);
    const CablesTelegram *t = telegram(head, CLASS_LINE, HEADING, TEXT);
    CHECK_NUMBER(t->n_anomalies, cases[i].message != NULL);
    if (cases[i].message != NULL) CHECK_ODD(t, "envelope", cases[i].message);
  }
  /* the last four digits of a longer serial */
  telegram_case("serial of six digits");
  const CablesTelegram *t = parse(
      "VZCZCXRO0071\nOO RUEHLO\nDE RUEHC #4071 0421215\nZNY CCCCC ZZH\n"
      "P 111215Z FEB 09\nFM SECSTATE WASHDC\nTO RUEHNY/AMEMBASSY OSLO\n"
      "C O N F I D E N T I A L STATE 014071\n\n" HEADING "\n" CLASSIFIED TEXT);
  CHECK_NUMBER(t->n_anomalies, 0);
}

/* modern.md 2.5, 10.1: the page against the text. */
static void pages(void **state) {
  (void)state;
  static const struct {
    const char *values;
    const char *part;
    const char *message; /* or NULL */
    const char *refid;
    const char *created;
  } cases[] = {
      {"09OSLO71 2009-02-11 12:12 2011-03-04 16:04 CONFIDENTIAL Embassy Oslo",
       NULL, NULL, "09OSLO71", "2009-02-11 12:15:00"},
      {"09LIMA71 2009-02-11 12:12 2011-03-04 16:04 CONFIDENTIAL Embassy Lima",
       "heading", "classification line is of another telegram", "09LIMA71",
       "2009-02-11 12:15:00"},
      {"09OSLO72 2009-02-11 12:12 2011-03-04 16:04 CONFIDENTIAL Embassy Oslo",
       "heading", "classification line is of another telegram", "09OSLO72",
       "2009-02-11 12:15:00"},
      {"09OSLO71 2009-02-11 12:12 2011-03-04 16:04 SECRET Embassy Oslo",
       "heading", "classification line and the page's classification differ",
       "09OSLO71", "2009-02-11 12:15:00"},
      {"09OSLO71 2009-02-14 12:12 2011-03-04 16:04 CONFIDENTIAL Embassy Oslo",
       "envelope", "date-time group and created differ by 3 days", "09OSLO71",
       "2009-02-14 12:12:00"},
      /* up to a day apart the group is right */
      {"09OSLO71 2009-02-12 12:12 2011-03-04 16:04 CONFIDENTIAL Embassy Oslo",
       NULL, NULL, "09OSLO71", "2009-02-11 12:15:00"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    telegram_case(cases[i].values);
    const CablesTelegram *t = parse(telegram_format(
        "Reference ID Created Released Classification "
        "Origin\n%s\n"
        "P 111215Z FEB 09\nFM AMEMBASSY OSLO\n"
        "TO RUEHC/SECSTATE WASHDC\n" CLASS_LINE HEADING "\n" CLASSIFIED TEXT,
        cases[i].values));
    CHECK_TEXT(t->refid, cases[i].refid);
    CHECK_TEXT(t->created, cases[i].created);
    bool odd = cases[i].message != NULL;
    CHECK_NUMBER(t->n_anomalies, odd);
    if (odd) CHECK_ODD(t, cases[i].part, cases[i].message);
  }
}

static void headings(void **state) {
  (void)state;
  const CablesTelegram *t =
      telegram("P 111215Z FEB 09\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC\n",
               "SIPDIS\n\n", HEADING, TEXT);
  CHECK_ODD(t, "heading", "no classification line");
  t = telegram(ENVELOPE, CLASS_LINE, "TAGS: PREL, QQQZ\n" EO_LINE SUBJECT_LINE,
               TEXT);
  CHECK_ODD(t, "heading", "unknown TAGS code: QQQZ");
  t = telegram(ENVELOPE, CLASS_LINE, TAGS_LINE SUBJECT_LINE, TEXT);
  CHECK_ODD(t, "declassification", "no E.O. line");
  t = telegram(ENVELOPE, "UNCLAS OSLO 000071\n\n", TAGS_LINE SUBJECT_LINE,
               TEXT);
  CHECK_NOT_ODD(t, "declassification", "no E.O. line");
  t = telegram(
      "P 111215Z FEB 09\nFM AMEMBASSY NOWHERETON\nTO SECSTATE WASHDC\n",
      "C O N F I D E N T I A L NOWHERETON 000071\n\n", HEADING, TEXT);
  CHECK_ODD(t, "heading", "unknown post: NOWHERETON");
  CHECK_TEXT(t->refid, "09NOWHERETON71");
}

/* declassification.md 9.5. */
static void declassification(void **state) {
  (void)state;
  static const char *const cases[][2] = {
      {"E.O. 12958: DECL: 02/30/2019", "declassification date does not exist"},
      {"E.O. 12958:", "declassification marking is empty"},
      {"E.O. 12958: DECL: 02/11/2008",
       "declassification date is not after the telegram"},
      {"E.O. 12598: DECL: 02/11/2019", "executive order misprinted: 12598"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    telegram_case(cases[i][0]);
    char heading[300];
    snprintf(heading, sizeof(heading), "%s\n" TAGS_LINE SUBJECT_LINE,
             cases[i][0]);
    const CablesTelegram *t = telegram(ENVELOPE, CLASS_LINE, heading, TEXT);
    CHECK_ODD(t, "declassification", cases[i][1]);
    CHECK_NUMBER(t->n_anomalies, 1);
  }
}

/* modern.md 9.1; interface.md. */
static void paragraphs(void **state) {
  (void)state;
  const CablesTelegram *t = telegram(
      ENVELOPE, CLASS_LINE, HEADING,
      "1. (C) One.\n\n2. (C) Two.\n\n4. (C) Four.\n\n4. (C) Four again.\n\n"
      "7. (S) Seven.\n\n" SIGNATURE);
  CHECK_ODD(t, "body", "paragraph 3 is missing");
  CHECK_ODD(t, "body", "paragraph 4 is doubled");
  CHECK_ODD(t, "body", "paragraph 5 is missing");
  CHECK_ODD(t, "body", "paragraph 6 is missing");
  CHECK_ODD(t, "body", "portion marking above the overall classification");
  CHECK_NUMBER(t->n_anomalies, 5);
  CHECK_NUMBER(t->complete, 1);
  t = telegram(ENVELOPE, "S E C R E T OSLO 000071\n\n", HEADING,
               "1. (S) One.\n\n2. (TS) Two.\n\n" SIGNATURE);
  CHECK_ODD(t, "body", "portion marking above the overall classification");
}

/* interface.md, complete: every section, and an end. */
static void endings(void **state) {
  (void)state;
  static const struct {
    const char *body;
    const char *message; /* or NULL */
    int complete;
  } cases[] = {
      {"1. (C) One.\n\nOSLO 00000071  002 OF 003\n\n2. (C) Two.\n\nOSLO "
       "00000071  003 OF 003\n\n3. (C) Three.\n\nHATHERLEY\n",
       NULL, 1},
      /* joints are lost often: not by themselves a missing section */
      {"1. (C) One.\n\n2. (C) Two.\n\n3. (C) Three.\n\nHATHERLEY\n", NULL, 1},
      {"1. (C) One.\n\nOSLO 00000071  003 OF 003\n\n4. (C) "
       "Four.\n\nHATHERLEY\n",
       "section 2 of 3 is missing", 0},
      {"1. (C) One.\n\nOSLO 00000071  002 OF 003\n\n2. (C) Two.\n",
       "section 3 of 3 is missing", 0},
      {"1. (C) One.\n\n2. (C) Two that is\n", "text ends inside paragraph 2",
       0},
      {"1. (C) One.\n\n2. (C) Two that is...\n", "text ends inside paragraph 2",
       0},
      {"", "no text", 0},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    telegram_case(cases[i].body);
    const CablesTelegram *t = telegram(
        ENVELOPE, "C O N F I D E N T I A L SECTION 01 OF 03 OSLO 000071\n\n",
        HEADING, cases[i].body);
    CHECK_NUMBER(t->complete, cases[i].complete);
    CHECK_NUMBER(t->sections, 3);
    if (cases[i].message != NULL) {
      CHECK_ODD(t, "body", cases[i].message);
    } else {
      CHECK_NUMBER(t->n_anomalies, 0);
    }
  }
}

/* --- without memory */

/* Parses a text with the nth allocation from now on failing: nothing comes
** back, or what comes back with all the memory. */
static void sweep(const char *text, unsigned want) {
  size_t n = strlen(text);
  CablesSpan s = telegram_copy(text, n);
  CablesParseOptions options = {.want = want};
  const CablesTelegram *whole =
      cables_parse(telegram_fixture.parser, s, &options);
  assert_non_null(whole);
  char *digest = telegram_digest(whole, true);
  for (int forever = 0; forever < 2; forever++) {
    int out = 0;
    int in = 0;
    for (long nth = 1; in < 3; nth++) {
      /* a new parser has no memory of the telegram before */
      CablesParser *parser = cables_parser_new();
      assert_non_null(parser);
      test_memory_fail(nth, forever);
      const CablesTelegram *t = cables_parse(parser, s, &options);
      test_memory_fail(0, 0);
      out += t == NULL;
      in += t != NULL;
      if (t != NULL) {
        char *got = telegram_digest(t, true);
        CHECK_NUMBER(strcmp(got, digest), 0);
        free(got);
      }
      /* and afterwards it works again */
      t = cables_parse(parser, s, &options);
      assert_non_null(t);
      char *got = telegram_digest(t, true);
      CHECK_NUMBER(strcmp(got, digest), 0);
      free(got);
      cables_parser_free(parser);
      assert_true(nth < 5000);
    }
    CHECK_NUMBER(out > 0, 1);
  }
  free(digest);
}

static void without_memory_modern(void **state) {
  (void)state;
  sweep(telegram_modern, CABLES_WANT_ALL);
  sweep(telegram_modern, CABLES_WANT_HEADER);
}
static void without_memory_old(void **state) {
  (void)state;
  sweep(telegram_old, CABLES_WANT_ALL);
}
static void without_memory_page(void **state) {
  (void)state;
  sweep(telegram_page, CABLES_WANT_ALL);
}

static void no_parser(void **state) {
  (void)state;
  long live = test_memory_live();
  for (long n = 1; n <= 20; n++) {
    test_memory_fail(n, 1);
    assert_null(cables_parser_new());
    test_memory_fail(0, 0);
    assert_int_equal(test_memory_live(), live);
  }
  cables_parser_free(NULL);
}

/* Nothing is left when the parser of the group is gone. */
static int close_all(void **state) {
  telegram_close(state);
  return (int)test_memory_live();
}

/* declassification.md 9.5: markings of another order than the line's. */
static void other_orders(void **state) {
  (void)state;
  static const struct {
    const char *line;
    bool odd;
  } cases[] = {
      {"E.O. 12958: OADR", true},   {"E.O. 12356: OADR", false},
      {"E.O. 12065: XGDS-1", true}, {"E.O. 11652: XGDS-1", false},
      {"E.O. 12356: X1", true},     {"E.O. 12958: X1", false},
      {"E.O. 12356: 25X1", true},   {"E.O. 12958: 25X1", false},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    telegram_case(cases[i].line);
    char heading[300];
    snprintf(heading, sizeof(heading), "%s\n" TAGS_LINE SUBJECT_LINE,
             cases[i].line);
    const CablesTelegram *t = telegram(ENVELOPE, CLASS_LINE, heading, TEXT);
    CHECK_NUMBER(telegram_odd(t, "declassification",
                              "declassification marking is of another order"),
                 cases[i].odd);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      telegram_test(other_orders),
      telegram_test(sound),
      telegram_test(de_line),
      telegram_test(pages),
      telegram_test(headings),
      telegram_test(declassification),
      telegram_test(paragraphs),
      telegram_test(endings),
      telegram_test(without_memory_modern),
      telegram_test(without_memory_old),
      telegram_test(without_memory_page),
      telegram_test(no_parser),
  };
  return cmocka_run_group_tests(tests, telegram_open, close_all);
}
