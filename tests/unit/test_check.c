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

/* A table, a post and a code that no list has, a misprinted order. */
static void without_memory_odd(void **state) {
  (void)state;
  sweep(
      "P 111215Z FEB 09\nFM AMEMBASSY NOWHERETON\nTO SECSTATE WASHDC\n"
      "C O N F I D E N T I A L NOWHERETON 000071\n\n"
      "E.O. 12598: DECL: 02/11/2019\nTAGS: QQQZ\n" SUBJECT_LINE "\n" CLASSIFIED
      "1. (C) Buoys:\n\nA   B   C\nD   E   F\n\n3. (C) One\n",
      CABLES_WANT_ALL);
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

/* A telegram whose DE line and date-time group are those. */
static const CablesTelegram *de(const char *line, const char *group,
                                const char *class_line) {
  telegram_case(line);
  char head[300];
  snprintf(head, sizeof(head),
           "VZCZCXRO0071\nPP RUEHLO\nDE RUEHNY #%s\nZNY CCCCC ZZH\n"
           "%sFM AMEMBASSY OSLO\nTO RUEHC/SECSTATE WASHDC\n",
           line, group);
  return telegram(head, class_line, HEADING, TEXT);
}

/* How far day and serial of the DE line may be off, and what is unknown. */
static void de_line_limits(void **state) {
  (void)state;
  static const char new_year[] = "P 311215Z DEC 09\n";
  const CablesTelegram *t = de("0071/01 0011215", new_year, CLASS_LINE);
  CHECK_NUMBER(t->n_anomalies, 0);
  t = de("0071/01 0021215", new_year, CLASS_LINE);
  CHECK_ODD(t, "envelope",
            "day of the DE line and date-time group differ by 363 days");
  t = de("0071/01 0401215", "P 111215Z FEB 09\n", CLASS_LINE);
  CHECK_ODD(t, "envelope",
            "day of the DE line and date-time group differ by 2 days");
  t = de("0071/01 0411215", "P 111215Z FEB 09\n", CLASS_LINE);
  CHECK_NUMBER(t->n_anomalies, 0);
  /* no group, no serial on either line */
  t = de("0071/01 0421215", "", CLASS_LINE);
  CHECK_NUMBER(t->n_anomalies, 0);
  static const char message[] =
      "serial of the DE line is not that of the classification line";
  t = de("0071/01 0421215", "P 111215Z FEB 09\n",
         "C O N F I D E N T I A L OSLO 000000\n\n");
  CHECK_NOT_ODD(t, "envelope", message);
  t = de("0072/01 0421215", "P 111215Z FEB 09\n",
         "C O N F I D E N T I A L OSLO 000001\n\n");
  CHECK_ODD(t, "envelope", message);
}

/* A page with that id and classification above a classification line. */
static const CablesTelegram *page(const char *id, const char *classification,
                                  const char *class_line) {
  telegram_case(id);
  return parse(telegram_format(
      "Reference ID Created Released Classification Origin\n"
      "%s 2009-02-11 12:12 2011-03-04 16:04 %s Embassy Oslo\n"
      "P 111215Z FEB 09\nFM AMEMBASSY OSLO\n"
      "TO RUEHC/SECSTATE WASHDC\n%s" HEADING "\n" CLASSIFIED TEXT,
      id, classification, class_line));
}

/* What of page and classification line can be compared. */
static void page_limits(void **state) {
  (void)state;
  static const char other[] = "classification line is of another telegram";
  static const char differ[] =
      "classification line and the page's classification differ";
  /* an unknown post, one crossed out, and none say nothing */
  static const char *const lines[] = {
      "C O N F I D E N T I A L NOWHERETON 000071\n\n",
      "C O N F I D E N T I A L XXXXXXXXXX 000071\n\n", "CONFIDENTIAL\n\n"};
  for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
    const CablesTelegram *t = page("09OSLO71", "CONFIDENTIAL", lines[i]);
    CHECK_NOT_ODD(t, "heading", other);
    CHECK_NOT_ODD(t, "heading", differ);
    CHECK_NOT_ODD(t, "heading", "unknown post: XXXXXXXXXX");
    CHECK_NOT_ODD(t, "heading", "no classification line");
  }
  const CablesTelegram *t = page("09OSLO72", "CONFIDENTIAL", lines[0]);
  CHECK_ODD(t, "heading", other);
  /* restricted handling is no level of its own */
  t = page("09OSLO71", "UNCLASSIFIED", "LIMITED OFFICIAL USE OSLO 000071\n\n");
  CHECK_NOT_ODD(t, "heading", differ);
  t = page("09OSLO71", "UNCLASSIFIED//FOR OFFICIAL USE ONLY",
           "UNCLAS OSLO 000071\n\n");
  CHECK_NOT_ODD(t, "heading", differ);
  t = page("09OSLO71", "SECRET", "UNCLAS OSLO 000071\n\n");
  CHECK_ODD(t, "heading", differ);
  /* an id from outside that is none */
  static const char text[] = HEADER TEXT;
  CablesParseOptions options = {.want = CABLES_WANT_ALL,
                                .known = {.refid = CABLES_LIT("unknown")}};
  t = parse_bytes(text, strlen(text), options);
  CHECK_NOT_ODD(t, "heading", other);
  /* a page without heading; a fragment, which is none */
  t = parse(
      "Reference ID Created Released Classification Origin\n"
      "09OSLO71 2009-02-11 12:12 2011-03-04 16:04 SECRET Embassy Oslo\n" TEXT);
  CHECK_ODD(t, "heading", "no classification line");
  t = parse(SUBJECT_LINE "\n" TEXT);
  CHECK_NOT_ODD(t, "heading", "no classification line");
}

