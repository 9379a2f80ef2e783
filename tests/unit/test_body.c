/*
** Tests of the body: paragraphs, markings, lists, headings, page breaks.
** Expected values are worked out from shared/format/modern.md 9 and 1970s.md
** 3, 7.
*/
#include "telegrams.h"

/* Parses a telegram with another body; the signature is added. */
static const CablesTelegram *with_body(const char *lines) {
  telegram_case(lines);
  return parse(telegram_format(HEADER "%s\n" SIGNATURE, lines));
}

typedef struct Case {
  const char *lines;
  const char *rows; /* see telegram_paragraphs(), without the signature */
} Case;

static void check(const Case *cases, size_t n) {
  for (size_t i = 0; i < n; i++) {
    const CablesTelegram *t = with_body(cases[i].lines);
    char want[1000];
    snprintf(want, sizeof(want), "%s|signature: HATHERLEY", cases[i].rows);
    CHECK_TEXT(telegram_paragraphs(t), want);
    CHECK_TEXT(t->signer, "HATHERLEY");
  }
}
#define CHECK(cases) check(cases, sizeof(cases) / sizeof(*(cases)))

/* modern.md 9.1: shapes of numbers. */
static void numbers(void **state) {
  (void)state;
  static const Case cases[] = {
      {"1. (C) One.\n\n2. (C) Two.\n",
       "1 C paragraph: One.|2 C paragraph: Two."},
      {"1.  (C) One.\n\n2.  (C) Two.\n",
       "1 C paragraph: One.|2 C paragraph: Two."},
      {"1. One.\n\n2. Two.\n", "1 paragraph: One.|2 paragraph: Two."},
      {"1.(C) One.\n\n2.(C) Two.\n", "1 C paragraph: One.|2 C paragraph: Two."},
      {"1. (C)One.\n\n2. (C)Two.\n", "1 C paragraph: One.|2 C paragraph: Two."},
      {" 1. (C) One.\n\n 2. (C) Two.\n",
       "1 C paragraph: One.|2 C paragraph: Two."},
      {"1. (C) One.\n\n2.\n(C) Two.\n",
       "1 C paragraph: One.|2 C paragraph: Two."},
      {"1 (C) One.\n\n2 (C) Two.\n", "1 C paragraph: One.|2 C paragraph: Two."},
      {"1. (C) One.\n2. (C) Two.\n3. (C) Three.\n",
       "1 C paragraph: One.|2 C paragraph: Two.|3 C paragraph: Three."},
      {"1. C) One.\n\n2. (C) Two.\n",
       "1 C paragraph: One.|2 C paragraph: Two."},
      /* the page's sign, and what became of it */
      {"\xc2\xb6"
       "1. (C) One.\n\n\xc2\xb6"
       "2. (C) Two.\n",
       "1 C paragraph: One.|2 C paragraph: Two."},
      {"\xb6"
       "1. (C) One.\n\n\xef\xbf\xbd"
       "2. (C) Two.\n",
       "1 C paragraph: One.|2 C paragraph: Two."},
      /* hard wrap */
      {"1. (C) One\nand a\nhalf.\n\n2. (C) Two.\n",
       "1 C paragraph: One and a half.|2 C paragraph: Two."},
      {"1. (C) A half-\nhour.\n", "1 C paragraph: A half-hour."},
      {"1. (C) One.\n2.\n(c) two is what they say.\n",
       "1 C paragraph: One.|2 c paragraph: two is what they say."},
  };
  CHECK(cases);
}

/* modern.md 9.1, 1970s.md 7: numbers that are none. */
static void false_numbers(void **state) {
  (void)state;
  static const Case cases[] = {
      {"1. (C) It was laid out in\n2007. (It sank.)\n\n2. (C) Two.\n",
       "1 C paragraph: It was laid out in 2007. (It sank.)|"
       "2 C paragraph: Two."},
      {"1. (C) It was laid out in\n\xc2\xb6"
       "2007. It sank.\n\n2. (C) Two.\n",
       "1 C paragraph: It was laid out in 2007. It sank.|2 C paragraph: Two."},
      {"1. (C) It costs\n49.3 and a half.\n\n2. (C) Two.\n",
       "1 C paragraph: It costs 49.3 and a half.|2 C paragraph: Two."},
      {"1. (C) It sank on February\n18. It was cold.\n\n2. (C) Two.\n",
       "1 C paragraph: It sank on February 18. It was cold.|"
       "2 C paragraph: Two."},
      {"1. (C) See section\n1.4 (b) and weep.\n\n2. (C) Two.\n",
       "1 C paragraph: See section 1.4 (b) and weep.|2 C paragraph: Two."},
      {"1. (C) It is a\n(3-1/2 HOUR DRIVE) away.\n\n2. (C) Two.\n",
       "1 C paragraph: It is a (3-1/2 HOUR DRIVE) away.|2 C paragraph: Two."},
  };
  CHECK(cases);
}

/* modern.md 9.1: gaps, repeats; the key tells repeats apart. */
static void keys(void **state) {
  (void)state;
  const CablesTelegram *t = with_body(
      "1. (C) One.\n\n2. (C) Two.\n\n2. (C) Two again.\n\n"
      "5. (C) Five.\n");
  assert_int_equal(t->n_paragraphs, 5);
  CHECK_TEXT(t->paragraphs[0].key, "09OSLO71#1");
  CHECK_TEXT(t->paragraphs[1].key, "09OSLO71#2");
  CHECK_TEXT(t->paragraphs[2].key, "09OSLO71#2.2");
  CHECK_TEXT(t->paragraphs[3].key, "09OSLO71#5");
  CHECK_TEXT(t->paragraphs[4].key, NULL);
  CHECK_NUMBER(t->paragraphs[2].repeat, 2);
  CHECK_NUMBER(t->n_numbered, 4);
  /* an id from outside serves where the text tells none */
  static const char text[] = "1. (C) One.\n\n2. (C) Two.\n";
  CablesParseOptions options = {.want = CABLES_WANT_BODY,
                                .refid = CABLES_LIT("08LIMA5")};
  t = parse_bytes(text, strlen(text), options);
  assert_int_equal(t->n_paragraphs, 2);
  CHECK_TEXT(t->paragraphs[1].key, "08LIMA5#2");
  options.refid = CABLES_NO_SPAN;
  t = parse_bytes(text, strlen(text), options);
  CHECK_TEXT(t->paragraphs[1].key, NULL);
}

