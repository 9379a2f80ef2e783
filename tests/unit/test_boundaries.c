/*
** Tests of limits: each number that the parser compares with, met and missed
** by one.  Expected values are worked out from shared/format/modern.md (section
** in front of each group) and from the limits that the comments of ext/telegram
** name.  What they are for: tests/trust/mutate.py.
*/
#include "../../ext/telegram/date.h"
#include "../../ext/telegram/declass.h"
#include "../../ext/telegram/refid.h"
#include "memory.h"
#include "telegrams.h"

typedef struct Case {
  const char *text;
  const char *want;
} Case;

/* What a function of the parser makes of a text; valid until the next call. */
typedef CablesSpan (*Reading)(const char *text);

static void check(Reading reading, const Case *cases, size_t n) {
  for (size_t i = 0; i < n; i++) {
    telegram_case(cases[i].text);
    CHECK_TEXT(reading(cases[i].text), cases[i].want);
  }
}
#define CHECK(reading, cases) \
  check((reading), (cases), sizeof(cases) / sizeof(*(cases)))

/* The references of a REF block. */
static CablesSpan references(const char *lines) {
  return telegram_references(
      parse(telegram_format(ENVELOPE CLASS_LINE EO_LINE TAGS_LINE SUBJECT_LINE
                            "\nREF: %s\n\n" CLASSIFIED PARAGRAPHS SIGNATURE,
                            lines)));
}

static CablesSpan paragraphs(const char *lines) {
  return telegram_paragraphs(
      parse(telegram_format(HEADER "%s\n" SIGNATURE, lines)));
}

static CablesSpan tags(const char *line) {
  return telegram_texts(
      parse(telegram_format(ENVELOPE CLASS_LINE EO_LINE
                            "TAGS: %s\n" SUBJECT_LINE "\n" PARAGRAPHS SIGNATURE,
                            line))
          ->tags);
}

/* The signer of a text that ends with the lines given. */
static CablesSpan signer(const char *lines) {
  return parse(telegram_format(HEADER "1. (C) A buoy was laid out.\n\n2. (C) "
                                      "Nobody has seen it since.%s",
                               lines))
      ->signer;
}

static CablesSpan citations(const char *text) {
  return telegram_citations(
      parse(telegram_format(ENVELOPE CLASS_LINE EO_LINE TAGS_LINE SUBJECT_LINE
                            "\nREF: A. LIMA 71\n     B. 08 QUITO 12\n"
                            "\n" CLASSIFIED "1. (C) %s\n\n" SIGNATURE,
                            text)));
}

/* A function over a text, its result kept in memory of the test. */
static CablesSpan kept(bool (*function)(CablesSpan, CablesBuf *),
                       const char *text) {
  static char z[2000];
  CablesBuf b = {0};
  assert_true(function(telegram_copy(text, strlen(text)), &b));
  assert_true(b.n < sizeof(z));
  if (b.n > 0) memcpy(z, b.z, b.n);
  CablesSpan s = {z, b.n};
  cables_buf_free(&b);
  return s;
}

static CablesSpan reflow(const char *text) { return kept(cables_reflow, text); }
static CablesSpan clean(const char *text) { return kept(cables_clean, text); }
static CablesSpan repair(const char *text) { return kept(cables_repair, text); }

/* The canonical form of an id of 2009, or unknown. */
static CablesSpan refid(const char *text) {
  static char z[100];
  CablesArena arena = {0};
  CablesRefid id;
  CablesBuf b = {0};
  CablesSpan s = {NULL, 0};
  if (cables_refid_read(telegram_copy(text, strlen(text)), 2009, &arena, &id)) {
    cables_refid_print(&b, id);
    assert_true(b.n < sizeof(z));
    memcpy(z, b.z, b.n);
    s = (CablesSpan){z, b.n};
  }
  cables_buf_free(&b);
  cables_arena_free(&arena);
  return s;
}

/* --- references (modern.md 7) */

/* Years of telegrams behind a serial, from 1966 to 2012; whatever is none is
** left alone, and the citing telegram's year counts. */
static void years_behind(void **state) {
  (void)state;
  static const Case cases[] = {
      {"LIMA 71 (12)", "cable:12LIMA71"},
      {"LIMA 71 (13)", "cable:09LIMA71"},
      {"LIMA 71 (66)", "cable:66LIMA71"},
      {"LIMA 71 (65)", "cable:09LIMA71"},
      {"LIMA 71 (1966)", "cable:66LIMA71"},
      {"LIMA 71 (1965)", "cable:09LIMA71"},
      {"LIMA 71 (2012)", "cable:12LIMA71"},
      {"LIMA 71 (2013)", "cable:09LIMA71"},
      {"LIMA 71 (012)", "cable:09LIMA71"},
      {"LIMA 71-12", "cable:12LIMA71"},
      {"LIMA 71-13", "cable:09LIMA71"},
      {"LIMA 71/08", "cable:08LIMA71"},
      {"LIMA 718 08", "cable:08LIMA718"},
      {"LIMA 71 08", "cable:09LIMA71"},
  };
  CHECK(references, cases);
}

/* A serial has seven digits at most. */
static void serials(void **state) {
  (void)state;
  static const Case cases[] = {
      {"LIMA 1234567", "cable:09LIMA1234567"},
      {"LIMA 12345678", "other:LIMA 12345678"},
      {"LIMA 123456789", "other:LIMA 123456789"},
      {"LIMA 0", "other:LIMA 0"},
      {"LIMA 1", "cable:09LIMA1"},
  };
  CHECK(references, cases);
}

