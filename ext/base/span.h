/*
** A slice of bytes that somebody else owns, and the ASCII-only tests and
** trims that the parsers use on it.  No locale, no NUL terminator, no
** allocation.  z == NULL means "unknown" (SQL NULL); n == 0 with z != NULL is
** an empty text.  What every line of every telegram is asked is inline: with a
** literal for prefix the compiler makes one comparison of it.
*/
#ifndef CABLES_BASE_SPAN_H
#define CABLES_BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

typedef struct CablesSpan {
  const char *z; /* first byte, or NULL for "unknown" */
  size_t n;      /* number of bytes */
} CablesSpan;

/* Part of a text, by offsets. */
typedef struct CablesRange {
  size_t from; /* of its first byte */
  size_t to;   /* behind its last one */
} CablesRange;

/* The unknown span. */
#define CABLES_NO_SPAN ((CablesSpan){NULL, 0})

/* The span of a string literal. */
#define CABLES_LIT(s) ((CablesSpan){(s), sizeof(s) - 1})

/* The same as a constant of a table. */
#define CABLES_TEXT(s) \
  { (s), sizeof(s) - 1 }

static inline bool cables_is_digit(char c) { return c >= '0' && c <= '9'; }
static inline bool cables_is_upper(char c) { return c >= 'A' && c <= 'Z'; }
static inline bool cables_is_lower(char c) { return c >= 'a' && c <= 'z'; }
static inline bool cables_is_alpha(char c) {
  return cables_is_upper(c) || cables_is_lower(c);
}
static inline bool cables_is_alnum(char c) {
  return cables_is_alpha(c) || cables_is_digit(c);
}
/* White space of telegrams: blank, tab, line end, and the NUL that damaged
** files hold in place of a blank. */
static inline bool cables_is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r') || c == '\0';
}
static inline char cables_to_upper(char c) {
  return cables_is_lower(c) ? (char)(c - 'a' + 'A') : c;
}

/* The span of a NUL-terminated string; NULL gives the unknown span. */
static inline CablesSpan cables_span(const char *z) {
  return z ? (CablesSpan){z, strlen(z)} : CABLES_NO_SPAN;
}

/* s without white space at its ends. */
static inline CablesSpan cables_trim(CablesSpan s) {
  while (s.n > 0 && cables_is_space(s.z[0])) {
    s.z++;
    s.n--;
  }
  while (s.n > 0 && cables_is_space(s.z[s.n - 1])) s.n--;
  return s;
}

/* The n bytes of s from offset i; both are clamped to s. */
static inline CablesSpan cables_sub(CablesSpan s, size_t i, size_t n) {
  if (i > s.n) i = s.n;
  if (n > s.n - i) n = s.n - i;
  if (i > 0) s.z += i;
  s.n = n;
  return s;
}

/* Equality of bytes. */
static inline bool cables_equal(CablesSpan a, CablesSpan b) {
  if (a.n != b.n) return false;
  return a.n == 0 || (a.z[0] == b.z[0] && memcmp(a.z, b.z, a.n) == 0);
}

/* Whether s starts with a prefix. */
static inline bool cables_starts(CablesSpan s, CablesSpan prefix) {
  if (s.n < prefix.n) return false;
  return prefix.n == 0 ||
         (s.z[0] == prefix.z[0] && memcmp(s.z, prefix.z, prefix.n) == 0);
}

/* The same two without regard to ASCII case. */
bool cables_equal_nocase(CablesSpan a, CablesSpan b);
bool cables_starts_nocase(CablesSpan s, CablesSpan prefix);

/* memcmp order, shorter first: <0, 0, >0. */
int cables_compare(CablesSpan a, CablesSpan b);

/* Offset of the first occurrence of needle in s, or (size_t)-1. */
size_t cables_find(CablesSpan s, CablesSpan needle);
size_t cables_find_nocase(CablesSpan s, CablesSpan needle);

/* The decimal digits of s as a number; -1 when s is empty, holds anything but
** digits, or exceeds 2^31-1. */
long cables_number(CablesSpan s);

#endif
