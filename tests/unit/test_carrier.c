/*
** Tests of how a telegram lies in a text: web pages, archives' records,
** several telegrams, no telegram; and of any bytes at all.  Expected values
** are worked out from shared/format/modern.md 10.3, 10.4 and 1970s.md 2, 8.
*/
#include "telegrams.h"

#define BARE                                                             \
  "P 111215Z FEB 09\nFM AMEMBASSY OSLO\n"                                \
  "TO RUEHC/SECSTATE WASHDC\n" CLASS_LINE EO_LINE TAGS_LINE SUBJECT_LINE \
  "\n" CLASSIFIED PARAGRAPHS SIGNATURE

/* What the bare telegram says. */
static void check_bare(const CablesTelegram *t) {
  CHECK_NUMBER(t->found, 1);
  CHECK_TEXT(t->refid, "09OSLO71");
  CHECK_TEXT(t->dtg, "111215Z FEB 09");
  CHECK_TEXT(t->subject, "A BUOY WITHOUT A NAME");
  CHECK_TEXT(t->classified_by, "Ambassador Rufus Hatherley");
  CHECK_TEXT(t->signer, "HATHERLEY");
  CHECK_NUMBER(t->n_numbered, 2);
  CHECK_NUMBER(t->complete, 1);
}

/* modern.md 10.3: forms of the table. */
static void check_table(const char *table, const char *released) {
  telegram_case(table);
  const CablesTelegram *t = parse(telegram_format("%s\n" BARE, table));
  check_bare(t);
  CHECK_NUMBER(t->carrier, CABLES_CARRIER_PAGE);
  CHECK_TEXT(t->released, released);
  CHECK_TEXT(t->classification, "CONFIDENTIAL//NOFORN");
  CHECK_TEXT(t->origin, "Embassy Oslo");
  CHECK_TEXT(t->created, "2009-02-11 12:15:00");
  /* the table is none of the telegram's text */
  CHECK_NUMBER(t->text.n > 20 && memcmp(t->text.z, "P 111215Z FEB 09", 16) == 0,
               1);
}

static void table_form_1(void **state) {
  (void)state;
  check_table(
      "Reference ID Created Released Classification Origin\n"
      "09OSLO71 2009-02-11 12:12 2011-03-04 16:04 CONFIDENTIAL//NOFORN Embassy "
      "Oslo",
      "2011-03-04 16:04:00");
}
static void table_form_2(void **state) {
  (void)state;
  check_table(
      "Reference ID\tCreated\tReleased\tClassification\tOrigin\n"
      "09OSLO71\t2009-02-11 12:12\t2011-03-04 "
      "16:04\tCONFIDENTIAL//NOFORN\tEmbassy Oslo",
      "2011-03-04 16:04:00");
}
static void table_form_3(void **state) {
  (void)state;
  check_table(
      "Reference ID\n\nCreated\n\nReleased\n\nClassification\n\nOrigin\n\n"
      "09OSLO71\n\n2009-02-11 12:12\n\n2011-03-04 16:04\n\n"
      "CONFIDENTIAL//NOFORN\n\nEmbassy Oslo\n",
      "2011-03-04 16:04:00");
  check_table(
      "Reference ID\nCreated\nReleased\nClassification\nOrigin\n"
      "09OSLO71\n2009-02-11 12:12\n2011-03-04 16:04\n"
      "CONFIDENTIAL//NOFORN\nEmbassy Oslo",
      "2011-03-04 16:04:00");
}
static void table_form_4(void **state) {
  (void)state;
  check_table(
      "09OSLO71 2009-02-11 12:12 2011-03-04 16:04 CONFIDENTIAL//NOFORN Embassy "
      "Oslo",
      "2011-03-04 16:04:00");
}
static void table_form_5(void **state) {
  (void)state;
  check_table(
      "Reference ID Created Classification Origin\n"
      "09OSLO71 2009-02-11 12:12 CONFIDENTIAL//NOFORN Embassy Oslo",
      NULL);
  check_table(
      "Reference ID\n\nCreated\n\nClassification\n\nOrigin\n\n"
      "09OSLO71\n\n2009-02-11 12:12\n\nCONFIDENTIAL//NOFORN\n\nEmbassy Oslo\n",
      NULL);
}

