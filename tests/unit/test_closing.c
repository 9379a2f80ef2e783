/*
** Tests of the end of a telegram: signature and trailer.  Expected values are
** worked out from shared/format/modern.md 9.6, 10.3 and 1970s.md 3, 7.
*/
#include "telegrams.h"

typedef struct Case {
  const char *lines;  /* below the last sentence "Nobody has seen it since" */
  const char *signer; /* or NULL */
} Case;

static void check(const Case *cases, size_t n) {
  for (size_t i = 0; i < n; i++) {
    telegram_case(cases[i].lines);
    const CablesTelegram *t = parse(
        telegram_format(HEADER "1. (C) A buoy was laid out.\n\n2. (C) Nobody "
                               "has seen it since.%s",
                        cases[i].lines));
    CHECK_TEXT(t->signer, cases[i].signer);
    CHECK_NUMBER(t->complete, 1);
    CHECK_NUMBER(t->n_numbered, 2);
    assert_true(t->n_paragraphs >= 2);
    CHECK_TEXT(t->paragraphs[1].text, "Nobody has seen it since.");
    if (cases[i].signer == NULL) continue;
    const CablesParagraph *last = &t->paragraphs[t->n_paragraphs - 1];
    CHECK_WORD(last->kind, "signature");
    CHECK_TEXT(last->text, cases[i].signer);
    /* the body ends before it */
    CHECK_NUMBER(
        t->body.n >= 25 && memcmp(t->body.z + t->body.n - 25,
                                  "Nobody has seen it since.", 25) == 0,
        1);
  }
}
#define CHECK(cases) check(cases, sizeof(cases) / sizeof(*(cases)))

/* modern.md 9.6: on a line of its own. */
static void own_line(void **state) {
  (void)state;
  static const Case cases[] = {
      {"\n\nHATHERLEY\n", "HATHERLEY"},
      {"\n\nHATHERLEY", "HATHERLEY"},
      {"\nHATHERLEY\n", "HATHERLEY"},
      {"\n\nHatherley\n", "Hatherley"},
      {"\n\nPARGETER-SMITH\n", "PARGETER-SMITH"},
      {"\n\nO'QUENNELL\n", "O'QUENNELL"},
      {"\n\nVAN DORN\n", "VAN DORN"},
      {"\n\nHATHERLEY JR\n", "HATHERLEY JR"},
      {"\n\nHATHERLEY JR.\n", "HATHERLEY JR."},
      {"\n\n   HATHERLEY\n", "HATHERLEY"},
      {"\n", NULL},
      {"", NULL},
  };
  CHECK(cases);
}

/* modern.md 9.6: decorations. */
static void decorated(void **state) {
  (void)state;
  static const Case cases[] = {
      {"\n\nHATHERLEY .\n", "HATHERLEY"},  {"\n\nHATHERLEY.\n", "HATHERLEY"},
      {"\n\nHATHERLEY ##\n", "HATHERLEY"}, {"\n\nHATHERLEY#\n", "HATHERLEY"},
      {"\n\nHATHERLEY //\n", "HATHERLEY"}, {"\n\nHATHERLEY\n##\n", "HATHERLEY"},
  };
  CHECK(cases);
}

/* modern.md 9.6: at the end of the last text line. */
static void same_line(void **state) {
  (void)state;
  static const Case cases[] = {
      {" HATHERLEY\n", "HATHERLEY"},
      {"  HATHERLEY\n", "HATHERLEY"},
      {" PARGETER-SMITH\n", "PARGETER-SMITH"},
      {" Hatherley\n", "Hatherley"},
  };
  CHECK(cases);
}

/* modern.md 9.6: what may stand behind the signature. */
static void trailers(void **state) {
  (void)state;
  static const Case cases[] = {
      {"\n\nHATHERLEY\n\n\nNNNN\n", "HATHERLEY"},
      {"\n\nHATHERLEY\n\n\nNNNN\n\nEnd Cable Text\n", "HATHERLEY"},
      {"\n\nHATHERLEY\n\nCONFIDENTIAL\n", "HATHERLEY"},
      {"\n\nHATHERLEY\nCONFIDENTIAL\nNNN\n", "HATHERLEY"},
      {"\n\nHATHERLEY\n\nDeclassified/Released US Department of State EO "
       "Systematic Review 05 JUL 2006\n",
       "HATHERLEY"},
      {"\n\nHATHERLEY\n\n2004OSLO00071 - CONFIDENTIAL\n", "HATHERLEY"},
      {"\n\nHATHERLEY\n\nID:\t187111\n", "HATHERLEY"},
      {"\n\nHATHERLEY\n\n2009-12-31\n", "HATHERLEY"},
      {"\n\nHATHERLEY\n\nSELECT * FROM `cable` WHERE `id` = 1\n", "HATHERLEY"},
      {"\n\nHATHERLEY\n\nNOTE BY OC/T: PARAGRAPH 9 WITHHELD.\n", "HATHERLEY"},
      {"\n\nHATHERLEY\n<< END OF DOCUMENT >>\n", "HATHERLEY"},
      {"\n\nHATHERLEY\n\n------------------\n", "HATHERLEY"},
  };
  CHECK(cases);
}