/* modern.md 9.2: portion markings, and what they mean. */
static void markings(void **state) {
  (void)state;
  static const char *const cases[][2] = {
      {"C", "CONFIDENTIAL"},
      {"S", "SECRET"},
      {"U", "UNCLASSIFIED"},
      {"TS", "TOP SECRET"},
      {"SBU", "SENSITIVE BUT UNCLASSIFIED"},
      {"c", "CONFIDENTIAL"},
      {"u", "UNCLASSIFIED"},
      {"S/NF", "SECRET//NOFORN"},
      {"C/NF", "CONFIDENTIAL//NOFORN"},
      {"s/nf", "SECRET//NOFORN"},
      {"S//NF", "SECRET//NOFORN"},
      {"C//NF", "CONFIDENTIAL//NOFORN"},
      {"C NF", "CONFIDENTIAL//NOFORN"},
      {"S-NF", "SECRET//NOFORN"},
      {"SNF", "SECRET//NOFORN"},
      {"S/NOFORN", "SECRET//NOFORN"},
      {"C/NOFORN", "CONFIDENTIAL//NOFORN"},
      {"S//FGI//NF", "SECRET//NOFORN"},
      {"SBU/NF", "SENSITIVE BUT UNCLASSIFIED//NOFORN"},
      {"U//FOUO", "UNCLASSIFIED//FOR OFFICIAL USE ONLY"},
      {"SECRET", "SECRET"},
      {"LOU", "LIMITED OFFICIAL USE"},
      {"S/REL NATO", "SECRET//REL NATO"},
      {"C//REL ISAF", "CONFIDENTIAL//REL ISAF"},
      {"S//REL TO USA, FVEY", "SECRET//REL TO USA, FVEY"},
      {"C/Rel Aus", "CONFIDENTIAL//REL AUS"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    char body[200];
    snprintf(body, sizeof(body), "1. (%s) One.\n\n2. (C) Two.\n", cases[i][0]);
    const CablesTelegram *t = with_body(body);
    assert_true(t->n_paragraphs > 0);
    CHECK_NUMBER(t->paragraphs[0].number, 1);
    CHECK_TEXT(t->paragraphs[0].marking, cases[i][0]);
    CHECK_TEXT(t->paragraphs[0].classification, cases[i][1]);
    CHECK_TEXT(t->paragraphs[0].text, "One.");
  }
}

static void false_markings(void **state) {
  (void)state;
  static const Case cases[] = {
      {"1. (U.S.) One.\n\n2. (Norway) Two.\n",
       "1 paragraph: (U.S.) One.|2 paragraph: (Norway) Two."},
      {"(SBU) Without number.\n\n(SBU) Another.\n",
       "SBU paragraph: Without number.|SBU paragraph: Another."},
      {"1. (C) One (U) two.\n", "1 C paragraph: One (U) two."},
  };
  CHECK(cases);
}

/* modern.md 9.3. */
static void lists(void **state) {
  (void)state;
  static const Case cases[] = {
      {"1. (C) Grounds:\n\n-- it was wet;\n-- it was cold.\n\n2. (C) Two.\n",
       "1 C paragraph: Grounds:|list: it was wet;|list: it was cold.|"
       "2 C paragraph: Two."},
      {"1. (C) Grounds:\n--it was wet;\n--it was cold.\n",
       "1 C paragraph: Grounds:|list: it was wet;|list: it was cold."},
      {"1. (C) Grounds:\n- it was wet;\n- it was cold\nat night.\n",
       "1 C paragraph: Grounds:|list: it was wet;|list: it was cold at night."},
      {"1. (C) Grounds:\n\n* it was wet;\n* it was cold.\n",
       "1 C paragraph: Grounds:|list: it was wet;|list: it was cold."},
      {"1. (C) Grounds:\n\n1) it was wet;\n2) it was cold.\n",
       "1 C paragraph: Grounds:|list: it was wet;|list: it was cold."},
      {"1. (C) Grounds:\n\n(1) it was wet;\n(2) it was cold.\n",
       "1 C paragraph: Grounds:|list: it was wet;|list: it was cold."},
      {"1. (C) Grounds:\n\n(a) it was wet;\n(b) it was cold.\n",
       "1 C paragraph: Grounds:|list: it was wet;|list: it was cold."},
      {"1. (C) Grounds:\n\na) it was wet;\nb) it was cold.\n",
       "1 C paragraph: Grounds:|list: it was wet;|list: it was cold."},
      {"1. (C) Grounds:\n\na. it was wet;\nb. it was cold.\n",
       "1 C paragraph: Grounds:|list: it was wet;|list: it was cold."},
      {"1. (C) Grounds:\n\no it was wet;\no it was cold.\n",
       "1 C paragraph: Grounds:|list: it was wet;|list: it was cold."},
      {"1. (C) Grounds:\n\n-- (C) it was wet;\n-- (S) it was cold.\n",
       "1 C paragraph: Grounds:|C list: it was wet;|S list: it was cold."},
      /* before 2000 an empty separator line is a lone dash */
      {"1. (C) One.\n-\n2. (C) Two.\n",
       "1 C paragraph: One.|2 C paragraph: Two."},
  };
  CHECK(cases);
}

/* modern.md 9.4: layouts of headings. */
static void headings(void **state) {
  (void)state;
  static const char rows[] =
      "1 C paragraph: One.|heading: A NAME|2 C paragraph: Two.";
  static const char *const bodies[] = {
      "1. (C) One.\n\nA NAME\n------\n\n2. (C) Two.\n",
      "1. (C) One.\n\n------\nA NAME\n------\n\n2. (C) Two.\n",
      "1. (C) One.\n\nA NAME\n------\n2. (C) Two.\n",
      "1. (C) One.\n\nA NAME\n- - - -\n\n2. (C) Two.\n",
      "1. (C) One.\n\nA NAME\n******\n\n2. (C) Two.\n",
      "1. (C) One.\n\nA NAME\n======\n\n2. (C) Two.\n",
      "1. (C) One.\n\nA NAME\n"
      "--------------------------------------------- ---------\n\n2. (C) "
      "Two.\n",
      "1. (C) One.\n\nA NAME ------\n\n2. (C) Two.\n",
      "1. (C) One.\n\n------ A NAME ------\n\n2. (C) Two.\n",
      "1. (C) One.\n\nA NAME\n\n2. (C) Two.\n",
  };
  for (size_t i = 0; i < sizeof(bodies) / sizeof(*bodies); i++) {
    Case c = {bodies[i], rows};
    check(&c, 1);
    const CablesTelegram *t = with_body(bodies[i]);
    assert_int_equal(t->n_paragraphs, 4);
    CHECK_TEXT(t->paragraphs[0].heading, NULL);
    CHECK_TEXT(t->paragraphs[2].heading, "A NAME");
  }
}

/* A rule alone ends nothing and is no row of its own. */
static void rules(void **state) {
  (void)state;
  static const Case cases[] = {
      {"------\n\n1. (C) One.\n\n2. (C) Two.\n",
       "1 C paragraph: One.|2 C paragraph: Two."},
      {"-------\nSUMMARY\n-------\n\n1. (C) One.\n\n2. (C) Two.\n",
       "heading: SUMMARY|1 C paragraph: One.|2 C paragraph: Two."},
      {"SUMMARY -------\n\n1. (C) One.\n",
       "heading: SUMMARY|1 C paragraph: One."},
  };
  CHECK(cases);
}

/* modern.md 9.4: opening words give the role. */
static void roles(void **state) {
  (void)state;
  static const char *const cases[][2] = {
      {"1. (C) SUMMARY: One. END SUMMARY.\n", "summary"},
      {"1. (C) Summary. One. End summary.\n", "summary"},
      {"1. (C) SUMMARY AND COMMENT: One. END SUMMARY AND COMMENT.\n",
       "summary"},
      {"1. (C) COMMENT: One. END COMMENT.\n", "comment"},
      {"1. (C) Comment. One.\n", "comment"},
      {"1. (C) This is an action request, see paragraph 9.\n",
       "action request"},
      {"1. (C) ACTION REQUEST: One.\n", "action request"},
      {"1. (C) A buoy. End Summary.\n", "summary"},
      {"1. (C) Comments were made.\n", NULL},
      {"1. (C) One.\n", NULL},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    const CablesTelegram *t = with_body(cases[i][0]);
    assert_true(t->n_paragraphs > 0);
    CHECK_WORD(t->paragraphs[0].role, cases[i][1]);
  }
  const CablesTelegram *t = with_body(
      "SUMMARY\n-------\n\n1. (C) One.\n\nCOMMENT\n-------\n\n"
      "2. (C) Two.\n");
  assert_int_equal(t->n_paragraphs, 5);
  CHECK_WORD(t->paragraphs[1].role, "summary");
  CHECK_WORD(t->paragraphs[3].role, "comment");
}

/* Rows whose columns matter. */
static void tables(void **state) {
  (void)state;
  const CablesTelegram *t = with_body(
      "1. (C) Buoys:\n\nPORT        BUOYS      NAMES\n"
      "BERGEN      11         10\nOSLO        12         11\n\n"
      "2. (C) Two.\n");
  assert_true(t->n_paragraphs == 4);
  CHECK_WORD(t->paragraphs[1].kind, "table");
  CHECK_NUMBER(t->paragraphs[1].number, 0);
  CHECK_NUMBER(t->paragraphs[2].number, 2);
}

/* modern.md 9.5, generation B: in the middle of a sentence, between
** paragraphs, inside a line. */
static void joints(void **state) {
  (void)state;
  static const Case cases[] = {
      {"1. (C) One that\n\nOSLO 00000071  002 OF 002\n\nsank.\n\n2. (C) Two.\n",
       "1 C paragraph: One that sank.|2 C paragraph: Two."},
      {"1. (C) One that\nOSLO 00000071  002 OF 002\nsank.\n\n2. (C) Two.\n",
       "1 C paragraph: One that sank.|2 C paragraph: Two."},
      {"1. (C) One that\n\nOSLO 00000071  002.2 of 002\n\n\nsank.\n",
       "1 C paragraph: One that sank."},
      {"1. (C) One that OSLO 00000071  002 OF 002 sank.\n\n2. (C) Two.\n",
       "1 C paragraph: One that sank.|2 C paragraph: Two."},
      /* in capitals, where the words before it look like the post's */
      {"1. (C) THE BUOY OSLO 00000071  002 OF 002 SANK.\n\n2. (C) TWO.\n",
       "1 C paragraph: THE BUOY SANK.|2 C paragraph: TWO."},
      {"1. (C) One.\n\nOSLO 00000071  002 OF 002\n\n\n2. (C) Two.\n",
       "1 C paragraph: One.|2 C paragraph: Two."},
      {"1. (C) One.\n\nOSLO 00000071  002 OF 002\n\n\nA NAME\n------\n\n"
       "2. (C) Two.\n",
       "1 C paragraph: One.|heading: A NAME|2 C paragraph: Two."},
      {"1. (C) One that\n\nBUENOS AIR 00000071  002 OF 003\n\nsank.\n",
       "1 C paragraph: One that sank."},
      {"1. (C) One that\n\nXXXXXXXXXX 00000071  002 OF 003\n\nsank.\n",
       "1 C paragraph: One that sank."},
      {"1. (C) Grounds:\n\n-- it was\n\nOSLO 00000071  002 OF 002\n\nwet.\n",
       "1 C paragraph: Grounds:|list: it was wet."},
  };
  CHECK(cases);
}

/* modern.md 9.5, generations A and C; 1970s.md 3. */
static void page_lines(void **state) {
  (void)state;
  static const Case cases[] = {
      {"1. (C) ONE THAT\n\n                       CONFIDENTIAL\n\n"
       "                       CONFIDENTIAL     PTQ1811\n\n"
       "PAGE 02        OSLO    00071  01 OF 02  111215Z\nSANK.\n\n2. (C) "
       "TWO.\n",
       "1 C paragraph: ONE THAT SANK.|2 C paragraph: TWO."},
      {"1. ONE THAT\nCONFIDENTIAL\nCONFIDENTIAL\nPAGE 02 OSLO 00071 01 OF 02 "
       "111215Z\nSANK.\n2. TWO.\n",
       "1 paragraph: ONE THAT SANK.|2 paragraph: TWO."},
      {"1. ONE THAT\nCONFIDENTIAL\nCONFIDENTIAL POSS DUPE\nPAGE 02\nOSLO 00071 "
       "01 OF 02 111215Z\nSANK.\n2. TWO.\n",
       "1 paragraph: ONE THAT SANK.|2 paragraph: TWO."},
      {"1. ONE OF THE FER-\nCONFIDENTIAL\nPAGE 02 OSLO 00071 111215Z\nRIES "
       "SANK.\n2. TWO.\n",
       "1 paragraph: ONE OF THE FER-RIES SANK.|2 paragraph: TWO."},
      {"1. (C) One that\nPAGE 03 RUEHNY0071 C O N F I D E N T I A L OSLO "
       "000071\nsank.\n\n2. (C) Two.\n",
       "1 C paragraph: One that sank.|2 C paragraph: Two."},
      {"1. ONE THAT\nDeclassified/Released US Department of State EO "
       "Systematic "
       "Review 30 JUN 2005\nSANK.\n2. TWO.\n",
       "1 paragraph: ONE THAT SANK.|2 paragraph: TWO."},
      /* text on the line of the page line */
      {"1. ONE THAT\nPAGE 02        OSLO    00071  01 OF 02  111215Z SANK.\n"
       "2. TWO.\n",
       "1 paragraph: ONE THAT SANK.|2 paragraph: TWO."},
  };
  CHECK(cases);
}

/* modern.md 3.1: a line that is SIPDIS is nothing. */
static void stray_sipdis(void **state) {
  (void)state;
  static const Case cases[] = {
      {"1. (C) One was met by the\nSecretary of Buoys\n\nSIPDIS\nand sank.\n",
       "1 C paragraph: One was met by the Secretary of Buoys and sank."},
  };
  CHECK(cases);
}

/* The transmission section that a paragraph starts in. */
static void sections(void **state) {
  (void)state;
  const CablesTelegram *t = with_body(
      "1. (C) One.\n\n2. (C) Two that\n\nOSLO 00000071  002 OF 003\n\n"
      "sank.\n\n3. (C) Three.\n\nOSLO 00000071  003 OF 003\n\n\n"
      "4. (C) Four.\n");
  static const int want[] = {1, 1, 2, 3, 3};
  assert_int_equal(t->n_paragraphs, 5);
  for (size_t i = 0; i < 5; i++) {
    CHECK_NUMBER(t->paragraphs[i].section, want[i]);
  }
  /* a joint in the heading: everything is of section 2 */
  t = parse(
      ENVELOPE
      "S E C R E T SECTION 01 OF 02 OSLO 000071\n\n" EO_LINE SUBJECT_LINE
      "\nOSLO 00000071  001.2 OF 002\n\n" CLASSIFIED PARAGRAPHS SIGNATURE);
  CHECK_NUMBER(t->paragraphs[0].section, 1);
  t = parse(telegram_modern);
  CHECK_NUMBER(t->paragraphs[0].section, 1);
  CHECK_NUMBER(t->paragraphs[t->n_paragraphs - 1].section, 2);
}

/* interface.md, body: from the first paragraph to the signature, no breaks. */
static void body_text(void **state) {
  (void)state;
  const CablesTelegram *t = with_body(
      "1. (C) One that\n\nOSLO 00000071  002 OF 002\n\nsank.\n\n"
      "A NAME\n------\n\n2. (C) Two.\n");
  CHECK_TEXT(t->body,
             "1. (C) One that\nsank.\n\nA NAME\n------\n\n2. (C) Two.");
  t = with_body("1. (C) Was met by the\nSecretary\n\nSIPDIS\nof Buoys.\n");
  CablesSpan body = t->body;
  assert_non_null(body.z);
  telegram_case("no SIPDIS in the body");
  CHECK_NUMBER(
      body.n > 0 && cables_find(body, CABLES_LIT("SIPDIS")) == (size_t)-1, 1);
}

/* Where rows lie in the argument. */
static void offsets(void **state) {
  (void)state;
  const CablesTelegram *t =
      with_body("1. (C) One\nand a half.\n\n-- it was wet;\n\n2. (C) Two.\n");
  assert_int_equal(t->n_paragraphs, 4);
  static const char *const want[] = {
      "1. (C) One\nand a half.", "-- it was wet;", "2. (C) Two.", "HATHERLEY"};
  for (size_t i = 0; i < 4; i++) {
    const CablesParagraph *row = &t->paragraphs[i];
    CablesSpan printed = {telegram_fixture.copy + row->start, row->length};
    CHECK_TEXT(printed, want[i]);
  }
}

/* modern.md 10.3: a copier put a blank line after every line. */
static void spread_lines(void **state) {
  (void)state;
  const CablesTelegram *t = with_body(
      "1. (C) One\n\nand a half\n\nsank at\n\nnoon in\n\nthe fog\n\nof "
      "Oslo.\n\n"
      "2. (C) Two\n\nand a half\n\nsank at\n\nnight in\n\nthe rain\n\nof "
      "Bergen.\n\n3. (C) Three\n\nfloat.\n");
  CHECK_TEXT(telegram_paragraphs(t),
             "1 C paragraph: One and a half sank at noon in the fog of Oslo.|"
             "2 C paragraph: Two and a half sank at night in the rain of "
             "Bergen.|3 C paragraph: Three float.|signature: HATHERLEY");
}

/* modern.md 2.3, 9.5: an old copy repeats everything for each section. */
static void repeated_headings(void **state) {
  (void)state;
  static const char again[] =
      "                       CONFIDENTIAL\n\n"
      "PAGE 01        OSLO    00071  02 OF 02  111215Z\n"
      "ACTION EUR-00\n\nINFO  LOG-00   AF-00    /004W\n"
      "                  ------------------A1B2C3  111216Z /38\n"
      "P 111215Z FEB 01\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC PRIORITY 0412\n"
      "C O N F I D E N T I A L SECTION 02 OF 02 OSLO 00071\n\nSIPDIS\n\n"
      "E.O. 12958: DECL: 02/11/11\nTAGS: PREL, NO\nSUBJECT: A BUOY\n\n";
  const CablesTelegram *t = parse(telegram_format(
      "P 111215Z FEB 01\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC PRIORITY 0412\n"
      "C O N F I D E N T I A L SECTION 01 OF 02 OSLO 00071\n\nSIPDIS\n\n"
      "E.O. 12958: DECL: 02/11/11\nTAGS: PREL, NO\nSUBJECT: A BUOY\n\n"
      "1. (C) ONE.\n\n2. (C) TWO.\n\n%s3. (C) THREE.\n\nHATHERLEY\n",
      again));
  CHECK_TEXT(telegram_paragraphs(t),
             "1 C paragraph: ONE.|2 C paragraph: TWO.|3 C paragraph: THREE.|"
             "signature: HATHERLEY");
  CHECK_TEXT(t->refid, "01OSLO71");
  CHECK_NUMBER(t->n_addressees, 1);
  CHECK_NUMBER(t->sections, 2);
  CHECK_NUMBER(t->complete, 1);
}

/* modern.md 9.3: what begins like a list and is none, and the reverse. */
static void bullets(void **state) {
  (void)state;
  static const Case cases[] = {
      {"1. (C) One.\n\n-- a buoy\n\n--a bell\n",
       "1 C paragraph: One.|list: a buoy|list: a bell"},
      {"1. (C) One.\n\n* a buoy\n\n** a bell\n",
       "1 C paragraph: One.|list: a buoy|list: a bell"},
      {"1. (C) One.\n\n*a buoy is red.\n",
       "1 C paragraph: One.|paragraph: *a buoy is red."},
      {"1. (C) One.\n\no a buoy\n", "1 C paragraph: One.|list: a buoy"},
      {"1. (C) One.\n\nor a buoy.\n",
       "1 C paragraph: One.|paragraph: or a buoy."},
      {"1. (C) One.\n\n\xe2\x80\xa2 a buoy\n",
       "1 C paragraph: One.|list: a buoy"},
      {"1. (C) One.\n\n\xe2\x80\x94 a buoy.\n",
       "1 C paragraph: One.|paragraph: \xe2\x80\x94 a buoy."},
      {"1. (C) One.\n\n(a) a buoy\n\n(12) a bell\n\nb. a light\n\n3) a horn\n",
       "1 C paragraph: One.|list: a buoy|list: a bell|list: a light|list: a "
       "horn"},
      {"1. (C) One.\n\n(a, a buoy.\n\n(ab) a bell.\n\n12x a light.\n",
       "1 C paragraph: One.|paragraph: (a, a buoy.|paragraph: (ab) a bell.|"
       "paragraph: 12x a light."},
      {"1. (C) One.\n\na.buoy.\n\n(1)bell.\n",
       "1 C paragraph: One.|paragraph: a.buoy.|paragraph: (1)bell."},
  };
  CHECK(cases);
}

/* Rows of a table below each other, and what only has one gap. */
static void rows_of_tables(void **state) {
  (void)state;
  static const Case cases[] = {
      {"1. (C) One.\n\nA   B   C\nD   E   F\n",
       "1 C paragraph: One.|table: A   B   C\nD   E   F"},
      {"1. (C) One.\n\nA\tB\tC d\nD\tE\tF d\n",
       "1 C paragraph: One.|table: A\tB\tC d\nD\tE\tF d"},
      {"1. (C) One is\nA   B   C\nD   E   F\n",
       "1 C paragraph: One is|table: A   B   C\nD   E   F"},
      {"1. (C) One is\nA   B   C\nand no more.\n",
       "1 C paragraph: One is A B C and no more."},
      {"1. (C) One.\n\nA   B   C\n\nD   E   F\n",
       "1 C paragraph: One.|table: A   B   C|table: D   E   F"},
      {"1. (C) One.\n\nA   B   C\nare all.\n",
       "1 C paragraph: One.|table: A   B   C|paragraph: are all."},
      {"1. (C) One.\n\nA   B is all.\n",
       "1 C paragraph: One.|paragraph: A B is all."},
      {"1. (C) One.   It is.   So.\n", "1 C paragraph: One. It is. So."},
  };
  CHECK(cases);
}

/* modern.md 9.1: numbers that are one off, where no paragraph is marked. */
static void numbers_off(void **state) {
  (void)state;
  static const Case cases[] = {
      {"1. One.\n\n2. Two.\n\n2. Three.\n\n3. Four.\n",
       "1 paragraph: One.|2 paragraph: Two.|2 paragraph: Three.|"
       "3 paragraph: Four."},
      {"1. One.\n\n3. Three.\n", "1 paragraph: One.|3 paragraph: Three."},
      {"1. (C) One.\n\n1. a list.\n\n2. (C) Two.\n",
       "1 C paragraph: One.|paragraph: 1. a list.|2 C paragraph: Two."},
      {"1. One.\n\n2.\nTwo.\n", "1 paragraph: One.|2 paragraph: Two."},
  };
  CHECK(cases);
}

/* 1970s.md 3: print of the archive between lines, and what only begins so. */
static void print_of_the_archive(void **state) {
  (void)state;
  static const Case cases[] = {
      {"1. (C) One,\n*** Current Handling Restrictions *** n/a\ntwo.\n",
       "1 C paragraph: One, two."},
      {"1. (C) One,\n*current,\ntwo.\n", "1 C paragraph: One, *current, two."},
      {"1. (C) One,\nShow Headers\ntwo.\n", "1 C paragraph: One, two."},
      {"1. (C) One,\nShow Boats\ntwo.\n",
       "1 C paragraph: One, Show Boats two."},
      {"1. (C) One,\n\xc2\xbf \xc2\xbf\ntwo.\n", "1 C paragraph: One, two."},
      {"1. (C) One,\n\xc2\xbfQue?\ntwo.\n",
       "1 C paragraph: One, \xc2\xbfQue? two."},
      {"1. (C) One,\nCONFIDENTIAL     PTQ1859\ntwo.\n",
       "1 C paragraph: One, two."},
      {"1. (C) One,\nCONFIDENTIAL PTQ18X9\ntwo.\n",
       "1 C paragraph: One, CONFIDENTIAL PTQ18X9 two."},
      {"1. (C) One,\nCONFIDENTIAL ABC1859\ntwo.\n",
       "1 C paragraph: One, CONFIDENTIAL ABC1859 two."},
      {"1. (C) One,\nCONFIDENTIAL POSS DUPE\ntwo.\n",
       "1 C paragraph: One, two."},
  };
  CHECK(cases);
}

/* modern.md 9.4: rules of dashes that are no ASCII. */
static void rules_of_dashes(void **state) {
  (void)state;
  static const Case cases[] = {
      {"1. (C) One.\n\nBuoys\n\xe2\x80\x94\xe2\x80\x94\xe2\x80\x94\n\n2. (C) "
       "Two.\n",
       "1 C paragraph: One.|heading: Buoys|2 C paragraph: Two."},
      {"1. (C) One.\n\nBuoys\n= = =\n\n2. (C) Two.\n",
       "1 C paragraph: One.|heading: Buoys|2 C paragraph: Two."},
      {"1. (C) One.\n\nBuoys\n~\t~\t~\n\n2. (C) Two.\n",
       "1 C paragraph: One.|heading: Buoys|2 C paragraph: Two."},
      {"1. (C) One,\n\xe2\x80\xa6\xe2\x80\xa6\xe2\x80\xa6\ntwo.\n",
       "1 C paragraph: One, \xe2\x80\xa6\xe2\x80\xa6\xe2\x80\xa6 two."},
      {"1. (C) He said \xe2\x80\x9cnever.\xe2\x80\x9d\n",
       "1 C paragraph: He said \xe2\x80\x9cnever.\xe2\x80\x9d"},
  };
  CHECK(cases);
}

/* What is nearly a list, and the shortest that is one. */
static void shortest_lists(void **state) {
  (void)state;
  static const Case cases[] = {
      {"1. (C) One.\n\n- a\n\n--b\n\n* c\n\no d\n\n1) e\n",
       "1 C paragraph: One.|list: a|list: b|list: c|list: d|list: e"},
      {"1. (C) One\n--\ntwo.\n", "1 C paragraph: One -- two."},
      {"1. (C) One.\n\n---a\n", "1 C paragraph: One.|paragraph: ---a"},
      {"1. (C) One.\n\n**a\n", "1 C paragraph: One.|paragraph: **a"},
      {"1. (C) One.\n\n-a\n", "1 C paragraph: One.|paragraph: -a"},
      {"1. (C) One.\n\n\xe2\x80\xa2\n",
       "1 C paragraph: One.|paragraph: \xe2\x80\xa2"},
      {"1. (C) One.\n\n\xe2\x80\xa2"
       "a\n",
       "1 C paragraph: One.|list: a"},
      {"1. (C) One.\n\n123) a buoy.\n\n(123) a bell.\n",
       "1 C paragraph: One.|paragraph: 123) a buoy.|paragraph: (123) a bell."},
      {"1. (C) One.\n\n(a. a buoy.\n\n1. a bell.\n\nA) a horn.\n",
       "1 C paragraph: One.|paragraph: (a. a buoy.|paragraph: 1. a bell.|"
       "paragraph: A) a horn."},
      {"1. (C) One.\n\n12) a buoy\n\n(12) a bell\n",
       "1 C paragraph: One.|list: a buoy|list: a bell"},
  };
  CHECK(cases);
  /* At the very end of a text. */
  static const char *const ends[] = {"(12", "(1", "(a", "12", "a", "(",
                                     "b)",  "a.", "o",  "-",  "*", "=="};
  for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
    telegram_case(ends[i]);
    const CablesTelegram *t =
        parse(telegram_format(HEADER "1. (C) One.\n\n%s", ends[i]));
    CHECK_NUMBER(t->n_numbered, 1);
    CHECK_NUMBER(t->paragraphs[0].number, 1);
  }
}

