/*
** Tests of the TAGS line.  Expected values are worked out from
** shared/format/modern.md 5 and 1970s.md 6.4; codes are those of
** shared/reference/tags.tsv.
*/
#include "../../ext/telegram/parse.h"
#include "../../ext/telegram/words.h"
#include "memory.h"
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

/* --- a line alone, in memory of just its size */

static CablesSpan read_line(const char *line) {
  telegram_case(line);
  parse("");
  CablesParser *p = telegram_fixture.parser;
  p->tags = (Joined){.text = telegram_copy(line, strlen(line)),
                     .start = 50,
                     .end = 50 + strlen(line)};
  cables_parse_tags(p);
  return telegram_texts(p->t.tags);
}

static void check_lines(const Case *cases, size_t n) {
  for (size_t i = 0; i < n; i++) {
    CHECK_TEXT(read_line(cases[i].lines), cases[i].tags);
  }
}
#define CHECK_LINES(cases) check_lines(cases, sizeof(cases) / sizeof(*(cases)))

/* modern.md 5.1: separators, brackets, labels inside. */
static void pieces(void **state) {
  (void)state;
  static const Case cases[] = {
      {"PREL;", "PREL"},
      {"PREL . NO", "PREL|NO"},
      {"PREL.: NO", "PREL|NO"},
      {"PREL, ; NO", "PREL|NO"},
      {"PREL ()", "PREL"},
      {"PREL ()NO", "PREL|NO"},
      {"PREL (NO", "PREL|NO"},
      {"PREL, TAGS: PGOV", "PREL|PGOV"},
      {"PREL, TAGS:", "PREL"},
      {"PREL, N/A", "PREL|N/A"},
      {"N/A", ""},
  };
  CHECK_LINES(cases);
}

/* modern.md 5.2: names with an initial behind them, as the list has them. */
static void initials(void **state) {
  (void)state;
  static const Case cases[] = {
      {"BUSH GEORGE W PREL", "BUSH, GEORGE W.|PREL"},
      {"BUSH GEORGE W. PREL", "BUSH, GEORGE W.|PREL"},
      {"BUSH GEORGE W", "BUSH, GEORGE W."},
      {"BUSH GEORGE PREL", "BUSH, GEORGE|PREL"},
      {"BUSH GEORGE", "BUSH, GEORGE"},
      {"CLINTON HILLARY R PREL", "CLINTON, HILLARY|R|PREL"},
      {"BUSH, GEORGE, NO", "BUSH, GEORGE|NO"},
      {"NO, BUSH, GEORGE", "NO|BUSH, GEORGE"},
  };
  CHECK_LINES(cases);
}

/* modern.md 5.2: codes that run together or are joined. */
static void codes(void **state) {
  (void)state;
  static const Case cases[] = {
      {"OVPTUC, NO", "OVPTUC|NO"},
      {"G-8OVP, NO", "G-8|OVP|NO"},
      {"G-8XXX", "G-8XXX"},
      {"XX1OVP", "XX1OVP"},
      {"G-8OVPX", "G-8OVPX"},
      {"OVP/TUC/NO", "OVP|TUC|NO"},
      {"OVP/", "OVP/"},
      {"/OVP", "/OVP"},
      {"OVP//TUC", "OVP//TUC"},
      {"OVP-TUC", "OVP|TUC"},
      {"AFL-CIO", "AFL-CIO"},
      {"OVP-TUC/NO", "OVP-TUC/NO"},
      {"UNGA/C-1", "UNGA/C-1"},
      {"RU/MOPPS", "RS|MOPS"},
  };
  CHECK_LINES(cases);
}

/* Words of five letters and more, hyphens between two such or none, are free
** text; those side by side are one term. */
static void free_words(void **state) {
  (void)state;
  static const Case cases[] = {
      {"XYZW BUOYS", "XYZW|BUOYS"},
      {"XYZWV BUOYS", "XYZWV BUOYS"},
      {"XYZ1V BUOYS", "XYZ1V|BUOYS"},
      {"ANTI-TERROR BUOYS", "ANTI-TERROR|BUOYS"},
      {"PANTI-TERROR BUOYS", "PANTI-TERROR BUOYS"},
      {"TERROR-ANTI BUOYS", "TERROR-ANTI|BUOYS"},
      {"TERROR-PANTI BUOYS", "TERROR-PANTI BUOYS"},
      {"PANT1-TERROR BUOYS", "PANT1-TERROR|BUOYS"},
      {"TERROR-PANT1 BUOYS", "TERROR-PANT1|BUOYS"},
      {"PRELPGOV BUOYS", "PREL|PGOV|BUOYS"},
      {"BUOYS PRELPGOV", "BUOYS|PREL|PGOV"},
      /* tied by a word */
      {"TIP IN TURKEY", "TIP IN TURKEY"},
      {"BUOYS WITH HARBORS", "BUOYS WITH HARBORS"},
      {"BUOYS OF HARBORS", "BUOYS OF HARBORS"},
      {"BUOYS AT HARBORS", "BUOYS|AT|HARBORS"},
      {"BUOYS IN PREL", "BUOYS|IN|PREL"},
      {"BUOYS IN", "BUOYS|IN"},
      {"TIP IN", "TIP|IN"},
      {"TIP IN PREL", "TIP|IN|PREL"},
      {"IN TURKEY", "IN|TURKEY"},
  };
  CHECK_LINES(cases);
}