/* Words on a line of their own that sign nothing. */
static void no_signatures(void **state) {
  (void)state;
  static const Case cases[] = {
      {"\n\nEND COMMENT\n", NULL},
      {"\n\nEND SUMMARY.\n", NULL},
      {"\n\nMINIMIZE CONSIDERED\n", NULL},
      {"\n\nEND TEXT\n", NULL},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    telegram_case(cases[i].lines);
    const CablesTelegram *t = parse(telegram_format(
        HEADER "1. (C) A buoy.\n\n2. (C) Nobody.%s", cases[i].lines));
    CHECK_TEXT(t->signer, NULL);
  }
  telegram_case("a paragraph that goes on");
  const CablesTelegram *t =
      parse(HEADER "1. (C) A buoy.\n\n2. (C) Nobody has seen the\nOSLO\n");
  CHECK_TEXT(t->signer, NULL);
  CHECK_NUMBER(t->complete, 0);
}

/* modern.md 9.6: what stands before the signature. */
static void before_the_signature(void **state) {
  (void)state;
  static const char *const cases[] = {
      "\n*****************************************\n"
      "Visit Oslo's website at: http://www.state.example/oslo/\n"
      "*****************************************\n",
      "\nMINIMIZE CONSIDERED.\n",
      "\n3. (U) The Harbor Master has cleared this message.\n",
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    telegram_case(cases[i]);
    const CablesTelegram *t =
        parse(telegram_format(HEADER PARAGRAPHS "%s" SIGNATURE, cases[i]));
    CHECK_TEXT(t->signer, "HATHERLEY");
    CHECK_NUMBER(t->complete, 1);
  }
}

/* modern.md 9.6: cut by the publisher; 12, point 10. */
static void cut_texts(void **state) {
  (void)state;
  static const char *const cases[] = {
      HEADER "1. (C) A buoy was laid out...\n",
      HEADER "1. (C) A buoy was laid\n",
      HEADER "1. (C) A buoy was laid out.\n\n2. (C) Nobody has\n",
      ENVELOPE CLASS_LINE EO_LINE TAGS_LINE "SUBJECT: A BUOY...\n",
      ENVELOPE CLASS_LINE EO_LINE TAGS_LINE,
      ENVELOPE CLASS_LINE,
      ENVELOPE,
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    telegram_case(cases[i]);
    const CablesTelegram *t = parse(cases[i]);
    CHECK_NUMBER(t->found, 1);
    CHECK_TEXT(t->signer, NULL);
    CHECK_NUMBER(t->complete, 0);
    CHECK_TEXT(t->dtg, "111215Z FEB 09");
  }
}

/* 1970s.md 7: one surname above the banner and NNN. */
static void seventies(void **state) {
  (void)state;
  const CablesTelegram *t = parse(telegram_old);
  CHECK_TEXT(t->signer, "LARKSPUR");
  CHECK_TEXT(telegram_paragraphs(t),
             "1 paragraph: THE FERRY WAS SOLD TO A MR. PETTIGREW ON MONDAY AND "
             "TO HIS BROTHER ON TUESDAY.|"
             "2 paragraph: EACH BROTHER HAS ONE ENGINE.|signature: LARKSPUR");
}

/* modern.md 10.3: in a page the telegram ends at its signature. */
static void pages(void **state) {
  (void)state;
  const CablesTelegram *t = parse(telegram_page);
  CHECK_TEXT(t->signer, "HATHERLEY");
  CHECK_NUMBER(t->complete, 1);
  CHECK_TEXT(telegram_paragraphs(t),
             "1 C paragraph: A buoy was laid out on Monday.|"
             "2 C paragraph: Nobody has seen it since.|signature: HATHERLEY");
  CHECK_NUMBER(cables_find(t->text, CABLES_LIT("comments")) == (size_t)-1, 1);
}