/* Labels go up by one to three letters; A, or B or C in front of all. */
static void labels(void **state) {
  (void)state;
  static const Case cases[] = {
      {"A. LIMA 71 D. QUITO 12", "A:cable:09LIMA71|D:cable:09QUITO12"},
      {"A. LIMA 71 E. QUITO 12", "A:cable:09LIMA71|A:cable:09QUITO12"},
      {"B. LIMA 71 C. QUITO 12", "B:cable:09LIMA71|C:cable:09QUITO12"},
      {"C. LIMA 71", "C:cable:09LIMA71"},
      {"D. LIMA 71", "cable:09LIMA71"},
      {"B. LIMA 71 A. QUITO 12", "B:cable:09LIMA71|B:cable:09QUITO12"},
      {"A. LIMA 71 A. QUITO 12", "A:cable:09LIMA71|A:cable:09QUITO12"},
      {"[A] LIMA 71 [B] QUITO 12", "A:cable:09LIMA71|B:cable:09QUITO12"},
      {"A: LIMA 71 B: QUITO 12", "A:cable:09LIMA71|B:cable:09QUITO12"},
      {"A - LIMA 71 B - QUITO 12", "A:cable:09LIMA71|B:cable:09QUITO12"},
      /* A letter alone, where post and number follow it. */
      {"A LIMA 71 B QUITO 12", "A:cable:09LIMA71|B:cable:09QUITO12"},
      {"A 2008 LIMA 71", "A:cable:08LIMA71"},
      /* Numbers: in brackets, or apart. */
      {"REF A: LIMA 71 REF B: QUITO 12", "A:cable:09LIMA71|B:cable:09QUITO12"},
      {"REFTEL A: LIMA 71 REFTEL B: QUITO 12",
       "A:cable:09LIMA71|B:cable:09QUITO12"},
      {"1. LIMA 71  2. QUITO 12", "1:cable:09LIMA71|2:cable:09QUITO12"},
      {"1. LIMA 71 2. QUITO 12", "1:cable:09LIMA71|1:cable:09QUITO12"},
      {"1. LIMA 71; 2. QUITO 12", "1:cable:09LIMA71|2:cable:09QUITO12"},
      {"1. LIMA 71, 2. QUITO 12", "1:cable:09LIMA71|2:cable:09QUITO12"},
      {"(1) LIMA 71 (2) QUITO 12", "1:cable:09LIMA71|2:cable:09QUITO12"},
      {"1) LIMA 71 2) QUITO 12", "1:cable:09LIMA71|2:cable:09QUITO12"},
      {"1) LIMA 71 3) QUITO 12", "1:cable:09LIMA71|1:cable:09QUITO12"},
  };
  CHECK(references, cases);
}

/* What is read as a word, and where one ends. */
static void tokens(void **state) {
  (void)state;
  static const Case cases[] = {
      {"0TTAWA 71", "cable:09OTTAWA71"},
      {"LIMA O71", "cable:09LIMA71"},
      {"NOTAL\xc2\xb6LIMA 71", "cable:09LIMA71"},
      {"LIMA\xc2\xb6"
       "71",
       "cable:09LIMA71"},
      {"S\xc3\xa3o Paulo 71", "cable:09SAOPAULO71"},
      {"SAO PAULO 71", "cable:09SAOPAULO71"},
      {"LIMA A-391", "other:LIMA A-391"},
      {"CA-2833", "other:CA-2833"},
      {"LIMA 391", "cable:09LIMA391"},
  };
  CHECK(references, cases);
}

/* A name that no table has: three letters and three words at most; a name in
** small letters is none. */
static void unknown_posts(void **state) {
  (void)state;
  static const Case cases[] = {
      {"XQJ 71", "cable:09XQJ71"},
      {"XQ 71", "other:XQ 71"},
      {"XQJ VWK ZQP 71", "cable:09XQJVWKZQP71"},
      {"XQJ VWK ZQP #71", "cable:09XQJVWKZQP71"},
      {"XQJ VWK ZQP QQQ 71", "other:XQJ VWK ZQP QQQ 71"},
      {"Xqjvw 71", "other:Xqjvw 71"},
      {"MAY 71", "other:MAY 71"},
      {"SEPTEMBER 71", "other:SEPTEMBER 71"},
      {"NONE", ""},
      {"N/A", ""},
      {"NONE OF THE ABOVE", "other:NONE OF THE ABOVE"},
      {"DTG 301601Z JAN 09", "dtg:DTG 301601Z JAN 09"},
      {"LIMA LETTER 301601Z JAN 09", "dtg:LIMA LETTER 301601Z JAN 09"},
      {"LIMA LETTER 30160Z JAN 09", "other:LIMA LETTER 30160Z JAN 09"},
      {"LIMA LETTER 301601ZJAN", "dtg:LIMA LETTER 301601ZJAN"},
      {"LIMA LETTER 301601ZJANX", "other:LIMA LETTER 301601ZJANX"},
  };
  CHECK(references, cases);
}

