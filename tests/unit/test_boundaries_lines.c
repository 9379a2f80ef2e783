/*
** Tests of limits of lines, captions and of what makes a telegram of a text:
** each number that the parser compares with, met and missed by one.  Expected
** values are worked out from shared/format/modern.md 1, 2, 3, 8, 9 and from the
** limits that the comments of ext/telegram name.  What they are for:
** tests/trust/mutate.py.
*/
#include "../../ext/telegram/words.h"
#include "telegrams.h"

typedef struct Case {
  const char *text;
  const char *want;
} Case;

/* --- what is a telegram (modern.md 1.1, 2.1) */

static void recognised(void **state) {
  (void)state;
#define GROUP "P 111215Z FEB 09\n"
#define FM "FM AMEMBASSY OSLO\n"
  static const struct {
    const char *text;
    bool telegram;
  } cases[] = {
      {GROUP FM, true},
      {GROUP "a\nb\n" FM, true},
      {GROUP "a\nb\nc\n" FM, false},
      {GROUP "\n\n\n\na\n\nb\n" FM, true},
      {GROUP "FM\n", false},
      {"VZCZCXRO0071\n", true},
      {"vzczcxro0071\n", true},
      {"VZC\n", false},
      {"DE RUEHNY #0071/01 0421215\n", true},
      /* a level in capitals with a post that is known, five digits, or spaced
       */
      {"SECRET OSLO 000071\n", true},
      {"SECRET OSLO 71\n", true},
      {"SECRET XQJVW 71\n", false},
      {"SECRET XQJVW 0071\n", false},
      {"SECRET XQJVW 00071\n", true},
      {"S E C R E T XQJVW 71\n", true},
      {"Secret Oslo 71\n", false},
      {"NCLAS OSLO 71\n", false},
      /* an E.O. line with TAGS or SUBJECT in its eight lines */
      {"E.O. 12958: N/A\nTAGS: PREL\n", true},
      {"E.O. 12958: N/A\nSUBJECT: BUOYS\n", true},
      {"E.O. 12958: N/A\na\nb\nc\nd\ne\nf\nTAGS: PREL\n", true},
      {"E.O. 12958: N/A\na\nb\nc\nd\ne\nf\ng\nTAGS: PREL\n", false},
      {"E.O. 12958: N/A\n", false},
      {"TAGS: PREL\nSUBJECT: BUOYS\n", false},
      {"TAGS: PREL\nE.O. 12958: N/A\n", true},
      {"Buoys and other things.\n", false},
      {"", false},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    const char *text = cases[i].text;
    telegram_case(text);
    CHECK_NUMBER(parse(text)->recognised, cases[i].telegram);
    CHECK_NUMBER(cables_recognise(telegram_fixture.parser,
                                  telegram_copy(text, strlen(text)), false),
                 cases[i].telegram);
  }
}

/* --- captions and pass lines (modern.md 3) */

/* The telegram with lines below its classification line. */
static const CablesTelegram *with_captions(const char *lines) {
  telegram_case(lines);
  return parse(telegram_format(ENVELOPE CLASS_LINE
                               "%s\n\n" EO_LINE TAGS_LINE SUBJECT_LINE
                               "\n" PARAGRAPHS SIGNATURE,
                               lines));
}

static void captions(void **state) {
  (void)state;
  static const Case cases[] = {
      {"SIPDIS", "SIPDIS"},
      {"NOFORN", "NOFORN"},
      {"NOFORN SIPDIS", "NOFORN|SIPDIS"},
      {"NOFORN, SIPDIS", "NOFORN|SIPDIS"},
      {"NOFORNS", ""},
      {"EXDIS", "EXDIS"},
      {"REL SAU", "REL SAU"},
      {"CORRECTED COPY", "CORRECTED COPY"},
      {"C O R R E C T E D  C O P Y", "CORRECTED COPY"},
      {"FOLLOWING IS SENT ON", ""},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    const CablesTelegram *t = with_captions(cases[i].text);
    CHECK_TEXT(telegram_texts(t->captions), cases[i].want);
  }
}

