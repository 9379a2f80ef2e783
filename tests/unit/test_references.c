/*
** Tests of the REF block.  Expected values are worked out from
** shared/format/modern.md 7 and 1970s.md 6.6.  The telegram is of 2009 and
** from Oslo.
*/
#include "../../ext/telegram/parse.h"
#include "../../ext/telegram/words.h"
#include "telegrams.h"

typedef struct Case {
  const char *lines; /* of the REF block */
  const char *refs;  /* see telegram_references() */
} Case;

/* Parses a telegram with a REF block. */
static const CablesTelegram *with_refs(const char *lines) {
  telegram_case(lines);
  return parse(
      telegram_format(ENVELOPE CLASS_LINE EO_LINE TAGS_LINE SUBJECT_LINE
                      "\n%s\n\n" CLASSIFIED PARAGRAPHS SIGNATURE,
                      lines));
}

static void check(const Case *cases, size_t n) {
  for (size_t i = 0; i < n; i++) {
    const CablesTelegram *t = with_refs(cases[i].lines);
    CHECK_TEXT(telegram_references(t), cases[i].refs);
    CHECK_TEXT(t->subject, "A BUOY WITHOUT A NAME");
    CHECK_TEXT(t->classified_by, "Ambassador Rufus Hatherley");
    CHECK_NUMBER(t->n_numbered, 2);
  }
}
#define CHECK(cases) check(cases, sizeof(cases) / sizeof(*(cases)))

/* A test of one style: block in, references out. */
#define STYLE(name, lines, refs)                 \
  static void name(void **state) {               \
    static const Case cases[] = {{lines, refs}}; \
    (void)state;                                 \
    CHECK(cases);                                \
  }

#define TWO "A:cable:09LIMA71|B:cable:08QUITO12"
#define TWO_OF_2009 "A:cable:09LIMA71|B:cable:09QUITO12"

/* A name of up to 20 letters may be a post that no table has; a longer one
** would give an id that none can read. */
STYLE(name_of_20_letters, "REF: ABCDEFGHIJKLMNOPQRST 12",
      "cable:09ABCDEFGHIJKLMNOPQRST12")
STYLE(name_of_21_letters, "REF: ABCDEFGHIJKLMNOPQRSTU 12",
      "other:ABCDEFGHIJKLMNOPQRSTU 12")

/* A year may stand between post and serial; nothing longer than a serial is
** one, so that the first number is it. */
STYLE(year_between, "REF: LIMA 75 188204", "cable:75LIMA188204")
STYLE(year_before_a_long_number, "REF: LIMA 75 18820404", "cable:09LIMA75")

/* modern.md 7.2: first-item styles. */
STYLE(style_none, "REF: LIMA 71", "cable:09LIMA71")
STYLE(style_none_two_lines, "REF: LIMA 71\n     08 QUITO 12",
      "cable:09LIMA71|cable:08QUITO12")
STYLE(style_year_first, "REF: 08 QUITO 12", "cable:08QUITO12")
STYLE(style_dot, "REF: A. LIMA 71\n     B. 08 QUITO 12", TWO)
STYLE(style_bracket, "REF: A) LIMA 71\n     B) 08 QUITO 12", TWO)
STYLE(style_brackets, "REF: (A) LIMA 71\n     (B) 08 QUITO 12", TWO)
STYLE(style_square, "REF: [A] LIMA 71\n     [B] 08 QUITO 12", TWO)
STYLE(style_colon, "REF: A: LIMA 71\n     B: 08 QUITO 12", TWO)
STYLE(style_dash, "REF: A - LIMA 71\n     B - 08 QUITO 12", TWO)
STYLE(style_small_dot, "REF: a. LIMA 71\n     b. 08 QUITO 12", TWO)
STYLE(style_small_bracket, "REF: a) LIMA 71\n     b) 08 QUITO 12", TWO)
STYLE(style_ref_a, "REF A: LIMA 71\nREF B: 08 QUITO 12", TWO)
STYLE(style_doubled_dot, "REF: A. A. LIMA 71\n     B. B. 08 QUITO 12", TWO)
STYLE(style_doubled_brackets, "REF: A. (A) LIMA 71\n     B. (B) 08 QUITO 12",
      TWO)
STYLE(style_doubled_bracket, "REF: A. A) LIMA 71\n     B. B) 08 QUITO 12", TWO)
STYLE(style_doubled_colon, "REF: A. A: LIMA 71\n     B. B: 08 QUITO 12", TWO)
STYLE(style_doubled_ref, "REF: A. REF A: LIMA 71\n     B. REF B: 08 QUITO 12",
      TWO)
STYLE(style_next_line, "REFS:\n(A) LIMA 71\n(B) 08 QUITO 12", TWO)
STYLE(style_numbers, "REF: (1) LIMA 71\n     (2) 08 QUITO 12",
      "1:cable:09LIMA71|2:cable:08QUITO12")
