/*
** Texts for people: the telegram without what pages and dumps put into it,
** and hard-wrapped lines joined.  Sources: modern.md 0.4, 9.1, 9.3, 10.4.
*/
#include <string.h>

#include "parse.h"

/* Cuts the next line off *s, trimmed at its end; false when nothing is left.
 */
static bool next_line(CablesSpan *s, CablesSpan *line) {
  if (s->n == 0) return false;
  const char *nl = memchr(s->z, '\n', s->n);
  size_t n = nl ? (size_t)(nl - s->z) : s->n;
  *line = cables_sub(*s, 0, n);
  *s = cables_sub(*s, nl ? n + 1 : n, s->n);
  while (line->n > 0 && cables_is_space(line->z[line->n - 1])) line->n--;
  return true;
}

/* Bytes of the paragraph sign that a page puts before numbers, and of the
** blanks in front of it; 0 when there is none (modern.md 9.1).  The line is not
** blank, so that its blanks end inside it. */
static size_t sign_length(CablesSpan line, size_t *indent) {
  *indent = 0;
  while (line.z[*indent] == ' ') ++*indent;
  CablesSpan rest = cables_sub(line, *indent, 2);
  return cables_equal(rest, CABLES_LIT("\xc2\xb6")) ? 2 : 0;
}

/* Appends s with NULs as blanks and lone carriage returns as line ends. */
static void add_cleaned(CablesBuf *out, CablesSpan s) {
  size_t from = out->n;
  cables_buf_span(out, s);
  for (size_t i = from; i < out->n; i++) {
    if (out->z[i] == '\0') out->z[i] = ' ';
    if (out->z[i] == '\r') out->z[i] = '\n';
  }
}

bool cables_clean(CablesSpan text, CablesBuf *out) {
  CablesSpan line;
  bool begun = false;
  size_t blanks = 0;
  while (next_line(&text, &line)) {
    if (line.n > 0 && line.z[line.n - 1] == '\\') {
      line.n--;
      while (line.n > 0 && cables_is_space(line.z[line.n - 1])) line.n--;
    }
    if (line.n == 0) {
      blanks += begun;
      continue;
    }
    for (; blanks > 0; blanks--) cables_buf_byte(out, '\n');
    size_t indent;
    size_t sign = sign_length(line, &indent);
    cables_buf_span(out, cables_sub(line, 0, indent));
    add_cleaned(out, cables_sub(line, indent + sign, line.n));
    cables_buf_byte(out, '\n');
    begun = true;
  }
  return !out->oom;
}

/* Whether a line, not a blank one, stands by itself: a list item, an underline,
** a table row. */
static bool stands_alone(CablesSpan s) {
  if (strchr("-*=_", s.z[0]) != NULL) return true;
  for (size_t i = 1; i + 2 < s.n; i++) {
    if (s.z[i] == '\t' || (memcmp(s.z + i, "   ", 3) == 0 && s.z[i - 1] != '.'))
      return true;
  }
  return false;
}

/* Whether the line opens a paragraph: digits and a point. */
static bool opens(CablesSpan s) {
  size_t i = cables_starts(s, CABLES_LIT("\xc2\xb6")) ? 2 : 0;
  size_t from = i;
  while (i < s.n && i < from + 3 && cables_is_digit(s.z[i])) i++;
  return i > from && i + 1 < s.n && s.z[i] == '.' && s.z[i + 1] == ' ';
}

bool cables_reflow(CablesSpan text, CablesBuf *out) {
  CablesSpan line;
  bool open = false;  /* a paragraph is being joined */
  bool blank = false; /* a blank line came since */
  bool alone = false; /* the last line stands by itself */
  while (next_line(&text, &line)) {
    CablesSpan s = cables_trim(line);
    if (s.n == 0) {
      blank = open;
      continue;
    }
    bool by_itself = stands_alone(s) || stands_alone(line);
    if (open && blank) {
      cables_buf_text(out, "\n\n");
    } else if (open && (by_itself || alone || opens(s))) {
      cables_buf_byte(out, '\n');
    } else if (open) {
      cables_buf_byte(out, ' ');
    }
    cables_buf_span(out, by_itself ? line : s);
    open = true;
    blank = false;
    alone = by_itself && s.z[0] != '-';
  }
  return !out->oom;
}