static void pass_lines(void **state) {
  (void)state;
  static const Case cases[] = {
      {"PASS TO TREASURY", "PASS TO TREASURY"},
      {"DEPT FOR EUR; PASS TO USTR", "DEPT FOR EUR|PASS TO USTR"},
      {"DEPT FOR EUR,; PASS TO USTR", "DEPT FOR EUR|PASS TO USTR"},
      {"DEPT FOR EUR\nAND OES", "DEPT FOR EUR AND OES"},
      {"DEPT FOR EUR\n\nAND OES", "DEPT FOR EUR|AND OES"},
      {"DEPT FOR EUR\nPASS TO USTR", "DEPT FOR EUR|PASS TO USTR"},
      {"EUR", "EUR"},
      {"EU", ""},
      {"TO SECSTATE FOR EUR", ""},
      {"INFO LIMA FOR EUR", ""},
      {"TOSEC 12 FOR EUR", ""},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    const CablesTelegram *t = with_captions(cases[i].text);
    CHECK_TEXT(telegram_texts(t->pass), cases[i].want);
  }
}

/* A pass line has four hundred bytes at most. */
static void long_pass_lines(void **state) {
  (void)state;
  char z[500];
  for (size_t n = 400; n <= 401; n++) {
    memset(z, 'A', n);
    memcpy(z, "PASS TO ", 8);
    z[n] = '\0';
    CHECK_NUMBER(with_captions(z)->pass.n, n == 400);
  }
}

/* --- classification and id (modern.md 2, 10) */

static void classifications(void **state) {
  (void)state;
  static const struct {
    const char *line;
    const char *classification;
    const char *refid;
  } cases[] = {
      {"UNCLAS OSLO 000071", "UNCLASSIFIED", "09OSLO71"},
      {"UNCLAS SENSITIVE OSLO 000071", "UNCLASSIFIED//FOR OFFICIAL USE ONLY",
       "09OSLO71"},
      {"S E C R E T OSLO 000071", "SECRET", "09OSLO71"},
      {"S E C R E T NOFORN OSLO 000071", "SECRET//NOFORN", "09OSLO71"},
      {"C O N F I D E N T I A L NOFORN OSLO 000071", "CONFIDENTIAL//NOFORN",
       "09OSLO71"},
      {"S E C R E T XXXX 000071", "SECRET", NULL},
      {"S E C R E T XXX 000071", "SECRET", "09XXX71"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    telegram_case(cases[i].line);
    const CablesTelegram *t =
        parse(telegram_format(ENVELOPE "%s\n\n" EO_LINE TAGS_LINE SUBJECT_LINE
                                       "\n" PARAGRAPHS SIGNATURE,
                              cases[i].line));
    CHECK_TEXT(t->classification, cases[i].classification);
    CHECK_TEXT(t->refid, cases[i].refid);
  }
}

/* A level alone counts where it stands at most seven lines above the first
** label. */
static void distance_of_levels(void **state) {
  (void)state;
  for (int n = 6; n <= 7; n++) {
    const CablesTelegram *t = parse(telegram_format(
        GROUP FM
        "TO SECSTATE WASHDC\nSECRET\n%.*s" EO_LINE TAGS_LINE SUBJECT_LINE
        "\n" PARAGRAPHS SIGNATURE,
        2 * n, "A\nB\nC\nD\nE\nF\nG\nH\n"));
    CHECK_TEXT(t->classification, n == 6 ? "SECRET" : NULL);
  }
}

/* modern.md 2.2: damage takes the first letter most often; three surplus ones
** may stand there.  What may follow a level is known. */
static void levels(void **state) {
  (void)state;
  static const struct {
    const char *text;
    int rank;
  } cases[] = {
      {"UNCLASSIFIED", 0},
      {"UNCLAS", 0},
      {"UNCLAS SENSITIVE", 0},
      {"UNCLAS SIPDIS", 0},
      {"UNCLAS BUOYS", -1},
      {"LIMITED OFFICIAL USE", 1},
      {"CONFIDENTIAL", 2},
      {"SECRET", 3},
      {"S E C R E T", 3},
      {"SECRET NOFORN", 3},
      {"SECRET//NOFORN", 3},
      {"TOP SECRET", 4},
      {"ECRET", 3},
      {"XXSECRET", 3},
      {"XXXSECRET", -1},
      {"SECRETS", -1},
      {"", -1},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    telegram_case(cases[i].text);
    CHECK_NUMBER(
        cables_level_rank(telegram_copy(cases[i].text, strlen(cases[i].text))),
        cases[i].rank);
  }
}

/* 1970s.md 8: the record tells the TAGS of a telegram that has no TAGS line;
** one that says N/A has none. */
static void tags_of_the_record(void **state) {
  (void)state;
  static const Case cases[] = {
      {"", "PINT|SW"}, {"TAGS: N/A\n", ""}, {"TAGS: PFOR\n", "PFOR"}};
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    telegram_case(cases[i].text);
    const CablesTelegram *t = parse(telegram_format(
        "Message Text\n\nR 111215Z FEB 75\nFM AMEMBASSY OSLO\nTO SECSTATE "
        "WASHDC 4711\n\nC O N F I D E N T I A L OSLO 0071\n\nE.O. 11652: "
        "GDS\n%sSUBJECT: A BUOY\n\n1. A BUOY WAS LAID OUT ON "
        "MONDAY.\n\nHATHERLEY\n\nNNN\n\nMessage Attributes\n\nTAGS: PINT, "
        "SW\n",
        cases[i].text));
    CHECK_TEXT(telegram_texts(t->tags), cases[i].want);
  }
}