/* modern.md 10.1: values of the columns. */
static void values(void **state) {
  (void)state;
  static const char *const classes[] = {"CONFIDENTIAL",
                                        "SECRET",
                                        "SECRET//NOFORN",
                                        "CONFIDENTIAL//NOFORN",
                                        "UNCLASSIFIED//FOR OFFICIAL USE ONLY",
                                        "UNCLASSIFIED"};
  static const char *const origins[] = {"Embassy Oslo",
                                        "Secretary of State",
                                        "UNVIE",
                                        "Mission USNATO",
                                        "Iran RPO Dubai",
                                        "USEU Brussels",
                                        "US Interests Section Havana",
                                        "Consulate Rio De Janeiro"};
  for (size_t i = 0; i < sizeof(origins) / sizeof(*origins); i++) {
    const char *class = classes[i % (sizeof(classes) / sizeof(*classes))];
    telegram_case(origins[i]);
    const CablesTelegram *t = parse(telegram_format(
        "Reference ID Created Released Classification Origin\n"
        "09OSLO71 2009-02-11 12:12 2011-03-04 16:04 %s %s\n" BARE,
        class, origins[i]));
    check_bare(t);
    CHECK_TEXT(t->classification, class);
    CHECK_TEXT(t->origin, origins[i]);
    telegram_case(origins[i]);
    t = parse(telegram_format(
        "Reference ID\nCreated\nReleased\nClassification\nOrigin\n"
        "09OSLO71\n2009-02-11 12:12\n2011-03-04 16:04\n%s\n%s\n" BARE,
        class, origins[i]));
    check_bare(t);
    CHECK_TEXT(t->classification, class);
    CHECK_TEXT(t->origin, origins[i]);
  }
}

/* modern.md 10.3: no envelope below the table; articles named below it. */
static void below_the_table(void **state) {
  (void)state;
  static const char table[] =
      "Reference ID Created Released Classification Origin\n"
      "09OSLO71 2009-02-11 12:12 2011-03-04 16:04 CONFIDENTIAL Embassy Oslo\n";
  const CablesTelegram *t = parse(telegram_format(
      "%sAppears in these articles:\nhttp://www.example.org/buoy\n" BARE,
      table));
  check_bare(t);
  CHECK_NUMBER(memcmp(t->text.z, "P 111215Z", 9), 0);
  t = parse(telegram_format("%s" CLASS_LINE EO_LINE TAGS_LINE SUBJECT_LINE
                            "\n" CLASSIFIED PARAGRAPHS SIGNATURE,
                            table));
  CHECK_TEXT(t->refid, "09OSLO71");
  CHECK_TEXT(t->dtg, NULL);
  CHECK_TEXT(t->created, "2009-02-11 12:12:00");
  CHECK_NUMBER(t->year, 2009);
  CHECK_TEXT(t->subject, "A BUOY WITHOUT A NAME");
}

/* What stands before and behind a copied telegram. */
static void around(void **state) {
  (void)state;
  static const char *const before[] = {
      "",
      "\n\n\n",
      "My blog\nA friend sent me this buoy story. See below:\n\n",
      "Viewing cable 09OSLO71, A BUOY WITHOUT A NAME\nIf you are new to these "
      "pages, please read an introduction on the structure of a cable.\n",
      "Viewing cable 09OSLO71,\n",
      "Understanding cables\nEvery cable message consists of three parts:\n"
      "Discussing cables\ne.g. #09RIGA1\n",
      "Keep Us Strong\nA B C D\n2009/02 2009/03\n",
  };
  for (size_t i = 0; i < sizeof(before) / sizeof(*before); i++) {
    telegram_case(before[i]);
    check_bare(parse(telegram_format("%s" BARE, before[i])));
  }
  static const char *const behind[] = {
      "\n\nComments (3)\nWhat a buoy.\n",
      "\n3 comments\nJane said: what a buoy.\n",
      "\nPosted by Jane at noon\n",
      "\n\nLeave a reply\n\nShare this\n",
      "\nThis work is licensed under a licence.\n",
  };
  for (size_t i = 0; i < sizeof(behind) / sizeof(*behind); i++) {
    telegram_case(behind[i]);
    const CablesTelegram *t = parse(
        telegram_format("Reference ID Created Released Classification Origin\n"
                        "09OSLO71 2009-02-11 12:12 2011-03-04 16:04 "
                        "CONFIDENTIAL Embassy Oslo\n" BARE "%s",
                        behind[i]));
    check_bare(t);
    CHECK_NUMBER(t->n_paragraphs, 3);
  }
}

/* modern.md 10.3: separated only by the next start; the first is the row. */
static void several(void **state) {
  (void)state;
  static const char first[] = HEADER PARAGRAPHS SIGNATURE "\n";
  check_bare(
      parse(telegram_format("%sVZCZCXRO0072\nPP RUEHLO\nDE RUEHNY "
                            "#0072/01 0421215\n" BARE,
                            first)));
  telegram_case("next start: Viewing cable");
  check_bare(parse(telegram_format(
      "%sViewing cable 09OSLO72, ANOTHER\nReference ID Created Released "
      "Classification Origin\n09OSLO72 2009-02-11 12:12 2011-03-04 16:04 "
      "SECRET Embassy Oslo\n" BARE,
      first)));
}

