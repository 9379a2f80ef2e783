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

int main(void) {
  const struct CMUnitTest tests[] = {
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