/* Of one sort twenty are told. */
static void many(void **state) {
  (void)state;
  char lines[1000] = "TAGS: ";
  for (char c = 'A'; c < 'A' + 21; c++) {
    snprintf(lines + strlen(lines), 20, "QZ%cQ%s", c,
             c == 'K'   ? ",\n"
             : c == 'U' ? "\n"
                        : ", ");
  }
  strcat(lines, EO_LINE SUBJECT_LINE);
  const CablesTelegram *t = telegram(ENVELOPE, CLASS_LINE, lines, TEXT);
  CHECK_NUMBER(t->tags.n, 21);
  CHECK_NUMBER(t->n_anomalies, 20);
  CHECK_ODD(t, "heading", "unknown TAGS code: QZTQ");
  CHECK_NOT_ODD(t, "heading", "unknown TAGS code: QZUQ");
  char body[1000] = "";
  for (int i = 0; i < 22; i++) strcat(body, "1. (C) One.\n\n");
  t = telegram(ENVELOPE, CLASS_LINE, HEADING, strcat(body, SIGNATURE));
  CHECK_NUMBER(t->n_numbered, 22);
  CHECK_NUMBER(t->n_anomalies, 20);
  CHECK_ODD(t, "body", "paragraph 1 is doubled");
  t = telegram(ENVELOPE, CLASS_LINE, HEADING,
               "1. (C) One.\n\n23. (C) Two.\n\n23. (C) Three.\n\n" SIGNATURE);
  CHECK_NUMBER(t->n_anomalies, 20);
  CHECK_ODD(t, "body", "paragraph 21 is missing");
  CHECK_NOT_ODD(t, "body", "paragraph 22 is missing");
}

