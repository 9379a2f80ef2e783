/*
** Cuts a REF block into tokens: see reftokens.h.  Letter O for zero and zero
** for letter O are read as what they stand for (modern.md 7.4).
*/
#include "reftokens.h"

#include <string.h>

/* Whether the byte belongs to a word; a zero between letters does. */
static bool in_word(CablesSpan s, size_t i) {
  if (cables_is_alpha(s.z[i]) || (unsigned char)s.z[i] >= 0x80) return true;
  bool before = i > 0 && cables_is_alpha(s.z[i - 1]);
  bool after = i + 1 < s.n && cables_is_alpha(s.z[i + 1]);
  if (s.z[i] == '0') return after && (before || i + 2 < s.n);
  return (s.z[i] == '\'' || s.z[i] == '-') && before && after;
}

/* Whether a number begins at i: a digit, or the letter O before digits. */
static bool at_number(CablesSpan s, size_t i) {
  if (cables_is_digit(s.z[i])) return !in_word(s, i);
  return s.z[i] == 'O' && i + 1 < s.n && cables_is_digit(s.z[i + 1]);
}

/* Reads the number at i into t. */
static void take_number(CablesSpan s, size_t i, Token *t) {
  t->kind = TOKEN_NUMBER;
  t->number = 0;
  size_t k = i;
  while (k < s.n && (cables_is_digit(s.z[k]) || (k == i && s.z[k] == 'O'))) {
    t->number = t->digits < 8 ? t->number * 10 + (s.z[k] - '0') : -1;
    if (s.z[k] == 'O') t->number = 0;
    t->digits++;
    k++;
  }
  t->n = k - i;
}

bool cables_ref_tokens(Refs *r) {
  CablesSpan s = r->s;
  r->t = cables_arena_alloc(&r->p->arena, (s.n + 1) * sizeof(Token));
  if (r->t == NULL) return false;
  bool spaced = true;
  bool wide = true;
  for (size_t i = 0; i < s.n;) {
    bool sign = i + 1 < s.n && memcmp(s.z + i, "\xc2\xb6", 2) == 0;
    if (cables_is_space(s.z[i]) || sign) {
      wide = sign || (spaced && i > 0);
      spaced = true;
      i += sign ? 2 : 1;
      continue;
    }
    Token t = {
        .kind = TOKEN_MARK, .at = i, .n = 1, .spaced = spaced, .wide = wide};
    if (at_number(s, i)) {
      take_number(s, i, &t);
    } else if (in_word(s, i)) {
      t.kind = TOKEN_WORD;
      while (i + t.n < s.n && in_word(s, i + t.n) &&
             !(i + t.n + 1 < s.n && s.z[i + t.n] == '\xc2' &&
               s.z[i + t.n + 1] == '\xb6')) {
        t.n++;
      }
    }
    r->t[r->n++] = t;
    i += t.n;
    spaced = wide = false;
  }
  return true;
}