/* modern.md 10.4: a raw row, every line with a backslash. */
static void backslashes(void **state) {
  (void)state;
  const CablesTelegram *t = parse(
      "VZCZCXRO0071\\\nPP RUEHLO\\\nP 111215Z FEB 09\\\nFM AMEMBASSY OSLO\\\n"
      "TO RUEHC/SECSTATE WASHDC\\\nC O N F I D E N T I A L OSLO 000071\\\n\\\n"
      "E.O. 12958: DECL: 02/11/2019\\\nTAGS: PREL, EWWT, NO\\\n"
      "SUBJECT: A BUOY WITHOUT\\\nA NAME\\\n\\\n"
      "Classified By: Ambassador Rufus Hatherley for reasons 1.4 (b).\\\n\\\n"
      "1. (C) One.\\\n\\\n2. (C) Two\\\nof them.\\\n\\\nHATHERLEY\\\n");
  check_bare(t);
  CHECK_TEXT(telegram_paragraphs(t),
             "1 C paragraph: One.|2 C paragraph: Two of them.|"
             "signature: HATHERLEY");
}

/* Line ends of other systems; white space in place of blanks. */
static void line_ends(void **state) {
  (void)state;
  static const char bare[] = BARE;
  char text[4000];
  size_t n = 0;
  for (size_t i = 0; i < sizeof(bare) - 1; i++) {
    if (bare[i] == '\n') text[n++] = '\r';
    text[n++] = bare[i];
  }
  check_bare(
      parse_bytes(text, n, (CablesParseOptions){.want = CABLES_WANT_ALL}));
  /* NUL counts as white space */
  memset(text + n, 0, 64);
  check_bare(
      parse_bytes(text, n + 64, (CablesParseOptions){.want = CABLES_WANT_ALL}));
}

/* 1970s.md 2, 8: a record of the archive. */
static void archive_record(void **state) {
  (void)state;
  const CablesTelegram *t =
      parse(telegram_format("Message Text\n\n%s\n\nMessage Attributes\n\n"
                            "Automatic Decaptioning: X\n"
                            "Document Number: 1974NICOSI00575\n",
                            telegram_old));
  CHECK_NUMBER(t->found, 1);
  CHECK_TEXT(t->refid, "74NICOSIA575");
  CHECK_TEXT(t->signer, "LARKSPUR");
  CHECK_TEXT(t->subject, "THE FERRY THAT WAS SOLD TWICE");
  CHECK_NUMBER(cables_find(t->text, CABLES_LIT("Decaptioning")) == (size_t)-1,
               1);
}

/* telegram.h: a fragment of a heading counts, prose does not. */
static void found(void **state) {
  (void)state;
  static const struct {
    const char *text;
    bool found;
    bool recognised;
  } cases[] = {
      {ENVELOPE, true, true},
      {"P 111215Z FEB 09\nFM AMEMBASSY OSLO\n", true, true},
      {CLASS_LINE, true, true},
      {"UNCLAS SECTION 01 OF 02 OSLO 000071\n", true, true},
      {EO_LINE TAGS_LINE, true, true},
      {"SUBJECT: A BUOY\n\nREF: OSLO 44\n", true, false},
      {TAGS_LINE, true, false},
      {"Reference ID Created Released Classification Origin\n09OSLO71 "
       "2009-02-11 12:12 2011-03-04 16:04 CONFIDENTIAL Embassy Oslo\n",
       true, true},
      {"", false, false},
      {"\n\n \n", false, false},
      {"A buoy was laid out on Monday and nobody has seen it since.\n", false,
       false},
      {"Confidential sources told us that 12 buoys were lost.\n\nThe secret "
       "was out.\n",
       false, false},
      {"Dear Jane,\n\nfrom Oslo to Bergen it takes a day.\n", false, false},
      {"\x89PNG\r\n\x1a\n", false, false},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    telegram_case(cases[i].text);
    size_t n = strlen(cases[i].text);
    CablesParseOptions header = {.want = CABLES_WANT_HEADER};
    CHECK_NUMBER(parse_bytes(cases[i].text, n, header)->found, cases[i].found);
    CablesSpan s = telegram_copy(cases[i].text, strlen(cases[i].text));
    CHECK_NUMBER(cables_recognise(telegram_fixture.parser, s, false),
                 cases[i].recognised);
  }
  telegram_case("a body alone");
  CHECK_NUMBER(parse(PARAGRAPHS SIGNATURE)->found, 1);
  telegram_case("a text that is unknown");
  CablesParseOptions options = {.want = CABLES_WANT_ALL};
  const CablesTelegram *t =
      cables_parse(telegram_fixture.parser, CABLES_NO_SPAN, &options);
  assert_non_null(t);
  CHECK_NUMBER(t->found, 0);
  CHECK_NUMBER(cables_recognise(telegram_fixture.parser, CABLES_NO_SPAN, false),
               0);
}

