/*
** Words of the heading: see words.h.
*/
#include "words.h"

#include <string.h>

/* Letters of s up to the first slash, blanks dropped, upper case; at most
** n - 1 of them.  Gives their number. */
static size_t squeeze(CablesSpan s, char *out, size_t n) {
  size_t used = 0;
  for (size_t i = 0; i < s.n && used + 1 < n; i++) {
    if (s.z[i] == '/') break;
    if (cables_is_alpha(s.z[i])) out[used++] = cables_to_upper(s.z[i]);
  }
  out[used] = '\0';
  return used;
}

/* What may stand behind a level on its line. */
static bool level_tail(CablesSpan s) {
  static const CablesSpan tails[] = {
      CABLES_TEXT("NOFORN"),   CABLES_TEXT("SIPDIS"),
      CABLES_TEXT("POSSDUPE"), CABLES_TEXT("PTQ"),
      CABLES_TEXT("EFTO"),     CABLES_TEXT("SENSITIVE"),
      CABLES_TEXT("EXDIS"),    CABLES_TEXT("NODIS"),
      CABLES_TEXT("SIFIED"),   CABLES_TEXT("SIFIEDSENSITIVE"),
      CABLES_TEXT("IFIED")};
  if (s.n == 0) return true;
  for (size_t i = 0; i < sizeof(tails) / sizeof(*tails); i++) {
    if (cables_equal(s, tails[i])) return true;
  }
  return false;
}

int cables_level_rank(CablesSpan s) {
  /* The forms without their first letter, which damage takes most often; at
  ** most three surplus letters stand in front. */
  static const struct {
    CablesSpan word;
    int rank;
  } levels[] = {{CABLES_TEXT("OPSECRET"), 4},
                {CABLES_TEXT("ECRET"), 3},
                {CABLES_TEXT("ONFIDENTIAL"), 2},
                {CABLES_TEXT("IMITEDOFFICIALUSE"), 1},
                {CABLES_TEXT("NCLAS"), 0}};
  char z[64];
  CablesSpan letters = {z, squeeze(s, z, sizeof(z))};
  for (size_t k = 0; k < sizeof(levels) / sizeof(*levels); k++) {
    for (size_t at = 0; at <= 3; at++) {
      CablesSpan rest = cables_sub(letters, at, letters.n);
      if (!cables_starts(rest, levels[k].word)) continue;
      if (level_tail(cables_sub(rest, levels[k].word.n, rest.n))) {
        return levels[k].rank;
      }
      break;
    }
  }
  return -1;
}

bool cables_is_level_printed(const CablesMatch *m) {
  CablesSpan level = m->group[1]; /* the shortest is "NCLAS" */
  bool spaced = level.z[1] == ' ' || level.z[2] == ' ';
  return spaced || m->group[3].z != NULL ||
         (cables_is_upper(level.z[0]) && cables_is_upper(level.z[level.n - 1]));
}

CablesSpan cables_level_name(int rank) {
  static const char *const names[] = {"UNCLASSIFIED", "LIMITED OFFICIAL USE",
                                      "CONFIDENTIAL", "SECRET", "TOP SECRET"};
  return rank < 0 ? CABLES_NO_SPAN : cables_span(names[rank]);
}

/* Captions, longest first where one begins another (modern.md 3.1, 1970s.md
** 6.1). */
static const char *const captions[] = {"NOT FOR INTERNET DISTRIBUTION",
                                       "SENSITIVE BUT UNCLASSIFIED",
                                       "SBU DELIBERATIVE PROCESS",
                                       "POST FOR DEA ONLY",
                                       "DISSENT CHANNEL",
                                       "AGRMENT CHANNEL",
                                       "DIRGEN CHANNEL",
                                       "OFFICIAL INFORMAL",
                                       "INFORM CONSULS",
                                       "ROGER CHANNEL",
                                       "DEA SENSITIVE",
                                       "CORRECTED COPY",
                                       "MED CHANNEL",
                                       "TM CHANNEL",
                                       "DS CHANNEL",
                                       "EYES ONLY",
                                       "SENSITIVE",
                                       "CHEROKEE",
                                       "NOFORN",
                                       "SIPDIS",
                                       "STADIS",
                                       "LIMDIS",
                                       "TERREP",
                                       "SPECAT",
                                       "NODIS",
                                       "EXDIS",
                                       "NOTAL",
                                       "CODEL",
                                       "EFTO",
                                       "AIDAC",
                                       "ONLY",
                                       "SBU"};

