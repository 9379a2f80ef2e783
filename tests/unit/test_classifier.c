/*
** Tests of the Classified By block.  Expected values are worked out from
** shared/format/modern.md 8.
*/
#include "../../ext/telegram/parse.h"
#include "telegrams.h"

/* Parses a telegram with another block. */
static const CablesTelegram *with_block(const char *lines) {
  telegram_case(lines);
  return parse(
      telegram_format(ENVELOPE CLASS_LINE EO_LINE TAGS_LINE SUBJECT_LINE
                      "\n%s\n\n" PARAGRAPHS SIGNATURE,
                      lines));
}

typedef struct Case {
  const char *lines;
  const char *name;
  const char *reasons;
} Case;

static void check(const Case *cases, size_t n) {
  for (size_t i = 0; i < n; i++) {
    const CablesTelegram *t = with_block(cases[i].lines);
    CHECK_TEXT(t->classified_by, cases[i].name);
    CHECK_TEXT(telegram_texts(t->reasons), cases[i].reasons);
    CHECK_TEXT(t->subject, "A BUOY WITHOUT A NAME");
    CHECK_NUMBER(t->n_numbered, 2);
  }
}
#define CHECK(cases) check(cases, sizeof(cases) / sizeof(*(cases)))
#define NAME "DCM Maud Quennell"
#define B_D "1.4(b)|1.4(d)"

/* modern.md 8.2: leads. */
static void leads(void **state) {
  (void)state;
  static const Case cases[] = {
      {"Classified By: DCM Maud Quennell for reasons 1.4 (b) and (d).", NAME,
       B_D},
      {"CLASSIFIED BY: DCM Maud Quennell for reasons 1.4 (b) and (d).", NAME,
       B_D},
      {"Classified by DCM Maud Quennell for reasons 1.4 (b) and (d).", NAME,
       B_D},
      {"CLASSIFIED BY DCM Maud Quennell for reasons 1.4 (b) and (d).", NAME,
       B_D},
      {"(U) Classified by DCM Maud Quennell for reasons 1.4 (b) and (d).", NAME,
       B_D},
      {"(U) Classified by: DCM Maud Quennell for reasons 1.4 (b) and (d).",
       NAME, B_D},
      {"Classfied By: DCM Maud Quennell for reasons 1.4 (b) and (d).", NAME,
       B_D},
      {"Classified By: Classified by DCM Maud Quennell for reasons 1.4 (b) and "
       "(d).",
       NAME, B_D},
      {"Classified By: Classified By: DCM Maud Quennell for reasons 1.4 (b) "
       "and (d).",
       NAME, B_D},
      {"REF: LIMA 71 Classified By: DCM Maud Quennell for reasons 1.4 (b) and "
       "(d).",
       NAME, B_D},
  };
  CHECK(cases);
}

/* modern.md 8.2: words before the section. */
static void reason_words(void **state) {
  (void)state;
  static const Case cases[] = {
      {"Classified By: DCM Maud Quennell, for reasons 1.4 (b) and (d).", NAME,
       B_D},
      {"Classified By: DCM Maud Quennell. Reasons 1.4 (b) and (d).", NAME, B_D},
      {"Classified By: DCM Maud Quennell, reasons 1.4 (b) and (d).", NAME, B_D},
      {"Classified By: DCM Maud Quennell. REASON: 1.4 (b) and (d).", NAME, B_D},
      {"Classified By: DCM Maud Quennell. Reason: 1.4 (b) and (d).", NAME, B_D},
      {"Classified By: DCM Maud Quennell for Reasons 1.4 (b) and (d)", NAME,
       B_D},
      {"Classified By: DCM Maud Quennell 1.4 (b) and (d)", NAME, B_D},
      {"Classified By: DCM Maud Quennell, 1.4 (b) and (d)", NAME, B_D},
      {"Classified By: DCM Maud Quennell FOR REASONS 1.4 (b) and (d)", NAME,
       B_D},
      {"Classified By: DCM Maud Quennell. REASON(S): 1.4 (b) and (d)", NAME,
       B_D},
      {"Classified By: DCM Maud Quennell per reasons 1.4 (b) and (d)", NAME,
       B_D},
      {"Classified By: DCM Maud Quennell for reasons: E.O. 12958 1.4 (b) and "
       "(d)",
       NAME, B_D},
      {"Classified By: DCM Maud Quennell. R E A S O N: 1.4 (b) and (d)", NAME,
       B_D},
      {"Classified By: DCM Maud Quennell", NAME, ""},
      {"Classified By: Consul General Maud Quennell, Jr., for reasons 1.4 (b) "
       "and (d).",
       "Consul General Maud Quennell, Jr.", B_D},
      {"Classified By: Political Counselor Oswin Pargeter-Smith\nfor reasons "
       "1.4 (b) and (d).",
       "Political Counselor Oswin Pargeter-Smith", B_D},
      {"Classified By: POL/ECON - Maud Quennell for reasons 1.4 (b) and (d).",
       "POL/ECON - Maud Quennell", B_D},
  };
  CHECK(cases);
}