/* telegram.h, cables_recognise: once true for a head, true for the whole. */
static void recognised_heads(void **state) {
  (void)state;
  static const char *const texts[] = {
      telegram_modern,
      telegram_old,
      telegram_page,
      "SECRET OSLO 12:30 is when the ferry leaves.\n",
      "SECRET OSLO 12/13 buoys are red.\n",
      "The ferry.\nP 111215Z FEB 09\nFM radio is all there is.\n",
      "Confidential sources told us that 12 buoys were lost.\n",
      TAGS_LINE SUBJECT_LINE EO_LINE,
  };
  for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
    size_t n = strlen(texts[i]);
    bool once = false;
    for (size_t k = 0; k <= n; k++) {
      CablesSpan s = telegram_copy(texts[i], k);
      bool now = cables_recognise(telegram_fixture.parser, s, k < n);
      if (once && !now) {
        telegram_case(texts[i]);
        CHECK_NUMBER(k, n + 1); /* tells the length */
        break;
      }
      once = now;
    }
  }
}

/* --- any bytes */

/* Parses n bytes in several ways. */
static void try_bytes(const char *z, size_t n) {
  CablesParseOptions options = {.want = CABLES_WANT_ALL};
  parse_bytes(z, n, options);
  options.more = true;
  options.want = CABLES_WANT_HEADER;
  parse_bytes(z, n, options);
  CablesSpan s = telegram_copy(z, n);
  cables_recognise(telegram_fixture.parser, s, true);
}

/* Every head, every tail and many middles of the samples. */
static void cut_everywhere(void **state) {
  (void)state;
  static const char *const texts[] = {telegram_modern, telegram_old,
                                      telegram_page};
  for (size_t i = 0; i < 3; i++) {
    size_t n = strlen(texts[i]);
    for (size_t k = 0; k <= n; k++) {
      try_bytes(texts[i], k);
      try_bytes(texts[i] + k, n - k);
      if (k + 97 < n) try_bytes(texts[i] + k, 97);
    }
  }
}

/* Each byte of a sample in turn replaced, and doubled away. */
static void damaged_everywhere(void **state) {
  (void)state;
  static const char bytes[] = "\0\xff\n (0X";
  size_t n = strlen(telegram_modern);
  char *text = malloc(n + 1);
  assert_non_null(text);
  memcpy(text, telegram_modern, n + 1);
  for (size_t k = 0; k < n; k++) {
    char kept = text[k];
    text[k] = bytes[k % (sizeof(bytes) - 1)];
    parse_bytes(text, n, (CablesParseOptions){.want = CABLES_WANT_ALL});
    text[k] = kept;
  }
  free(text);
}

static void any_bytes(void **state) {
  (void)state;
  for (int c = 0; c < 256; c++) {
    char z = (char)c;
    try_bytes(&z, 1);
  }
  enum { LONG = 20000 };
  static char z[LONG];
  static const char *const pieces[] = {"",
                                       "\xff",
                                       "\n",
                                       "\r\n",
                                       "A",
                                       "1. (C) ",
                                       "(C)\n",
                                       " ",
                                       "-",
                                       "\xc2",
                                       "\xb6",
                                       "\xe2\x80",
                                       "\x9d",
                                       "\\\n",
                                       "PAGE 0",
                                       "OSLO 00000071  002 OF 002\n",
                                       "SIPDIS\n",
                                       "NNNN\n",
                                       "UNCLAS OSLO 000071\n",
                                       "SUBJECT: ",
                                       "REF: A. ",
                                       "A B.\n",
                                       "------\n",
                                       "SUMMARY: ",
                                       "END SUMMARY ",
                                       "Reference ID\n",
                                       "Viewing cable ",
                                       "VZCZC\n",
                                       "FM \nTO ",
                                       "CONFIDENTIAL\n",
                                       "-- a\n",
                                       "X   Y   Z\n",
                                       "2. A\n\n",
                                       "E.O. 12958: "};
  for (size_t k = 0; k < sizeof(pieces) / sizeof(*pieces); k++) {
    size_t m = strlen(pieces[k]) > 0 ? strlen(pieces[k]) : 1;
    for (size_t i = 0; i < LONG; i++) z[i] = pieces[k][i % m];
    telegram_case(pieces[k]);
    try_bytes(z, LONG);
  }
}