/* Lists, notes and years in front. */
static void lists(void **state) {
  (void)state;
  static const Case cases[] = {
      {"LIMA 71, 72", "cable:09LIMA71|cable:09LIMA72"},
      {"LIMA 71 AND 72", "cable:09LIMA71|cable:09LIMA72"},
      {"LIMA 71 & 72", "cable:09LIMA71|cable:09LIMA72"},
      {"08 LIMA 71, 72", "cable:08LIMA71|cable:08LIMA72"},
      {"LIMA 71 (NOTAL), QUITO 12", "cable:09LIMA71(NOTAL)|cable:09QUITO12"},
      {"LIMA 71 NOTAL", "cable:09LIMA71(NOTAL)"},
      {"LIMA 71 AND PREVIOUS", "cable:09LIMA71(AND PREVIOUS)"},
      {"LIMA 71 AND ALL PREVIOUS", "cable:09LIMA71(AND PREVIOUS)"},
      {"LIMA 71 & PREV", "cable:09LIMA71(AND PREVIOUS)"},
      {"LIMA 71 AND PRIOR", "cable:09LIMA71(AND PRIOR)"},
      {"(08) LIMA 71", "cable:08LIMA71"},
      {"(2008) LIMA 71", "cable:08LIMA71"},
      {"2012 LIMA 71", "cable:12LIMA71"},
      {"1966 LIMA 71", "cable:66LIMA71"},
      {"008 LIMA 71", "cable:08LIMA71"},
      {"LIMA 78 260185", "cable:78LIMA260185"},
      {"LIMA 78 260", "cable:78LIMA260"},
      {"LIMA 78 26", "cable:09LIMA78"},
      {"A. LIMA 71 B. 72", "A:cable:09LIMA71|B:cable:09LIMA72"},
      {"A. 72", "A:cable:09OSLO72"},
      {"LIMA 71; QUITO 12; PHONE CALL",
       "cable:09LIMA71|cable:09QUITO12|telcon:PHONE CALL"},
      {"LIMA 71 (SEE ALSO; QUITO 12)", "cable:09LIMA71"},
      {"LIMA 71, PHONE CALL", "cable:09LIMA71|telcon:PHONE CALL"},
      {"LIMA 71, MAY 1, 1974, 72", "cable:09LIMA71"},
      {"(08 LIMA 71) QUITO 12", "cable:09QUITO12"},
      {"LIMA 71, 12345678, 73", "cable:09LIMA71|cable:09LIMA73"},
  };
  CHECK(references, cases);
}

/* --- ids (modern.md 7.4, 10.2) */

static void ids(void **state) {
  (void)state;
  static const Case cases[] = {
      /* a serial of seven digits, not zero */
      {"08LIMA9999999", "08LIMA9999999"},
      {"08LIMA10000000", NULL},
      {"08LIMA0", NULL},
      /* two digits, four from 1966 to 2065 */
      {"66LIMA71", "66LIMA71"},
      {"65LIMA71", "65LIMA71"},
      {"1966LIMA71", "66LIMA71"},
      {"2065LIMA71", "65LIMA71"},
      {"1965LIMA71", NULL},
      {"2066LIMA71", NULL},
      {"094LIMA71", "94LIMA71"},
      {"100LIMA71", NULL},
      {"7575LIMA71", "75LIMA71"},
      /* sections: three digits at most, the word or not */
      {"08SECTION01OF02LIMA71", "08LIMA71"},
      {"08SECTION001OF002LIMA71", "08LIMA71"},
      {"08SECTION0001OF02LIMA71", NULL},
      {"08SECTION01OX02LIMA71", NULL},
      {"08SECTION01XF02LIMA71", NULL},
      {"LIMA 71 SECTION 01 OF 02", "09LIMA71"},
      {"LIMA 71 SECTION 01 OF 0002", NULL},
      /* a name that no table has: 3 to 20 letters, with its year */
      {"08XQJ71", "08XQJ71"},
      {"08XQ71", NULL},
      {"08ABCDEFGHIJKLMNOPQRST71", "08ABCDEFGHIJKLMNOPQRST71"},
      {"08ABCDEFGHIJKLMNOPQRSTU71", NULL},
      {"XQJ 71", NULL},
      /* a year behind, up to 2029, the same as one in front */
      {"LIMA 71 (29)", "29LIMA71"},
      {"LIMA 71 (30)", NULL},
      {"LIMA 71 (99)", "99LIMA71"},
      {"LIMA 71 (00)", "00LIMA71"},
      {"LIMA 71-08", "08LIMA71"},
      {"LIMA 71-2008", "08LIMA71"},
      {"LIMA 71-208", NULL},
      {"08 LIMA 71 (08)", "08LIMA71"},
      {"08 LIMA 71 (07)", NULL},
      {"LIMA 71 ('08)", "08LIMA71"},
      /* a note of sixteen bytes at most */
      {"LIMA 71 (ABCDEFGHIJKLMNOP)", "09LIMA71"},
      {"LIMA 71 (ABCDEFGHIJKLMNOPQ)", NULL},
      {"LIMA 71 ()", NULL},
      {"LIMA 71 (NOTAL", NULL},
      {"LIMA 71 (NO-TAL)", NULL},
      {"LIMA 71 (NO TAL)", "09LIMA71"},
      {"LIMA 71 (NO/TAL)", "09LIMA71"},
      /* a Z and two letters is a signal, a longer word none */
      {"LIMA 71 ZFR", "09LIMA71"},
      {"LIMA 71 ZFRA", NULL},
      {"LIMA 71 TOSEC 12", "09LIMA71"},
      {"LIMA 71 ABC", NULL},
      {"1975LIMA00071_b", "75LIMA71"},
      {"1975LIMA00071_1", NULL},
      {"1975LIMA00071_bc", NULL},
      /* letters and digits that look alike */
      {"08OTTAWA71", "08OTTAWA71"},
      {"080TTAWA71", "08OTTAWA71"},
      {"05OTTAWA3726", "05OTTAWA3726"},
      {"LIMA O71", "09LIMA71"},
      {"LIMA 7O1", "09LIMA701"},
      {"\"08 LIMA 71\"", "08LIMA71"},
      {"#08 LIMA 71.", "08LIMA71"},
      {"", NULL},
      {"LIMA", NULL},
      {"71", NULL},
  };
  CHECK(refid, cases);
}

