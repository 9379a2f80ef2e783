/*
** Tests of the regular expressions of the telegram layer, each by itself.
** Expected groups are worked out from shared/format/modern.md and 1970s.md.
*/
#include "../../ext/telegram/patterns.h"

#include "memory.h"
#include "telegrams.h"

static CablesPatterns *patterns;

static int open_patterns(void **state) {
  (void)state;
  patterns = cables_patterns_new();
  return patterns == NULL;
}

static int close_patterns(void **state) {
  (void)state;
  cables_patterns_free(patterns);
  telegram_copy(NULL, 0);
  return (int)test_memory_live();
}

/* A pattern, a text, and groups 1 to n as one text: "POST|123", "-" for a
** group that took no part; NULL: no match. */
typedef struct Case {
  CablesPatternId id;
  const char *text;
  const char *groups;
} Case;

static void check(const Case *cases, size_t n_cases, size_t n) {
  for (size_t i = 0; i < n_cases; i++) {
    const Case *c = &cases[i];
    telegram_case(c->text);
    CablesMatch m;
    CablesSpan text = telegram_copy(c->text, strlen(c->text));
    bool found = cables_match(patterns, c->id, text, 0, &m);
    CHECK_NUMBER(found, c->groups != NULL);
    if (!found || c->groups == NULL) continue;
    char got[400] = "";
    for (size_t k = 1; k <= n; k++) {
      CablesSpan g = m.group[k].z ? m.group[k] : cables_span("-");
      if (k > 1) strcat(got, "|");
      strncat(got, g.z, g.n);
    }
    CHECK_TEXT(cables_span(got), c->groups);
    CHECK_NUMBER(m.end - m.start, m.group[0].n);
  }
}
#define CHECK(cases, n) check(cases, sizeof(cases) / sizeof(*(cases)), n)

/* modern.md 9.5, generation B: post, serial, section, total. */
static void section_joints(void **state) {
  (void)state;
  static const Case cases[] = {
      {PATTERN_PAGE_BREAK, "OSLO 00000071  002 OF 002",
       "OSLO|00000071|002|002"},
      {PATTERN_PAGE_BREAK, "OSLO 00000071 002 of 003", "OSLO|00000071|002|003"},
      {PATTERN_PAGE_BREAK, "TUNIS 00000402 001.2 OF 003",
       "TUNIS|00000402|001|003"},
      {PATTERN_PAGE_BREAK, "BUENOS AIR 00001026  004 OF 011",
       "BUENOS AIR|00001026|004|011"},
      {PATTERN_PAGE_BREAK, "PORT AU PR 00002230  001.6 OF 002",
       "PORT AU PR|00002230|001|002"},
      {PATTERN_PAGE_BREAK, "XXXXXXXXXX 00000004  002 OF 002",
       "XXXXXXXXXX|00000004|002|002"},
      {PATTERN_PAGE_BREAK, "OSLO 000071  002 OF 002", NULL}, /* six digits */
      {PATTERN_PAGE_BREAK, "OSLO 00000071", NULL},
      {PATTERN_PAGE_BREAK, "SECTION 02 OF 02", NULL},
  };
  CHECK(cases, 4);
}

/* modern.md 9.5, generations A and C; 1970s.md 3. */
static void page_lines(void **state) {
  (void)state;
  static const Case cases[] = {
      {PATTERN_PAGE_LINE, "PAGE 02        ACCRA   06677  01 OF 03  291400Z",
       "ACCRA|06677|01|03"},
      {PATTERN_PAGE_LINE, "PAGE 02        CAPE T  00097  02 OF 02  291400Z",
       "CAPE T|00097|02|02"},
      {PATTERN_PAGE_LINE, "PAGE 02        STATE   015113  182333Z",
       "STATE|015113|-|-"},
      {PATTERN_PAGE_LINE, "PAGE 01 USUN N 05789 281501Z", "USUN N|05789|-|-"},
      {PATTERN_PAGE_LINE, "PAGE 01 OSLO 00845 01 OF 02 211334Z",
       "OSLO|00845|01|02"},
      {PATTERN_PAGE_LINE, "PAGE 01 STATE 041961 TOSEC 120034 01 OF 02",
       "STATE|041961|01|02"},
      {PATTERN_PAGE_LINE, "PAGE 03 RUEHNY0071 C O N F I D E N T I A L",
       "-|-|-|-"},
      {PATTERN_PAGE_LINE, "PAGE 01", "-|-|-|-"},
      {PATTERN_PAGE_LINE, "PAGES 01 OSLO 00845", NULL},
      {PATTERN_PAGE_LINE, "THE PAGE 02", NULL},
      {PATTERN_POST_LINE, "OSLO 00845 01 OF 02 211334Z", "OSLO|00845|01|02"},
      {PATTERN_POST_LINE, "STATE 306378", "STATE|306378|-|-"},
      {PATTERN_POST_LINE, "OSLO 00845 AND MORE", NULL},
  };
  CHECK(cases, 4);
}

