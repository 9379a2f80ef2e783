/*
** Tests of the summary.  Expected values are worked out from
** shared/format/modern.md 9.1, 9.4 and interface.md (summary: reflowed).
*/
#include "telegrams.h"

typedef struct Case {
  const char *lines;
  const char *summary; /* or NULL */
} Case;

static void check(const Case *cases, size_t n) {
  for (size_t i = 0; i < n; i++) {
    telegram_case(cases[i].lines);
    const CablesTelegram *t =
        parse(telegram_format(HEADER "%s\n" SIGNATURE, cases[i].lines));
    CHECK_TEXT(t->summary, cases[i].summary);
    CHECK_TEXT(t->signer, "HATHERLEY");
  }
}
#define CHECK(cases) check(cases, sizeof(cases) / sizeof(*(cases)))
#define ONE "A buoy was laid out."
#define NEXT "\n\n9. (C) It is gone.\n"

/* Openers, any case, with whatever behind them. */
static void openers(void **state) {
  (void)state;
  static const Case cases[] = {
      {"1. (C) SUMMARY: " ONE " END SUMMARY." NEXT, ONE},
      {"1. (C) Summary: " ONE " End summary." NEXT, ONE},
      {"1. (C) SUMMARY. " ONE " END SUMMARY." NEXT, ONE},
      {"1. (C) SUMMARY - " ONE " END SUMMARY." NEXT, ONE},
      {"1. (C) SUMMARY -- " ONE " END SUMMARY" NEXT, ONE},
      {"1. (C) BEGIN SUMMARY: " ONE " END SUMMARY." NEXT, ONE},
      {"1. (C) SUMMAY: " ONE " END SUMMARY." NEXT, ONE},
      {"1. (C) SUMMARY AND COMMENT: " ONE " END SUMMARY AND COMMENT." NEXT,
       ONE},
      {"1. (C) SUMMARY AND ACTION REQUEST: " ONE
       " END SUMMARY AND ACTION REQUEST." NEXT,
       ONE},
      {"1. (C) Summary/Comment: " ONE " End Summary/Comment." NEXT, ONE},
      {"1. (C) SUMMARY AND INTRODUCTION: " ONE
       " END SUMMARY AND INTRODUCTION." NEXT,
       ONE},
      {"1. (C) Summary & Comment. " ONE " End Summary & Comment." NEXT, ONE},
      /* without an end: the paragraph */
      {"1. (C) SUMMARY: " ONE NEXT, ONE},
      {"SUMMARY: " ONE "\n\n1. (C) It is gone.\n", ONE},
  };
  CHECK(cases);
}

static void wrapped(void **state) {
  (void)state;
  static const Case cases[] = {
      {"1. (C) SUMMARY: A buoy\nwas laid out. END\nSUMMARY." NEXT, ONE},
      {"1. (C) SUMMARY: A buoy\n\nOSLO 00000071  002 OF 002\n\nwas laid out. "
       "END SUMMARY." NEXT,
       ONE},
      {"1. (C) SUMMARY: A buoy was laid out. END\n\nOSLO 00000071  002 OF "
       "002\n\nSUMMARY." NEXT,
       ONE},
      {"1. (C) SUMMARY: A buoy was laid out.\nEND SUMMARY." NEXT, ONE},
      {"1. (C) SUMMARY: A buoy was laid out. (END SUMMARY.)" NEXT, ONE},
  };
  CHECK(cases);
}

/* Over several paragraphs; with a list. */
static void several(void **state) {
  (void)state;
  static const Case cases[] = {
      {"1. (C) SUMMARY: One.\n\n2. (C) Two. END SUMMARY." NEXT, "One.\nTwo."},
      {"1. (C) SUMMARY: One.\n\n2. (C) Two.\n\n3. (C) Three. End Summary." NEXT,
       "One.\nTwo.\nThree."},
      {"1. (C) SUMMARY: Grounds:\n\n-- wet;\n-- cold.\n\nEND SUMMARY." NEXT,
       "Grounds:\n-- wet;\n-- cold."},
  };
  CHECK(cases);
}

