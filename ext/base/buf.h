/*
** A growable byte buffer with a sticky failure: once memory was out, every
** later call is a no-op and `oom` stays set, so that a caller builds a whole
** text and asks once.
**
**   CablesBuf b = {0};
**   cables_buf_text(&b, "REF: ");
**   cables_buf_span(&b, post);
**   if (b.oom) ...
**   cables_buf_free(&b);
*/
#ifndef CABLES_BASE_BUF_H
#define CABLES_BASE_BUF_H

#include "span.h"

typedef struct CablesBuf {
  char *z;    /* the bytes, not NUL-terminated; NULL while empty */
  size_t n;   /* bytes used */
  size_t cap; /* bytes allocated */
  bool oom;   /* memory was out once; the content is incomplete */
} CablesBuf;

/* Makes room for `more` bytes behind b->n; false when memory is out. */
bool cables_buf_reserve(CablesBuf *b, size_t more);

/* Appends a byte, a NUL-terminated text, a span, printf-formatted text. */
void cables_buf_byte(CablesBuf *b, char c);
void cables_buf_text(CablesBuf *b, const char *z);
void cables_buf_span(CablesBuf *b, CablesSpan s);
void cables_buf_format(CablesBuf *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Appends a number that is not negative, with zeros in front up to a width. */
void cables_buf_decimal(CablesBuf *b, long n, size_t width);

/* Appends the Unicode code point as UTF-8; an invalid one as U+FFFD. */
void cables_buf_utf8(CablesBuf *b, unsigned code);

/* The content as a span (never the unknown one). */
CablesSpan cables_buf_get(const CablesBuf *b);

/* Frees the bytes and makes b empty again. */
void cables_buf_free(CablesBuf *b);

#endif