/* --- subject and body */

static void subjects(void **state) {
  (void)state;
  static const struct {
    const char *lines;
    const char *subject;
    const char *marking; /* or NULL */
  } cases[] = {
      {"SUBJECT: (C) BUOYS", "BUOYS", "C"},
      {"SUBJECT: (X) BUOYS", "(X) BUOYS", NULL},
      {"SUBJECT: (U) BUOYS", "BUOYS", "U"},
      {"SUBJECT: BUOYS (C)", "BUOYS (C)", NULL},
      {"SUBJECT: BUOYS\nAND SHIPS", "BUOYS AND SHIPS", NULL},
      {"SUBJECT:\nBUOYS", "BUOYS", NULL},
      {"SUBJECT:\n\nBUOYS", "BUOYS", NULL},
      {"SUBJECT: BUOYS-\nAND-SHIPS", "BUOYS-AND-SHIPS", NULL},
      {"SUBJECT: BUOYS -\nAND SHIPS", "BUOYS - AND SHIPS", NULL},
      {"SUBJECT: BUOYS REF: LIMA 71", "BUOYS", NULL},
      {"SUBJECT: BUOYS\nSENSITIVE BUT UNCLASSIFIED, PROTECT ACCORDINGLY",
       "BUOYS", NULL},
      {"SUBJECT: BUOYS\nNOT FOR INTERNET DISTRIBUTION", "BUOYS", NULL},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    telegram_case(cases[i].lines);
    const CablesTelegram *t =
        parse(telegram_format(ENVELOPE CLASS_LINE EO_LINE TAGS_LINE
                              "%s\n\n" CLASSIFIED PARAGRAPHS SIGNATURE,
                              cases[i].lines));
    CHECK_TEXT(t->subject, cases[i].subject);
    CHECK_TEXT(t->subject_marking, cases[i].marking);
    CHECK_NUMBER(t->n_numbered, 2);
  }
}

