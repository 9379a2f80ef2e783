/*
** A growable byte buffer: see buf.h.
*/
#include "buf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "mem.h"

bool cables_buf_reserve(CablesBuf *b, size_t more) {
  if (b->oom) return false;
  if (b->cap - b->n >= more) return true;
  size_t cap = b->cap < 64 ? 64 : b->cap;
  while (cap - b->n < more) {
    if (cap > SIZE_MAX / 2) {
      b->oom = true;
      return false;
    }
    cap *= 2;
  }
  char *z = cables_realloc(b->z, cap);
  if (z == NULL) {
    b->oom = true;
    return false;
  }
  b->z = z;
  b->cap = cap;
  return true;
}

void cables_buf_byte(CablesBuf *b, char c) {
  if (cables_buf_reserve(b, 1)) b->z[b->n++] = c;
}

void cables_buf_span(CablesBuf *b, CablesSpan s) {
  if (s.n > 0 && cables_buf_reserve(b, s.n)) {
    memcpy(b->z + b->n, s.z, s.n);
    b->n += s.n;
  }
}

void cables_buf_text(CablesBuf *b, const char *z) {
  cables_buf_span(b, cables_span(z));
}

void cables_buf_format(CablesBuf *b, const char *format, ...) {
  va_list args;
  va_start(args, format);
  int n = vsnprintf(NULL, 0, format, args);
  va_end(args);
  if (n < 0 || !cables_buf_reserve(b, (size_t)n + 1)) return;
  va_start(args, format);
  (void)vsnprintf(b->z + b->n, (size_t)n + 1, format, args);
  va_end(args);
  b->n += (size_t)n;
}

void cables_buf_decimal(CablesBuf *b, long n, size_t width) {
  char digits[24];
  size_t at = sizeof(digits);
  do {
    digits[--at] = (char)('0' + n % 10);
    n /= 10;
  } while (n > 0);
  while (sizeof(digits) - at < width && at > 0) digits[--at] = '0';
  cables_buf_span(b, (CablesSpan){digits + at, sizeof(digits) - at});
}

void cables_buf_utf8(CablesBuf *b, unsigned code) {
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) code = 0xfffd;
  if (code < 0x80) {
    cables_buf_byte(b, (char)code);
    return;
  }
  if (code < 0x800) {
    cables_buf_byte(b, (char)(0xc0 | (code >> 6)));
  } else {
    if (code < 0x10000) {
      cables_buf_byte(b, (char)(0xe0 | (code >> 12)));
    } else {
      cables_buf_byte(b, (char)(0xf0 | (code >> 18)));
      cables_buf_byte(b, (char)(0x80 | ((code >> 12) & 0x3f)));
    }
    cables_buf_byte(b, (char)(0x80 | ((code >> 6) & 0x3f)));
  }
  cables_buf_byte(b, (char)(0x80 | (code & 0x3f)));
}

CablesSpan cables_buf_get(const CablesBuf *b) {
  return b->z ? (CablesSpan){b->z, b->n} : CABLES_LIT("");
}

void cables_buf_free(CablesBuf *b) {
  cables_free(b->z);
  *b = (CablesBuf){0};
}
