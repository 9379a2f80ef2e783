/*
** The Classified By block: who classified, and for which reasons.  Sources:
** modern.md 8; declassification.md 7.1.
*/
#include <string.h>

#include "parse.h"

/* A block longer than this without a reason is cut at its first sentence. */
enum { MAX_NAME = 160 };

/* The block without its lead-ins: "Classified By: Classified by ...". */
static size_t skip_leads(CablesParser *p, CablesSpan s) {
  size_t at = 0;
  CablesMatch m;
  for (;;) {
    while (at < s.n && cables_is_space(s.z[at])) at++;
    CablesSpan rest = cables_sub(s, at, s.n);
    if (!cables_match(p->patterns, PATTERN_CLASSBY_LABEL, rest, 0, &m)) {
      return at;
    }
    at += m.end;
  }
}

/* Whether s ends in "Jr" or "Sr". */
static bool junior(CablesSpan s) {
  CablesSpan tail = cables_sub(s, s.n < 3 ? 0 : s.n - 3, 3);
  return cables_equal_nocase(tail, CABLES_LIT(" Jr")) ||
         cables_equal_nocase(tail, CABLES_LIT(" Sr"));
}

/* Length of the name and title in s: up to the reason, the order, or the end
** of the first sentence of a block that goes on as a paragraph. */
static size_t name_length(CablesParser *p, CablesSpan s) {
  CablesMatch m;
  size_t n = s.n;
  if (cables_match(p->patterns, PATTERN_REASON_WORD, s, 0, &m)) {
    n = m.start;
    /* The point of "Jr." belongs to the name. */
    if (s.z[n] == '.' && junior(cables_sub(s, 0, n))) return n + 1;
  } else if (n > MAX_NAME) {
    size_t dot = cables_find(cables_sub(s, 12, s.n), CABLES_LIT(".  "));
    if (dot == (size_t)-1) {
      dot = cables_find(cables_sub(s, MAX_NAME, s.n), CABLES_LIT(". "));
      n = dot == (size_t)-1 ? MAX_NAME : MAX_NAME + dot;
    } else {
      n = dot + 12;
    }
  }
  while (n > 0 && strchr(" ,;:-(", s.z[n - 1]) != NULL) n--;
  while (n > 0 && s.z[n - 1] == '.' && !junior(cables_sub(s, 0, n - 1))) n--;
  return n;
}

/* Adds the letters of one section: "(b) and (d)" of 1.4. */
static void add_letters(CablesParser *p, CablesSpan section,
                        CablesSpan letters) {
  /* "1. (b)" lost its digit; 1.5 became 1.4 on 22 September 2003. */
  char digit = section.z[section.n - 1];
  if (!cables_is_digit(digit)) {
    bool old = p->t.year > 0 && p->t.year < 2003;
    digit = old ? '5' : '4';
  }
  bool any = false;
  for (size_t i = 0; i < letters.n; i++) {
    char c = letters.z[i];
    /* The list ends where the sentence ends. */
    if (any && c == '.' && i + 1 < letters.n && letters.z[i + 1] == ' ') break;
    bool alone = cables_is_alpha(c) &&
                 (i == 0 || !cables_is_alpha(letters.z[i - 1])) &&
                 (i + 1 == letters.n || !cables_is_alpha(letters.z[i + 1]));
    /* "a nd" and "an d" are "and", cut by the machine. */
    CablesSpan rest = cables_sub(letters, i, 5);
    if (!alone || cables_starts_nocase(rest, CABLES_LIT("A ND"))) continue;
    if (i >= 3 && cables_equal_nocase(cables_sub(letters, i - 3, 4),
                                      CABLES_LIT("AN D"))) {
      continue;
    }
    any = true;
    c = (char)(cables_to_upper(c) - 'A' + 'a');
    cables_texts_add(p, &p->t.reasons, cables_format(p, "1.%c(%c)", digit, c));
  }
}

void cables_parse_classifier(CablesParser *p) {
  CablesSpan s = p->classified.text;
  if (s.z == NULL) return;
  CablesMatch m = {0};
  while (p->t.reasons.n < 16 &&
         cables_match(p->patterns, PATTERN_REASON, s, m.end, &m)) {
    add_letters(p, m.group[1], m.group[2]);
    size_t at = cables_joined_source(&p->classified, m.start);
    cables_note(p, "reasons", cables_sub(s, m.start, m.end - m.start), "reason",
                at, cables_joined_source(&p->classified, m.end - 1) + 1 - at);
  }
  size_t start = skip_leads(p, s);
  s = cables_sub(s, start, s.n);
  size_t n = name_length(p, s);
  p->t.classified_by = cables_folded(p, cables_sub(s, 0, n));
  if (p->t.classified_by.z == NULL) return;
  size_t at = cables_joined_source(&p->classified, start);
  cables_note(p, "classified_by", p->t.classified_by, "classified_by", at,
              cables_joined_source(&p->classified, start + n - 1) + 1 - at);
}