/* modern.md 9.6: names that are decorated, short, or no names. */
static void odd_names(void **state) {
  (void)state;
  static const Case cases[] = {
      {"\n\nHATHERLEY CONSIDERED\n", NULL},
      {"\n\nHATHERLEY RECORDS\n", "HATHERLEY RECORDS"},
      {"\n\nA B C D E\n", NULL},
      {"\n\n-\n", NULL},
      {"\n\n'ATHERLEY\n", NULL},
      {"\n\nHATHERLEY4\n", NULL},
      {"\n\n\xc3\x89TIENNE\n", "\xc3\x89TIENNE"},
      {"\n\nhatherley\n", "hatherley"},
      {"\n\nNNN\n", NULL},
      {"\n\nHATHERLEY\n\nOSLO 71 - Classification: SECRET\n", "HATHERLEY"},
      {" \xc2\xb6HATHERLEY\n", "HATHERLEY"},
      {" HATHERLEY.\n", NULL},
      {" HATHERLEY .\n", "HATHERLEY"},
      {" HATHERLEY ##\n", "HATHERLEY"},
      {" OK\n", NULL},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    telegram_case(cases[i].lines);
    const CablesTelegram *t =
        parse(telegram_format(
            HEADER "1. (C) A buoy was laid out.\n\n2. (C) Nobody has seen it "
                   "since.%s",
            cases[i].lines));
    CHECK_TEXT(t->signer, cases[i].signer);
  }
}

#define TABLE                                             \
  "Reference ID Created Released Classification Origin\n" \
  "09OSLO71 2009-02-11 12:12 2011-03-04 16:04 CONFIDENTIAL Embassy Oslo\n"
#define TEXT "1. (C) A buoy was laid out.\n\n2. (C) Nobody has seen it since."

/* The signer of a telegram with other lines behind its last sentence. */
static CablesSpan signer(const char *lines) {
  telegram_case(lines);
  return parse(telegram_format(HEADER TEXT "%s", lines))->signer;
}