/* modern.md 5.1: local terms, and codes that run into them. */
static void local_terms(void **state) {
  (void)state;
  static const Case cases[] = {
      {"HUMAN RIGHTSXXX", "HUMAN RIGHTSXXX"},
      {"HUMAN RIGHTSXXXX", "HUMAN RIGHTS|XXXX"},
      {"HUMAN WRONGDOINGS", "HUMAN WRONGDOINGS"},
      {"HUMAN RIGHTSPREL", "HUMAN RIGHTS|PREL"},
      {"HUMAN RIGHTSOVPTUC", "HUMAN RIGHTS|OVP|TUC"},
      {"HUMAN RIGHTSUNGA/C-1", "HUMAN RIGHTS|UNGA/C-1"},
      {"LABORPREL", "LABORPREL"},
      {"LABOR PREL", "LABOR|PREL"},
      {"EL AL", "EL AL"},
      {"EL", "EL"},
  };
  CHECK_LINES(cases);
}

/* modern.md 5.2: visitors of two words of three letters and more. */
static void visitors_of_two_words(void **state) {
  (void)state;
  static const Case cases[] = {
      {"OVIP QUE MAU PREL", "OVIP|QUE, MAU|PREL"},
      {"OVIP QU MAUDIE", "OVIP|QU|MAUDIE"},
      {"OVIP MAUDIE QU", "OVIP|MAUDIE|QU"},
      {"OVIP QUENN3LL MAUDIE", "OVIP|QUENN3LL|MAUDIE"},
      {"OVIP QUENNELL PREL", "OVIP|QUENNELL|PREL"},
      {"OVIP QUENNELL MAUDIE BUOYS", "OVIP|QUENNELL, MAUDIE|BUOYS"},
      {"OVIP NO QUENNELL MAUDIE", "OVIP|NO|QUENNELL MAUDIE"},
      {"OVIP XYZW1 QUENNELL MAUDIE", "OVIP|XYZW1|QUENNELL MAUDIE"},
      {"OVIP QUENNELL", "OVIP|QUENNELL"},
  };
  CHECK_LINES(cases);
}

/* The words of a piece end with it: those of a longer one before it count no
** more. */
static void ends_of_pieces(void **state) {
  (void)state;
  static const Case cases[] = {
      {"XA XB C, BUSH GEORGE", "XA|XB|C|BUSH, GEORGE"},
      {"XA RIGHTS, HUMAN", "XA|RIGHTS|HUMAN"},
      {"XA RIGHTSPREL, HUMAN", "XA|RIGHTSPREL|HUMAN"},
      {"XA HILLARY, CLINTON", "XA|HILLARY|CLINTON"},
      {"XA XB MAUDIE, OVIP QUENNELL", "XA|XB|MAUDIE|OVIP|QUENNELL"},
      {"XA XB BERGEN, BUOYS IN", "XA|XB|BERGEN|BUOYS|IN"},
      {"XA BERGEN, BUOYS", "XA|BERGEN|BUOYS"},
      {"XA XB BERGEN, PRELPGOV IN", "XA|XB|BERGEN|PREL|PGOV|IN"},
  };
  CHECK_LINES(cases);
}

/* modern.md 5.2: page lines, wide gaps and eight digits end the line. */
static void swallowed(void **state) {
  (void)state;
  static const Case cases[] = {
      {"PREL, NO SECRET PAGE 02 ROME", "PREL|NO"},
      {"PREL,SECRET PAGE 02 ROME", "PREL"},
      {"PREL, NO TURKEY PAGE 02 ROME", "PREL|NO|TURKEY"},
      {"SECRET PAGE 02 ROME", ""},
      {"PREL PAGE 02 ROME", "PREL"},
      {"PAGE 02 ROME", ""},
      {"PREL PAGE X2", "PREL|PAGE|X2"},
      {"PREL PAGE 2", "PREL"},
      {"PREL PAGE ", "PREL|PAGE"},
      {"PREL PLAGE 2", "PREL|PLAGE|2"},
      {"PREL     NO", "PREL"},
      {"PREL    NO", "PREL|NO"},
      {"PREL     ", "PREL"},
      {"PREL 00003687", "PREL"},
      {"PREL 00000000", "PREL"},
      {"PREL 0000368", "PREL|0000368"},
      {"PREL 0000368X", "PREL|0000368X"},
      {"00003687", ""},
  };
  CHECK_LINES(cases);
}