/* The caption that s begins with as whole words, or the unknown span. */
static CablesSpan caption_at(CablesSpan s) {
  char first = cables_to_upper(s.z[0]);
  for (size_t i = 0; i < sizeof(captions) / sizeof(*captions); i++) {
    if (captions[i][0] != first) continue;
    CablesSpan word = cables_span(captions[i]);
    if (cables_starts_nocase(s, word) &&
        (s.n == word.n || !cables_is_alnum(s.z[word.n]))) {
      return word;
    }
  }
  return CABLES_NO_SPAN;
}

/* A caption that names whom it is released to: "REL SAU", "RELEASABLE TO
** PAKISTAN"; to the end of the line. */
static bool is_release(CablesSpan s) {
  return cables_starts(s, CABLES_LIT("REL ")) ||
         cables_starts(s, CABLES_LIT("RELEASABLE TO "));
}

size_t cables_captions_take(CablesParser *p, CablesSpan s, CablesTexts *list) {
  size_t used = 0;
  for (;;) {
    size_t at = used;
    while (at < s.n && strchr(" ,/;.-", s.z[at]) != NULL) at++;
    if (at >= s.n) return s.n;
    CablesSpan rest = cables_sub(s, at, s.n);
    CablesSpan word = caption_at(rest);
    if (word.z == NULL && is_release(rest)) {
      cables_texts_add(p, list, cables_upper(p, rest));
      return s.n;
    }
    if (word.z == NULL) return used;
    cables_texts_add(p, list, word);
    used = at + word.n;
  }
}

/* Whether s announces a corrected copy, spaced out or not; one letter of it
** may be lost (modern.md 3.2). */
static bool is_corrected(CablesSpan s) {
  char z[64];
  squeeze(cables_sub(s, 0, 40), z, 24);
  return strncmp(z, "CORRECTEDCOPY", 13) == 0 ||
         strncmp(z, "CORRECTCOPY", 11) == 0;
}

/* Whether the word stands in s between non-letters. */
static bool has_word(CablesSpan s, const char *word) {
  CablesSpan w = cables_span(word);
  for (size_t from = 0;;) {
    size_t at = cables_find_nocase(cables_sub(s, from, s.n), w);
    if (at == (size_t)-1) return false;
    at += from;
    bool left = at == 0 || !cables_is_alpha(s.z[at - 1]);
    bool right = at + w.n == s.n || !cables_is_alpha(s.z[at + w.n]);
    if (left && right) return true;
    from = at + 1;
  }
}

/* Whether s carries the verb of a pass line. */
static bool has_pass_verb(CablesSpan s) {
  return has_word(s, "FOR") || has_word(s, "PASS") || has_word(s, "FROM") ||
         has_word(s, "POUCH");
}

/* Adds the parts of a pass line, which semicolons separate. */
static void add_pass(CablesParser *p, CablesSpan s) {
  while (s.n > 0) {
    const char *semi = memchr(s.z, ';', s.n);
    size_t n = semi ? (size_t)(semi - s.z) : s.n;
    CablesSpan part = cables_trim(cables_sub(s, 0, n));
    while (part.n > 0 && (part.z[part.n - 1] == ',')) part.n--;
    if (part.n > 0) {
      CablesSpan value = cables_folded(p, part);
      cables_texts_add(p, &p->t.pass, value);
      cables_note(p, "pass", value, "pass_line", cables_offset(p, part),
                  part.n);
    }
    s = cables_sub(s, n + 1, s.n);
  }
}

/* Joins a line without a verb to the pass line before it. */
static void extend_pass(CablesParser *p, CablesSpan s) {
  CablesSpan *last = &p->t.pass.items[p->t.pass.n - 1];
  *last = cables_format(p, "%.*s %.*s", (int)last->n, last->z, (int)s.n, s.z);
}