/* Names by their letters, words and bytes; the last may end the text. */
static void names(void **state) {
  (void)state;
  static const Case cases[] = {
      {"\n\nAB\n", "AB"},
      {"\n\nA\n", NULL},
      {"\n\nA,\n", NULL},
      {"\n\nA B\n", "A B"},
      {"\n\nA B C D\n", "A B C D"},
      {"\n\nA B C D E\n", NULL},
      {"\n\nHATHERLEY, MAUD\n", "HATHERLEY, MAUD"},
      {"\n\n,HATHERLEY\n", NULL},
      {"\n\nMAUD 'ATHERLEY\n", NULL},
      {"\n\nMaud hatherley\n", NULL},
      {"\n\nMaud Hatherley\n", "Maud Hatherley"},
      {"\n\n\xc3\x80LVARO\n", "\xc3\x80LVARO"},
      {"\n\n\x80\x80\n", "\x80\x80"},
      {"\n\n\x7f\x7f\n", NULL},
      /* forty bytes, and one more */
      {"\n\nABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMN\n",
       "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMN"},
      {"\n\nABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNO\n", NULL},
      /* words that sign nothing, and names that hold them */
      {"\n\nTEXT\n", NULL},
      {"\n\nTHE TEXT", NULL},
      {"\n\nTEXT HATHERLEY\n", NULL},
      {"\n\nTEXTOR\n", "TEXTOR"},
      {"\n\nWESTEXT", "WESTEXT"},
      {"\n\nWESTEXTOR\n", "WESTEXTOR"},
      /* one word in lower case */
      {"\n\nmaud\n", "maud"},
      {"\n\nida\n", NULL},
      {"\n\nabcdefghijklmnop\n", "abcdefghijklmnop"},
      {"\n\nabcdefghijklmnopq\n", NULL},
      {"\n\nma ud\n", NULL},
      {"\n\nmaud", "maud"},
      {"\n\nmau1", NULL},
      {"\n\ntext\n", NULL},
      /* decorations alone; a title that ends in a point */
      {"\n\n# #\n", NULL},
      {"\n\nJR.\n", "JR."},
      {"\n\nHATHERLEY JR. #\n", "HATHERLEY JR."},
      {"\n\nHATHERLEY\n##", "HATHERLEY"},
      {"\n\nHATHERLEY\n#x#", NULL},
      {"\n\nHATHERLEY", "HATHERLEY"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    CHECK_TEXT(signer(cases[i].lines), cases[i].signer);
  }
}

/* Names at the end of a text line: below a sentence of three bytes, at most
** forty bytes from it, of three letters. */
static void names_in_lines(void **state) {
  (void)state;
  static const Case cases[] = {
      {"\n4x. HATHERLEY\n", "HATHERLEY"},
      {"\n4. HATHERLEY\n", NULL},
      {"\n4x! HATHERLEY\n", "HATHERLEY"},
      {"\n4x? HATHERLEY\n", "HATHERLEY"},
      {"\n\"No\" HATHERLEY\n", "HATHERLEY"},
      {"\n(No) HATHERLEY\n", "HATHERLEY"},
      {"\n4x, HATHERLEY\n", NULL},
      {"\n4x.HATHERLEY\n", NULL},
      {" AB\n", NULL},
      {"  AB\n", NULL},
      {" ABC\n", "ABC"},
      {" Abc\n", NULL},
      {" Abcd\n", "Abcd"},
      {" Maud Abcd\n", NULL},
      {" MAUD ABCD\n", "MAUD ABCD"},
      {" Hatherley ##\n", "Hatherley"},
      {" Hatherley.\n", NULL},
      {" Hatherley .\n", NULL},
      {" HATHERLEY .\n", "HATHERLEY"},
      {" (Nobody)", NULL},
      {" \"Nobody\"\n", NULL},
      /* thirty-nine bytes with the blank, and forty */
      {" ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKL\n",
       "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKL"},
      {" ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLM\n",
       "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLM"},
      {" ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMN\n", NULL},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    CHECK_TEXT(signer(cases[i].lines), cases[i].signer);
  }
  telegram_case("no text but a name");
  CHECK_TEXT(parse(HEADER "HATHERLEY\n")->signer, NULL);
}

/* A word is set apart where a line had room for it: one of forty lines. */
static void room_in_forty_lines(void **state) {
  (void)state;
  for (int n = 39; n <= 40; n++) {
    char z[500] = "";
    for (int i = 0; i < n; i++) strcat(z, "Red buoys.\n");
    telegram_case("a wide line above");
    const CablesTelegram *t =
        parse(telegram_format(
            HEADER "1. (C) A buoy is as wide as this line of it is.\n%s"
                   "More of the buoys of wood\nHATHERLEY\n",
            z + 11));
    CHECK_TEXT(t->signer, n == 39 ? "HATHERLEY" : NULL);
  }
  telegram_case("a wide line of the heading");
  const CablesTelegram *t = parse(
      ENVELOPE CLASS_LINE EO_LINE TAGS_LINE SUBJECT_LINE
      "Classified By: Ambassador Rufus Hatherley for reasons 1.4 (b), (d).\n"
      "1. (C) More of the buoys of wood\nHATHERLEY\n");
  CHECK_TEXT(t->signer, NULL);
}

/* Lines behind a signature that a telegram can have, and others. */
static void more_trailers(void **state) {
  (void)state;
  static const Case cases[] = {
      {"\n\nHATHERLEY\n2009-12-31\n", "HATHERLEY"},
      {"\n\nHATHERLEY\n2009-13-31\n", NULL},
      {"\n\nHATHERLEY\n2009-12-31 10:00\n", NULL},
      {"\n\nHATHERLEY\n9OSLO71 - CONFIDENTIAL\n", "HATHERLEY"},
      {"\n\nHATHERLEY\nOSLO 71 - CONFIDENTIAL\n", NULL},
      {"\n\nHATHERLEY\nOSLO - Classification: SECRET\n", "HATHERLEY"},
      {"\n\nHATHERLEY\nOSLO - Classification SECRET\n", NULL},
      {"\n\nHATHERLEY\nNOTE: A BUOY\n", "HATHERLEY"},
      {"\n\nHATHERLEY\n<<\n", "HATHERLEY"},
      {"\n\nHATHERLEY\nMargaret P. Grafeld\n", "HATHERLEY"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    CHECK_TEXT(signer(cases[i].lines), cases[i].signer);
  }
}

/* A page of lines that end in a blank, as far as they are the telegram's:
** `spaced` of `texts` lines of the body, then what stands behind. */
static const CablesTelegram *spaced_page(int spaced, int texts, const char *end,
                                         const char *behind) {
  char body[1000];
  size_t n = (size_t)snprintf(body, sizeof(body), "1. One%s",
                              spaced > 0 ? " \n" : "\n");
  for (int i = 1; i < texts; i++) {
    /* the last of them is one of those with a blank */
    bool blank = i >= texts - spaced + 1;
    n += (size_t)snprintf(body + n, sizeof(body) - n, "row%s%s",
                          i == texts - 1 ? end : "", blank ? " \n" : "\n");
  }
  telegram_case(behind);
  return parse(
      telegram_format(TABLE "S E C R E T OSLO 000071\n\n%s%s", body, behind));
}

/* modern.md 10.3: where four fifths of the lines, and at least five, end in a
** blank, what stands apart below the last of them is the page's. */
static void cut_by_blanks(void **state) {
  (void)state;
  static const char behind[] = "\nWhat a buoy\n";
  static const struct {
    int spaced;
    int texts;
    bool cut;
  } cases[] = {{5, 5, true},  {4, 4, false},  {8, 10, true},
               {7, 9, false}, {12, 15, true}, {11, 14, false}};
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    const CablesTelegram *t =
        spaced_page(cases[i].spaced, cases[i].texts, "", behind);
    bool cut = cables_find(t->text, CABLES_LIT("What")) == (size_t)-1;
    CHECK_NUMBER(cut, cases[i].cut);
  }
  telegram_case("not apart");
  const CablesTelegram *t = spaced_page(9, 9, "", "What a buoy\n");
  CHECK_NUMBER(cables_find(t->text, CABLES_LIT("What")) != (size_t)-1, 1);
  telegram_case("a name in capitals is the signature");
  t = spaced_page(9, 9, ".", "HATHERLEY\nWhat a buoy\n");
  CHECK_TEXT(t->signer, "HATHERLEY");
  CHECK_NUMBER(cables_find(t->text, CABLES_LIT("What")), -1);
  telegram_case("another is the page's");
  t = spaced_page(9, 9, ".", "\nHatherley\nWhat a buoy\n");
  CHECK_NUMBER(cables_find(t->text, CABLES_LIT("Hath")), -1);
  t = spaced_page(9, 9, ".", "Hatherley\nWhat a buoy\n");
  CHECK_NUMBER(cables_find(t->text, CABLES_LIT("Hath")) != (size_t)-1, 1);
  telegram_case("a paragraph below");
  t = spaced_page(9, 9, ".", "\n2. Two\n");
  CHECK_NUMBER(t->n_numbered, 2);
  telegram_case("nothing below but blank lines");
  t = spaced_page(9, 9, ".", "\n\n-----\n");
  CHECK_NUMBER(t->n_numbered, 1);
  telegram_case("a signature at the end");
  t = spaced_page(9, 9, ".", "\nWhat a buoy.\n\nHATHERLEY\n");
  CHECK_TEXT(t->signer, "HATHERLEY");
  CHECK_NUMBER(cables_find(t->text, CABLES_LIT("What")) != (size_t)-1, 1);
  telegram_case("fifteen lines below, and sixteen");
  for (int n = 15; n <= 16; n++) {
    char more[100] = "\n";
    for (int i = 0; i < n; i++) strcat(more, "wood\n");
    t = spaced_page(9, 9, "", more);
    CHECK_NUMBER(cables_find(t->text, CABLES_LIT("wood")) == (size_t)-1,
                 n == 15);
  }
  telegram_case("a line that is cut at a label counts once");
  t = parse(TABLE
            "S E C R E T OSLO 000071\nTAGS: PREL SUBJECT: BUOYS \n"
            "1. One \nrow \nrow \nrow \n\nWhat a buoy\n");
  CHECK_NUMBER(cables_find(t->text, CABLES_LIT("What")), -1);
  t = parse(TABLE
            "S E C R E T OSLO 000071\nTAGS: PREL SUBJECT: BUOYS \n"
            "1. One \nrow \nrow \n\nWhat a buoy\n");
  CHECK_NUMBER(cables_find(t->text, CABLES_LIT("What")) != (size_t)-1, 1);
  telegram_case("line ends of other systems");
  t = parse(TABLE
            "S E C R E T OSLO 000071\r\nSUBJECT: BUOYS \r\n"
            "1. One \r\nrow \r\nrow \r\nrow \r\n\r\nWhat a buoy\r\n");
  CHECK_NUMBER(cables_find(t->text, CABLES_LIT("What")), -1);
  t = parse(TABLE
            "S E C R E T OSLO 000071\r\nSUBJECT: BUOYS\r\n"
            "1. One\r\nrow\r\nrow\r\nrow\r\n\r\nWhat a buoy\r\n");
  CHECK_NUMBER(cables_find(t->text, CABLES_LIT("What")) != (size_t)-1, 1);
}

/* The number of bytes of a page's text that are its telegram's. */
static size_t telegram_bytes(const char *text) {
  telegram_case(text);
  return parse(telegram_format(TABLE HEADER "%s", text))->text.n -
         strlen(HEADER);
}

/* modern.md 10.3: the first signature below the last paragraph ends a page's
** telegram. */
static void cut_at_signatures(void **state) {
  (void)state;
  static const struct {
    const char *text;
    const char *rest; /* what is none of the telegram's */
  } cases[] = {
      {TEXT "\n\nHATHERLEY\nA man.\n", "A man.\n"},
      {TEXT " HATHERLEY\n\nA man.\n", "A man.\n"},
      {TEXT " Hatherley\n\nA man.\n", ""},
      {TEXT " HATHERLEY\nA man.\n", ""},
      {TEXT "\n\nVAN DORN\nA man.\n", ""},
      {TEXT "\n\nVAN DORN\n\nA man.\n", ""},
      {TEXT "\n\nAB\n\nA man.\n", ""},
      {TEXT "\n\nNNNNA\n", ""},
      {TEXT "\n\nHATHERLEY\n-----\nA man.\n", ""},
      {TEXT "\n\nHATHERLEY\n\n-----\nA man.\n", "A man.\n"},
      {TEXT "\n\nHATHERLEY\nNNNN\n##\nA man.\n", "##\nA man.\n"},
      /* not numbered: a heading, unless a blank line is below it */
      {"A buoy.\n\nHATHERLEY\nA man.\n", ""},
      {"(C) A buoy.\n\nHATHERLEY\nA man.\n", "A man.\n"},
      {"(C) A buoy.\n\nHATHERLEY\n\nA man.\n", "\nA man.\n"},
      {"A buoy.\n\nHATHERLEY\n\nA man.\n", "\nA man.\n"},
      /* nothing of a body, and a name alone */
      {"", ""},
      {"HATHERLEY\n\nA man.\n", ""},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    size_t n = telegram_bytes(cases[i].text);
    size_t all = strlen(cases[i].text);
    /* the blank lines above the rest may be of either */
    size_t kept = all - strlen(cases[i].rest);
    if (cases[i].rest[0] == '\n') {
      CHECK_NUMBER(n >= kept && n <= kept + 1, 1);
    } else {
      CHECK_NUMBER(n, kept);
    }
  }
}

/* Lines of words of pages are told by up to a hundred words. */
static void hundred_page_words(void **state) {
  (void)state;
  for (int n = 100; n <= 101; n++) {
    char text[1000] = "\n\n";
    for (int i = 0; i < n; i++) strcat(text, "print\n");
    const CablesTelegram *t = parse(telegram_format(HEADER TEXT "%s", text));
    CHECK_NUMBER(cables_find(t->text, CABLES_LIT("print")) == (size_t)-1,
                 n == 100);
  }
}

/* A thousand lines that could open what a page prints are tried. */
static void thousand_tries(void **state) {
  (void)state;
  for (int n = 999; n <= 1000; n++) {
    char *text = malloc(10000);
    assert_non_null(text);
    size_t used = (size_t)snprintf(text, 10000, "%s1. (C) A buoy", HEADER);
    for (int i = 0; i < n; i++) {
      used += (size_t)snprintf(text + used, 10000 - used, "\nPrint");
    }
    snprintf(text + used, 10000 - used, "\n\nComments (3)\nA man.\n");
    const CablesTelegram *t = parse(text);
    CHECK_NUMBER(cables_find(t->text, CABLES_LIT("A man")) == (size_t)-1,
                 n == 999);
    free(text);
  }
}

/* The words of a page below the mark of the end; below a signature that ends
** half a sentence they are a text's. */
static void ended_above(void **state) {
  (void)state;
  static const struct {
    const char *lines;
    bool cut;
  } cases[] = {
      {"1. (C) A buoy\n\nNNNN\nPrint\n", true},
      {"1. (C) A buoy\n\nPrint\n", false},
      {"1. (C) A buoy.\n\nHATHERLEY\nPrint\nA man.\n", true},
      {"1. (C) A buoy\n\nHATHERLEY\nPrint\nA man.\n", false},
      {"1. (C) A buoy. HATHERLEY\nPrint\nA man.\n", true},
      {"1. (C) A buoy.\nPrint\nA man.\n", false},
      {"1. (C) A buoy.\n\nHATHERLEY\n\n##\n\nPrint\nA man.\n", true},
      {"-----\n\nPrint\n", false},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    telegram_case(cases[i].lines);
    const CablesTelegram *t =
        parse(telegram_format(HEADER "%s", cases[i].lines));
    CHECK_NUMBER(cables_find(t->text, CABLES_LIT("Print")) == (size_t)-1,
                 cases[i].cut);
  }
}

/* A body that a page shows as it is: to its last byte. */
static void shown_bodies(void **state) {
  (void)state;
  static const char front[] = TABLE HEADER;
  static const char body[] = TEXT "\n\nHATHERLEY\nA man.\n";
  const char *text = telegram_format("%s%sThe end.\n", front, body);
  size_t begin = strlen(front);
  size_t end = begin + strlen(body);
  static const struct {
    int from; /* from where the body begins */
    int to;   /* from where it ends */
    bool whole;
  } cases[] = {{0, 0, true},
               {1, 0, false},
               {-1, 0, true},
               {0, -1, true},
               {0, -(int)sizeof(body) + 31, true},
               {0, -(int)sizeof(body) + 30, false}};
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    CablesRange shown = {(size_t)((long)begin + cases[i].from),
                         (size_t)((long)end + cases[i].to)};
    const CablesTelegram *t = parse_bytes(
        text, strlen(text),
        (CablesParseOptions){.want = CABLES_WANT_ALL, .verbatim = shown});
    /* where it is not all shown the signature is the end */
    bool man = cables_find(t->text, CABLES_LIT("A man")) != (size_t)-1;
    bool until_end = cases[i].to >= -1;
    CHECK_NUMBER(man, cases[i].whole && until_end);
  }
  telegram_case("to the end of the text");
  const CablesTelegram *all =
      parse_bytes(text, strlen(text),
                  (CablesParseOptions){.want = CABLES_WANT_ALL,
                                       .verbatim = {begin, strlen(text)}});
  CHECK_NUMBER(all->text.n, strlen(text) - strlen(TABLE));
  telegram_case("nothing else");
  const CablesTelegram *t = parse_bytes(
      front, strlen(front),
      (CablesParseOptions){.want = CABLES_WANT_ALL,
                           .verbatim = {strlen(TABLE), strlen(front)}});
  CHECK_NUMBER(t->text.n, strlen(HEADER));
}

