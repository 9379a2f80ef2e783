/*
** Slices of bytes: see span.h.
*/
#include "span.h"

/* Whether the n bytes at a and b differ in ASCII case at most. */
static bool same_letters(const char *a, const char *b, size_t n) {
  for (size_t i = 0; i < n; i++) {
    if (cables_to_upper(a[i]) != cables_to_upper(b[i])) return false;
  }
  return true;
}

bool cables_equal_nocase(CablesSpan a, CablesSpan b) {
  return a.n == b.n && same_letters(a.z, b.z, a.n);
}

bool cables_starts_nocase(CablesSpan s, CablesSpan prefix) {
  return cables_equal_nocase(cables_sub(s, 0, prefix.n), prefix);
}

int cables_compare(CablesSpan a, CablesSpan b) {
  size_t n = a.n < b.n ? a.n : b.n;
  int c = n > 0 ? memcmp(a.z, b.z, n) : 0;
  if (c != 0) return c;
  return (a.n > b.n) - (a.n < b.n);
}

size_t cables_find(CablesSpan s, CablesSpan needle) {
  if (needle.n == 0 || s.n < needle.n) return (size_t)-1;
  const char *end = s.z + (s.n - needle.n) + 1;
  for (const char *p = s.z; p < end; p++) {
    p = memchr(p, needle.z[0], (size_t)(end - p));
    if (p == NULL) break;
    if (memcmp(p, needle.z, needle.n) == 0) return (size_t)(p - s.z);
  }
  return (size_t)-1;
}

size_t cables_find_nocase(CablesSpan s, CablesSpan needle) {
  if (needle.n == 0 || s.n < needle.n) return (size_t)-1;
  for (size_t i = 0; i + needle.n <= s.n; i++) {
    if (same_letters(s.z + i, needle.z, needle.n)) return i;
  }
  return (size_t)-1;
}

long cables_number(CablesSpan s) {
  if (s.n == 0 || s.n > 12) return -1;
  long long v = 0;
  for (size_t i = 0; i < s.n; i++) {
    if (!cables_is_digit(s.z[i])) return -1;
    v = v * 10 + (s.z[i] - '0');
  }
  return v > 0x7fffffffLL ? -1 : (long)v;
}
