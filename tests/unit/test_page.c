/*
** Tests of what a page prints behind a telegram: it is none of the telegram's,
** and what only reads like it is.  Expected values are worked out from
** shared/format/modern.md 9.6, 10.3 and 1970s.md 3, 10.
*/
#include "telegrams.h"

#define TABLE                                             \
  "Reference ID Created Released Classification Origin\n" \
  "09OSLO71 2009-02-11 12:12 2011-03-04 16:04 CONFIDENTIAL Embassy Oslo\n"
#define NUMBERED "1. (C) A buoy was laid out.\n\n2. (C) Nobody has seen it."

/* The body of both. */
static void check_body(const CablesTelegram *t, const char *signer) {
  CHECK_TEXT(t->refid, "09OSLO71");
  CHECK_TEXT(t->body, NUMBERED);
  CHECK_TEXT(t->signer, signer);
  CHECK_NUMBER(t->n_numbered, 2);
  CHECK_NUMBER(t->complete, 1);
}

/* How a telegram of NUMBERED can end, and whom that names. */
typedef struct Signed {
  const char *text;
  const char *signer;
} Signed;

/* Every ending behind every signature, with and without a blank line, below a
** table and alone; signed only, where the words alone do not tell. */
static void check_endings(const char *const *endings, size_t n,
                          bool unsigned_too) {
  static const Signed signatures[] = {
      {"\n\nHATHERLEY\n", "HATHERLEY"},
      {"\nHATHERLEY\n", "HATHERLEY"},
      {"\n\nHatherley\n", "Hatherley"},
      {" HATHERLEY\n", "HATHERLEY"},
      {"\n\nVAN DORN\n", "VAN DORN"},
      {"\n\nHATHERLEY\nNNNN\n", "HATHERLEY"},
      {"\n\nHATHERLEY ##\n", "HATHERLEY"},
      {"\n", NULL},
  };
  for (size_t i = 0; i < n; i++) {
    for (size_t k = 0; k < sizeof(signatures) / sizeof(*signatures); k++) {
      const Signed *s = &signatures[k];
      if (s->signer == NULL && !unsigned_too) continue;
      for (int form = 0; form < 4; form++) {
        const char *table = form & 1 ? TABLE : "";
        const char *blank = form & 2 ? "\n" : "";
        telegram_case(endings[i]);
        check_body(parse(telegram_format("%s" HEADER NUMBERED "%s%s%s\n", table,
                                         s->text, blank, endings[i])),
                   s->signer);
      }
    }
  }
}
#define CHECK_ENDINGS(endings, unsigned_too) \
  check_endings((endings), sizeof(endings) / sizeof(*(endings)), (unsigned_too))

/* modern.md 10.3: what no telegram says tells its end also where nobody has
** signed and no table was copied. */
static void beyond_doubt(void **state) {
  (void)state;
  static const char *const endings[] = {
      "Appears in these articles: 1",
      "Appears in these articles:\nhttp://www.example.org/buoy",
      "Comments (3)",
      "Comments (3)\nWhat a buoy.\n1. I saw it.\n2. So did I.\nJane",
      "3 comments\nJane said: what a buoy.",
      "No comments",
      "Leave a Reply\nYour email address will not be published.",
      "Share this:\nTwitter\nFacebook",
      "Metadata\nPrint\nShare",
      "Metadata / Print / share",
      "Share | Email | Print",
      "Home | About | Contact",
      "Understanding cables\nEvery cable message consists of three parts:",
      "Linked documents or other documents with the same ID\n1975OSLO00072",
      "This page was last modified on 3 March 2011, at 12:00.",
      "This work is licensed under a licence.",
      "\xc2\xa9 2011 The Fjord Gazette",
  };
  CHECK_ENDINGS(endings, true);
}

/* Words that could be a text's tell it below the signature. */
static void below_the_signature(void **state) {
  (void)state;
  static const char *const endings[] = {
      "Share",
      "Print",
      "Metadata",
      "Comments",
      "Previous | Next",
      "Posted by Jane at noon",
      "Posted by Jane at noon\nWhat a buoy.",
      "Categories: Cables | Norway",
      "Tags: norway, buoy",
      "Read more: http://www.example.org/buoy",
      "Log in to post comments",
      "\xc2\xab Older \xc2\xb7 Newer \xc2\xbb",
      "Back to top",
  };
  CHECK_ENDINGS(endings, false);
}

/* modern.md 10.3: in a page the signature is the end, whatever follows. */
static void any_words(void **state) {
  (void)state;
  static const Signed signatures[] = {
      {"\n\nHATHERLEY\n", "HATHERLEY"},
      {"\n\nHATHERLEY\n\n", "HATHERLEY"},
      {" HATHERLEY\n\n", "HATHERLEY"},
      {"\n\nHATHERLEY\n\nNNNN\n\n", "HATHERLEY"},
  };
  for (size_t i = 0; i < sizeof(signatures) / sizeof(*signatures); i++) {
    telegram_case(signatures[i].text);
    check_body(parse(telegram_format(TABLE HEADER NUMBERED
                                     "%sWhat a buoy that was!\nJane\n",
                                     signatures[i].text)),
               "HATHERLEY");
  }
  /* Two names may be a heading, unless the page's own words follow. */
  telegram_case("two names");
  check_body(parse(TABLE HEADER NUMBERED
                   "\n\nVAN DORN\n\nWhat a buoy!\n\nComments (3)\nJane\n"),
             "VAN DORN");
  telegram_case("no table, the page's own words further down");
  check_body(parse(HEADER NUMBERED
                   "\n\nHATHERLEY\n\nWhat a buoy!\n\nComments (3)\nJane\n"),
             "HATHERLEY");
}