/* An id with all around it has two hundred bytes at most. */
static void long_ids(void **state) {
  (void)state;
  char z[300];
  for (int n = 200; n <= 201; n++) {
    int blanks = n - (int)strlen("LIMA71");
    snprintf(z, sizeof(z), "LIMA%*s71", blanks, "");
    telegram_case(n == 200 ? "200 bytes" : "201 bytes");
    CHECK_TEXT(refid(z), n == 200 ? "09LIMA71" : NULL);
  }
}

/* --- paragraphs (modern.md 9) */

static void lists_and_tables(void **state) {
  (void)state;
#define P1 "1. (C) One.\n\n"
#define R1 "1 C paragraph: One.|"
#define S1 "|signature: HATHERLEY"
  static const Case cases[] = {
      {P1 "-- two things\n", R1 "list: two things" S1},
      {P1 "- two things\n", R1 "list: two things" S1},
      {P1 "--two things\n", R1 "list: two things" S1},
      {P1 "-two things\n", R1 "paragraph: -two things" S1},
      {P1 "** two things\n", R1 "list: two things" S1},
      {P1 "* two things\n", R1 "list: two things" S1},
      {P1 "*two things\n", R1 "paragraph: *two things" S1},
      {P1 "**two things\n", R1 "paragraph: **two things" S1},
      {P1 "o two things\n", R1 "list: two things" S1},
      {P1 "\xe2\x80\xa2 two things\n", R1 "list: two things" S1},
      {P1 "(a) two things\n", R1 "list: two things" S1},
      {P1 "(12) two things\n", R1 "list: two things" S1},
      {P1 "(123) two things\n", R1 "paragraph: (123) two things" S1},
      {P1 "12) two things\n", R1 "list: two things" S1},
      {P1 "a) two things\n", R1 "list: two things" S1},
      {P1 "a. two things\n", R1 "list: two things" S1},
      {P1 "(a. two things\n", R1 "paragraph: (a. two things" S1},
      {P1 "a.two things\n", R1 "paragraph: a.two things" S1},
      {P1 "ab) two things\n", R1 "paragraph: ab) two things" S1},
      /* two gaps of three blanks, or tabs, make a row */
      {P1 "Oslo   12   34\nLima   56   78\n",
       R1 "table: Oslo   12   34\nLima   56   78" S1},
      {P1 "Oslo   12 and 34\n", R1 "paragraph: Oslo 12 and 34" S1},
      {P1 "Oslo  12  34\n", R1 "paragraph: Oslo 12 34" S1},
      {P1 "Oslo\t12\t34\n", R1 "table: Oslo\t12\t34" S1},
      {P1 "It ended.   It began.   It stood.\n",
       R1 "paragraph: It ended. It began. It stood." S1},
  };
  CHECK(paragraphs, cases);
}

/* Numbers one off, doubled or left out count where nothing is marked and a
** blank line is above. */
static void near_numbers(void **state) {
  (void)state;
  static const Case cases[] = {
      {"1. One.\n\n3. Three.\n", "1 paragraph: One.|3 paragraph: Three." S1},
      {"1. One.\n\n4. Four.\n", "1 paragraph: One.|paragraph: 4. Four." S1},
      {"1. One.\n\n1. Another.\n",
       "1 paragraph: One.|1 paragraph: Another." S1},
      {"1. One.\n3. Three.\n", "1 paragraph: One. 3. Three." S1},
      {"2. Two.\n\n3. Three.\n", "paragraph: 2. Two.|paragraph: 3. Three." S1},
      {"1. (C) One.\n\n3. Three.\n",
       "1 C paragraph: One.|paragraph: 3. Three." S1},
      {"1. (C) One.\n\n7. (C) Seven.\n",
       "1 C paragraph: One.|7 C paragraph: Seven." S1},
  };
  CHECK(paragraphs, cases);
}

/* Over a blank line a sentence goes on in small letters, unless it has ended,
** with brackets and quotation marks behind its point or not. */
static void sentences(void **state) {
  (void)state;
  static const Case cases[] = {
      {"1. (C) It sank\n\nand rose.\n", "1 C paragraph: It sank and rose." S1},
      {"1. (C) It sank,\n\nand rose.\n",
       "1 C paragraph: It sank, and rose." S1},
      {"1. (C) It sank\n\nAnd rose.\n",
       "1 C paragraph: It sank|paragraph: And rose." S1},
      {"1. (C) It sank.\n\nand rose.\n",
       "1 C paragraph: It sank.|paragraph: and rose." S1},
      {"1. (C) It sank!\n\nand rose.\n",
       "1 C paragraph: It sank!|paragraph: and rose." S1},
      {"1. (C) It sank:\n\nand rose.\n",
       "1 C paragraph: It sank:|paragraph: and rose." S1},
      {"1. (C) (It sank.)\n\nand rose.\n",
       "1 C paragraph: (It sank.)|paragraph: and rose." S1},
      {"1. (C) \"It sank?\"\n\nand rose.\n",
       "1 C paragraph: \"It sank?\"|paragraph: and rose." S1},
      {"1. (C) (\"It sank.\")\n\nand rose.\n",
       "1 C paragraph: (\"It sank.\")|paragraph: and rose." S1},
      {"1. (C) It sank.\xe2\x80\x9d\n\nand rose.\n",
       "1 C paragraph: It sank.\xe2\x80\x9d|paragraph: and rose." S1},
      {"1. (C) It sank.\xe2\x80\x99\n\nand rose.\n",
       "1 C paragraph: It sank.\xe2\x80\x99|paragraph: and rose." S1},
      {"1. (C) (It sank)\n\nand rose.\n",
       "1 C paragraph: (It sank) and rose." S1},
  };
  CHECK(paragraphs, cases);
}