/* Below a sound heading, any body. */
static void any_body(void **state) {
  (void)state;
  static const char *const pieces[] = {
      "1. (C) A. ", "9. ", "(", "[", "ref A ", "X", "\xff ", "-- a\n\n"};
  enum { LONG = 20000 };
  char *body = malloc(LONG + 1);
  assert_non_null(body);
  for (size_t k = 0; k < sizeof(pieces) / sizeof(*pieces); k++) {
    size_t m = strlen(pieces[k]);
    for (size_t i = 0; i < LONG; i++) body[i] = pieces[k][i % m];
    body[LONG] = '\0';
    const CablesTelegram *t = parse(telegram_format(HEADER "%s", body));
    telegram_case(pieces[k]);
    CHECK_TEXT(t->refid, "09OSLO71");
    CHECK_TEXT(t->subject, "A BUOY WITHOUT A NAME");
  }
  free(body);
}

/* A result depends on the argument alone, not on the telegram before. */
static void no_memory_of_the_last(void **state) {
  (void)state;
  static const char *const texts[] = {
      telegram_modern, "", telegram_old, TAGS_LINE, telegram_page, HEADER, "x"};
  enum { N = sizeof(texts) / sizeof(*texts) };
  char *first[N];
  for (size_t i = 0; i < N; i++) {
    first[i] = telegram_digest(parse(texts[i]), true);
  }
  for (size_t i = N; i > 0; i--) {
    char *again = telegram_digest(parse(texts[i - 1]), true);
    CHECK_NUMBER(strcmp(again, first[i - 1]), 0);
    free(again);
    free(first[i - 1]);
  }
}

/* Classification lines that are one, and texts that only begin so. */
static void class_lines_alone(void **state) {
  (void)state;
  static const struct {
    const char *text;
    bool recognised;
  } cases[] = {
      {"UNCLAS OSLO 0071\n", true},
      {"CONFIDENTIAL LA PAZ 71\n", true},
      {"UNCLAS BUOYTOWN 0071\n", false},
      {"UNCLAS BUOYTOWN 00071\n", true},
      {"S E C R E T BUOYTOWN 71\n", true},
      {"CONFIDENTIAL PTQ4417\n", false},
      {"CONFIDENTIAL PTQ 44170\n", false},
      {"PAGE 01 OSLO 00071 111230Z\n", true},
      {"PAGE 02 OSLO 00071 111230Z\n", false},
      {"PAGE 0\n", false},
      {"PAGE 00\n", false},
      {"PAGE 012 OSLO 00071 111230Z\n", false},
      {"PAGE 0001 OSLO 00071 111230Z\n", false},
      {"CS E C R E T BUOYTOWN 71\n", true},
      {"ECRET FEZ 1\n", false},
      {"ECRET ROME 1\n", true},
      {"PAGE 001\nOSLO 00071\n", true},
      {"DE RUEHNY #0071/01 0421215\n", true},
      {"DE XUEHNY #0071/01 0421215\n", false},
      {"P 111215Z FEB 09\nBUOY\nBELL\nFM AMEMBASSY OSLO\n", true},
      {"P 111215Z FEB 09\nBUOY\nBELL\nLIGHT\nFM AMEMBASSY OSLO\n", false},
      {"P 111215Z FEB 09\n", false},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    telegram_case(cases[i].text);
    CablesSpan s = telegram_copy(cases[i].text, strlen(cases[i].text));
    CHECK_NUMBER(cables_recognise(telegram_fixture.parser, s, false),
                 cases[i].recognised);
  }
}