/* What opens a body without number. */
static void bodies(void **state) {
  (void)state;
  static const Case cases[] = {
      {"(C) A buoy.", "C paragraph: A buoy."},
      {"(C) A", "C paragraph: A"},
      {"(SBU) A buoy.", "SBU paragraph: A buoy."},
      {"Summary: A buoy.", "paragraph: Summary: A buoy."},
      {"1. A buoy.", "1 paragraph: A buoy."},
      {"A buoy was seen.", "paragraph: A buoy was seen."},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    char want[200];
    telegram_case(cases[i].text);
    const CablesTelegram *t =
        parse(telegram_format(HEADER "%s\n\n" SIGNATURE, cases[i].text));
    snprintf(want, sizeof(want), "%s|signature: HATHERLEY", cases[i].want);
    CHECK_TEXT(telegram_paragraphs(t), want);
  }
}

/* A Classified By block that the machine cut at column 71 goes on without a
** blank (modern.md 8.2). */
static void hard_column(void **state) {
  (void)state;
  static const char line[] =
      "Classified By: Ambassador Rufus Hatherley of the Embassy in Oslo, Norway"
      "ABCDEF";
  for (int n = 70; n <= 72; n++) {
    char want[200];
    const CablesTelegram *t = parse(telegram_format(
        ENVELOPE CLASS_LINE EO_LINE TAGS_LINE SUBJECT_LINE
        "\n%.*s\nland, for reasons 1.4 (b) and (d).\n\n" PARAGRAPHS SIGNATURE,
        n, line));
    snprintf(want, sizeof(want), "%.*s%sland", n - 15, line + 15,
             n == 71 ? "" : " ");
    CHECK_TEXT(t->classified_by, want);
    CHECK_TEXT(telegram_texts(t->reasons), "1.4(b)|1.4(d)");
  }
}

/* 1.5 became 1.4 on 22 September 2003: by the year, where the digit is lost. */
static void reasons(void **state) {
  (void)state;
  static const struct {
    const char *year;
    const char *text;
    const char *reasons;
  } cases[] = {
      {"09", "1.4 (b) and (d)", "1.4(b)|1.4(d)"},
      {"09", "1.4 (b), (d)", "1.4(b)|1.4(d)"},
      {"09", "1.4 b and d", "1.4(b)|1.4(d)"},
      {"09", "1.4 (b) a nd (d)", "1.4(b)|1.4(d)"},
      {"09", "1.4 (b) an d (d)", "1.4(b)|1.4(d)"},
      {"09", "1.5 (b)", "1.5(b)"},
      {"09", "1. (b)", "1.4(b)"},
      {"03", "1. (b)", "1.4(b)"},
      {"02", "1. (b)", "1.5(b)"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    telegram_case(cases[i].text);
    const CablesTelegram *t = parse(telegram_format(
        "P 111215Z FEB %s\n" FM
        "TO SECSTATE WASHDC\n" CLASS_LINE EO_LINE TAGS_LINE SUBJECT_LINE
        "\nClassified By: Ambassador Rufus Hatherley for reasons "
        "%s.\n\n" PARAGRAPHS SIGNATURE,
        cases[i].year, cases[i].text));
    CHECK_TEXT(telegram_texts(t->reasons), cases[i].reasons);
    CHECK_TEXT(t->classified_by, "Ambassador Rufus Hatherley");
  }
}

/* --- lines of the archive (modern.md 9.5) */

/* What stands inside a text without being part of it. */
static void furniture(void **state) {
  (void)state;
  static const char *const lines[] = {
      "OSLO 00000071  002 OF 002",
      "PAGE 02        OSLO  00071  01 OF 02  111215Z",
      "PAGE 02",
      "CONFIDENTIAL",
      "CONFIDENTIAL     PTQ1859",
      "SIPDIS",
      "NNNN",
      "*** Current Handling Restrictions *** n/a",
      "Declassified/Released US Department of State EO Systematic Review 04 "
      "MAY "
      "2006",
  };
  static const char *const texts[] = {
      "PAGE 3 OF THE BOOK",
      "CONFIDENTIAL PTQ185",
      "CONFIDENTIAL PTX1859",
      "CONFIDENTIALLY",
      "NNNNN",
      "OSLO 71 002 OR 002",
  };
  for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
    telegram_case(lines[i]);
    const CablesTelegram *t = parse(telegram_format(
        HEADER "1. (C) A buoy was laid\n\n%s\n\nout on Monday.\n\n" SIGNATURE,
        lines[i]));
    CHECK_TEXT(telegram_paragraphs(t),
               "1 C paragraph: A buoy was laid out on Monday.|signature: "
               "HATHERLEY");
  }
  for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
    char want[200];
    telegram_case(texts[i]);
    const CablesTelegram *t = parse(telegram_format(
        HEADER "1. (C) A buoy was laid\n%s\nout on Monday.\n\n" SIGNATURE,
        texts[i]));
    snprintf(want, sizeof(want),
             "1 C paragraph: A buoy was laid %s out on Monday.|signature: "
             "HATHERLEY",
             texts[i]);
    CHECK_TEXT(telegram_paragraphs(t), want);
  }
}