/* The role of paragraph 1 that begins with a text (modern.md 9.4). */
static CablesSpan role(const char *text) {
  const CablesTelegram *t =
      parse(telegram_format(HEADER "1. (C) %s\n\n" SIGNATURE, text));
  assert_true(t->n_paragraphs > 0);
  const char *found = t->paragraphs[0].role;
  return (CablesSpan){found, found != NULL ? strlen(found) : 0};
}

static void roles(void **state) {
  (void)state;
  static const Case cases[] = {
      {"COMMENT: It is gone.", "comment"},
      {"COMMENT. It is gone.", "comment"},
      {"COMMENT - It is gone.", "comment"},
      {"COMMENT & note.", "comment"},
      {"COMMENT AND NOTE", "comment"},
      {"Comment is free.", NULL},
      {"Comments: none.", NULL},
      {"COMMENT", "comment"},
      {"(COMMENT: It is gone.)", "comment"},
      {"THIS IS AN ACTION REQUEST for buoys.", "action request"},
      {"Action requests come.", NULL},
      {"Action request: come.", "action request"},
      {"Bio note: he rows.", "biographic note"},
      {"Summary: it is gone. End summary.", "summary"},
  };
  CHECK(role, cases);
}

/* modern.md 9.4: a rule has three marks; dashes U+2010 to U+2015 count. */
static void rules(void **state) {
  (void)state;
  static const Case cases[] = {
      {P1 "Buoys\n---\nTwo.\n", R1 "heading: Buoys|paragraph: Two." S1},
      {P1 "Buoys\n===\nTwo.\n", R1 "heading: Buoys|paragraph: Two." S1},
      {P1 "Buoys\n- - -\nTwo.\n", R1 "heading: Buoys|paragraph: Two." S1},
      {P1 "Buoys ---\nTwo.\n", R1 "heading: Buoys|paragraph: Two." S1},
      {P1 "Buoys --\nTwo.\n", R1 "paragraph: Buoys -- Two." S1},
      {P1 "Buoys\n==\nTwo.\n", R1 "paragraph: Buoys == Two." S1},
      {P1 "Buoys\n\xe2\x80\x90\xe2\x80\x90\xe2\x80\x90\nTwo.\n",
       R1 "heading: Buoys|paragraph: Two." S1},
      {P1 "Buoys\n\xe2\x80\x95\xe2\x80\x95\xe2\x80\x95\nTwo.\n",
       R1 "heading: Buoys|paragraph: Two." S1},
      {P1 "Buoys\n\xe2\x80\x96\xe2\x80\x96\xe2\x80\x96\nTwo.\n",
       R1 "paragraph: Buoys \xe2\x80\x96\xe2\x80\x96\xe2\x80\x96 Two." S1},
  };
  CHECK(paragraphs, cases);
}

/* --- the signature (modern.md 9.6) */

static void signatures(void **state) {
  (void)state;
  static const Case cases[] = {
      {"\n\nLI\n", "LI"},
      {"\n\nL\n", NULL},
      {"\n\nONE TWO THREE FOUR\n", "ONE TWO THREE FOUR"},
      {"\n\nONE TWO THREE FOUR FIVE\n", NULL},
      {"\n\nABCDEFGHIJKLMNOPQRST ABCDEFGHIJKLMNOPQRS\n",
       "ABCDEFGHIJKLMNOPQRST ABCDEFGHIJKLMNOPQRS"},
      {"\n\nABCDEFGHIJKLMNOPQRST ABCDEFGHIJKLMNOPQRST\n", NULL},
      /* one word in small letters: four to sixteen */
      {"\n\npage\n", "page"},
      {"\n\nlee\n", NULL},
      {"\n\nabcdefghijklmnop\n", "abcdefghijklmnop"},
      {"\n\nabcdefghijklmnopq\n", NULL},
      {"\n\nclosing Words\n", NULL},
      /* on the text's last line */
      {" SOBEL", "SOBEL"},
      {" LEE", "LEE"},
      {" LI", NULL},
      {" Sobel", "Sobel"},
      {" Lee", NULL},
      {" SOBEL.", NULL},
      {" SOBEL .", "SOBEL"},
      {"\nhe. SOBEL", "SOBEL"},
      {"\ne. SOBEL", NULL},
      /* decoration and trailers */
      {"\n\nHATHERLEY ##\n", "HATHERLEY"},
      {"\n\nHATHERLEY JR.\n", "HATHERLEY JR."},
      {"\n\nHATHERLEY\n\nNNNN\n", "HATHERLEY"},
      {"\n\nHATHERLEY\n\nNNN\n", "HATHERLEY"},
      {"\n\nHATHERLEY\n\n2009-02-11\n", "HATHERLEY"},
      {"\n\nHATHERLEY\n\n>><<\n", "HATHERLEY"},
      {"\n\nEND COMMENT\n", NULL},
      {"\n\nENDERBY\n", "ENDERBY"},
      {"\n\nLEGEND\n", "LEGEND"},
  };
  CHECK(signer, cases);
}