STYLE(
    style_numbers_dot,
    "REF: 1. STATE 104441; 2. STATE 121552; 3. STATE\n128663; 4. STATE 131774",
    "1:cable:09STATE104441|2:cable:09STATE121552|3:cable:09STATE128663|"
    "4:cable:09STATE131774")
STYLE(style_one_line, "REF: A. LIMA 71 B. 08 QUITO 12", TWO)
STYLE(style_one_line_brackets, "REF: (A) LIMA 71 (B) 08 QUITO 12", TWO)
STYLE(style_one_line_comma, "REF: (A) LIMA 71, (B) 08 QUITO 12", TWO)
STYLE(style_one_line_semicolon, "REF: A. LIMA 71; B. 08 QUITO 12", TWO)
STYLE(style_no_blank, "REF: A.LIMA 71\n     B.08 QUITO 12", TWO)
STYLE(style_pilcrow,
      "REF: A. LIMA 71\n\xc2\xb6"
      "B. 08 QUITO 12",
      TWO)

/* modern.md 7.1. */
static void keywords(void **state) {
  (void)state;
  static const Case cases[] = {
      {"REF: LIMA 71", "cable:09LIMA71"},
      {"Ref: LIMA 71", "cable:09LIMA71"},
      {"REFS: LIMA 71", "cable:09LIMA71"},
      {"REF LIMA 71", "cable:09LIMA71"},
      {"REFTEL: LIMA 71", "cable:09LIMA71"},
      {"REFS : LIMA 71", "cable:09LIMA71"},
      {"Ref(s): LIMA 71", "cable:09LIMA71"},
      {"REFTELS: LIMA 71", "cable:09LIMA71"},
      {"REF. LIMA 71", "cable:09LIMA71"},
      {"REFS\nLIMA 71", "cable:09LIMA71"},
      {"PROGRAM REF: LIMA 71", "cable:09LIMA71"},
      {"REF: REF: LIMA 71", "cable:09LIMA71"},
      {"REFERENCE: LIMA 71", "cable:09LIMA71"},
      {"REFERENCES: LIMA 71", "cable:09LIMA71"},
  };
  CHECK(cases);
}

/* modern.md 7.2, 7.3: where the year stands. */
static void years(void **state) {
  (void)state;
  static const Case cases[] = {
      {"REF: 05 LIMA 71", "cable:05LIMA71"},
      {"REF: 2005 LIMA 71", "cable:05LIMA71"},
      {"REF: '05 LIMA 71", "cable:05LIMA71"},
      {"REF: 05 lima 71", "cable:05LIMA71"},
      {"REF: 094 LIMA 71", "cable:94LIMA71"},
      {"REF: LIMA (08) 71", "cable:08LIMA71"},
      {"REF: LIMA 71 (08)", "cable:08LIMA71"},
      {"REF: LIMA 71-08", "cable:08LIMA71"},
      {"REF: LIMA 71/08", "cable:08LIMA71"},
      {"REF: 99 LIMA 71", "cable:99LIMA71"},
      {"REF: LIMA 08 260185", "cable:08LIMA260185"},
      {"REF: A. 2005\nLIMA 71", "A:cable:05LIMA71"},
      {"REF: A. LIMA 71\n     B. 08\nQUITO 12", TWO},
      {"REF: A. LIMA 71\n\xc2\xb6"
       "B. 2008\nQUITO 12",
       TWO},
  };
  CHECK(cases);
}

/* modern.md 7.3: notes. */
static void notes(void **state) {
  (void)state;
  static const Case cases[] = {
      {"REF: LIMA 71 (NOTAL)", "cable:09LIMA71(NOTAL)"},
      {"REF: LIMA 71 NOTAL", "cable:09LIMA71(NOTAL)"},
      {"REF: LIMA 71 AND PREVIOUS", "cable:09LIMA71(AND PREVIOUS)"},
      {"REF: LIMA 71 AND PRIOR", "cable:09LIMA71(AND PRIOR)"},
      {"REF: LIMA 71 (EXDIS)", "cable:09LIMA71(EXDIS)"},
      {"REF: A. LIMA 71 (NOTAL)\n     B. 08 QUITO 12 AND PREVIOUS",
       "A:cable:09LIMA71(NOTAL)|B:cable:08QUITO12(AND PREVIOUS)"},
      {"REF: LIMA 71 (THE BUOY THAT MOVED)", "cable:09LIMA71"},
      {"REF: LIMA 71 -- THE BUOY THAT MOVED", "cable:09LIMA71"},
  };
  CHECK(cases);
}