/* --- signatures (modern.md 9.6) */

/* A telegram whose first paragraph has a line of `width` bytes, and whose last
** line of text has `last` bytes and no full stop; then a name. */
static const CablesTelegram *signed_text(int width, int last,
                                         const char *name) {
  static const char words[] =
      "(C) Nobody has seen it since then and nobody has asked for it at all "
      "wheresoever it was laid out";
  telegram_case(name);
  return parse(telegram_format(HEADER "1. %.*s\n\n2. %.*s\n%s\n", width - 3,
                               words, last - 3, words, name));
}

/* One word in capitals signs where there was room for it on the line above, by
** the longest line of up to eighty bytes. */
static void room_for_a_name(void **state) {
  (void)state;
  CHECK_TEXT(signed_text(46, 36, "HATHERLEY")->signer, "HATHERLEY");
  CHECK_TEXT(signed_text(45, 36, "HATHERLEY")->signer, NULL);
  CHECK_TEXT(signed_text(80, 70, "HATHERLEY")->signer, "HATHERLEY");
  CHECK_TEXT(signed_text(81, 70, "HATHERLEY")->signer, NULL);
}

/* Below a line of twenty bytes any name signs. */
static void below_short_lines(void **state) {
  (void)state;
  CHECK_TEXT(signed_text(30, 20, "VAN DORN")->signer, "VAN DORN");
  CHECK_TEXT(signed_text(30, 21, "VAN DORN")->signer, NULL);
}

/* --- summaries and notes over several paragraphs (modern.md 9.4) */

/* A comment reaches to END COMMENT in the twelve rows that begin with it. */
static void reach_of_comments(void **state) {
  (void)state;
  for (int n = 12; n <= 13; n++) {
    char z[1000];
    size_t used = 0;
    used += (size_t)snprintf(z, sizeof(z), "1. (C) Comment: One.\n\n");
    for (int i = 2; i < n; i++) {
      used +=
          (size_t)snprintf(z + used, sizeof(z) - used, "%d. (C) Row.\n\n", i);
    }
    snprintf(z + used, sizeof(z) - used, "%d. (C) Last. End comment.\n", n);
    const CablesTelegram *t =
        parse(telegram_format(HEADER "%s\n" SIGNATURE, z));
    CHECK_NUMBER(t->n_numbered, n);
    CHECK_WORD(t->paragraphs[0].role, "comment");
    CHECK_WORD(t->paragraphs[1].role, n == 12 ? "comment" : NULL);
    CHECK_WORD(t->paragraphs[11].role, n == 12 ? "comment" : NULL);
  }
}