/* The opener is a heading, its rule above, below, or on the line. */
static void headings(void **state) {
  (void)state;
  static const Case cases[] = {
      {"SUMMARY\n-------\n\n1. (C) " ONE " END SUMMARY." NEXT, ONE},
      {"-------\nSUMMARY\n-------\n\n1. (C) " ONE NEXT, ONE},
      {"Summary -------\n\n1. (C) " ONE " End summary." NEXT, ONE},
      {"------- SUMMARY -------\n\n1. (C) " ONE " END SUMMARY." NEXT, ONE},
      {"SUMMARY\n-------\n\n1. (C) " ONE "\n\nBACKGROUND\n----------\n\n2. (C) "
       "It is gone.\n",
       ONE},
  };
  CHECK(cases);
}

/* An end without an opener: paragraph 1 from its start (modern.md 9.4). */
static void no_opener(void **state) {
  (void)state;
  static const Case cases[] = {
      {"1. (C) " ONE " End Summary." NEXT, ONE},
      {"1. (C) One.\n\n2. (C) Two. End Summary." NEXT, "One.\nTwo."},
  };
  CHECK(cases);
}

static void none(void **state) {
  (void)state;
  static const Case cases[] = {
      {"1. (C) " ONE NEXT, NULL},
      {"1. (C) SUMMARY TRIALS WERE HELD." NEXT, NULL},
      {"1. (C) COMMENT: " ONE " END COMMENT." NEXT, NULL},
  };
  CHECK(cases);
}

/* In brackets; spellings of the end; one at the end of a text, and words that
** only look like it. */
static void spellings(void **state) {
  (void)state;
  static const Case cases[] = {
      {"1. (C) (SUMMARY: " ONE " END SUMMARY.)" NEXT, ONE},
      {"1. (C) [Summary: " ONE " End Summary.]" NEXT, ONE},
      {"1. (C) " ONE " END SUMARY" NEXT, ONE},
      {"1. (C) " ONE " END SUMAY" NEXT, ONE},
      {"1. (C) " ONE " end summay" NEXT, ONE},
      {"1. (C) UNDER US RULES " ONE " END SUMMARY" NEXT, "UNDER US RULES " ONE},
      {"1. (C) " ONE " END SUM" NEXT, NULL},
      {"1. (C) " ONE " END SUNNARY." NEXT, NULL},
      {"1. (C) " ONE " END SUMPTION." NEXT, NULL},
      {"1. (C) U" NEXT, NULL},
  };
  CHECK(cases);
}

/* Rows without number: below an opener's heading they belong to it; above
** paragraph 1 they do not. */
static void unnumbered(void **state) {
  (void)state;
  static const Case cases[] = {
      {"SUMMARY\n-------\n\n1. (C) Grounds:\n\n-- wet;\n-- cold.\n\n2. (C) It "
       "is gone.\n",
       "Grounds:\n-- wet;\n-- cold."},
      {"The buoys.\n\n1. (C) " ONE " END SUMMARY." NEXT, ONE},
      {"The buoys.\n\nOne more. End summary.\n", "The buoys.\nOne more."},
      {"SUMMARY: One.\n", "One."},
  };
  CHECK(cases);
}

/* A summary that is the last of the text. */
static void last(void **state) {
  (void)state;
  const CablesTelegram *t = parse(HEADER "1. (C) SUMMARY: A buoy was laid out");
  CHECK_TEXT(t->summary, "A buoy was laid out");
  t = parse(HEADER "1. (C) One. END SUMMARY");
  CHECK_TEXT(t->summary, "One.");
  t = parse(HEADER "SUMMARY\n-------\n");
  CHECK_TEXT(t->summary, NULL);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      telegram_test(spellings), telegram_test(unnumbered),
      telegram_test(last),      telegram_test(openers),
      telegram_test(wrapped),   telegram_test(several),
      telegram_test(headings),  telegram_test(no_opener),
      telegram_test(none),
  };
  return telegram_run(tests);
}
