/*
** Tests of the TAGS line.  Expected values are worked out from
** shared/format/modern.md 5 and 1970s.md 6.4; codes are those of
** shared/reference/tags.tsv.
*/
#include "telegrams.h"

typedef struct Case {
  const char *lines; /* of the TAGS field, labels included */
  const char *tags;
} Case;

/* Parses a telegram with other TAGS lines. */
static const CablesTelegram *with_tags(const char *lines) {
  telegram_case(lines);
  return parse(telegram_format(ENVELOPE CLASS_LINE EO_LINE
                               "%s\n" SUBJECT_LINE "\n" PARAGRAPHS SIGNATURE,
                               lines));
}

static void check(const Case *cases, size_t n) {
  for (size_t i = 0; i < n; i++) {
    const CablesTelegram *t = with_tags(cases[i].lines);
    CHECK_TEXT(telegram_texts(t->tags), cases[i].tags);
    CHECK_TEXT(t->subject, "A BUOY WITHOUT A NAME");
    CHECK_TEXT(t->executive_order, "12958");
    CHECK_NUMBER(t->n_numbered, 2);
  }
}
#define CHECK(cases) check(cases, sizeof(cases) / sizeof(*(cases)))

/* modern.md 5.2, 1970s.md 6.4: spellings of the label. */
static void labels(void **state) {
  (void)state;
  static const Case cases[] = {
      {"TAGS: PREL, EWWT, NO", "PREL|EWWT|NO"},
      {"TAGS PREL, EWWT, NO", "PREL|EWWT|NO"},
      {"Tags: PREL, EWWT, NO", "PREL|EWWT|NO"},
      {"TAG PREL, EWWT, NO", "PREL|EWWT|NO"},
      {"TAG: PREL, EWWT, NO", "PREL|EWWT|NO"},
      {"TAGS; PREL, EWWT, NO", "PREL|EWWT|NO"},
      {"TAGS, PREL, EWWT, NO", "PREL|EWWT|NO"},
      {"TAGES: PREL, EWWT, NO", "PREL|EWWT|NO"},
      {"TABS: PREL, EWWT, NO", "PREL|EWWT|NO"},
      {"TAS: PREL, EWWT, NO", "PREL|EWWT|NO"},
      {"TGS: PREL, EWWT, NO", "PREL|EWWT|NO"},
      {"AGS: PREL, EWWT, NO", "PREL|EWWT|NO"},
      {"TAGS/ PREL, EWWT, NO", "PREL|EWWT|NO"},
      {"TAGS- PREL, EWWT, NO", "PREL|EWWT|NO"},
      {"TAGS. PREL, EWWT, NO", "PREL|EWWT|NO"},
      {"TAGSC: PREL, EWWT, NO", "PREL|EWWT|NO"},
      {"TAGS:PREL, EWWT, NO", "PREL|EWWT|NO"},
      {"TAG:\xc2\xa0PREL, EWWT, NO", "PREL|EWWT|NO"},
      {"TAGS: N/A", ""},
      {"TAGS: N/A\nTAGS: PREL, NO", "PREL|NO"},
  };
  CHECK(cases);
}

/* modern.md 4.3: two dialects; 5.1: separators. */
static void separators(void **state) {
  (void)state;
  static const Case cases[] = {
      {"TAGS: PREL EWWT NO", "PREL|EWWT|NO"},
      {"TAGS PREL,EWWT,NO", "PREL|EWWT|NO"},
      {"TAGS: PREL,EWWT NO", "PREL|EWWT|NO"},
      {"TAGS: PREL, EWWT, NO,", "PREL|EWWT|NO"},
      {"TAGS: PREL,, EWWT, NO.", "PREL|EWWT|NO"},
      {"TAGS: PREL; EWWT; NO", "PREL|EWWT|NO"},
      {"TAGS: prel, ewwt, no", "PREL|EWWT|NO"},
      {"TAGS: PREL, NATO, UNESCO, EUN, NO", "PREL|NATO|UNESCO|EUN|NO"},
      /* duplicates once, in the order printed */
      {"TAGS: NO, PREL, NO, EWWT, PREL", "NO|PREL|EWWT"},
  };
  CHECK(cases);
}

