/*
** Tests of the parser's frame: what fields are put together from, what each
** option leaves out, where values come from.  Expected values are worked out
** from telegram.h, interface.md and shared/format/modern.md 0.4, 2, 10.
*/
#include <wchar.h>

#include "../../ext/telegram/parse.h"
#include "memory.h"
#include "telegrams.h"

/* A telegram with another classification line and another FM line. */
static const CablesTelegram *with_lines(const char *class_line,
                                        const char *sender) {
  telegram_case(class_line);
  return parse(
      telegram_format("P 111215Z FEB 09\n%sTO SECSTATE WASHDC\n%s\n"
                      "\n" EO_LINE SUBJECT_LINE "\n" PARAGRAPHS SIGNATURE,
                      sender, class_line));
}

/* Parses a text with what its source knows. */
static const CablesTelegram *known(const char *text, CablesKnown known) {
  return parse_bytes(
      text, strlen(text),
      (CablesParseOptions){.want = CABLES_WANT_ALL, .known = known});
}

/* --- the id */

/* modern.md 2: post and serial of the classification line, and a year. */
static void ids(void **state) {
  (void)state;
  static const char fm[] = "FM AMEMBASSY OSLO\n";
  CHECK_TEXT(with_lines("S E C R E T OSLO 000071", fm)->refid, "09OSLO71");
  CHECK_TEXT(with_lines("S E C R E T OSLO 000001", fm)->refid, "09OSLO1");
  CHECK_TEXT(with_lines("S E C R E T OSLO 000000", fm)->refid, NULL);
  CHECK_TEXT(with_lines("S E C R E T 0 000071", fm)->refid, "09O71");
  CHECK_TEXT(with_lines("S E C R E T NOFORN . 000071", fm)->refid, NULL);
  CHECK_TEXT(with_lines("S E C R E T XXXX 000071", fm)->refid, NULL);
  CHECK_TEXT(with_lines("S E C R E T XXXO 000071", fm)->refid, "09XXXO71");
  telegram_case("no year");
  CHECK_TEXT(parse(CLASS_LINE EO_LINE SUBJECT_LINE)->refid, NULL);
}

/* The page's id before the line's; one that cannot be read as it is. */
static void known_ids(void **state) {
  (void)state;
  static const char text[] = HEADER PARAGRAPHS SIGNATURE;
  const CablesTelegram *t =
      known(text, (CablesKnown){.refid = CABLES_LIT("09LIMA0044")});
  CHECK_TEXT(t->refid, "09LIMA44");
  CHECK_NUMBER(t->has_own_refid, 1);
  t = known(text, (CablesKnown){.refid = CABLES_LIT("a buoy")});
  CHECK_TEXT(t->refid, "a buoy");
  t = parse_bytes(text, strlen(text),
                  (CablesParseOptions){.refid = CABLES_LIT("09LIMA44")});
  CHECK_TEXT(t->refid, "09OSLO71");
  t = parse_bytes(SUBJECT_LINE, strlen(SUBJECT_LINE),
                  (CablesParseOptions){.refid = CABLES_LIT("09LIMA44")});
  CHECK_TEXT(t->refid, "09LIMA44");
  CHECK_NUMBER(t->has_own_refid, 0);
}

/* --- level, origin, days */