/* Without an opening the end may stand up to eight rows below the first. */
static void reach_of_summaries(void **state) {
  (void)state;
  for (int n = 9; n <= 10; n++) {
    char z[1000];
    size_t used = 0;
    for (int i = 1; i < n; i++) {
      used +=
          (size_t)snprintf(z + used, sizeof(z) - used, "%d. (C) Row.\n\n", i);
    }
    snprintf(z + used, sizeof(z) - used, "%d. (C) Last. End summary.\n", n);
    const CablesTelegram *t =
        parse(telegram_format(HEADER "%s\n" SIGNATURE, z));
    CHECK_NUMBER(t->n_numbered, n);
    CHECK_NUMBER(t->summary.n > 0, n == 9);
  }
}

/* A summary ends in one of sixty rows; where it does not, it is the first. */
static void longest_summary(void **state) {
  (void)state;
  for (int n = 60; n <= 61; n++) {
    char z[2000];
    size_t used = (size_t)snprintf(z, sizeof(z), "1. (C) Summary: One.\n\n");
    for (int i = 2; i < n; i++) {
      used +=
          (size_t)snprintf(z + used, sizeof(z) - used, "%d. (C) Row.\n\n", i);
    }
    snprintf(z + used, sizeof(z) - used, "%d. (C) Last. End summary.\n", n);
    const CablesTelegram *t =
        parse(telegram_format(HEADER "%s\n" SIGNATURE, z));
    CHECK_NUMBER(t->n_numbered, n);
    if (n == 61) {
      CHECK_TEXT(t->summary, "One.");
    } else {
      /* "One.", 58 times "Row.", "Last.", line ends between them */
      CHECK_NUMBER(t->summary.n, 4 + 58 * 5 + 6);
    }
  }
}

/* A copy with a blank line below nine tenths of its lines, of twelve or more,
** is joined over them (modern.md 10.3). */
static void spread_copies(void **state) {
  (void)state;
  static const struct {
    int lines; /* of text */
    int glued; /* of them, without blank line below */
    bool spread;
  } cases[] = {{12, 0, true}, {11, 0, false}, {20, 2, true}, {20, 3, false}};
  for (size_t k = 0; k < sizeof(cases) / sizeof(*cases); k++) {
    char z[1000];
    size_t used = (size_t)snprintf(z, sizeof(z), "1. (C) One\n\n");
    for (int i = 1; i < cases[k].lines; i++) {
      used += (size_t)snprintf(z + used, sizeof(z) - used, "Row%s",
                               i <= cases[k].glued ? "\n" : "\n\n");
    }
    const CablesTelegram *t = parse(telegram_format(HEADER "%s" SIGNATURE, z));
    CHECK_NUMBER(t->n_paragraphs == 2, cases[k].spread);
    CHECK_NUMBER(t->n_numbered, 1);
  }
}

/* Below the subject a label may come behind fourteen lines of other text. */
static void free_text(void **state) {
  (void)state;
  for (int n = 14; n <= 15; n++) {
    char z[500] = "";
    for (int i = 0; i < n; i++) strcat(z, "Some words.\n");
    const CablesTelegram *t =
        parse(telegram_format(ENVELOPE CLASS_LINE EO_LINE TAGS_LINE SUBJECT_LINE
                              "\n%sREF: LIMA 71\n\n" PARAGRAPHS SIGNATURE,
                              z));
    CHECK_NUMBER(t->n_references, n == 14);
  }
}

/* A telegram ends where another begins, or the archive's record. */
static void next_telegram(void **state) {
  (void)state;
  static const char first[] = HEADER PARAGRAPHS SIGNATURE "\n";
  static const char *const behind[] = {"VZCZCXRO0072\nPP RUEHLO\n",
                                       "Message Attributes\n\nType: TE\n",
                                       "Reference ID Created\n"};
  for (size_t i = 0; i < sizeof(behind) / sizeof(*behind); i++) {
    telegram_case(behind[i]);
    const CablesTelegram *t = parse(telegram_format("%s%s", first, behind[i]));
    CHECK_NUMBER(t->text.n, strlen(first));
    CHECK_TEXT(t->signer, "HATHERLEY");
    CHECK_NUMBER(t->n_numbered, 2);
  }
}