/* modern.md 1.6, 1970s.md 5.2: letters, group, day, hour, minute, month,
** year. */
static void date_time_groups(void **state) {
  (void)state;
  static const Case cases[] = {
      {PATTERN_DTG, "P R 141530Z FEB 09", "P|R|141530Z FEB 09|14|15|30|FEB|09"},
      {PATTERN_DTG, "O 111215Z FEB 09 ZDK",
       "O|-|111215Z FEB 09|11|12|15|FEB|09"},
      {PATTERN_DTG, "041058Z Nov 05", "-|-|041058Z Nov 05|04|10|58|Nov|05"},
      {PATTERN_DTG, "R 172106 Z APR 73", "R|-|172106 Z APR 73|17|21|06|APR|73"},
      {PATTERN_DTG, "Z 010203Z JAN 74 ZFF4",
       "Z|-|010203Z JAN 74|01|02|03|JAN|74"},
      {PATTERN_DTG, "P 14153Z FEB 09", NULL},
      {PATTERN_DTG, "Q 141530Z FEB 09", NULL},
      {PATTERN_DTG, "P 141530Z FEB 2009", NULL},
      {PATTERN_DTG, "AT 141530Z FEB 09", NULL},
  };
  CHECK(cases, 8);
}

/* modern.md 1.4: station, serial, section, day of year, time. */
static void de_lines(void **state) {
  (void)state;
  static const Case cases[] = {
      {PATTERN_DE_LINE, "DE RUEHNY #0071/01 0421215",
       "RUEHNY|0071|01|042|1215"},
      {PATTERN_DE_LINE, "DE RUEHNY #3705 0661510", "RUEHNY|3705|-|066|1510"},
      {PATTERN_DE_LINE, "DE FACTO RULE", NULL},
      {PATTERN_DE_LINE, "MADE RUEHNY #3705 0661510", NULL},
  };
  CHECK(cases, 5);
}

/* modern.md 2: level, section, total, post, serial. */
static void class_lines(void **state) {
  (void)state;
  static const Case cases[] = {
      {PATTERN_CLASS_LINE,
       "C O N F I D E N T I A L SECTION 01 OF 03 OSLO 000071",
       "C O N F I D E N T I A L|01|03|OSLO|000071"},
      {PATTERN_CLASS_LINE, "S E C R E T LA PAZ 000691",
       "S E C R E T|-|-|LA PAZ|000691"},
      {PATTERN_CLASS_LINE, "UNCLAS E F T O OSLO 000071",
       "UNCLAS E F T O|-|-|OSLO|000071"},
      {PATTERN_CLASS_LINE, "UNCLASSIFIED OSLO 0071",
       "UNCLASSIFIED|-|-|OSLO|0071"},
      {PATTERN_CLASS_LINE, "SECRET SECTION 1OF 2 UNVIE VIENNA 00285",
       "SECRET|1|2|UNVIE VIENNA|00285"},
      {PATTERN_CLASS_LINE, "LIMITED OFFICIAL USE KINGSTON 02211",
       "LIMITED OFFICIAL USE|-|-|KINGSTON|02211"},
      {PATTERN_CLASS_LINE, "T O P  S E C R E T STATE 041961",
       "T O P  S E C R E T|-|-|STATE|041961"},
      {PATTERN_CLASS_LINE, "S E C R E T XXXXXXXXXXXX 000004",
       "S E C R E T|-|-|XXXXXXXXXXXX|000004"},
      {PATTERN_CLASS_LINE, "SECRETARY HAVERSTOCK 000071", NULL},
      {PATTERN_CLASS_LINE, "S E C R E T", NULL},
  };
  CHECK(cases, 5);
}

/* modern.md 9.1, 9.2: number, dot, marking. */
static void paragraph_openings(void **state) {
  (void)state;
  static const Case cases[] = {
      {PATTERN_PARAGRAPH, "1. (C) text", "1|.|C"},
      {PATTERN_PARAGRAPH, "12.(S//NF) text", "12|.|S//NF"},
      {PATTERN_PARAGRAPH, "2 (C) text", "2||C"},
      {PATTERN_PARAGRAPH, "3. text", "3|.|-"},
      {PATTERN_PARAGRAPH, "4. (U.S.) text", "4|.|-"},
      {PATTERN_PARAGRAPH, "5.  (S/REL NATO) text", "5|.|S/REL NATO"},
      {PATTERN_PARAGRAPH, "text 1. (C)", NULL},
  };
  CHECK(cases, 3);
}