/* modern.md 10.1: what the captions make of a level. */
static void handling(void **state) {
  (void)state;
  static const struct {
    const char *line;
    const char *caption;
    const char *want;
  } cases[] = {
      {"UNCLAS OSLO 000071", "SENSITIVE",
       "UNCLASSIFIED//FOR OFFICIAL USE ONLY"},
      {"UNCLAS OSLO 000071", "SBU", "UNCLASSIFIED//FOR OFFICIAL USE ONLY"},
      {"UNCLAS OSLO 000071", "SENSITIVE BUT UNCLASSIFIED",
       "UNCLASSIFIED//FOR OFFICIAL USE ONLY"},
      {"UNCLAS OSLO 000071", "NOFORN", "UNCLASSIFIED"},
      {"LIMITED OFFICIAL USE OSLO 000071", "SENSITIVE", "LIMITED OFFICIAL USE"},
      {"LIMITED OFFICIAL USE OSLO 000071", "NOFORN", "LIMITED OFFICIAL USE"},
      {"C O N F I D E N T I A L OSLO 000071", "NOFORN", "CONFIDENTIAL//NOFORN"},
      {"C O N F I D E N T I A L OSLO 000071", "SENSITIVE", "CONFIDENTIAL"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    char lines[200];
    snprintf(lines, sizeof(lines), "%s\n%s", cases[i].line, cases[i].caption);
    const CablesTelegram *t = with_lines(lines, "FM AMEMBASSY OSLO\n");
    CHECK_TEXT(t->classification, cases[i].want);
  }
}

/* The post of the classification line, else the sender; a post without name
** for people has none. */
static void origins(void **state) {
  (void)state;
  const CablesTelegram *t =
      with_lines("S E C R E T OSLO 000071", "FM AMEMBASSY LIMA\n");
  CHECK_TEXT(t->origin, "Embassy Oslo");
  t = with_lines("S E C R E T", "FM AMEMBASSY LIMA\n");
  CHECK_TEXT(t->origin, "Embassy Lima");
  t = with_lines("S E C R E T", "");
  CHECK_TEXT(t->origin, NULL);
  t = with_lines("S E C R E T BUOYTOWN 000071", "FM AMEMBASSY LIMA\n");
  CHECK_TEXT(t->origin, NULL);
  t = known(HEADER, (CablesKnown){.origin = CABLES_LIT("Embassy  Lima")});
  CHECK_TEXT(t->origin, "Embassy Lima");
}

/* modern.md 10.1: a page's day stands where the telegram has none, or another;
** one that no calendar has is none. */
static void days(void **state) {
  (void)state;
  static const char bare[] = CLASS_LINE EO_LINE SUBJECT_LINE "\n1. (C) One.\n";
  CablesSpan day = CABLES_LIT("2009-02-11 12:20");
  const CablesTelegram *t = known(bare, (CablesKnown){.created = day});
  CHECK_TEXT(t->created, "2009-02-11 12:20:00");
  CHECK_TEXT(t->refid, "09OSLO71");
  CHECK_NUMBER(t->year, 2009);
  CHECK_TEXT(t->released, NULL);
  t = known(bare, (CablesKnown){.released = day});
  CHECK_TEXT(t->released, "2009-02-11 12:20:00");
  CHECK_TEXT(t->created, NULL);
  static const char *const none[] = {"2009-02-30 12:20", "2009-13-11 12:20",
                                     "2009-02-11 24:20"};
  for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++) {
    telegram_case(none[i]);
    CablesKnown both = {.created = cables_span(none[i]),
                        .released = cables_span(none[i])};
    t = known(bare, both);
    CHECK_TEXT(t->created, NULL);
    CHECK_TEXT(t->released, NULL);
    CHECK_NUMBER(t->year, 0);
    t = known(HEADER, both);
    CHECK_TEXT(t->created, "2009-02-11 12:15:00");
    CHECK_NUMBER(t->n_anomalies, known(HEADER, (CablesKnown){0})->n_anomalies);
  }
}

/* What the page's table says goes before what its source knows. */
static void page_first(void **state) {
  (void)state;
  CablesKnown other = {.refid = CABLES_LIT("09LIMA44"),
                       .created = CABLES_LIT("2009-02-12 01:00"),
                       .released = CABLES_LIT("2010-01-01 01:00"),
                       .classification = CABLES_LIT("SECRET"),
                       .origin = CABLES_LIT("Embassy Lima")};
  static const char table[] =
      "Reference ID\n"
      "09OSLO71 2009-02-11 12:12 2011-03-04 16:04 CONFIDENTIAL Embassy Oslo\n"
      "SUBJECT: A BUOY\n";
  const CablesTelegram *t = known(table, other);
  CHECK_TEXT(t->refid, "09OSLO71");
  CHECK_TEXT(t->created, "2009-02-11 12:12:00");
  CHECK_TEXT(t->released, "2011-03-04 16:04:00");
  CHECK_TEXT(t->classification, "CONFIDENTIAL");
  CHECK_TEXT(t->origin, "Embassy Oslo");
  t = known("SUBJECT: A BUOY\n", other);
  CHECK_TEXT(t->refid, "09LIMA44");
  CHECK_TEXT(t->created, "2009-02-12 01:00:00");
  CHECK_TEXT(t->released, "2010-01-01 01:00:00");
  CHECK_TEXT(t->classification, "SECRET");
  CHECK_TEXT(t->origin, "Embassy Lima");
}