/* modern.md 10.1: the origin's cell, or what stands where it could. */
static void origins(void **state) {
  (void)state;
  static const struct {
    const char *cell;
    const char *origin;
  } cases[] = {
      {"UNVIE", "UNVIE"},
      {"USNATO", "USNATO"},
      {"US Interests Section Havana", "US Interests Section Havana"},
      {"OSLO", "Embassy Oslo"},
      {"embassy oslo", "Embassy Oslo"},
      {"Embassy Oslo 2", "Embassy Oslo"},
      /* 60 and 61 bytes */
      {"Embassy of a name that is as long as any that a page prints.",
       "Embassy of a name that is as long as any that a page prints."},
      {"Embassy of a name that is longer than any which a page prints",
       "Embassy Oslo"},
      {"Embassy Oslo 2", "Embassy Oslo"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    telegram_case(cases[i].cell);
    const CablesTelegram *t = parse(telegram_format(
        "Reference ID\nCreated\nReleased\nClassification\nOrigin\n"
        "09OSLO71\n2009-02-11 12:12\n2011-03-04 16:04\nSECRET\n%s\n" BARE,
        cases[i].cell));
    CHECK_TEXT(t->refid, "09OSLO71");
    CHECK_TEXT(t->origin, cases[i].origin);
  }
}

/* 1970s.md 8: attributes behind a telegram are shown, and fill nothing. */
static void late_attributes(void **state) {
  (void)state;
  static const char *const fronts[] = {
      "",
      "Reference ID Created Released Classification Origin\n"
      "09OSLO71 2009-02-11 12:12 2011-03-04 16:04 CONFIDENTIAL Embassy Oslo\n",
  };
  for (size_t i = 0; i < sizeof(fronts) / sizeof(*fronts); i++) {
    telegram_case(fronts[i]);
    const CablesTelegram *t = parse(telegram_format(
        "%s" BARE "\nMessage Attributes\n\nSubject: SOMETHING ELSE\nType: TE\n",
        fronts[i]));
    check_bare(t);
    CHECK_NUMBER(t->n_attributes, 2);
    CHECK_TEXT(t->attributes[1].value, "TE");
  }
}

/* A lower-cased telegram: its envelope is read as if in capitals. */
static void lower_case(void **state) {
  (void)state;
  const CablesTelegram *t = parse(
      "vzczcxro0071\npp ruehlo\nde ruehny #0071/01 0421215\nzny ccccc zzh\n"
      "p 111215z feb 09\nfm amembassy oslo\nto ruehc/secstate washdc priority "
      "0412\nC o n f i d e n t i a l oslo 000071\n\n"
      "E.o. 12958: decl: 02/11/2019\nTags: prel, no\nSubject: A buoy\n\n"
      "1. (C) A buoy was laid out.\n\nHatherley\n");
  CHECK_TEXT(t->refid, "09OSLO71");
  CHECK_TEXT(t->created, "2009-02-11 12:15:00");
  CHECK_TEXT(telegram_addressees(t),
             "action:RUEHC/SECSTATE WASHDC,PRIORITY,0412");
  CHECK_TEXT(t->subject, "A buoy");
}

#define VALUES \
  "09OSLO71 2009-02-11 12:12 2011-03-04 16:04 CONFIDENTIAL Embassy Oslo\n"

/* A class line of 400 bytes, with what stands behind it, is one. */
static void long_class_lines(void **state) {
  (void)state;
  for (int n = 400; n <= 401; n++) {
    const char *text = telegram_format("SECRET OSLO 00071 %0*d\n", n - 18, 0);
    CablesSpan s = telegram_copy(text, strlen(text));
    CHECK_NUMBER(cables_recognise(telegram_fixture.parser, s, false), n == 400);
  }
}

/* A heading is judged by its first line that only headings have: eight lines
** from there on. */
static void first_lines_of_headings(void **state) {
  (void)state;
  static const struct {
    const char *text; /* above an E.O. line and a TAGS line */
    bool telegram;
  } cases[] = {
      {"", true},
      {"a\nb\nc\nd\ne\nf\ng\nh\n", true},
      {"REF: LIMA 71\nb\nc\nd\ne\nf\ng\n", false},
      {"REF: LIMA 71\nb\nc\nd\ne\nf\n", true},
      {"REF LIMA 71: ONE\nb\nc\nd\ne\nf\ng\nh\n", true},
      {"REF (LIMA 71)\nb\nc\nd\ne\nf\ng\nh\n", true},
      {"TAGS: PREL\nb\nc\nd\ne\nf\ng\nh\n", false},
      {"tags: prel\nb\nc\nd\ne\nf\ng\nh\n", false},
      {"e.o. 12958: n/a\nb\nc\nd\ne\nf\ng\nh\n", false},
      {"SUBJECT: A BUOY\nb\nc\nd\ne\nf\ng\nh\n", true},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    telegram_case(cases[i].text);
    const char *text =
        telegram_format("%sE.O. 12958: N/A\nTAGS: PREL\n", cases[i].text);
    CablesSpan s = telegram_copy(text, strlen(text));
    CHECK_NUMBER(cables_recognise(telegram_fixture.parser, s, false),
                 cases[i].telegram);
  }
}

/* modern.md 10.3: a table's cells on lines of their own: labels and cells, the
** origin below the others, at most twelve lines, at most 256 bytes. */
static void cells(void **state) {
  (void)state;
  static const struct {
    const char *lines;
    const char *refid;
    const char *origin;
  } cases[] = {
      {"09OSLO71\n2009-02-11 12:12\nSECRET\nEmbassy Oslo\n", "09OSLO71",
       "Embassy Oslo"},
      {"09OSLO71 2009-02-11 12:12\nSECRET\nEmbassy Oslo\n", "09OSLO71",
       "Embassy Oslo"},
      {"09OSLO71\n2009-02-11 12:12 SECRET\nEmbassy Oslo\n", "09OSLO71",
       "Embassy Oslo"},
      /* all on one line: what stands below is the telegram's */
      {"09OSLO71 2009-02-11 12:12 SECRET\nEmbassy Oslo\n", "09OSLO71", NULL},
      /* the text ends in the values */
      {"09OSLO71\n2009-02-11 12:12\nSECRET\nUSUN", "09OSLO71", "USUN"},
      {"09OSLO71\n2009-02-11 12:12\nSECRET\nOslo", "09OSLO71", "Oslo"},
      {"09OSLO71\n2009-02-11 12:12\nSECRET\nOSLO", "09OSLO71", NULL},
      {"09OSLO71\n2009-02-11 12:12\nSECRET", "09OSLO71", NULL},
      {"09OSLO71 2009-02-11 12:12 SECRET", "09OSLO71", NULL},
      {"09OSLO71\n2009-02-11 12:12\n", NULL, NULL},
      /* twelve lines, and thirteen */
      {"Created\nCreated\nCreated\nCreated\nCreated\nCreated\nCreated\nCreated"
       "\nCreated\n09OSLO71\n2009-02-11 12:12\nSECRET\n",
       "09OSLO71", NULL},
      {"Created\nCreated\nCreated\nCreated\nCreated\nCreated\nCreated\nCreated"
       "\nCreated\nCreated\n09OSLO71\n2009-02-11 12:12\nSECRET\n",
       NULL, NULL},
      /* a label below a cell is none */
      {"09OSLO71\nCreated\n2009-02-11 12:12\nSECRET\n", NULL, NULL},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    telegram_case(cases[i].lines);
    const CablesTelegram *t =
        parse(telegram_format("Reference ID\n%s", cases[i].lines));
    CHECK_TEXT(t->refid, cases[i].refid);
    CHECK_TEXT(t->origin, cases[i].origin);
  }
  /* the bytes of the cells, a tab behind each */
  for (int n = 256; n <= 257; n++) {
    const CablesTelegram *t =
        parse(telegram_format("Reference ID\n09OSLO71%*s 12:12\nSECRET\nUSUN\n",
                              n - 8 - 6 - 1 - 7, "2009-02-11"));
    CHECK_TEXT(t->refid, n == 256 ? "09OSLO71" : NULL);
  }
}

/* Values without labels are a table's from 28 bytes on, which is the least. */
static void values_alone(void **state) {
  (void)state;
  const CablesTelegram *t = parse("09OY 2009-02-11 12:12 SECRET\n" BARE);
  check_bare(parse("09OSLO71 2009-02-11 12:12 SECRET\n" BARE));
  CHECK_TEXT(t->classification, "SECRET");
  CHECK_NUMBER(t->carrier, CABLES_CARRIER_PAGE);
}

/* What a page prints between its table and the telegram; where nothing comes
** behind them there is no telegram. */
static void nothing_below_the_table(void **state) {
  (void)state;
  static const char *const tables[] = {
      VALUES,
      VALUES "\n\n",
      "Reference ID\n" VALUES,
      "Reference ID\n" VALUES "http://www.example.org/buoy\n",
      VALUES "Appears in these articles: 1\nhttp://www.example.org/buoy",
      "Message Text\n",
  };
  for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++) {
    telegram_case(tables[i]);
    const CablesTelegram *t = parse(tables[i]);
    CHECK_TEXT(t->text, "");
    CHECK_NUMBER(t->n_paragraphs, 0);
    CHECK_NUMBER(t->recognised, 1);
  }
}