/* --- citations and redactions */

static void mentions(void **state) {
  (void)state;
  static const Case cases[] = {
      {"See LIMA 71.", "1:LIMA 71=09LIMA71"},
      {"See 08 LIMA 71.", "1:08 LIMA 71=08LIMA71"},
      {"See 2008 LIMA 71.", "1:2008 LIMA 71=08LIMA71"},
      /* a year behind a post is no serial */
      {"See LIMA 1940.", ""},
      {"See LIMA 1939.", "1:LIMA 1939=09LIMA1939"},
      {"See LIMA 2015.", ""},
      {"See LIMA 2016.", "1:LIMA 2016=09LIMA2016"},
      {"See 08 LIMA 2015.", "1:08 LIMA 2015=08LIMA2015"},
      {"See HK 71.", ""},
      {"See refs A and B.", "1:refs A=09LIMA71|1:B=08QUITO12"},
      {"See refs A and B. Smith.", "1:refs A=09LIMA71|1:B=08QUITO12"},
      {"See ref A, Buoys.", "1:ref A=09LIMA71"},
      {"See ref A, B.C. buoys.", "1:ref A=09LIMA71"},
      {"See ref A, B's buoys.", "1:ref A=09LIMA71"},
      {"See ref A, C.", "1:ref A=09LIMA71"},
  };
  CHECK(citations, cases);
}

/* What is crossed out has four letters; an omission has dots or says so, and
** sixty bytes at most. */
static void redactions(void **state) {
  (void)state;
  static const struct {
    const char *text;
    const char *kind; /* of the only one, or NULL */
    const char *printed;
  } cases[] = {
      {"The XXXX boat.", "crossed out", "XXXX"},
      {"The XXX boat.", NULL, NULL},
      {"The xxxx boat.", "crossed out", "xxxx"},
      {"The XXXXxxxx boat.", "crossed out", "XXXX"},
      {"The AXXXX boat.", NULL, NULL},
      {"The [...] boat.", "omission", "[...]"},
      {"The [. . .] boat.", "omission", "[. . .]"},
      {"The [] boat.", NULL, NULL},
      {"The [name deleted] boat.", "omission", "[name deleted]"},
      {"The [B1] boat.", "exemption", "[B1]"},
      {"The (b)(6) boat.", "exemption", "(b)(6)"},
      {"The (b)(7) boat.", NULL, NULL},
      {"[removed 90123456789012345678901234567890123456789012345678]",
       "omission",
       "[removed 90123456789012345678901234567890123456789012345678]"},
      {"[removed 901234567890123456789012345678901234567890123456789]", NULL,
       NULL},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    telegram_case(cases[i].text);
    const CablesTelegram *t =
        parse(telegram_format(HEADER "1. (C) %s\n\n" SIGNATURE, cases[i].text));
    CHECK_NUMBER(t->n_redactions, cases[i].kind != NULL);
    if (t->n_redactions != 1) continue;
    CHECK_WORD(t->redactions[0].kind, cases[i].kind);
    CHECK_TEXT(t->redactions[0].printed, cases[i].printed);
    CHECK_NUMBER(t->redactions[0].paragraph, 1);
  }
}

/* --- TAGS (modern.md 5) */

static void tag_lines(void **state) {
  (void)state;
  static const Case cases[] = {
      {"PREL PGOV", "PREL|PGOV"},
      {"PREL;PGOV", "PREL|PGOV"},
      {"PRELPGOV", "PREL|PGOV"},
      {"PRELNO", "PREL|NO"},
      {"PREL/PGOV/NO", "PREL|PGOV|NO"},
      {"PREL-PGOV", "PREL|PGOV"},
      {"PREL/QQQQQ", "PREL/QQQQQ"},
      {"HUMAN RIGHTS PREL", "HUMAN RIGHTS|PREL"},
      {"PREL, HUMAN RIGHTS", "PREL|HUMAN RIGHTS"},
      {"HUMAN RIGHTSPREL", "HUMAN RIGHTS|PREL"},
      {"HUMAN", "HUMAN"},
      {"HUMAN PREL", "HUMAN|PREL"},
      {"FOREIGN POLICY NO", "FOREIGN POLICY|NO"},
      {"OVIP BUOYANT JANE PREL", "OVIP|BUOYANT, JANE|PREL"},
      {"OVIP (BUOYANT, JANE) PREL", "OVIP|BUOYANT, JANE|PREL"},
      {"OVIP (BUOYANT, JANE), PREL", "OVIP|BUOYANT, JANE|PREL"},
      {"OVIP (BUOYANT", "OVIP|BUOYANT"},
      {"PREL, SIPDIS, NO", "PREL|NO"},
      {"PREL, PREL, NO", "PREL|NO"},
      {"PREL, NO, PAGE 02", "PREL|NO"},
      {"PREL, NO     PGOV", "PREL|NO"},
      {"PREL, NO    PGOV", "PREL|NO|PGOV"},
      {"PREL, NO 00003687", "PREL|NO"},
      {"N/A", ""},
      {"PREL, HUMAN\nRIGHTS", "PREL|HUMAN RIGHTS"},
      {"HUMAN RIGHTSAIDABA", "HUMAN RIGHTS|AID|ABA"},
      {"AIDABAX, PREL", "AIDABAX|PREL"},
  };
  CHECK(tags, cases);
}