/* declassification.md 3: a schedule goes by the level, which the page tells
** where no line does; one of an order that is none has no name. */
static void orders(void **state) {
  (void)state;
  static const char text[] =
      "R 111215Z FEB 74\nFM AMEMBASSY OSLO\nE.O. 11652: GDS\n"
      "SUBJECT: A BUOY\n\n1. ONE.\n";
  const CablesTelegram *t = parse(text);
  CHECK_NUMBER(t->declass.date.year, 0);
  CHECK_TEXT(t->executive_order, "11652");
  t = known(text, (CablesKnown){.classification = CABLES_LIT("SECRET")});
  CHECK_NUMBER(t->declass.date.year, 1982);
  t = known(text, (CablesKnown){.classification = CABLES_LIT("CONFIDENTIAL")});
  CHECK_NUMBER(t->declass.date.year, 1980);
  t = known("UNCLAS OSLO 0071\nE.O. 99999: GDS\n",
            (CablesKnown){.classification = CABLES_LIT("SECRET")});
  CHECK_TEXT(t->executive_order, "99999");
  t = known("R 111215Z FEB 74\nUNCLAS OSLO 0071\nE.O. 11652: GDS\n",
            (CablesKnown){.classification = CABLES_LIT("SECRET")});
  CHECK_WORD(cables_declass_kind_name(t->declass.kind), "not_classified");
}

/* --- options */

/* What is not wanted is not there; the rest is. */
static void left_out(void **state) {
  (void)state;
  static const char text[] = ENVELOPE CLASS_LINE EO_LINE TAGS_LINE SUBJECT_LINE
      "REF: LIMA 71\n\n" CLASSIFIED
      "1. (C) SUMMARY: One. END SUMMARY.\n\n3. (C) Three.\n\n" SIGNATURE;
  enum { ADDRESSEES, REFERENCES, CLASSIFIER, ANOMALIES, BODY, PARTS };
  static const unsigned options[PARTS] = {
      CABLES_WITHOUT_ADDRESSEES, CABLES_WITHOUT_REFERENCES,
      CABLES_WITHOUT_CLASSIFIER, CABLES_WITHOUT_ANOMALIES,
      CABLES_WITHOUT_BODY_TEXT};
  for (int k = 0; k <= PARTS; k++) {
    unsigned without = k < PARTS ? options[k] : 0;
    const CablesTelegram *t =
        parse_bytes(text, strlen(text),
                    (CablesParseOptions){.want = CABLES_WANT_ALL | without});
    CHECK_NUMBER(t->n_addressees, k == ADDRESSEES ? 0 : 2);
    CHECK_NUMBER(t->n_references, k == REFERENCES ? 0 : 1);
    CHECK_TEXT(t->classified_by,
               k == CLASSIFIER ? NULL : "Ambassador Rufus Hatherley");
    CHECK_NUMBER(t->n_anomalies, k == ANOMALIES ? 0 : 1);
    CHECK_TEXT(t->summary, k == BODY ? NULL : "One.");
    CHECK_TEXT(t->subject, "A BUOY WITHOUT A NAME");
    CHECK_NUMBER(t->n_numbered, 2);
    CHECK_NUMBER(t->n_trace > 0, 1);
  }
  const CablesTelegram *t = parse_bytes(
      text, strlen(text), (CablesParseOptions){.want = CABLES_WANT_BODY});
  CHECK_NUMBER(t->n_trace, 0);
}