/* modern.md 9.4. */
static void summaries(void **state) {
  (void)state;
  static const Case cases[] = {
      {PATTERN_SUMMARY_OPEN, "SUMMARY: text", ""},
      {PATTERN_SUMMARY_OPEN, "Summary and Comment. text", ""},
      {PATTERN_SUMMARY_OPEN, "BEGIN SUMMARY - text", ""},
      {PATTERN_SUMMARY_OPEN, "SUMMAY: text", ""},
      {PATTERN_SUMMARY_OPEN, "SUMMARY", ""},
      {PATTERN_SUMMARY_OPEN, "SUMMARY TRIALS WERE HELD", NULL},
      {PATTERN_SUMMARY_OPEN, "A SUMMARY: text", NULL},
      {PATTERN_SUMMARY_CLOSE, "text. END SUMMARY.", ""},
      {PATTERN_SUMMARY_CLOSE, "text. End summary and action request", ""},
      {PATTERN_SUMMARY_CLOSE, "WEEKEND SUMMARY", NULL},
  };
  CHECK(cases, 0);
}

/* Groups are slices of the subject; offsets count from its start. */
static void offsets(void **state) {
  (void)state;
  CablesMatch m;
  CablesSpan s = telegram_copy("See OSLO 71 and OSLO 72.", 24);
  assert_true(cables_match(patterns, PATTERN_CITATION, s, 0, &m));
  CHECK_NUMBER(m.start, 4);
  CHECK_NUMBER(m.end, 11);
  CHECK_NUMBER(m.group[4].z - s.z, 4);
  CHECK_TEXT(m.group[5], "71");
  assert_true(cables_match(patterns, PATTERN_CITATION, s, m.end, &m));
  CHECK_NUMBER(m.start, 16);
  CHECK_NUMBER(cables_match(patterns, PATTERN_CITATION, s, m.end, NULL), 0);
  CHECK_NUMBER(cables_match(patterns, PATTERN_CITATION, s, 25, NULL), 0);
  CHECK_NUMBER(
      cables_match(patterns, PATTERN_CITATION, CABLES_NO_SPAN, 0, NULL), 0);
}

/* Any bytes, any pattern: comes back, soon, and says so when it gave up. */
static void hostile_bytes(void **state) {
  (void)state;
  enum { LONG = 20000 };
  static char z[LONG];
  static const char *const fill[] = {"A",
                                     " ",
                                     "\xff",
                                     "0",
                                     "(",
                                     "C ",
                                     "E.",
                                     "-",
                                     "a,",
                                     "1.4 (",
                                     "OF ",
                                     "X",
                                     "A B ",
                                     "PAGE ",
                                     "REF A ",
                                     "1. (",
                                     "\n",
                                     "SUMMARY AND ",
                                     "A. ",
                                     "1.4 (a, ",
                                     "S E C R E T ",
                                     "\xc2\xb6",
                                     "CLASSIFIED BY ",
                                     "AND ",
                                     "S/NF/"};
  for (size_t k = 0; k < sizeof(fill) / sizeof(*fill); k++) {
    size_t n = strlen(fill[k]);
    for (size_t i = 0; i < LONG; i++) z[i] = fill[k][i % n];
    CablesSpan s = telegram_copy(z, LONG);
    for (int id = 0; id < PATTERN_COUNT; id++) {
      CablesMatch m = {.start = 0};
      bool found = cables_match(patterns, (CablesPatternId)id, s, 0, &m);
      if (found) CHECK_NUMBER(m.end <= s.n && m.start <= m.end, 1);
      const char *runaway = cables_patterns_runaway(patterns);
      if (runaway != NULL) {
        CHECK_NUMBER(found, 0);
        CHECK_WORD(runaway, cables_pattern_name((CablesPatternId)id));
      }
      CHECK_NUMBER(cables_patterns_runaway(patterns) == NULL, 1);
    }
  }
  CHECK_NUMBER(cables_patterns_oom(patterns), 0);
}

static void names(void **state) {
  (void)state;
  for (int id = 0; id < PATTERN_COUNT; id++) {
    const char *name = cables_pattern_name((CablesPatternId)id);
    assert_non_null(name);
    assert_true(strlen(name) > 0);
  }
  assert_true(strncmp(cables_pcre2_version(), "10.", 3) == 0);
  (void)cables_pcre2_jit();
}

static void without_memory(void **state) {
  (void)state;
  long live = test_memory_live();
  /* A failure while machine code is made leaves the interpreter, so that one
  ** failure alone does not have to fail the whole. */
  for (int forever = 0; forever < 2; forever++) {
    CablesPatterns *p = NULL;
    for (long n = 1; n <= 300; n++) {
      test_memory_fail(n, forever);
      p = cables_patterns_new();
      test_memory_fail(0, 0);
      cables_patterns_free(p);
      assert_int_equal(test_memory_live(), live);
      if (forever && n <= PATTERN_COUNT) assert_null(p);
    }
    assert_non_null(p);
  }
  cables_patterns_free(NULL);
}