/* Where the telegram of a page ends: at the next one, at the end of a message,
** at the archive's record. */
static void ends_of_pages(void **state) {
  (void)state;
  static const char *const behind[] = {
      "NNN\n",
      "NNNN\n",
      "Viewing cable 09LIMA44\n",
      "Reference ID Created\n",
      "Message Attributes\nType: TE\n",
      "VZCZCXRO0072\nPP RUEHLO\n",
  };
  for (size_t i = 0; i < sizeof(behind) / sizeof(*behind); i++) {
    telegram_case(behind[i]);
    const CablesTelegram *t = parse(
        telegram_format(VALUES BARE "\n%sThe end.\n1. One.\n", behind[i]));
    check_bare(t);
    size_t mark = i < 2 ? strlen(behind[i]) : 0;
    CHECK_NUMBER(t->text.n, strlen(BARE "\n") + mark);
    /* alone, the mark of the end of a message is not the end of the text */
    t = parse(telegram_format(BARE "\n%sThe end.\n", behind[i]));
    size_t more = i < 2 ? strlen("The end.\n") : 0;
    CHECK_NUMBER(t->text.n, strlen(BARE "\n") + mark + more);
    CHECK_NUMBER(t->carrier, CABLES_CARRIER_TELEGRAM);
  }
  telegram_case("a record without attributes");
  CHECK_NUMBER(parse("Message Text\n" BARE "Viewing cable 1\n")->text.n,
               strlen(BARE));
  telegram_case("behind a record");
  const CablesTelegram *t = parse("Message Text\n" BARE "NNN\nThe end.\n");
  CHECK_NUMBER(t->text.n, strlen(BARE "NNN\nThe end.\n"));
}