/* declassification.md 5, 6, 9.5: limits and ends of markings. */
static void ends_of_markings(void **state) {
  (void)state;
  static const char abolished[] =
      "declassification marking was abolished on 22 September 2003";
  static const char beyond[] =
      "declassification date is beyond the limit of its order";
  static const struct {
    const char *group;
    const char *line;
    const char *message; /* NULL: none */
  } cases[] = {
      {"221215Z SEP 03", "E.O. 12958: DECL: X1", NULL},
      {"231215Z SEP 03", "E.O. 12958: DECL: X1", abolished},
      {"231215Z SEP 03", "E.O. 12958: DECL: 25X1", NULL},
      {"231215Z SEP 03", "E.O. 12958: N/A TO X PORTIONS", NULL},
      {"111215Z FEB 09", "E.O. 12958: DECL: 02/11/2034", NULL},
      {"111215Z FEB 09", "E.O. 12958: DECL: 02/12/2034", beyond},
      {"111215Z FEB 09", "E.O. 12958: DECL: XXXXX",
       "declassification marking is not understood"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    telegram_case(cases[i].line);
    const CablesTelegram *t = parse(telegram_format(
        "P %s\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC\n" CLASS_LINE
        "%s\n" TAGS_LINE SUBJECT_LINE "\n" CLASSIFIED TEXT,
        cases[i].group, cases[i].line));
    CHECK_NUMBER(t->n_anomalies, cases[i].message != NULL);
    if (cases[i].message == NULL) continue;
    CHECK_ODD(t, "declassification", cases[i].message);
  }
  /* an empty marking is told of where a classified telegram has it; without a
  ** day nothing is abolished */
  const CablesTelegram *t = telegram(ENVELOPE, "UNCLAS OSLO 000071\n\n",
                                     "E.O. 12958:\n" TAGS_LINE SUBJECT_LINE,
                                     "1. (U) One.\n\n" SIGNATURE);
  CHECK_NUMBER(t->n_anomalies, 0);
  t = telegram("FM AMEMBASSY OSLO\nTO SECSTATE WASHDC\n", CLASS_LINE,
               "E.O. 12958: DECL: X1\n" TAGS_LINE SUBJECT_LINE, TEXT);
  CHECK_NOT_ODD(t, "declassification", abolished);
}

/* Portion markings against the page's classification and unclassified ones. */
static void portions(void **state) {
  (void)state;
  static const char above[] =
      "portion marking above the overall classification";
  const CablesTelegram *t = telegram(ENVELOPE, "UNCLAS OSLO 000071\n\n",
                                     TAGS_LINE SUBJECT_LINE, TEXT);
  CHECK_ODD(t, "body", above);
  t = telegram(ENVELOPE, "UNCLAS OSLO 000071\n\n", TAGS_LINE SUBJECT_LINE,
               "1. (SBU) One.\n\n" SIGNATURE);
  CHECK_NOT_ODD(t, "body", above);
  t = page("09OSLO71", "UNCLASSIFIED", CLASS_LINE);
  CHECK_ODD(t, "body", above);
  t = page("09OSLO71", "SECRET", "UNCLAS OSLO 000071\n\n");
  CHECK_NOT_ODD(t, "body", above);
  t = parse(SUBJECT_LINE "\n" TEXT);
  CHECK_NOT_ODD(t, "body", above);
}

/* Which sections count as missing, and how a text ends that is not whole. */
static void missing_sections(void **state) {
  (void)state;
  static const struct {
    const char *body;
    const char *message; /* NULL: none */
  } cases[] = {
      /* numbers go on over a lost joint, or do not */
      {"1. (C) One.\n\nOSLO 00000071  003 OF 003\n\n2. (C) Two.\n\n" SIGNATURE,
       NULL},
      {"1. (C) One.\n\nMore.\n\nOSLO 00000071  003 OF 003\n\n3. (C) "
       "Three.\n\n" SIGNATURE,
       "section 2 of 3 is missing"},
      {"1. (C) One.\n\nOSLO 00000071  003 OF 003\n\nMore.\n\n" SIGNATURE, NULL},
      {"1. (C) One.\n\nOSLO 00000071  003 OF 003\n\nMore.\n\n3. (C) "
       "Three.\n\n" SIGNATURE,
       "section 2 of 3 is missing"},
      {"1. (C) One.\n\nMore that is\n", "text ends inside a paragraph"},
      {"1. (C) One.\n\n2. (C) Two.\n\n- ...\n", "text ends inside a paragraph"},
      {"1. (C) One.\n\n2. (C) Two that\n", "text ends inside paragraph 2"},
      {"1. (C) One.\n\n2. (C) \"Two.\"\n", "section 2 of 3 is missing"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    telegram_case(cases[i].body);
    const CablesTelegram *t = telegram(
        ENVELOPE, "C O N F I D E N T I A L SECTION 01 OF 03 OSLO 000071\n\n",
        HEADING, cases[i].body);
    CHECK_NUMBER(t->complete, cases[i].message == NULL);
    if (cases[i].message != NULL) CHECK_ODD(t, "body", cases[i].message);
  }
  /* of more than 63 sections the others are not told */
  telegram_case("section 70");
  const CablesTelegram *t = telegram(
      ENVELOPE, "C O N F I D E N T I A L SECTION 01 OF 70 OSLO 000071\n\n",
      HEADING, "1. (C) One.\n");
  CHECK_NUMBER(t->sections, 70);
  CHECK_ODD(t, "body", "section 63 of 70 is missing");
  CHECK_NOT_ODD(t, "body", "section 64 of 70 is missing");
  t = telegram(ENVELOPE,
               "C O N F I D E N T I A L SECTION 01 OF 02 OSLO 000071\n\n",
               HEADING, "1. (C) One.\n");
  CHECK_ODD(t, "body", "section 2 of 2 is missing");
}

/* The notice stands above the heading, or is the first line of it. */
static void extracts(void **state) {
  (void)state;
#define NOTICE "This record is a partial extract of the original cable.\n\n"
  static const char message[] = "partial extract without envelope";
  CHECK_ODD(parse(NOTICE CLASS_LINE HEADING "\n" CLASSIFIED TEXT), "envelope",
            message);
  CHECK_ODD(parse(NOTICE TEXT), "envelope", message);
  CHECK_ODD(parse(NOTICE), "envelope", message);
  CHECK_NOT_ODD(parse(HEADER NOTICE TEXT), "envelope", message);
  CHECK_NOT_ODD(parse(HEADER TEXT), "envelope", message);
}

/* 1970s.md 8: a record behind a telegram. */
static void records(void **state) {
  (void)state;
  static const struct {
    const char *class_line;
    const char *subject;
    const char *attribute;
    const char *differs; /* or NULL */
  } cases[] = {
      {"C O N F I D E N T I A L OSLO 0071", "A BUOY",
       "Document Number: 1975OSLO00099", "Document Number"},
      {"C O N F I D E N T I A L OSLO 0071", "A BUOY",
       "Document Number: 1975OSLO00071", NULL},
      {"C O N F I D E N T I A L OSLO 0071", "A BUOY", "Document Number: None",
       NULL},
      {"C O N F I D E N T I A L OSLO 0000", "A BUOY",
       "Document Number: 1975OSLO00099", NULL},
      {"C O N F I D E N T I A L OSLO 0071", "A BUOY",
       "Original Classification: UNCLASSIFIED", "Original Classification"},
      {"C O N F I D E N T I A L OSLO 0071", "A BUOY",
       "Original Classification: CONFIDENTIAL", NULL},
      {"UNCLAS OSLO 0071", "A BUOY", "Original Classification: CONFIDENTIAL",
       "Original Classification"},
      {"UNCLAS OSLO 0071", "A BUOY", "Original Classification: UNCLASSIFIED",
       NULL},
      {"UNCLAS OSLO 0071", "A BUOY", "Original Classification: UNKNOWN", NULL},
      {"UNCLAS OSLO 0071", "A BUOY", "Subject: a bell", "Subject"},
      {"UNCLAS OSLO 0071", "A BUOY", "Subject: a buoy and a bell", NULL},
      {"UNCLAS OSLO 0071", "A BUOY AND A BELL", "Subject: a buoy", NULL},
      {"UNCLAS OSLO 0071", "(U)", "Subject: a buoy", NULL},
      {"UNCLAS OSLO 0071", "", "Subject: a buoy", NULL},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    telegram_case(cases[i].attribute);
    const CablesTelegram *t = parse(telegram_format(
        "R 111215Z FEB 75\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC 4711\n\n"
        "%s\n\nE.O. 11652: GDS\nTAGS: PFOR, NO\nSUBJECT: %s\n\n"
        "1. A BUOY WAS LAID OUT ON MONDAY.\n\nHATHERLEY\n\n"
        "Message Attributes\n\n%s\nType: TE\n",
        cases[i].class_line, cases[i].subject, cases[i].attribute));
    CHECK_NUMBER(t->n_attributes > 0, 1);
    static const char *const names[] = {"Document Number",
                                        "Original Classification", "Subject"};
    for (size_t k = 0; k < sizeof(names) / sizeof(*names); k++) {
      char message[100];
      snprintf(message, sizeof(message), "attribute %s and telegram differ",
               names[k]);
      CHECK_NUMBER(
          telegram_odd(t, "attributes", message),
          cases[i].differs != NULL && strcmp(cases[i].differs, names[k]) == 0);
    }
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
      telegram_test(de_line_limits),
      telegram_test(page_limits),
      telegram_test(many),
      telegram_test(ends_of_markings),
      telegram_test(portions),
      telegram_test(missing_sections),
      telegram_test(extracts),
      telegram_test(records),
      telegram_test(without_memory_odd),
      telegram_test(no_parser),
  };
  return cmocka_run_group_tests(tests, telegram_open, close_all);
}