/* What is shared lives as long as anybody shares it, and takes no compiling. */
static void shared(void **state) {
  (void)state;
  CablesMatch match;
  long live = test_memory_live();
  CablesPatterns *first = cables_patterns_new();
  long all = test_memory_live() - live;
  CablesPatterns *second = cables_patterns_like(first);
  assert_true(test_memory_live() - live - all <= 4);
  cables_patterns_free(first);
  assert_true(cables_match(second, PATTERN_SUMMARY_OPEN,
                           CABLES_LIT("SUMMARY: He came."), 0, &match));
  assert_int_equal(match.end, 9);
  cables_patterns_free(second);
  assert_int_equal(test_memory_live(), live);
}

/* "1. (S//NF//NF..." is more than any pattern may try: that is told, once. */
static void limits(void **state) {
  (void)state;
  enum { TIMES = 15000 };
  static char z[5 + 4 * TIMES] = "1. (S";
  for (size_t i = 0; i < TIMES; i++) memcpy(z + 5 + 4 * i, "//NF", 4);
  CablesSpan s = telegram_copy(z, sizeof(z));
  CHECK_NUMBER(cables_match(patterns, PATTERN_PARAGRAPH, s, 0, NULL), 0);
  const char *runaway = cables_patterns_runaway(patterns);
  CHECK_WORD(runaway, "paragraph");
  CHECK_NUMBER(cables_patterns_runaway(patterns) == NULL, 1);
  CHECK_NUMBER(cables_patterns_oom(patterns), 0);
}

/* Matches every pattern against some texts; what is found as one number. */
static unsigned long match_all(CablesPatterns *p) {
  static const char *const texts[] = {
      "PAGE 02 OSLO 00071 01 OF 02 111230Z",
      "P 111215Z FEB 09",
      "S E C R E T SECTION 01 OF 02 OSLO 000071",
      "E.O. 12958: DECL: 02/11/2019 TAGS: PREL",
      "1. (S/NF) SUMMARY: ref A and 08 LIMA 71. END SUMMARY.",
      "Classified By: A Bell for reasons 1.4 (b) and (d).",
  };
  unsigned long sum = 0;
  for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
    for (int id = 0; id < PATTERN_COUNT; id++) {
      CablesMatch m;
      CablesSpan s = cables_span(texts[i]);
      bool found = cables_match(p, (CablesPatternId)id, s, 0, &m);
      sum = sum * 31 + (found ? m.start * 100 + m.end + 1 : 0);
    }
  }
  return sum;
}

/* Machine code needs no memory in a match; where there is none, or no memory to
** make it, the interpreter finds the same, and tells when it has no memory. */
static void interpreter(void **state) {
  (void)state;
  unsigned long want = match_all(patterns);
  CablesPatterns *whole = cables_patterns_new();
  test_memory_fail(1, 1);
  unsigned long got = match_all(whole);
  test_memory_fail(0, 0);
  CHECK_NUMBER(cables_patterns_oom(whole), !cables_pcre2_jit());
  CHECK_NUMBER(cables_patterns_oom(whole), 0);
  if (cables_pcre2_jit()) CHECK_NUMBER(got == want, 1);
  cables_patterns_free(whole);
  int without = 0; /* machine code for one of the patterns */
  for (long n = 1; n <= 300; n++) {
    test_memory_fail(n, 0);
    CablesPatterns *p = cables_patterns_new();
    test_memory_fail(0, 0);
    if (p == NULL) continue;
    test_memory_fail(1, 1);
    match_all(p);
    test_memory_fail(0, 0);
    without += cables_patterns_oom(p);
    CHECK_NUMBER(cables_patterns_runaway(p) == NULL, 1);
    CHECK_NUMBER(match_all(p) == want, 1);
    CHECK_NUMBER(cables_patterns_oom(p), 0);
    cables_patterns_free(p);
  }
  CHECK_NUMBER(without > 0, 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      telegram_test(limits),           telegram_test(interpreter),
      telegram_test(section_joints),   telegram_test(page_lines),
      telegram_test(date_time_groups), telegram_test(de_lines),
      telegram_test(class_lines),      telegram_test(paragraph_openings),
      telegram_test(summaries),        telegram_test(offsets),
      telegram_test(hostile_bytes),    telegram_test(names),
      telegram_test(without_memory),   telegram_test(shared),
  };
  return cmocka_run_group_tests(tests, open_patterns, close_patterns);
}