/* Rows of a table and what stands between and behind them. */
static void ends_of_tables(void **state) {
  (void)state;
  static const Case cases[] = {
      {"1. (C) One.\n\nA   B   C\nOSLO 00000071  002 OF 002\nD   E   F\n",
       "1 C paragraph: One.|table: A   B   C\nD   E   F"},
      {"1. (C) One is\nA   B   C\n\ntwo.\n",
       "1 C paragraph: One is A B C two."},
      {"1. (C) One.\n\nA   B    C\n", "1 C paragraph: One.|table: A   B    C"},
      {"1. (C) One.\n\nA    B C\n", "1 C paragraph: One.|paragraph: A B C"},
      {"1. (C) One.\n\nA  B  C\n", "1 C paragraph: One.|paragraph: A B C"},
      {"1. (C) One.\n\nA\tB\tC\n", "1 C paragraph: One.|table: A\tB\tC"},
      {"1. (C) One.\n\nA\tB C\n", "1 C paragraph: One.|paragraph: A B C"},
  };
  CHECK(cases);
  /* What stands behind the body is no second row. */
  const CablesTelegram *t =
      parse(HEADER "1. (C) One is\nA   B   C\nNOTE:   x   y\n");
  CHECK_TEXT(telegram_paragraphs(t), "1 C paragraph: One is A B C");
}

