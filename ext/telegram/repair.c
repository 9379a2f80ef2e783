/*
** Undoes the damage that the message system did to typographic characters,
** where the place leaves no doubt.  Source: modern.md 0.4 ("45-character rule",
** "character damage").
*/
#include <string.h>

#include "telegram.h"

/* Bytes between a damaged opening quote and its closing one, at most. */
enum { MAX_QUOTE = 400, RUN = 45 };

/* No offset in a text. */
#define NO_BYTE ((size_t)-1)

/* The byte at i, or a blank outside the text. */
static char at(CablesSpan s, size_t i) { return i < s.n ? s.z[i] : ' '; }

/* Whether the comma at i stands for an apostrophe: "President,s", "don,t",
** "we,re", "they,ve", "it,ll": letters on both sides, and no longer word
** behind it than these. */
static bool is_apostrophe(CablesSpan s, size_t i) {
  static const char *const tails[] = {"s", "t", "re", "ve", "ll", "d", "m"};
  if (i == 0 || !cables_is_alpha(s.z[i - 1])) return false;
  CablesSpan rest = cables_sub(s, i + 1, 3);
  for (size_t k = 0; k < sizeof(tails) / sizeof(*tails); k++) {
    CablesSpan tail = cables_span(tails[k]);
    if (!cables_starts_nocase(rest, tail)) continue;
    if (cables_is_alnum(at(s, i + 1 + tail.n))) continue;
    char before = cables_to_upper(s.z[i - 1]);
    return tails[k][0] != 't' || before == 'N';
  }
  return false;
}

/* Whether the & at i opens a quotation: a blank or bracket before it and a
** letter or digit behind it. */
static bool opens_quote(CablesSpan s, size_t i) {
  bool apart = i == 0 || strchr(" \t\n(-", s.z[i - 1]) != NULL;
  return apart && (cables_is_alpha(at(s, i + 1)) ||
                   (cables_is_digit(at(s, i + 1)) && at(s, i + 1) != '8'));
}

/* Whether the 8 at i closes a quotation: it is glued to a word or its
** punctuation, and nothing of a word or number follows. */
static bool closes_quote(CablesSpan s, size_t i) {
  char before = at(s, i - 1);
  bool word = cables_is_alpha(before) || strchr(".,!?)", before) != NULL;
  return word && strchr(" \t\n.,;:!?)-", at(s, i + 1)) != NULL;
}

/* The 8 that closes the quotation that opens at i, or NO_BYTE. */
static size_t closing_quote(CablesSpan s, size_t i) {
  size_t stop = i + MAX_QUOTE < s.n ? i + MAX_QUOTE : s.n;
  for (size_t k = i + 2; k < stop; k++) {
    if (s.z[k] == '&' && opens_quote(s, k)) return NO_BYTE;
    if (s.z[k] == '\n' && at(s, k + 1) == '\n') return NO_BYTE;
    if (s.z[k] == '8' && closes_quote(s, k)) return k;
  }
  return NO_BYTE;
}

/* Whether the bracket at i stands for a long dash: alone between blanks, with
** no bracket open. */
static bool is_dash(CablesSpan s, size_t i, int open) {
  return open == 0 && i > 0 && s.z[i - 1] == ' ' &&
         strchr(" \n", at(s, i + 1)) != NULL;
}

/* Whether the blank at i was put in by the machine, which lets no run of
** non-blanks be longer than 45: the run before it has that length, and goes on
** as the same thing (a rule of one character, an address of the web). */
static bool is_cut(CablesSpan s, size_t i, size_t run) {
  if (run != RUN || i + 1 >= s.n || cables_is_space(s.z[i + 1])) return false;
  CablesSpan token = cables_sub(s, i - RUN, RUN);
  if (s.z[i + 1] == s.z[i - 1] && strchr("-=*_", s.z[i - 1]) != NULL) {
    return true;
  }
  return cables_find(token, CABLES_LIT("://")) != (size_t)-1 ||
         cables_find_nocase(token, CABLES_LIT("www.")) != (size_t)-1;
}

/* State of the walk over the text. */
typedef struct Walk {
  size_t run;   /* bytes since the last white space */
  size_t close; /* the 8 that closes the quotation, or NO_BYTE */
  int open;     /* brackets open in this paragraph */
} Walk;

/* What the byte at i stands for: a text of one or two bytes. */
static const char *meant(CablesSpan s, size_t i, Walk *w) {
  switch (s.z[i]) {
    case '&':
      if (!opens_quote(s, i)) return NULL;
      w->close = closing_quote(s, i);
      return w->close != NO_BYTE ? "\"" : NULL;
    case '8':
      if (i != w->close) return NULL;
      w->close = NO_BYTE;
      return "\"";
    case ',':
      return is_apostrophe(s, i) ? "'" : NULL;
    case ')':
      return is_dash(s, i, w->open) ? "--" : NULL;
    default:
      return NULL;
  }
}

bool cables_repair(CablesSpan s, CablesBuf *out) {
  Walk w = {.close = NO_BYTE};
  for (size_t i = 0; i < s.n; i++) {
    char c = s.z[i];
    if (c == ' ' && is_cut(s, i, w.run)) {
      w.run = 0;
      continue;
    }
    w.run = cables_is_space(c) ? 0 : w.run + 1;
    const char *text = meant(s, i, &w);
    if (text != NULL) {
      cables_buf_text(out, text);
    } else {
      cables_buf_byte(out, c);
    }
    if (c == '(') w.open++;
    if (c == ')' && w.open > 0) w.open--;
    if (c == '\n' && at(s, i + 1) == '\n') w.open = 0;
  }
  return !out->oom;
}