/* modern.md 8.2: shapes of the letters. */
static void letters(void **state) {
  (void)state;
  static const char *const cases[][2] = {
      {"1.4 (b) and (d)", "1.4(b)|1.4(d)"},
      {"1.4(B), (D)", "1.4(b)|1.4(d)"},
      {"1.4 (b/d)", "1.4(b)|1.4(d)"},
      {"1.4 b and d", "1.4(b)|1.4(d)"},
      {"1.4(b)(d)", "1.4(b)|1.4(d)"},
      {"1.4 (B & D)", "1.4(b)|1.4(d)"},
      {"1.4, b/d", "1.4(b)|1.4(d)"},
      {"1.4(d.)", "1.4(d)"},
      {"1.4 b&d", "1.4(b)|1.4(d)"},
      {"1.4 (d)", "1.4(d)"},
      {"1.4 (c)", "1.4(c)"},
      {"1.4 (b), (c) and (d)", "1.4(b)|1.4(c)|1.4(d)"},
      {"1.4 (a), (b), (c), (d)", "1.4(a)|1.4(b)|1.4(c)|1.4(d)"},
      {"1.4 (b, d)", "1.4(b)|1.4(d)"},
      {"1.4 (b,d,e)", "1.4(b)|1.4(d)|1.4(e)"},
      {"1.5 (b) and (d)", "1.5(b)|1.5(d)"},
      {"1. 4 (b) and (d)", "1.4(b)|1.4(d)"},
      {"1.4(g)", "1.4(g)"},
      {"1.4 (h)", "1.4(h)"},
      {"1.4 (b) and ( d)", "1.4(b)|1.4(d)"},
      /* words broken by the machine: no letter a of "a nd" */
      {"1.4 (b) a nd (d)", "1.4(b)|1.4(d)"},
      {"1.4 (b) an d (d)", "1.4(b)|1.4(d)"},
      {"1.4 (b/ d)", "1.4(b)|1.4(d)"},
      {"1.4 (b) and (d). A buoy, E. of Oslo", "1.4(b)|1.4(d)"},
      {"1.4 (b) and (b)", "1.4(b)"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    char block[200];
    snprintf(block, sizeof(block),
             "Classified By: DCM Maud Quennell for reasons %s.", cases[i][0]);
    const CablesTelegram *t = with_block(block);
    CHECK_TEXT(telegram_texts(t->reasons), cases[i][1]);
    CHECK_TEXT(t->classified_by, NAME);
  }
}

/* A range: "1.4 (b-d)" is b, c and d, or b and d; b and d are among them. */
static void range_of_letters(void **state) {
  (void)state;
  const CablesTelegram *t =
      with_block("Classified By: DCM Maud Quennell for reasons 1.4 (b-d).");
  CablesSpan got = telegram_texts(t->reasons);
  bool two = got.n == 13 && memcmp(got.z, "1.4(b)|1.4(d)", 13) == 0;
  bool three = got.n == 20 && memcmp(got.z, "1.4(b)|1.4(c)|1.4(d)", 20) == 0;
  CHECK_NUMBER(two || three, true);
}

/* modern.md 8.2: cut in the middle of words, at column 71. */
static void hard_wrapped(void **state) {
  (void)state;
  static const char *const heads[] = {
      "Classified By: Economic and Commercial Counselor Maud Quennell, for rea",
      "Classified By: Economic and Commercial Counselor M. Quennell 1.4 (b) an",
      "Classified By: Economic and Commercial Counselor Maud Quennell, 1.4 (b/",
      "Classified By: Economic and Commercial Counselor Maud Quennell; Reasons",
  };
  static const Case cases[] = {
      {"sons 1.4 (b) and (d).",
       "Economic and Commercial Counselor Maud Quennell", B_D},
      {"d (d).", "Economic and Commercial Counselor M. Quennell", B_D},
      {"d).", "Economic and Commercial Counselor Maud Quennell", B_D},
      {": 1.4 (b) and (d).", "Economic and Commercial Counselor Maud Quennell",
       B_D},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    assert_int_equal(strlen(heads[i]), 71);
    char block[200];
    snprintf(block, sizeof(block), "%s\n%s", heads[i], cases[i].lines);
    const CablesTelegram *t = with_block(block);
    CHECK_TEXT(t->classified_by, cases[i].name);
    CHECK_TEXT(telegram_texts(t->reasons), cases[i].reasons);
    CHECK_NUMBER(t->n_numbered, 2);
  }
}

/* A line that ends at another column goes on with a blank. */
static void soft_wrapped(void **state) {
  (void)state;
  const CablesTelegram *t = with_block(
      "Classified By: DCM Maud\nQuennell for reasons 1.4 (b) a\n"
      "nd (d).");
  CHECK_TEXT(t->classified_by, NAME);
  CHECK_TEXT(telegram_texts(t->reasons), B_D);
}

/* modern.md 8.2: reason on its own line, with and without a blank line. */
static void reason_below(void **state) {
  (void)state;
  static const Case cases[] = {
      {"Classified By: DCM Maud Quennell\nReason: 1.4 (b) and (d)", NAME, B_D},
      {"CLASSIFIED BY: DCM Maud Quennell\n\nREASON: 1.4 (b) and (d)", NAME,
       B_D},
      {"Classified By: DCM Maud Quennell.\nReasons: 1.4 (b) and (d).", NAME,
       B_D},
  };
  CHECK(cases);
}

/* modern.md 8.2: paragraph 1 on the same line. */
static void paragraph_behind(void **state) {
  (void)state;
  telegram_case(NULL);
  const CablesTelegram *t = parse(
      ENVELOPE CLASS_LINE EO_LINE TAGS_LINE SUBJECT_LINE
      "\nClassified By: DCM Maud Quennell. REASON: 1.4 (b), (d) 1. (C) "
      "Summary: A buoy was laid out.\n\n2. (C) Nobody saw it.\n\n" SIGNATURE);
  CHECK_TEXT(t->classified_by, NAME);
  CHECK_TEXT(telegram_texts(t->reasons), B_D);
  CHECK_TEXT(telegram_paragraphs(t),
             "1 C paragraph: Summary: A buoy was laid out.|"
             "2 C paragraph: Nobody saw it.|signature: HATHERLEY");
}

/* modern.md 8.2: printed as a numbered paragraph. */
static void numbered(void **state) {
  (void)state;
  static const char *const blocks[] = {
      "1. Classified by DCM Maud Quennell, reasons 1.4 (b) and (d).",
      "1.(U) Classified by DCM Maud Quennell, reasons 1.4 (b) and (d).",
      "\xc2\xb6 1. Classified By: DCM Maud Quennell, reasons 1.4 (b) and (d).",
  };
  for (size_t i = 0; i < sizeof(blocks) / sizeof(*blocks); i++) {
    telegram_case(blocks[i]);
    const CablesTelegram *t =
        parse(telegram_format(ENVELOPE CLASS_LINE EO_LINE TAGS_LINE SUBJECT_LINE
                              "\n%s\n\n2. (C) Nobody saw it.\n\n" SIGNATURE,
                              blocks[i]));
    CHECK_TEXT(t->classified_by, NAME);
    CHECK_TEXT(telegram_texts(t->reasons), B_D);
    CHECK_NUMBER(t->n_numbered, 2);
  }
}

/* modern.md 8.2: derivative classification. */
static void derived(void **state) {
  (void)state;
  const CablesTelegram *t = with_block(
      "Classified By: Derived from Multiple Sources\nDeclassify on: Source "
      "marked 25X1-human, Date of source: February 11, 2009");
  CHECK_NUMBER(t->classified_by.z != NULL, true);
  CHECK_TEXT(telegram_texts(t->reasons), "");
  CHECK_NUMBER(t->n_numbered, 2);
  telegram_case("no block");
  t = parse(ENVELOPE CLASS_LINE EO_LINE TAGS_LINE SUBJECT_LINE "\n" PARAGRAPHS);
  CHECK_TEXT(t->classified_by, NULL);
  CHECK_NUMBER(t->reasons.n, 0);
}

/* A section joint inside the block, and before it (modern.md 9.5). */
static void joints(void **state) {
  (void)state;
  static const Case cases[] = {
      {"OSLO 00000071  001.2 OF 002\n\n\nClassified By: DCM Maud Quennell for "
       "reasons 1.4 (b) and (d).",
       NAME, B_D},
      {"Classified By: DCM Maud Quennell for reasons\nOSLO 00000071  001.2 OF "
       "002\n1.4 (b) and (d).",
       NAME, B_D},
  };
  CHECK(cases);
}

static void long_blocks(void **state) {
  (void)state;
  static const char *const pieces[] = {
      "A",       "a ",   "1.4 ", "(b) ",   "and ",
      "reason ", "\xff", ". ",   "1.4 (b", "Classified By: "};
  enum { LONG = 30000 };
  char *line = malloc(LONG + 40);
  assert_non_null(line);
  for (size_t k = 0; k < sizeof(pieces) / sizeof(*pieces); k++) {
    size_t n = strlen(pieces[k]);
    memcpy(line, "Classified By: ", 15);
    for (size_t i = 0; i < LONG; i++) line[15 + i] = pieces[k][i % n];
    line[15 + LONG] = '\0';
    const CablesTelegram *t = with_block(line);
    telegram_case(pieces[k]);
    CHECK_TEXT(t->subject, "A BUOY WITHOUT A NAME");
    CHECK_NUMBER(t->n_numbered, 2);
  }
  free(line);
}

/* modern.md 8.2: a reason whose digit was lost is of the order of its time. */
static void lost_digit(void **state) {
  (void)state;
  const CablesTelegram *t = parse(
      ENVELOPE CLASS_LINE EO_LINE TAGS_LINE SUBJECT_LINE
      "\nClassified By: Ambassador Rufus Hatherley for reasons 1. (b) and "
      "(d).\n\n" PARAGRAPHS SIGNATURE);
  CHECK_TEXT(telegram_texts(t->reasons), "1.4(b)|1.4(d)");
  t = parse(
      "P 111215Z FEB 99\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC\n" CLASS_LINE
      "E.O. 12958: DECL: 02/11/2009\n" TAGS_LINE SUBJECT_LINE
      "\nClassified By: Ambassador Rufus Hatherley for reasons 1. (b) and "
      "(d).\n\n" PARAGRAPHS SIGNATURE);
  CHECK_TEXT(telegram_texts(t->reasons), "1.5(b)|1.5(d)");
}

/* Reads a block alone, in memory of just its size, as the text from offset 100
** on of a telegram of a year. */
static const CablesTelegram *read_block(const char *block, int year) {
  static size_t at[] = {0};
  static size_t from[] = {100};
  telegram_case(block);
  parse("");
  CablesParser *p = telegram_fixture.parser;
  p->classified = (Joined){telegram_copy(block, strlen(block)),
                           at,
                           from,
                           1,
                           100,
                           100 + strlen(block)};
  p->t.year = year;
  cables_parse_classifier(p);
  return &p->t;
}

/* Where the block ends, and what stands at its end. */
static void ends(void **state) {
  (void)state;
  static const Case cases[] = {
      {"Classified By:", NULL, ""},
      {"Classified By:\t", NULL, ""},
      {"...", NULL, ""},
      {"Classified By: Maud Quennell,", "Maud Quennell", ""},
      {"Classified By: Maud Quennell (", "Maud Quennell", ""},
      {"Classified By: Maud Quennell.", "Maud Quennell", ""},
      {"Classified By: Maud Quennell Jr.", "Maud Quennell Jr.", ""},
      {"Classified By: Maud Quennell Sr.", "Maud Quennell Sr.", ""},
      {"Classified By: Maud Quennell Sr. 1.4 (b)", "Maud Quennell Sr.",
       "1.4(b)"},
      {"Classified By: Maud Quennell Dr. 1.4 (b", "Maud Quennell Dr", "1.4(b)"},
      {"Maud Quennell 1.4 b.", "Maud Quennell", "1.4(b)"},
      {"Maud Quennell 1.4 b", "Maud Quennell", "1.4(b)"},
      {"Maud Quennell 1.4 (b)x", "Maud Quennell", "1.4(b)"},
      {". 1.4 b", NULL, "1.4(b)"},
      /* "an d" is a word, at the beginning too */
      {"Maud Quennell 1.4 an d (b)", "Maud Quennell", "1.4(b)"},
      {"Maud Quennell 1.4 (b) an d (c)", "Maud Quennell", "1.4(b)|1.4(c)"},
      {"Maud Quennell 1.4 (b) a nd (c)", "Maud Quennell", "1.4(b)|1.4(c)"},
      {"Maud Quennell 1.4 d (b)", "Maud Quennell", "1.4(d)|1.4(b)"},
      /* sixteen reasons are enough */
      {"Maud 1.4 abc 1.4 a/b/c/d/e/f/g/h 1.5 a/b/c/d/e/f/g/h 1.6 a", "Maud",
       "1.4(a)|1.4(b)|1.4(c)|1.4(d)|1.4(e)|1.4(f)|1.4(g)|1.4(h)|1.5(a)|1.5(b)|"
       "1.5(c)|1.5(d)|1.5(e)|1.5(f)|1.5(g)|1.5(h)"},
      {"Maud 1.4 a/b/c/d/e/f/g/h 1.5 a/b/c/d/e/f/g 1.6 a", "Maud",
       "1.4(a)|1.4(b)|1.4(c)|1.4(d)|1.4(e)|1.4(f)|1.4(g)|1.4(h)|1.5(a)|1.5(b)|"
       "1.5(c)|1.5(d)|1.5(e)|1.5(f)|1.5(g)|1.6(a)"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    const CablesTelegram *t = read_block(cases[i].lines, 2009);
    CHECK_TEXT(t->classified_by, cases[i].name);
    CHECK_TEXT(telegram_texts(t->reasons), cases[i].reasons);
  }
}

/* declassification.md 7.1: section 1.5 became 1.4 in 2003; a telegram of no
** known year has the later one. */
static void order_of_year(void **state) {
  (void)state;
  static const struct {
    int year;
    const char *reasons;
  } cases[] = {
      {0, "1.4(b)"}, {1, "1.5(b)"}, {2002, "1.5(b)"}, {2003, "1.4(b)"}};
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    const CablesTelegram *t =
        read_block("Maud for reasons 1. (b)", cases[i].year);
    CHECK_TEXT(t->classified_by, "Maud");
    CHECK_TEXT(telegram_texts(t->reasons), cases[i].reasons);
  }
}

/* A block of more than 160 bytes without a reason ends at its first point
** before two blanks, behind twelve bytes; or at a point behind 160 bytes; or
** there. */
static void long_names(void **state) {
  (void)state;
  static const struct {
    const char *front;
    int letters; /* behind it */
    const char *end;
    int n; /* of the name, as folded */
  } cases[] = {
      {"DCM Quennell.  ", 145, "", 159},
      {"DCM Quennell.  ", 146, "", 12},
      {"DC Quennell.  ", 147, "", 159},
      {"", 160, ". a b", 160},
      {"", 161, ". a b", 161},
      {"", 159, ". a b", 159},
      {"", 171, "", 160},
      {"", 165, ".", 160},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    char block[200];
    char letters[200];
    memset(letters, 'x', sizeof(letters));
    snprintf(block, sizeof(block), "%s%.*s%s", cases[i].front, cases[i].letters,
             letters, cases[i].end);
    const CablesTelegram *t = read_block(block, 2009);
    CHECK_NUMBER(t->classified_by.n, cases[i].n);
  }
}

/* The trace tells where the name and the reasons stand. */
static void traced(void **state) {
  (void)state;
  const CablesTelegram *t =
      read_block("Classified By: Maud Quennell for reasons 1.4 (b)", 2009);
  CHECK_NUMBER(t->n_trace, 2);
  if (t->n_trace != 2) return;
  CHECK_WORD(t->trace[0].field, "reasons");
  CHECK_TEXT(t->trace[0].value, "1.4 (b)");
  CHECK_NUMBER(t->trace[0].start, 141);
  CHECK_NUMBER(t->trace[0].length, 7);
  CHECK_WORD(t->trace[1].field, "classified_by");
  CHECK_TEXT(t->trace[1].value, "Maud Quennell");
  CHECK_NUMBER(t->trace[1].start, 115);
  CHECK_NUMBER(t->trace[1].length, 13);
  t = read_block("Classified By:", 2009);
  CHECK_NUMBER(t->n_trace, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      telegram_test(lost_digit),       telegram_test(leads),
      telegram_test(reason_words),     telegram_test(letters),
      telegram_test(range_of_letters), telegram_test(hard_wrapped),
      telegram_test(soft_wrapped),     telegram_test(reason_below),
      telegram_test(paragraph_behind), telegram_test(numbered),
      telegram_test(derived),          telegram_test(joints),
      telegram_test(long_blocks),      telegram_test(ends),
      telegram_test(order_of_year),    telegram_test(long_names),
      telegram_test(traced),
  };
  return telegram_run(tests);
}
