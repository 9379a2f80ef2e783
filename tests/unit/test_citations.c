/*
** Tests of citations and redactions.  Expected values are worked out from
** interface.md (cable_citations) and shared/format/modern.md 0.4, 7.4.
*/
#include "telegrams.h"

/* Parses a telegram with references A to C and one paragraph of text. */
static const CablesTelegram *with_text(const char *text) {
  telegram_case(text);
  return parse(telegram_format(
      ENVELOPE CLASS_LINE EO_LINE TAGS_LINE SUBJECT_LINE
      "\nREF: A. LIMA 71\n     B. 08 QUITO 12\n     C. PARGETER EMAIL "
      "02/09/09\n\n" CLASSIFIED "1. (C) %s\n\n" SIGNATURE,
      text));
}

typedef struct Case {
  const char *text;
  const char *citations; /* see telegram_citations() */
} Case;

static void check(const Case *cases, size_t n) {
  for (size_t i = 0; i < n; i++) {
    const CablesTelegram *t = with_text(cases[i].text);
    CHECK_TEXT(telegram_citations(t), cases[i].citations);
    for (size_t k = 0; k < t->n_citations; k++) {
      /* printed is what stands there, folded */
      const CablesCitation *c = &t->citations[k];
      const char *z = telegram_fixture.copy + c->start;
      CHECK_NUMBER(z[0] == c->printed.z[0] &&
                       z[c->length - 1] == c->printed.z[c->printed.n - 1],
                   1);
    }
  }
}
#define CHECK(cases) check(cases, sizeof(cases) / sizeof(*(cases)))

/* Letters are resolved through the REF line. */
static void letters(void **state) {
  (void)state;
  static const Case cases[] = {
      {"See ref A.", "1:ref A=09LIMA71"},
      {"See Ref A.", "1:Ref A=09LIMA71"},
      {"See REF B and weep.", "1:REF B=08QUITO12"},
      {"See (ref A).", "1:ref A=09LIMA71"},
      {"See reftel B.", "1:reftel B=08QUITO12"},
      {"See refs A and B.", "1:refs A=09LIMA71|1:B=08QUITO12"},
      {"See refs A, B.", "1:refs A=09LIMA71|1:B=08QUITO12"},
      {"See refs A/B.", "1:refs A=09LIMA71|1:B=08QUITO12"},
      {"See ref\nA.", "1:ref A=09LIMA71"},
      /* no cable behind the letter: unknown, never a guess */
      {"See ref C.", "1:ref C="},
      {"See ref D.", "1:ref D="},
      {"See reform A.", ""},
      {"Ref A said so; ref B denied it.", "1:Ref A=09LIMA71|1:ref B=08QUITO12"},
  };
  CHECK(cases);
}

/* "reftel" is the only cable of the block, if there is but one. */
static void reftel(void **state) {
  (void)state;
  telegram_case("reftel");
  const CablesTelegram *t =
      parse(ENVELOPE CLASS_LINE EO_LINE TAGS_LINE SUBJECT_LINE
            "\nREF: LIMA 71\n\n" CLASSIFIED
            "1. (C) Reftel says so.\n\n2. (C) See ref A.\n\n"
            "3. (C) See refs A,\n\n" SIGNATURE);
  CHECK_TEXT(telegram_citations(t),
             "1:Reftel=09LIMA71|2:ref A=09LIMA71|3:refs A=09LIMA71");
  t = with_text("Reftel says so.");
  CHECK_TEXT(telegram_citations(t), "1:Reftel=");
  /* a cable without a year: its id is unknown */
  t = parse(SUBJECT_LINE "\n1. (C) See BERN 123, 05 BERN 7.\n");
  CHECK_NUMBER(t->year, 0);
  CHECK_TEXT(telegram_citations(t), "1:BERN 123=|1:05 BERN 7=05BERN7");
}

/* Posts and serials. */
static void cables(void **state) {
  (void)state;
  static const Case cases[] = {
      {"See 05 BERN 123.", "1:05 BERN 123=05BERN123"},
      {"See BERN 123.", "1:BERN 123=09BERN123"},
      {"See 2005 BERN 123.", "1:2005 BERN 123=05BERN123"},
      {"See BERN 00123 and more.", "1:BERN 00123=09BERN123"},
      {"See 05\nBERN 123.", "1:05 BERN 123=05BERN123"},
      {"See 08 LA PAZ 1234.", "1:08 LA PAZ 1234=08LAPAZ1234"},
      {"See STATE 123456.", "1:STATE 123456=09STATE123456"},
      {"IT STANDS IN BERN 123.", "1:BERN 123=09BERN123"},
      {"See BERN 123 and LIMA 456.",
       "1:BERN 123=09BERN123|1:LIMA 456=09LIMA456"},
      /* none */
      {"It was in BERN 2006.", ""},
      {"See BERN 1.5 of it.", ""},
      {"See PARAGRAPH 123.", ""},
      {"See UNSCR 1999.", ""},
      {"See Bern 123.", ""},
      {"It costs BERN 100 percent.", "1:BERN 100=09BERN100"},
      {"It was JULY 15.", ""},
      {"No cable is named.", ""},
  };
  CHECK(cases);
}