/* A list has five hundred entries at most, a piece without commas four hundred
** words. */
static void many_tags(void **state) {
  (void)state;
  static char z[6000];
  for (int commas = 0; commas <= 1; commas++) {
    size_t used = 0;
    for (int i = 0; i < 501; i++) {
      used += (size_t)snprintf(z + used, sizeof(z) - used, "%s%c%c%c%c",
                               i == 0   ? ""
                               : commas ? ", "
                                        : " ",
                               'Q', 'A' + i / 26 / 26, 'A' + i / 26 % 26,
                               'A' + i % 26);
    }
    telegram_case(commas ? "with commas" : "without");
    const CablesTelegram *t = parse(telegram_format(ENVELOPE CLASS_LINE EO_LINE
                                                    "TAGS: %s\n" SUBJECT_LINE
                                                    "\n" PARAGRAPHS SIGNATURE,
                                                    z));
    CHECK_NUMBER(t->tags.n, commas ? 500 : 400);
  }
}

/* A name in brackets has 98 bytes at most. */
static void long_names(void **state) {
  (void)state;
  char name[100];
  memset(name, 'A', sizeof(name));
  for (int n = 98; n <= 99; n++) {
    char line[200];
    char want[200];
    snprintf(line, sizeof(line), "PREL (%.*s)", n, name);
    snprintf(want, sizeof(want), "PREL|%.*s%s", n, name, n == 98 ? "" : ")");
    telegram_case(line);
    CHECK_TEXT(tags(line), want);
  }
}

/* A line of codes that goes on has 120 bytes at most. */
static void long_continuations(void **state) {
  (void)state;
#define CODES_55 "PREL PGOV PREL PGOV PREL PGOV PREL PGOV PREL PGOV PREL "
  static const Case cases[] = {
      {"EWWT\n" CODES_55 CODES_55 "AID NO ABA", "EWWT|PREL|PGOV|AID|NO|ABA"},
      {"EWWT\n" CODES_55 CODES_55 "AID ADB ABA", "EWWT"},
  };
  CHECK(tags, cases);
}

/* --- texts for people (modern.md 0.4, 9) */

static void reflowed(void **state) {
  (void)state;
  static const Case cases[] = {
      {"One\ntwo\n", "One two"},
      {"One\n\ntwo", "One\n\ntwo"},
      {"\n\nOne\n\n\n\ntwo\n\n", "One\n\ntwo"},
      {"One\n2. two", "One\n2. two"},
      {"One\n123. two", "One\n123. two"},
      {"One\n1234. two", "One 1234. two"},
      {"One\n2.two", "One 2.two"},
      {"One\n2.", "One 2."},
      {"One\n\xc2\xb6"
       "2. two",
       "One\n\xc2\xb6"
       "2. two"},
      {"-- one\ntwo", "-- one two"},
      {"One\n- two\n- three", "One\n- two\n- three"},
      {"----\nOne", "---- One"},
      {"====\nOne", "====\nOne"},
      {"Oslo   12\nLima   34", "Oslo   12\nLima   34"},
      {"Oslo  12\nLima  34", "Oslo  12 Lima  34"},
      {"It ended.   It began.\nIt stood.", "It ended.   It began. It stood."},
      {"Oslo\t12\nLima\t34", "Oslo\t12\nLima\t34"},
      {"", ""},
  };
  CHECK(reflow, cases);
}

static void cleaned(void **state) {
  (void)state;
  static const Case cases[] = {
      {"One\\\ntwo", "One\ntwo\n"},
      {"One  \\\n\\\ntwo", "One\n\ntwo\n"},
      {"\n\nOne\n\n\ntwo\n\n", "One\n\n\ntwo\n"},
      {"  \xc2\xb6"
       "1. One",
       "  1. One\n"},
      {"\xc2\xb6", "\n"},
      {"One\rtwo", "One\ntwo\n"},
      {"\\", ""},
  };
  CHECK(clean, cases);
}

/* A run of 45 bytes goes on behind the blank that cut it, if it is a rule or
** an address. */
static void repaired(void **state) {
  (void)state;
#define DASHES_40 "----------------------------------------"
#define URL_40 "http://example.org/a/bb/ccc/dddd/eeeee/f"
  static const Case cases[] = {
      {DASHES_40 "----- ---", DASHES_40 "--------"},
      {DASHES_40 "---- ---", DASHES_40 "---- ---"},
      {DASHES_40 "------ ---", DASHES_40 "------ ---"},
      {DASHES_40 "----- ", DASHES_40 "----- "},
      {DASHES_40 "-----  --", DASHES_40 "-----  --"},
      {DASHES_40 "----- ==", DASHES_40 "----- =="},
      {URL_40 "ghijk lmn", URL_40 "ghijklmn"},
      {URL_40 "ghij lmn", URL_40 "ghij lmn"},
      {"www." DASHES_40 "a b", "www." DASHES_40 "ab"},
      {"Pargeter,s buoy", "Pargeter's buoy"},
      {",s buoy", ",s buoy"},
      {"don,t", "don't"},
      {"can,s", "can's"},
      {"cat,t", "cat,t"},
      {"we,re", "we're"},
      {"we,red", "we,red"},
      {"&one8", "\"one\""},
      {"&1st8", "\"1st\""},
      {"&8 one8", "&8 one8"},
      {"a&one8", "a&one8"},
      {"&one 8", "&one 8"},
      {"&one81", "&one81"},
      {"&one\n\ntwo8", "&one\n\ntwo8"},
      {"&one\ntwo8", "\"one\ntwo\""},
      {"one ) two", "one -- two"},
      {"one )\ntwo", "one --\ntwo"},
      {"one) two", "one) two"},
      {"(one ) two", "(one ) two"},
      {"(one\n\ntwo ) three", "(one\n\ntwo -- three"},
      {") one", ") one"},
  };
  CHECK(repair, cases);
}