/* Whether s announces a telegram that is sent on (1970s.md 7). */
static bool is_retransmission(CablesSpan s) {
  return cables_starts(s, CABLES_LIT("FOLLOWING ")) ||
         cables_starts(s, CABLES_LIT("FOL ")) ||
         cables_starts(s, CABLES_LIT("QUOTE "));
}

void cables_caption_or_pass(CablesParser *p, CablesSpan s, bool apart) {
  if (is_retransmission(s)) return;
  if (is_corrected(s)) {
    cables_texts_add(p, &p->t.captions, CABLES_LIT("CORRECTED COPY"));
    return;
  }
  size_t used = cables_captions_take(p, s, &p->t.captions);
  bool printed = (uintptr_t)s.z - (uintptr_t)p->text.z < p->text.n;
  if (used > 0 && printed) {
    cables_note(p, "captions", cables_sub(s, 0, used), "caption",
                cables_offset(p, s), used);
  }
  CablesSpan rest = cables_trim(cables_sub(s, used, s.n));
  while (rest.n > 0 && strchr("/-.,:", rest.z[0]) != NULL) {
    rest = cables_trim(cables_sub(rest, 1, rest.n));
  }
  /* Addresses that strayed below the classification line are no pass line. */
  if (rest.n < 3 || rest.n > 400 || cables_starts(rest, CABLES_LIT("INFO ")) ||
      cables_starts(rest, CABLES_LIT("TO ")) ||
      cables_starts(rest, CABLES_LIT("TOSEC ")) ||
      cables_starts(rest, CABLES_LIT("SECTO "))) {
    return;
  }
  if (!has_pass_verb(rest) && p->t.pass.n > 0 && !apart) {
    extend_pass(p, rest);
  } else {
    add_pass(p, rest);
  }
}

bool cables_is_pass_line(CablesSpan s) {
  static const char *const openings[] = {"FOR ", "FROM ", "PASS ", "INFORM ",
                                         "DEPT "};
  for (size_t i = 0; i < sizeof(openings) / sizeof(*openings); i++) {
    if (cables_starts(s, cables_span(openings[i]))) return true;
  }
  size_t n = 0;
  while (n < s.n &&
         (cables_is_upper(s.z[n]) || s.z[n] == ' ' || s.z[n] == '.')) {
    n++;
  }
  CablesSpan head = cables_sub(s, 0, n);
  return cables_find(head, CABLES_LIT(" FOR ")) != (size_t)-1 ||
         cables_find(head, CABLES_LIT(" POUCH ")) != (size_t)-1 ||
         cables_find(head, CABLES_LIT(" PASS ")) != (size_t)-1;
}

/* Whether s begins with the words of a handling notice (modern.md 3.1). */
static bool begins_handling(CablesSpan s) {
  static const CablesSpan notices[] = {
      CABLES_TEXT("SENSITIVE BUT UNCLAS"),
      CABLES_TEXT("PROTECT ACCORDINGLY"),
      CABLES_TEXT("HANDLE ACCORDINGLY"),
      CABLES_TEXT("NOT FOR INTERNET"),
      CABLES_TEXT("THIS CABLE IS SENS"),
      CABLES_TEXT("THIS MESSAGE IS SENS"),
      CABLES_TEXT("THIS CABLE CONTAINS SENS"),
      CABLES_TEXT("NOT FOR DISTRIBUTION OUTSIDE")};
  char first = cables_to_upper(s.z[0]);
  for (size_t i = 0; i < sizeof(notices) / sizeof(*notices); i++) {
    if (notices[i].z[0] == first && cables_starts_nocase(s, notices[i])) {
      return true;
    }
  }
  return false;
}

bool cables_is_handling(CablesSpan s) {
  CablesSpan head = cables_sub(s, 0, 120);
  bool letter = false; /* one stands before */
  for (size_t i = 0; i + 16 <= head.n; i++) {
    bool begins = !letter;
    letter = cables_is_alpha(head.z[i]);
    if (begins && letter && begins_handling(cables_sub(head, i, head.n))) {
      return true;
    }
  }
  return false;
}