/* A text that holds such words keeps them. */
static void texts_that_read_so(void **state) {
  (void)state;
  static const char *const texts[] = {
      /* above a paragraph that goes on */
      "1. (C) A buoy was laid out.\n\nComments (3)\n\n2. (C) Nobody has seen "
      "it.\n",
      "1. A buoy was laid out.\n\nShare this:\nPrint\n\n2. Nobody has seen "
      "it.\n",
      "1. (C) A buoy was laid out.\n\nPrint\nShare\n\n3. Nobody has seen it.\n",
      /* inside a sentence */
      "1. (C) The ministry counted\n3 comments\nin the book at the quay.\n",
      "1. (C) The harbor masters would not\nshare this with the ministry.\n",
      /* a heading above more text, signed below it */
      "1. (C) A buoy was laid out.\n\nPosted in Oslo since May, he knew the "
      "buoy.\n",
      "1. (C) A buoy was laid out.\n\nComments\n\nNobody has seen it.\n",
      "1. (C) A buoy was laid out.\n\nPost comment: Nobody has seen it.\n",
      "1. (C) A buoy was laid out.\n\nCOMMENTS\n\nNobody has seen it.\n",
      "1. (C) The buoys.\n\nPrint\n\nThe Gazette says that two are red.\n",
      "1. (C) The buoys.\n\nOSLO\n\nRelated articles said that two are red.\n",
      "1. (C) The buoys.\n\nOSLO\n\nTwo are red.\n\nBERGEN\n\nOne is green.\n",
  };
  for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
    const char *text = texts[i];
    for (int form = 0; form < 4; form++) {
      const char *table = form & 1 ? TABLE : "";
      telegram_case(text);
      const CablesTelegram *t =
          parse(telegram_format("%s" HEADER "%s\nHATHERLEY\n", table, text));
      CHECK_TEXT(t->signer, "HATHERLEY");
      CHECK_NUMBER(t->body.n, strlen(text) - 1);
    }
  }
}

/* A page that shows the body as it is: behind that nothing is the
** telegram's; all in it is. */
static void shown_as_it_is(void **state) {
  (void)state;
  static const char front[] = TABLE HEADER;
  static const char *const bodies[] = {
      NUMBERED "\n\nHATHERLEY\n",
      NUMBERED "\n\nANNEX\n\nThe buoy is red.\n\nHATHERLEY\n\nA map.\n",
      "The buoy is gone.\n",
  };
  for (size_t i = 0; i < sizeof(bodies) / sizeof(*bodies); i++) {
    const char *body = bodies[i];
    const char *text =
        telegram_format("%s%s%s", front, body, "What a buoy.\nJane\n");
    telegram_case(body);
    CablesRange all = {strlen(TABLE), strlen(front) + strlen(body)};
    const CablesTelegram *t = parse_bytes(
        text, strlen(text),
        (CablesParseOptions){.want = CABLES_WANT_ALL, .verbatim = all});
    CHECK_TEXT(t->refid, "09OSLO71");
    CHECK_NUMBER(cables_find(t->text, CABLES_LIT("What a")), -1);
    CHECK_NUMBER(t->text.n, strlen(HEADER) + strlen(body));
  }
  telegram_case("paragraphs go on behind it");
  const char *text = telegram_format("%s%s", front, NUMBERED "\n\nHATHERLEY\n");
  CablesRange head = {strlen(TABLE), strlen(front) + 20};
  check_body(parse_bytes(text, strlen(text),
                         (CablesParseOptions){.want = CABLES_WANT_ALL,
                                              .verbatim = head}),
             "HATHERLEY");
  telegram_case("the body begins above it");
  CablesRange tail = {strlen(front) + 10, strlen(front) + 40};
  check_body(parse_bytes(text, strlen(text),
                         (CablesParseOptions){.want = CABLES_WANT_ALL,
                                              .verbatim = tail}),
             "HATHERLEY");
}

/* The text alone ends where the body does. */
static void text_alone(void **state) {
  (void)state;
  static const char text[] = HEADER NUMBERED "\n\nHATHERLEY\nComments (3)\n";
  const CablesTelegram *t = parse_bytes(
      text, strlen(text), (CablesParseOptions){.want = CABLES_WANT_TEXT});
  CHECK_NUMBER(t->text.n, strlen(text) - strlen("Comments (3)\n"));
}