/* Each thing of a telegram makes one of a text. */
static void found(void **state) {
  (void)state;
  static const char *const texts[] = {
      "The FM station.\nSECRET\nOslo\n",
      "The buoy.\nP 111215Z FEB 09\n",
      "The buoy.\nFM AMEMBASSY OSLO\n",
      "E.O. 12958: N/A\n",
      "TAGS: PREL\n",
      "SUBJECT: BUOYS\n",
      "REF: LIMA 71\n",
      "Classified By: A Buoy\n",
      "FM OSLO\nThe buoys.\n",
      "1. The buoys.\n",
  };
  for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
    telegram_case(texts[i]);
    const CablesTelegram *t = parse(texts[i]);
    CHECK_NUMBER(t->found, 1);
    CHECK_NUMBER(t->recognised, 0);
  }
  CHECK_NUMBER(parse("The buoys.\n")->found, 1);
  CHECK_NUMBER(parse("\n \n")->found, 0);
}

/* --- where values come from (telegram.h, CablesTrace) */

/* "rule: the bytes of the argument", or "rule" alone for a place that is
** none; or the unknown span. */
static CablesSpan traced(const CablesTelegram *t, const char *field) {
  static char z[200];
  for (size_t i = 0; i < t->n_trace; i++) {
    const CablesTrace *row = &t->trace[i];
    if (strcmp(row->field, field) != 0) continue;
    int n = snprintf(z, sizeof(z), "%s%s%.*s", row->rule,
                     row->length > 0 ? ": " : "", (int)row->length,
                     telegram_fixture.copy + row->start);
    return (CablesSpan){z, (size_t)n};
  }
  return CABLES_NO_SPAN;
}

static void places(void **state) {
  (void)state;
  const CablesTelegram *t = parse(
      ENVELOPE
      "DRAFTED BY : EUR:MQUENNELL\nAPPROVED BY EUR:RHATHERLEY\n" CLASS_LINE
          EO_LINE TAGS_LINE SUBJECT_LINE "\n" CLASSIFIED PARAGRAPHS SIGNATURE);
  CHECK_TEXT(traced(t, "refid"), "classification_line: OSLO");
  CHECK_TEXT(traced(t, "origin"), "post_table: OSLO");
  CHECK_TEXT(traced(t, "classification"),
             "classification_line: C O N F I D E N T I A L OSLO 000071");
  CHECK_TEXT(traced(t, "created"), "dtg: 111215Z FEB 09");
  CHECK_TEXT(traced(t, "dtg"), "dtg: 111215Z FEB 09");
  CHECK_TEXT(traced(t, "precedence"), "dtg: P");
  CHECK_TEXT(traced(t, "sender"), "fm_line: AMEMBASSY OSLO");
  CHECK_TEXT(traced(t, "action"),
             "address: RUEHC/SECSTATE WASHDC PRIORITY 0412");
  CHECK_TEXT(traced(t, "info"), "address: RUEHLO/AMEMBASSY LONDON 1188");
  CHECK_TEXT(traced(t, "drafted_by"), "staff_line: EUR:MQUENNELL");
  CHECK_TEXT(traced(t, "approved_by"), "staff_line: EUR:RHATHERLEY");
  CHECK_TEXT(traced(t, "subject"), "subject_line: A BUOY WITHOUT A NAME");
  CHECK_TEXT(traced(t, "executive_order"), "eo_line: 12958");
  CHECK_TEXT(traced(t, "declass_date"), "date: DECL: 02/11/2019");
  CHECK_TEXT(traced(t, "signer"), "signature: HATHERLEY");
  CHECK_TEXT(traced(t, "released"), NULL);
  CHECK_TEXT(traced(t, "summary"), NULL);
  telegram_case("a page's values");
  t = known(HEADER PARAGRAPHS,
            (CablesKnown){.refid = CABLES_LIT("09LIMA44"),
                          .created = CABLES_LIT("2009-03-11 12:20"),
                          .classification = CABLES_LIT("SECRET")});
  CHECK_TEXT(traced(t, "refid"), "page_table");
  CHECK_TEXT(traced(t, "classification"), "page_table");
  telegram_case("no classification line");
  t = parse("FM AMEMBASSY OSLO\nE.O. 12958: X1\nSUBJECT: A BUOY\n");
  CHECK_TEXT(traced(t, "refid"), NULL);
  CHECK_TEXT(traced(t, "origin"), NULL);
  CHECK_TEXT(traced(t, "declass_date"), NULL);
}

