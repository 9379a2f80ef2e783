/*
** Cuts a REF block into tokens: see reftokens.h.  Letter O for zero and zero
** for letter O are read as what they stand for (modern.md 7.4).
*/
#include "reftokens.h"

#include <string.h>

/* Whether a paragraph sign stands at i. */
static bool at_sign(CablesSpan s, size_t i) {
  return i + 1 < s.n && memcmp(s.z + i, "\xc2\xb6", 2) == 0;
}

/* Whether the byte belongs to a word; a zero before a letter does. */
static bool in_word(CablesSpan s, size_t i) {
  if (cables_is_alpha(s.z[i])) return true;
  if ((unsigned char)s.z[i] >= 0x80) return !at_sign(s, i);
  bool before = i > 0 && cables_is_alpha(s.z[i - 1]);
  bool after = i + 1 < s.n && cables_is_alpha(s.z[i + 1]);
  if (s.z[i] == '0') return after;
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
  t->n = 0;
  do {
    char c = s.z[i + t->n++];
    int digit = c == 'O' ? 0 : c - '0';
    t->number = (t->number * 10 + digit) % 10000000;
    t->digits++;
  } while (i + t->n < s.n && cables_is_digit(s.z[i + t->n]));
}

bool cables_ref_tokens(Refs *r) {
  CablesSpan s = r->s;
  r->t = cables_arena_alloc(&r->p->arena, (s.n + 1) * sizeof(Token));
  if (r->t == NULL) return false;
  bool spaced = true;
  bool wide = true;
  for (size_t i = 0; i < s.n;) {
    bool sign = at_sign(s, i);
    if (cables_is_space(s.z[i]) || sign) {
      wide = sign || spaced;
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
      while (i + t.n < s.n && in_word(s, i + t.n)) t.n++;
    }
    r->t[r->n++] = t;
    i += t.n;
    spaced = wide = false;
  }
  return true;
}