/* modern.md 7.2, 7.3: several cables in an item. */
static void lists(void **state) {
  (void)state;
  static const Case cases[] = {
      {"REF: LIMA 71; QUITO 12", "cable:09LIMA71|cable:09QUITO12"},
      {"REF: LIMA 71, QUITO 12", "cable:09LIMA71|cable:09QUITO12"},
      {"REF: LIMA 71 AND QUITO 12", "cable:09LIMA71|cable:09QUITO12"},
      {"REF: LIMA 71 & QUITO 12", "cable:09LIMA71|cable:09QUITO12"},
      {"REF: LIMA 71  QUITO 12", "cable:09LIMA71|cable:09QUITO12"},
      {"REF: A. LIMA 71; QUITO 12\n     B. OSLO 44",
       "A:cable:09LIMA71|A:cable:09QUITO12|B:cable:09OSLO44"},
  };
  CHECK(cases);
}

/* modern.md 7.4: the post is sticky, the year is not. */
static void sticky_posts(void **state) {
  (void)state;
  static const Case cases[] = {
      {"REF: LIMA 7401 AND 7602", "cable:09LIMA7401|cable:09LIMA7602"},
      {"REF: STATE 188001, 259002", "cable:09STATE188001|cable:09STATE259002"},
      {"REF: KABUL 901/902", "cable:09KABUL901|cable:09KABUL902"},
      {"REF: A. LIMA 71\n     B. 2901 AND PREVIOUS",
       "A:cable:09LIMA71|B:cable:09LIMA2901(AND PREVIOUS)"},
      {"REF: A) 6301", "A:cable:09OSLO6301"},
      {"REF: 07 QUITO 1601 07 QUITO 291; 06 QUITO 2931",
       "cable:07QUITO1601|cable:07QUITO291|cable:06QUITO2931"},
      {"REF: A. 06 QUITO 2931\n     B. LIMA 71",
       "A:cable:06QUITO2931|B:cable:09LIMA71"},
  };
  CHECK(cases);
}

/* modern.md 7.4: spellings; the serial counts as a number. */
static void spellings(void **state) {
  (void)state;
  static const Case cases[] = {
      {"REF: 09CAIRO0511", "cable:09CAIRO511"},
      {"REF: 2005PANAMA2311", "cable:05PANAMA2311"},
      {"REF: 08-OTTAWA-57", "cable:08OTTAWA57"},
      {"REF: BELGRADE711", "cable:09BELGRADE711"},
      {"REF: STATE: 73011", "cable:09STATE73011"},
      {"REF: BAGHDAD #3511", "cable:09BAGHDAD3511"},
      {"REF: O4 CHENNAI 71", "cable:04CHENNAI71"},
      {"REF: LAGOS O1511", "cable:09LAGOS1511"},
      {"REF: 05 0TTAWA 3511", "cable:05OTTAWA3511"},
      {"REF: N'DJAMENA 71", "cable:09NDJAMENA71"},
      {"REF: SECSTATE 71", "cable:09STATE71"},
      {"REF: SECSTATE WASHDC 71", "cable:09STATE71"},
      {"REF: USUN NEW YORK 71", "cable:09USUNNEWYORK71"},
      {"REF: ST. PETERSBURG 71", "cable:09STPETERSBURG71"},
      {"REF: HCMC 71", "cable:09HOCHIMINHCITY71"},
      {"REF: LA PAZ 00691", "cable:09LAPAZ691"},
      {"REF: A. RIO\n     DE JANEIRO 1211", "A:cable:09RIODEJANEIRO1211"},
      {"REF: A. LIMA 71\n     B.\n     08 QUITO 12", TWO},
      {"REF: A. LIMA 71 B)\n     08 QUITO 12", TWO},
      {"REF: LIMA\n71", "cable:09LIMA71"},
  };
  CHECK(cases);
}

/* modern.md 7.3: items that are no cables. */
static void documents(void **state) {
  (void)state;
  static const Case cases[] = {
      {"REF: HATHERLEY-QUENNELL EMAIL 02/09/09",
       "email:HATHERLEY-QUENNELL EMAIL 02/09/09"},
      {"REF: HATHERLEY/QUENNELL E-MAIL OF 2/9",
       "email:HATHERLEY/QUENNELL E-MAIL OF 2/9"},
      {"REF: QUENNELL-PARGETER TELCON FEB 9",
       "telcon:QUENNELL-PARGETER TELCON FEB 9"},
      {"REF: IIR 6 111 2222 06", "report:IIR 6 111 2222 06"},
      {"REF: TD-111/01234-05", "report:TD-111/01234-05"},
      {"REF: OSC EUP20080101950001", "report:OSC EUP20080101950001"},
      {"REF: SECDEF MSG DTG 111601Z SEP 08",
       "dtg:SECDEF MSG DTG 111601Z SEP 08"},
      {"REF: DTG111447ZNOV08", "dtg:DTG111447ZNOV08"},
      {"REF: 111447ZNOV 08", "dtg:111447ZNOV 08"},
      {"REF: TEL 111447ZNOV08", "dtg:TEL 111447ZNOV08"},
      {"REF: 7 FAM 180", "other:7 FAM 180"},
      {"REF: LETTER OF THE HARBORMASTER", "other:LETTER OF THE HARBORMASTER"},
      {"REF: LIMA A-71, MAY 1, 1974", "other:LIMA A-71, MAY 1, 1974"},
      {"REF: NONE", ""},
      {"REF: A. HATHERLEY-QUENNELL EMAIL 02/09/09\n     B. 08 QUITO 12",
       "A:email:HATHERLEY-QUENNELL EMAIL 02/09/09|B:cable:08QUITO12"},
      {"REF: UNSCR 1999", "other:UNSCR 1999"},
      {"REF: DAILY REPORT 15", "report:DAILY REPORT 15"},
  };
  CHECK(cases);
}