/* Lines without end of such words, none of them behind a sentence, take time
** by their number. */
static void many_words(void **state) {
  (void)state;
  enum { LINES = 50000 };
  static char text[sizeof(HEADER) + 6 + 6 * LINES + 1] = HEADER "1. (C)";
  char *z = text + strlen(text);
  for (size_t i = 0; i < LINES; i++, z += 6) memcpy(z, "\nPrint", 6);
  const CablesTelegram *t = parse_bytes(
      text, (size_t)(z - text), (CablesParseOptions){.want = CABLES_WANT_ALL});
  CHECK_NUMBER(t->text.n, z - text);
}

/* Lines that are no page's words though they hold some. */
static void no_words_of_pages(void **state) {
  (void)state;
  static const char too_long[] = /* 81 bytes; one less is short enough */
      "Print, share, print, share, print, share, print, share, print, share, "
      "print share";
  static const char *const lines[] = {
      "PRINT",
      "Print and broadcast",
      "Print electroencephalographically",
      "1 2 3",
      "of the",
      "Print 1234567890123456",
      too_long,
  };
  for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
    telegram_case(lines[i]);
    const CablesTelegram *t = parse(
        telegram_format(HEADER NUMBERED "\n\nHATHERLEY\n\n%s\n", lines[i]));
    CHECK_NUMBER(cables_find(t->text, cables_span(lines[i])) != (size_t)-1, 1);
  }
}

/* Where no text stands above them, or none that ends. */
static void words_alone(void **state) {
  (void)state;
  telegram_case("a mark of the end above");
  const CablesTelegram *t = parse(HEADER "1. (C) A buoy\n\nNNNN\n\nPrint\n");
  CHECK_TEXT(t->body, "1. (C) A buoy");
  CHECK_NUMBER(t->complete, 1);
  telegram_case("one word behind a text, no table");
  t = parse(HEADER NUMBERED "\n\nprint\n");
  CHECK_NUMBER(cables_find(t->text, CABLES_LIT("print")) != (size_t)-1, 1);
  telegram_case("one word behind a text below a table");
  t = parse(TABLE HEADER NUMBERED "\n\nprint\n");
  check_body(t, NULL);
  telegram_case("behind half a sentence");
  t = parse(TABLE HEADER "1. (C) A buoy\n\nprint share\n");
  CHECK_NUMBER(cables_find(t->text, CABLES_LIT("print")) != (size_t)-1, 1);
  telegram_case("more text behind them");
  t = parse(HEADER NUMBERED "\n\nprint\nor write to the harbor\n");
  CHECK_NUMBER(cables_find(t->text, CABLES_LIT("print")) != (size_t)-1, 1);
}

/* In a page: what is no end of the telegram. */
static void no_end(void **state) {
  (void)state;
  static const char much[] =
      "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\nm\nn\no\np\nq\nr\n";
  static const char *const behind[] = {
      /* a heading with a rule below it */
      "\n\nHATHERLEY\n---------\nThe buoy is red.\n",
      /* two names with text below */
      "\n\nVAN DORN\nThe buoy is red.\n",
      /* two names, and no words of a page */
      "\n\nVAN DORN\n\nThe buoy is red.\n",
      /* a name inside a text */
      " HATHERLEY\nsaid so.\n",
  };
  for (size_t i = 0; i < sizeof(behind) / sizeof(*behind); i++) {
    telegram_case(behind[i]);
    const CablesTelegram *t =
        parse(telegram_format(TABLE HEADER NUMBERED "%s", behind[i]));
    CHECK_NUMBER(t->text.n, strlen(HEADER NUMBERED) + strlen(behind[i]));
  }
  telegram_case("much text behind a name");
  const CablesTelegram *t =
      parse(telegram_format(TABLE HEADER NUMBERED "\n\nHATHERLEY\n\n%s", much));
  CHECK_NUMBER(t->text.n,
               strlen(HEADER NUMBERED "\n\nHATHERLEY\n\n") + strlen(much));
  telegram_case("much text behind it and the page's words");
  t = parse(telegram_format(
      TABLE HEADER NUMBERED "\n\nHATHERLEY\n\n%s\nComments (3)\n", much));
  check_body(t, "HATHERLEY");
}

/* The longest line of words, and the longest word, with which it ends. */
static void longest_words(void **state) {
  (void)state;
  static const char longest[] = /* 80 bytes */
      "Print, share, print, share, print, share, print, share, print, share, "
      "print sign";
  static const char *const lines[] = {
      longest,
      "Print 123456789012345",
      "(Share?)",
      "Print - share",
  };
  CHECK_NUMBER(strlen(longest), 80);
  for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
    telegram_case(lines[i]);
    const CablesTelegram *t =
        parse(telegram_format(HEADER NUMBERED "\n\nHATHERLEY\n\n%s", lines[i]));
    CHECK_NUMBER(cables_find(t->text, cables_span(lines[i])), -1);
    check_body(t, "HATHERLEY");
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      telegram_test(longest_words),  telegram_test(no_words_of_pages),
      telegram_test(words_alone),    telegram_test(no_end),
      telegram_test(beyond_doubt),   telegram_test(below_the_signature),
      telegram_test(any_words),      telegram_test(texts_that_read_so),
      telegram_test(shown_as_it_is), telegram_test(text_alone),
      telegram_test(many_words),
  };
  return telegram_run(tests);
}