/* Rules at the ends of a heading count from four bytes on. */
static void rules_in_headings(void **state) {
  (void)state;
  static const Case cases[] = {
      {"1. (C) One.\n\n--- A NAME\n", "1 C paragraph: One.|heading: A NAME"},
      {"1. (C) One.\n\nA NAME ---\n", "1 C paragraph: One.|heading: A NAME"},
      {"1. (C) One.\n\n-- A NAME\n", "1 C paragraph: One.|list: A NAME"},
      {"1. (C) One.\n\nA NAME --\n",
       "1 C paragraph: One.|paragraph: A NAME --"},
      {"1. (C) One.\n\n-    -\n", "1 C paragraph: One.|list: -"},
      {"1. (C) One.\n\n==\n", "1 C paragraph: One.|paragraph: =="},
  };
  CHECK(cases);
}

/* A line of n letters. */
static const char *letters(int n) {
  static char z[128];
  memset(z, 'A', sizeof(z));
  z[n] = '\0';
  return z;
}

/* How long a heading may be: 90 bytes with a rule, 72 without. */
static void long_headings(void **state) {
  (void)state;
  static const struct {
    const char *format;
    int longest;
  } shapes[] = {
      {HEADER "1. (C) One.\n\n---- %s\n\n2. (C) Two.\n\n" SIGNATURE, 90},
      {HEADER "1. (C) One.\n\n%s\n------\n\n2. (C) Two.\n\n" SIGNATURE, 90},
      {HEADER "1. (C) One.\n\n%s\n\n2. (C) Two.\n\n" SIGNATURE, 72},
  };
  for (size_t i = 0; i < sizeof(shapes) / sizeof(*shapes); i++) {
    for (int over = 0; over < 2; over++) {
      char text[2000];
      telegram_case(shapes[i].format);
      int longest = shapes[i].longest;
      const char *from = shapes[i].format;
      const char *hole = strstr(from, "%s");
      snprintf(text, sizeof(text), "%.*s%s%s", (int)(hole - from), from,
               letters(longest + over), hole + 2);
      const CablesTelegram *t = parse(text);
      assert_int_equal(t->n_paragraphs, 4);
      CHECK_WORD(t->paragraphs[1].kind, over ? "paragraph" : "heading");
      CHECK_TEXT(t->paragraphs[1].text, letters(longest + over));
    }
  }
  static const Case cases[] = {
      /* a list with a rule below, lower case, marks at the end */
      {"1. (C) One.\n\n- A NAME\n------\n\n2. (C) Two.\n",
       "1 C paragraph: One.|list: A NAME|2 C paragraph: Two."},
      {"1. (C) One.\n\na name\n\n2. (C) Two.\n",
       "1 C paragraph: One.|paragraph: a name|2 C paragraph: Two."},
      {"1. (C) One.\n\nA NAME,\n\n2. (C) Two.\n",
       "1 C paragraph: One.|paragraph: A NAME,|2 C paragraph: Two."},
      /* in the text, and above no paragraph */
      {"1. (C) One\nA NAME\n------\n\n2. (C) Two.\n",
       "1 C paragraph: One A NAME|2 C paragraph: Two."},
      {"1. (C) One.\n\nA NAME\n\nAnother.\n\n2. (C) Two.\n",
       "1 C paragraph: One.|paragraph: A NAME|paragraph: Another.|"
       "2 C paragraph: Two."},
      {"1. (C) One.\n\nA NAME\nOSLO 00000071  002 OF 002\n2. (C) Two.\n",
       "1 C paragraph: One.|paragraph: A NAME|2 C paragraph: Two."},
      {"1. (C) One.\n\nA NAME\n\nOSLO 00000071  002 OF 002\n\n2. (C) Two.\n",
       "1 C paragraph: One.|paragraph: A NAME|2 C paragraph: Two."},
  };
  CHECK(cases);
}