/* A page that shows another telegram behind has its own words above that, so
** that a signature with much text below it is the end. */
static void another_page(void **state) {
  (void)state;
  static const char much[] =
      "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\nm\nn\no\np\nq\nr\n";
  const CablesTelegram *t =
      parse(telegram_format(VALUES BARE "\n%sViewing cable 09LIMA44\n", much));
  check_bare(t);
  t = parse(telegram_format(VALUES BARE "\n%s", much));
  CHECK_TEXT(t->signer, NULL);
  t = parse(telegram_format(BARE "\n%sViewing cable 09LIMA44\n", much));
  CHECK_TEXT(t->signer, NULL);
}

/* A transmission id may stand below two thousand bytes of junk, and not below
** a classification line. */
static void junk(void **state) {
  (void)state;
  for (int n = 1999; n <= 2001; n++) {
    /* in a page, the bytes of the lines; the id's own are among them */
    const CablesTelegram *t =
        parse(telegram_format(VALUES "junk\n%0*d\nVZCZCXRO0071\n" BARE,
                              n - (int)strlen("VZCZCXRO0071"), 0));
    CHECK_TEXT(t->sender, n < 2000 ? "AMEMBASSY OSLO" : NULL);
    /* alone, from the line that began it: its bytes are 17 */
    t =
        parse(telegram_format("P 111215Z FEB 09\nFM AMEMBASSY LIMA\n%0*d\n"
                              "VZCZCXRO0071\nTO AMEMBASSY OSLO\n" CLASS_LINE,
                              n - 36, 0));
    CHECK_TEXT(telegram_addressees(t), n < 2001 ? "action:AMEMBASSY OSLO" : "");
  }
  telegram_case("below a classification line");
  const CablesTelegram *t =
      parse(VALUES "\nSECRET OSLO 0071\nVZCZCXRO0071\n" BARE);
  CHECK_TEXT(t->text, "SECRET OSLO 0071\n");
  t = parse("SECRET OSLO 0071\nVZCZCXRO0071\n" BARE);
  CHECK_TEXT(t->text, "SECRET OSLO 0071\n");
}

/* What stands above a classification line belongs to the telegram when it can
** be of an envelope that lost its first lines, or a level alone. */
static void above_the_first_line(void **state) {
  (void)state;
  static const struct {
    const char *lines;
    bool telegrams;
  } cases[] = {
      {"FM LX\n", true},         {"FM L\n", false},
      {"FM the sea\n", false},   {"TO LX\n", true},
      {"INFO LX\n", true},       {"ZNY CCCCC ZZH\n", true},
      {"ZNR UUUUU ZZH\n", true}, {"ZNX UUUUU ZZH\n", false},
      {"P 11BUOYS\n", true},     {"P 1BUOYS\n", false},
      {"P B1UOYS\n", false},     {"PX11BUOYS\n", false},
      {"X 11BUOYS\n", false},    {"111215Z Feb 09 Zff6\n", true},
      {"TO LX\nBUOYS\n", true},  {"TO LX\nBuoys\n", false},
      {"BUOYS\n", false},        {"UNCLASSIFIED\n", true},
      {"SECRET\n", true},        {"secret\n", false},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    telegram_case(cases[i].lines);
    const CablesTelegram *t = parse(
        telegram_format("The buoys.\n%sSECRET OSLO 0071\n", cases[i].lines));
    CHECK_NUMBER(t->text.n,
                 strlen("SECRET OSLO 0071\n") +
                     (cases[i].telegrams ? strlen(cases[i].lines) : 0));
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      telegram_test(long_class_lines),
      telegram_test(first_lines_of_headings),
      telegram_test(cells),
      telegram_test(values_alone),
      telegram_test(nothing_below_the_table),
      telegram_test(ends_of_pages),
      telegram_test(another_page),
      telegram_test(junk),
      telegram_test(above_the_first_line),
      telegram_test(class_lines_alone),
      telegram_test(origins),
      telegram_test(late_attributes),
      telegram_test(lower_case),
      telegram_test(table_form_1),
      telegram_test(table_form_2),
      telegram_test(table_form_3),
      telegram_test(table_form_4),
      telegram_test(table_form_5),
      telegram_test(values),
      telegram_test(below_the_table),
      telegram_test(around),
      telegram_test(several),
      telegram_test(backslashes),
      telegram_test(line_ends),
      telegram_test(archive_record),
      telegram_test(found),
      telegram_test(recognised_heads),
      telegram_test(cut_everywhere),
      telegram_test(damaged_everywhere),
      telegram_test(any_bytes),
      telegram_test(any_body),
      telegram_test(no_memory_of_the_last),
  };
  return telegram_run(tests);
}