/* modern.md 2.3, 9.5: a heading that is repeated in the body is furniture: from
** a page line above it to the next paragraph, sixty lines at most each way. */
static void repeated_headings(void **state) {
  (void)state;
  for (int above = 58; above <= 61; above++) {
    char z[600] = "";
    for (int i = 0; i < above; i++) strcat(z, "ab\n");
    telegram_case("above");
    const CablesTelegram *t = parse(telegram_format(
        HEADER "1. (C) One.\nPAGE 02 OSLO 00071 111230Z\n%s" CLASS_LINE
               "2. (C) Two.\n",
        z));
    CHECK_NUMBER(t->n_paragraphs, 2);
    CHECK_NUMBER(
        t->paragraphs[0].text.n,
        above < 60 ? strlen("One.") : strlen("One.") + 3 * (size_t)above);
    telegram_case("below");
    t = parse(telegram_format(
        HEADER "1. (C) One.\n" CLASS_LINE "%s2. (C) Two.\n", z));
    /* the blank line below it is one of the sixty */
    CHECK_NUMBER(t->n_paragraphs, above == 58 ? 2 : 3);
  }
  static const struct {
    const char *lines;
    const char *want;
    int section; /* of the last row */
  } cases[] = {
      {"S E C R E T SECTION 02 OF 03 OSLO 000071\nNODIS\n2. (C) Two.\n",
       "1 C paragraph: One.|2 C paragraph: Two.", 2},
      {"S E C R E T SECTION 63 OF 64 OSLO 000071\nNODIS\n2. (C) Two.\n",
       "1 C paragraph: One.|2 C paragraph: Two.", 63},
      {"S E C R E T SECTION 64 OF 65 OSLO 000071\nNODIS\n2. (C) Two.\n",
       "1 C paragraph: One.|2 C paragraph: Two.", 1},
      {"S E C R E T SECTION 00 OF 03 OSLO 000071\nNODIS\n2. (C) Two.\n",
       "1 C paragraph: One.|2 C paragraph: Two.", 1},
      {"S E C R E T OSLO 000071\nNODIS\n(C) Two.\n",
       "1 C paragraph: One. (C) Two.", 1},
      {"S E C R E T OSLO 000071\nSUBJECT: BUOYS\n(C) Two.\n",
       "1 C paragraph: One. (C) Two.", 1},
      {"S E C R E T OSLO 000071\nNODIS", "1 C paragraph: One.", 1},
      {"S E C R E T OSLO 000072\nNODIS\n2. (C) Two.\n",
       "1 C paragraph: One. S E C R E T OSLO 000072 NODIS|2 C paragraph: Two.",
       1},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    telegram_case(cases[i].lines);
    const CablesTelegram *t =
        parse(telegram_format(HEADER "1. (C) One.\n%s", cases[i].lines));
    CHECK_TEXT(telegram_paragraphs(t), cases[i].want);
    CHECK_NUMBER(t->paragraphs[t->n_paragraphs - 1].section, cases[i].section);
  }
}