/* modern.md 9.2: a marking in brackets without a number, of up to 30 bytes. */
static void long_markings(void **state) {
  (void)state;
  static const Case cases[] = {
      {"(U) Without number.\n", "U paragraph: Without number."},
      {"(C/REL AAAA, BBBB, CCCC, DDDDD) One.\n",
       "C/REL AAAA, BBBB, CCCC, DDDDD paragraph: One."},
      {"(C) One.\n\n(C/REL AAAA, BBBB, CCCC, DDDDDD) Two.\n",
       "C paragraph: One.|C/REL AAAA, BBBB, CCCC, DDDDDD paragraph: Two."},
      {"(C) One.\n\n(C/REL AAAA, BBBB, CCCC, DDDDDDD) Two.\n",
       "C paragraph: One.|paragraph: (C/REL AAAA, BBBB, CCCC, DDDDDDD) Two."},
      {"(C) One.\n\n(C and so on.\n",
       "C paragraph: One.|paragraph: (C and so on."},
      {"(C) One.\n\n(Norway) Two.\n",
       "C paragraph: One.|paragraph: (Norway) Two."},
  };
  CHECK(cases);
  /* a control alone is no level; a level in full */
  const CablesTelegram *t = with_body(
      "1. (N) One.\n\n2. (LIMITED OFFICIAL USE) Two.\n\n3. (C) Three.\n");
  assert_int_equal(t->n_paragraphs, 4);
  CHECK_TEXT(t->paragraphs[0].marking, "N");
  CHECK_TEXT(t->paragraphs[0].classification, NULL);
  CHECK_TEXT(t->paragraphs[1].classification, "LIMITED OFFICIAL USE");
}

