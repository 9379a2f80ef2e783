/*
** The summary: from its opening to END SUMMARY, over several paragraphs.
** Source: modern.md 9.4.
*/
#include <string.h>

#include "parse.h"

/* Paragraphs that a summary can reach over. */
enum { MAX_SUMMARY_ROWS = 60 };

/* Whether a row has the role of a summary; no heading has one. */
static bool is_summary(const CablesParagraph *row) {
  return row->role != NULL && strcmp(row->role, "summary") == 0;
}

/* Whether the text opens with the word SUMMARY; gives the bytes to skip. */
static size_t opening(CablesParser *p, CablesSpan text) {
  CablesMatch m;
  size_t lead = cables_starts(text, CABLES_LIT("(")) ||
                cables_starts(text, CABLES_LIT("["));
  CablesSpan rest = cables_sub(text, lead, text.n);
  if (!cables_match(p->patterns, PATTERN_SUMMARY_OPEN, rest, 0, &m)) return 0;
  return lead + m.end;
}

/* Whether the letter U, of the case given, stands in s between S and "MM" or
** "MA": what all spellings of SUMMARY have, and few other words; at least three
** letters stand behind it in each. */
static bool has_um(CablesSpan s, char letter) {
  CablesSpan rest = cables_sub(s, 1, s.n);
  size_t at;
  while ((at = cables_find(rest, (CablesSpan){&letter, 1})) != (size_t)-1) {
    const char *u = rest.z + at;
    rest = cables_sub(rest, at + 1, rest.n);
    if (rest.n < 3) return false;
    char third = cables_to_upper(u[2]);
    if (cables_to_upper(u[-1]) == 'S' && cables_to_upper(u[1]) == 'M' &&
        (third == 'M' || third == 'A')) {
      return true;
    }
  }
  return false;
}

bool cables_closes_summary(CablesParser *p, CablesSpan text, CablesMatch *m) {
  return (has_um(text, 'U') || has_um(text, 'u')) &&
         cables_match(p->patterns, PATTERN_SUMMARY_CLOSE, text, 0, m);
}

/* The row with which the summary opens, or n_paragraphs. */
static size_t first_row(CablesParser *p) {
  const CablesTelegram *t = &p->t;
  for (size_t i = 0; i < t->n_paragraphs; i++) {
    if (is_summary(&t->paragraphs[i])) return i;
  }
  return t->n_paragraphs;
}

/* The row in which END SUMMARY stands, from row i on, or n_paragraphs. */
static size_t closing_row(CablesParser *p, size_t i, size_t *at) {
  const CablesTelegram *t = &p->t;
  size_t stop = i + MAX_SUMMARY_ROWS;
  for (; i < t->n_paragraphs && i < stop; i++) {
    CablesMatch m;
    if (cables_closes_summary(p, t->paragraphs[i].text, &m)) {
      *at = m.start;
      return i;
    }
  }
  return t->n_paragraphs;
}

/* Whether the summary without an end goes on into row i: a list or an
** unnumbered text under the same heading. */
static bool goes_on(const CablesTelegram *t, size_t i) {
  const CablesParagraph *row = &t->paragraphs[i];
  return row->number == 0 && is_summary(row);
}

/* A row without a summary's opening but with its end: the summary is
** paragraph 1 from its start (modern.md 9.4). */
static size_t unopened(CablesParser *p, size_t *at) {
  const CablesTelegram *t = &p->t;
  size_t first = 0;
  while (first < t->n_paragraphs && t->paragraphs[first].number == 0) first++;
  if (first == t->n_paragraphs) first = 0;
  size_t last = closing_row(p, first, at);
  return last < t->n_paragraphs && last <= first + 8 ? first : t->n_paragraphs;
}

void cables_parse_summary(CablesParser *p) {
  CablesTelegram *t = &p->t;
  size_t at = 0;
  size_t first = first_row(p);
  bool opened =
      first < t->n_paragraphs && opening(p, t->paragraphs[first].text) > 0;
  if (!opened &&
      (first == t->n_paragraphs || t->paragraphs[first].heading.z == NULL)) {
    first = unopened(p, &at);
  }
  if (first >= t->n_paragraphs) return;
  size_t close_at = 0;
  size_t last = closing_row(p, first, &close_at);
  bool closed = last < t->n_paragraphs;
  if (!closed) {
    last = first;
    while (last + 1 < t->n_paragraphs && goes_on(t, last + 1)) last++;
  }
  CablesBuf b = {0};
  for (size_t i = first; i <= last; i++) {
    CablesSpan text = t->paragraphs[i].text;
    if (closed && i == last) text = cables_sub(text, 0, close_at);
    if (i == first) {
      size_t skip = opening(p, text);
      text = cables_sub(text, skip, text.n);
    }
    text = cables_trim(text);
    if (text.n == 0) continue;
    if (b.n > 0) cables_buf_byte(&b, '\n');
    if (strcmp(t->paragraphs[i].kind, "list") == 0) cables_buf_text(&b, "-- ");
    cables_buf_span(&b, text);
  }
  if (b.oom) p->arena.oom = true;
  if (b.n > 0) {
    t->summary = cables_arena_copy(&p->arena, cables_buf_get(&b));
  }
  cables_buf_free(&b);
  const CablesParagraph *from = &t->paragraphs[first];
  const CablesParagraph *to = &t->paragraphs[last];
  cables_note(p, "summary", t->summary, "summary", from->start,
              to->start + to->length - from->start);
}