/* --- texts of many lines and long ones */

/* modern.md 3: a pass line of two printed lines, which together have just as
** many bytes as a message is formatted in at once, one more, and many more. */
static void long_messages(void **state) {
  (void)state;
  static const size_t lengths[] = {254, 255, 256, 257, 500};
  for (size_t i = 0; i < sizeof(lengths) / sizeof(*lengths); i++) {
    char z[600];
    char want[600];
    size_t n = lengths[i];
    memset(z, 'A', n);
    memcpy(z, "DEPT FOR ", 9);
    z[200] = ' ';
    z[n] = '\0';
    memcpy(want, z, n + 1);
    z[200] = '\n';
    const CablesTelegram *t = parse(
        telegram_format(ENVELOPE CLASS_LINE "%s\n\n" EO_LINE SUBJECT_LINE, z));
    CHECK_TEXT(telegram_texts(t->pass), want);
  }
}

/* Of a list of addresses, captions and the like five hundred are kept. */
static void long_lists(void **state) {
  (void)state;
  char z[8000];
  size_t n = 0;
  for (int i = 0; i < 501; i++) {
    n += (size_t)snprintf(z + n, sizeof(z) - n, "DEPT FOR %d; ", i);
  }
  const CablesTelegram *t = parse(telegram_format(
      ENVELOPE CLASS_LINE "%.300s\n\n" EO_LINE SUBJECT_LINE, z));
  CHECK_NUMBER(t->pass.n > 20, 1);
  size_t lines = 0;
  n = 0;
  for (int i = 0; i < 501; i++) {
    n += (size_t)snprintf(z + n, sizeof(z) - n, "FOR A%d;%s", i,
                          ++lines % 40 == 0 ? "\n" : "");
  }
  t = parse(
      telegram_format(ENVELOPE CLASS_LINE "%s\n\n" EO_LINE SUBJECT_LINE, z));
  CHECK_NUMBER(t->pass.n, 500);
}

/* The room for 16,384 lines is kept for the next telegram, which then needs
** none; that for more is given back. */
static void many_lines(void **state) {
  (void)state;
  for (size_t lines = 16384; lines <= 16385; lines++) {
    char *z = malloc(2 * lines);
    assert_non_null(z);
    for (size_t i = 0; i < lines; i++) memcpy(z + 2 * i, "a\n", 2);
    parse_bytes(z, 2 * lines, (CablesParseOptions){.want = CABLES_WANT_TEXT});
    free(z);
    CablesParseOptions header = {.want = CABLES_WANT_HEADER};
    test_memory_fail(1, 1);
    const CablesTelegram *t =
        cables_parse(telegram_fixture.parser, CABLES_LIT("a\n"), &header);
    test_memory_fail(0, 0);
    CHECK_NUMBER(t != NULL, lines == 16384);
  }
}

/* modern.md 2.2: of a telegram that was lower-cased the lines that are so
** altogether are the envelope; a line without letters ends it. */
static void lower_case(void **state) {
  (void)state;
  const CablesTelegram *t = parse(
      "vzczcxro0071\n\np 111215z feb 09\nfm amembassy oslo\n"
      "to ruehc/secstate washdc\nC o n f i d e n t i a l oslo 000071\n"
      "Subject: a buoy\n");
  CHECK_TEXT(t->sender, "AMEMBASSY OSLO");
  CHECK_TEXT(telegram_addressees(t), "action:RUEHC/SECSTATE WASHDC");
  CHECK_TEXT(t->subject, "a buoy");
  t = parse("vzczcxro0071\nfm amembassy oslo");
  CHECK_TEXT(t->sender, "AMEMBASSY OSLO");
  t = parse("vzczcxro0071\n12345\nfm amembassy oslo\n");
  CHECK_TEXT(t->sender, NULL);
  t = parse("vzczcxro0071\nDear all\nfm amembassy oslo\n");
  CHECK_TEXT(t->sender, NULL);
  t = parse("vzczCXRO0071\nfm amembassy oslo\n");
  CHECK_TEXT(t->sender, NULL);
  t = parse("p 111215z feb 09\nfm amembassy oslo\nsubject: a buoy\n");
  CHECK_TEXT(t->sender, NULL);
}

