/*
** Tests of the roles of paragraphs.  Expected values are worked out from
** shared/format/modern.md 9.4.
*/
#include "telegrams.h"

/* The roles of all rows of a body but its signature, "-" for none. */
static CablesSpan roles(const char *body) {
  static char z[400];
  size_t n = 0;
  telegram_case(body);
  const CablesTelegram *t = parse(telegram_format(HEADER "%s", body));
  for (size_t i = 0; i < t->n_paragraphs; i++) {
    const char *role = t->paragraphs[i].role;
    n += (size_t)snprintf(z + n, sizeof(z) - n, "%s%s", i > 0 ? "|" : "",
                          role != NULL ? role : "-");
  }
  return (CablesSpan){z, n};
}

/* Words that open a paragraph, and what has to follow them. */
static void opening_words(void **state) {
  (void)state;
  static const char *const cases[][2] = {
      {"1. (C) COMMENT: One.", "comment"},
      {"1. (C) Comment. One.", "comment"},
      {"1. (C) COMMENT", "comment"},
      {"1. (C) COMMENT - One.", "comment"},
      {"1. (C) COMMENT & NOTE One.", "comment"},
      {"1. (C) COMMENT AND NOTE: One.", "comment"},
      {"1. (C) COMMENT AN: One.", "-"},
      {"1. (C) COMMENT ON BUOYS. One.", "-"},
      {"1. (C) COMMENTS: One.", "-"},
      {"1. (C) COMMENT/NOTE: One.", "comment"},
      {"1. (C) (COMMENT: One.)", "comment"},
      {"1. (C) [BEGIN COMMENT: One.]", "comment"},
      {"1. (C) ((", "-"},
      {"1. (C) POST COMMENT: One.", "comment"},
      {"1. (C) EMBASSY COMMENT: One.", "comment"},
      {"1. (C) ACTION REQUEST: One.", "action request"},
      {"1. (C) ACTION REQUESTED One.", "-"},
      {"1. (C) This is an action request for all.", "action request"},
      {"1. (C) Action request for all.", "-"},
      {"1. (C) BIO NOTE: One.", "biographic note"},
      {"1. (C) BIOGRAPHICAL NOTE; One.", "biographic note"},
      {"1. (C) SUMMARY: One.", "summary"},
      {"COMMENT\n-------\n\n1. (C) One.", "-|comment"},
      {"COMMENT ON IT\n-------------\n\n1. (C) One.", "-|comment"},
      {"COMMENTS\n--------\n\n1. (C) One.", "-|comment"},
      {"THE BUOYS\n---------\n\n1. (C) One.", "-|-"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    CHECK_TEXT(roles(cases[i][0]), cases[i][1]);
  }
}

/* Each role has an end marker of its own. */
static void end_markers(void **state) {
  (void)state;
  static const char *const cases[][2] = {
      {"1. (C) COMMENT: One.\n\n2. (C) Two. END COMMENT.\n\n3. (C) Three.",
       "comment|comment|-"},
      {"1. (C) COMMENT: One.\n\n2. (C) Two. END NOTE.\n\n3. (C) Three.",
       "comment|-|-"},
      {"1. (C) COMMENT: One.\n\n2. (C) Two. END ACTION REQUEST.", "comment|-"},
      {"1. (C) ACTION REQUEST: One.\n\n2. (C) Two. End action request.",
       "action request|action request"},
      {"1. (C) ACTION REQUEST: One.\n\n2. (C) Two. END NOTE.",
       "action request|-"},
      {"1. (C) BIO NOTE: One.\n\n2. (C) Two. END NOTE.",
       "biographic note|biographic note"},
      {"1. (C) BIO NOTE: One.\n\n2. (C) Two. END ACTION REQUEST.",
       "biographic note|-"},
      {"1. (C) SUMMARY: One.\n\n2. (C) Two. END COMMENT.", "summary|-"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    CHECK_TEXT(roles(cases[i][0]), cases[i][1]);
  }
}

/* A role reaches to its end marker, over rows without one of their own. */
static void reach(void **state) {
  (void)state;
  static const char *const cases[][2] = {
      {"1. (C) COMMENT: One. END COMMENT.\n\n2. (C) Two. END COMMENT.",
       "comment|-"},
      {"1. (C) COMMENT: One.\n\n2. (C) Two.\n\n3. (C) Three.", "comment|-|-"},
      {"1. (C) COMMENT: One.\n\n2. (C) Two.\n\n3. (C) Three. END COMMENT.\n\n"
       "4. (C) Four.",
       "comment|comment|comment|-"},
      {"1. (C) COMMENT: One.\n\n2. (C) ACTION REQUEST: Two.\n\n3. (C) Three. "
       "END COMMENT.",
       "comment|action request|-"},
      {"1. (C) COMMENT: One.\n\n2. (C) COMMENT: Two. END COMMENT.\n\n3. (C) "
       "Three.",
       "comment|comment|-"},
      {"1. (C) COMMENT: One.\n\n2. (C) Two. END COMMENT.\n\n3. (C) COMMENT: "
       "Three.\n\n4. (C) Four. END COMMENT.\n\n5. (C) Five.",
       "comment|comment|comment|comment|-"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    CHECK_TEXT(roles(cases[i][0]), cases[i][1]);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      telegram_test(opening_words),
      telegram_test(end_markers),
      telegram_test(reach),
  };
  return telegram_run(tests);
}