/* Numbers alone on a line, one off, or below those before. */
static void numbers_alone(void **state) {
  (void)state;
  static const Case cases[] = {
      {"1. One.\n\n2.\n\nTwo.\n",
       "1 paragraph: One.|2 paragraph: |paragraph: Two."},
      {"1. One.\n\n3.\nThree.\n", "1 paragraph: One.|paragraph: 3. Three."},
      {"1.\n2. Two.\n", "1 paragraph: |2 paragraph: Two."},
      {"1. (C) One.\n\n5. (C) Five.\n\n2. (C) Two.\n\n6. Six.\n",
       "1 C paragraph: One.|5 C paragraph: Five.|2 C paragraph: Two.|"
       "6 paragraph: Six."},
      {"(C) Some text.\n\n2. Two.\n",
       "C paragraph: Some text.|paragraph: 2. Two."},
      /* above what is expected by two: an item of a list */
      {"1. One.\n\n4. Four.\n", "1 paragraph: One.|paragraph: 4. Four."},
      {"1. One.\n3. Three.\n", "1 paragraph: One. 3. Three."},
      /* 0 is no number, and nothing is marked by it */
      {"1. One.\n\n0. (C) Nought.\n\n3. Three.\n",
       "1 paragraph: One.|paragraph: 0. (C) Nought.|3 paragraph: Three."},
      /* a number that is marked further down waits for that */
      {"1. (C) One.\n\n2. a list.\n\n2. (C) Two.\n",
       "1 C paragraph: One.|paragraph: 2. a list.|2 C paragraph: Two."},
  };
  CHECK(cases);
}