/* Numbers that do not go on are a list's: what the page prints stands below
** the last of a telegram's own. */
static void numbers_that_go_on(void **state) {
  (void)state;
  static const struct {
    const char *line;
    bool telegrams; /* what stands above the line is its text */
  } cases[] = {
      {"3. Three.", true},    {"5. Five.", true},         {"6. Six.", false},
      {"2. Two.", false},     {"1. One.", false},         {"1. (C) One.", true},
      {"9. (C) Nine.", true}, {"1. (C) A.\n2. B.", true},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    telegram_case(cases[i].line);
    const CablesTelegram *t = parse(
        telegram_format(HEADER TEXT "\n\nComments (3)\n%s\n", cases[i].line));
    CHECK_NUMBER(cables_find(t->text, CABLES_LIT("Comments")) != (size_t)-1,
                 cases[i].telegrams);
  }
}

/* Texts of just as many lines as there is room for at first, 256: behind the
** last there is none. */
static void full_lines(void **state) {
  (void)state;
  static const char *const ends[] = {
      "HATHERLEY\n",
      "NNNNA\n",
      "A man. HATHERLEY\n",
      "A man\n",
      "A man.\n",
      "Print\n",
      "Comments (3)\n",
      "S E C R E T OSLO 000071\n",
      "NNNN\n",
      "-----\n",
      "\n",
      "1. (C) One.\n",
      "1. (C) SUMMARY: One.\n",
  };
  for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
    for (int page = 0; page < 2; page++) {
      for (int lines = 254; lines <= 256; lines++) {
        char text[2000];
        size_t n = (size_t)snprintf(
            text, sizeof(text), "%sS E C R E T OSLO 000071 \n1. (C) One. \n",
            page ? TABLE : "");
        for (int k = 2; k < lines - 1; k++) {
          n += (size_t)snprintf(text + n, sizeof(text) - n, "wood \n");
        }
        snprintf(text + n, sizeof(text) - n, "%s", ends[i]);
        telegram_case(ends[i]);
        const CablesTelegram *t = parse(text);
        CHECK_TEXT(t->classification, page ? "CONFIDENTIAL" : "SECRET");
      }
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      telegram_test(names),
      telegram_test(names_in_lines),
      telegram_test(room_in_forty_lines),
      telegram_test(more_trailers),
      telegram_test(cut_by_blanks),
      telegram_test(cut_at_signatures),
      telegram_test(hundred_page_words),
      telegram_test(thousand_tries),
      telegram_test(ended_above),
      telegram_test(shown_bodies),
      telegram_test(repeated_headings),
      telegram_test(numbers_that_go_on),
      telegram_test(full_lines),
      telegram_test(odd_names),
      telegram_test(own_line),
      telegram_test(decorated),
      telegram_test(same_line),
      telegram_test(trailers),
      telegram_test(no_signatures),
      telegram_test(before_the_signature),
      telegram_test(cut_texts),
      telegram_test(seventies),
      telegram_test(pages),
  };
  return telegram_run(tests);
}