/* White space inside a value is one blank. */
static void folded(void **state) {
  (void)state;
  const CablesTelegram *t =
      parse("P 111215Z FEB 09\nFM  AMEMBASSY \t  OSLO \n" CLASS_LINE);
  CHECK_TEXT(t->sender, "AMEMBASSY OSLO");
}

/* A text on which a pattern gives up says so. */
static void limits(void **state) {
  (void)state;
  enum { TIMES = 15000 };
  char *text = malloc(sizeof(HEADER) + 5 + 4 * TIMES);
  assert_non_null(text);
  char *z = text + sprintf(text, HEADER "1. (S");
  for (size_t i = 0; i < TIMES; i++, z += 4) memcpy(z, "//NF", 4);
  const CablesTelegram *t = parse_bytes(
      text, (size_t)(z - text), (CablesParseOptions){.want = CABLES_WANT_ALL});
  CHECK_TEXT(t->subject, "A BUOY WITHOUT A NAME");
  CHECK_ODD(t, "parser", "pattern paragraph reached its limit");
  CHECK_NOT_ODD(parse(HEADER), "parser", "pattern paragraph reached its limit");
  free(text);
}

/* --- memory */

/* Parses a text with each allocation in turn failing: nothing comes back, or
** the whole. */
static void sweep(const char *text) {
  CablesSpan s = telegram_copy(text, strlen(text));
  CablesParseOptions options = {.want = CABLES_WANT_ALL};
  const CablesTelegram *t = cables_parse(telegram_fixture.parser, s, &options);
  assert_non_null(t);
  char *digest = telegram_digest(t, true);
  size_t attributes = t->n_attributes;
  int failed = 0;
  for (long nth = 1, whole = 0; whole < 3; nth++) {
    CablesParser *parser = cables_parser_like(telegram_fixture.parser);
    assert_non_null(parser);
    test_memory_fail(nth, 0);
    t = cables_parse(parser, s, &options);
    test_memory_fail(0, 0);
    failed += t == NULL;
    whole += t != NULL;
    if (t != NULL) {
      char *got = telegram_digest(t, true);
      CHECK_NUMBER(strcmp(got, digest), 0);
      CHECK_NUMBER(t->n_attributes, attributes);
      free(got);
    }
    cables_parser_free(parser);
    assert_true(nth < 5000);
  }
  CHECK_NUMBER(failed > 0, 1);
  free(digest);
}

static void without_memory(void **state) {
  (void)state;
  char pass[400];
  memset(pass, 'A', sizeof(pass));
  memcpy(pass, "DEPT FOR ", 9);
  pass[150] = '\n';
  pass[300] = '\0';
  const char *text = telegram_format(
      "vzczcxro0071\np 111215z feb 09\nfm amembassy oslo\n"
      "C O N F I D E N T I A L BUOYTOWN 000071\n%s\n\nE.O. 12598: DECL: "
      "02/11/2019\nTAGS: PREL, QQQQ\n" SUBJECT_LINE "\n" PARAGRAPHS
      "3. (C) Summary: One. End summary.\nHATHERLEY\nMessage Attributes\n"
      "Type: TE\nConcepts: BUOYS\n",
      pass);
  sweep(text);
  telegram_case("a page");
  sweep(
      "Canonical ID: 1975OSLO00071_b\nDate: 1975 February 11, 00:00\n"
      "Raw content\nCONFIDENTIAL BUOYTOWN 0071\nSUBJECT: A BUOY\n");
}

/* When there is no memory for one line more than there is room for, 256: a line
** that is cut, in a heading and at a signature. */
static void no_room_for_lines(void **state) {
  (void)state;
  static const char *const ends[] = {"TAGS: PREL SUBJECT: A BUOY\n",
                                     "1. (C) One. HATHERLEY\n"};
  for (size_t k = 0; k < 2; k++) {
    char text[600];
    for (size_t i = 0; i < 255; i++) memcpy(text + 2 * i, "A\n", 2);
    snprintf(text + 510, sizeof(text) - 510, "%s", ends[k]);
    telegram_case(ends[k]);
    sweep(text);
    const CablesTelegram *t = parse(text);
    CHECK_TEXT(t->subject, k == 0 ? "A BUOY" : NULL);
    CHECK_TEXT(t->signer, k == 0 ? NULL : "HATHERLEY");
  }
}