/* modern.md 9.4: which rows a summary without an end reaches. */
static void reach_of_summaries(void **state) {
  (void)state;
  static const struct {
    const char *lines;
    const char *roles[4]; /* of the rows, "" for none; NULL: no more */
  } cases[] = {
      {"1. (C) SUMMARY: One.\n\nTwo.\n\n2. (C) Three.\n\nFour.\n",
       {"summary", "summary", "", "summary"}},
      {"1. (C) SUMMARY: One. END SUMMARY.\n\nTwo.\n", {"summary", "", NULL}},
      {"1. (C) SUMMARY: One.\n\nTwo. END SUMMARY.\n\nThree.\n",
       {"summary", "summary", "", NULL}},
      /* a numbered paragraph with a role of its own ends it */
      {"1. (C) SUMMARY: One.\n\n2. (C) COMMENT: Two.\n\nThree.\n",
       {"summary", "comment", "", NULL}},
      {"1. (C) SUMMARY: One.\n\nCOMMENT: Two.\n\nThree.\n",
       {"summary", "comment", "summary", NULL}},
      {"1. (C) COMMENT: One.\n\nTwo.\n", {"comment", "", NULL}},
      /* a heading: until a row tells its end, or another heading */
      {"SUMMARY\n-------\n\n1. (C) One. END SUMMARY.\n\n2. (C) Two.\n",
       {"", "summary", "", NULL}},
      {"SUMMARY\n-------\n\n1. (C) One.\n\n2. (C) Two.\n",
       {"", "summary", "summary", NULL}},
      {"COMMENT\n-------\n\n1. (C) One. END SUMMARY.\n\n2. (C) Two.\n",
       {"", "summary", "comment", NULL}},
      {"1. (C) SUMMARY: One.\n\nA NAME\n------\n\nTwo.\n",
       {"summary", "", "", NULL}},
      {"1. (C) One. END SUMMARY.\n\n2. (C) Two.\n", {"summary", "", NULL}},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    const CablesTelegram *t = with_body(cases[i].lines);
    size_t n = 0;
    while (n < 4 && cases[i].roles[n] != NULL) n++;
    assert_int_equal(t->n_paragraphs, n + 1);
    for (size_t k = 0; k < n; k++) {
      const char *role = cases[i].roles[k];
      CHECK_WORD(t->paragraphs[k].role, role[0] ? role : NULL);
    }
  }
}

/* The text of the body keeps the indent of lines, up to 39 bytes. */
static void indents(void **state) {
  (void)state;
  const CablesTelegram *t = with_body("  1. (C) One:\n   BERGEN\n\tOSLO\n");
  CHECK_TEXT(t->body, "1. (C) One:\n   BERGEN\nOSLO");
  for (int n = 39; n <= 40; n++) {
    char lines[200];
    snprintf(lines, sizeof(lines), "1. (C) One:\n%*sBERGEN\n", n, "");
    t = with_body(lines);
    char want[200];
    snprintf(want, sizeof(want), "1. (C) One:\n%*sBERGEN", n < 40 ? n : 0, "");
    CHECK_TEXT(t->body, want);
  }
  /* blanks behind a joint inside a line are none, nor is a page's sign */
  t = with_body("1. (C) One OSLO 00000071  002 OF 002   sank.\n");
  CHECK_TEXT(t->body, "1. (C) One\nsank.");
  t = with_body("1. (C) One.\n\n \xc2\xb6 2. (C) Two.\n");
  CHECK_TEXT(t->body, "1. (C) One.\n\n  2. (C) Two.");
  /* below a joint a blank line counts where something opens */
  t = with_body("1. (C) One that\n\nOSLO 00000071  002 OF 002\n\nsank.\n");
  CHECK_TEXT(t->body, "1. (C) One that\nsank.");
  t = with_body(
      "1. (C) One,\n\nOSLO 00000071  002 OF 002\n\n------\n\nsank.\n");
  CHECK_TEXT(t->body, "1. (C) One,\n\n------\n\nsank.");
  t = with_body("1. (C) One,\n\nOSLO 00000071  002 OF 002\n\n2. (C) Two.\n");
  CHECK_TEXT(t->body, "1. (C) One,\n\n2. (C) Two.");
  /* not asked for */
  static const char text[] = HEADER PARAGRAPHS SIGNATURE;
  t = parse_bytes(text, strlen(text),
                  (CablesParseOptions){.want = CABLES_WANT_BODY |
                                               CABLES_WITHOUT_BODY_TEXT});
  CHECK_NUMBER(t->n_numbered, 2);
  CHECK_TEXT(t->body, NULL);
}