/* modern.md 7.1, 7.4: what looks like the block and is none of it. */
static void around_the_block(void **state) {
  (void)state;
  static const Case cases[] = {
      /* page-break lines inside and behind */
      {"REF: A. LIMA 71\nOSLO 00000071  001.2 OF 002\n     B. 08 QUITO 12",
       TWO},
      {"REF: A. LIMA 71\n     B. 08 QUITO 12\n\nOSLO 00000071  001.2 OF 002",
       TWO},
      {"REF: A. LIMA 71 PORT AU PR 00002230 001.2 OF 002\n     B. 08 QUITO 12",
       TWO},
      {"REF: A. LIMA 71\nCONFIDENTIAL\nCONFIDENTIAL\n"
       "PAGE 02 OSLO 00071 01 OF 02 111215Z\n     B. 08 QUITO 12",
       TWO},
      /* blank lines inside */
      {"REF: A. LIMA 71\n\n     B. 08 QUITO 12", TWO},
      {"REF:\n\n     A. LIMA 71\n\n     B. 08 QUITO 12", TWO},
      /* a handling sentence ends it */
      {"REF: LIMA 71\n\nTHIS CABLE IS SENSITIVE BUT UNCLASSIFIED.  PLEASE "
       "PROTECT ACCORDINGLY.",
       "cable:09LIMA71"},
      {"REF: LIMA 71\nTHIS CABLE IS SENSITIVE BUT UNCLASSIFIED.  PLEASE "
       "PROTECT ACCORDINGLY.",
       "cable:09LIMA71"},
      /* words that begin alike */
      {"REFORM LIMA 71", ""},
      {"refrain LIMA 71", ""},
  };
  CHECK(cases);
}