/* modern.md 5.2: one more line, with and without a comma before it. */
static void continuations(void **state) {
  (void)state;
  static const Case cases[] = {
      {"TAGS: PREL, EWWT,\nNO, DA", "PREL|EWWT|NO|DA"},
      {"TAGS: PREL EWWT NATO\nNO, DA", "PREL|EWWT|NATO|NO|DA"},
      {"TAGS: PREL EWWT\nNO", "PREL|EWWT|NO"},
      {"TAGS: PREL, OVIP\n(QUENNELL, MAUD), NO", "PREL|OVIP|QUENNELL, MAUD|NO"},
      {"TAGS: PREL, EWWT,\nOSLO 00000071  001.2 OF 002\nNO", "PREL|EWWT|NO"},
  };
  CHECK(cases);
  /* a line that holds no codes is none of it */
  const CablesTelegram *t = with_tags("TAGS: PREL, NO\nFOR QUENNELL ONLY");
  CHECK_TEXT(telegram_texts(t->tags), "PREL|NO");
}

/* modern.md 5.1, 5.2: persons, in brackets and without. */
static void persons(void **state) {
  (void)state;
  static const Case cases[] = {
      {"TAGS: OVIP (QUENNELL, MAUD), PREL", "OVIP|QUENNELL, MAUD|PREL"},
      {"TAGS: OVIP (QUENNELL, MAUD A.), PREL", "OVIP|QUENNELL, MAUD A.|PREL"},
      {"TAGS: OVIP(QUENNELL, MAUD) PREL", "OVIP|QUENNELL, MAUD|PREL"},
      {"TAGS: PFOR, EG, OVIP (QUENNELL, MAUD), (PARGETER, OSWIN)",
       "PFOR|EG|OVIP|QUENNELL, MAUD|PARGETER, OSWIN"},
      /* melted: names of the list only */
      {"TAGS: OVIP CLINTON HILLARY PREL", "OVIP|CLINTON, HILLARY|PREL"},
      {"TAGS: OVIP (QUENNELL, MAUD", "OVIP|QUENNELL|MAUD"},
  };
  CHECK(cases);
}

/* modern.md 5.1: local terms of several words. */
static void terms(void **state) {
  (void)state;
  static const Case cases[] = {
      {"TAGS: PREL, HUMAN RIGHTS, NO", "PREL|HUMAN RIGHTS|NO"},
      {"TAGS: PREL HUMAN RIGHTS NO", "PREL|HUMAN RIGHTS|NO"},
      {"TAGS: PREL COUNTRY CLEARANCE NO", "PREL|COUNTRY CLEARANCE|NO"},
      {"TAGS: MEDIA REACTION REPORT PREL", "MEDIA REACTION REPORT|PREL"},
      {"TAGS: PREL, COUNTERTERRORISM", "PREL|COUNTERTERRORISM"},
  };
  CHECK(cases);
}

/* modern.md 5.2: codes that run together, misspellings, old codes. */
static void run_together(void **state) {
  (void)state;
  static const Case cases[] = {
      {"TAGS: EINDETRD, NO", "EIND|ETRD|NO"},
      {"TAGS: KDEMAF", "KDEM|AF"},
      {"TAGS: PTERMARR PREL", "PTER|MARR|PREL"},
      {"TAGS: PRELPGOVNO", "PREL|PGOV|NO"},
      {"TAGS: PRELPGOVPHUMMARR", "PREL|PGOV|PHUM|MARR"},
      {"TAGS: MOPPS, NO", "MOPS|NO"},
      {"TAGS: POGOV, NO", "PGOV|NO"},
      {"TAGS: UNDESCO", "UNESCO"},
      {"TAGS: PREL, RU", "PREL|RS"},
      {"TAGS: PREL, RS, RU", "PREL|RS"},
  };
  CHECK(cases);
}

/* modern.md 5.2: what got into the line. */
static void intruders(void **state) {
  (void)state;
  static const Case cases[] = {
      {"TAGS: ECON, EFIN, IT   UNCLASSIFIED  PAGE 02  ROME 01066 01 OF 04 "
       "281501Z ECON, IT",
       "ECON|EFIN|IT"},
      {"TAGS: ECON, EFIN, IT     OSLO AND SO ON", "ECON|EFIN|IT"},
      {"TAGS: ECON, EFIN, IT SIPDIS", "ECON|EFIN|IT"},
      {"TAGS: ECON, EFIN, IT, SIPDIS", "ECON|EFIN|IT"},
      {"TAGS: ECON, EFIN, IT 00000478 001.2", "ECON|EFIN|IT"},
  };
  CHECK(cases);
}

/* interface.md, tags_printed: as printed, on one line. */
static void printed(void **state) {
  (void)state;
  const CablesTelegram *t = with_tags("TAGS:  PREL,  EWWT,\nRU, prel");
  CHECK_TEXT(t->tags_printed, "PREL, EWWT, RU, prel");
  CHECK_TEXT(telegram_texts(t->tags), "PREL|EWWT|RS");
  t = with_tags("");
  CHECK_TEXT(t->tags_printed, NULL);
  CHECK_NUMBER(t->tags.n, 0);
}