/* A section is missing where its joint and paragraph numbers are. */
static void sections(void **state) {
  (void)state;
  for (int joint = 0; joint <= 1; joint++) {
    const CablesTelegram *t = parse(telegram_format(
        ENVELOPE
        "C O N F I D E N T I A L SECTION 01 OF 03 OSLO 000071\n\n" EO_LINE
            TAGS_LINE SUBJECT_LINE
        "\n1. (C) One.\n\n%s2. (C) Two.\n\nOSLO 00000071  003 OF 003\n\n"
        "4. (C) Four.\n\n" SIGNATURE,
        joint ? "OSLO 00000071  002 OF 003\n\n" : ""));
    CHECK_NUMBER(telegram_odd(t, "body", "section 2 of 3 is missing"), !joint);
    CHECK_NOT_ODD(t, "body", "section 3 of 3 is missing");
    CHECK_NUMBER(t->complete, joint);
  }
}

/* A label inside a line of twelve bytes cuts it. */
static void short_lines(void **state) {
  (void)state;
  const CablesTelegram *t = parse(ENVELOPE CLASS_LINE EO_LINE
                                  "TAGS: PREL,\nNO REF: LIMA\n71\n" SUBJECT_LINE
                                  "\n" PARAGRAPHS SIGNATURE);
  CHECK_TEXT(telegram_texts(t->tags), "PREL|NO");
  CHECK_TEXT(telegram_references(t), "cable:09LIMA71");
}

/* Texts that end inside a character, a joint or a label: nothing behind them
** is looked at. */
static void cut_texts(void **state) {
  (void)state;
  static const char *const ends[] = {
      "---\xe2\x80", "---\xe2", "\xc2",    "\xe2\x80\xa2",
      "\xe2\x80",    "(C",      "(",       "1",
      "1.",          "1. (",    "a)",      "(a)",
      "--",          "-",       "[",       "(b",
      "XXX",         "PAGE 0",  "PAGE 01", "OSLO 00000071  002 OF 0",
      "E.O",         "REF",     "NNN",     "ref A",
      "refs A,",     "O",       "0",       "08 LIMA 7"};
  for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
    telegram_case(ends[i]);
    const CablesTelegram *t =
        parse(telegram_format(HEADER "1. (C) One.\n\n%s", ends[i]));
    CHECK_TEXT(t->refid, "09OSLO71");
    t = parse(telegram_format(ENVELOPE CLASS_LINE EO_LINE TAGS_LINE SUBJECT_LINE
                              "\nREF: %s",
                              ends[i]));
    CHECK_TEXT(t->refid, "09OSLO71");
    t = parse(
        telegram_format(ENVELOPE CLASS_LINE EO_LINE "TAGS: PREL, %s", ends[i]));
    CHECK_TEXT(t->refid, "09OSLO71");
    parse(ends[i]);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      telegram_test(recognised),
      telegram_test(captions),
      telegram_test(pass_lines),
      telegram_test(long_pass_lines),
      telegram_test(levels),
      telegram_test(tags_of_the_record),
      telegram_test(classifications),
      telegram_test(distance_of_levels),
      telegram_test(subjects),
      telegram_test(bodies),
      telegram_test(hard_column),
      telegram_test(reasons),
      telegram_test(room_for_a_name),
      telegram_test(below_short_lines),
      telegram_test(furniture),
      telegram_test(reach_of_comments),
      telegram_test(reach_of_summaries),
      telegram_test(short_lines),
      telegram_test(next_telegram),
      telegram_test(sections),
      telegram_test(free_text),
      telegram_test(cut_texts),
      telegram_test(longest_summary),
      telegram_test(spread_copies),
  };
  return telegram_run(tests);
}
