/*
** Tokens of a REF block: words, numbers and marks, with what stands between
** them.  Only references.c and reftokens.c include this.
*/
#ifndef CABLES_TELEGRAM_REFTOKENS_H
#define CABLES_TELEGRAM_REFTOKENS_H

#include "parse.h"

typedef enum TokenKind { TOKEN_WORD, TOKEN_NUMBER, TOKEN_MARK } TokenKind;

/* A piece of the block. */
typedef struct Token {
  TokenKind kind;
  size_t at;   /* offset in the joined text */
  size_t n;    /* bytes */
  bool spaced; /* a blank stands before it */
  bool wide;   /* two blanks or a paragraph sign stand before it */
  long number; /* value of a TOKEN_NUMBER, O read as zero, or of the last
               ** seven of its digits */
  int digits;  /* digits of a TOKEN_NUMBER */
} Token;

/* State of the reading. */
typedef struct Refs {
  CablesParser *p;
  CablesSpan s;    /* the joined text */
  Token *t;        /* its tokens */
  size_t n;        /* their number */
  char label;      /* present label: A, B, ... or 0 */
  int numeral;     /* present numeric label, or 0 */
  CablesSpan post; /* post of the last cable, or unknown */
  int year;        /* its year */
  size_t cables;   /* cables read so far */
  CablesSpan own;  /* post of the telegram itself */
} Refs;

/* Cuts the block r->s into tokens; false when memory is out. */
bool cables_ref_tokens(Refs *r);

/* The bytes of a token, and tests on them. */
static inline CablesSpan text_of(const Refs *r, size_t i) {
  return cables_sub(r->s, r->t[i].at, r->t[i].n);
}
static inline bool is_mark(const Refs *r, size_t i, char c) {
  return i < r->n && r->t[i].kind == TOKEN_MARK && r->s.z[r->t[i].at] == c;
}
static inline bool is_any_word(const Refs *r, size_t i) {
  return i < r->n && r->t[i].kind == TOKEN_WORD;
}
static inline bool is_word(const Refs *r, size_t i, const char *word) {
  return is_any_word(r, i) &&
         cables_equal_nocase(text_of(r, i), cables_span(word));
}
static inline bool is_number(const Refs *r, size_t i) {
  return i < r->n && r->t[i].kind == TOKEN_NUMBER;
}

/* Whether the token is one of a list of words that NULL ends. */
static inline bool is_one_of(const Refs *r, size_t i,
                             const char *const *words) {
  if (!is_any_word(r, i)) return false;
  char first = cables_to_upper(r->s.z[r->t[i].at]);
  for (; *words != NULL; words++) {
    if (**words == first && is_word(r, i, *words)) return true;
  }
  return false;
}

#endif