/* modern.md 7.1: behind Classified By; 7.4: rule and summary end the block. */
static void places(void **state) {
  (void)state;
  static const Case cases[] = {
      {CLASSIFIED "REF: LIMA 71\n\n", "cable:09LIMA71"},
      {"REF: LIMA 71\n" CLASSIFIED, "cable:09LIMA71"},
      {"REF: LIMA 71\n-------\nSUMMARY\n-------\n", "cable:09LIMA71"},
      {"REF: LIMA 71\nSUMMARY\n-------\n", "cable:09LIMA71"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    telegram_case(cases[i].lines);
    const CablesTelegram *t =
        parse(telegram_format(ENVELOPE CLASS_LINE EO_LINE TAGS_LINE SUBJECT_LINE
                              "\n%s" PARAGRAPHS SIGNATURE,
                              cases[i].lines));
    CHECK_TEXT(telegram_references(t), cases[i].refs);
    CHECK_NUMBER(t->n_numbered, 2);
  }
}

/* The years of citing telegrams: options.year where the text tells none. */
static void year_of_the_citing(void **state) {
  (void)state;
  static const char text[] =
      SUBJECT_LINE "REF: A. LIMA 71\n     B. 08 QUITO 12\n\n" PARAGRAPHS;
  CablesParseOptions options = {.want = CABLES_WANT_HEADER, .year = 1998};
  const CablesTelegram *t = parse_bytes(text, strlen(text), options);
  CHECK_TEXT(telegram_references(t), "A:cable:98LIMA71|B:cable:08QUITO12");
  options.year = 0;
  t = parse_bytes(text, strlen(text), options);
  /* unknown, never a guess */
  CHECK_TEXT(telegram_references(t), "A:cable:LIMA 71|B:cable:08QUITO12");
}

/* Where the items lie in the argument. */
static void offsets(void **state) {
  (void)state;
  const CablesTelegram *t =
      with_refs("REF: A. LIMA 71 (NOTAL)\n     B. 08\nQUITO 12");
  assert_int_equal(t->n_references, 2);
  const CablesReference *r = t->references;
  const char *z = telegram_fixture.copy;
  CHECK_NUMBER(memcmp(z + r[0].start, "LIMA 71", 7), 0);
  CHECK_NUMBER(memcmp(z + r[1].start, "08\nQUITO 12", 11), 0);
  CHECK_NUMBER(r[1].length, 11);
  CHECK_TEXT(r[1].printed, "08 QUITO 12");
}

static void long_blocks(void **state) {
  (void)state;
  static const char *const pieces[] = {"A",   "A. ",    "LIMA 71 ", "(",
                                       "71 ", "(A) 71", "\xff ",    "08 ",
                                       ";",   "AND ",   "LIMA "};
  enum { LONG = 30000 };
  char *line = malloc(LONG + 20);
  assert_non_null(line);
  for (size_t k = 0; k < sizeof(pieces) / sizeof(*pieces); k++) {
    size_t n = strlen(pieces[k]);
    memcpy(line, "REF: ", 5);
    for (size_t i = 0; i < LONG; i++) line[5 + i] = pieces[k][i % n];
    line[5 + LONG] = '\0';
    const CablesTelegram *t = with_refs(line);
    telegram_case(pieces[k]);
    CHECK_TEXT(t->subject, "A BUOY WITHOUT A NAME");
  }
  free(line);
}

/* modern.md 7.2: years and notes behind a serial. */
STYLE(year_without_mark, "REF: LIMA 00071 08, QUITO 12",
      "cable:08LIMA71|cable:09QUITO12")
STYLE(year_at_the_end, "REF: LIMA 714 08", "cable:08LIMA714")
STYLE(year_of_four, "REF: LIMA 71 (2008)", "cable:08LIMA71")
STYLE(year_in_brackets, "REF: LIMA 71 (08)", "cable:08LIMA71")
STYLE(all_previous, "REF: LIMA 71 AND ALL PREVIOUS",
      "cable:09LIMA71(AND PREVIOUS)")
STYLE(and_previous, "REF: LIMA 71 & PREVIOUS", "cable:09LIMA71(AND PREVIOUS)")
STYLE(and_prior, "REF: LIMA 71 AND PRIOR", "cable:09LIMA71(AND PRIOR)")
STYLE(mark_at_the_end, "REF: A. LIMA 71;\n     B. 08 QUITO 12;", TWO)
STYLE(message_by_time, "REF: ADMIRAL 301601Z", "dtg:ADMIRAL 301601Z")

/* modern.md 7.2: blank lines inside the block. */
STYLE(blank_and_dots, "REF: A. LIMA 71\n\nB. 08 QUITO 12", TWO)
STYLE(blank_and_brackets, "REF: (A) LIMA 71\n\n(B) 08 QUITO 12", TWO)
STYLE(blank_and_square, "REF: [A] LIMA 71\n\n[B] 08 QUITO 12", TWO)
STYLE(blank_and_dash, "REF: A. LIMA 71\n\n- B. 08 QUITO 12", TWO)
STYLE(blank_and_letter_of_a_level,
      "REF: (A) LIMA 71\n\n(B) 08 QUITO 12\n\n(C) 08 BERN 3",
      TWO "|C:cable:08BERN3")
STYLE(blank_before_the_serial, "REF: LIMA\n\n00071", "cable:09LIMA71")
STYLE(label_alone_first, "REF:\n\nREF: LIMA 71", "cable:09LIMA71")

/* --- a block alone, of a telegram of 2009 from Oslo */

static CablesSpan read_block(const char *block) {
  telegram_case(block);
  parse("");
  CablesParser *p = telegram_fixture.parser;
  static size_t begin[] = {0};
  p->refs = (Joined){.text = telegram_copy(block, strlen(block)),
                     .at = begin,
                     .from = begin,
                     .n = 1};
  p->class_post = CABLES_LIT("OSLO");
  p->t.year = 2009;
  cables_parse_references(p);
  return telegram_references(&p->t);
}

static void check_blocks(const Case *cases, size_t n) {
  for (size_t i = 0; i < n; i++) {
    CHECK_TEXT(read_block(cases[i].lines), cases[i].refs);
  }
}
#define CHECK_BLOCKS(cases) \
  check_blocks(cases, sizeof(cases) / sizeof(*(cases)))

/* modern.md 7.2: a letter alone is a label where one to four words and their
** number follow, and a year in front of them. */
static void letters_alone(void **state) {
  (void)state;
  static const Case cases[] = {
      {"A LIMA 71", "A:cable:09LIMA71"},
      {"A 2008 LIMA 71", "A:cable:08LIMA71"},
      {"A 12345 LIMA 71", "cable:09LIMA71"},
      {"A 71", "other:A 71"},
      {"A LIMA", "other:A LIMA"},
      {"A LIMA LIMA LIMA LIMA 71", "A:other:LIMA LIMA LIMA LIMA 71"},
      {"A LIMA LIMA LIMA LIMA LIMA 71", "other:A LIMA LIMA LIMA LIMA LIMA 71"},
      {"A B LIMA 71", "cable:09ABLIMA71"},
      {"a LIMA 71", "cable:09LIMA71"},
      {"REF a LIMA 71", "A:cable:09LIMA71"},
      {"(A LIMA 71)", "other:(A LIMA 71)"},
      {"(1. LIMA 71)", "other:(1. LIMA 71)"},
      {"(  1. LIMA 71)", "1:cable:09LIMA71"},
      {"[1) LIMA 71", "1:cable:09LIMA71"},
      {"1) LIMA 71 A) QUITO 12", "1:cable:09LIMA71|A:cable:09QUITO12"},
      {"A. LIMA 71 (1) QUITO 12", "A:cable:09LIMA71|A:cable:09QUITO12"},
      /* behind a mark without a blank */
      {"A. LIMA 71,B. QUITO 12", TWO_OF_2009},
      {"A. LIMA 71;B. QUITO 12", TWO_OF_2009},
      {"A. LIMA 71/B. QUITO 12", "A:cable:09LIMA71|A:cable:09QUITO12"},
      /* a label of two digits is no year of the item in front of it */
      {"(1) LIMA 1 (2) LIMA 2 (3) LIMA 3 (4) LIMA 4 (5) LIMA 5 (6) LIMA 6 "
       "(7) LIMA 7 (8) LIMA 8 (9) LIMA 9 (10) LIMA 718  11. LIMA 11",
       "1:cable:09LIMA1|2:cable:09LIMA2|3:cable:09LIMA3|4:cable:09LIMA4|"
       "5:cable:09LIMA5|6:cable:09LIMA6|7:cable:09LIMA7|8:cable:09LIMA8|"
       "9:cable:09LIMA9|10:cable:09LIMA718|11:cable:09LIMA11"},
      {"A. 08 LIMA 71 B. 72", "A:cable:08LIMA71|B:cable:09LIMA72"},
      {"72", "other:72"},
      {"1. 72", "1:cable:09OSLO72"},
      {"1. 7", "1:other:7"},
      {"A. 7", "A:other:7"},
      {"A. LIMA 71 A. 72", "A:cable:09LIMA71|A:cable:09LIMA72"},
      {"A. XQ 72", "A:other:XQ 72"},
  };
  CHECK_BLOCKS(cases);
}

/* modern.md 7.4: what is a word and what a number. */
static void words_and_numbers(void **state) {
  (void)state;
  static const Case cases[] = {
      {"LIM\xc3\x80 71", "cable:09LIMA71"},
      {"PRIOR\xc2\xb6LIMA 71", "cable:09LIMA71"},
      {"LIMA\xc2\xb6", "other:LIMA"},
      {"LIMA \xc2", "other:LIMA \xc2"},
      {"LIMA 71X", "other:LIMA 71X"},
      {"LIMA 71 X", "cable:09LIMA71"},
      {"LIMA O1", "cable:09LIMA1"},
      {"LIMA O", "other:LIMA O"},
      {"L0ME 71", "cable:09LOME71"},
      {"0SLO 71", "cable:09OSLO71"},
      {"N'DJAMENA 71", "cable:09NDJAMENA71"},
      {"LIMA' 71", "other:LIMA' 71"},
      {"LIMA 12345670", "other:LIMA 12345670"},
      /* a hyphen glues the number of a document to two letters */
      {"HK-71", "other:HK-71"},
      {"HK -71", "cable:09HONGKONG71"},
      {"HK- 71", "cable:09HONGKONG71"},
      {"HKG-71", "cable:09HKG71"},
      {"8-71", "other:8-71"},
      {"-71", "other:-71"},
  };
  CHECK_BLOCKS(cases);
}

/* modern.md 7.2, 7.3: what stands behind a serial. */
static void behind_serials(void **state) {
  (void)state;
  static const Case cases[] = {
      {"LIMA 71 AND", "cable:09LIMA71"},
      {"LIMA 71 (NOTAL QUITO 718 08; LIMA 12)",
       "cable:09LIMA71(NOTAL)|cable:08QUITO718|cable:09LIMA12"},
      {"LIMA 71 (NOTAL; 72)", "cable:09LIMA71(NOTAL)|cable:09LIMA72"},
      {"LIMA 71 (08 X)", "cable:09LIMA71"},
      {"LIMA 71 (08", "cable:09LIMA71"},
      {"LIMA 71-08", "cable:08LIMA71"},
      {"LIMA 71-123", "cable:09LIMA71"},
      {"LIMA 71- 08", "cable:09LIMA71"},
      {"LIMA 71 -08", "cable:09LIMA71"},
      {"LIMA 71-QUITO 12", "cable:09LIMA71|cable:09QUITO12"},
      {"LIMA 71-08-12", "cable:09LIMA71"},
      {"LIMA 71-08/12", "cable:09LIMA71|cable:09LIMA12"},
      {"LIMA 71/13", "cable:09LIMA71|cable:09LIMA13"},
      {"LIMA 718 08, QUITO 12", "cable:08LIMA718|cable:09QUITO12"},
      {"LIMA 718 008, QUITO 12", "cable:09LIMA718|cable:09QUITO12"},
      {"LIMA 718 13, QUITO 12", "cable:09LIMA718|cable:09QUITO12"},
      {"LIMA 71 08, QUITO 12", "cable:09LIMA71|cable:09QUITO12"},
      {"LIMA 718 08 QUITO 12", "cable:09LIMA718|cable:08QUITO12"},
      {"LETTER, ; LIMA 71", "other:LETTER|cable:09LIMA71"},
      {"LETTER :&, ; LIMA 71", "other:LETTER|cable:09LIMA71"},
  };
  CHECK_BLOCKS(cases);
}

/* A year stands before a post: one to five words and their number follow. */
static void leading_years(void **state) {
  (void)state;
  static const Case cases[] = {
      {"108 LIMA 71", "cable:09LIMA71"},
      {"08) LIMA 71", "cable:08LIMA71"},
      {"08/LIMA 71", "cable:08LIMA71"},
      {"08. LIMA 71", "cable:08LIMA71"},
      {"08-LIMA-71", "cable:08LIMA71"},
      {"08 LIMA #71", "cable:08LIMA71"},
      {"08 LIMA: 71", "cable:08LIMA71"},
      {"08 ST. PETERSBURG 71", "cable:08STPETERSBURG71"},
      {"08 AM EMBASSY RIO DE JANEIRO 71", "cable:08RIODEJANEIRO71"},
      {"AM EM BASSY RIO DE JANEIRO 71", "other:AM EM BASSY RIO DE JANEIRO 71"},
      {"LIMA 71, 08 XQ XQ XQ XQ XQ 12", "cable:09LIMA71"},
      {"LIMA 71, 08 XQ XQ XQ XQ XQ XQ 12", "cable:09LIMA71|cable:09LIMA8"},
      {"LIMA 71, 08 XQJ (12)", "cable:09LIMA71"},
      {"LIMA 71, 08 XQJ", "cable:09LIMA71|cable:09LIMA8"},
      {"(1) LIMA 71, 08 XQJ (2) QUITO 12",
       "1:cable:09LIMA71|1:cable:09LIMA8|2:cable:09QUITO12"},
      {"LIMA 71, 08 AND 12", "cable:09LIMA71|cable:09LIMA8|cable:09LIMA12"},
      /* within twelve tokens */
      {"LIMA 71, 08 . . . . . . . . . . XQ 12", "cable:09LIMA71"},
      {"LIMA 71, 08 . . . . . . . . . . . XQ 12",
       "cable:09LIMA71|cable:09LIMA8"},
      {"LIMA (X) 71", "cable:09LIMA71"},
      {"LIMA (AB) 71", "other:LIMA (AB) 71"},
  };
  CHECK_BLOCKS(cases);
}

/* modern.md 7.3: documents, and cables beside them. */
static void beside_documents(void **state) {
  (void)state;
  static const Case cases[] = {
      {"PHONE CALL, LIMA 71", "telcon:PHONE CALL|cable:09LIMA71"},
      {"LIMA 71, PHONE CALL", "cable:09LIMA71|telcon:PHONE CALL"},
      {"EMAIL, TELCON", "email:EMAIL, TELCON"},
      {"EMAIL, TELCON, LIMA 71", "email:EMAIL, TELCON|cable:09LIMA71"},
      {",,EMAIL", "email:EMAIL"},
      {"EMAIL, ,", "email:EMAIL"},
      {", ,", ""},
      {") LETTER; LIMA 71", "other:) LETTER|cable:09LIMA71"},
      {"LETTER (X; Y); LIMA 71", "other:LETTER (X; Y)|cable:09LIMA71"},
      {"LIMA LETTER 301601 FEB 09", "other:LIMA LETTER 301601 FEB 09"},
      {"LIMA LETTER 301601", "other:LIMA LETTER 301601"},
      {"DTG 5", "dtg:DTG 5"},
      {"N A", ""},
      {"SEE LETTER", ""},
      {"SEE THE LETTER", "other:SEE THE LETTER"},
      {"--", ""},
      {"X", "other:X"},
      /* page lines inside a line (1970s.md 3) */
      {"LIMA 71 PAGE 02 ROME 01066 01 OF 04 281501Z QUITO 12",
       "cable:09LIMA71|cable:09QUITO12"},
      {"LIMA 71 PAGE 2 QUITO 12", "cable:09LIMA71|cable:09QUITO12"},
      {"LIMA 71 PAGE QUITO 12", "cable:09LIMA71"},
      {"LIMA 71 PAGE ", "cable:09LIMA71"},
  };
  CHECK_BLOCKS(cases);
}

/* A post's name has forty bytes at most, with its blanks. */
static void long_posts(void **state) {
  (void)state;
  char block[100];
  for (int n = 40; n <= 41; n++) {
    snprintf(block, sizeof(block), "AMEMBASSY%*sLIMA 71", n - 13, "");
    CHECK_TEXT(read_block(block),
               n == 40 ? "cable:09LIMA71" : "other:AMEMBASSY LIMA 71");
  }
}

/* What is printed begins with the year, where one stands. */
static void printed(void **state) {
  (void)state;
  static const char *const cases[][2] = {
      {"XQ 08 LIMA 71", "08 LIMA 71"},  {"(08) LIMA 71", "(08) LIMA 71"},
      {"LIMA (08) 71", "LIMA (08) 71"}, {"LIMA 78 260185", "LIMA 78 260185"},
      {"LIMA 71 (NOTAL)", "LIMA 71"},   {"LIMA 71 (08) NOTAL", "LIMA 71 (08)"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    read_block(cases[i][0]);
    const CablesTelegram *t = &telegram_fixture.parser->t;
    CHECK_NUMBER(t->n_references, 1);
    if (t->n_references == 1) CHECK_TEXT(t->references[0].printed, cases[i][1]);
  }
}

/* Lines that begin with a reference. */
static void starts(void **state) {
  (void)state;
  static const struct {
    const char *text;
    bool is; /* a reference */
    bool listed;
  } cases[] = {
      {"08 STATE 12345", true, false},
      {"2008 OSLO 374", true, false},
      {"12345 OSLO 374", false, false},
      {"OSLO 1234567", true, false},
      {"OSLO 12345678", false, false},
      {"AMEMBASSY RIO DE JANEIRO 71", true, false},
      {"AM EMBASSY RIO DE JANEIRO 71", false, false},
      {"XQJ 71", false, false},
      {"OSLO", false, false},
      {"OSLO X", false, false},
      {"71", false, false},
      {"", false, false},
      {"1. STATE 109337", false, true},
      {"12. STATE 109337", false, true},
      {"123. STATE 109337", false, false},
      {"1.STATE 7", false, true},
      {"1) STATE 7", false, false},
      {"1.", false, false},
      {"1", false, false},
      {"(C) 03 BRASILIA 3347", false, true},
      {"(C)STATE 7", false, true},
      {"(CC) STATE 7", false, false},
      {"(C", false, false},
      {"(C)", false, false},
      {"C) STATE 7", false, false},
  };
  CablesParser *p = telegram_fixture.parser;
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    telegram_case(cases[i].text);
    CablesSpan s = telegram_copy(cases[i].text, strlen(cases[i].text));
    CHECK_NUMBER(cables_is_reference_start(p, s), cases[i].is);
    CHECK_NUMBER(cables_is_listed_reference(p, s), cases[i].listed);
  }
  /* 48 bytes are looked at. */
  char line[100];
  for (int n = 48; n <= 49; n++) {
    snprintf(line, sizeof(line), "OSLO%*s7", n - 5, "");
    CablesSpan s = telegram_copy(line, strlen(line));
    CHECK_NUMBER(cables_is_reference_start(p, s), n == 48);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      telegram_test(letters_alone),
      telegram_test(words_and_numbers),
      telegram_test(behind_serials),
      telegram_test(leading_years),
      telegram_test(beside_documents),
      telegram_test(long_posts),
      telegram_test(printed),
      telegram_test(starts),
      telegram_test(blank_and_dots),
      telegram_test(blank_and_brackets),
      telegram_test(blank_and_square),
      telegram_test(blank_and_dash),
      telegram_test(blank_and_letter_of_a_level),
      telegram_test(blank_before_the_serial),
      telegram_test(label_alone_first),
      telegram_test(year_without_mark),
      telegram_test(year_at_the_end),
      telegram_test(year_of_four),
      telegram_test(year_in_brackets),
      telegram_test(all_previous),
      telegram_test(and_previous),
      telegram_test(and_prior),
      telegram_test(mark_at_the_end),
      telegram_test(message_by_time),
      telegram_test(name_of_20_letters),
      telegram_test(name_of_21_letters),
      telegram_test(year_between),
      telegram_test(year_before_a_long_number),
      telegram_test(style_none),
      telegram_test(style_none_two_lines),
      telegram_test(style_year_first),
      telegram_test(style_dot),
      telegram_test(style_bracket),
      telegram_test(style_brackets),
      telegram_test(style_square),
      telegram_test(style_colon),
      telegram_test(style_dash),
      telegram_test(style_small_dot),
      telegram_test(style_small_bracket),
      telegram_test(style_ref_a),
      telegram_test(style_doubled_dot),
      telegram_test(style_doubled_brackets),
      telegram_test(style_doubled_bracket),
      telegram_test(style_doubled_colon),
      telegram_test(style_doubled_ref),
      telegram_test(style_next_line),
      telegram_test(style_numbers),
      telegram_test(style_numbers_dot),
      telegram_test(style_one_line),
      telegram_test(style_one_line_brackets),
      telegram_test(style_one_line_comma),
      telegram_test(style_one_line_semicolon),
      telegram_test(style_no_blank),
      telegram_test(style_pilcrow),
      telegram_test(keywords),
      telegram_test(years),
      telegram_test(notes),
      telegram_test(lists),
      telegram_test(sticky_posts),
      telegram_test(spellings),
      telegram_test(documents),
      telegram_test(around_the_block),
      telegram_test(places),
      telegram_test(year_of_the_citing),
      telegram_test(offsets),
      telegram_test(long_blocks),
  };
  return telegram_run(tests);
}