/* A section joint is no citation (modern.md 9.5). */
static void joints(void **state) {
  (void)state;
  static const Case cases[] = {
      {"It said that\n\nOSLO 00000071  002 OF 002\n\nit sank.", ""},
      {"See 05\n\nOSLO 00000071  002 OF 002\n\nBERN 123.",
       "1:05 BERN 123=05BERN123"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    const CablesTelegram *t = with_text(cases[i].text);
    CHECK_TEXT(telegram_citations(t), cases[i].citations);
  }
}

/* The paragraph and its place. */
static void places(void **state) {
  (void)state;
  const CablesTelegram *t = parse(HEADER
                                  "1. (C) One.\n\n2. (C) See 05 BERN 123.\n\n"
                                  "-- and BERN 7.\n\n" SIGNATURE);
  CHECK_TEXT(telegram_citations(t), "2:05 BERN 123=05BERN123|0:BERN 7=09BERN7");
  assert_int_equal(t->n_citations, 2);
  CHECK_NUMBER(
      memcmp(telegram_fixture.copy + t->citations[0].start, "05 BERN 123", 11),
      0);
  CHECK_NUMBER(t->citations[0].length, 11);
}

/* Only when asked for. */
static void not_wanted(void **state) {
  (void)state;
  static const char text[] = HEADER "1. (C) See BERN 123, XXXXX.\n";
  CablesParseOptions options = {.want = CABLES_WANT_BODY};
  const CablesTelegram *t = parse_bytes(text, sizeof(text) - 1, options);
  CHECK_NUMBER(t->n_citations + t->n_redactions + t->n_trace, 0);
  CHECK_NUMBER(t->n_paragraphs, 1);
  options.want = CABLES_WANT_CITATIONS; /* implies the body */
  t = parse_bytes(text, sizeof(text) - 1, options);
  CHECK_NUMBER(t->n_citations, 1);
  CHECK_NUMBER(t->n_paragraphs, 1);
  CHECK_NUMBER(t->n_redactions, 0);
}

/* modern.md 0.4: runs of X or x of 4 to 16, and what reviewers print. */
static void redactions(void **state) {
  (void)state;
  static const struct {
    const char *text;
    const char *kind;
    const char *printed; /* NULL: none */
  } cases[] = {
      {"XXXXXXXXXXXX said so.", "crossed out", "XXXXXXXXXXXX"},
      {"He met XXXXX there.", "crossed out", "XXXXX"},
      {"He met xxxx there.", "crossed out", "xxxx"},
      {"He met XXX there.", NULL, NULL},
      {"He met XXXX there.", "crossed out", "XXXX"},
      {"He met XXXxxxx there.", NULL, NULL},
      {"He met foxxxxy there.", NULL, NULL},
      {"He met [...] there.", "omission", "[...]"},
      {"He met [. . .] there.", "omission", "[. . .]"},
      {"He met (b)(1) there.", "exemption", "(b)(1)"},
      {"He met [1.4(D)] there.", "exemption", "[1.4(D)]"},
      {"He met (a friend) there.", NULL, NULL},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    const CablesTelegram *t = with_text(cases[i].text);
    CHECK_NUMBER(t->n_redactions, cases[i].printed != NULL);
    if (t->n_redactions != 1) continue;
    CHECK_TEXT(t->redactions[0].printed, cases[i].printed);
    CHECK_NUMBER(t->redactions[0].paragraph, 1);
    CHECK_NUMBER(t->redactions[0].length, strlen(cases[i].printed));
    CHECK_NUMBER(t->redactions[0].printed.z - telegram_fixture.copy,
                 t->redactions[0].start);
  }
}

/* Letters behind the first, posts of several words, years that are none. */
static void what_goes_on(void **state) {
  (void)state;
  static const Case cases[] = {
      {"See refs A, B and C.", "1:refs A=09LIMA71|1:B=08QUITO12"},
      {"See refs A and Bergen.", "1:refs A=09LIMA71"},
      {"See refs A, B.C. is cold.", "1:refs A=09LIMA71"},
      {"See refs A, B's.", "1:refs A=09LIMA71"},
      {"See refs A, B. Bergen is cold.", "1:refs A=09LIMA71|1:B=08QUITO12"},
      {"See refs A and", "1:refs A=09LIMA71"},
      {"See refs A, D.", "1:refs A=09LIMA71"},
      {"See refs A, B", "1:refs A=09LIMA71|1:B=08QUITO12"},
      {"See refs A, B.", "1:refs A=09LIMA71|1:B=08QUITO12"},
      {"See refs A,", "1:refs A=09LIMA71"},
      {"See refs A, 1.", "1:refs A=09LIMA71"},
      {"See refs A, b.", "1:refs A=09LIMA71"},
      {"See refs A B.)", "1:refs A=09LIMA71|1:B=08QUITO12"},
      {"See refs A & B-A.", "1:refs A=09LIMA71|1:B=08QUITO12|1:A=09LIMA71"},
      {"See refs A, BC.", "1:refs A=09LIMA71"},
      {"See refs A;B.", "1:refs A=09LIMA71"},
      {"See 08 BERN 2006.", "1:08 BERN 2006=08BERN2006"},
      {"See BERN 1939.", "1:BERN 1939=09BERN1939"},
      {"See BERN 1940.", ""},
      {"See BERN 2015.", ""},
      {"See BKK 123.", "1:BKK 123=09BANGKOK123"},
      {"See BA 123.", ""},
      {"See 00 BERN 123.", "1:00 BERN 123=00BERN123"},
      {"See 1999 BERN 123.", "1:1999 BERN 123=99BERN123"},
      {"See BERN 2016.", "1:BERN 2016=09BERN2016"},
      {"See BERN 0.", ""},
      {"See 08 IN BERN 123.", "1:BERN 123=09BERN123"},
      {"See XQZW VQZX 123.", ""},
      {"See QQ BERN 123.", "1:BERN 123=09BERN123"},
      /* as many letters as a post may have with words in front, and more */
      {"See CONSULATECONSULATECONSULATECONSULATE AMERICANAMERICANAMERICAN BERN "
       "123.",
       "1:CONSULATECONSULATECONSULATECONSULATE AMERICANAMERICANAMERICAN BERN "
       "123=09BERN123"},
      {"See CONSULATECONSULATECONSULATECONSULATE EMBASSYCONSULATECONSULATE "
       "BERN 123.",
       "1:EMBASSYCONSULATECONSULATE BERN 123=09BERN123"},
      {"See XXQXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX "
       "XXQXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX "
       "XXQXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX BERN 123.",
       "1:BERN 123=09BERN123"},
  };
  CHECK(cases);
}

/* At the ends of a text, and outside of paragraphs. */
static void redactions_around(void **state) {
  (void)state;
  const CablesTelegram *t =
      parse(ENVELOPE CLASS_LINE EO_LINE TAGS_LINE
            "SUBJECT: XXXXX\n\nXXXXXX told us.\n\n"
            "1. (C) XXXXXXX.\n\nXXXXXXXX\n\n2. (C) Two, he said to XXXXXXXXX");
  static const int paragraphs[] = {0, 0, 1, 0, 2};
  assert_int_equal(t->n_redactions, 5);
  for (size_t i = 0; i < 5; i++) {
    CHECK_NUMBER(t->redactions[i].length, 5 + i);
    CHECK_NUMBER(t->redactions[i].paragraph, paragraphs[i]);
  }
}

/* modern.md 0.4: what reviewers print in brackets. */
static void in_brackets(void **state) {
  (void)state;
  static const struct {
    const char *text;
    const char *printed; /* NULL: none */
  } cases[] = {
      {"He met [REDACTED] there.", "[REDACTED]"},
      {"He met [name removed] there.", "[name removed]"},
      {"He met [NAME DELETED] there.", "[NAME DELETED]"},
      {"He met [\xe2\x80\xa6] there.", "[\xe2\x80\xa6]"},
      {"He met [... ] there.", "[... ]"},
      {"He met [ .. ] there.", "[ .. ]"},
      {"He met [.] there.", "[.]"},
      {"He met [] there.", NULL},
      {"He met [ ] there.", NULL},
      {"He met [name", NULL},
      {"He met [aaaaaaaaaabbbbbbbbbbaaaaaaaaaabbbbbbbbbbaaaaaaaaaa REMOVED] "
       "it.",
       "[aaaaaaaaaabbbbbbbbbbaaaaaaaaaabbbbbbbbbbaaaaaaaaaa REMOVED]"},
      {"He met [aaaaaaaaaabbbbbbbbbbaaaaaaaaaabbbbbbbbbbaaaaaaaaaaa REMOVED] "
       "it.",
       NULL},
      {"He met [a friend] there.", NULL},
      {"He met [. there.", NULL},
      {"He met [...", NULL},
      {"He met [...a] there.", NULL},
      {"He met aaaa there.", NULL},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    const CablesTelegram *t = with_text(cases[i].text);
    CHECK_NUMBER(t->n_redactions, cases[i].printed != NULL);
    if (t->n_redactions != 1) continue;
    CHECK_WORD(t->redactions[0].kind, "omission");
    CHECK_TEXT(t->redactions[0].printed, cases[i].printed);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      telegram_test(what_goes_on), telegram_test(in_brackets),
      telegram_test(letters),      telegram_test(reftel),
      telegram_test(cables),       telegram_test(joints),
      telegram_test(places),       telegram_test(not_wanted),
      telegram_test(redactions),   telegram_test(redactions_around),
  };
  return telegram_run(tests);
}