/* The trace: each tag, and the line as printed. */
static void traced(void **state) {
  (void)state;
  read_line("PREL, RU");
  const CablesTelegram *t = &telegram_fixture.parser->t;
  CHECK_NUMBER(t->n_trace, 3);
  if (t->n_trace != 3) return;
  static const char *const want[][2] = {
      {"tags", "PREL"}, {"tags", "RS"}, {"tags_printed", "PREL, RU"}};
  for (size_t i = 0; i < 3; i++) {
    CHECK_WORD(t->trace[i].field, want[i][0]);
    CHECK_TEXT(t->trace[i].value, want[i][1]);
    CHECK_NUMBER(t->trace[i].start, 50);
    CHECK_NUMBER(t->trace[i].length, 8);
  }
}

/* Whether a line goes on with the TAGS of another. */
static bool goes_on(const char *before, const char *after) {
  parse("");
  CablesParser *p = telegram_fixture.parser;
  char *both = malloc(strlen(before) + strlen(after) + 1);
  assert_non_null(both);
  sprintf(both, "%s%s", before, after);
  telegram_case(both);
  p->text = telegram_copy(both, strlen(both));
  Line lines[] = {
      {.start = 0, .n = strlen(before)},
      {.start = strlen(before), .n = strlen(after)},
  };
  Line *kept = p->lines;
  p->lines = lines;
  bool on = cables_tags_continue(p, 0, 1);
  p->lines = kept;
  telegram_case(NULL);
  free(both);
  return on;
}

/* modern.md 5.2: behind a comma, with the rest of a term, or codes alone. */
static void next_lines(void **state) {
  (void)state;
  static const struct {
    const char *before;
    const char *after;
    bool on;
  } cases[] = {
      {"PREL,", "WHATEVER", true},
      {"PREL", "WHATEVER", false},
      {"PREL HUMAN", "RIGHTS", true},
      {"PREL HUMAN", "BEINGS", false},
      {"HUMAN", "Rights", true},
      {"XHUMAN", "RIGHTS", false},
      {"PREL", "NO", true},
      {"PREL", "no", true},
      {"PREL", "NO, DA", true},
      {"PREL", "NO, XXXX", false},
      {"PREL", "XXXX, NO", false},
      {"PREL", "(DOE, JANE)", true},
      {"PREL", "(DOE, JANE", false},
      {"PREL", "(DOE, JANE), NO", true},
      {"PREL", "(DOE) XXXX", false},
      {"PREL", " , ", false},
      {"PREL", "", false},
      {"", "NO", true},
      {"", "XXXX", false},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    CHECK_NUMBER(goes_on(cases[i].before, cases[i].after), cases[i].on);
  }
}

/* Memory that fails at any place is told of. */
static void without_memory(void **state) {
  (void)state;
  static const char line[] = "BUOYS IN HARBORS, OVIP QUE MAU, PRELPGOV";
  for (long nth = 1;; nth++) {
    assert_true(nth < 1000);
    parse("");
    CablesParser *p = telegram_fixture.parser;
    p->tags = (Joined){.text = telegram_copy(line, strlen(line))};
    test_memory_fail(nth, 0);
    cables_parse_tags(p);
    test_memory_fail(0, 0);
    if (!p->arena.oom) break;
  }
  CHECK_TEXT(telegram_texts(telegram_fixture.parser->t.tags),
             "BUOYS IN HARBORS|OVIP|QUE, MAU|PREL|PGOV");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      telegram_test(joined),
      telegram_test(visitors),
      telegram_test(terms_and_words),
      telegram_test(labels),
      telegram_test(separators),
      telegram_test(continuations),
      telegram_test(persons),
      telegram_test(terms),
      telegram_test(run_together),
      telegram_test(intruders),
      telegram_test(printed),
      telegram_test(sections),
      telegram_test(long_lines),
      telegram_test(pieces),
      telegram_test(initials),
      telegram_test(codes),
      telegram_test(free_words),
      telegram_test(local_terms),
      telegram_test(visitors_of_two_words),
      telegram_test(ends_of_pieces),
      telegram_test(swallowed),
      telegram_test(traced),
      telegram_test(next_lines),
      telegram_test(without_memory),
  };
  return telegram_run(tests);
}