/* Recognising a text without memory is no no: the parse tells. */
static void recognised_without_memory(void **state) {
  (void)state;
  CablesParser *parser = cables_parser_like(telegram_fixture.parser);
  CablesSpan s = CABLES_LIT("UNCLAS BUOYTOWN 0071\n");
  CHECK_NUMBER(cables_recognise(parser, s, false), 0);
  cables_parser_free(parser);
  parser = cables_parser_like(telegram_fixture.parser);
  test_memory_fail(1, 1);
  CHECK_NUMBER(cables_recognise(parser, s, false), 1);
  test_memory_fail(0, 0);
  cables_parser_free(parser);
}

/* Where the interpreter stands for machine code, and has no memory in a match,
** neither says that there is no telegram. */
static void interpreted_without_memory(void **state) {
  (void)state;
  CablesSpan s = CABLES_LIT("E.O. 1\nThe end.\n");
  CablesParseOptions header = {.want = CABLES_WANT_HEADER};
  int recognised = 0;
  int failed = 0;
  for (long n = 1; n <= 100; n++) {
    test_memory_fail(n, 0);
    CablesParser *parser = cables_parser_new();
    test_memory_fail(0, 0);
    if (parser == NULL) continue;
    const CablesTelegram *t =
        cables_parse(parser, CABLES_LIT("a\nb\nc\n"), &header);
    assert_non_null(t);
    test_memory_fail(1, 1);
    bool yes = cables_recognise(parser, s, false);
    t = cables_parse(parser, s, &header);
    test_memory_fail(0, 0);
    recognised += yes;
    failed += t == NULL;
    CHECK_NUMBER(cables_recognise(parser, s, false), 0);
    t = cables_parse(parser, s, &header);
    CHECK_NUMBER(t != NULL && !t->recognised, 1);
    cables_parser_free(parser);
  }
  CHECK_NUMBER(recognised > 0, 1);
  CHECK_NUMBER(failed > 0, 1);
}

/* One parser's patterns serve another, which outlives it. */
static void like(void **state) {
  (void)state;
  CablesParser *first = cables_parser_new();
  CablesParser *second = cables_parser_like(first);
  cables_parser_free(first);
  CablesParseOptions options = {.want = CABLES_WANT_ALL};
  const CablesTelegram *t =
      cables_parse(second, CABLES_LIT(HEADER PARAGRAPHS), &options);
  assert_non_null(t);
  CHECK_TEXT(t->refid, "09OSLO71");
  cables_parser_free(second);
}

/* A message that cannot be formatted is unknown, an empty one is not. */
static void formats(void **state) {
  (void)state;
  CablesParser *p = telegram_fixture.parser;
  static const wchar_t no_character[] = {0x7fffffff, 0};
  CHECK_TEXT(cables_format(p, "%ls", no_character), NULL);
  CHECK_TEXT(cables_format(p, "%s", ""), "");
  CHECK_TEXT(cables_format(p, "%d buoys", 2), "2 buoys");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      telegram_test(formats),
      telegram_test(ids),
      telegram_test(known_ids),
      telegram_test(handling),
      telegram_test(origins),
      telegram_test(days),
      telegram_test(page_first),
      telegram_test(orders),
      telegram_test(left_out),
      telegram_test(found),
      telegram_test(places),
      telegram_test(long_messages),
      telegram_test(long_lists),
      telegram_test(many_lines),
      telegram_test(lower_case),
      telegram_test(folded),
      telegram_test(limits),
      telegram_test(without_memory),
      telegram_test(no_room_for_lines),
      telegram_test(recognised_without_memory),
      telegram_test(interpreted_without_memory),
      telegram_test(like),
  };
  return telegram_run(tests);
}