/* A body of `lines` lines that end no sentence, each with a blank line below
** but the last and the first `dense`, and `wide` of the others n bytes long. */
static const CablesTelegram *spread(int lines, int dense, int wide, int n) {
  char z[3000] = HEADER "1. (C) One\n";
  size_t used = strlen(z);
  if (dense == 0) z[used++] = '\n';
  for (int i = 1; i < lines; i++) {
    int width = i <= wide ? n : 4;
    for (int k = 0; k < width; k++) z[used++] = k == 0 ? 'A' : '7';
    z[used++] = '\n';
    if (i >= dense) z[used++] = '\n';
  }
  z[used] = '\0';
  telegram_case(
      telegram_format("%d lines, %d dense, %d wide", lines, dense, wide));
  return parse(z);
}

/* modern.md 10.3: twelve lines or more, nine in ten of them, each shorter than
** 80 bytes, with a blank line below; the last line has none. */
static void nearly_spread_lines(void **state) {
  (void)state;
  CHECK_NUMBER(spread(13, 0, 0, 0)->n_paragraphs, 1);
  CHECK_NUMBER(spread(12, 0, 0, 0)->n_paragraphs, 12);
  CHECK_NUMBER(spread(21, 2, 0, 0)->n_paragraphs, 1);
  CHECK_NUMBER(spread(21, 3, 0, 0)->n_paragraphs, 18);
  CHECK_NUMBER(spread(13, 0, 2, 79)->n_paragraphs, 1);
  CHECK_NUMBER(spread(13, 0, 2, 80)->n_paragraphs, 13);
}

/* A joint in the heading: the body is of the section behind it. */
static void joints_in_headings(void **state) {
  (void)state;
  const CablesTelegram *t = parse(
      ENVELOPE
      "S E C R E T SECTION 01 OF 03 OSLO 000071\n\n" EO_LINE SUBJECT_LINE
      "\nOSLO 00000071  002 OF 003\n\n" CLASSIFIED
      "1. (C) One.\n\nOSLO 00000071  003 OF 003\n\n3. (C) Three that is\n");
  assert_int_equal(t->n_paragraphs, 2);
  CHECK_NUMBER(t->paragraphs[0].section, 2);
  CHECK_NUMBER(t->paragraphs[1].section, 3);
  CHECK_NOT_ODD(t, "body", "section 2 of 3 is missing");
  /* text in front of a joint is of the section before */
  t = with_body("1. (C) One OSLO 00000071  064 OF 064 is\n\n2. (C) Two.\n");
  assert_int_equal(t->n_paragraphs, 3);
  CHECK_NUMBER(t->paragraphs[0].section, 1);
  CHECK_NUMBER(t->paragraphs[1].section, 64);
}

/* Rows of one telegram, at most, but for the one that holds the rest. */
enum { MAX_ROWS = 20000 };

/* A body of n items of a list, a rule where there is one, and three more. */
static const CablesTelegram *items(size_t n, bool rule) {
  static char z[MAX_ROWS * 4 + 2000];
  strcpy(z, HEADER "1. (C) One.\n\n");
  size_t used = strlen(z);
  for (size_t i = 0; i < n; i++, used += 4) memcpy(z + used, "- a\n", 4);
  strcpy(z + used, rule ? "------\n- b\n- c\n\nd\n" : "- b\n- c\n\nd\n");
  telegram_case("many rows");
  return parse(z);
}

static void many_rows(void **state) {
  (void)state;
  /* row 1, MAX_ROWS - 1 items, and the one that was open then */
  const CablesTelegram *t = items(MAX_ROWS, false);
  assert_int_equal(t->n_paragraphs, MAX_ROWS + 1);
  CHECK_TEXT(t->paragraphs[MAX_ROWS - 1].text, "a");
  CHECK_TEXT(t->paragraphs[MAX_ROWS].text, "a - b - c d");
  /* a rule ends the last row; below it one more is begun */
  t = items(MAX_ROWS - 1, true);
  assert_int_equal(t->n_paragraphs, MAX_ROWS + 1);
  CHECK_TEXT(t->paragraphs[MAX_ROWS - 1].text, "a");
  CHECK_TEXT(t->paragraphs[MAX_ROWS].text, "b - c d");
  /* and ends none where there are as many already */
  t = items(MAX_ROWS, true);
  assert_int_equal(t->n_paragraphs, MAX_ROWS + 1);
  CHECK_TEXT(t->paragraphs[MAX_ROWS].text, "a - b - c d");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      telegram_test(print_of_the_archive),
      telegram_test(rules_of_dashes),
      telegram_test(bullets),
      telegram_test(rows_of_tables),
      telegram_test(numbers_off),
      telegram_test(numbers),
      telegram_test(false_numbers),
      telegram_test(keys),
      telegram_test(markings),
      telegram_test(false_markings),
      telegram_test(lists),
      telegram_test(headings),
      telegram_test(rules),
      telegram_test(roles),
      telegram_test(tables),
      telegram_test(joints),
      telegram_test(page_lines),
      telegram_test(stray_sipdis),
      telegram_test(sections),
      telegram_test(body_text),
      telegram_test(offsets),
      telegram_test(spread_lines),
      telegram_test(repeated_headings),
      telegram_test(shortest_lists),
      telegram_test(ends_of_tables),
      telegram_test(rules_in_headings),
      telegram_test(long_headings),
      telegram_test(long_markings),
      telegram_test(numbers_alone),
      telegram_test(reach_of_summaries),
      telegram_test(indents),
      telegram_test(nearly_spread_lines),
      telegram_test(joints_in_headings),
      telegram_test(many_rows),
  };
  return telegram_run(tests);
}