/* A quotation has four hundred bytes at most. */
static void long_quotations(void **state) {
  (void)state;
  char z[500];
  for (size_t n = 399; n <= 401; n++) {
    memset(z, 'a', sizeof(z));
    z[0] = '&';
    z[n] = '8';
    z[n + 1] = '\0';
    telegram_case(telegram_format("8 at %d", (int)n));
    CHECK_NUMBER(repair(z).z[0] == '"', n < 400);
  }
}

/* --- declassification (declassification.md 4, 6, 9) */

/* The day that a marking of a telegram of 11 February 1980 names, or its
** kind. */
static CablesSpan day_or_kind(const char *marking) {
  static char z[CABLES_DATE_LENGTH];
  CablesArena arena = {0};
  CablesDeclass d;
  cables_declass_read(cables_span("12065"),
                      telegram_copy(marking, strlen(marking)), 2,
                      (CablesDate){1980, 2, 11}, &arena, &d);
  CablesDate date = d.kind == CABLES_DECLASS_REVIEW ? d.review : d.date;
  const char *kind = cables_declass_kind_name(d.kind);
  cables_arena_free(&arena);
  if (date.year == 0) return cables_span(kind);
  cables_date_write(z, date);
  return (CablesSpan){z, sizeof(z)};
}

static void days(void **state) {
  (void)state;
  static const Case cases[] = {
      {"GDS 2/11/86", "1986-02-11"},
      {"GDS 02/11/1986", "1986-02-11"},
      {"GDS 1986-02-11", "1986-02-11"},
      {"GDS 19860211", "1986-02-11"},
      {"GDS 11 FEB 86", "1986-02-11"},
      {"GDS 11 FEBRUARY 1986", "1986-02-11"},
      {"GDS FEB 11, 1986", "1986-02-11"},
      {"GDS FEBRUARY 11TH, 1986", "1986-02-11"},
      {"GDS 11TH FEB 1986", "1986-02-11"},
      {"GDS 13/11/86", "invalid_date"},
      {"GDS 2/30/86", "invalid_date"},
      {"GDS 2/29/84", "1984-02-29"},
      {"GDS 2/11/55", "2055-02-11"},
      {"GDS 2/11/80", "1980-02-11"},
      {"DECLAS 2/11/86", "1986-02-11"},
      {"RDS-1 2/11/86", "1986-02-11"},
      {"RDS-7 2/11/86", "1986-02-11"},
  };
  CHECK(day_or_kind, cases);
}

/* --- calendar */

static void calendar(void **state) {
  (void)state;
  static const struct {
    const char *text;
    bool valid;
  } cases[] = {
      {"2009-02-28", true},           {"2009-02-29", false},
      {"2008-02-29", true},           {"1900-02-29", false},
      {"2000-02-29", true},           {"2009-01-31", true},
      {"2009-12-31", true},           {"2009-13-01", false},
      {"2009-00-01", false},          {"2009-01-00", false},
      {"0001-01-01", true},           {"0000-01-01", false},
      {"9999-12-31", true},           {"2009-02-11 00:00", true},
      {"2009-02-11 23:59", true},     {"2009-02-11 24:00", false},
      {"2009-02-11 23:60", false},    {"2009-02-11T12:15:60Z", true},
      {"2009-02-11 12:15:61", false}, {"2009-02-11 12:15:00.123Z", true},
      {"2009-02-11 12:15Z", true},    {"2009-02-11 12:15:0", false},
      {"2009-02-11 12:15ZZ", false},  {"2009-02-11 12:15:", false},
      {"2009-02-11 1:15", false},     {"2009-02-1", false},
      {"2009-02-11 12:15x00", false}, {"2009-02-11 12:15:00x", false},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    CablesSpan s = telegram_copy(cases[i].text, strlen(cases[i].text));
    telegram_case(cases[i].text);
    CHECK_NUMBER(cables_date_from_iso(s).year > 0, cases[i].valid);
  }
  CHECK_NUMBER(cables_date_days((CablesDate){1970, 1, 1}), 0);
  CHECK_NUMBER(cables_date_days((CablesDate){1970, 3, 1}), 59);
  CHECK_NUMBER(cables_date_days((CablesDate){1972, 2, 29}), 789);
  CHECK_NUMBER(cables_date_days((CablesDate){1972, 3, 1}), 790);
  CHECK_NUMBER(cables_date_days((CablesDate){2000, 3, 1}), 11017);
  CHECK_NUMBER(cables_date_days((CablesDate){1969, 12, 31}), -1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      telegram_test(years_behind),
      telegram_test(serials),
      telegram_test(labels),
      telegram_test(tokens),
      telegram_test(unknown_posts),
      telegram_test(lists),
      telegram_test(ids),
      telegram_test(long_ids),
      telegram_test(lists_and_tables),
      telegram_test(near_numbers),
      telegram_test(sentences),
      telegram_test(roles),
      telegram_test(rules),
      telegram_test(signatures),
      telegram_test(mentions),
      telegram_test(redactions),
      telegram_test(tag_lines),
      telegram_test(many_tags),
      telegram_test(long_names),
      telegram_test(long_continuations),
      telegram_test(reflowed),
      telegram_test(cleaned),
      telegram_test(repaired),
      telegram_test(long_quotations),
      telegram_test(days),
      telegram_test(calendar),
  };
  return telegram_run(tests);
}