/* Sections of an old copy, each with its TAGS: those of the first. */
static void sections(void **state) {
  (void)state;
  const CablesTelegram *t =
      parse(ENVELOPE
            "C O N F I D E N T I A L SECTION 01 OF 02 OSLO 000071\n\n" EO_LINE
            "TAGS: PREL, NO\n" SUBJECT_LINE "\n" PARAGRAPHS
            "C O N F I D E N T I A L SECTION 02 OF 02 OSLO 000071\n\n" EO_LINE
            "TAGS: PREL, NO\n" SUBJECT_LINE "\n3. (C) One more.\n\n" SIGNATURE);
  CHECK_TEXT(telegram_texts(t->tags), "PREL|NO");
  CHECK_NUMBER(t->n_numbered, 3);
}

/* A line of any bytes and length is soon read. */
static void long_lines(void **state) {
  (void)state;
  static const char *const pieces[] = {
      "A",    "PREL",  "PREL ",     "X,",           "(",
      "(A, ", "\xff,", "OVIP A B ", "HUMAN RIGHTS", "PAGE "};
  enum { LONG = 30000 };
  char *line = malloc(LONG + 20);
  assert_non_null(line);
  for (size_t k = 0; k < sizeof(pieces) / sizeof(*pieces); k++) {
    size_t n = strlen(pieces[k]);
    memcpy(line, "TAGS: ", 6);
    for (size_t i = 0; i < LONG; i++) line[6 + i] = pieces[k][i % n];
    line[6 + LONG] = '\0';
    const CablesTelegram *t = with_tags(line);
    telegram_case(pieces[k]);
    CHECK_TEXT(t->subject, "A BUOY WITHOUT A NAME");
  }
  free(line);
}

/* modern.md 5.2: codes that a slash or hyphen joins, where each is one. */
static void joined(void **state) {
  (void)state;
  static const Case cases[] = {
      {"TAGS: PGOV/PREL, NO", "PGOV|PREL|NO"},
      {"TAGS: PGOV/PREL/NO", "PGOV|PREL|NO"},
      {"TAGS: PGOV-PREL NO", "PGOV|PREL|NO"},
      {"TAGS: PREL/XYZW, NO", "PREL/XYZW|NO"},
      {"TAGS: PREL/, NO", "PREL/|NO"},
      {"TAGS: ISRAELI-PALESTINIAN AFFAIRS, PREL",
       "ISRAELI-PALESTINIAN AFFAIRS|PREL"},
  };
  CHECK(cases);
}

/* modern.md 5.2: visitors without brackets and commas. */
static void visitors(void **state) {
  (void)state;
  static const Case cases[] = {
      {"TAGS: OVIP QUENNELL MAUD PREL", "OVIP|QUENNELL, MAUD|PREL"},
      {"TAGS: OVIP, CLINTON, HILLARY, NO", "OVIP|CLINTON, HILLARY|NO"},
      {"TAGS: CLINTON HILLARY", "CLINTON, HILLARY"},
      {"TAGS: PREL, CLINTON", "PREL|CLINTON"},
      {"TAGS: OVIP PREL NO", "OVIP|PREL|NO"},
      {"TAGS: OVIP", "OVIP"},
  };
  CHECK(cases);
}

/* modern.md 5.2: terms that codes run into, words that belong together. */
static void terms_and_words(void **state) {
  (void)state;
  static const Case cases[] = {
      {"TAGS: HUMAN RIGHTSPREL, NO", "HUMAN RIGHTS|PREL|NO"},
      {"TAGS: PREL HUMAN", "PREL|HUMAN"},
      {"TAGS: HUMAN RIGHTEOUS", "HUMAN RIGHTEOUS"},
      {"TAGS: BUOYS IN HARBORS, NO", "BUOYS IN HARBORS|NO"},
      {"TAGS: HARBOR BUOYS OF BERGEN, NO", "HARBOR BUOYS OF BERGEN|NO"},
      {"TAGS: HARBOR BUOYS PREL", "HARBOR BUOYS|PREL"},
      {"TAGS: HARBOR HUMAN RIGHTS", "HARBOR|HUMAN RIGHTS"},
  };
  CHECK(cases);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      telegram_test(joined),          telegram_test(visitors),
      telegram_test(terms_and_words), telegram_test(labels),
      telegram_test(separators),      telegram_test(continuations),
      telegram_test(persons),         telegram_test(terms),
      telegram_test(run_together),    telegram_test(intruders),
      telegram_test(printed),         telegram_test(sections),
      telegram_test(long_lines),
  };
  return telegram_run(tests);
}
